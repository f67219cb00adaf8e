//! Any order of arrivals, withdrawals, reports, silences, claims and resolutions, against a simple model of both chains'
//! books: nothing is credited twice, and nothing is lost.

use crate::{mock::*, FlightId, Flights, Outcome, Status, Tokens};
use frame_support::{assert_ok, traits::fungibles::Inspect};
use proptest::prelude::*;
use std::collections::BTreeMap;
use xcm::latest::Error::AssetNotFound;

/// What the hub does with a message of ours.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Doing {
	/// Pays out, and says so.
	Pay,
	/// Cannot pay out, keeps it for the owner, and says so.
	Fail,
	/// Does not execute it.
	Refuse,
	/// Pays out, and its report gets lost.
	PayUnheard,
	/// Cannot pay out, keeps it for the owner, and its report gets lost.
	FailUnheard,
}

#[derive(Clone, Copy, Debug)]
enum Action {
	Arrive(u128),
	Withdraw(u128),
	Process(usize, Doing),
	Lie(usize),
	Claim(usize),
	Resolve(usize),
	ReturnAnyway(usize),
	Wait,
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
	let doing = prop::sample::select(vec![
		Doing::Pay,
		Doing::Fail,
		Doing::Fail,
		Doing::Refuse,
		Doing::PayUnheard,
		Doing::FailUnheard,
	]);
	let action = prop_oneof![
		1 => (1..50u128).prop_map(|dollars| Action::Arrive(dollars * DOLLAR)),
		3 => (2..20u128).prop_map(|dollars| Action::Withdraw(dollars * DOLLAR)),
		4 => (0..5usize, doing).prop_map(|(flight, doing)| Action::Process(flight, doing)),
		1 => (0..5usize).prop_map(Action::Lie),
		3 => (0..5usize).prop_map(Action::Claim),
		2 => (0..5usize).prop_map(Action::Resolve),
		1 => (0..5usize).prop_map(Action::ReturnAnyway),
		1 => Just(Action::Wait),
	];
	prop::collection::vec(action, 1..60)
}

/// Where the tokens of a flight are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
	/// With the hub, for our chain.
	Held,
	/// With the hub, for Alice.
	Trapped,
	/// With whom she sent them to.
	Paid,
}

/// A flight as this chain knows it, and what is true of it.
#[derive(Clone, Debug)]
struct Truth {
	amount: u128,
	status: Status,
	place: Place,
	/// Whether the hub is done with the last message.
	done: bool,
	/// Whether this chain was told that the hub has the tokens for Alice.
	told: bool,
	/// When the last message was sent.
	at: u64,
}

#[derive(Default)]
struct World {
	/// What the hub holds for our chain.
	held: u128,
	/// What it holds for Alice.
	trapped: u128,
	/// What its own users got.
	paid: u128,
	/// What was ever brought in.
	brought: u128,
	/// What Alice got back here.
	returned: u128,
	flights: BTreeMap<FlightId, Truth>,
}

impl World {
	fn act(&mut self, action: Action) {
		match action {
			Action::Arrive(amount) => {
				deposited(ALICE, amount);
				self.held += amount;
				self.brought += amount;
			},
			Action::Withdraw(amount) => self.withdraw(amount),
			Action::Process(flight, doing) => self.process(flight, doing),
			Action::Lie(flight) => {
				if let Some((query_id, _)) = self.pick(flight) {
					assert!(answer(sibling(), query_id, None).ensure_complete().is_err());
				}
			},
			Action::Claim(flight) => self.claim(flight),
			Action::Resolve(flight) => self.resolve(flight),
			Action::ReturnAnyway(flight) => {
				if let Some((query_id, truth)) = self.pick(flight) {
					wait(DAY);
					if truth.told {
						assert!(Gateway::resolve(RuntimeOrigin::root(), query_id, Outcome::Returned).is_err());
					}
				}
			},
			Action::Wait => wait(DAY),
		}
	}

	fn pick(&self, flight: usize) -> Option<(FlightId, Truth)> {
		let found = self.flights.iter().nth(flight)?;
		Some((*found.0, found.1.clone()))
	}

	fn withdraw(&mut self, amount: u128) {
		let deposit = Deposits::get((ALICE, 0, USDC)).unwrap_or_default();
		let may = deposit >= amount && self.flights.len() < 3;
		assert_eq!(send_usdc(ALICE, amount).is_ok(), may);
		if may {
			let sent = Truth {
				amount,
				status: Status::Sent,
				place: Place::Held,
				done: false,
				told: false,
				at: Clock::get(),
			};
			self.flights.insert(last_flight(), sent);
		}
	}

