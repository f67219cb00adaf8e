//! The assets of the development preset: prices, units and margins, and how prices move.

use codec::Encode;
use margin_math::Price;
use margin_runtime::{
	units::{BTC, BTC_UNIT, DOT, DOT_UNIT, ETH, ETH_UNIT, USDC, USDC_UNIT},
	AssetId, Runtime, SLOT_MILLIS,
};
use pallet_prices::{Guard, Latch, Latched};

/// Time of the state: 11 March 2020, 00:00 UTC, the start of a slot.
pub const NOW: u64 = 1_583_884_800_000 / SLOT_MILLIS * SLOT_MILLIS;

/// An asset of the market.
#[derive(Clone, Copy)]
pub struct Listed {
	/// Its number.
	pub asset: AssetId,
	/// Dollars of a whole, in cents.
	pub cents: u128,
	/// One whole, in smallest units.
	pub unit: u128,
	/// Maintenance margin of a small position.
	pub maintenance: f64,
}

/// All of them.
pub struct Market([Listed; 4]);

impl Market {
	/// As the development preset lists them.
	pub fn first() -> Self {
		let listed = |asset, cents, unit, maintenance| Listed {
			asset,
			cents,
			unit,
			maintenance,
		};
		Self([
			listed(USDC, 100, USDC_UNIT, 0.001),
			listed(BTC, 789_466, BTC_UNIT, 0.03),
			listed(ETH, 20_074, ETH_UNIT, 0.03),
			listed(DOT, 400, DOT_UNIT, 0.08),
		])
	}

	/// Every asset.
	pub fn assets(&self) -> &[Listed] {
		&self.0
	}

	/// One of them.
	pub fn listed(&self, asset: AssetId) -> &Listed {
		self.0
			.iter()
			.find(|listed| listed.asset == asset)
			.expect("the book holds no other asset")
	}
}

impl Listed {
	/// Smallest units for so many dollars.
	pub fn amount(&self, dollars: f64) -> u128 {
		(dollars * 100.0 / self.cents as f64 * self.unit as f64) as u128
	}

	/// Its price when it has come to so many parts per thousand of what it was when the book was made.
	fn price(&self, per_mille: u32) -> Price {
		Price::from_raw(self.cents * 10u128.pow(13) * u128::from(per_mille))
	}

	/// What was latched when the book was made. It never grows stale, so that a measurement may take its time.
	pub fn latch(&self) -> Latch {
		Latch {
			expires_at: u64::MAX,
			..Latch::first(self.price(1_000), NOW, &Guard::volatile(), NOW)
		}
	}
}

/// Prices that have moved since the book was made.
#[derive(Clone, Copy)]
pub struct Move {
	/// What the table calls it.
	pub name: &'static str,
	/// What volatile assets have come to, in parts per thousand.
	per_mille: u32,
	/// The only one that moved.
	only: Option<AssetId>,
}

/// The moves that are measured.
pub const MOVES: [Move; 6] = [
	Move::of_all("at rest", 1_000),
	Move::of_all("-1 %", 990),
	Move::of_all("-5 %", 950),
	Move::of_all("-10 %", 900),
	Move::of_all("-30 %", 700),
	Move {
		name: "ETH alone -10 %",
		per_mille: 900,
		only: Some(ETH),
	},
];

impl Move {
	const fn of_all(name: &'static str, per_mille: u32) -> Self {
		Self {
			name,
			per_mille,
			only: None,
		}
	}

	/// What an asset costs after it.
	pub fn price(&self, listed: &Listed) -> Price {
		let moved = listed.asset != USDC && self.only.is_none_or(|only| only == listed.asset);
		listed.price(if moved { self.per_mille } else { 1_000 })
	}

	/// The latched prices, by their storage keys.
	pub fn changes(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
		let change = |listed: &Listed| {
			let latch = Latch {
				live: self.price(listed),
				..listed.latch()
			};
			(Latched::<Runtime>::hashed_key_for(listed.asset), latch.encode())
		};
		Market::first().assets().iter().map(change).collect()
	}
}
