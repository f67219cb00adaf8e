//! Carries actions out on the chain and on the model, and holds the one against the other.

use super::{
	actions::*,
	books::{Books, Who},
	calls::Deal,
	check,
	number::*,
	orders::Order,
	rules::Attempt,
	setting::{dollars, Quotes, Setting, ASSETS},
	world::World,
};
use crate::{mock::*, Direction, Mode, Part, Size, Venue};
use frame_support::{storage::with_storage_layer, traits::OnPoll, weights::WeightMeter};
use margin_math::{Price, Ratio, Value};
use margin_risk::Verdict;
use sp_runtime::DispatchResult;

type Market = <Test as crate::Config>::Venue;

/// Chain and model, side by side.
pub struct Run {
	pub world: World,
	pub books: Books,
}

fn root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

impl Run {
	pub fn start(settings: &[Setting], rules: (i64, u64)) -> Self {
		let (world, books) = super::setting::start(settings, rules);
		let mut run = Self { world, books };
		run.observe_margins();
		run.check();
		let isolated = |collateral, debt| Mode::Isolated { collateral, debt };
		run.act(&Action::OpenAccount((ALICE, 1), isolated(USDC, BTC)));
		run.act(&Action::OpenAccount((BOB, 1), isolated(BTC, USDC)));
		for (name, asset) in [
			((ALICE, 0), USDC),
			((ALICE, 1), USDC),
			((BOB, 0), USDC),
			((BOB, 1), BTC),
		] {
			run.act(&Action::Deposit(name, asset, Much::Cents(10_000_000)));
		}
		run
	}

	/// An amount in units of an asset.
	fn units(&self, name: Name, asset: AssetId, much: Much) -> u128 {
		let listed = ASSETS.contains(&asset);
		match much {
			Much::Units(units) => units,
			Much::Cents(cents) if listed => dollars(asset, cents).0 / 100,
			Much::Percent(percent) if listed => {
				let held = super::super::balance_of(name.0, name.1, asset).unsigned_abs();
				held * u128::from(percent) / 100
			},
			Much::Equity(percent) if listed => {
				let equity = Margin::account_view(&name.0, name.1).map_or(0, |view| view.equity.raw());
				let dollars = fixed(equity.max(0)) * whole(percent) / whole(100);
				let price = fixed(self.world.quotes[&asset].live.raw().max(1));
				(dollars / price * whole(unit(asset)))
					.to_integer()
					.try_into()
					.unwrap_or(u128::MAX)
			},
			_ => 1_000,
		}
	}

	pub fn act(&mut self, action: &Action) {
		match action.clone() {
			Action::Feed(asset, feed) => self.feed(asset, feed),
			Action::Block(ms) => self.block(ms),
			Action::Govern(voice, asset, rule) => self.govern(voice, asset, rule),
			Action::Find(name, round, block) => self.find(name, round, block),
			Action::Liquidate(taker, name, most) => self.liquidate(taker, name, Value::from_dollars(most.into())),
			action => self.trade(action),
		}
		self.check();
	}

	/// A call of a trader.
	fn trade(&mut self, action: Action) {
		let mut model = Attempt::new(&self.world, &self.books);
		match action {
			Action::Deposit((who, sub), asset, much) => {
				let amount = self.units((who, sub), asset, much);
				model.deposit(who, sub, asset, amount);
				self.call(model, &[(who, sub)], || {
					Margin::deposit(signed(who), sub, asset, amount)
				});
			},
			Action::Withdraw((who, sub), asset, much) => {
				let amount = self.units((who, sub), asset, much);
				model.withdraw(who, sub, asset, amount);
				self.call(model, &[(who, sub)], || {
					Margin::withdraw(signed(who), sub, asset, amount)
				});
			},
			Action::Borrow((who, sub), asset, much) => {
				let amount = self.units((who, sub), asset, much);
				model.borrow(who, sub, asset, amount);
				self.call(model, &[(who, sub)], || Margin::borrow(signed(who), sub, asset, amount));
			},
			Action::Repay((who, sub), asset, much) => {
				let amount = self.units((who, sub), asset, much);
				model.repay(who, sub, asset, amount);
				self.call(model, &[(who, sub)], || Margin::repay(signed(who), sub, asset, amount));
			},
			Action::Transfer(who, from, to, asset, much) => {
				let amount = self.units((who, from), asset, much);
				model.transfer(who, (from, to), asset, amount);
				self.call(model, &[(who, from), (who, to)], || {
					Margin::transfer(signed(who), from, to, asset, amount)
				});
			},
			Action::OpenAccount((who, sub), mode) => {
				model.open_account(who, sub, mode);
				self.call(model, &[(who, sub)], || Margin::open_account(signed(who), sub, mode));
			},
			Action::CloseAccount((who, sub)) => {
				model.close_account(who, sub);
				self.call(model, &[(who, sub)], || Margin::close_account(signed(who), sub));
			},
			action => self.exchange(model, action),
		}
	}

