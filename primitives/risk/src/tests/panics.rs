//! Whatever comes from storage or a caller, nothing panics, and what fails changes nothing.

use super::accounts::{any_account, any_number, any_verdict};
use crate::{
	assess, growth, liquidation_price, plan_step, Flow, FlowExceeded, FlowLimit, Leg, LiquidationParams, MarginRamp,
	MarginRatios, Pool, Quote, RateModel, Side,
};
use codec::Decode;
use margin_math::{Amount, Price, Ratio, Shares, Value};
use proptest::{collection::vec, prelude::*};

fn any_ratio() -> impl Strategy<Value = Ratio> {
	any_number().prop_map(Ratio::from_raw)
}

fn any_price() -> impl Strategy<Value = Price> {
	any_number().prop_map(Price::from_raw)
}

/// Legs that no check has seen.
fn unchecked_legs() -> impl Strategy<Value = Vec<Leg<u8>>> {
	let quote = (
		any_price(),
		proptest::option::of(any_price()),
		any_price(),
		any_verdict(),
	);
	let margin = (any_ratio(), any_ratio(), any_ratio());
	let leg = (0u8..4, any::<bool>(), any_number(), any::<u8>(), quote, margin);
	vec(leg, 0..20).prop_map(|legs| {
		let leg = |(asset, deposit, amount, decimals, quote, margin): (_, bool, _, _, (_, _, _, _), (_, _, _))| Leg {
			asset,
			side: if deposit { Side::Deposit } else { Side::Debt },
			amount: Amount(amount),
			decimals,
			quote: Quote {
				live: quote.0,
				candidate: quote.1,
				stable: quote.2,
				verdict: quote.3,
				updated_at: 0,
			},
			margin: MarginRatios {
				initial: margin.0,
				target: margin.1,
				maintenance: margin.2,
			},
		};
		legs.into_iter().map(leg).collect()
	})
}

fn any_params() -> impl Strategy<Value = LiquidationParams> {
	(any_ratio(), any_ratio(), any::<i128>()).prop_map(|(floor, ceiling, bite)| LiquidationParams {
		penalty_floor: floor,
		penalty_ceiling: ceiling,
		min_bite: Value::from_raw(bite),
	})
}

fn valid_params() -> impl Strategy<Value = LiquidationParams> {
	let below_one = || 0..Ratio::ONE.raw();
	(below_one(), below_one(), 0i128..).prop_map(|(a, b, bite)| LiquidationParams {
		penalty_floor: Ratio::from_raw(a.min(b)),
		penalty_ceiling: Ratio::from_raw(a.max(b)),
		min_bite: Value::from_raw(bite),
	})
}

fn any_pool() -> impl Strategy<Value = Pool> {
	let amounts = [(); 5].map(|()| any_number().prop_map(Amount));
	(amounts, any_number(), any_number(), any::<u64>(), any_ratio()).prop_map(
		|([liquidity, deposits, debt, reserves, deficit], deposit_shares, debt_shares, accrued_at, charged_ahead)| {
			Pool {
				liquidity,
				deposits,
				debt,
				reserves,
				deficit,
				deposit_shares: Shares(deposit_shares),
				debt_shares: Shares(debt_shares),
				accrued_at,
				charged_ahead,
				reserved_ahead: charged_ahead,
			}
		},
	)
}

fn any_model() -> impl Strategy<Value = RateModel> {
	[(); 4]
		.map(|()| any_ratio())
		.prop_map(|[base, kink, rate_at_kink, rate_at_full]| RateModel {
			base,
			kink,
			rate_at_kink,
			rate_at_full,
		})
}

