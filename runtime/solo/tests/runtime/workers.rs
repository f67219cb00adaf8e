//! Transactions that offchain workers make.

use frame_system::offchain::{CreateBare, CreateSignedTransaction};
use margin_runtime::{order::FEEDS, *};
use margin_scenarios::chain::*;
use pallet_feeder::crypto::{AuthId, KEY_TYPE};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
	generic::{Era, Preamble},
	transaction_validity::{InvalidTransaction, TransactionSource},
	MultiSigner,
};

/// A feed as the worker signs it after the second block.
fn worker_feed() -> UncheckedExtrinsic {
	let operator = genesis_presets::account("//Feeder1");
	let public = MultiSigner::from(sp_core::sr25519::Public::from_raw(operator.clone().into()));
	<Runtime as CreateSignedTransaction<orml_oracle::Call<Runtime>>>::create_signed_transaction::<AuthId>(
		feed(&FIRST_PRICES).into(),
		public,
		operator,
		0,
	)
	.expect("the keystore has the operator's key")
}

fn with_operators_key(test: impl FnOnce()) {
	let keystore = MemoryKeystore::new();
	keystore.sr25519_generate_new(KEY_TYPE, Some("//Feeder1")).unwrap();
	let mut chain = genesis("development");
	chain.register_extension(KeystoreExt::new(keystore));
	chain.execute_with(|| {
		block(vec![]);
		block(vec![]);
		test()
	});
}

#[test]
fn a_workers_feed_should_be_valid_and_outrank_everything() {
	with_operators_key(|| {
		let valid = Executive::validate_transaction(TransactionSource::Local, worker_feed(), Default::default());
		assert_eq!(valid.unwrap().priority, FEEDS);
	});
}

#[test]
fn a_workers_feed_should_live_for_a_few_blocks_only() {
	with_operators_key(|| {
		let Preamble::Signed(_, _, extension) = worker_feed().preamble else {
			panic!("it is signed")
		};
		let era = extension.0 .4 .0;
		assert!(matches!(era, Era::Mortal(period, _) if period == pallet_feeder::MORTALITY));
		assert!(era.death(2) > 2 && era.death(2) <= 2 + pallet_feeder::MORTALITY);
	});
}

#[test]
fn a_keepers_finding_should_travel_bare() {
	let call = pallet_margin::Call::<Runtime>::liquidate_unsigned {
		owner: genesis_presets::account("//Bob"),
		sub: 0,
		round: 0,
		at: 0,
		hash: Default::default(),
	};
	let transaction = <Runtime as CreateBare<pallet_margin::Call<Runtime>>>::create_bare(call.into());
	assert!(matches!(transaction.preamble, Preamble::Bare(_)));
}

#[test]
fn a_finding_on_an_account_that_is_not_there_should_be_refused_by_the_pool() {
	development(|| {
		block(vec![]);
		let parent = margin_runtime::Hash::repeat_byte(7);
		let call = pallet_margin::Call::<Runtime>::liquidate_unsigned {
			owner: genesis_presets::account("//Bob"),
			sub: 7,
			round: 0,
			at: System::block_number(),
			hash: parent,
		};
		let transaction = UncheckedExtrinsic::new_bare(call.into());
		let validity = Executive::validate_transaction(TransactionSource::External, transaction, parent);
		assert_eq!(validity, Err(InvalidTransaction::Custom(1).into()));
	});
}
