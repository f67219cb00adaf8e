//! What clients are told: what a plan would do, the most that a call accepts, and the views.

use super::*;
use crate::{
	asset::{Ramp, Status},
	ledger::Ledger,
	Accounts, Action, Assets as Listed, Direction, Mode, Part, PlanError, PoolView, Size, Venue,
};
use frame_support::storage::with_transaction;
use margin_math::{Amount, Price, Ratio, Value};
use margin_risk::{assess, FlowLimit, MarginRamp, MarginRatios, Quote, Side, Verdict};
use proptest::prelude::*;
use sp_runtime::{DispatchError, DispatchResult, TransactionOutcome};

type Market = <Test as crate::Config>::Venue;
type Plan = Vec<Action<AssetId>>;

fn root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

/// The preview of a plan of ALICE's, which changes nothing.
fn preview(plan: &[Action<AssetId>]) -> Result<crate::AccountView<AssetId>, PlanError> {
	let before = root();
	let answer = Margin::preview(&ALICE, SUB, plan.to_vec());
	assert_eq!(root(), before, "a preview changed something");
	answer
}

/// The calls that a plan stands for, signed by ALICE.
fn carry_out(action: &Action<AssetId>) -> DispatchResult {
	let alice = signed(ALICE);
	match *action {
		Action::Deposit { asset, amount } => Margin::deposit(alice, SUB, asset, amount),
		Action::Withdraw { asset, amount } => Margin::withdraw(alice, SUB, asset, amount),
		Action::Borrow { asset, amount } => Margin::borrow(alice, SUB, asset, amount),
		Action::Repay { asset, amount } => Margin::repay(alice, SUB, asset, amount),
		Action::Swap {
			from,
			to,
			amount_in,
			min_out,
		} => Margin::swap(alice, SUB, from, to, amount_in, min_out),
		Action::Open {
			collateral,
			direction,
			asset,
			against,
			size,
			limit,
			max_borrow,
		} => Margin::open(
			alice, SUB, collateral, direction, asset, against, size, limit, max_borrow,
		),
		Action::Close {
			asset,
			against,
			part,
			limit,
		} => Margin::close(alice, SUB, asset, against, part, limit),
		Action::Transfer { to, asset, amount } => Margin::transfer(alice, SUB, to, asset, amount),
		Action::SetMode { mode } => Margin::set_mode(alice, SUB, mode),
	}
}

fn refused(action: u32, error: impl Into<DispatchError>) -> Result<crate::AccountView<AssetId>, PlanError> {
	let error = error.into();
	Err(PlanError { action, error })
}

/// A plan in which every kind of action occurs.
fn whole_plan() -> Plan {
	vec![
		Action::Open {
			collateral: Some((USDC, 2_000 * unit(USDC))),
			direction: Direction::Long,
			asset: BTC,
			against: USDC,
			size: Size::Leverage(Ratio::from_percent(250)),
			limit: cents(810_000),
			max_borrow: 4_000 * unit(USDC),
		},
		Action::Deposit {
			asset: ETH,
			amount: 10 * unit(ETH),
		},
		Action::Borrow {
			asset: USDC,
			amount: 500 * unit(USDC),
		},
		Action::Swap {
			from: ETH,
			to: USDC,
			amount_in: 2 * unit(ETH),
			min_out: 390 * unit(USDC),
		},
		Action::Repay {
			asset: USDC,
			amount: 100 * unit(USDC),
		},
		Action::Withdraw {
			asset: ETH,
			amount: unit(ETH),
		},
		Action::Transfer {
			to: 7,
			asset: ETH,
			amount: unit(ETH),
		},
		Action::SetMode { mode: Mode::Portfolio },
		Action::Close {
			asset: BTC,
			against: USDC,
			part: Part::Amount(unit(BTC) / 10),
			limit: Price::ZERO,
		},
	]
}

