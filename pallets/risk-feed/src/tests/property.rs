//! Whatever a publisher says, margins only tighten, and by half at most.

use crate::{mock::*, Adopted, AssetRisk};
use margin_math::{Price, Ratio, Rounding};
use margin_risk::{MarginRatios, Verdict, MAX_MAINTENANCE};
use proptest::prelude::*;
use xcm::latest::prelude::*;

/// What the risk engine asks for: the larger of its own ratio and the adopted one, of which no more counts than 1.5 times
/// its own.
fn asked_for(own: Ratio, adopted: Option<Ratio>) -> Ratio {
	let most = own.checked_mul(percent(150), Rounding::Down).unwrap();
	adopted
		.map_or(own, |adopted| own.max(adopted.min(most)))
		.min(MAX_MAINTENANCE)
}

fn any_ratio() -> impl Strategy<Value = Ratio> {
	prop_oneof![
		4 => (0u32..=200_000).prop_map(Ratio::from_ppm),
		1 => (0u32..=2_000_000).prop_map(Ratio::from_ppm),
		1 => any::<u128>().prop_map(Ratio::from_raw),
	]
}

fn any_ratios() -> impl Strategy<Value = MarginRatios> {
	let ordered = (1u32..=220_000).prop_map(|ppm| MarginRatios::from_maintenance(Ratio::from_ppm(ppm)).unwrap());
	let any = (any_ratio(), any_ratio(), any_ratio()).prop_map(|(initial, target, maintenance)| MarginRatios {
		initial,
		target,
		maintenance,
	});
	prop_oneof![3 => ordered, 1 => any]
}

fn any_risk() -> impl Strategy<Value = AssetRisk> {
	let verdict = prop_oneof![Just(Verdict::Usable), Just(Verdict::Stale), Just(Verdict::Missing)];
	(any::<u128>(), any::<u64>(), verdict, any_ratios(), any_ratio()).prop_map(
		|(price, priced_at, verdict, ratios, measured)| AssetRisk {
			price: Price::from_raw(price),
			priced_at,
			verdict,
			ratios,
			measured,
		},
	)
}

fn any_location() -> impl Strategy<Value = Location> {
	prop_oneof![
		Just(usdc()),
		Just(sibling(PUBLISHER)),
		Just(Location::here()),
		Just(Location::parent())
	]
}

/// How far the publisher's clock is off, its number, what it says, and how long until the next report.
type Step = (i64, u64, Vec<(Location, AssetRisk)>, u64);

fn any_step() -> impl Strategy<Value = Step> {
	let assets = proptest::collection::vec((any_location(), any_risk()), 0..6);
	let skew = prop_oneof![Just(0i64), -2_000_000i64..60_000];
	(skew, 0u64..12, assets, 0u64..2_000_000)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn what_is_adopted_is_in_range_and_only_tightens(steps in proptest::collection::vec(any_step(), 1..12), own in 1u32..=200_000) {
		let own = Ratio::from_ppm(own);
		ExtBuilder::default().on(SUBSCRIBER).build_and_execute(|| {
			listen();
			let mut last = 0;
			for (skew, sequence, assets, wait_for) in steps {
				let mut report = report(sequence, &assets);
				report.at = report.at.saturating_add_signed(skew);
				let is_taken = adopt(report).is_ok();
				let stored = Adopted::<Test>::get().map_or(0, |adoption| adoption.sequence);
				assert!(!is_taken || stored == sequence);
				assert!(stored >= last);
				last = stored;
				for asset in [NATIVE, USDC, BTC, THEIRS] {
					let adopted = RiskFeed::adopted_maintenance(asset);
					assert!(adopted.is_none_or(|ratio| ratio <= MAX_MAINTENANCE));
					let asked = asked_for(own, adopted);
					assert!(asked >= own && asked <= MAX_MAINTENANCE);
					assert!(asked <= own.checked_mul(percent(150), Rounding::Up).unwrap());
				}
				RiskFeed::do_try_state().unwrap();
				wait(wait_for);
			}
			wait(30 * MINUTE);
			assert_eq!(RiskFeed::adopted_maintenance(USDC), None);
		});
	}

	#[test]
	fn whatever_happens_everybody_pays_for_what_he_gets_and_no_more(
		steps in proptest::collection::vec((0u64..4, 0u64..900, 0u64..400_000), 1..40),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let paras: Vec<u32> = (0..4).map(|n| SUBSCRIBER + n).collect();
			for para in &paras {
				set_balance(*para, 3 * UNIT);
			}
			subscribed(&paras);
			let mut counts = [0u128; 4];
			for (which, left, ms) in steps {
				Closed::set(vec![SUBSCRIBER + which as u32]);
				let used = next_block_with(ms, left);
				assert!(used <= left);
				for para in delivered_to() {
					counts[(para - SUBSCRIBER) as usize] += 1;
				}
				RiskFeed::do_try_state().unwrap();
			}
			for (para, count) in paras.into_iter().zip(counts) {
				assert_eq!(balance(para), 3 * UNIT - count * FEE);
			}
		});
	}
}
