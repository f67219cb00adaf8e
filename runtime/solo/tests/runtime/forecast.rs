//! Who tells the chain of predictive models, and what that costs.

use frame_support::traits::SortedMembers;
use margin_math::Ratio;
use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;
use pallet_forecast::{Call, Error};
use sp_runtime::DispatchError;

fn report(key: AssetId) -> Call<Runtime> {
	Call::report {
		key,
		multiplier: Ratio::from_percent(120),
	}
}

#[test]
fn a_reporter_should_have_the_fee_back_and_a_stranger_should_not() {
	development(|| {
		let mrg = |seed: &str| Balances::free_balance(genesis_presets::account(seed));
		let before = (mrg("//Feeder1"), mrg("//Bob"));
		block(vec![signed("//Feeder1", report(BTC))]);
		let refused = block_with(signed("//Bob", report(BTC)));
		assert_eq!(refused, Ok(Err(Error::<Runtime>::NotAReporter.into())));
		assert_eq!(mrg("//Feeder1"), before.0);
		assert!(mrg("//Bob") < before.1);
	});
}

#[test]
fn only_what_the_margin_pallet_lists_should_be_reported_on() {
	development(|| {
		let refused = block_with(signed("//Feeder1", report(77)));
		assert_eq!(refused, Ok(Err(Error::<Runtime>::UnknownKey.into())));
	});
}

#[test]
fn only_root_should_take_reports_out_of_shadow() {
	development(|| {
		let call = || Call::<Runtime>::set_shadow {
			key: Some(BTC),
			shadow: false,
		};
		assert_eq!(
			block_with(signed("//Feeder1", call())),
			Ok(Err(DispatchError::BadOrigin))
		);
		assert_eq!(block_of_root(call()), Ok(()));
	});
}

#[test]
fn a_new_chain_should_be_in_shadow_and_have_reporters_enough() {
	development(|| {
		assert!(pallet_forecast::Shadow::<Runtime>::get());
		assert!(Reporters::sorted_members().len() >= 3);
		assert_eq!(Forecast::multiplier(BTC), Ratio::ONE);
	});
}
