//! What calls and hooks cost. A runtime brings values that were measured on its own assets, market and hardware.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weight of each call, and of each part of the hooks.
pub trait WeightInfo {
	/// The call `list_asset`.
	fn list_asset() -> Weight;
	/// The call `update_asset`.
	fn update_asset() -> Weight;
	/// The call `deposit`, of what an account with many assets owes.
	fn deposit() -> Weight;
	/// The call `deposit`, when it opens the account.
	fn deposit_opening() -> Weight;
	/// The call `withdraw`.
	fn withdraw() -> Weight;
	/// The call `borrow`.
	fn borrow() -> Weight;
	/// The call `repay`.
	fn repay() -> Weight;
	/// The call `swap`, over the venue's longest route.
	fn swap() -> Weight;
	/// The call `open_account`.
	fn open_account() -> Weight;
	/// The call `close_account`, of an account full of dust.
	fn close_account() -> Weight;
	/// The call `transfer`, into an account that owes the asset.
	fn transfer() -> Weight;
	/// The call `open`, over the venue's longest route.
	fn open() -> Weight;
	/// The call `close`, over the venue's longest route.
	fn close() -> Weight;
	/// The call `deposit_and_open`, into an account that owes what is deposited, over the venue's longest route.
	fn deposit_and_open() -> Weight;
	/// The call `close_and_withdraw`, of an account that still owes something, over the venue's longest route.
	fn close_and_withdraw() -> Weight;
	/// The call `liquidate`, between two accounts with the most assets.
	fn liquidate() -> Weight;
	/// The call `set_status`.
	fn set_status() -> Weight;
	/// The call `set_pauses`.
	fn set_pauses() -> Weight;
	/// The call `cancel_change`.
	fn cancel_change() -> Weight;
	/// The call `set_outflow_limit`.
	fn set_outflow_limit() -> Weight;
	/// The call `set_seasoning`.
	fn set_seasoning() -> Weight;
	/// The call `delist_asset`.
	fn delist_asset() -> Weight;
	/// The call `evict`, of an account with the most assets that owes the asset.
	fn evict() -> Weight;
	/// The call `remove_asset`.
	fn remove_asset() -> Weight;
	/// The call `pay_deficit`.
	fn pay_deficit() -> Weight;
	/// The call `write_off`, with reserves that the fund pays some of it with.
	fn write_off() -> Weight;
	/// The call `claim`, of an account with the most assets, each with the most grants that wait.
	fn claim() -> Weight;
	/// A batch of `n` liquidation steps on accounts with the most assets, each of which takes slices from half of them for
	/// the other half.
	fn liquidate_slices(n: u32) -> Weight;
	/// A batch of `n` liquidation steps that take over accounts with the most debts, with losses that the fund cannot pay.
	fn liquidate_takeovers(n: u32) -> Weight;
	/// A liquidation step that sells an account's collateral over the venue's longest route.
	fn liquidate_market() -> Weight;
	/// What a walk over the trigger index costs before the first account: every listed asset's pool, accrued, and price,
	/// and the beginning of a new generation.
	fn scan_base() -> Weight;
	/// Finding a bucket of the trigger index.
	fn scan_bucket() -> Weight;
	/// Weighing one account with the most assets during a walk.
	fn scan_account() -> Weight;
	/// Filing one account with the most assets anew in the trigger index.
	fn refile() -> Weight;
	/// A step of the maintenance ratios of `n` assets, all of which move.
	fn step_margins(n: u32) -> Weight;
	/// Moving the bands of correlations of all pairs of `n` assets.
	fn renew_correlations(n: u32) -> Weight;
	/// The call `set_mode`, of an account with `n` assets.
	fn set_mode(n: u32) -> Weight;
	/// Seeing that the house holds nothing.
	fn house_idle() -> Weight;
	/// Handing what is left to the fund, with a loss on every other asset that the fund cannot pay.
	fn house_settle() -> Weight;
	/// An asset's turn: a change that is due, a report of its pool, and its reserves moved to the fund.
	fn tend_asset() -> Weight;
	/// Counting out to the fund the most grants that wait in a pool.
	fn tend_grants() -> Weight;
	/// Weighing the fund, the house and every pool's debt for the report of an hour.
	fn report_fund() -> Weight;
}

