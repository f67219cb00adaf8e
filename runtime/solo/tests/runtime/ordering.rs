//! Feeds outrank liquidations, liquidations outrank users.

use codec::{Decode, Encode};
use frame_support::{dispatch::GetDispatchInfo, traits::fungibles::Mutate};
use margin_runtime::{
	order::{ChargeInOrder, FEEDS, LIQUIDATIONS, USERS},
	*,
};
use margin_scenarios::chain::*;
use scale_info::{TypeDef, TypeInfo};
use sp_runtime::{
	traits::{TransactionExtension, TxBaseImplication},
	transaction_validity::{TransactionPriority, TransactionSource},
};

type Fees = pallet_asset_conversion_tx_payment::ChargeAssetTxPayment<Runtime>;

fn priority(seed: &str, call: impl Into<RuntimeCall>, tip: Balance) -> TransactionPriority {
	priority_paying(seed, call, ChargeInOrder::tip(tip))
}

fn priority_paying(seed: &str, call: impl Into<RuntimeCall>, fee: ChargeInOrder) -> TransactionPriority {
	let call = call.into();
	let origin = RuntimeOrigin::signed(genesis_presets::account(seed));
	fee.validate(
		origin,
		&call,
		&call.get_dispatch_info(),
		100,
		(),
		&TxBaseImplication(()),
		TransactionSource::External,
	)
	.unwrap()
	.0
	.priority
}

fn transfer() -> pallet_balances::Call<Runtime> {
	pallet_balances::Call::transfer_allow_death {
		dest: genesis_presets::account("//Charlie").into(),
		value: units::MRG_UNIT,
	}
}

#[test]
fn an_operators_feed_should_outrank_everything() {
	development(|| assert_eq!(priority("//Feeder1", feed(&FIRST_PRICES), 0), FEEDS));
}

#[test]
fn a_strangers_feed_should_rank_as_a_users_call() {
	development(|| assert!(priority("//Bob", feed(&FIRST_PRICES), 0) <= USERS));
}

#[test]
fn an_operators_other_calls_should_rank_as_a_users() {
	development(|| assert!(priority("//Feeder1", transfer(), 0) <= USERS));
}

#[test]
fn no_tip_should_lift_a_user_above_liquidations() {
	development(|| {
		assert_eq!(priority("//Bob", transfer(), 1_000_000 * units::MRG_UNIT), USERS);
		assert!(priority("//Bob", transfer(), 0) < USERS);
	});
	const { assert!(USERS < LIQUIDATIONS && LIQUIDATIONS < FEEDS) };
}

#[test]
fn no_tip_in_any_asset_should_lift_a_user_above_liquidations() {
	development(|| {
		for asset in [units::NATIVE, units::USDC, units::BTC] {
			let tip = |mrg| ChargeInOrder::tip_in(asset, mrg * units::MRG_UNIT);
			assert_eq!(
				priority_paying("//Bob", transfer(), tip(10_000)),
				USERS,
				"asset {asset}"
			);
			assert!(priority_paying("//Bob", transfer(), tip(0)) < USERS, "asset {asset}");
		}
	});
}

#[test]
fn an_operators_feed_should_outrank_everything_whatever_it_pays_in() {
	development(|| {
		let operator = genesis_presets::account("//Feeder1");
		NativeAndAssets::mint_into(units::USDC, &operator, units::USDC_UNIT).unwrap();
		let fee = ChargeInOrder::tip_in(units::USDC, 0);
		assert_eq!(priority_paying("//Feeder1", feed(&FIRST_PRICES), fee), FEEDS);
	});
}

#[test]
fn clients_should_see_the_fee_extension_that_they_know() {
	assert_eq!(
		<ChargeInOrder as TransactionExtension<RuntimeCall>>::IDENTIFIER,
		<Fees as TransactionExtension<RuntimeCall>>::IDENTIFIER
	);
	assert_eq!(ChargeInOrder::type_info().path, Fees::type_info().path);
	for (ours, theirs) in [
		(ChargeInOrder::tip(7), Fees::from(7, None)),
		(ChargeInOrder::tip_in(2, 7), Fees::from(7, Some(2))),
	] {
		let bytes = ours.encode();
		assert_eq!(bytes, theirs.encode());
		assert_eq!(ChargeInOrder::decode(&mut &bytes[..]), Ok(ours));
	}
}

#[test]
fn metadata_should_name_the_asset_of_a_fee_as_polkadot_js_looks_for_it() {
	let TypeDef::Composite(extension) = ChargeInOrder::type_info().type_def else {
		panic!("it has fields")
	};
	let names: Vec<_> = extension.fields.iter().map(|field| field.name.unwrap()).collect();
	assert_eq!(names, ["tip", "asset_id"]);
	let asset = extension.fields[1].ty.type_info();
	assert_eq!(asset.path.segments, ["TAssetConversion"]);
	let TypeDef::Composite(asset) = asset.type_def else {
		panic!("it wraps")
	};
	assert_eq!(asset.fields.len(), 1);
	assert_eq!(asset.fields[0].ty, scale_info::meta_type::<Option<AssetId>>());
}

#[test]
fn extensions_should_be_in_the_order_that_clients_sign() {
	let names: Vec<_> = <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect();
	assert_eq!(
		names,
		[
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeAssetTxPayment",
			"CheckMetadataHash",
			"WeightReclaim"
		]
	);
}
