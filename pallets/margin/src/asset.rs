//! What is stored of an asset: the parameters that governance writes, its state, and its pool.

use crate::seasoning::Seasoning;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Ratio, Rounding};
use margin_risk::{
	volatility::BadVolatilityMargin, Flow, FlowLimit, MarginPath, MarginRamp, MarginRatios, Pool, PoolError, RateModel,
	VolatilityMargin, MAX_MAINTENANCE,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::RuntimeDebug;

/// In which accounts an asset may secure a debt or be owed.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	RuntimeDebug,
	Default,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Tier {
	/// In all of them.
	#[default]
	Cross,
	/// In isolated accounts only. Another account may supply it for as long as it owes nothing.
	IsolatedOnly,
}

/// What may be done with an asset.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	RuntimeDebug,
	Default,
)]
pub enum Status {
	/// Everything.
	#[default]
	Live,
	/// Positions in it can only be made smaller: it is not borrowed, bought or newly supplied.
	ReduceOnly,
	/// Nothing but repaying it and adding it as collateral. Its price counts as unusable.
	Frozen,
	/// Like [`Status::ReduceOnly`]; from the given time on, in milliseconds of unix time, anybody may move holders out
	/// of it.
	Delisting(u64),
}

/// Kinds of action that are paused for an asset. Repaying it and adding it as collateral never is.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default,
)]
pub struct Pauses {
	/// Deposits into accounts that owe nothing.
	pub supply: bool,
	/// What leaves an account other than by a trade: withdrawals, loans paid out, transfers.
	pub withdraw: bool,
	/// New debt.
	pub borrow: bool,
	/// Trades from or to it.
	pub trade: bool,
}

impl Pauses {
	/// Whether everything that `other` pauses is paused here too.
	pub fn covers(&self, other: &Self) -> bool {
		(self.supply || !other.supply)
			&& (self.withdraw || !other.withdraw)
			&& (self.borrow || !other.borrow)
			&& (self.trade || !other.trade)
	}
}

/// The parameters of a listed asset. Governance writes them; [`AssetConfig::check`] says what may be written.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	RuntimeDebug,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct AssetConfig<PriceKey> {
	/// Decimals of the smallest unit: 6 means that a million units are one whole. Fixed when listed.
	pub decimals: u8,
	/// Where its price is found. Fixed when listed.
	pub price_key: PriceKey,
	/// In which accounts it may be used.
	pub tier: Tier,
	/// Margin ratios: the least at each level. Volatility may raise them.
	pub margin: MarginRatios,
	/// How the maintenance ratio follows the asset's volatility. `None`: it does not.
	pub volatility: Option<VolatilityMargin>,
	/// The size, in smallest units, at which an account's own position doubles its margin ratios.
	pub size_scale: Amount,
	/// Deposits or debts of the whole pool, in smallest units, above which the initial margin rises with them.
	pub exposure_start: Amount,
	/// Interest borrowers pay, by utilisation.
	pub rate: RateModel,
	/// Share of the interest that goes to the insurance fund.
	pub reserve_factor: Ratio,
	/// Share of the deposits that is never lent, so that what the house sells can be delivered.
	pub unborrowable: Ratio,
	/// Least amount that may be deposited, borrowed or sold at once, in smallest units. Less is dust, which is swept
	/// away when an account is closed.
	pub min_amount: Amount,
	/// Least debt that an action may leave, in smallest units: a smaller one is not worth a liquidation.
	pub min_debt: Amount,
	/// Most that one account may hold or owe, in smallest units.
	pub account_cap: Amount,
	/// Most that the pool takes in, in smallest units.
	pub deposit_cap: Amount,
	/// Most that the pool lends, in smallest units.
	pub borrow_cap: Amount,
	/// Most that is lent anew in a time, net of what is repaid.
	pub borrow_window: FlowLimit,
}

/// Why a record of an asset is refused.
#[derive(Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum BadConfig {
	/// More than 18 decimals.
	Decimals,
	/// Ratios out of order, an initial one of 1 and more, or a maintenance ratio of zero or above [`MAX_MAINTENANCE`].
	Margin,
	/// How the margin follows volatility.
	Volatility(BadVolatilityMargin),
	/// A size scale or an exposure start of zero.
	Scale,
	/// A rate that falls with utilisation, a kink at 0 or 1, or a rate beyond 1000 % a year.
	Rate,
	/// A reserve factor or an unborrowable share of 1 and more.
	Share,
	/// A least amount of zero, or a least debt below it.
	MinAmount,
	/// A borrow window without a period.
	Window,
}

