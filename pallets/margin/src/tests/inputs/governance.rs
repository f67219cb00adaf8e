//! State, pauses, outflow limits and delisting.

use super::*;
use crate::{Pauses, Status};
use margin_math::Amount;
use margin_risk::FlowLimit;

const MANAGERS: [AccountId; 2] = [ASSET_MANAGER, RISK_MANAGER];

#[test]
fn set_status_is_refused_by_name() {
	let now = stage().execute_with(Timestamp::get);
	let soon = now + DAY;
	let states = [
		Status::Live,
		Status::ReduceOnly,
		Status::Frozen,
		Status::Delisting(soon),
		Status::Delisting(now),
	];
	let wanted = states
		.into_iter()
		.chain([Status::Delisting(0), Status::Delisting(u64::MAX)]);
	table("set_status", |table| {
		for before in states {
			table.scene(
				|| record(SUBJECT, |record| record.status = before),
				|table| {
					for ((status, asset), manager) in pairs(pairs(wanted.clone(), [SUBJECT, UNLISTED]), MANAGERS) {
						let delisting = matches!(before, Status::Delisting(_));
						let by_risk = manager == RISK_MANAGER;
						let too_late = before == Status::Delisting(now);
						let expected = first([
							(asset == UNLISTED, Error::UnknownAsset),
							(status == before, Error::NothingChanges),
							(matches!(status, Status::Delisting(_)), Error::UseDelistAsset),
							(
								by_risk && status != Status::Frozen && (delisting || status < before),
								Error::OnlyTighten,
							),
							(delisting && too_late, Error::BeingDelisted),
						]);
						table.row(
							|| format!("{asset} from {before:?} to {status:?}, by {manager}"),
							signed(manager),
							Call::set_status { asset, status },
							expected,
						);
					}
				},
			);
		}
	});
}

/// The pauses that the bits of a number stand for.
fn pauses(bits: u8) -> Pauses {
	Pauses {
		supply: bits & 1 != 0,
		withdraw: bits & 2 != 0,
		borrow: bits & 4 != 0,
		trade: bits & 8 != 0,
	}
}

#[test]
fn set_pauses_is_refused_by_name() {
	table("set_pauses", |table| {
		for before in 0..16 {
			table.scene(
				|| record(SUBJECT, |record| record.pauses = pauses(before)),
				|table| {
					for ((after, asset), manager) in pairs(pairs(0..16, [SUBJECT, UNLISTED]), MANAGERS) {
						let expected = first([
							(asset == UNLISTED, Error::UnknownAsset),
							(after == before, Error::NothingChanges),
							(manager == RISK_MANAGER && before & !after != 0, Error::OnlyTighten),
						]);
						table.row(
							|| format!("{asset} from {before:04b} to {after:04b}, by {manager}"),
							signed(manager),
							Call::set_pauses {
								asset,
								pauses: pauses(after),
							},
							expected,
						);
					}
				},
			);
		}
	});
}

#[test]
fn set_outflow_limit_is_refused_by_name() {
	table("set_outflow_limit", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for (period, most) in pairs([0, 1, DAY, u64::MAX], [0, 1, HELD, u128::MAX]) {
						let most = Amount(most);
						let expected = first([
							(period == 0, Error::WindowOutOfRange),
							(state.is_unlisted(), Error::UnknownAsset),
						]);
						table.row(
							|| format!("{state:?}, {most:?} in {period}"),
							signed(OUTFLOW_MANAGER),
							Call::set_outflow_limit {
								asset: state.asset(),
								limit: FlowLimit { most, period },
							},
							expected,
						);
					}
				},
			);
		}
	});
}

#[test]
fn delist_asset_is_refused_by_name() {
	table("delist_asset", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					let expected = first([
						(state.is_unlisted(), Error::UnknownAsset),
						(
							matches!(state, State::Delisting | State::NoticeOver),
							Error::AlreadyDelisting,
						),
					]);
					table.row(
						|| format!("{state:?}"),
						signed(ASSET_MANAGER),
						Call::delist_asset { asset: state.asset() },
						expected,
					);
				},
			);
		}
	});
}

#[test]
fn evict_is_refused_by_name() {
	table("evict", |table| {
		for (over, state) in pairs([false, true], State::ALL) {
			let arrange = || {
				state.arrange();
				// The notice takes the place of what else the asset may be.
				if over {
					record(SUBJECT, |record| record.status = Status::Delisting(Timestamp::get()));
				}
			};
			let over = over || state == State::NoticeOver;
			table.scene(arrange, |table| {
				for (owner, who) in pairs([ALICE, STRANGER, 0, u64::MAX], Who::ALL) {
					let sub = who.sub();
					let asset = state.asset();
					table.row(
						|| format!("{who:?} of {owner}, {state:?}, over: {over}"),
						signed(MAKER),
						Call::evict { owner, sub, asset },
						evicted(owner, who, state, over),
					);
				}
			});
		}
	});
}

fn evicted(owner: AccountId, who: Who, state: State, over: bool) -> Outcome {
	let who = match (owner, who) {
		(ALICE, Who::ForeignHolder) => Who::Holder,
		(ALICE, Who::ForeignDebtor) => Who::Debtor,
		(STRANGER, Who::Nobody) => Who::Holder,
		(ALICE, who) => who,
		_ => Who::Nobody,
	};
	// A deposit that never counted secures nothing either.
	let spared = !who.has_debt() || (who.holds() && state == State::NeverPriced);
	let unpriced = (state.has_no_price() && !state.is_frozen()) || state == State::OthersStale;
	first([
		(state.is_unlisted(), Error::UnknownAsset),
		(!over && state == State::Delisting, Error::NoticeNotOver),
		(!over, Error::NotDelisting),
		(who.is_missing(), Error::UnknownAccount),
		(!who.holds() && !who.owes(), Error::NoPosition),
		(!spared && unpriced, Error::PriceUnusable),
	])
}

#[test]
fn set_seasoning_is_refused_by_name() {
	use crate::{Seasoning, MAX_SEASONING};
	let now = stage().execute_with(Timestamp::get);
	let shortened = |until| Seasoning {
		duration: HOUR,
		before: DAY,
		until,
	};
	let lasting = |duration| Seasoning {
		duration,
		..Default::default()
	};
	table("set_seasoning", |table| {
		for (before, in_force) in [
			(lasting(0), 0),
			(lasting(HOUR), HOUR),
			(lasting(MAX_SEASONING), MAX_SEASONING),
			(shortened(now + 1), DAY),
			(shortened(now), HOUR),
		] {
			table.scene(
				|| record(SUBJECT, |record| record.seasoning = before),
				|table| {
					let durations = [0, 1, HOUR, DAY - 1, DAY, MAX_SEASONING, MAX_SEASONING + 1, u64::MAX];
					for ((duration, asset), manager) in pairs(pairs(durations, [SUBJECT, UNLISTED]), MANAGERS) {
						let expected = first([
							(duration > MAX_SEASONING, Error::SeasoningTooLong),
							(asset == UNLISTED, Error::UnknownAsset),
							(duration == before.duration, Error::NothingChanges),
							(manager == RISK_MANAGER && duration < in_force, Error::OnlyTighten),
						]);
						table.row(
							|| format!("{asset} from {before:?} to {duration}, by {manager}"),
							signed(manager),
							Call::set_seasoning { asset, duration },
							expected,
						);
					}
				},
			);
		}
	});
}