#[test]
fn a_preview_shows_the_account_as_the_calls_leave_it_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Margin::open_account(signed(ALICE), 7, Mode::Cross));
		let plan = whole_plan();
		let previews: Vec<_> = (1..=plan.len()).map(|end| preview(&plan[..end]).unwrap()).collect();
		assert!(Accounts::<Test>::get(ALICE, SUB).is_none());
		for (action, promised) in plan.iter().zip(previews) {
			assert_ok!(carry_out(action));
			assert_eq!(view(ALICE), promised);
		}
		assert_eq!(preview(&[]), Ok(view(ALICE)));
	});
}

#[test]
fn a_preview_names_the_action_that_is_refused_and_the_error_of_its_call() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = whole_plan();
		// Sub-account 7 is not open.
		assert_eq!(preview(&plan), refused(6, Error::UnknownAccount));
		let mut dear = plan.clone();
		dear[2] = Action::Borrow {
			asset: USDC,
			amount: 50_000 * unit(USDC),
		};
		assert_eq!(preview(&dear), refused(2, Error::NotEnoughCollateral));
		// The wallet pays in the plan, so it cannot pay twice.
		let half = Action::Deposit {
			asset: USDC,
			amount: wallet(ALICE, USDC) / 2 + 1,
		};
		assert!(preview(core::slice::from_ref(&half)).is_ok());
		let twice = preview(&[half.clone(), half.clone()]).unwrap_err();
		assert_ok!(carry_out(&half));
		assert_eq!(
			twice,
			PlanError {
				action: 1,
				error: carry_out(&half).unwrap_err()
			}
		);
		// And what was withdrawn can be paid in again.
		let back = Action::Withdraw {
			asset: USDC,
			amount: u128::MAX,
		};
		assert!(preview(&[back, half.clone(), half]).is_err());
	});
}

#[test]
fn a_preview_of_nothing_shows_the_account_or_says_that_there_is_none() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(preview(&[]), refused(0, Error::UnknownAccount));
		open_long(ALICE, BTC, 1_000, 3);
		assert_eq!(preview(&[]), Ok(view(ALICE)));
	});
}

#[test]
fn a_plan_has_at_most_32_actions() {
	ExtBuilder::default().build_and_execute(|| {
		let deposit = Action::Deposit {
			asset: USDC,
			amount: unit(USDC),
		};
		let answer = preview(&vec![deposit.clone(); 32]).unwrap();
		assert_eq!(answer.equity, Value::from_dollars(32));
		assert_eq!(preview(&vec![deposit; 33]), refused(32, Error::PlanTooLong));
	});
}

/// What the call would answer; nothing is left of it.
fn would(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	with_transaction(|| TransactionOutcome::Rollback(call()))
}

fn most_withdrawn(asset: AssetId) -> u128 {
	let call = |amount| Margin::withdraw(signed(ALICE), SUB, asset, amount);
	checked(Margin::max_withdraw(&ALICE, SUB, asset), 0, call)
}

fn most_borrowed(asset: AssetId) -> u128 {
	let call = |amount| Margin::borrow(signed(ALICE), SUB, asset, amount);
	checked(Margin::max_borrow(&ALICE, SUB, asset), 0, call)
}

fn most_bought(from: AssetId, to: AssetId) -> (u128, u128) {
	let (amount_in, amount_out) = Margin::max_buy(&ALICE, SUB, from, to);
	let swap = |amount, least| Margin::swap(signed(ALICE), SUB, from, to, amount, least);
	// The market pays in whole units, on the way through the hub too: what falls a little short of one more may be refused
	// where that one is accepted.
	let on_the_way = Market::quote(from, USDC, amount_in).unwrap_or(amount_in);
	let steps = 10 * (1 + amount_in / amount_out.min(on_the_way).max(1));
	checked(amount_in, steps, |amount| swap(amount, 0));
	if amount_in > 0 {
		assert_ok!(would(|| swap(amount_in, amount_out)));
		let more = would(|| swap(amount_in, amount_out + 1));
		assert_eq!(more, Err(Error::LimitNotMet.into()));
	}
	(amount_in, amount_out)
}

