//! What is stored.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::Amount;
use margin_risk::{Flow, FlowLimit};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;
use xcm::latest::{Location, QueryId};

/// The number of an account of its owner, as the margin system counts them.
pub type SubAccount = u16;

/// A token that other chains know by its location.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct Token {
	/// Where it is, as this chain sees it.
	pub location: Location,
	/// The chain that keeps it, as this chain sees it: the only one from which it is taken. `Here` for a token of ours.
	pub reserve: Location,
	/// The most of it that may be issued here, in smallest units.
	pub cap: Amount,
	/// What was issued when it was registered.
	pub start: Amount,
	/// What must be issued: the start, what came in through the gate, less what left through it.
	pub counted: Amount,
	/// What may come in again though it is beyond the cap, because it just left.
	pub returnable: Returnable,
}

/// What programs took out of a block of a token, less what they brought in of it since.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, Default, PartialEq, Eq, RuntimeDebug)]
pub struct Returnable {
	/// How much, in smallest units.
	pub amount: Amount,
	/// The time of the block, in milliseconds of unix time. In any other nothing may come back.
	pub at: u64,
}

impl Token {
	/// Whether another chain keeps it.
	pub fn is_foreign(&self) -> bool {
		self.reserve != Location::here()
	}

	/// Counts what was minted and burnt in the block of this time; `None` where the count does not fit.
	pub(crate) fn count(&mut self, minted: Amount, burnt: Amount, now: u64) -> Option<()> {
		self.counted = self.counted.checked_add(minted)?.checked_sub(burnt)?;
		let amount = self.returnable_at(now).checked_add(burnt)?.saturating_sub(minted);
		self.returnable = Returnable { amount, at: now };
		Some(())
	}

	/// Whether so much more may be issued in the block of this time: up to the cap, or as much as left in the same block.
	pub(crate) fn has_room(&self, amount: Amount, now: u64) -> bool {
		let fits = self.counted.checked_add(amount).is_some_and(|then| then <= self.cap);
		fits || amount <= self.returnable_at(now)
	}

	fn returnable_at(&self, now: u64) -> Amount {
		if self.returnable.at == now {
			self.returnable.amount
		} else {
			Amount::ZERO
		}
	}
}

/// The way to a chain.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct Route {
	/// How much may leave, in dollars with 18 decimals, and how soon as much again.
	pub limit: FlowLimit,
	/// What left lately, in the same unit.
	pub flow: Flow,
	/// Whether nothing leaves for now.
	pub paused: bool,
	/// The least that a withdrawal sets aside for fees over there, in dollars with 18 decimals.
	pub least_fee: Amount,
}

/// How far tokens on their way to another chain have come, as far as this chain was told.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Status {
	/// Nothing was heard. That may last: a chain that refuses a message says nothing.
	Sent,
	/// The other chain could not pay them out, or not on a claim, and holds them for the owner's location on this chain.
	Failed,
	/// The owner's claim was sent there, and nothing was heard of it.
	Claiming,
}

/// Tokens that left a margin account for another chain and of which no success was reported. They count for nothing here.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct Flight<AccountId, AssetId> {
	/// Whose they are.
	pub owner: AccountId,
	/// The owner's margin account that they left.
	pub sub: SubAccount,
	/// The token.
	pub asset: AssetId,
	/// How much left, in smallest units, with what was set aside for fees over there.
	pub amount: Amount,
	/// The chain that they went to, as this chain sees it. Only its word settles anything.
	pub destination: Location,
	/// Who gets them there, as that chain sees it.
	pub beneficiary: Location,
	/// When the last message was sent, in milliseconds of unix time.
	pub at: u64,
	/// How far they have come.
	pub status: Status,
	/// Whether the other chain reported that it could not pay them out, or governance found them in its trap. They are
	/// never paid back here from then on.
	pub held: bool,
}

/// What became of tokens of which no report came, as governance found out on the other chain.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Outcome {
	/// The message was refused as a whole: the tokens never left the chain's hands over there, and go back to the owner.
	Returned,
	/// The owner has them.
	Delivered,
	/// They are held over there for the owner's location on this chain, who may claim them.
	Trapped,
}

/// The number under which a flight is filed: that of the query which the other chain answers.
pub type FlightId = QueryId;
