//! What an account is worth after margin.
//!
//! For a level `L` with margin ratios `m_i^L`,
//!
//! ```text
//! H_L = sum over deposits of value_i * (1 - m_i^L)  -  sum over debts of value_i * (1 + m_i^L)
//! ```
//!
//! which is the equity less the margin required at that level. Target and Maintenance use live prices; Initial uses the
//! worse of the live and the stable price, so that a spike gives no room to borrow. Because
//! `m^Initial >= m^Target >= m^Maintenance`, always `H_Initial <= H_Target <= H_Maintenance`.
//!
//! A leg whose price is not usable must neither let its owner take on risk nor cause or prevent a liquidation. For
//! Initial such a deposit counts nothing, and such a debt counts at the worst price known. For Target and Maintenance
//! either counts in the owner's favour: without margin, at the better of the live price and the one held back.
//!
//! Every value of a deposit is rounded down, every value of a debt and every margin requirement up, to 10^-18 dollars.

use crate::{Level, MarginRatios, Quote};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Amount, Price, Ratio, Rounding, Value, U256};
use scale_info::TypeInfo;

/// The most legs that an account may have.
pub const MAX_LEGS: usize = 16;

/// What a leg is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Side {
	/// The account owns it.
	Deposit,
	/// The account owes it.
	Debt,
}

/// One asset of an account, with all that is needed to judge it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leg<Id> {
	/// The asset.
	pub asset: Id,
	/// Owned or owed.
	pub side: Side,
	/// How much, in smallest units.
	pub amount: Amount,
	/// Decimals of the asset.
	pub decimals: u8,
	/// Its price.
	pub quote: Quote,
	/// Its margin ratios.
	pub margin: MarginRatios,
}

/// Why an account cannot be judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum RiskError {
	/// A value exceeds the range of 1.7 * 10^20 dollars, or an intermediate result 256 bits.
	Overflow,
	/// There are more than [`MAX_LEGS`] legs.
	TooManyLegs,
	/// The margin ratios of a leg, or the liquidation parameters, are out of range.
	InvalidParameters,
}

/// What an account is worth, before and after margin. All in dollars.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Health {
	/// `H` at [`Level::Initial`].
	pub initial: Value,
	/// `H` at [`Level::Target`].
	pub target: Value,
	/// `H` at [`Level::Maintenance`]: `equity - margin`.
	pub maintenance: Value,
	/// `deposits - debts`.
	pub equity: Value,
	/// Value of the deposits at live prices (in the owner's favour where the price is not usable).
	pub deposits: Value,
	/// Value of the debts at live prices (in the owner's favour where the price is not usable).
	pub debts: Value,
	/// Margin required at [`Level::Maintenance`]: never negative.
	pub margin: Value,
	/// `deposits - debts` at the prices of [`Level::Initial`], before margin: the worse of live and stable, nothing for a
	/// deposit whose price is not usable.
	pub initial_equity: Value,
}

impl<Id> Leg<Id> {
	/// Whether the leg may be sold, seized or repaid in a liquidation: its price may be acted on.
	pub const fn is_usable(&self) -> bool {
		self.quote.is_usable()
	}

	/// The price and the margin ratio at which the leg counts at a level.
	pub(crate) fn terms(&self, level: Level) -> (Price, Ratio) {
		let quote = &self.quote;
		let ratio = self.margin.at(level);
		match (level, self.side, self.is_usable()) {
			(Level::Initial, Side::Deposit, true) => (quote.live.min(quote.stable), ratio),
			(Level::Initial, Side::Deposit, false) => (Price::ZERO, ratio),
			(Level::Initial, Side::Debt, true) => (quote.live.max(quote.stable), ratio),
			(Level::Initial, Side::Debt, false) => (quote.highest().max(quote.stable), ratio),
			(_, _, true) => (quote.live, ratio),
			(_, Side::Deposit, false) => (quote.highest(), Ratio::ZERO),
			(_, Side::Debt, false) => (quote.lowest(), Ratio::ZERO),
		}
	}

	/// The value of `amount` of the leg's asset at a price: down for a deposit, up for a debt.
	pub(crate) fn value_at(&self, price: Price, amount: Amount) -> Result<Value, RiskError> {
		let rounding = match self.side {
			Side::Deposit => Rounding::Down,
			Side::Debt => Rounding::Up,
		};
		price
			.value_of(amount, self.decimals, rounding)
			.ok_or(RiskError::Overflow)
	}

	/// What a value of this leg with a margin ratio adds to the account's health: negative for a debt.
	fn weighted(&self, value: Value, ratio: Ratio) -> Result<Value, RiskError> {
		let margin = required(value, ratio)?;
		match self.side {
			Side::Deposit => value.checked_sub(margin),
			Side::Debt => value.checked_add(margin).and_then(Value::checked_neg),
		}
		.ok_or(RiskError::Overflow)
	}

