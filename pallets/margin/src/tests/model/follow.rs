//! What the chain does by itself, told by its events: liquidations, the house's sales and settlement, losses, reserves.
//! Each is carried out on the model's books and held against the rules.

use super::{
	books::{Books, Who},
	driver::Run,
	health::{has_price, worth},
	liquidating::Step,
	number::*,
	rules::Attempt,
};
use crate::{mock::*, Event};
use margin_math::Amount;

impl Run {
	/// The books once more as of now: another call.
	fn reopen(&mut self, books: &mut Books) {
		let call = std::mem::replace(books, self.books.clone());
		self.books.close(call);
		*books = self.books.opened(&self.world.configs);
	}

	/// What a call that was just made has told.
	pub fn follow_call(&mut self) {
		self.follow();
	}

	/// What a block has told. Everybody who was due got a step.
	pub fn follow_block(&mut self, due: &[Who]) {
		let stepped = self.follow();
		for who in due {
			assert!(
				stepped.contains(who),
				"{who:?} is below maintenance, and was left alone"
			);
		}
	}

	fn follow(&mut self) -> Vec<Who> {
		let mut stepped = Vec::new();
		let mut books = self.books.opened(&self.world.configs);
		// Debts that a loss may come from, and the loss.
		let mut lost: Option<(Vec<AssetId>, Q)> = None;
		for event in events() {
			if let Some(step) = Step::told(&event) {
				stepped.push(step.who);
				lost = Some(self.follow_step(&mut books, &step)).filter(|(_, loss)| loss.is_positive());
				continue;
			}
			match event {
				Event::HouseSold {
					sold,
					amount_in,
					bought,
					amount_out,
				} => {
					self.reopen(&mut books);
					self.sale(&mut books, Who::House, (sold, amount_in), (bought, amount_out));
				},
				Event::SoldToMarket {
					owner,
					sub,
					sold,
					amount_in,
					bought,
					amount_out,
					..
				} => {
					let who = Who::Trader(owner, sub);
					stepped.push(who);
					let repaid = self.sale(&mut books, who, (sold, amount_in), (bought, amount_out));
					self.came_in(&books, bought, &repaid);
				},
				Event::HouseSettled { proceeds } => {
					self.reopen(&mut books);
					lost = Some(self.settle(&mut books, &proceeds));
				},
				Event::LossBooked { loss, by_fund } => {
					if lost.is_none() {
						// The house had nothing left but debts.
						self.reopen(&mut books);
						lost = Some(self.settle(&mut books, &[]));
					}
					let (debts, expected) = lost.take().expect("it was settled");
					self.lose(
						&mut books,
						&debts,
						[&expected, &fixed(loss.raw()), &fixed(by_fund.raw())],
					);
				},
				Event::DeficitBooked { asset, amount } => books.write_deficit(asset, &whole(amount.0)),
				_ => (),
			}
		}
		self.books.close(books);
		stepped
	}

	/// Dollars by which a value may be off that is made of any balances.
	fn doubt(&self, books: &Books) -> Q {
		let all = books
			.pools
			.iter()
			.map(|(asset, pool)| worth(&self.world, *asset, &pool.dust));
		all.sum::<Q>() * whole(4) + tenth_to(12)
	}

	/// A sale to the market of what the house, or an account past it, holds. Answers with what was repaid.
	fn sale(
		&self,
		books: &mut Books,
		who: Who,
		(sold, amount_in): (AssetId, Amount),
		(bought, amount_out): (AssetId, Amount),
	) -> Q {
		assert!(has_price(&self.world, sold) && has_price(&self.world, bought));
		let (amount_in, amount_out) = (whole(amount_in.0), whole(amount_out.0));
		let (paid, got) = (
			worth(&self.world, sold, &amount_in),
			worth(&self.world, bought, &amount_out),
		);
		let band = fixed(House::get().band.raw());
		assert!(
			got >= &paid * (whole(1) - band) - tenth_to(12),
			"sold outside the band: {paid} for {got}"
		);
		let held = books.amount(who, sold);
		assert!(
			amount_in <= held + &books.pools[&sold].dust,
			"sold what {who:?} does not hold"
		);
		books.debit(who, sold, &amount_in);
		-books.credit(who, bought, &amount_out).debt
	}

	/// What the market paid of an account's debt makes room for what goes out.
	fn came_in(&mut self, books: &Books, asset: AssetId, repaid: &Q) {
		let mut flows = Attempt::new(&self.world, books);
		flows.flow_in(asset, repaid, repaid);
		self.world = flows.world;
	}

