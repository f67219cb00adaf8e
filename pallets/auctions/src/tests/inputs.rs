//! Bad input: every argument of every call at its ends, unknown, and from the wrong hand. Each refusal leaves the state
//! as it was.

use super::*;
use crate::Call;
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::{GetCallName, UnfilteredDispatchable},
};
use margin_risk::Verdict;
use sp_runtime::DispatchError;

const NOBODYS: AssetId = 99;

struct Row {
	name: &'static str,
	/// What is special about the stage.
	arrange: fn(),
	origin: RuntimeOrigin,
	call: Call<Test>,
	error: DispatchError,
}

fn row(name: &'static str, arrange: fn(), call: Call<Test>, error: impl Into<DispatchError>) -> Row {
	from(name, arrange, signed(ALICE), call, error)
}

fn from(
	name: &'static str,
	arrange: fn(),
	origin: RuntimeOrigin,
	call: Call<Test>,
	error: impl Into<DispatchError>,
) -> Row {
	Row {
		name,
		arrange,
		origin,
		call,
		error: error.into(),
	}
}

fn as_it_is() {}

fn order(asset: AssetId, amount: u128, max_price: Price, pay_with: AssetId) -> Call<Test> {
	Call::take {
		asset,
		amount,
		max_price,
		pay_with,
		sub: 0,
	}
}

fn buy(amount: u128) -> Call<Test> {
	order(ETH, amount, Price::MAX, USDC)
}

fn found(asset: AssetId, round: u32) -> Call<Test> {
	let at = System::block_number() - 1;
	Call::sell_to_market_unsigned {
		asset,
		round,
		at,
		hash: System::block_hash(at),
	}
}

/// Plays each row on a stage of its own: ten ether, worth 2,000 dollars, at 201 a piece.
fn table(call: &'static str, rows: impl FnOnce() -> Vec<Row>) {
	with_lot(|| {
		for row in rows() {
			let Row {
				name,
				arrange,
				origin,
				call: what,
				error,
			} = row;
			assert_eq!(what.get_call_name(), call, "a row of another call");
			with_transaction_unchecked(|| {
				arrange();
				let root = || sp_io::storage::root(sp_runtime::StateVersion::V1);
				let before = root();
				let got = frame_support::storage::with_storage_layer(|| {
					RuntimeCall::from(what).dispatch_bypass_filter(origin)
				});
				assert_eq!(got.map_err(|refused| refused.error), Err(error), "{call}: {name}");
				assert_eq!(root(), before, "{call}: {name} changed something");
				TransactionOutcome::Rollback(())
			});
		}
	});
}

#[test]
fn bad_input_to_take() {
	let one = unit(ETH);
	table("take", || {
		vec![
			from(
				"unsigned",
				as_it_is,
				RuntimeOrigin::none(),
				buy(one),
				DispatchError::BadOrigin,
			),
			from(
				"root",
				as_it_is,
				RuntimeOrigin::root(),
				buy(one),
				DispatchError::BadOrigin,
			),
			row("nothing", as_it_is, buy(0), Error::AmountZero),
			row("one smallest unit", as_it_is, buy(1), Error::TooSmall),
			row("nearly all", as_it_is, buy(96 * one / 10), Error::RestTooSmall),
			row("one more than all", as_it_is, buy(10 * one + 1), Error::AboveOffer),
			row(
				"nearly the largest number",
				as_it_is,
				buy(u128::MAX - 1),
				Error::AboveOffer,
			),
			row(
				"unknown asset",
				as_it_is,
				order(NOBODYS, one, Price::MAX, USDC),
				Error::NothingOnOffer,
			),
			row(
				"asset not for sale",
				as_it_is,
				order(BTC, one, Price::MAX, USDC),
				Error::NothingOnOffer,
			),
			row(
				"what is owed",
				as_it_is,
				order(USDC, one, Price::MAX, USDC),
				Error::NothingOnOffer,
			),
			row(
				"no price at all",
				as_it_is,
				order(ETH, one, Price::ZERO, USDC),
				Error::PriceAboveMax,
			),
			row(
				"a price just below",
				as_it_is,
				order(ETH, one, cents(20_099), USDC),
				Error::PriceAboveMax,
			),
			row(
				"paid with what is not owed",
				as_it_is,
				order(ETH, one, Price::MAX, BTC),
				Error::NotOwed,
			),
			row(
				"paid with an unknown asset",
				as_it_is,
				order(ETH, one, Price::MAX, NOBODYS),
				Error::NotOwed,
			),
			row(
				"paid with itself",
				as_it_is,
				order(ETH, one, Price::MAX, ETH),
				Error::NotOwed,
			),
			row("paused", || set_level(ETH, Level::NoTake), buy(one), Error::Paused),
			row(
				"a stale price",
				|| set_verdict(ETH, Verdict::Stale),
				buy(one),
				Error::PriceUnusable,
			),
			row("a price of zero", || set_price(ETH, 0), buy(one), Error::PriceUnusable),
			row(
				"money without a price",
				|| set_verdict(USDC, Verdict::HeldBack),
				buy(one),
				Error::PriceUnusable,
			),
			row(
				"this money without a price",
				|| {
					BooksOf::mutate(|books| books.owed.insert(BTC, 1));
					set_verdict(USDC, Verdict::HeldBack);
				},
				buy(one),
				Error::PriceUnusable,
			),
			row("a crash", || set_price(ETH, 10_000), buy(one), Error::BelowFloor),
			row(
				"a price beyond all numbers",
				|| Quotes::insert(ETH, margin_risk::Quote::usable(Price::MAX, 0)),
				buy(one),
				Error::Overflow,
			),
			row(
				"after the round",
				|| {
					pass(60_000);
					Now::set(&(Now::get() + 1));
				},
				buy(one),
				Error::BetweenRounds,
			),
			from(
				"without money",
				as_it_is,
				signed(BOB),
				buy(one),
				DispatchError::Other("cannot pay"),
			),
		]
	});
}

