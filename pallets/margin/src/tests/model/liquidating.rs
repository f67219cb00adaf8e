//! Liquidations: who may be, who must be, and what a step may take.

use super::{
	actions::Name,
	books::{Books, Who},
	driver::Run,
	health::{has_price, health, worth, Health},
	number::*,
	rules::{Attempt, Error, Reason},
};
use crate::{mock::*, Door, Event};
use margin_math::{Amount, Value};

type Moved = Vec<(AssetId, Amount)>;

fn dollars(value: Value) -> Q {
	fixed(value.raw())
}

/// One step, as the chain tells of it.
pub struct Step {
	pub who: Who,
	pub to: Who,
	repaid: Moved,
	taken: Moved,
	penalty: Q,
	equity: [Q; 2],
}

impl Step {
	pub fn told(event: &Event<Test>) -> Option<Self> {
		let Event::Liquidated {
			owner,
			sub,
			door,
			repaid,
			taken,
			penalty,
			equity_before,
			equity_after,
			..
		} = event.clone()
		else {
			return None;
		};
		Some(Self {
			who: Who::Trader(owner, sub),
			to: match door {
				Door::Trader(owner, sub) => Who::Trader(owner, sub),
				Door::Chain | Door::Keeper => Who::House,
			},
			repaid,
			taken,
			penalty: dollars(penalty),
			equity: [dollars(equity_before), dollars(equity_after)],
		})
	}
}

impl Attempt {
	/// Whether something of the account can be repaid with something of it.
	fn can_step(&self, who: Who) -> bool {
		let dollar = whole(1);
		let counts = |asset: &AssetId, amount: &Q| {
			has_price(&self.world, *asset) && worth(&self.world, *asset, &amount.abs()) > dollar
		};
		let balances = self.books.balances(who);
		let some = |owed: bool| {
			balances
				.iter()
				.any(|(asset, x)| x.is_negative() == owed && counts(asset, x))
		};
		some(true) && some(false)
	}

	/// Whether the house may owe much more.
	fn has_credit(&self) -> bool {
		let line = dollars(House::get().line);
		health(&self.world, &self.books, Who::House).debts < line / whole(2)
	}

	/// The account is below maintenance, and a step on it is possible.
	fn is_due(&mut self, who: Who) {
		let below = self.health(who).is_below();
		self.refuse(below.not(), Error::NotLiquidatable);
		if !self.can_step(who) {
			self.refuse(Sure::Perhaps, Error::NothingToSeize);
		}
	}

	/// The unsigned call, with the right round and block or without.
	pub fn find(&mut self, (owner, sub): Name, round: bool, block: bool) {
		let who = Who::Trader(owner, sub);
		self.refuse(!block, Error::StaleFinding);
		if !self.is_open(who) {
			return;
		}
		self.refuse(!round, Error::WrongRound);
		self.is_due(who);
		if !self.has_credit() {
			self.refuse(Sure::Perhaps, Error::HouseFull);
		}
	}

	/// The signed call. How much a taker can bear is not foreseen, only that he ends sound.
	pub fn liquidate(&mut self, (taker, into): Name, (owner, sub): Name) {
		let (who, to) = (Who::Trader(owner, sub), Who::Trader(taker, into));
		self.refuse(taker == owner, Error::OwnAccount);
		if !self.is_open(who) || !self.is_open(to) {
			return;
		}
		self.is_due(who);
		let gone = above(&self.health(who).equity, &Q::zero(), &self.health(who).doubt).not();
		self.refuse(gone, Error::EquityGone);
		self.note(Sure::Perhaps, Reason::Taker);
	}
}

impl Run {
	fn opened(&self) -> Attempt {
		Attempt::new(&self.world, &self.books)
	}

	/// Accounts on which the chain has to take a step in this block: none, if the house could not take all of them over.
	pub fn due_for_a_step(&self) -> Vec<Who> {
		let now = self.opened();
		let traders = now.books.holders.keys().filter(|who| matches!(who, Who::Trader(..)));
		let due = traders.filter(|who| now.health(**who).is_below() == Sure::Yes && now.can_step(**who));
		let due: Vec<_> = due.copied().collect();
		let below = now
			.books
			.holders
			.keys()
			.filter(|who| now.health(**who).is_below() != Sure::No);
		let debts: Q = below.map(|who| now.health(*who).debts).sum();
		let owed = now.health(Who::House).debts + debts;
		if owed < dollars(House::get().line) {
			due
		} else {
			Vec::new()
		}
	}

