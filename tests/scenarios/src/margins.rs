//! What is watched while margins move: every promise that is made about them to traders, after each block.

use crate::{
	chain::{block_of_root, FIRST_PRICES},
	dice::Dice,
	stage::{fed_after, told},
};
use margin_math::{Ratio, Rounding};
use margin_risk::MarginRatios;
use margin_runtime::{
	units::{ETH, HOUR, USDC},
	SLOT_MILLIS, *,
};
use pallet_margin::Event;
use std::collections::{BTreeMap, VecDeque};

/// Slots from one feed to the next: 50 seconds.
pub const SLOTS: u64 = 25;
/// Feeds in an hour.
pub const STEPS: u128 = HOUR as u128 / (SLOTS * SLOT_MILLIS) as u128;

/// From now on prices may be so many milliseconds old: longer than there is between two feeds.
pub fn prices_last(ms: u64) {
	for (key, _) in FIRST_PRICES {
		let guard = pallet_prices::Guards::<Runtime>::get(key).expect("it is listed");
		let guard = pallet_prices::Guard {
			max_age_ms: ms,
			..guard
		};
		let call = pallet_prices::Call::set_guard { key, guard };
		assert_eq!(block_of_root(call), Ok(()));
	}
}

/// The margin ratios of a small position of `asset`, in force now.
pub fn ratios(asset: AssetId) -> MarginRatios {
	view(asset).margin
}

/// The maintenance ratio that is asked for of `asset` in the end: the one in force until it is asked for the first time.
pub fn required(asset: AssetId) -> Ratio {
	let view = view(asset);
	view.path.map_or(view.margin.maintenance, |path| path.required)
}

fn view(asset: AssetId) -> pallet_margin::PoolView<AssetId> {
	let views = Margin::pool_views();
	views
		.into_iter()
		.find(|view| view.asset == asset)
		.expect("it is listed")
}

/// The limits by which the margin of `asset` moves.
fn limits(asset: AssetId) -> (Ratio, Ratio) {
	let record = pallet_margin::Assets::<Runtime>::get(asset).expect("it is listed");
	let volatility = record.config.volatility.expect("its margin follows its volatility");
	(volatility.rise, volatility.fall)
}

/// A raise that was told.
#[derive(Clone, Copy, Debug)]
pub struct Warning {
	/// When, in milliseconds of unix time.
	pub at: u64,
	/// The maintenance ratio then.
	pub from: Ratio,
	/// The maintenance ratio to which it was to rise.
	pub to: Ratio,
	/// When it was to be there, in milliseconds of unix time.
	pub by: u64,
}

#[derive(Default)]
struct Watched {
	/// The maintenance ratio in each block of the last hour.
	hour: VecDeque<(u64, Ratio)>,
	/// No higher ratio has been told to come.
	most: Ratio,
	warnings: Vec<Warning>,
}

/// Watches the margins of some assets.
pub struct Watch(BTreeMap<AssetId, Watched>);

impl Watch {
	/// Watches from this block on.
	pub fn of(assets: &[AssetId]) -> Self {
		let watched = assets.iter().map(|asset| {
			let view = view(*asset);
			let most = view
				.path
				.map_or(view.margin.maintenance, |path| path.to.max(view.margin.maintenance));
			let watched = Watched {
				most,
				..Default::default()
			};
			(*asset, watched)
		});
		Self(watched.collect())
	}

	/// The raises of `asset` that were told so far.
	pub fn warnings(&self, asset: AssetId) -> &[Warning] {
		&self.0[&asset].warnings
	}

	/// Looks at the block that was made last:
	///
	/// - no margin is above what was told before it came, and a raise is told while the margin is where it was;
	/// - over no hour does maintenance rise or fall by more than its limit;
	/// - initial is at twice what is asked for, at once.
	pub fn look(&mut self) {
		let now = Timestamp::get();
		for (asset, watched) in &mut self.0 {
			let margin = ratios(*asset);
			watched.listen(*asset, now);
			assert!(
				margin.maintenance <= watched.most,
				"{:?} of asset {asset} was not told: {:?}",
				margin.maintenance,
				watched.most
			);
			watched.pace(*asset, now, margin.maintenance);
			let twice = required(*asset).max(margin.maintenance);
			assert!(margin.initial >= twice.saturating_add(twice).min(margin_risk::MAX_INITIAL));
		}
	}
}

impl Watched {
	fn listen(&mut self, of: AssetId, now: u64) {
		for event in told() {
			match event {
				Event::MarginRising {
					asset,
					maintenance,
					to,
					by,
					..
				} if asset == of => {
					assert!(maintenance <= self.most && to > maintenance && by > now);
					self.most = to;
					self.warnings.push(Warning {
						at: now,
						from: maintenance,
						to,
						by,
					});
				},
				Event::MarginFalling { asset, maintenance, .. } if asset == of => {
					assert!(maintenance <= self.most);
					self.most = maintenance;
				},
				_ => (),
			}
		}
	}

	fn pace(&mut self, asset: AssetId, now: u64, maintenance: Ratio) {
		let (rise, fall) = limits(asset);
		while self.hour.front().is_some_and(|(at, _)| at + HOUR < now) {
			self.hour.pop_front();
		}
		// A millionth for rounding.
		let most = Ratio::from_ppm(1_000_001).saturating_add(rise);
		let least = Ratio::from_ppm(999_999).saturating_sub(fall);
		for (at, earlier) in &self.hour {
			let within = |factor| earlier.checked_mul(factor, Rounding::Up).unwrap();
			assert!(
				(within(least)..=within(most)).contains(&maintenance),
				"asset {asset} from {earlier:?} to {maintenance:?} in {} ms",
				now - at
			);
		}
		self.hour.push_back((now, maintenance));
	}
}

/// Half hours of a calm market, with one feed in each, so that the last five minutes of every hour have a price. Prices go
/// up and down by a few parts in a thousand around these, BTC and ETH nearly alike, and end there. Calls `each` after each.
pub fn calm(half_hours: u32, around: &[(AssetId, u128)], mut each: impl FnMut()) {
	let (mut dice, mut place) = (Dice::new(7), 1_000i128);
	for number in 1..=half_hours {
		let step = i128::from(dice.below(9)) - 4;
		let apart = i128::from(dice.below(3)) - 1;
		place = (place + step).clamp(970, 1_030);
		let is_last = number == half_hours;
		let scaled = |(key, cents): &(AssetId, u128)| {
			let place = match *key {
				_ if is_last => 1_000,
				USDC => 1_000,
				ETH => place + apart,
				_ => place,
			};
			(*key, cents * place as u128 / 1_000)
		};
		let prices: Vec<_> = around.iter().map(scaled).collect();
		fed_after(slots_to_feed(), &prices);
		each();
	}
}

/// Slots to the 28th or 58th minute of an hour.
fn slots_to_feed() -> u64 {
	let (half, minute) = (HOUR / 2, HOUR / 60);
	let gone = (Timestamp::get() + 2 * minute) % half;
	(half - gone) / SLOT_MILLIS
}
