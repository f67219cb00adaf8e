//! What calls and hooks cost. A runtime brings values that were measured on its own house and market.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weight of each call, and of each part of the hooks.
pub trait WeightInfo {
	/// The call `take`.
	fn take() -> Weight;
	/// The call `sell_to_market`, and a sale of the chain's own.
	fn sell_to_market() -> Weight;
	/// The call `sell_to_market_unsigned`, without its validity check.
	fn sell_to_market_unsigned() -> Weight;
	/// The validity check of `sell_to_market_unsigned`, and the chain's own question whether the market pays.
	fn check_market() -> Weight;
	/// The call `set_level`.
	fn set_level() -> Weight;
	/// The call `set_rules`.
	fn set_rules() -> Weight;
	/// Seeing that the house has nothing to sell and owes nothing.
	fn poll_idle() -> Weight;
	/// What a walk over the lots costs before the first: what the house holds and owes, with the most lots.
	fn poll_base() -> Weight;
	/// Looking at one lot and beginning a round of it.
	fn tend_lot() -> Weight;
	/// Handing one lot out in kind.
	fn hand_out() -> Weight;
}

/// Plausible weights for mock runtimes: not measured.
impl WeightInfo for () {
	fn take() -> Weight {
		rough(40, 12)
	}
	fn sell_to_market() -> Weight {
		rough(40, 14)
	}
	fn sell_to_market_unsigned() -> Weight {
		rough(40, 14)
	}
	fn check_market() -> Weight {
		rough(40, 0)
	}
	fn set_level() -> Weight {
		rough(1, 1)
	}
	fn set_rules() -> Weight {
		rough(0, 1)
	}
	fn poll_idle() -> Weight {
		rough(6, 1)
	}
	fn poll_base() -> Weight {
		rough(40, 1)
	}
	fn tend_lot() -> Weight {
		rough(4, 2)
	}
	fn hand_out() -> Weight {
		rough(40, 20)
	}
}

fn rough(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(50_000_000, 4_000)
		.saturating_add(RocksDbWeight::get().reads(reads))
		.saturating_add(RocksDbWeight::get().writes(writes))
}