	/// What is left of the house's deposits is the fund's. Answers with the house's debts.
	fn settle(&self, books: &mut Books, proceeds: &[(AssetId, Amount)]) -> (Vec<AssetId>, Q) {
		let owed: Vec<_> = books
			.balances(Who::House)
			.into_iter()
			.filter(|(_, x)| x.is_negative())
			.collect();
		let owed_value = -owed.iter().map(|(asset, x)| worth(&self.world, *asset, x)).sum::<Q>();
		let mut left = Q::zero();
		for (asset, amount) in proceeds {
			let held = books.amount(Who::House, *asset);
			let dust = books.pools[asset].dust.clone();
			assert!(
				(whole(amount.0) - &held).abs() <= dust,
				"all of asset {asset} is settled"
			);
			left += worth(&self.world, *asset, &held);
			books.shift(Who::House, Who::Fund, *asset, &held);
		}
		let doubt = self.doubt(books);
		let bite = fixed(House::get().liquidation.min_bite.raw());
		assert!(
			owed_value <= doubt || left <= bite + doubt,
			"the house gave {left} away while it owed {owed_value}"
		);
		(owed.into_iter().map(|(asset, _)| asset).collect(), owed_value)
	}

	/// A loss is borne by the fund: first with what it has of the assets owed, then by number.
	fn lose(&self, books: &mut Books, debts: &[AssetId], [expected, loss, by_fund]: [&Q; 3]) {
		let doubt = self.doubt(books);
		assert!(
			(expected - loss).abs() <= doubt,
			"a loss of {loss} was booked, and it was {expected}"
		);
		for asset in debts {
			if books.pools[asset].reserves >= whole(1) {
				books.collect_reserves(*asset);
			}
		}
		let mut held = books.balances(Who::Fund);
		held.retain(|(asset, _)| has_price(&self.world, *asset));
		held.sort_by_key(|(asset, _)| (!debts.contains(asset), *asset));
		let mut left = loss.clone();
		for (asset, amount) in held {
			let value = worth(&self.world, asset, &amount);
			let part = if value <= left {
				amount.clone()
			} else {
				&amount * &left / &value
			};
			left = most(left - value.clone(), Q::zero());
			books.shift(Who::Fund, Who::House, asset, &part);
			// The value of other assets' dust comes out of this one.
			if value.is_positive() {
				books.touch(asset).dust += &amount * &doubt / value;
			}
			if left.is_zero() {
				break;
			}
		}
		assert!(
			(loss - left - by_fund).abs() <= doubt,
			"the fund paid {by_fund} of {loss}"
		);
	}

	/// The idle part of a block: reserves go to the fund, and changes that are due are made.
	pub fn idle(&mut self, block: u64, weight: frame_support::weights::Weight) {
		let before: Vec<_> = crate::Assets::<Test>::iter().collect();
		let fund = crate::Fund::<Test>::get();
		System::reset_events();
		use frame_support::traits::Hooks;
		Margin::on_idle(block, weight);
		let after = crate::Fund::<Test>::get();
		for (asset, old) in before {
			let new = crate::Assets::<Test>::get(asset).expect("it is still listed");
			if new.pool == old.pool && new.config == old.config {
				continue;
			}
			let mut books = self.books.opened(&self.world.configs);
			books.touch(asset);
			self.books.close(books);
			self.world.configs.insert(asset, new.config);
			// A turn may book interest more than once, a day at most each time.
			while !new.pool.debt.is_zero() && self.books.pools[&asset].accrued_at < new.pool.accrued_at {
				let mut books = self.books.opened(&self.world.configs);
				books.touch(asset);
				self.books.close(books);
			}
			if fund.balance(asset) != after.balance(asset) || new.pool.deficit != old.pool.deficit {
				self.books.collect_reserves(asset);
				self.books.cover_deficit(asset);
			}
		}
		self.observe_margins();
	}

	/// The ratios in force, which come from the pallet.
	pub fn observe_margins(&mut self) {
		for (asset, record) in crate::Assets::<Test>::iter() {
			let (ratios, scale) = record.margin_at(self.books.now);
			let ratios = [ratios.initial, ratios.target, ratios.maintenance].map(|m| fixed(m.raw()));
			assert!(ratios[0] >= ratios[1] && ratios[1] >= ratios[2]);
			self.world.margins.insert(asset, (ratios, whole(scale.0)));
		}
	}
}