	/// Carries out a step on the books, and holds it against the rules. Answers with the assets that the account owed,
	/// and with the loss, if its equity was gone.
	pub fn follow_step(&self, books: &mut Books, step: &Step) -> (Vec<AssetId>, Q) {
		let who = step.who;
		let before = health(&self.world, books, who);
		assert_ne!(before.is_below(), Sure::No, "{who:?} was liquidated at {before:?}");
		assert!((&step.equity[0] - &before.equity).abs() <= before.doubt);
		let debts: Vec<_> = books
			.balances(who)
			.into_iter()
			.filter(|(_, x)| x.is_negative())
			.collect();
		let loss = self.shortfall(books, who);
		for (asset, amount) in &step.repaid {
			assert!(has_price(&self.world, *asset), "{asset} was repaid without a price");
			books.shift(who, step.to, *asset, &-whole(amount.0));
		}
		for (asset, amount) in &step.taken {
			let given_up = self.world.is_given_up(*asset, books.now);
			assert!(
				given_up || has_price(&self.world, *asset),
				"{asset} was seized without a price"
			);
			books.shift(who, step.to, *asset, &whole(amount.0));
		}
		let after = health(&self.world, books, who);
		assert!((&step.equity[1] - &after.equity).abs() <= after.doubt);
		self.check_step(step, &before, &after);
		// A takeover leaves nothing that has a price.
		let left = books
			.balances(who)
			.into_iter()
			.filter(|(asset, _)| has_price(&self.world, *asset));
		let left = left.filter(|(asset, amount)| amount.abs() > books.pools[asset].dust);
		let gone = before.equity <= before.doubt && left.count() == 0;
		let debts = debts.into_iter().map(|(asset, _)| asset).collect();
		(debts, if gone { loss } else { Q::zero() })
	}

	fn check_step(&self, step: &Step, before: &Health, after: &Health) {
		let doubt = &before.doubt + &after.doubt;
		let solvent = before.equity > before.doubt;
		if solvent {
			let paid = &before.equity - &after.equity;
			assert!(
				(&paid - &step.penalty).abs() <= doubt,
				"the penalty is what the step cost"
			);
			assert!(
				after.equity >= -&doubt,
				"a penalty made bad debt: {before:?} became {after:?}"
			);
			assert!(
				paid >= -&doubt,
				"the house paid for the step: {before:?} became {after:?}"
			);
			assert_ne!(after.no_worse_than(before), Sure::No, "{before:?} became {after:?}");
			// Scaled by size, the ratios of what is left fall as well, and health rises by more than was planned.
			let steady = step.repaid.iter().chain(&step.taken).all(|(asset, _)| {
				let (ratios, scale) = &self.world.margins[asset];
				*scale == whole(u128::MAX) && ratios.iter().all(|m| *m < whole(1))
			});
			let bite = dollars(House::get().liquidation.min_bite);
			assert!(
				!steady || after.target <= bite + doubt,
				"{before:?} went past the target to {after:?}"
			);
		} else {
			assert_eq!(step.to, Who::House, "a trader took an account without equity");
			assert!(step.penalty <= doubt, "a penalty on an account without equity");
		}
	}

	/// By how much the debts exceed the deposits, of those with a price.
	fn shortfall(&self, books: &Books, who: Who) -> Q {
		let balances = books.balances(who);
		let priced = balances.iter().filter(|(asset, _)| has_price(&self.world, *asset));
		let sum: Q = priced.map(|(asset, amount)| worth(&self.world, *asset, amount)).sum();
		most(-sum, Q::zero())
	}

	/// Whoever took a slice over has to be above his initial margin.
	pub fn taker_is_sound(&self, (owner, sub): Name) {
		let now = self.opened();
		let health = now.health(Who::Trader(owner, sub));
		let owes = now.has_debt(Who::Trader(owner, sub));
		assert!(
			owes != Sure::Yes || health.initial >= -&health.doubt,
			"a taker ended below his initial margin: {health:?}"
		);
	}
}
