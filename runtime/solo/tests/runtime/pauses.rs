//! What can be stopped, and what never can.

use frame_support::{
	assert_ok,
	traits::{Contains, GetCallMetadata, GetCallName},
};
use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;
use pallet_margin::Call as MarginCall;
use sp_runtime::{DispatchError, DispatchResult};

type Call = MarginCall<Runtime>;

fn deposit(amount: Balance) -> Call {
	MarginCall::deposit {
		sub: 0,
		asset: USDC,
		amount,
	}
}

fn borrow() -> Call {
	MarginCall::borrow {
		sub: 0,
		asset: BTC,
		amount: BTC_UNIT / 10,
	}
}

fn repay() -> Call {
	MarginCall::repay {
		sub: 0,
		asset: BTC,
		amount: BTC_UNIT / 50,
	}
}

fn withdraw() -> Call {
	MarginCall::withdraw {
		sub: 0,
		asset: USDC,
		amount: USDC_UNIT,
	}
}

fn swap() -> Call {
	MarginCall::swap {
		sub: 0,
		from: USDC,
		to: BTC,
		amount_in: 100 * USDC_UNIT,
		min_out: 1,
	}
}

fn batch_all(calls: Vec<Call>) -> pallet_utility::Call<Runtime> {
	pallet_utility::Call::batch_all {
		calls: calls.into_iter().map(RuntimeCall::from).collect(),
	}
}

/// What became of Bob's call, in a block of its own.
fn bob(call: impl Into<RuntimeCall>) -> DispatchResult {
	block_with(signed("//Bob", call)).expect("the call is valid")
}

fn filtered() -> DispatchResult {
	Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

/// Bob has 10,000 USDC deposited and owes a tenth of a BTC.
fn with_a_debtor(test: impl FnOnce()) {
	development(|| {
		block(feeds(&FIRST_PRICES));
		block(vec![signed("//Bob", deposit(10_000 * USDC_UNIT))]);
		block(vec![signed("//Bob", borrow())]);
		test();
	});
}

fn in_safe_mode(test: impl FnOnce()) {
	with_a_debtor(|| {
		assert_ok!(block_of_root(pallet_safe_mode::Call::force_enter {}));
		test();
	});
}

/// The name of a call as tx-pause takes it.
fn name(call: &RuntimeCall) -> pallet_tx_pause::RuntimeCallNameOf<Runtime> {
	let name = call.get_call_metadata();
	let bytes = |name: &str| name.as_bytes().to_vec().try_into().expect("names are short");
	(bytes(name.pallet_name), bytes(name.function_name))
}

fn pause(call: impl Into<RuntimeCall>) -> pallet_tx_pause::Call<Runtime> {
	pallet_tx_pause::Call::pause {
		full_name: name(&call.into()),
	}
}

#[test]
fn safe_mode_should_let_a_debtor_repay_and_deposit() {
	in_safe_mode(|| {
		assert_ok!(bob(repay()));
		assert_ok!(bob(deposit(USDC_UNIT)));
		assert_ok!(bob(batch_all(vec![deposit(USDC_UNIT), repay()])));
	});
}

#[test]
fn safe_mode_should_stop_what_adds_risk_or_takes_out() {
	in_safe_mode(|| {
		for call in [withdraw(), borrow(), swap()] {
			assert_eq!(bob(call), filtered());
		}
		let transfer = pallet_balances::Call::transfer_allow_death {
			dest: genesis_presets::account("//Charlie").into(),
			value: MRG_UNIT,
		};
		assert_eq!(bob(transfer), filtered());
	});
}

#[test]
fn safe_mode_should_stop_in_a_batch_what_it_stops_alone() {
	in_safe_mode(|| assert_eq!(bob(batch_all(vec![deposit(USDC_UNIT), withdraw()])), filtered()));
}

#[test]
fn safe_mode_should_let_prices_and_liquidations_come_in() {
	in_safe_mode(|| {
		block(feeds(&FIRST_PRICES));
		let finding = MarginCall::liquidate_unsigned {
			owner: genesis_presets::account("//Bob"),
			sub: 0,
			round: 0,
			at: System::block_number(),
			hash: best(),
		};
		assert!(CallFilter::contains(&RuntimeCall::from(finding)));
	});
}

#[test]
fn safe_mode_should_end_when_root_ends_it() {
	in_safe_mode(|| {
		assert_ok!(block_of_root(pallet_safe_mode::Call::force_exit {}));
		assert_ok!(bob(withdraw()));
	});
}

#[test]
fn safe_mode_should_end_by_itself_after_a_day() {
	in_safe_mode(|| {
		let until = pallet_safe_mode::EnteredUntil::<Runtime>::get().unwrap();
		assert_eq!(until - System::block_number(), SAFE_MODE_BLOCKS);
		assert_eq!(u64::from(SAFE_MODE_BLOCKS) * SLOT_MILLIS, 24 * 60 * 60 * 1_000);
	});
}

#[test]
fn nobody_but_root_should_start_or_end_a_pause() {
	with_a_debtor(|| {
		let not_for_sale = Err(pallet_safe_mode::Error::<Runtime>::NotConfigured.into());
		assert_eq!(bob(pallet_safe_mode::Call::enter {}), not_for_sale);
		assert_eq!(
			bob(pallet_safe_mode::Call::force_enter {}),
			Err(DispatchError::BadOrigin)
		);
		assert_ok!(block_of_root(pallet_safe_mode::Call::force_enter {}));
		assert_eq!(
			bob(pallet_safe_mode::Call::force_exit {}),
			Err(DispatchError::BadOrigin)
		);
		assert_eq!(bob(pause(swap())), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn a_paused_call_should_be_refused_until_it_is_unpaused() {
	with_a_debtor(|| {
		assert_ok!(block_of_root(pause(swap())));
		assert_eq!(bob(swap()), filtered());
		assert_eq!(bob(batch_all(vec![swap()])), filtered());
		assert_ok!(bob(withdraw()));
		let ident = name(&swap().into());
		assert_ok!(block_of_root(pallet_tx_pause::Call::unpause { ident }));
		assert_ok!(bob(swap()));
	});
}

#[test]
fn nobody_should_pause_what_lowers_risk() {
	with_a_debtor(|| {
		for call in [
			RuntimeCall::from(repay()),
			deposit(1).into(),
			feed(&FIRST_PRICES).into(),
		] {
			assert_eq!(
				block_of_root(pause(call)),
				Err(pallet_tx_pause::Error::<Runtime>::Unpausable.into())
			);
		}
		assert_ok!(bob(repay()));
	});
}

#[test]
fn every_call_that_is_never_paused_should_exist() {
	for (pallet, calls) in NEVER_PAUSED {
		assert!(RuntimeCall::get_module_names().contains(pallet), "{pallet}");
		for call in *calls {
			assert!(RuntimeCall::get_call_names(pallet).contains(call), "{pallet}.{call}");
		}
	}
}

#[test]
fn what_moves_tokens_out_should_never_be_on_the_list_of_what_is_never_paused() {
	for call in [withdraw(), borrow(), swap()] {
		assert!(
			!NeverPaused::contains(&RuntimeCall::from(call.clone())),
			"{}",
			call.get_call_name()
		);
	}
}
