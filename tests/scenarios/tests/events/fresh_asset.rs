//! An asset without a past. Elsewhere a new asset was listed with the margins of one that had been calm for years, and moved
//! by half in its first week.
//!
//! Here its margin is the largest there is until the chain has watched it for 30 days, and comes down slowly after that.

use frame_support::assert_ok;
use margin_math::Ratio;
use margin_risk::VolatilityMargin;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, margins::*};

const FRESH: AssetId = 5;
/// Half hours of a day.
const DAY_OF_FEEDS: u32 = 48;

/// Lists the asset at a dollar, with the record of DOT but for its usual volatility, which nobody knows.
fn list() -> VolatilityMargin {
	let like = pallet_margin::Assets::<Runtime>::get(DOT).unwrap().config;
	let volatility = VolatilityMargin {
		usual: None,
		..like.volatility.unwrap()
	};
	let config = pallet_margin::AssetConfig {
		price_key: FRESH,
		volatility: Some(volatility),
		..like
	};
	let maker = genesis_presets::account(genesis_presets::MAKER);
	let guard = pallet_prices::Guards::<Runtime>::get(DOT).unwrap();
	begin();
	assert_ok!(Assets::force_create(
		RuntimeOrigin::root(),
		FRESH.into(),
		maker.clone().into(),
		true,
		1
	));
	assert_ok!(Assets::mint(
		RuntimeOrigin::signed(maker),
		FRESH.into(),
		Margin::account_id().into(),
		1
	));
	assert_ok!(Prices::set_guard(RuntimeOrigin::root(), FRESH, guard));
	assert_ok!(Margin::list_asset(RuntimeOrigin::root(), FRESH, config));
	end();
	volatility
}

#[test]
fn a_fresh_asset_should_have_the_largest_margin_for_thirty_days_and_then_its_own() {
	development(|| {
		prices_last(HOUR);
		let VolatilityMargin { cap, .. } = list();
		let twice = cap.saturating_add(cap);
		let mut watch = Watch::of(&[FRESH]);
		let fresh = [(FRESH, 100_000)];
		// With one block in half an hour, a step is that long as well.
		calm(3 * DAY_OF_FEEDS, &fresh, || watch.look());
		assert_eq!(ratios(FRESH).maintenance, cap);
		calm(26 * DAY_OF_FEEDS, &fresh, || {
			watch.look();
			assert_eq!(required(FRESH), cap);
			assert!(ratios(FRESH).initial >= twice);
		});
		assert_eq!(ratios(FRESH).maintenance, cap);
		calm(2 * DAY_OF_FEEDS, &fresh, || watch.look());
		assert!(required(FRESH) < Ratio::from_percent(10), "{:?}", required(FRESH));
		assert!(ratios(FRESH).maintenance < cap);
	});
}