#[test]
fn bad_input_to_sell_to_market() {
	let sell = |asset| Call::sell_to_market { asset };
	table("sell_to_market", || {
		vec![
			from(
				"unsigned",
				as_it_is,
				RuntimeOrigin::none(),
				sell(ETH),
				DispatchError::BadOrigin,
			),
			row("no market", as_it_is, sell(ETH), Error::MarketPaysLess),
			row(
				"too thin",
				|| set_market(ETH, 2_000_000, 0),
				sell(ETH),
				Error::MarketPaysLess,
			),
			row("unknown asset", as_it_is, sell(NOBODYS), Error::NothingOnOffer),
			row("paused", || set_level(ETH, Level::NoTake), sell(ETH), Error::Paused),
			row(
				"a stale price",
				|| set_verdict(ETH, Verdict::Stale),
				sell(ETH),
				Error::PriceUnusable,
			),
			row("a crash", || set_price(ETH, 10_000), sell(ETH), Error::BelowFloor),
			row(
				"a house that refuses",
				|| {
					set_market(ETH, 1_100_000, unit(ETH));
					Refuses::set(&vec![2]);
				},
				sell(ETH),
				DispatchError::Other("the house refuses"),
			),
		]
	});
}

#[test]
fn bad_input_to_sell_to_market_unsigned() {
	table("sell_to_market_unsigned", || {
		let paying = || set_market(ETH, 1_100_000, unit(ETH));
		let (now, hash) = (System::block_number(), System::block_hash(1));
		let named = |at, hash| Call::sell_to_market_unsigned {
			asset: ETH,
			round: 1,
			at,
			hash,
		};
		vec![
			row("signed", paying, found(ETH, 1), DispatchError::BadOrigin),
			from(
				"an earlier round",
				paying,
				RuntimeOrigin::none(),
				found(ETH, 0),
				Error::WrongRound,
			),
			from(
				"the largest round",
				paying,
				RuntimeOrigin::none(),
				found(ETH, u32::MAX),
				Error::WrongRound,
			),
			from(
				"unknown asset",
				paying,
				RuntimeOrigin::none(),
				found(NOBODYS, 1),
				Error::NothingOnOffer,
			),
			from(
				"no market",
				as_it_is,
				RuntimeOrigin::none(),
				found(ETH, 1),
				Error::MarketPaysLess,
			),
			from(
				"this block",
				paying,
				RuntimeOrigin::none(),
				named(now, hash),
				Error::StaleFinding,
			),
			from(
				"a block to come",
				paying,
				RuntimeOrigin::none(),
				named(u64::MAX, hash),
				Error::StaleFinding,
			),
			from(
				"another hash",
				paying,
				RuntimeOrigin::none(),
				named(now - 1, Default::default()),
				Error::StaleFinding,
			),
		]
	});
}

#[test]
fn bad_input_to_set_level() {
	let pause = |level| Call::set_level { asset: ETH, level };
	table("set_level", || {
		vec![
			row("a trader", as_it_is, pause(Level::NoTake), DispatchError::BadOrigin),
			from(
				"root",
				as_it_is,
				RuntimeOrigin::root(),
				pause(Level::NoTake),
				DispatchError::BadOrigin,
			),
			from(
				"unsigned",
				as_it_is,
				RuntimeOrigin::none(),
				pause(Level::None),
				DispatchError::BadOrigin,
			),
		]
	});
}

#[test]
fn bad_input_to_set_rules() {
	let rules = Rules::default();
	let bad = Rules { duration: 0, ..rules };
	table("set_rules", || {
		vec![
			row(
				"a trader",
				as_it_is,
				Call::set_rules { rules },
				DispatchError::BadOrigin,
			),
			from(
				"the pauser",
				as_it_is,
				signed(PAUSER),
				Call::set_rules { rules },
				DispatchError::BadOrigin,
			),
			from(
				"out of range",
				as_it_is,
				RuntimeOrigin::root(),
				Call::set_rules { rules: bad },
				Error::DurationOutOfRange,
			),
		]
	});
}

#[test]
fn every_call_has_a_table() {
	let tables = include_str!("inputs.rs");
	for call in Call::<Test>::get_call_names() {
		assert!(tables.contains(&format!("table(\"{call}\", ")), "{call}");
	}
}
