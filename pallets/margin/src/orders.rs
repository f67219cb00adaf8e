//! What a trader orders.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Price, Ratio};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// Whether a position gains when the price rises or when it falls.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Direction {
	/// Holds the asset, owes what it was bought with.
	Long,
	/// Owes the asset, holds what it was sold for.
	Short,
}

/// How large a position is to be opened.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Size {
	/// So much of the asset is bought or sold, in its smallest units.
	Amount(#[codec(compact)] u128),
	/// As much as makes the exposure to the asset so many times the value of the collateral that the call brings in,
	/// at live prices. Has 18 decimals: 3 times is 3000000000000000000.
	Leverage(Ratio),
}

/// How much of a position is closed.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Part {
	/// All of it.
	All,
	/// So much of the asset, in its smallest units, at most all of it.
	Amount(#[codec(compact)] u128),
}

/// One action of a plan: the call of the same name, without its sub-account.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub enum Action<AssetId> {
	/// `deposit`
	Deposit {
		/// The asset.
		asset: AssetId,
		/// How much.
		amount: u128,
	},
	/// `withdraw`
	Withdraw {
		/// The asset.
		asset: AssetId,
		/// How much.
		amount: u128,
	},
	/// `borrow`
	Borrow {
		/// The asset.
		asset: AssetId,
		/// How much.
		amount: u128,
	},
	/// `repay`
	Repay {
		/// The asset.
		asset: AssetId,
		/// How much at most.
		amount: u128,
	},
	/// `swap`
	Swap {
		/// The asset sold.
		from: AssetId,
		/// The asset bought.
		to: AssetId,
		/// How much is sold.
		amount_in: u128,
		/// How much must be bought at least.
		min_out: u128,
	},
	/// `open`
	Open {
		/// Asset and amount that come from the wallet.
		collateral: Option<(AssetId, u128)>,
		/// Long or short.
		direction: Direction,
		/// The asset that the position is in.
		asset: AssetId,
		/// The asset that it is traded against.
		against: AssetId,
		/// How large.
		size: Size,
		/// Worst price.
		limit: Price,
		/// Most that may be borrowed for it.
		max_borrow: u128,
	},
	/// `close`
	Close {
		/// The asset that the position is in.
		asset: AssetId,
		/// The asset that it is traded against.
		against: AssetId,
		/// How much of it.
		part: Part,
		/// Worst price.
		limit: Price,
	},
	/// `transfer` to another sub-account of the owner.
	Transfer {
		/// The sub-account that gets it.
		to: crate::SubAccount,
		/// The asset.
		asset: AssetId,
		/// How much.
		amount: u128,
	},
	/// `set_mode`
	SetMode {
		/// What secures what from then on.
		mode: crate::Mode<AssetId>,
	},
}
