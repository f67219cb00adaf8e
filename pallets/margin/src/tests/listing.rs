use super::*;
use crate::AssetConfig;
use margin_math::{Amount, Ratio};
use margin_risk::{MarginRatios, RateModel};

const NEW: AssetId = 5;

fn endow() {
	use frame_support::traits::fungibles::Mutate;
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), NEW, MAKER, true, 10));
	assert_ok!(<Assets as Mutate<_>>::mint_into(NEW, &Margin::account_id(), 10));
}

#[test]
fn only_the_asset_manager_lists() {
	ExtBuilder::default().build_and_execute(|| {
		endow();
		let bad_origin = sp_runtime::DispatchError::BadOrigin;
		assert_noop!(Margin::list_asset(signed(ALICE), NEW, config(NEW, 10)), bad_origin);
		assert_ok!(Margin::list_asset(RuntimeOrigin::root(), NEW, config(NEW, 10)));
		let warm_until = Timestamp::get() + 7 * DAY;
		assert_eq!(events(), [Event::AssetListed { asset: NEW, warm_until }]);
	});
}

#[test]
fn listing_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let list = |config| Margin::list_asset(RuntimeOrigin::root(), NEW, config);
		assert_noop!(list(config(NEW, 10)), Error::EndowmentMissing);
		endow();
		let good = config(NEW, 10);
		let ratio = MarginRatios {
			initial: Ratio::ONE,
			..good.margin
		};
		let rate = RateModel {
			kink: Ratio::ONE,
			..good.rate
		};
		assert_noop!(list(AssetConfig { decimals: 19, ..good }), Error::DecimalsOutOfRange);
		assert_noop!(list(AssetConfig { margin: ratio, ..good }), Error::MarginOutOfRange);
		assert_noop!(list(config(NEW, 21)), Error::MarginOutOfRange);
		assert_noop!(list(AssetConfig { rate, ..good }), Error::RateOutOfRange);
		assert_noop!(
			list(AssetConfig {
				reserve_factor: Ratio::ONE,
				..good
			}),
			Error::ShareOutOfRange
		);
		assert_noop!(
			list(AssetConfig {
				unborrowable: Ratio::ONE,
				..good
			}),
			Error::ShareOutOfRange
		);
		assert_noop!(
			list(AssetConfig {
				min_amount: Amount::ZERO,
				..good
			}),
			Error::MinAmountOutOfRange
		);
		assert_ok!(list(good));
		assert_noop!(list(good), Error::AlreadyListed);
	});
}

#[test]
fn only_so_many_assets_are_listed() {
	ExtBuilder::default().build_and_execute(|| {
		use frame_support::traits::fungibles::Mutate;
		for asset in 5..=9 {
			assert_ok!(Assets::force_create(RuntimeOrigin::root(), asset, MAKER, true, 1));
			assert_ok!(<Assets as Mutate<_>>::mint_into(asset, &Margin::account_id(), 1));
			let listed = Margin::list_asset(RuntimeOrigin::root(), asset, config(asset, 10));
			assert_eq!(
				listed,
				if asset < 9 {
					Ok(())
				} else {
					Err(Error::TooManyAssets.into())
				}
			);
		}
	});
}
