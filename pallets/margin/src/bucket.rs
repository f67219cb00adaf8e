//! Where an account with debt is filed in the trigger index.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_risk::trigger::{Class, Filing};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// Generation, class and level, in this order and big-endian, so that storage keeps buckets in order: a walk begins where
/// it wants to, and leaves out what it need not look at.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	RuntimeDebug,
	Default,
)]
pub struct Bucket([u8; 13]);

impl Bucket {
	/// The bucket of a filing under the reference prices of `generation`.
	pub fn new(generation: u32, filing: &Filing) -> Self {
		Self::from_number(
			(u128::from(generation) << 72) | (u128::from(filing.class.raw()) << 8) | u128::from(filing.level),
		)
	}

	/// The first of a generation.
	pub(crate) fn first(generation: u32) -> Self {
		Self::from_number(u128::from(generation) << 72)
	}

	/// Whose reference prices it goes by.
	pub fn generation(&self) -> u32 {
		(self.number() >> 72) as u32
	}

	/// What the accounts in it hold and owe.
	pub fn class(&self) -> Class {
		Class::from_raw((self.number() >> 8) as u64)
	}

	/// How far they are from their maintenance margin: the nearest are on level 0.
	pub fn level(&self) -> u8 {
		self.number() as u8
	}

	/// The bucket after this one, in use or not.
	pub(crate) fn next(&self) -> Self {
		Self::from_number(self.number().saturating_add(1))
	}

	/// The first bucket of the class after this one's.
	pub(crate) fn next_class(&self) -> Self {
		Self::from_number((self.number() >> 8).saturating_add(1) << 8)
	}

	/// The bucket as it begins a storage key.
	pub(crate) fn bytes(&self) -> &[u8] {
		&self.0
	}

	fn number(&self) -> u128 {
		self.0.iter().fold(0, |number, byte| (number << 8) | u128::from(*byte))
	}

	fn from_number(number: u128) -> Self {
		let mut bytes = [0; 13];
		let mut rest = number;
		for byte in bytes.iter_mut().rev() {
			*byte = rest as u8;
			rest >>= 8;
		}
		Self(bytes)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn bucket(generation: u32, class: u64, level: u8) -> Bucket {
		let class = Class::from_raw(class);
		Bucket::new(generation, &Filing { class, level })
	}

	#[test]
	fn a_bucket_gives_back_what_it_was_made_of() {
		for (generation, class, level) in [(0, 0, 0), (7, 0x3_0000_0005, 9), (u32::MAX, u64::MAX, u8::MAX)] {
			let bucket = bucket(generation, class, level);
			assert_eq!(
				(bucket.generation(), bucket.class().raw(), bucket.level()),
				(generation, class, level)
			);
		}
	}

	#[test]
	fn buckets_are_in_order_of_generation_class_and_level_in_storage_too() {
		let buckets = [
			bucket(1, 2, 255),
			bucket(1, 3, 0),
			bucket(1, 256, 0),
			bucket(2, 0, 0),
			bucket(256, 0, 0),
		];
		for pair in buckets.windows(2) {
			assert!(pair[0] < pair[1] && pair[0].encode() < pair[1].encode());
		}
		assert_eq!(bucket(1, 2, 255).next(), bucket(1, 3, 0));
		assert_eq!(bucket(1, 2, 4).next_class(), bucket(1, 3, 0));
		assert_eq!(Bucket::first(2), bucket(2, 0, 0));
	}
}
