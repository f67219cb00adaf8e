//! Who may send which call.

use super::{listing::NEW, *};
use crate::{Direction, Mode, Part, Pauses, Size, Status};
use margin_math::{Price, Value};
use margin_risk::FlowLimit;

/// Who sends a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sender {
	Nobody,
	Root,
	Trader,
	AssetManager,
	RiskManager,
	OutflowManager,
}
use self::Sender::*;

impl Sender {
	const ALL: [Self; 6] = [Nobody, Root, Trader, AssetManager, RiskManager, OutflowManager];
	const SIGNED: [Self; 4] = [Trader, AssetManager, RiskManager, OutflowManager];

	fn origin(self) -> RuntimeOrigin {
		match self {
			Nobody => RuntimeOrigin::none(),
			Root => RuntimeOrigin::root(),
			Trader => signed(ALICE),
			AssetManager => signed(ASSET_MANAGER),
			RiskManager => signed(RISK_MANAGER),
			OutflowManager => signed(OUTFLOW_MANAGER),
		}
	}
}

/// A call of each kind, and who may send it. For anybody who is not let through it is the wrong origin, and nothing
/// else.
fn calls() -> Vec<(Call<Test>, Vec<Sender>)> {
	let (sub, asset, amount) = (Who::Holder.sub(), SUBJECT, HELD);
	let traders = Sender::SIGNED.to_vec();
	let managers = vec![Root, AssetManager, RiskManager];
	vec![
		(
			Call::list_asset {
				asset: NEW,
				config: config(NEW, 5),
			},
			vec![Root, AssetManager],
		),
		(
			Call::update_asset {
				asset,
				config: config(asset, 6),
			},
			managers.clone(),
		),
		(Call::deposit { sub, asset, amount }, traders.clone()),
		(Call::withdraw { sub, asset, amount }, traders.clone()),
		(Call::borrow { sub, asset, amount }, traders.clone()),
		(Call::repay { sub, asset, amount }, traders.clone()),
		(
			Call::swap {
				sub,
				from: asset,
				to: USDC,
				amount_in: amount,
				min_out: 0,
			},
			traders.clone(),
		),
		(
			Call::liquidate_unsigned {
				owner: ALICE,
				sub,
				round: 0,
				at: 0,
				hash: Default::default(),
			},
			vec![Nobody],
		),
		(Call::open_account { sub, mode: Mode::Cross }, traders.clone()),
		(Call::close_account { sub }, traders.clone()),
		(
			Call::transfer {
				from: sub,
				to: Who::Empty.sub(),
				asset,
				amount,
			},
			traders.clone(),
		),
		(
			Call::open {
				sub,
				collateral: None,
				direction: Direction::Short,
				asset,
				against: USDC,
				size: Size::Amount(amount),
				limit: Price::ZERO,
				max_borrow: 0,
			},
			traders.clone(),
		),
		(
			Call::close {
				sub,
				asset,
				against: USDC,
				part: Part::All,
				limit: Price::ZERO,
			},
			traders.clone(),
		),
		(
			Call::liquidate {
				owner: ALICE,
				sub,
				into: sub,
				most: Value::ONE,
			},
			traders.clone(),
		),
		(
			Call::set_status {
				asset,
				status: Status::Frozen,
			},
			managers.clone(),
		),
		(
			Call::set_pauses {
				asset,
				pauses: Pauses {
					trade: true,
					..Default::default()
				},
			},
			managers.clone(),
		),
		(Call::cancel_change { asset }, managers.clone()),
		(
			Call::set_outflow_limit {
				asset,
				limit: FlowLimit::UNLIMITED,
			},
			vec![Root, OutflowManager],
		),
		(Call::delist_asset { asset }, vec![Root, AssetManager]),
		(
			Call::evict {
				owner: ALICE,
				sub,
				asset,
			},
			traders,
		),
		(
			Call::remove_asset {
				asset,
				beneficiary: ALICE,
			},
			vec![Root],
		),
		(
			Call::liquidate_page {
				page: Default::default(),
				count: 1,
				at: 0,
				hash: Default::default(),
			},
			vec![Nobody],
		),
		(Call::pay_deficit { asset, amount }, Sender::SIGNED.to_vec()),
		(Call::write_off { asset }, vec![Root, AssetManager]),
		(Call::claim { sub, asset }, Sender::SIGNED.to_vec()),
		(
			Call::set_mode {
				sub,
				mode: Mode::Portfolio,
			},
			Sender::SIGNED.to_vec(),
		),
		(
			Call::deposit_and_open {
				sub,
				collateral: USDC,
				amount: Some(amount),
				direction: Direction::Short,
				asset,
				against: USDC,
				size: Size::Amount(amount),
				limit: Price::ZERO,
				max_borrow: 0,
			},
			Sender::SIGNED.to_vec(),
		),
		(
			Call::close_and_withdraw {
				sub,
				asset,
				against: USDC,
				part: Part::All,
				limit: Price::ZERO,
				withdraw: USDC,
				amount: None,
			},
			Sender::SIGNED.to_vec(),
		),
		(Call::set_seasoning { asset, duration: DAY }, managers),
	]
}

#[test]
fn a_call_of_the_wrong_origin_is_refused_as_such() {
	let calls = calls();
	let names: Vec<_> = calls.iter().map(|(call, _)| call.get_call_name()).collect();
	assert_eq!(names, Call::<Test>::get_call_names());
	stage().execute_with(|| {
		for ((call, allowed), from) in pairs(calls.iter(), Sender::ALL) {
			let root = undone(state_root);
			undone(|| {
				let sent = RuntimeCall::from(call.clone()).dispatch_bypass_filter(from.origin());
				let wrong = sent.is_err_and(|refused| refused.error == DispatchError::BadOrigin);
				let name = call.get_call_name();
				assert_eq!(wrong, !allowed.contains(&from), "{name} from {from:?}: {sent:?}");
				assert!(!wrong || state_root() == root, "{name} from {from:?} changed the state");
			});
		}
	});
}