/// The call accepts this amount, unless it is zero, and none that is larger: neither a unit more, nor any of those
/// tried that are larger by more than `steps`.
fn checked(most: u128, steps: u128, call: impl Fn(u128) -> DispatchResult) -> u128 {
	if most > 0 {
		assert_eq!(would(|| call(most)), Ok(()), "{most} is refused");
	}
	let far = (0..90)
		.map(|bit| 1 << bit)
		.chain((1..20).map(|x| most * x / 20 + 1))
		.filter(|more| *more > steps);
	for amount in core::iter::once(1).chain(far).map(|more| most + more) {
		assert!(
			would(|| call(amount)).is_err(),
			"{amount} is accepted, and more than {most}"
		);
	}
	most
}

#[test]
fn the_most_is_what_margin_allows() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_eq!(most_withdrawn(BTC), unit(BTC));
		// 8,000 at a ratio of 10 % carries 7,200 / 1.02.
		assert_eq!(most_borrowed(USDC) / unit(USDC), 7_058);
		let (sold, bought) = most_bought(USDC, ETH);
		assert!((30_000..60_000).contains(&(sold / unit(USDC))), "{sold}");
		assert!((150..300).contains(&(bought / unit(ETH))), "{bought}");
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 3_529 * unit(USDC)));
		let half = most_withdrawn(BTC);
		assert!((unit(BTC) / 2..unit(BTC) * 501 / 1_000).contains(&half), "{half}");
		assert_eq!(most_borrowed(USDC) / unit(USDC), 3_529);
	});
}

#[test]
fn the_most_is_bounded_by_pools_caps_and_limits() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 10_000 * unit(BTC));
		assert_eq!(most_borrowed(USDC), 19_000_000 * unit(USDC));
		let window = |dollars: u128| FlowLimit {
			most: Amount(dollars * unit(USDC)),
			period: DAY,
		};
		reconfigure(USDC, |usdc| usdc.borrow_cap = Amount(9_000 * unit(USDC)));
		assert_eq!(most_borrowed(USDC), 9_000 * unit(USDC));
		reconfigure(USDC, |usdc| usdc.account_cap = Amount(8_000 * unit(USDC)));
		assert_eq!(most_borrowed(USDC), 8_000 * unit(USDC));
		reconfigure(USDC, |usdc| usdc.borrow_window = window(7_000));
		assert_eq!(most_borrowed(USDC), 7_000 * unit(USDC));
		assert_eq!(most_bought(USDC, BTC).0, 7_000 * unit(USDC));
		deposit(ALICE, USDC, 5_000 * unit(USDC));
		// What has just come in may go out again; after a day it counts no more.
		Timestamp::set_timestamp(Timestamp::get() + DAY);
		Listed::<Test>::mutate(USDC, |record| record.as_mut().unwrap().outflow_limit = window(4_000));
		assert_eq!(most_borrowed(USDC), 4_000 * unit(USDC));
		assert_eq!(most_withdrawn(USDC), 4_000 * unit(USDC));
	});
}

#[test]
fn the_most_is_nothing_where_the_call_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let all = |asset| {
			let to = if asset == USDC { BTC } else { USDC };
			(most_withdrawn(asset), most_borrowed(asset), most_bought(asset, to))
		};
		assert_eq!(all(USDC), (0, 0, (0, 0)), "there is no account");
		deposit(ALICE, BTC, unit(BTC));
		assert_eq!((most_withdrawn(99), most_borrowed(99)), (0, 0));
		assert_eq!((most_bought(99, BTC), most_bought(BTC, 99)), ((0, 0), (0, 0)));
		assert_eq!(most_bought(BTC, BTC), (0, 0));
		assert_eq!(most_withdrawn(USDC), 0, "nothing of it is deposited");
		set_verdict(BTC, Verdict::Stale);
		assert_eq!((most_borrowed(USDC), most_bought(BTC, USDC)), (0, (0, 0)));
		assert_eq!(most_withdrawn(BTC), unit(BTC), "without debt it goes at any price");
		set_verdict(BTC, Verdict::Usable);
		Listed::<Test>::mutate(BTC, |record| record.as_mut().unwrap().status = Status::Frozen);
		assert_eq!(all(BTC), (0, 0, (0, 0)));
		Listed::<Test>::mutate(BTC, |record| record.as_mut().unwrap().status = Status::Live);
		open_long(ALICE, BTC, 1_000, 7);
		move_to(BTC, 100_000);
		assert!(health(ALICE).is_negative());
		assert_eq!((most_withdrawn(BTC), most_borrowed(USDC)), (0, 0));
	});
}

