//! Feeds outrank liquidations, liquidations outrank users.

use super::chain::*;
use crate::{
	order::{ChargeInOrder, FEEDS, LIQUIDATIONS, USERS},
	*,
};
use codec::{Decode, Encode};
use frame_support::dispatch::GetDispatchInfo;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{TransactionExtension, TxBaseImplication},
	transaction_validity::{TransactionPriority, TransactionSource},
};

type Fees = pallet_transaction_payment::ChargeTransactionPayment<Runtime>;

fn priority(seed: &str, call: impl Into<RuntimeCall>, tip: Balance) -> TransactionPriority {
	let call = call.into();
	let origin = RuntimeOrigin::signed(genesis_presets::account(seed));
	ChargeInOrder::tip(tip)
		.validate(
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
fn clients_should_see_the_fee_extension_that_they_know() {
	assert_eq!(
		<ChargeInOrder as TransactionExtension<RuntimeCall>>::IDENTIFIER,
		<Fees as TransactionExtension<RuntimeCall>>::IDENTIFIER
	);
	assert_eq!(ChargeInOrder::type_info(), Fees::type_info());
	let bytes = ChargeInOrder::tip(7).encode();
	assert_eq!(bytes, Fees::from(7).encode());
	assert_eq!(ChargeInOrder::decode(&mut &bytes[..]), Ok(ChargeInOrder::tip(7)));
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
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim"
		]
	);
}
