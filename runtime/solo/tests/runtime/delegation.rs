//! Batches, multisigs and proxies.

use frame_support::{
	assert_ok,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
	},
};
use margin_math::{Price, Ratio};
use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;
use pallet_margin::{Call as MarginCall, Direction, Part, Size};
use pallet_utility::Call as UtilityCall;
use sp_runtime::{DispatchError, DispatchResult};

fn bob() -> AccountId {
	genesis_presets::account("//Bob")
}

fn charlie() -> AccountId {
	genesis_presets::account("//Charlie")
}

fn usdc_of(who: &AccountId) -> Balance {
	NativeAndAssets::balance(USDC, who)
}

/// The balances of an account's sub-account 0; none when there is no such account.
fn margin_of(who: &AccountId) -> Vec<pallet_margin::BalanceView<u32>> {
	Margin::account_view(who, 0).map_or(vec![], |account| account.balances)
}

fn deposit() -> RuntimeCall {
	MarginCall::deposit {
		sub: 0,
		asset: USDC,
		amount: 10_000 * USDC_UNIT,
	}
	.into()
}

fn withdraw() -> RuntimeCall {
	MarginCall::withdraw {
		sub: 0,
		asset: USDC,
		amount: USDC_UNIT,
	}
	.into()
}

fn borrow() -> RuntimeCall {
	MarginCall::borrow {
		sub: 0,
		asset: USDC,
		amount: USDC_UNIT,
	}
	.into()
}

fn swap() -> RuntimeCall {
	MarginCall::swap {
		sub: 0,
		from: USDC,
		to: BTC,
		amount_in: 50_000 * USDC_UNIT,
		min_out: 1,
	}
	.into()
}

fn deposit_and_open() -> RuntimeCall {
	MarginCall::deposit_and_open {
		sub: 0,
		collateral: USDC,
		amount: Some(1_000 * USDC_UNIT),
		direction: Direction::Long,
		asset: BTC,
		against: USDC,
		size: Size::Leverage(Ratio::from_percent(200)),
		limit: Price::MAX,
		max_borrow: 0,
	}
	.into()
}

fn close_and_withdraw() -> RuntimeCall {
	MarginCall::close_and_withdraw {
		sub: 0,
		asset: BTC,
		against: USDC,
		part: Part::All,
		limit: Price::ZERO,
		withdraw: USDC,
		amount: None,
	}
	.into()
}

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_allow_death {
		dest: charlie().into(),
		value: MRG_UNIT,
	}
	.into()
}

fn filtered() -> DispatchResult {
	Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

/// Bob has deposited 10,000 USDC and lets Charlie trade for him.
fn with_a_trader(test: impl FnOnce()) {
	development(|| {
		block(feeds(&FIRST_PRICES));
		let name = pallet_proxy::Call::add_proxy {
			delegate: charlie().into(),
			proxy_type: ProxyType::Trade,
			delay: 0,
		};
		let calls = vec![deposit(), name.into()];
		block(vec![signed("//Bob", UtilityCall::batch_all { calls })]);
		test();
	});
}

/// What became of a call that Charlie made for Bob.
fn for_bob(call: impl Into<RuntimeCall>) -> DispatchResult {
	let call = pallet_proxy::Call::proxy {
		real: bob().into(),
		force_proxy_type: None,
		call: Box::new(call.into()),
	};
	block(vec![signed("//Charlie", call)]);
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		})
		.expect("the proxied call was dispatched")
}

#[test]
fn a_trader_should_swap_deposit_and_repay_for_another() {
	with_a_trader(|| {
		assert_ok!(for_bob(deposit_and_open()));
		assert_ok!(for_bob(swap()));
		assert_eq!(margin_of(&bob()).len(), 2);
		let repay = MarginCall::repay {
			sub: 0,
			asset: USDC,
			amount: USDC_UNIT,
		};
		assert_ok!(for_bob(repay));
		assert_ok!(for_bob(deposit()));
	});
}

#[test]
fn a_trader_should_take_nothing_out() {
	with_a_trader(|| {
		for call in [withdraw(), borrow(), transfer(), close_and_withdraw()] {
			assert_eq!(for_bob(call), filtered());
		}
	});
}

#[test]
fn a_trader_should_trade_in_a_batch() {
	with_a_trader(|| {
		let calls = vec![swap()];
		assert_ok!(for_bob(UtilityCall::batch_all { calls }));
		assert_eq!(margin_of(&bob()).len(), 2);
	});
}