#[test]
fn the_most_minds_the_least_debt() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(USDC, |usdc| usdc.min_debt = Amount(500 * unit(USDC)));
		deposit(ALICE, ETH, unit(ETH));
		deposit(ALICE, USDC, 100 * unit(USDC));
		// A debt of 500 is more than one ether carries, and a smaller one is not allowed.
		assert_eq!(most_borrowed(USDC), 100 * unit(USDC));
		reconfigure(USDC, |usdc| usdc.min_debt = Amount(170 * unit(USDC)));
		let most = most_borrowed(USDC) / unit(USDC);
		assert!((270..280).contains(&most), "{most}");
		// An account that holds as many assets as it may can sell one for another, whole and no less.
		deposit(ALICE, BTC, unit(BTC) / 10);
		assert_eq!(most_bought(ETH, DOT).0, unit(ETH));
	});
}

#[test]
fn the_most_pays_all_of_a_debt_or_leaves_enough_of_it() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(ETH, |ether| ether.min_debt = Amount(2 * unit(ETH)));
		deposit(ALICE, DOT, 300 * unit(DOT));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, ETH, 3 * unit(ETH)));
		deposit(ALICE, USDC, 300 * unit(USDC));
		Listed::<Test>::mutate(USDC, |record| record.as_mut().unwrap().pauses.borrow = true);
		// 300 dollars buy half of what is owed, and that would leave too little.
		let (_, bought) = most_bought(USDC, ETH);
		assert!(bought <= unit(ETH) && bought > unit(ETH) * 999 / 1_000, "{bought}");
		deposit(ALICE, USDC, 400 * unit(USDC));
		let (sold, bought) = most_bought(USDC, ETH);
		assert_eq!(sold, 700 * unit(USDC), "all of it, beyond the debt");
		assert!(bought > 3 * unit(ETH));
	});
}

fn cents_worth(asset: AssetId, cents: u64) -> u128 {
	u128::from(cents) * unit(asset) / first_price(asset) / 100
}

fn any_action() -> impl Strategy<Value = Action<AssetId>> {
	let asset = || prop_oneof![Just(USDC), Just(BTC), Just(ETH), Just(DOT)];
	let amount = || (asset(), 1u64..2_000_000).prop_map(|(asset, cents)| (asset, cents_worth(asset, cents)));
	let far = |long: bool| if long { Price::MAX } else { Price::ZERO };
	prop_oneof![
		3 => amount().prop_map(|(asset, amount)| Action::Deposit { asset, amount }),
		1 => amount().prop_map(|(asset, amount)| Action::Withdraw { asset, amount }),
		1 => amount().prop_map(|(asset, amount)| Action::Borrow { asset, amount }),
		1 => amount().prop_map(|(asset, amount)| Action::Repay { asset, amount }),
		1 => amount().prop_map(|(asset, amount)| Action::Transfer { to: 7, asset, amount }),
		3 => (amount(), asset()).prop_map(|((from, amount_in), to)| Action::Swap { from, to, amount_in, min_out: 0 }),
		2 => (amount(), asset(), asset(), any::<bool>(), 20u32..600).prop_map(move |(on, asset, against, long, percent)| {
			Action::Open {
				collateral: Some(on),
				direction: if long { Direction::Long } else { Direction::Short },
				asset,
				against,
				size: Size::Leverage(Ratio::from_percent(percent)),
				limit: far(long),
				max_borrow: u128::MAX,
			}
		}),
		1 => (asset(), asset(), any::<bool>()).prop_map(move |(asset, against, short)| {
			Action::Close { asset, against, part: Part::All, limit: far(short) }
		}),
	]
}