impl<PriceKey> AssetConfig<PriceKey> {
	/// Whether every field lies in its range.
	pub fn check(&self) -> Result<(), BadConfig> {
		let ensure = |ok: bool, error| if ok { Ok(()) } else { Err(error) };
		ensure(self.decimals <= 18, BadConfig::Decimals)?;
		let allowed = Ratio::from_ppm(1)..=MAX_MAINTENANCE;
		ensure(
			self.margin.is_valid() && allowed.contains(&self.margin.maintenance),
			BadConfig::Margin,
		)?;
		self.volatility
			.map_or(Ok(()), |volatility| volatility.check())
			.map_err(BadConfig::Volatility)?;
		ensure(
			!self.size_scale.is_zero() && !self.exposure_start.is_zero(),
			BadConfig::Scale,
		)?;
		ensure(self.rate.is_valid(), BadConfig::Rate)?;
		ensure(
			self.reserve_factor < Ratio::ONE && self.unborrowable < Ratio::ONE,
			BadConfig::Share,
		)?;
		ensure(
			!self.min_amount.is_zero() && self.min_debt >= self.min_amount,
			BadConfig::MinAmount,
		)?;
		ensure(self.borrow_window.is_valid(), BadConfig::Window)
	}
}

/// Everything about a listed asset: one storage item, so that one read serves a call.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Asset<PriceKey> {
	/// The parameters in force.
	pub config: AssetConfig<PriceKey>,
	/// What may be done with it.
	pub status: Status,
	/// What is paused.
	pub pauses: Pauses,
	/// The margin ratios on their way to those of `config`, if they are not there yet.
	pub ramp: Option<Ramp>,
	/// The maintenance ratio on its way to what volatility asks for, if anything is asked beyond the listed one or was
	/// lately.
	pub path: Option<MarginPath>,
	/// How its weight as collateral comes, if it does not count in full yet.
	pub warm_up: Option<WarmUp>,
	/// How long deposits take to count at the initial level.
	pub seasoning: Seasoning,
	/// Most that may leave the pool in a time, net of what comes in. Set by an origin of its own.
	pub outflow_limit: FlowLimit,
	/// What has left it.
	pub outflow: Flow,
	/// What has left its pool while that had a deficit.
	pub deficit_outflow: Flow,
	/// What was lent anew.
	pub lent: Flow,
	/// Its pool, as of the last time that it was touched.
	pub pool: Pool,
	/// How many grants in kind its suppliers have been given.
	pub grants: u16,
	/// When the pool's rates were last told in an event, in milliseconds of unix time.
	pub reported_at: u64,
}

/// Where margin parameters come from while they move to their new values. The initial ratio does not move: it is the
/// new one at once.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Ramp {
	/// The ratios.
	pub margin: MarginRamp,
	/// The size scale at the start.
	pub size_scale: Amount,
}

/// The initial margin ratio on its way down from one, at which a deposit counts nothing.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct WarmUp {
	/// Until then the asset counts nothing: milliseconds of unix time.
	pub start: u64,
	/// From then on it counts in full: milliseconds of unix time.
	pub end: u64,
	/// Whether it was listed for the first time, so that nobody's health rests on it. Until the start a deposit then
	/// counts nothing at any level, nor is it seized, and if it is frozen by then, not until it is live again.
	pub unproven: bool,
}

impl WarmUp {
	/// Just below one, which a ratio must be.
	const NOTHING: Ratio = Ratio::from_raw(Ratio::ONE.raw().saturating_sub(1));

	/// Nothing for as long as any change waits that loosens, and in full `warm_up` milliseconds from now.
	pub(crate) fn from_now(now: u64, warm_up: u64, loosen_delay: u64, unproven: bool) -> Self {
		Self {
			start: now.saturating_add(loosen_delay),
			end: now.saturating_add(warm_up),
			unproven,
		}
	}

	/// The ratios with the initial one as far as it has come.
	fn at(&self, margin: MarginRatios, now: u64) -> MarginRatios {
		let initial = Self::NOTHING.max(margin.initial);
		let ramp = MarginRamp {
			from: MarginRatios { initial, ..margin },
			start: self.start,
			end: self.end,
		};
		ramp.at(&margin, now)
	}
}

impl<PriceKey> Asset<PriceKey> {
	/// A freshly listed asset whose pool accrues from `now`.
	pub fn new(config: AssetConfig<PriceKey>, now: u64) -> Self {
		Self {
			config,
			status: Status::Live,
			pauses: Pauses::default(),
			ramp: None,
			path: None,
			warm_up: None,
			seasoning: Seasoning::default(),
			outflow_limit: FlowLimit::UNLIMITED,
			outflow: Flow::default(),
			deficit_outflow: Flow::default(),
			lent: Flow::default(),
			pool: Pool {
				accrued_at: now,
				..Default::default()
			},
			grants: 0,
			reported_at: now,
		}
	}

	/// Margin ratios and size scale in force at `now`: those listed, on their way to those of the parameters, or what
	/// volatility asks for if that is more.
	pub fn margin_at(&self, now: u64) -> (MarginRatios, Amount) {
		let (listed, size_scale) = self.ramped_at(now);
		let margin = (self.path).map_or(listed, |path| path.raise(&listed, &self.config.margin, now));
		match &self.warm_up {
			Some(warm_up) if now < warm_up.end => (warm_up.at(margin, now), size_scale),
			_ => (margin, size_scale),
		}
	}

