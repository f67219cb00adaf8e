//! Random accounts.

use crate::{Leg, LiquidationParams, MarginRatios, Quote, Side, Verdict};
use margin_math::{Amount, Price, Ratio, Rounding, Value};
use proptest::{collection::vec, prelude::*};

pub type Account = Vec<Leg<u32>>;

/// Numbers of every length.
pub fn any_number() -> impl Strategy<Value = u128> {
	prop_oneof![
		8 => (any::<u128>(), 0u32..128).prop_map(|(number, shift)| number >> shift),
		1 => 0u128..4,
		1 => Just(u128::MAX),
	]
}

pub fn any_verdict() -> impl Strategy<Value = Verdict> + Clone {
	prop_oneof![
		8 => Just(Verdict::Usable),
		1 => Just(Verdict::HeldBack),
		1 => Just(Verdict::Stale),
		1 => Just(Verdict::TooFewOperators),
		1 => Just(Verdict::Missing),
		1 => Just(Verdict::Frozen),
	]
}

pub fn any_side() -> impl Strategy<Value = Side> {
	prop_oneof![Just(Side::Deposit), Just(Side::Debt)]
}

/// Valid ratios, up to the highest.
pub fn any_margin() -> impl Strategy<Value = MarginRatios> {
	let below_one = || (0..Ratio::ONE.raw()).prop_map(Ratio::from_raw);
	(below_one(), below_one(), below_one()).prop_map(|(a, b, c)| {
		let mut ordered = [a, b, c];
		ordered.sort();
		MarginRatios::new(ordered[2], ordered[1], ordered[0]).unwrap()
	})
}

/// Ratios as assets have them: maintenance up to 20 %, the others up to twice the next, raised by size and exposure.
pub fn usual_margin() -> impl Strategy<Value = MarginRatios> {
	let maintenance = prop_oneof![1 => Just(0u32), 4 => 1_000u32..200_000];
	let proportions = prop_oneof![Just((125, 200)), (100u32..200, 200u32..400)];
	let times_more = || prop_oneof![Just(0u128), 0u128..10_000];
	(maintenance, proportions, times_more(), times_more()).prop_map(|(ppm, (target, initial), size, exposure)| {
		let maintenance = Ratio::from_ppm(ppm);
		let times = |percent| {
			let ratio = maintenance.checked_mul(Ratio::from_percent(percent), Rounding::Up);
			ratio.unwrap()
		};
		MarginRatios::new(times(initial), times(target), maintenance)
			.unwrap()
			.for_exposure(Amount(exposure), Amount(1_000))
			.for_size(Amount(size), Amount(1_000))
	})
}

pub fn any_quote() -> impl Strategy<Value = Quote> {
	let price = || any_number().prop_map(Price::from_raw);
	(
		price(),
		proptest::option::of(price()),
		price(),
		any_verdict(),
		any::<u64>(),
	)
		.prop_map(|(live, candidate, stable, verdict, updated_at)| Quote {
			live,
			candidate,
			stable,
			verdict,
			updated_at,
		})
}

/// A dollar price between a hundredth of a cent and 100,000 dollars, every size as likely as the next.
pub fn usual_price() -> impl Strategy<Value = Price> {
	(0u32..9, 100_000_000_000_000u128..1_000_000_000_000_000)
		.prop_map(|(size, raw)| Price::from_raw(raw * 10u128.pow(size)))
}

/// A price with a stable price and a held-back one within 30 % of it.
pub fn usual_quote(verdict: impl Strategy<Value = Verdict>) -> impl Strategy<Value = Quote> {
	(usual_price(), 70u32..130, proptest::option::of(70u32..130), verdict).prop_map(
		|(live, stable, candidate, verdict)| {
			let moved = |percent| live.scale(Ratio::from_percent(percent), Rounding::Down).unwrap();
			let candidate = candidate.filter(|_| !verdict.is_usable()).map(moved);
			Quote {
				live,
				candidate,
				stable: moved(stable),
				verdict,
				updated_at: 0,
			}
		},
	)
}

