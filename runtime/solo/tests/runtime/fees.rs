//! Fees in the native token and in other assets.

use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	tokens::Preservation,
};
use margin_runtime::{fee_market::CheapestRoute, order::ChargeInOrder, units::*, *};
use margin_scenarios::chain::*;
use pallet_asset_conversion::{PoolLocator, QuotePrice};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
	ApplyExtrinsicResult,
};

type Market = CheapestRoute<Runtime, Hub>;

fn remark() -> frame_system::Call<Runtime> {
	frame_system::Call::remark { remark: vec![7; 100] }
}

fn balance(asset: AssetId, seed: &str) -> Balance {
	NativeAndAssets::balance(asset, &genesis_presets::account(seed))
}

/// What a remark of `seed` with a fee in `asset` costs of that asset and of the native token, and takes from its
/// issuance.
fn cost_in(asset: AssetId, seed: &str) -> (Balance, Balance, Balance) {
	let now = || (balance(asset, seed), balance(NATIVE, seed), Balances::total_issuance());
	let before = now();
	block(vec![signed_paying(seed, remark(), ChargeInOrder::tip_in(asset, 0))]);
	let after = now();
	(before.0 - after.0, before.1 - after.1, before.2 - after.2)
}

/// What buying `mrg` of the native token costs in `asset`, fees of the markets included.
fn price(asset: AssetId, mrg: Balance) -> Balance {
	Market::quote_price_tokens_for_exact_tokens(asset, NATIVE, mrg, true).unwrap()
}

fn pay(seed: &str, fee: ChargeInOrder) -> ApplyExtrinsicResult {
	block_with(signed_paying(seed, remark(), fee))
}

fn refused() -> ApplyExtrinsicResult {
	Err(TransactionValidityError::Invalid(InvalidTransaction::Payment))
}

/// Makes a market of MRG with BTC itself, of so much of each.
fn direct_market(mrg: Balance, btc: Balance) {
	let maker = genesis_presets::account("//Bob");
	let origin = || RuntimeOrigin::signed(maker.clone());
	AssetConversion::create_pool(origin(), Box::new(NATIVE), Box::new(BTC)).unwrap();
	let (native, other) = (Box::new(NATIVE), Box::new(BTC));
	AssetConversion::add_liquidity(origin(), native, other, mrg, btc, 1, 1, maker.clone()).unwrap();
}

#[test]
fn a_fee_in_usdc_should_take_usdc_alone() {
	development(|| {
		let (usdc, mrg, burnt) = cost_in(USDC, "//Dave");
		assert_eq!(mrg, 0);
		assert!(burnt > 0);
		// MRG starts at a dollar; the market takes 0.3 % and rounds up.
		let fair = burnt * USDC_UNIT / MRG_UNIT;
		assert!(usdc > fair && usdc <= fair + fair / 100 + 2, "{usdc} for {fair}");
	});
}

#[test]
fn a_fee_in_an_asset_without_a_market_of_its_own_should_go_over_the_hub() {
	development(|| {
		let (btc, mrg, burnt) = cost_in(BTC, "//Dave");
		assert_eq!(mrg, 0);
		assert!(burnt > 0);
		let fair = burnt * BTC_UNIT * 100 / (789_466 * MRG_UNIT);
		assert!(btc > fair && btc <= fair + fair / 50 + 2, "{btc} for {fair}");
	});
}

#[test]
fn a_fee_in_the_number_of_the_native_token_should_cost_what_it_costs_anyway() {
	development(|| {
		let (cost, also, burnt) = cost_in(NATIVE, "//Dave");
		assert!(cost > 0);
		assert_eq!((cost, cost), (also, burnt));
	});
}

#[test]
fn a_fee_should_be_the_same_amount_of_mrg_whatever_buys_it() {
	development(|| {
		// In one block: fees follow how full blocks are.
		begin();
		let [usdc, btc] = [USDC, BTC].map(|asset| {
			let before = Balances::total_issuance();
			let transaction = signed_paying("//Dave", remark(), ChargeInOrder::tip_in(asset, 0));
			Executive::apply_extrinsic(transaction).unwrap().unwrap();
			before - Balances::total_issuance()
		});
		end();
		assert_eq!(usdc, btc);
	});
}

#[test]
fn a_sender_without_the_asset_should_be_refused_though_he_has_mrg() {
	development(|| {
		block(vec![]);
		let fee = || ChargeInOrder::tip_in(USDC, 0);
		let before = balance(NATIVE, "//Feeder1");
		let transaction = signed_paying("//Feeder1", remark(), fee());
		let valid = Executive::validate_transaction(TransactionSource::External, transaction, Default::default());
		assert_eq!(valid, Err(InvalidTransaction::Payment.into()));
		assert_eq!(pay("//Feeder1", fee()), refused());
		assert_eq!(balance(NATIVE, "//Feeder1"), before);
	});
}