	/// The listed ones, as if it were warm.
	pub(crate) fn ramped_at(&self, now: u64) -> (MarginRatios, Amount) {
		match &self.ramp {
			Some(ramp) if now < ramp.margin.end => (
				ramp.margin.at(&self.config.margin, now),
				scale_between(ramp.size_scale, self.config.size_scale, &ramp.margin, now),
			),
			_ => (self.config.margin, self.config.size_scale),
		}
	}

	/// Whether it is too fresh to count anything as collateral.
	pub(crate) fn is_cold(&self, now: u64) -> bool {
		self.warm_up.is_some_and(|warm_up| now <= warm_up.start)
	}

	/// Whether a deposit counts nothing even where its holder might be liquidated: nobody has had the time yet to look at
	/// what was listed.
	pub(crate) fn is_unproven(&self, now: u64) -> bool {
		let waits = |warm_up: WarmUp| warm_up.unproven && (now <= warm_up.start || self.status == Status::Frozen);
		self.warm_up.is_some_and(waits)
	}

	/// Becomes `status`. Freezing what counts already makes it no less.
	pub(crate) fn become_status(&mut self, status: Status, now: u64) {
		let unproven = self.is_unproven(now);
		if let Some(warm_up) = &mut self.warm_up {
			warm_up.unproven = unproven;
		}
		self.status = status;
	}

	/// When everything that is on its way has arrived.
	pub(crate) fn settled_at(&self, now: u64) -> u64 {
		let ramp = self.ramp.map_or(now, |ramp| ramp.margin.end);
		self.warm_up.map_or(now, |warm_up| warm_up.end).max(ramp).max(now)
	}

	/// Whether a ramp or a warm-up is stored that is over.
	pub(crate) fn has_arrived(&self, now: u64) -> bool {
		let is_warm = |warm_up: WarmUp| warm_up.end <= now && !self.is_unproven(now);
		self.ramp.is_some_and(|ramp| ramp.margin.end <= now) || self.warm_up.is_some_and(is_warm)
	}

	/// Forgets a ramp and a warm-up that are over.
	pub(crate) fn forget_arrived(&mut self, now: u64) {
		self.ramp = self.ramp.filter(|ramp| now < ramp.margin.end);
		let unproven = self.is_unproven(now);
		self.warm_up = self.warm_up.filter(|warm_up| now < warm_up.end || unproven);
	}

	/// Puts `config` in force. What lowers health at the target or the maintenance level (higher ratios, a smaller size
	/// scale) comes `over` so many milliseconds, or by the end of the ramp that it is on if that is later. Interest up to
	/// now is paid by the old rate, as far as one accrual goes: a day, which is longer than a pool is ever left alone by
	/// a chain that runs.
	pub(crate) fn adopt(&mut self, config: AssetConfig<PriceKey>, now: u64, over: u64) -> Result<(), PoolError> {
		let old = &self.config;
		self.pool.accrue(&old.rate, old.reserve_factor, now)?;
		self.lent.give_back(&old.borrow_window, Amount::ZERO, now);
		if (old.margin, old.size_scale) != (config.margin, config.size_scale) {
			self.ramp = self.ramp_to(&config, now, over);
		}
		self.config = config;
		Ok(())
	}

	fn ramp_to(&self, config: &AssetConfig<PriceKey>, now: u64, over: u64) -> Option<Ramp> {
		let (margin, size_scale) = self.ramped_at(now);
		let from = MarginRatios {
			initial: config.margin.initial,
			target: margin.target.min(config.margin.target),
			maintenance: margin.maintenance.min(config.margin.maintenance),
		};
		let size_scale = size_scale.max(config.size_scale);
		let end = self.ramp.map_or(now, |ramp| ramp.margin.end);
		let moves = from != config.margin || size_scale != config.size_scale;
		moves.then(|| Ramp {
			margin: MarginRamp {
				from,
				start: now,
				end: end.max(now.saturating_add(over)),
			},
			size_scale,
		})
	}
}

/// The size scale at `now` on the way from one to a smaller one: the margin that it adds to a position, which is in
/// proportion to its inverse, moves on a straight line. Rounded down, which asks for more margin.
fn scale_between(from: Amount, to: Amount, ramp: &MarginRamp, now: u64) -> Amount {
	// Parts of a millisecond, so that a small share of the old scale is not lost.
	let parts = |ms: u64| u128::from(ms).saturating_mul(1 << 32);
	let whole = ramp.end.saturating_sub(ramp.start);
	let done = now.saturating_sub(ramp.start).min(whole);
	if done == 0 {
		return from;
	}
	let left = if from.0 == u128::MAX {
		0
	} else {
		mul_div(parts(whole.saturating_sub(done)), to.0, from.0, Rounding::Up).unwrap_or_default()
	};
	mul_div(to.0, parts(whole), parts(done).saturating_add(left), Rounding::Down).map_or(from, Amount)
}