/// Anything that has valid margin ratios, with amounts up to `u128::MAX`.
pub fn any_account() -> impl Strategy<Value = Account> {
	let leg = (any_side(), any_number(), 6u8..=18, any_quote(), any_margin());
	vec(leg, 1..8).prop_map(|legs| {
		let numbered = (0u32..).zip(legs);
		numbered
			.map(|(asset, (side, amount, decimals, quote, margin))| Leg {
				asset,
				side,
				amount: Amount(amount),
				decimals,
				quote,
				margin,
			})
			.collect()
	})
}

/// A leg worth between a tenth of a cent and some million dollars.
fn usual_leg(side: Side, verdict: impl Strategy<Value = Verdict>) -> impl Strategy<Value = Leg<u32>> {
	let value = (0u32..10, 1_000_000_000_000_000i128..10_000_000_000_000_000);
	(value, 6u8..=18, usual_quote(verdict), usual_margin()).prop_map(move |((size, raw), decimals, quote, margin)| {
		let value = Value::from_raw(raw * 10i128.pow(size));
		let amount = quote.live.amount_for(value, decimals, Rounding::Up).unwrap();
		Leg {
			asset: 0,
			side,
			amount,
			decimals,
			quote,
			margin,
		}
	})
}

/// One to four deposits and one to four debts of usual assets.
pub fn usual_account<V: Strategy<Value = Verdict> + Clone>(verdict: V) -> impl Strategy<Value = Account> {
	(
		vec(usual_leg(Side::Deposit, verdict.clone()), 1..5),
		vec(usual_leg(Side::Debt, verdict), 1..5),
	)
		.prop_map(|(deposits, debts)| {
			let mut legs: Account = deposits.into_iter().chain(debts).collect();
			for (asset, leg) in (0u32..).zip(&mut legs) {
				leg.asset = asset;
			}
			legs
		})
}

/// The same with debts scaled to between 70 % and 110 % of the deposits, which is where liquidations happen.
pub fn leveraged_account<V: Strategy<Value = Verdict> + Clone>(verdict: V) -> impl Strategy<Value = Account> {
	(usual_account(verdict), 700_000u32..1_100_000).prop_filter_map("too small to scale", |(mut legs, ppm)| {
		let health = crate::assess(&legs).unwrap();
		let wanted = health.deposits.mul_ratio(Ratio::from_ppm(ppm), Rounding::Down)?;
		let factor = wanted.ratio_to(health.debts, Rounding::Down)?;
		for leg in legs.iter_mut().filter(|leg| leg.side == Side::Debt) {
			leg.amount = leg.amount.mul_ratio(factor, Rounding::Up)?;
		}
		Some(legs)
	})
}

/// Penalties up to 15 % and a minimum bite up to 100 dollars.
pub fn usual_params() -> impl Strategy<Value = LiquidationParams> {
	(0u32..50_000, 0u32..100_000, prop_oneof![Just(0i64), 1i64..=100]).prop_map(|(floor, rise, dollars)| {
		LiquidationParams {
			penalty_floor: Ratio::from_ppm(floor),
			penalty_ceiling: Ratio::from_ppm(floor + rise),
			min_bite: Value::from_dollars(dollars),
		}
	})
}

/// A leg for examples: `amount` in whole units, `price` in dollars, `maintenance` in percent.
pub fn leg(asset: u32, side: Side, amount: u128, decimals: u8, price: u128, maintenance: u32) -> Leg<u32> {
	Leg {
		asset,
		side,
		amount: Amount(amount * 10u128.pow(decimals.into())),
		decimals,
		quote: Quote::usable(Price::from_raw(price * margin_math::UNIT), 0),
		margin: MarginRatios::from_maintenance(Ratio::from_percent(maintenance)).unwrap(),
	}
}
