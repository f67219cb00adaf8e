//! Liquidations through the keepers' door and through the traders'.

use super::*;
use crate::{HouseParams, Mode};
use margin_math::Value;
use margin_risk::Verdict;
use sp_core::H256;

/// How the account that holds the subject and owes dollars stands, and what is in the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Depth {
	Healthy,
	/// Below maintenance, with equity left.
	Below,
	/// Owes more than it holds.
	Gone,
	/// The same, and the subject's price is stale.
	GoneUnpriced,
	/// Below, and the price of what it owes is stale.
	BelowDebtUnpriced,
	/// Below, and the house may owe nothing.
	BelowHouseFull,
	/// Below, and all of the subject's actions are paused.
	BelowPaused,
	/// Below, and the subject is reduce-only.
	BelowReduceOnly,
	/// At the price of below, and the subject is frozen: its price counts in the owner's favour.
	FrozenBelow,
	/// Below, and the subject is for isolated accounts.
	BelowIsolatedOnly,
}

impl Depth {
	const ALL: [Self; 10] = [
		Self::Healthy,
		Self::Below,
		Self::Gone,
		Self::GoneUnpriced,
		Self::BelowDebtUnpriced,
		Self::BelowHouseFull,
		Self::BelowPaused,
		Self::BelowReduceOnly,
		Self::FrozenBelow,
		Self::BelowIsolatedOnly,
	];

	fn arrange(self) {
		match self {
			Self::Healthy => (),
			Self::Gone | Self::GoneUnpriced => set_price(SUBJECT, 4_000),
			_ => set_price(SUBJECT, 5_200),
		}
		match self {
			Self::GoneUnpriced => set_verdict(SUBJECT, Verdict::Stale),
			Self::BelowDebtUnpriced => set_verdict(USDC, Verdict::Stale),
			Self::BelowHouseFull => House::set(&HouseParams {
				line: Value::ZERO,
				..House::get()
			}),
			Self::BelowPaused => State::AllPaused.arrange(),
			Self::BelowReduceOnly => State::ReduceOnly.arrange(),
			Self::FrozenBelow => State::Frozen.arrange(),
			Self::BelowIsolatedOnly => State::IsolatedOnly.arrange(),
			_ => (),
		}
	}

	fn is_healthy(self) -> bool {
		matches!(self, Self::Healthy | Self::FrozenBelow)
	}

	fn is_unpriced(self) -> bool {
		matches!(self, Self::GoneUnpriced | Self::BelowDebtUnpriced)
	}
}

/// The block that a finding names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Found {
	Parent,
	Oldest,
	TooOld,
	Genesis,
	This,
	Future,
	OtherHash,
	NoHash,
}

impl Found {
	const ALL: [Self; 8] = [
		Self::Parent,
		Self::Oldest,
		Self::TooOld,
		Self::Genesis,
		Self::This,
		Self::Future,
		Self::OtherHash,
		Self::NoHash,
	];

	fn block(self) -> (u64, H256) {
		let now = System::block_number();
		let at = match self {
			Self::Parent | Self::OtherHash | Self::NoHash => now - 1,
			Self::Oldest => now - 5,
			Self::TooOld => now - 6,
			Self::Genesis => 0,
			Self::This => now,
			Self::Future => u64::MAX,
		};
		let hash = match self {
			Self::OtherHash => System::block_hash(at - 1),
			Self::NoHash => H256::zero(),
			_ => System::block_hash(at),
		};
		(at, hash)
	}

	fn is_fresh(self) -> bool {
		matches!(self, Self::Parent | Self::Oldest)
	}
}

#[test]
fn liquidate_unsigned_is_refused_by_name() {
	table("liquidate_unsigned", |table| {
		for depth in Depth::ALL {
			let arrange = || {
				depth.arrange();
				(0..8).for_each(|_| {
					build_on_block();
				});
			};
			table.scene(arrange, |table| {
				for ((owner, who), found) in pairs(pairs([ALICE, STRANGER, u64::MAX], Who::ALL), Found::ALL) {
					let sub = who.sub();
					let stored = Accounts::<Test>::get(owner, sub);
					let is = stored.as_ref().map_or(0, |account| account.round);
					for round in [is, is.wrapping_sub(1), is + 1, u32::MAX] {
						let (at, hash) = found.block();
						let sinks = owner == ALICE && who == Who::HolderInDebt;
						let expected = first([
							(!found.is_fresh(), Error::StaleFinding),
							(stored.is_none(), Error::UnknownAccount),
							(round != is, Error::WrongRound),
							(!sinks || depth.is_healthy(), Error::NotLiquidatable),
							(depth.is_unpriced(), Error::NothingToSeize),
							(depth == Depth::BelowHouseFull, Error::HouseFull),
						]);
						let call = Call::liquidate_unsigned {
							owner,
							sub,
							round,
							at,
							hash,
						};
						let name = || format!("{who:?} of {owner}, {depth:?}, {found:?}, round {round} for {is}");
						table.row(name, RuntimeOrigin::none(), call, expected);
					}
				}
			});
		}
	});
}