#[test]
fn a_sender_who_has_no_more_than_the_least_balance_should_be_refused() {
	development(|| {
		let operator = genesis_presets::account("//Feeder1");
		let least = NativeAndAssets::minimum_balance(USDC);
		NativeAndAssets::mint_into(USDC, &operator, least).unwrap();
		assert_eq!(pay("//Feeder1", ChargeInOrder::tip_in(USDC, 0)), refused());
		assert_eq!(balance(USDC, "//Feeder1"), least);
	});
}

#[test]
fn a_tip_beyond_what_the_market_holds_should_be_refused() {
	development(|| {
		let fee = ChargeInOrder::tip_in(USDC, 1_000_000 * MRG_UNIT);
		assert_eq!(pay("//Dave", fee), refused());
	});
}

#[test]
fn an_asset_without_any_market_should_pay_no_fee() {
	development(|| {
		let dave = genesis_presets::account("//Dave");
		Assets::force_create(RuntimeOrigin::root(), 99.into(), dave.clone().into(), true, 1).unwrap();
		NativeAndAssets::mint_into(99, &dave, u64::MAX.into()).unwrap();
		for asset in [99, 100] {
			assert_eq!(pay("//Dave", ChargeInOrder::tip_in(asset, 0)), refused());
		}
	});
}

#[test]
fn a_fee_should_go_through_the_cheaper_market() {
	development(|| {
		let over_the_hub = price(BTC, MRG_UNIT);
		// Twice as dear as over the hub, and then half as dear.
		direct_market(7_894_000 * MRG_UNIT / 4, 500 * BTC_UNIT);
		assert_eq!(price(BTC, MRG_UNIT), over_the_hub);
		let pool = <Runtime as pallet_asset_conversion::Config>::PoolLocator::pool_address(&NATIVE, &BTC).unwrap();
		NativeAndAssets::mint_into(NATIVE, &pool, 7_894_000 * MRG_UNIT).unwrap();
		assert!(price(BTC, MRG_UNIT) < over_the_hub);
		let (btc, mrg, burnt) = cost_in(BTC, "//Dave");
		assert_eq!(mrg, 0);
		assert!(btc <= burnt * BTC_UNIT / (15_000 * MRG_UNIT) + 2);
	});
}

#[test]
fn dust_where_a_pool_would_be_should_make_no_market() {
	development(|| {
		let before = price(BTC, MRG_UNIT);
		let pool = <Runtime as pallet_asset_conversion::Config>::PoolLocator::pool_address(&NATIVE, &BTC).unwrap();
		let bob = genesis_presets::account("//Bob");
		NativeAndAssets::transfer(NATIVE, &bob, &pool, 1_000 * MRG_UNIT, Preservation::Preserve).unwrap();
		NativeAndAssets::transfer(BTC, &bob, &pool, 1_000, Preservation::Preserve).unwrap();
		assert_eq!(price(BTC, MRG_UNIT), before);
	});
}

#[test]
fn what_a_transaction_did_not_use_should_come_back_in_the_asset() {
	development(|| {
		// A batch that stops at its first call is weighed for them all beforehand.
		let withdraw = || {
			RuntimeCall::from(pallet_margin::Call::withdraw {
				sub: 0,
				asset: USDC,
				amount: 1,
			})
		};
		let batch = |calls| {
			signed_paying(
				"//Dave",
				pallet_utility::Call::batch { calls },
				ChargeInOrder::tip_in(USDC, 0),
			)
		};
		let cost = |transaction| {
			let before = balance(USDC, "//Dave");
			block(vec![transaction]);
			before - balance(USDC, "//Dave")
		};
		let [one, ten] = [1, 10].map(|count| cost(batch((0..count).map(|_| withdraw()).collect())));
		assert!(ten < 2 * one, "{ten} against {one}");
	});
}

#[test]
fn a_feed_that_pays_in_another_asset_should_cost_its_operator_no_more_than_the_market_takes() {
	development(|| {
		let operator = genesis_presets::account("//Feeder1");
		NativeAndAssets::mint_into(USDC, &operator, USDC_UNIT).unwrap();
		let mrg = balance(NATIVE, "//Feeder1");
		let fee = ChargeInOrder::tip_in(USDC, 0);
		block(vec![signed_paying("//Feeder1", feed(&FIRST_PRICES), fee)]);
		let cost = USDC_UNIT - balance(USDC, "//Feeder1");
		let (remark, ..) = cost_in(USDC, "//Dave");
		assert!(cost < remark / 10, "{cost} against {remark}");
		assert_eq!(balance(NATIVE, "//Feeder1"), mrg);
	});
}