	/// A call that goes to the market.
	fn exchange(&mut self, mut model: Attempt, action: Action) {
		match action {
			Action::Swap(name, from, to, much, strict) => {
				let amount = self.units(name, from, much);
				let out = Market::quote(from, to, amount);
				let least = match strict {
					Strict::Not => 0,
					Strict::Just => out.unwrap_or(0),
					Strict::Beyond => out.unwrap_or(0).saturating_add(1),
				};
				let deal = out.map(|out| (amount, out));
				model.swap(Who::Trader(name.0, name.1), (from, to), (amount, least), deal);
				self.call(model, &[name], || {
					Margin::swap(signed(name.0), name.1, from, to, amount, least)
				});
			},
			Action::Open {
				name,
				collateral,
				combined,
				direction,
				asset,
				against,
				size,
				limit,
				max_borrow,
			} => {
				let collateral = collateral.map(|(given, much)| (given, self.units(name, given, much)));
				let size = match size {
					Large::Much(much) => Size::Amount(self.units(name, asset, much)),
					Large::Leverage(tenths) => Size::Leverage(Ratio::from_percent(10 * tenths)),
				};
				let max_borrow = self.units(name, asset, max_borrow);
				let mut order = Order {
					direction,
					asset,
					against,
					size,
					limit: 0,
					max_borrow,
				};
				let buys = direction == Direction::Long;
				let listed = [Some(asset), Some(against), collateral.map(|c| c.0)];
				let known = listed
					.iter()
					.flatten()
					.all(|asset| self.books.pools.contains_key(asset));
				let units = known.then(|| model.size(collateral, &order)).flatten();
				let deal = units.and_then(|units| deal(asset, against, units, buys));
				order.limit = limit_of(deal, (asset, against), buys, limit);
				let (who, sub, limit) = (signed(name.0), name.1, Price::from_raw(order.limit));
				match collateral.filter(|_| combined) {
					Some((given, amount)) => {
						model.deposit_and_open(name, (given, amount), &order, deal, &self.books);
						self.call(model, &[name], || {
							let amount = Some(amount);
							Margin::deposit_and_open(
								who, sub, given, amount, direction, asset, against, size, limit, max_borrow,
							)
						});
					},
					None => {
						model.open(name, collateral, &order, deal);
						self.call(model, &[name], || {
							Margin::open(who, sub, collateral, direction, asset, against, size, limit, max_borrow)
						});
					},
				}
			},
			Action::Close(name, asset, against, part, limit, out) => {
				let held = super::super::balance_of(name.0, name.1, asset);
				let part = part.map_or(Part::All, |much| Part::Amount(self.units(name, asset, much)));
				let size = match part {
					Part::All => held.unsigned_abs(),
					Part::Amount(amount) => amount.min(held.unsigned_abs()),
				};
				let buys = held < 0;
				let deal = deal(asset, against, size, buys);
				let limit = limit_of(deal, (asset, against), buys, limit);
				model.close(Who::Trader(name.0, name.1), (asset, against), part, limit, size, deal);
				let (who, sub, limit) = (signed(name.0), name.1, Price::from_raw(limit));
				match out.map(|(out, much)| (out, much.map(|much| self.units(name, out, much)))) {
					Some((out, amount)) => {
						model.part_is_over(&self.books);
						model.withdraw(name.0, sub, out, amount.unwrap_or(u128::MAX));
						self.call(model, &[name], || {
							Margin::close_and_withdraw(who, sub, asset, against, part, limit, out, amount)
						});
					},
					None => {
						self.call(model, &[name], || Margin::close(who, sub, asset, against, part, limit));
					},
				}
			},
			action => panic!("{action:?} is no trade"),
		}
	}

	/// Makes a call, and compares what the chain does with what the model does. Answers whether it was made.
	pub fn call(&mut self, model: Attempt, touched: &[Name], call: impl FnOnce() -> DispatchResult) -> bool {
		System::reset_events();
		let before = root();
		let others = check::others(touched);
		let shares = check::share_prices();
		match with_storage_layer(call) {
			Ok(()) => {
				let sure: Vec<_> = model.against.iter().filter(|(_, sure)| *sure == Sure::Yes).collect();
				assert!(sure.is_empty(), "made, and the model refuses it: {sure:?}");
				assert_eq!(check::others(touched), others, "another account has changed");
				check::nobody_pays(&shares, touched);
				self.world = model.world;
				if let Some(between) = model.between {
					self.books = between;
				}
				self.books.close(model.books);
				true
			},
			Err(error) => {
				assert_eq!(root(), before, "refused with {error:?}, and something has changed");
				let explained = model.against.iter().any(|(reason, _)| reason.explains(&error));
				assert!(
					explained,
					"refused with {error:?}, and the model knows only {:?}",
					model.against
				);
				false
			},
		}
	}