#[test]
fn a_trader_should_take_nothing_out_through_a_batch() {
	with_a_trader(|| {
		let before = (usdc_of(&bob()), Balances::free_balance(bob()), margin_of(&bob()));
		let nested = |call: RuntimeCall| UtilityCall::batch_all { calls: vec![call] };
		for call in [withdraw(), borrow(), transfer()] {
			assert_eq!(for_bob(nested(call.clone())), filtered());
			assert_eq!(for_bob(nested(nested(call.clone()).into())), filtered());
			// These two go on, or say that they stopped: it is the state that tells.
			assert_ok!(for_bob(UtilityCall::batch {
				calls: vec![call.clone()]
			}));
			assert_ok!(for_bob(UtilityCall::force_batch { calls: vec![call] }));
		}
		// Interest is added when an account is touched, and nothing touched it.
		assert_eq!(
			(usdc_of(&bob()), Balances::free_balance(bob()), margin_of(&bob())),
			before
		);
	});
}

#[test]
fn a_trader_should_find_no_other_way_around() {
	with_a_trader(|| {
		let call = || Box::new(withdraw());
		let ways: [RuntimeCall; 5] = [
			UtilityCall::as_derivative { index: 0, call: call() }.into(),
			UtilityCall::if_else {
				main: call(),
				fallback: call(),
			}
			.into(),
			pallet_proxy::Call::proxy {
				real: bob().into(),
				force_proxy_type: None,
				call: call(),
			}
			.into(),
			pallet_proxy::Call::add_proxy {
				delegate: charlie().into(),
				proxy_type: ProxyType::Any,
				delay: 0,
			}
			.into(),
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![charlie()],
				call: call(),
			}
			.into(),
		];
		for way in ways {
			assert_eq!(for_bob(way), filtered());
		}
	});
}

#[test]
fn a_trader_should_trade_for_nobody_else() {
	with_a_trader(|| {
		let call = pallet_proxy::Call::proxy {
			real: bob().into(),
			force_proxy_type: None,
			call: Box::new(swap()),
		};
		let refused = Err(pallet_proxy::Error::<Runtime>::NotProxy.into());
		assert_eq!(block_with(signed("//Dave", call)), Ok(refused));
	});
}

#[test]
fn a_multisig_should_act_when_enough_have_signed() {
	development(|| {
		let [bob, charlie, dave] = ["//Bob", "//Charlie", "//Dave"].map(genesis_presets::account);
		let mut all = vec![bob.clone(), charlie, dave];
		all.sort();
		let joint = Multisig::multi_account_id(&all, 2);
		for (asset, amount) in [(NATIVE, MRG_UNIT), (USDC, 20_000 * USDC_UNIT)] {
			NativeAndAssets::transfer(asset, &bob, &joint, amount, Preservation::Preserve).unwrap();
		}
		let sign = |seed: &str, maybe_timepoint| {
			let other_signatories = all.iter().filter(|who| **who != genesis_presets::account(seed));
			let call = pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories: other_signatories.cloned().collect(),
				maybe_timepoint,
				call: Box::new(deposit()),
				max_weight: MAX_BLOCK_WEIGHT / 4,
			};
			signed(seed, call)
		};
		block(vec![sign("//Bob", None)]);
		assert_eq!(margin_of(&joint), vec![]);
		// Behind the block's time.
		let first = pallet_multisig::Timepoint {
			height: System::block_number(),
			index: 1,
		};
		block(vec![sign("//Charlie", Some(first))]);
		assert_eq!(margin_of(&joint).len(), 1);
		assert_eq!(usdc_of(&joint), 10_000 * USDC_UNIT);
	});
}

#[test]
fn a_batch_should_change_nothing_when_one_of_its_calls_fails() {
	development(|| {
		block(feeds(&FIRST_PRICES));
		let before = usdc_of(&bob());
		let liquidate = MarginCall::liquidate_unsigned {
			owner: genesis_presets::account("//Supplier"),
			sub: 0,
			round: 0,
			at: System::block_number(),
			hash: best(),
		};
		let calls = vec![deposit(), swap(), liquidate.into()];
		let result = block_with(signed("//Bob", UtilityCall::batch_all { calls }));
		assert_eq!(result, Ok(Err(DispatchError::BadOrigin)));
		assert_eq!(margin_of(&bob()), vec![]);
		assert_eq!(usdc_of(&bob()), before);
	});
}
