//! S18: choose the old price, then the new one. Within a block there is one price, and no account can be opened and
//! liquidated at two.

use margin_math::Value;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Direction, Error};
use pallet_utility::Call as UtilityCall;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError, DispatchResult};

/// As large a position as Bob's deposit carries.
fn deep() -> RuntimeCall {
	open(Direction::Long, BTC, 125 * BTC_UNIT / 10)
}

/// Bob and Charlie have deposits, and Bob may do everything for Charlie: both are one man's.
fn one_man() {
	fed(&FIRST_PRICES);
	let proxy = pallet_proxy::Call::add_proxy {
		delegate: genesis_presets::account("//Bob").into(),
		proxy_type: ProxyType::Any,
		delay: 0,
	};
	all_done([
		("//Bob", supply(USDC, 10_000 * USDC_UNIT)),
		("//Charlie", supply(USDC, 1_000_000 * USDC_UNIT)),
		("//Charlie", proxy.into()),
	]);
}

fn for_charlie(call: RuntimeCall) -> RuntimeCall {
	pallet_proxy::Call::proxy {
		real: genesis_presets::account("//Charlie").into(),
		force_proxy_type: None,
		call: Box::new(call),
	}
	.into()
}

/// What became of the call that Bob made for Charlie in this block.
fn proxied() -> Option<DispatchResult> {
	System::events().into_iter().find_map(|record| match record.event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	})
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	UtilityCall::batch_all { calls }.into()
}

fn wealth() -> Value {
	account("//Bob")
		.equity
		.checked_add(account("//Charlie").equity)
		.unwrap()
}

#[test]
fn an_account_should_not_be_opened_and_liquidated_in_one_batch() {
	development(|| {
		one_man();
		all_done([("//Bob", batch(vec![deep(), for_charlie(liquidate("//Bob"))]))]);
		assert_eq!(proxied(), Some(Err(Error::<Runtime>::NotLiquidatable.into())));
		assert_eq!(amount("//Charlie", BTC), 0);
	});
}

#[test]
fn a_batch_should_not_reach_the_keepers_call_nor_ones_own_account() {
	development(|| {
		one_man();
		let keepers = finding("//Bob", System::block_number());
		begin_after(1);
		assert_eq!(
			done("//Bob", batch(vec![deep(), keepers])),
			Err(DispatchError::BadOrigin)
		);
		let own = batch(vec![deep(), liquidate("//Bob")]);
		assert_eq!(done("//Bob", own), Err(Error::<Runtime>::OwnAccount.into()));
		end();
		assert_eq!(amount("//Bob", BTC), 0);
	});
}

#[test]
fn feeds_of_a_block_should_not_liquidate_within_it_what_was_opened_before_or_after_them() {
	development(|| {
		one_man();
		let fallen = moved(BTC, 92, 100);
		begin_after(1);
		assert_eq!(done("//Bob", open(Direction::Long, BTC, 10 * BTC_UNIT)), Ok(()));
		feed_all(&fallen);
		assert_eq!(done("//Bob", open(Direction::Long, BTC, 5 * BTC_UNIT / 2)), Ok(()));
		assert_eq!(
			done("//Charlie", liquidate("//Bob")),
			Err(Error::<Runtime>::NotLiquidatable.into())
		);
		let finding = finding("//Bob", System::block_number() - 1);
		assert_eq!(found(finding), Err(InvalidTransaction::Custom(2).into()));
		end();
		let before = round("//Bob");
		idle(1);
		assert_eq!(round("//Bob"), before + 1, "at the next block's price, by the chain");
	});
}

#[test]
fn liquidating_oneself_under_another_name_should_not_pay() {
	for percent in [93, 92, 91] {
		development(|| {
			ChainLiquidates::set(&false);
			one_man();
			all_done([("//Bob", deep())]);
			fed(&moved(BTC, percent, 100));
			let before = wealth();
			assert!(account("//Bob").maintenance_health.is_negative());
			all_done([("//Bob", for_charlie(liquidate("//Bob")))]);
			assert_eq!(proxied(), Some(Ok(())));
			assert!(amount("//Charlie", BTC) > 0, "at {percent} %");
			assert!(wealth() <= before, "at {percent} %");
		});
	}
}
