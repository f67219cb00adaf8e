//! The way out of an asset: notice, eviction, removal.

use super::{
	actions::{Name, Rule},
	books::Who,
	check::amount_of,
	driver::Run,
	health::{health, worth},
	number::*,
	rules::{Attempt, Error},
};
use crate::{mock::*, AccountOf, Event, Status};
use margin_math::Amount;

impl Run {
	pub fn leave(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, rule: Rule) {
		if !model.is_listed(asset) {
			self.call(model, &[], || match rule {
				Rule::Delist => Margin::delist_asset(origin, asset),
				Rule::Evict((owner, sub)) => Margin::evict(origin, owner, sub, asset),
				_ => Margin::remove_asset(origin, asset, MAKER),
			});
			return;
		}
		let status = self.world.status[&asset];
		match (&rule, status) {
			(Rule::Delist, Status::Delisting(_)) => model.refuse(true, Error::AlreadyDelisting),
			(Rule::Delist, _) => (),
			(_, Status::Delisting(over)) => model.refuse(self.books.now < over, Error::NoticeNotOver),
			_ => model.refuse(true, Error::NotDelisting),
		}
		match rule {
			Rule::Delist => self.delist(model, origin, asset),
			Rule::Evict(name) => self.evict(model, origin, asset, name),
			_ => self.remove(model, origin, asset),
		}
	}

	fn delist(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId) {
		let status = Status::Delisting(self.books.now + Pace::get().delist_notice);
		model.world.status.insert(asset, status);
		if self.decide(model, || Margin::delist_asset(origin, asset)) {
			assert_eq!(
				crate::Assets::<Test>::get(asset).map(|record| record.status),
				Some(status)
			);
		}
	}

	/// How much of it the house takes over is not foreseen, only that nothing is lost by it.
	fn evict(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, (owner, sub): Name) {
		let who = Who::Trader(owner, sub);
		if model.is_open(who) {
			let held = model.books.amount(who, asset);
			let some = model.is_some(asset, &held.abs());
			model.refuse(some.not(), Error::NoPosition);
			for error in [
				Error::PriceUnusable,
				Error::NotEnoughCollateral,
				Error::HouseFull,
				Error::OutflowLimitReached,
				Error::DeficitOutflowReached,
				Error::PoolTooDry,
			] {
				model.refuse(Sure::Perhaps, error);
			}
		}
		let stored = crate::Accounts::<Test>::get(owner, sub);
		if self.call(model, &[(owner, sub)], || Margin::evict(origin, owner, sub, asset)) {
			self.follow_eviction((owner, sub), asset, &stored.expect("it is open"));
		}
	}

	fn follow_eviction(&mut self, (owner, sub): Name, asset: AssetId, stored: &AccountOf<Test>) {
		let who = Who::Trader(owner, sub);
		let mut model = Attempt::new(&self.world, &self.books);
		let before = health(&model.world, &model.books, who);
		let mut told = (Amount::ZERO, Amount::ZERO);
		for event in events() {
			match event {
				Event::DustSwept { dust, .. } => {
					for (asset, amount) in dust {
						let held = model.books.amount(who, asset);
						assert!(
							(whole(amount.0) - &held).abs() <= model.dust(asset),
							"all of it is swept"
						);
						assert!(
							held < whole(self.world.configs[&asset].min_amount.0),
							"only dust is swept"
						);
						model.books.shift(who, Who::Fund, asset, &held);
					}
				},
				Event::Evicted { paid, taken_over, .. } => told = (paid, taken_over),
				_ => (),
			}
		}
		let (paid, taken_over) = told;
		let account = crate::Accounts::<Test>::get(owner, sub).expect("it stays open");
		if !taken_over.is_zero() {
			let owed = model.books.amount(who, asset).is_negative();
			let moved = if owed {
				-whole(taken_over.0)
			} else {
				whole(taken_over.0)
			};
			model.books.shift(who, Who::House, asset, &moved);
			// What went against it is told by the balances.
			for (other, held) in model.books.balances(who) {
				let balance = account.balance(other);
				if other != asset && balance != stored.balance(other) {
					let left = amount_of(other, balance);
					model.books.shift(who, Who::House, other, &(held - left));
				}
			}
		}
		if !paid.is_zero() {
			model.books.debit(who, asset, &whole(paid.0));
			model.flow_out(asset, &whole(paid.0));
			*model.world.wallets.entry((owner, asset)).or_default() += paid.0;
		}
		let after = health(&model.world, &model.books, who);
		let cost = &before.equity - &after.equity - worth(&model.world, asset, &whole(paid.0));
		// A smallest unit of each of three assets may be lost.
		let cent = tenth_to(2);
		if super::health::has_price(&model.world, asset) {
			assert!(
				cost <= &before.doubt + &after.doubt + cent,
				"an eviction cost {cost} dollars"
			);
		}
		self.world = model.world;
		self.books.close(model.books);
	}

	fn remove(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId) {
		let others = model.books.holders.keys().copied().filter(|who| *who != Who::Fund);
		let held = others.map(|who| model.is_some(asset, &model.books.amount(who, asset).abs()));
		let held = held.max().unwrap_or(Sure::No);
		let lost = model.is_some(asset, &model.books.pools[&asset].deficit);
		model.refuse(held.max(lost), Error::AssetInUse);
		if self.call(model, &[], || Margin::remove_asset(origin, asset, MAKER)) {
			self.books.forget(asset);
			let got = wallet(MAKER, asset);
			self.world.wallets.insert((MAKER, asset), got);
			assert_eq!(wallet(Margin::account_id(), asset), 0);
		}
	}
}
