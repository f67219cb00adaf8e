//! The class of an account: its signed volatile legs.

use crate::Side;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many assets a generation can mark: slots are numbered from 0.
pub const SLOTS: u8 = 16;

const GROSS: u64 = 1 << 32;
const LARGE: u64 = 1 << 33;
const PORTFOLIO: u64 = 1 << 34;

/// Which volatile assets an account holds and owes, by the slots of their marks, and how it is measured.
///
/// The legs take two bits a slot, for a deposit and for a debt; bit 32 tells [`Class::is_gross`], bit 33
/// [`Class::is_large`], bit 34 [`Class::is_portfolio`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Class(u64);

impl Class {
	/// From [`Class::raw`].
	pub const fn from_raw(raw: u64) -> Self {
		Self(raw)
	}

	/// As bits. Their big-endian bytes have the order of classes.
	pub const fn raw(self) -> u64 {
		self.0
	}

	/// Whether the level measures health against the weights of all legs, stable ones included.
	pub const fn is_gross(self) -> bool {
		self.0 & GROSS != 0
	}

	/// Whether a leg exceeded a quarter of its asset's size scale: its margin ratio moves more than that of others.
	pub const fn is_large(self) -> bool {
		self.0 & LARGE != 0
	}

	/// Whether the legs require margin together, and not each for itself.
	pub const fn is_portfolio(self) -> bool {
		self.0 & PORTFOLIO != 0
	}

	/// Whether there is a volatile leg in a slot, on a side. Never in a slot that does not exist.
	pub const fn has(self, slot: u8, side: Side) -> bool {
		self.0 & Self::bit(slot, side) != 0
	}

	pub(super) const fn with(self, slot: u8, side: Side) -> Self {
		Self(self.0 | Self::bit(slot, side))
	}

	pub(super) const fn gross(self) -> Self {
		Self(self.0 | GROSS)
	}

	pub(super) const fn large(self) -> Self {
		Self(self.0 | LARGE)
	}

	pub(super) const fn portfolio(self) -> Self {
		Self(self.0 | PORTFOLIO)
	}

	const fn bit(slot: u8, side: Side) -> u64 {
		if slot >= SLOTS {
			return 0;
		}
		let first = 1u64 << slot.saturating_mul(2);
		match side {
			Side::Deposit => first,
			Side::Debt => first << 1,
		}
	}
}