	/// The live value of `amount` of the leg's asset: in the owner's favour if its price is not usable.
	pub(crate) fn live_value(&self, amount: Amount) -> Result<Value, RiskError> {
		self.value_at(self.terms(Level::Maintenance).0, amount)
	}

	/// What `amount` of the leg's asset adds to the account's health at a level.
	pub(crate) fn contribution(&self, amount: Amount, level: Level) -> Result<Value, RiskError> {
		let (price, ratio) = self.terms(level);
		self.weighted(self.value_at(price, amount)?, ratio)
	}
}

/// The margin that a value requires at a ratio.
pub(crate) fn required(value: Value, ratio: Ratio) -> Result<Value, RiskError> {
	value.mul_ratio(ratio, Rounding::Up).ok_or(RiskError::Overflow)
}

/// Judges an account.
///
/// [`RiskError::Overflow`], [`RiskError::TooManyLegs`], or [`RiskError::InvalidParameters`] if a leg's margin ratios
/// are out of order or not below 1.
pub fn assess<Id>(legs: &[Leg<Id>]) -> Result<Health, RiskError> {
	check_legs(legs)?;
	let mut health = Health::default();
	let add = |sum: &mut Value, value: Value| -> Result<(), RiskError> {
		*sum = sum.checked_add(value).ok_or(RiskError::Overflow)?;
		Ok(())
	};
	for leg in legs {
		// One price serves both levels of a liquidation, and usually the initial one too.
		let (price, ratio) = leg.terms(Level::Maintenance);
		let (_, target_ratio) = leg.terms(Level::Target);
		let (initial_price, initial_ratio) = leg.terms(Level::Initial);
		let value = leg.value_at(price, leg.amount)?;
		let initial_value = if initial_price == price {
			value
		} else {
			leg.value_at(initial_price, leg.amount)?
		};
		match leg.side {
			Side::Deposit => {
				add(&mut health.deposits, value)?;
				add(&mut health.initial_equity, initial_value)?;
			},
			Side::Debt => {
				add(&mut health.debts, value)?;
				add(
					&mut health.initial_equity,
					initial_value.checked_neg().ok_or(RiskError::Overflow)?,
				)?;
			},
		}
		add(&mut health.margin, required(value, ratio)?)?;
		add(&mut health.target, leg.weighted(value, target_ratio)?)?;
		add(&mut health.initial, leg.weighted(initial_value, initial_ratio)?)?;
	}
	health.equity = health.deposits.checked_sub(health.debts).ok_or(RiskError::Overflow)?;
	health.maintenance = health.equity.checked_sub(health.margin).ok_or(RiskError::Overflow)?;
	Ok(health)
}

/// What every function over legs asks of them.
pub(crate) fn check_legs<Id>(legs: &[Leg<Id>]) -> Result<(), RiskError> {
	if legs.len() > MAX_LEGS {
		return Err(RiskError::TooManyLegs);
	}
	if legs.iter().any(|leg| !leg.margin.is_valid()) {
		return Err(RiskError::InvalidParameters);
	}
	Ok(())
}

impl Health {
	/// Whether the account may be liquidated: `H_Maintenance < 0`.
	pub const fn is_liquidatable(&self) -> bool {
		self.maintenance.is_negative()
	}

	/// Deposits over equity, rounded up: 1 without debt. `None` if the equity is not positive.
	pub fn leverage(&self) -> Option<Ratio> {
		if self.equity <= Value::ZERO {
			return None;
		}
		self.deposits.ratio_to(self.equity, Rounding::Up)
	}

	/// Whether an action that led from `before` to this state lowered risk or left it as it was: neither
	/// `H_Maintenance` nor `H_Maintenance / margin` fell. An account that requires no margin has the best ratio there
	/// is.
	pub fn no_worse_than(&self, before: &Self) -> bool {
		self.maintenance >= before.maintenance && self.margin_ratio_at_least(before)
	}

	fn margin_ratio_at_least(&self, before: &Self) -> bool {
		if self.margin <= Value::ZERO || before.margin <= Value::ZERO {
			return self.margin <= Value::ZERO;
		}
		// self.maintenance / self.margin >= before.maintenance / before.margin, multiplied out: both margins are
		// positive, and a product of two 128-bit magnitudes fits 256 bits.
		let product = |health: Value, margin: Value| {
			U256::from(health.raw().unsigned_abs()).saturating_mul(U256::from(margin.raw().unsigned_abs()))
		};
		let ours = product(self.maintenance, before.margin);
		let theirs = product(before.maintenance, self.margin);
		match (self.maintenance.is_negative(), before.maintenance.is_negative()) {
			(false, true) => true,
			(true, false) => false,
			(false, false) => ours >= theirs,
			(true, true) => ours <= theirs,
		}
	}
}
