//! Closing positions in the subject.

use super::{swaps::closed, *};
use crate::Part;
use margin_math::Price;

/// The worst price, by what the subject costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Limit {
	Zero,
	/// Half of it.
	Low,
	/// Twice of it.
	High,
	Most,
}

impl Limit {
	fn price(self, against: AssetId) -> Price {
		let price = first_price(SUBJECT) * Price::ONE.raw() / first_price(against);
		match self {
			Self::Zero => Price::ZERO,
			Self::Low => Price::from_raw(price / 2),
			Self::High => Price::from_raw(price * 2),
			Self::Most => Price::MAX,
		}
	}

	/// The market keeps it for what is bought, or else for what is sold.
	fn is_kept(self, buys: bool) -> bool {
		buys == matches!(self, Self::High | Self::Most)
	}
}

/// `None` is the whole position.
fn part(much: Option<Much>) -> Part {
	much.map_or(Part::All, |much| Part::Amount(much.of(SUBJECT, HELD)))
}

#[test]
fn close_is_refused_by_name() {
	let whos = [
		Who::Nobody,
		Who::ForeignHolder,
		Who::ForeignDebtor,
		Who::Empty,
		Who::Holder,
		Who::HolderInDebt,
		Who::Debtor,
		Who::OtherDebtor,
		Who::IsolatedDebtor,
	];
	let parts = [
		None,
		Some(Much::Zero),
		Some(Much::TooLittle),
		Some(Much::Least),
		Some(Much::NearlyAll),
		Some(Much::Most),
	];
	table("close", |table| {
		for state in State::ALL {
			let limits: &[Limit] = match state {
				State::Live | State::Frozen => &[Limit::Zero, Limit::Low, Limit::High, Limit::Most],
				_ => &[Limit::Low, Limit::High],
			};
			table.scene(
				|| state.arrange(),
				|table| {
					let orders = pairs(pairs([USDC, BTC, SUBJECT, UNLISTED], parts), limits);
					for (who, ((against, much), limit)) in pairs(whos, orders.collect::<Vec<_>>()) {
						let call = Call::close {
							sub: who.sub(),
							asset: state.asset(),
							against,
							part: part(much),
							limit: limit.price(against),
						};
						table.row(
							|| format!("{who:?}, {state:?}, {against}, {much:?}, {limit:?}"),
							who.origin(),
							call,
							closed_by(who, state, against, much, *limit),
						);
					}
				},
			);
		}
	});
}

fn closed_by(who: Who, state: State, against: AssetId, much: Option<Much>, limit: Limit) -> Outcome {
	let buys = who.owes();
	let whole = matches!(much, None | Some(Much::Most));
	let most = whole || much == Some(Much::NearlyAll);
	// Of dollars, a small sale only pays the debt.
	let deposits = !buys && (most || !who.owes_dollars() || against != USDC);
	let same = against == SUBJECT;
	let stays_beside_debt = who == Who::HolderInDebt && !whole && against == BTC;
	let [frozen, paused, unpriced] = closed_for(state, same);
	first([
		(state.is_unlisted() || against == UNLISTED, Error::UnknownAsset),
		(who.is_missing(), Error::UnknownAccount),
		(!who.holds() && !who.owes(), Error::NoPosition),
		(much == Some(Much::Zero), Error::AmountZero),
		(much == Some(Much::TooLittle), Error::AmountTooSmall),
		// More than all numbers is asked for, whatever the market pays.
		(limit == Limit::Most && !buys && most, Error::PriceBeyondLimit),
		(same, Error::SameAsset),
		frozen,
		paused,
		unpriced,
		(!limit.is_kept(buys), Error::PriceBeyondLimit),
		(buys && against == USDC, Error::NotEnoughDeposited),
		(deposits && state == State::OthersReduceOnly, Error::AssetReduceOnly),
		(buys && much == Some(Much::NearlyAll), Error::DebtTooSmall),
		(stays_beside_debt && state == State::IsolatedOnly, Error::IsolatedOnly),
	])
}

fn closed_for(state: State, same: bool) -> [(bool, Error); 3] {
	closed(state).map(|(holds, error)| (holds && !same, error))
}