	fn process(&mut self, flight: usize, doing: Doing) {
		let Some((query_id, mut truth)) = self.pick(flight) else {
			return;
		};
		if truth.done || truth.status == Status::Failed {
			return;
		}
		truth.done = true;
		let (pays, heard) = (
			matches!(doing, Doing::Pay | Doing::PayUnheard),
			matches!(doing, Doing::Pay | Doing::Fail),
		);
		// A withdrawal takes from what is held for our chain, and a claim from the trap: or finds nothing.
		let (source, from) = match truth.status {
			Status::Sent => (Place::Held, &mut self.held),
			_ => (Place::Trapped, &mut self.trapped),
		};
		let finds = truth.place == source;
		if finds && doing != Doing::Refuse {
			*from -= truth.amount;
			let (place, to) = match pays {
				true => (Place::Paid, &mut self.paid),
				false => (Place::Trapped, &mut self.trapped),
			};
			*to += truth.amount;
			truth.place = place;
		}
		if heard && !(finds && pays) {
			truth.told |= truth.status == Status::Sent;
			truth.status = Status::Failed;
			assert_ok!(answer(hub(), query_id, Some((0, AssetNotFound))).ensure_complete());
		}
		self.flights.insert(query_id, truth);
		if heard && finds && pays {
			assert_ok!(answer(hub(), query_id, None).ensure_complete());
			self.flights.remove(&query_id);
		}
	}

	fn claim(&mut self, flight: usize) {
		let Some((_, truth)) = self.pick(flight) else {
			return;
		};
		let may = truth.status == Status::Failed || Clock::get() - truth.at >= DAY;
		if may {
			// Messages arrive in their order.
			self.process(flight, Doing::PayUnheard);
		}
		let (query_id, truth) = self.pick(flight).unwrap();
		let claimed = Gateway::claim_abroad(signed(ALICE), query_id, truth.amount, DOLLAR, None);
		assert_eq!(claimed.is_ok(), may);
		if may {
			self.flights.remove(&query_id);
			let claiming = Truth {
				status: Status::Claiming,
				done: false,
				at: Clock::get(),
				..truth
			};
			self.flights.insert(last_flight(), claiming);
		}
	}

	/// Governance looks at the hub, and resolves by what it finds there.
	fn resolve(&mut self, flight: usize) {
		let Some((query_id, mut truth)) = self.pick(flight) else {
			return;
		};
		if !truth.done {
			return;
		}
		let outcome = match truth.place {
			Place::Held => Outcome::Returned,
			Place::Paid => Outcome::Delivered,
			Place::Trapped if truth.told && truth.status == Status::Failed => return,
			Place::Trapped => Outcome::Trapped,
		};
		wait(DAY);
		assert_ok!(Gateway::resolve(RuntimeOrigin::root(), query_id, outcome));
		self.flights.remove(&query_id);
		match outcome {
			Outcome::Returned => self.returned += truth.amount,
			Outcome::Delivered => {},
			Outcome::Trapped => {
				truth.status = Status::Failed;
				truth.told = true;
				self.flights.insert(query_id, truth);
			},
		}
	}

	fn check(&self) {
		Gateway::do_try_state().unwrap();
		let held = |truth: &&Truth| truth.place == Place::Held;
		let aloft: u128 = self.flights.values().filter(held).map(|truth| truth.amount).sum();
		let issued = NativeAndAssets::total_issuance(USDC);
		assert_eq!(Tokens::<Test>::get(USDC).unwrap().counted.0, issued);
		assert_eq!(issued + aloft, self.held, "our claims are what the hub holds for us");
		assert_eq!(
			issued + aloft + self.trapped + self.paid,
			self.brought,
			"nothing came of nothing"
		);
		assert_eq!(wallet(&ALICE, USDC), self.returned);
		let ledger: BTreeMap<_, _> = Flights::<Test>::iter()
			.map(|(query_id, flight)| (query_id, (flight.status, flight.amount.0, flight.held)))
			.collect();
		let truth = self.flights.iter();
		let truth = truth.map(|(query_id, truth)| (*query_id, (truth.status, truth.amount, truth.told)));
		assert_eq!(ledger, truth.collect());
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(400))]

	#[test]
	fn nothing_is_credited_twice_and_nothing_is_lost(actions in actions()) {
		ExtBuilder::execute(|| {
			let mut world = World::default();
			for action in actions {
				world.act(action);
				world.check();
			}
		});
	}
}