/// Plausible weights for mock runtimes: not measured.
impl WeightInfo for () {
	fn list_asset() -> Weight {
		rough(4, 3)
	}
	fn update_asset() -> Weight {
		rough(3, 2)
	}
	fn deposit() -> Weight {
		rough(8, 6)
	}
	fn deposit_opening() -> Weight {
		rough(9, 7)
	}
	fn withdraw() -> Weight {
		rough(30, 6)
	}
	fn borrow() -> Weight {
		rough(30, 6)
	}
	fn repay() -> Weight {
		rough(8, 6)
	}
	fn swap() -> Weight {
		rough(40, 12)
	}
	fn open_account() -> Weight {
		rough(3, 3)
	}
	fn close_account() -> Weight {
		rough(30, 14)
	}
	fn transfer() -> Weight {
		rough(30, 5)
	}
	fn open() -> Weight {
		rough(40, 15)
	}
	fn close() -> Weight {
		rough(40, 13)
	}
	fn deposit_and_open() -> Weight {
		rough(45, 20)
	}
	fn close_and_withdraw() -> Weight {
		rough(45, 16)
	}
	fn liquidate() -> Weight {
		rough(60, 12)
	}
	fn set_status() -> Weight {
		rough(2, 1)
	}
	fn set_pauses() -> Weight {
		rough(2, 1)
	}
	fn cancel_change() -> Weight {
		rough(2, 1)
	}
	fn set_outflow_limit() -> Weight {
		rough(2, 1)
	}
	fn set_seasoning() -> Weight {
		rough(2, 1)
	}
	fn delist_asset() -> Weight {
		rough(2, 1)
	}
	fn evict() -> Weight {
		rough(60, 15)
	}
	fn remove_asset() -> Weight {
		rough(8, 6)
	}
	fn pay_deficit() -> Weight {
		rough(5, 5)
	}
	fn write_off() -> Weight {
		rough(4, 2)
	}
	fn claim() -> Weight {
		rough(30, 25)
	}
	fn liquidate_slices(n: u32) -> Weight {
		rough(30, 6).saturating_add(rough(4, 4).saturating_mul(n.into()))
	}
	fn liquidate_takeovers(n: u32) -> Weight {
		rough(30, 6).saturating_add(rough(4, 6).saturating_mul(n.into()))
	}
	fn liquidate_market() -> Weight {
		rough(40, 12)
	}
	fn scan_base() -> Weight {
		rough(1, 1)
	}
	fn scan_bucket() -> Weight {
		rough(1, 0)
	}
	fn scan_account() -> Weight {
		rough(2, 0)
	}
	fn refile() -> Weight {
		rough(2, 3)
	}
	fn step_margins(n: u32) -> Weight {
		rough(1, 1).saturating_add(rough(2, 1).saturating_mul(n.into()))
	}
	fn renew_correlations(n: u32) -> Weight {
		let pairs = n.saturating_mul(n) / 2;
		rough(1, 2)
			.saturating_add(rough(1, 0).saturating_mul(n.into()))
			.saturating_add(rough(1, 0).saturating_mul(pairs.into()))
	}
	fn set_mode(n: u32) -> Weight {
		rough(3, 3).saturating_add(rough(2, 0).saturating_mul(n.into()))
	}
	fn house_idle() -> Weight {
		rough(1, 0)
	}
	fn house_settle() -> Weight {
		rough(30, 10)
	}
	fn tend_asset() -> Weight {
		rough(6, 2)
	}
	fn tend_grants() -> Weight {
		rough(8, 6)
	}
	fn report_fund() -> Weight {
		rough(51, 1)
	}
}

fn rough(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(50_000_000, 4_000)
		.saturating_add(RocksDbWeight::get().reads(reads))
		.saturating_add(RocksDbWeight::get().writes(writes))
}
