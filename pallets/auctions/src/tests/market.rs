//! The market as a buyer: by the hook, by anyone's call, and by the unsigned call.

use super::*;
use crate::Call;
use frame_support::{
	dispatch::Pays,
	unsigned::{TransactionSource, ValidateUnsigned},
	weights::Weight,
};
use margin_math::Amount;
use margin_risk::Verdict;
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionValidity, TransactionValidityError},
};

/// The next block, in which the hook has no room.
fn busy_block() {
	block_with(BLOCK_MS, Weight::zero(), Weight::zero());
}

fn finding(asset: AssetId, round: u32) -> Call<Test> {
	let at = System::block_number() - 1;
	Call::sell_to_market_unsigned {
		asset,
		round,
		at,
		hash: System::block_hash(at),
	}
}

fn validity(call: &Call<Test>) -> TransactionValidity {
	Auctions::validate_unsigned(TransactionSource::External, call)
}

/// Validity and dispatch of a finding agree, and a refusal changes nothing.
fn send(call: Call<Test>) -> Result<(), TransactionValidityError> {
	let valid = validity(&call);
	let call = RuntimeCall::from(call);
	match valid {
		Ok(_) => {
			assert_ok!(call.dispatch(RuntimeOrigin::none()));
		},
		Err(_) => {
			let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
			let refused = frame_support::storage::with_storage_layer(|| call.dispatch(RuntimeOrigin::none()));
			assert!(refused.is_err());
			assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
		},
	}
	valid.map(|_| ())
}

#[test]
fn the_market_buys_when_the_price_has_fallen_to_what_it_pays() {
	with_lot(|| {
		set_market(ETH, 990_000, unit(ETH));
		pass(28_000);
		assert_eq!(events(), [], "the clock is above 198");
		next_block(BLOCK_MS);
		assert_eq!(
			events(),
			[Event::SoldToMarket {
				asset: ETH,
				amount: Amount(unit(ETH)),
				bought: USDC,
				amount_out: Amount(198 * unit(USDC)),
				price: cents(19_800),
			}]
		);
	});
}

#[test]
fn a_lot_clears_with_every_keeper_off_and_nobody_there() {
	with_lot(|| {
		set_market(ETH, 980_000, unit(ETH));
		pass(3 * 62_000);
		assert_eq!(held(ETH), 0);
		assert!(!handed_out());
		assert_eq!(crate::Auctions::<Test>::count(), 0);
	});
}

#[test]
fn anyone_may_sell_to_the_market_and_pays_no_fee_for_it() {
	with_lot(|| {
		set_market(ETH, 990_000, unit(ETH));
		assert_noop!(Auctions::sell_to_market(signed(BOB), ETH), Error::MarketPaysLess);
		pass(28_000);
		busy_block();
		let info = Auctions::sell_to_market(signed(BOB), ETH).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(held(ETH), 9 * unit(ETH));
		assert_noop!(Auctions::sell_to_market(signed(BOB), ETH), Error::MarketPaysLess);
	});
}

#[test]
fn a_market_that_takes_the_whole_lot_closes_the_auction() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, unit(ETH), 1_000);
		set_market(ETH, 1_100_000, 10 * unit(ETH));
		next_block(BLOCK_MS);
		assert_eq!((held(ETH), crate::Auctions::<Test>::count()), (0, 0));
	});
}

#[test]
fn a_finding_is_valid_just_when_the_market_pays() {
	with_lot(|| {
		set_market(ETH, 990_000, unit(ETH));
		busy_block();
		assert_eq!(send(finding(ETH, 1)), Err(InvalidTransaction::Custom(4).into()));
		pass(26_000);
		busy_block();
		assert_ok!(send(finding(ETH, 1)));
		assert_eq!(held(ETH), 9 * unit(ETH));
		assert_eq!(
			send(finding(ETH, 1)),
			Err(InvalidTransaction::Custom(4).into()),
			"once a block"
		);
	});
}

#[test]
fn a_finding_is_refused_with_the_reason_of_its_dispatch() {
	with_lot(|| {
		set_market(ETH, 1_100_000, unit(ETH));
		busy_block();
		assert_eq!(send(finding(BTC, 1)), Err(InvalidTransaction::Custom(1).into()));
		assert_eq!(send(finding(ETH, 0)), Err(InvalidTransaction::Stale.into()));
		assert_eq!(send(finding(ETH, 2)), Err(InvalidTransaction::Future.into()));
		set_verdict(ETH, Verdict::Stale);
		assert_eq!(send(finding(ETH, 1)), Err(InvalidTransaction::Custom(3).into()));
		set_verdict(ETH, Verdict::Usable);
		set_level(ETH, Level::NoTake);
		assert_eq!(send(finding(ETH, 1)), Err(InvalidTransaction::Custom(2).into()));
		set_level(ETH, Level::None);
		set_price(ETH, 15_000);
		assert_eq!(
			send(finding(ETH, 1)),
			Err(InvalidTransaction::Custom(5).into()),
			"below the floor"
		);
		set_price(ETH, 20_000);
		assert_eq!(
			validity(&Call::sell_to_market { asset: ETH }),
			Err(InvalidTransaction::Call.into())
		);
		assert_ok!(send(finding(ETH, 1)));
	});
}

#[test]
fn a_finding_names_one_of_the_last_blocks() {
	with_lot(|| {
		set_market(ETH, 1_100_000, unit(ETH));
		for _ in 0..8 {
			busy_block();
		}
		let now = System::block_number();
		let named = |at: u64, hash| Call::sell_to_market_unsigned {
			asset: ETH,
			round: 1,
			at,
			hash,
		};
		let old = InvalidTransaction::AncientBirthBlock.into();
		assert_eq!(send(named(now - 6, System::block_hash(now - 6))), Err(old));
		assert_eq!(send(named(now, System::block_hash(now))), Err(old));
		assert_eq!(send(named(now - 1, System::block_hash(now - 2))), Err(old));
		assert_ok!(send(named(now - 5, System::block_hash(now - 5))));
	});
}

#[test]
fn equal_findings_are_one_transaction_and_those_of_another_block_are_not() {
	with_lot(|| {
		set_market(ETH, 1_100_000, unit(ETH));
		busy_block();
		let first = validity(&finding(ETH, 1)).unwrap();
		assert_eq!(first.provides, validity(&finding(ETH, 1)).unwrap().provides);
		assert_eq!((first.priority, first.propagate), (1_000, true));
		busy_block();
		assert_ne!(first.provides, validity(&finding(ETH, 1)).unwrap().provides);
	});
}

#[test]
fn checking_validity_changes_nothing() {
	with_lot(|| {
		set_market(ETH, 1_100_000, unit(ETH));
		busy_block();
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert!(validity(&finding(ETH, 1)).is_ok());
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}