#[test]
fn liquidate_page_is_refused_by_name() {
	table("liquidate_page", |table| {
		for depth in Depth::ALL {
			let arrange = || {
				depth.arrange();
				(0..8).for_each(|_| {
					build_on_block();
				});
			};
			table.scene(arrange, |table| {
				let sub = Who::HolderInDebt.sub();
				let bucket = Accounts::<Test>::get(ALICE, sub).unwrap().filed.unwrap();
				let members = crate::Triggers::<Test>::iter_key_prefix(bucket).count() as u32;
				let last = crate::Triggers::<Test>::iter_key_prefix(bucket).last().unwrap();
				let pages = [
					((bucket, None), true),
					((bucket, Some(last)), false),
					((crate::Bucket::default(), None), false),
					((bucket.next(), Some((ALICE, sub))), false),
				];
				for ((page, there), found) in pairs(pages, Found::ALL) {
					for count in [0, members, crate::PAGE, crate::PAGE + 1, u32::MAX] {
						let (at, hash) = found.block();
						let possible = !depth.is_healthy() && !depth.is_unpriced() && depth != Depth::BelowHouseFull;
						let expected = first([
							(count == 0 || count > crate::PAGE, Error::PageTooLarge),
							(!found.is_fresh(), Error::StaleFinding),
							(!there || !possible, Error::NothingOnPage),
						]);
						let call = Call::liquidate_page { page, count, at, hash };
						let name = || format!("{depth:?}, {found:?}, {count} of {page:?}");
						table.row(name, RuntimeOrigin::none(), call, expected);
					}
				}
			});
		}
	});
}

/// The margin account into which a trader liquidates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Into {
	/// There is none of this number.
	Nobody = 100,
	Rich,
	Empty,
	/// Holds three other assets.
	Full,
	/// Isolated, for the subject against dollars; empty.
	Isolated,
	/// Isolated, for other assets.
	IsolatedElsewhere,
}

impl Into {
	const ALL: [Self; 6] = [
		Self::Nobody,
		Self::Rich,
		Self::Empty,
		Self::Full,
		Self::Isolated,
		Self::IsolatedElsewhere,
	];

	/// Opens all of them for the stranger.
	fn arrange() {
		let (signer, isolated) = (signed(STRANGER), |collateral, debt| Mode::Isolated { collateral, debt });
		let open = |into: Self, mode| Margin::open_account(signer.clone(), into as u16, mode).unwrap();
		let put = |into: Self, asset, amount| Margin::deposit(signer.clone(), into as u16, asset, amount).unwrap();
		put(Self::Rich, DOT, 100_000 * unit(DOT));
		open(Self::Empty, Mode::Cross);
		for asset in [BTC, DOT, SUBJECT] {
			put(Self::Full, asset, unit(asset));
		}
		open(Self::Isolated, isolated(SUBJECT, USDC));
		open(Self::IsolatedElsewhere, isolated(BTC, USDC));
		put(Self::IsolatedElsewhere, BTC, unit(BTC));
	}
}

#[test]
fn liquidate_is_refused_by_name() {
	let bites = [i128::MIN, -1, 0, 1, Value::from_dollars(99).raw(), i128::MAX].map(Value::from_raw);
	table("liquidate", |table| {
		for depth in Depth::ALL {
			let arrange = || {
				Into::arrange();
				depth.arrange();
			};
			table.scene(arrange, |table| {
				for ((owner, who), (into, most)) in pairs(
					pairs([ALICE, STRANGER, u64::MAX], Who::ALL),
					pairs(Into::ALL, bites).collect::<Vec<_>>(),
				) {
					let call = Call::liquidate {
						owner,
						sub: who.sub(),
						into: into as u16,
						most,
					};
					let name = || format!("{who:?} of {owner}, {depth:?}, into {into:?}, {most:?} at most");
					table.row(name, signed(STRANGER), call, taken(owner, who, depth, into, most));
				}
			});
		}
	});
}

fn taken(owner: AccountId, who: Who, depth: Depth, into: Into, most: Value) -> Outcome {
	let missing = owner != ALICE || who == Who::Nobody;
	let sinks = who == Who::HolderInDebt;
	let gone = matches!(depth, Depth::Gone | Depth::GoneUnpriced);
	first([
		(most <= Value::ZERO, Error::AmountZero),
		(owner == STRANGER, Error::OwnAccount),
		(missing || into == Into::Nobody, Error::UnknownAccount),
		(sinks && gone, Error::EquityGone),
		(!sinks || depth.is_healthy(), Error::NotLiquidatable),
		(depth.is_unpriced(), Error::NothingToSeize),
		(most < Value::from_dollars(100), Error::AmountTooSmall),
		(into == Into::IsolatedElsewhere, Error::NotInIsolatedAccount),
		(into == Into::Full, Error::AccountFull),
		(
			depth == Depth::BelowIsolatedOnly && into != Into::Isolated,
			Error::IsolatedOnly,
		),
		(matches!(into, Into::Empty | Into::Isolated), Error::NotEnoughCollateral),
	])
}