	fn find(&mut self, (who, sub): Name, round: bool, block: bool) {
		let mut model = Attempt::new(&self.world, &self.books);
		model.find((who, sub), round, block);
		let at = System::block_number() - 1;
		let hash = if block {
			System::block_hash(at)
		} else {
			Default::default()
		};
		let counted = crate::Accounts::<Test>::get(who, sub).map_or(0, |account| account.round);
		let round = if round { counted } else { counted.wrapping_add(1) };
		let made = self.call(model, &[(who, sub)], || {
			Margin::liquidate_unsigned(RuntimeOrigin::none(), who, sub, round, at, hash)
		});
		if made {
			self.follow_call();
		}
	}

	fn liquidate(&mut self, (taker, into): Name, (who, sub): Name, most: Value) {
		let mut model = Attempt::new(&self.world, &self.books);
		model.liquidate((taker, into), (who, sub));
		let made = self.call(model, &[(taker, into), (who, sub)], || {
			Margin::liquidate(signed(taker), who, sub, into, most)
		});
		if made {
			self.follow_call();
			self.taker_is_sound((taker, into));
		}
	}

	fn feed(&mut self, asset: AssetId, feed: Feed) {
		let mut quote = self.world.quotes[&asset];
		let live = quote.live.raw();
		let scaled = |permille: u64| {
			Price::from_raw((live / 1_000 * u128::from(permille)).clamp(10u128.pow(15), 10u128.pow(24)))
		};
		let now = Timestamp::get();
		match feed {
			Feed::Move(permille) | Feed::Wick(permille) => {
				// A stable coin stays near its dollar.
				let permille = if asset == USDC {
					1_000 + permille % 10 - 5
				} else {
					permille
				};
				quote = margin_risk::Quote::usable(scaled(permille), now);
			},
			Feed::Stable(permille) => quote.stable = scaled(permille),
			Feed::HoldBack(permille) => {
				quote.candidate = Some(scaled(permille));
				quote.verdict = Verdict::HeldBack;
			},
			Feed::Judge(verdict) => quote.verdict = verdict,
			Feed::Renew => quote = margin_risk::Quote::usable(quote.live, now),
			Feed::Volatility(permille) => set_volatility(asset, Ratio::from_ppm(1_000 * permille)),
		}
		Quotes::insert(asset, quote);
		if asset != USDC && matches!(feed, Feed::Move(_)) {
			set_market(asset, quote.live.raw() / 10u128.pow(16));
		}
		self.world.quotes.insert(asset, quote);
	}

	fn block(&mut self, ms: u64) {
		System::reset_events();
		let block = build_on_block();
		Timestamp::set_timestamp(Timestamp::get() + ms);
		self.books.now = Timestamp::get();
		self.world.beat(self.books.now);
		self.observe_margins();
		let due = self.due_for_a_step();
		let mut meter =
			WeightMeter::with_limit(frame_support::weights::Weight::from_parts(1_000_000_000_000, u64::MAX));
		<Margin as OnPoll<u64>>::on_poll(block, &mut meter);
		// What is asked for initially is there at once.
		self.observe_margins();
		sell_for_house();
		self.follow_block(&due);
		self.check();
		self.idle(block, meter.remaining());
	}
}

/// What the market makes of buying, or selling, exactly so much of an asset.
fn deal(asset: AssetId, against: AssetId, size: u128, buys: bool) -> Deal {
	if buys {
		Market::cost(against, asset, size).map(|cost| (cost, size))
	} else {
		Market::quote(asset, against, size).map(|paid| (size, paid))
	}
}

/// A limit, in whole units of the one for a whole unit of the other with 18 decimals.
fn limit_of(deal: Deal, (asset, against): (AssetId, AssetId), buys: bool, strict: Strict) -> u128 {
	let none = if buys { u128::MAX } else { 0 };
	let Some((sold, bought)) = deal.filter(|_| !matches!(strict, Strict::Not)) else {
		return none;
	};
	let (size, quoted) = if buys { (bought, sold) } else { (sold, bought) };
	if size == 0 {
		return none;
	}
	let units = |asset| whole(unit(asset));
	let price = whole(quoted) / units(against) / (whole(size) / units(asset)) / tenth_to(18);
	let price: u128 = price.to_integer().try_into().unwrap_or(u128::MAX);
	match (strict, buys) {
		(Strict::Beyond, true) => price - price / 100,
		(Strict::Beyond, false) => price.saturating_add(price / 100),
		_ => price,
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}