/// Runs an operation on a copy of a pool: a failure must leave it as it was.
fn attempt<T, E>(pool: &Pool, operation: impl FnOnce(&mut Pool) -> Result<T, E>) -> bool {
	let mut copy = *pool;
	operation(&mut copy).is_ok() || copy == *pool
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn unchecked_accounts_never_panic(legs in unchecked_legs(), params in any_params(), asset in 0u8..4) {
		let health = assess(&legs);
		if let Ok(health) = health {
			let _ = (health.leverage(), params.ramp(&health), health.no_worse_than(&health));
		}
		let _ = (liquidation_price(&legs, &asset), plan_step(&legs, &params));
	}

	#[test]
	fn extreme_accounts_never_panic(legs in any_account(), params in valid_params(), asset in 0u32..8) {
		let _ = liquidation_price(&legs, &asset);
		if let Ok(Some(step)) = plan_step(&legs, &params) {
			prop_assert!(step.health.is_liquidatable());
			let mut left: Vec<_> = legs.iter().map(|leg| leg.amount).collect();
			for slice in step.slices {
				left[slice.debt] = left[slice.debt].checked_sub(slice.repaid).unwrap();
				left[slice.collateral] = left[slice.collateral].checked_sub(slice.taken).unwrap();
			}
		}
	}

	#[test]
	fn any_pool_survives_any_operation(
		pool in any_pool(), model in any_model(), number in any_number(), ratio in any_ratio(), now: u64,
	) {
		let (amount, shares) = (Amount(number), Shares(number));
		prop_assert!(attempt(&pool, |pool| pool.accrue(&model, ratio, now)));
		prop_assert!(attempt(&pool, |pool| pool.supply(amount)));
		prop_assert!(attempt(&pool, |pool| pool.withdraw(amount)));
		prop_assert!(attempt(&pool, |pool| pool.withdraw_all(shares)));
		prop_assert!(attempt(&pool, |pool| pool.borrow(amount)));
		prop_assert!(attempt(&pool, |pool| pool.repay(amount)));
		prop_assert!(attempt(&pool, |pool| pool.repay_all(shares)));
		prop_assert!(attempt(&pool, |pool| pool.net(shares, shares)));
		prop_assert!(attempt(&pool, |pool| pool.sweep_reserves()));
		prop_assert!(attempt(&pool, |pool| pool.write_deficit(shares)));
		prop_assert!(attempt(&pool, |pool| pool.pay_deficit(amount)));
		prop_assert!(attempt(&pool, |pool| pool.cover(shares)));
		prop_assert!(attempt(&pool, |pool| pool.write_off(amount)));
		let _ = (pool.deposit_value(shares), pool.debt_value(shares), pool.deposit_shares_for(amount));
		let _ = (pool.debt_shares_for(amount), pool.borrowable(ratio), pool.deposit_index(), pool.debt_index());
		let _ = (pool.is_balanced(), pool.supply_rate(&model, ratio));
		prop_assert!(pool.utilisation() <= Ratio::ONE);
	}

	#[test]
	fn any_margin_ratios_can_be_scaled_and_ramped(
		ratios in [(); 6].map(|()| any_ratio()), size in any_number(), scale in any_number(), start: u64, end: u64, now: u64,
	) {
		let [initial, target, maintenance, ..] = ratios;
		let to = MarginRatios { initial, target, maintenance };
		let [.., initial, target, maintenance] = ratios;
		let from = MarginRatios { initial, target, maintenance };
		let scaled = to.for_exposure(Amount(size), Amount(scale)).for_size(Amount(size), Amount(scale));
		prop_assert!(scaled.maintenance >= to.maintenance && scaled.initial >= to.initial);
		let _ = MarginRamp { from, start, end }.at(&to, now);
	}

	#[test]
	fn any_flow_survives_any_limit(
		stored in any::<[u8; 40]>(), most in any_number(), period: u64, amount in any_number(), now: u64,
	) {
		let flow = Flow::decode(&mut &stored[..]).unwrap();
		for period in [0, 1, period, u64::MAX] {
			let limit = FlowLimit { most: Amount(most), period };
			let (level, ahead) = (flow.level(&limit, now), flow.ahead(&limit, now));
			let mut after = flow;
			match after.take(&limit, Amount(amount), now) {
				Ok(()) => prop_assert_eq!(
					after.level(&limit, now),
					level.saturating_add(Amount(amount).saturating_sub(ahead))
				),
				Err(FlowExceeded) => prop_assert_eq!(after, flow),
			}
			after.bring_in(&limit, Amount(amount), now);
			after.give_back(&limit, Amount(amount), now);
			prop_assert!(after.level(&limit, now) <= level);
		}
	}

	#[test]
	fn any_quote_can_fade(
		live in any_price(), stable in any_price(), verdict in any_verdict(), now: u64, grace: u64, decay: u64, updated_at: u64,
	) {
		let quote = Quote { live, candidate: Some(stable), stable, verdict, updated_at };
		for (grace, decay) in [(grace, decay), (0, 0), (u64::MAX, decay), (0, u64::MAX)] {
			prop_assert!(quote.decayed(now, 0, grace, decay).highest() <= quote.highest());
		}
	}

	#[test]
	fn any_rate_model_gives_a_rate(model in any_model(), utilisation in any_ratio(), rate in any_ratio(), ms: u64) {
		let _ = (model.is_valid(), model.borrow_rate(utilisation));
		let _ = growth(rate, ms);
	}
}