/// Limits in force, as powers of two in cents' worth: small enough to matter at times.
fn tighten(limits: &[u32; 5]) {
	for asset in [USDC, BTC, ETH, DOT] {
		let bound = |bits: u32| Amount(cents_worth(asset, 1 << bits));
		reconfigure(asset, |config| {
			config.size_scale = bound(limits[0]);
			config.exposure_start = bound(limits[1]);
			config.account_cap = bound(limits[2]);
			config.borrow_window.most = bound(limits[3]);
			config.borrow_window.period = DAY;
			config.min_debt = Amount(config.min_amount.0.max(cents_worth(asset, 1 << limits[4])));
		});
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

	#[test]
	fn a_preview_is_what_the_calls_do(plan in prop::collection::vec(any_action(), 1..12), moved in 700u128..900) {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Margin::open_account(signed(ALICE), 7, Mode::Cross));
			deposit(ALICE, USDC, 10_000 * unit(USDC));
			let mut plan = plan;
			while !plan.is_empty() {
				let promised = preview(&plan);
				let done = with_transaction(|| {
					let mut done = Ok(());
					for (at, action) in plan.iter().enumerate() {
						if let Err(error) = carry_out(action) {
							done = Err(PlanError { action: at as u32, error });
							break;
						}
					}
					TransactionOutcome::Rollback(Ok::<_, DispatchError>(done.map(|()| view(ALICE))))
				})
				.unwrap();
				assert_eq!(promised, done);
				// On to a plan that goes further, in another state.
				match promised {
					Err(PlanError { action, .. }) => {
						plan.remove(action as usize);
					},
					Ok(_) => {
						assert_ok!(carry_out(&plan.remove(0)));
						move_to(BTC, moved * 1_000);
					},
				}
			}
		});
	}

	#[test]
	fn the_most_is_accepted_and_no_more(
		actions in prop::collection::vec(any_action(), 1..8),
		limits in [24u32..40, 30u32..40, 20u32..40, 15u32..40, 0u32..16],
		moved in 600u128..1_100,
		from in USDC..=DOT,
		to in USDC..=DOT,
	) {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Margin::open_account(signed(ALICE), 7, Mode::Cross));
			deposit(ALICE, USDC, 2_000 * unit(USDC));
			for action in &actions {
				let _ = carry_out(action);
			}
			Timestamp::set_timestamp(Timestamp::get() + DAY);
			tighten(&limits);
			move_to(BTC, moved * 1_000);
			for asset in [USDC, BTC, ETH, DOT] {
				most_withdrawn(asset);
				most_borrowed(asset);
			}
			most_bought(from, to);
		});
	}
}

/// The account at another price of one asset.
fn health_at(asset: AssetId, price: Price) -> Value {
	let account = Accounts::<Test>::get(ALICE, SUB).unwrap();
	let mut legs = Ledger::<Test>::new().legs(&account).unwrap();
	for leg in legs.iter_mut().filter(|leg| leg.asset == asset) {
		leg.quote = Quote::usable(price, leg.quote.updated_at);
	}
	assess(&legs).unwrap().maintenance
}

/// Each liquidation price parts healthy prices from the others; without one, no price makes a difference. Answers with
/// how many there are.
fn check_liquidation_prices() -> usize {
	let step = Price::from_raw(1_000_000_000);
	let account = view(ALICE);
	for held in &account.balances {
		let Some(at) = held.liquidation_price else {
			let healthy = health_at(held.asset, Price::ZERO).is_negative();
			let far = Price::from_raw(10u128.pow(25));
			assert_eq!(healthy, health_at(held.asset, far).is_negative(), "{held:?}");
			continue;
		};
		let up = health_at(held.asset, at.checked_add(step).unwrap());
		let down = health_at(held.asset, at.checked_sub(step).unwrap_or(Price::ZERO));
		assert!(!health_at(held.asset, at).is_negative(), "{held:?}");
		let (good, bad) = if held.side == Side::Deposit {
			(up, down)
		} else {
			(down, up)
		};
		assert!(!good.is_negative() && bad.is_negative(), "{held:?}: {good:?} {bad:?}");
	}
	account
		.balances
		.iter()
		.filter(|held| held.liquidation_price.is_some())
		.count()
}

#[test]
fn a_liquidation_price_is_where_an_account_of_several_assets_falls_below_maintenance() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [USDC, BTC, ETH] {
			reconfigure(asset, |config| {
				config.size_scale = Amount(cents_worth(asset, 2_000_000))
			});
		}
		// Bitcoin as collateral alone, ether long on borrowed dollars.
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, ETH, 15_000 * unit(USDC), 0));
		assert_eq!(check_liquidation_prices(), 3);
		let plain = config(ETH, 5).margin.maintenance;
		let held = view(ALICE).balances;
		assert!(held
			.iter()
			.all(|held| held.margin.maintenance > config(held.asset, 1).margin.maintenance));
		assert!(held[2].margin.maintenance > plain, "size raises it");
	});
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(ETH, |ether| ether.size_scale = Amount(50 * unit(ETH)));
		// Bitcoin as collateral alone, ether short for dollars.
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::swap(signed(ALICE), SUB, ETH, USDC, 70 * unit(ETH), 0));
		assert_eq!(check_liquidation_prices(), 3);
		let view = view(ALICE);
		let price_of = |asset| {
			view.balances
				.iter()
				.find(|held| held.asset == asset)
				.unwrap()
				.liquidation_price
		};
		assert!(price_of(BTC).unwrap() < cents(800_000));
		assert!(price_of(ETH).unwrap() > cents(20_000));
		// And the chain finds the same.
		let cents_of = |asset| price_of(asset).unwrap().raw() / 10u128.pow(16);
		set_price(ETH, cents_of(ETH));
		assert!(!health(ALICE).is_negative());
		set_price(ETH, cents_of(ETH) + 1);
		assert!(health(ALICE).is_negative());
		assert_eq!(check_liquidation_prices(), 3);
		assert_ok!(liquidate(ALICE));
	});
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_eq!(check_liquidation_prices(), 0, "nothing is owed");
		// What the rest of the account secures alone has no such price.
		assert_ok!(Margin::borrow(signed(ALICE), SUB, ETH, 2 * unit(ETH)));
		assert_eq!(check_liquidation_prices(), 1);
	});
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn liquidation_prices_hold_for_any_account(
		actions in prop::collection::vec(any_action(), 2..10),
		scale in 18u32..40,
		moved in 500u128..1_500,
	) {
		ExtBuilder::default().build_and_execute(|| {
			deposit(ALICE, USDC, 1_000 * unit(USDC));
			for action in &actions {
				let _ = carry_out(action);
			}
			for asset in [USDC, BTC, ETH, DOT] {
				reconfigure(asset, |config| config.size_scale = Amount(cents_worth(asset, 1 << scale)));
			}
			move_to(BTC, moved * 1_000);
			check_liquidation_prices();
		});
	}
}

#[test]
fn the_account_view_adds_up() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 5);
		set_stable(BTC, 790_000);
		let view = view(ALICE);
		assert_eq!(view.deposit, AccountDeposit::get());
		assert_eq!(view.equity, view.deposits.checked_sub(view.debts).unwrap());
		let value_of = |side| view.balances.iter().find(|held| held.side == side).unwrap().value;
		assert_eq!(
			(view.deposits, view.debts),
			(value_of(Side::Deposit), value_of(Side::Debt))
		);
		assert!(view.initial_equity < view.equity, "the stable price is lower");
		assert!(view.initial_health < view.initial_equity);
	});
}

fn pool_view(asset: AssetId) -> PoolView<AssetId> {
	Margin::pool_views()
		.into_iter()
		.find(|pool| pool.asset == asset)
		.unwrap()
}

#[test]
fn the_pool_view_tells_how_much_room_there_is() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 10_000 * unit(BTC));
		let room = || {
			let room = pool_view(USDC).borrow_room.0;
			assert_eq!(room, most_borrowed(USDC));
			room / unit(USDC)
		};
		let window = |dollars: u128| FlowLimit {
			most: Amount(dollars * unit(USDC)),
			period: DAY,
		};
		assert_eq!(room(), 19_000_000);
		assert_eq!(pool_view(USDC).outflow_left, Amount(u128::MAX));
		reconfigure(USDC, |usdc| usdc.borrow_cap = Amount(9_000 * unit(USDC)));
		assert_eq!(room(), 9_000);
		reconfigure(USDC, |usdc| usdc.borrow_window = window(7_000));
		assert_eq!(room(), 7_000);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		assert_eq!(room(), 6_000);
		Listed::<Test>::mutate(USDC, |record| record.as_mut().unwrap().outflow_limit = window(4_000));
		// The 1,000 that have left count.
		assert_eq!(room(), 3_000);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		assert_eq!(room(), 2_000);
		assert_eq!(pool_view(USDC).outflow_left, Amount(2_000 * unit(USDC)));
		Listed::<Test>::mutate(USDC, |record| record.as_mut().unwrap().pauses.borrow = true);
		assert_eq!(room(), 0);
		assert!(pool_view(USDC).pauses.borrow);
		Listed::<Test>::mutate(USDC, |record| {
			let record = record.as_mut().unwrap();
			record.pauses.borrow = false;
			record.status = Status::ReduceOnly;
		});
		assert_eq!((room(), pool_view(USDC).status), (0, Status::ReduceOnly));
	});
}

#[test]
fn the_pool_view_tells_the_margins_of_the_moment_and_what_a_unit_has_become() {
	ExtBuilder::default().build_and_execute(|| {
		// The initial ratio is the new one at once.
		let moving = |percent| MarginRatios {
			initial: Ratio::from_percent(10),
			..MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap()
		};
		let start = Timestamp::get();
		Listed::<Test>::mutate(BTC, |record| {
			let record = record.as_mut().unwrap();
			record.config.size_scale = Amount(100);
			record.ramp = Some(Ramp {
				margin: MarginRamp {
					from: moving(3),
					start,
					end: start + DAY,
				},
				size_scale: Amount(300),
			});
		});
		let terms = || (pool_view(BTC).margin, pool_view(BTC).size_scale);
		assert_eq!(terms(), (moving(3), Amount(300)));
		Timestamp::set_timestamp(start + DAY / 2);
		// The weight of a unit, one over the scale, moves on a straight line.
		assert_eq!(terms(), (moving(4), Amount(150)));
		Timestamp::set_timestamp(start + DAY);
		assert_eq!(terms(), (moving(5), Amount(100)));

		let fresh = pool_view(ETH);
		assert_eq!((fresh.deposit_index, fresh.debt_index), (Ratio::ONE, Ratio::ONE));
		deposit(ALICE, USDC, 1_000_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, ETH, 1_000 * unit(ETH)));
		Timestamp::set_timestamp(Timestamp::get() + 20 * HOUR);
		let later = pool_view(ETH);
		assert!(later.deposit_index > Ratio::ONE && later.debt_index > later.deposit_index);
		let owed = Amount(1_000 * unit(ETH))
			.mul_ratio(later.debt_index, margin_math::Rounding::Up)
			.unwrap();
		assert!(owed.0.abs_diff(balance(ALICE, ETH).unsigned_abs()) <= 1_000);
	});
}
