//! Which way a change of an asset's parameters goes, and whether it is a small step.

use crate::asset::{AssetConfig, Tier};
use margin_math::{Amount, Ratio, U256};
use margin_risk::{volatility::USUAL_RISE, FlowLimit, MarginRatios, RateModel, VolatilityMargin};

/// A rate may at most double in one change, plus so much: from 1 % to 12 %, from 100 % to 210 %.
const RATE_STEP: Ratio = Ratio::from_percent(10);

/// Furthest that a share of one may move in one change.
const SHARE_STEP: Ratio = Ratio::from_percent(20);

impl<PriceKey: PartialEq> AssetConfig<PriceKey> {
	/// Whether `new` names the same asset: what a balance counts and where its price is found.
	pub(crate) fn is_same_asset(&self, new: &Self) -> bool {
		self.decimals == new.decimals && self.price_key == new.price_key
	}

	/// Whether `new` loosens nothing: less may be done, or more margin is asked for, and what is neither looser nor
	/// tighter (rates, the reserve, least amounts, how fast margins rise) stays.
	pub(crate) fn only_tightens(&self, new: &Self) -> bool {
		let margin = new.margin.initial >= self.margin.initial
			&& new.margin.target >= self.margin.target
			&& new.margin.maintenance >= self.margin.maintenance
			&& self.keeps_proportions(&new.margin)
			&& volatility_tightens(&self.volatility, &new.volatility);
		let scales = new.size_scale <= self.size_scale && new.exposure_start <= self.exposure_start;
		let tier = new.tier == self.tier || new.tier == Tier::IsolatedOnly;
		let caps = new.account_cap <= self.account_cap
			&& new.deposit_cap <= self.deposit_cap
			&& new.borrow_cap <= self.borrow_cap;
		let window = new.borrow_window.most <= self.borrow_window.most
			&& rate_times(&new.borrow_window, 1, &self.borrow_window)
			&& new.unborrowable >= self.unborrowable;
		let rest = new.rate == self.rate
			&& new.reserve_factor == self.reserve_factor
			&& new.min_amount == self.min_amount
			&& new.min_debt == self.min_debt;
		margin && scales && tier && caps && window && rest
	}

	/// Whether ratios that follow volatility keep at least the proportions to the maintenance ratio that they have, of
	/// which the initial one's counts as no less than two: where volatility asks for more than is listed, a higher listed
	/// maintenance ratio alone would lower the others. A unit is left for roundings.
	fn keeps_proportions(&self, new: &MarginRatios) -> bool {
		let old = &self.margin;
		let product = |a: Ratio, b: Ratio| U256::from(a.raw()).saturating_mul(U256::from(b.raw()));
		let hair = Ratio::from_raw(1);
		let keeps = |before: Ratio, after: Ratio| {
			product(before.saturating_sub(hair), new.maintenance) <= product(after, old.maintenance)
		};
		let twice = |ratios: &MarginRatios| {
			let least = ratios.maintenance.saturating_add(ratios.maintenance);
			ratios.initial.max(least)
		};
		self.volatility.is_none() || (keeps(old.target, new.target) && keeps(twice(old), twice(new)))
	}

	/// Whether the way in which the margin follows volatility changes little: each number at most doubles or halves. Where
	/// it begins to, what it asks for at least, its floor and its base, is at most twice the listed ratio.
	fn is_small_volatility_step(&self, new: &Self) -> bool {
		match (&self.volatility, &new.volatility) {
			(_, None) => true,
			(None, Some(new)) => new.floor.max(new.base).raw() <= self.margin.maintenance.raw().saturating_mul(2),
			(Some(old), Some(new)) => old.is_small_step(new),
		}
	}

	/// Whether nothing moves too far at once: margin ratios, scales and least amounts at most double or halve, caps at
	/// most double, rates at most double plus 10 percentage points, shares move by 20 points at most. A cap below the
	/// least amount counts as that. What scales nothing may begin to, and nothing that scales may be switched off.
	pub(crate) fn is_small_step(&self, new: &Self) -> bool {
		let margin = ratio_step(self.margin.initial, new.margin.initial)
			&& ratio_step(self.margin.target, new.margin.target)
			&& ratio_step(self.margin.maintenance, new.margin.maintenance)
			&& self.is_small_volatility_step(new);
		let scales = scale_step(self.size_scale, new.size_scale) && scale_step(self.exposure_start, new.exposure_start);
		let least = doubles_or_halves(self.min_amount.0, new.min_amount.0)
			&& doubles_or_halves(self.min_debt.0, new.min_debt.0);
		let cap = |old: Amount, new: Amount| new <= old || new.0 <= old.max(self.min_amount).0.saturating_mul(2);
		let caps = cap(self.account_cap, new.account_cap)
			&& cap(self.deposit_cap, new.deposit_cap)
			&& cap(self.borrow_cap, new.borrow_cap);
		let window = FlowLimit {
			most: self.borrow_window.most.max(self.min_amount),
			..self.borrow_window
		};
		let window = cap(self.borrow_window.most, new.borrow_window.most)
			&& (rate_times(&new.borrow_window, 1, &self.borrow_window) || rate_times(&new.borrow_window, 2, &window));
		let shares = share_step(self.reserve_factor, new.reserve_factor)
			&& share_step(self.unborrowable, new.unborrowable)
			&& rate_step(&self.rate, &new.rate);
		margin && scales && least && caps && window && shares
	}
}

/// Whether `new` lets no more than `times` as much flow as `old` in the long run.
fn rate_times(new: &FlowLimit, times: u64, old: &FlowLimit) -> bool {
	// Products of a 128-bit and two 64-bit numbers.
	let product = |most: Amount, period: u64| U256::from(most.0).saturating_mul(U256::from(period));
	product(new.most, old.period) <= product(old.most, new.period).saturating_mul(U256::from(times))
}

fn doubles_or_halves(old: u128, new: u128) -> bool {
	new <= old.saturating_mul(2) && old <= new.saturating_mul(2)
}

fn ratio_step(old: Ratio, new: Ratio) -> bool {
	doubles_or_halves(old.raw(), new.raw())
}

/// Whether margins that follow volatility as `new` says are never lower than as `old` says. Where they begin to follow,
/// they rise at the usual speed or less.
fn volatility_tightens(old: &Option<VolatilityMargin>, new: &Option<VolatilityMargin>) -> bool {
	match (old, new) {
		(None, None) => true,
		(None, Some(new)) => new.rise <= USUAL_RISE,
		(Some(_), None) => false,
		(Some(old), Some(new)) => old.only_tightens(new),
	}
}

/// A scale of [`u128::MAX`] is switched off.
fn scale_step(old: Amount, new: Amount) -> bool {
	match (old.0, new.0) {
		(u128::MAX, _) => true,
		(_, u128::MAX) => false,
		(old, new) => doubles_or_halves(old, new),
	}
}

fn share_step(old: Ratio, new: Ratio) -> bool {
	old.saturating_sub(new) <= SHARE_STEP && new.saturating_sub(old) <= SHARE_STEP
}

fn rate_step(old: &RateModel, new: &RateModel) -> bool {
	let reach = |from: Ratio, to: Ratio| to <= from.saturating_add(from).saturating_add(RATE_STEP);
	let near = |a: Ratio, b: Ratio| reach(a, b) && reach(b, a);
	near(old.base, new.base)
		&& near(old.rate_at_kink, new.rate_at_kink)
		&& near(old.rate_at_full, new.rate_at_full)
		&& share_step(old.kink, new.kink)
}

#[cfg(test)]
mod tests {
	use super::*;

	type Config = AssetConfig<u32>;
	type Field<T> = fn(&mut Config) -> &mut T;

	fn percent(percent: u32) -> Ratio {
		Ratio::from_percent(percent)
	}

	fn old() -> Config {
		Config {
			decimals: 6,
			price_key: 1,
			tier: Tier::Cross,
			margin: MarginRatios::from_maintenance(percent(5)).unwrap(),
			volatility: None,
			size_scale: Amount(1_000),
			exposure_start: Amount(1_000),
			rate: RateModel {
				base: percent(1),
				kink: percent(60),
				rate_at_kink: percent(10),
				rate_at_full: percent(200),
			},
			reserve_factor: percent(30),
			unborrowable: percent(30),
			min_amount: Amount(10),
			min_debt: Amount(100),
			account_cap: Amount(1_000),
			deposit_cap: Amount(1_000),
			borrow_cap: Amount(1_000),
			borrow_window: FlowLimit {
				most: Amount(1_000),
				period: 1_000,
			},
		}
	}

	/// The old parameters with one change.
	fn with(change: impl FnOnce(&mut Config)) -> Config {
		let mut config = old();
		change(&mut config);
		config
	}

	fn tightens(change: impl FnOnce(&mut Config)) -> bool {
		old().only_tightens(&with(change))
	}

	fn is_small(change: impl FnOnce(&mut Config)) -> bool {
		old().is_small_step(&with(change))
	}

	#[test]
	fn every_level_of_margin_is_tighter_when_it_is_higher() {
		assert!(tightens(|c| c.margin.initial = percent(11)));
		assert!(tightens(|c| c.margin.target = percent(7)));
		assert!(tightens(|c| c.margin.maintenance = percent(6)));
		assert!(!tightens(|c| c.margin.initial = percent(9)));
		assert!(!tightens(|c| c.margin.target = percent(6)));
		assert!(!tightens(|c| c.margin.maintenance = percent(4)));
	}

	/// Margins that follow volatility, with one change.
	fn follows(change: impl FnOnce(&mut VolatilityMargin)) -> Config {
		let mut volatility = VolatilityMargin {
			base: percent(1),
			multiple: percent(700),
			usual: Some(Ratio::from_ppm(5_000)),
			floor: percent(4),
			cap: percent(16),
			rise: percent(25),
			fall: percent(5),
		};
		change(&mut volatility);
		with(|c| c.volatility = Some(volatility))
	}

	#[test]
	fn to_follow_volatility_at_the_usual_speed_is_tighter_than_not_to() {
		assert!(old().only_tightens(&follows(|_| ())) && !follows(|_| ()).only_tightens(&old()));
		assert!(!old().only_tightens(&follows(|v| v.rise = percent(26))));
		assert!(old().is_small_step(&follows(|_| ())) && follows(|_| ()).is_small_step(&old()));
		assert!(old().is_small_step(&follows(|v| v.floor = percent(10))));
		assert!(
			!old().is_small_step(&follows(|v| v.floor = percent(11))),
			"more than twice what is listed"
		);
		assert!(old().is_small_step(&follows(|v| v.base = percent(10))));
		assert!(
			!old().is_small_step(&follows(|v| v.base = percent(11))),
			"it is a floor as well"
		);
	}

	#[test]
	fn with_volatility_a_higher_maintenance_ratio_alone_loosens_the_others() {
		let tightens = |initial, target, maintenance| {
			let mut new = follows(|_| ());
			new.margin = MarginRatios {
				initial: Ratio::from_ppm(initial),
				target: Ratio::from_ppm(target),
				maintenance: Ratio::from_ppm(maintenance),
			};
			follows(|_| ()).only_tightens(&new)
		};
		assert!(tightens(120_000, 75_000, 60_000));
		assert!(tightens(110_000, 75_000, 60_000), "initially it is at least twice that");
		assert!(!tightens(120_000, 74_999, 60_000));
		let mut strict = follows(|_| ());
		strict.margin.initial = percent(20);
		let mut raised = strict;
		(raised.margin.maintenance, raised.margin.target) = (percent(8), percent(10));
		assert!(!strict.only_tightens(&raised), "four times it was, now two and a half");
		raised.margin.initial = percent(32);
		assert!(strict.only_tightens(&raised));
	}

	#[test]
	fn who_follows_volatility_is_tighter_with_larger_numbers_and_the_same_speed_up() {
		let tightens = |change: fn(&mut VolatilityMargin)| follows(|_| ()).only_tightens(&follows(change));
		assert!(tightens(|v| v.multiple = percent(701)) && !tightens(|v| v.multiple = percent(699)));
		assert!(tightens(|v| v.usual = Some(percent(1))) && !tightens(|v| v.usual = Some(Ratio::from_ppm(4_999))));
		assert!(
			!tightens(|v| v.usual = None),
			"what a long history makes of it may be less"
		);
		assert!(
			!follows(|v| v.usual = None).only_tightens(&follows(|_| ())),
			"it is less than the cap"
		);
		assert!(tightens(|v| v.floor = percent(5)) && !tightens(|v| v.floor = percent(3)));
		assert!(tightens(|v| v.cap = percent(17)) && !tightens(|v| v.cap = percent(15)));
		assert!(!tightens(|v| v.rise = percent(26)) && !tightens(|v| v.rise = percent(24)));
		assert!(tightens(|v| v.fall = percent(4)) && !tightens(|v| v.fall = percent(6)));
	}

	#[test]
	fn each_number_of_how_volatility_is_followed_doubles_or_halves_at_most() {
		let fields: [fn(&mut VolatilityMargin) -> &mut Ratio; 5] = [
			|v| &mut v.multiple,
			|v| &mut v.floor,
			|v| &mut v.cap,
			|v| &mut v.rise,
			|v| &mut v.fall,
		];
		for field in fields {
			let scaled = |numerator: u128, more: i128| {
				let to = |v: &mut VolatilityMargin| {
					*field(v) = Ratio::from_raw((field(v).raw() * numerator / 2).wrapping_add_signed(more))
				};
				follows(|_| ()).is_small_step(&follows(to))
			};
			assert!(scaled(4, 0) && scaled(1, 0) && !scaled(4, 1) && !scaled(1, -1));
		}
		let usual = |ppm| follows(|_| ()).is_small_step(&follows(|v| v.usual = Some(Ratio::from_ppm(ppm))));
		assert!(usual(10_000) && usual(2_500) && !usual(10_001) && !usual(2_499));
	}

	#[test]
	fn scales_and_caps_are_tighter_when_they_are_smaller() {
		let fields: [Field<Amount>; 5] = [
			|c| &mut c.size_scale,
			|c| &mut c.exposure_start,
			|c| &mut c.account_cap,
			|c| &mut c.deposit_cap,
			|c| &mut c.borrow_cap,
		];
		for field in fields {
			assert!(tightens(|c| *field(c) = Amount(999)));
			assert!(!tightens(|c| *field(c) = Amount(1_001)));
		}
		assert!(tightens(|c| c.unborrowable = percent(31)));
		assert!(!tightens(|c| c.unborrowable = percent(29)));
		assert!(tightens(|c| c.tier = Tier::IsolatedOnly));
		assert!(!with(|c| c.tier = Tier::IsolatedOnly).only_tightens(&old()));
	}

	#[test]
	fn a_window_is_tighter_when_it_lets_less_through_at_once_and_in_the_long_run() {
		let window = |most, period| {
			tightens(|c| {
				c.borrow_window = FlowLimit {
					most: Amount(most),
					period,
				}
			})
		};
		assert!(window(999, 1_000) && window(1_000, 1_001) && window(500, 500));
		assert!(!window(1_001, 2_000), "more at once");
		assert!(!window(500, 499), "more in the long run");
		let open = with(|c| c.borrow_window = FlowLimit::UNLIMITED);
		assert!(open.only_tightens(&old()) && !old().only_tightens(&open));
	}

	#[test]
	fn rates_reserve_and_least_amounts_are_neither_and_count_as_looser() {
		assert!(!tightens(|c| c.rate.base = percent(2)));
		assert!(!tightens(|c| c.rate.base = percent(0)));
		assert!(!tightens(|c| c.reserve_factor = percent(31)));
		assert!(!tightens(|c| c.min_amount = Amount(11)));
		assert!(!tightens(|c| c.min_debt = Amount(101)));
	}

	#[test]
	fn what_tightens_one_thing_and_loosens_another_loosens() {
		assert!(!tightens(|c| {
			c.margin.initial = percent(20);
			c.deposit_cap = Amount(1_001);
		}));
	}

	#[test]
	fn margin_scales_and_least_amounts_double_or_halve_at_most() {
		let ratios: [(Field<Ratio>, u128); 3] = [
			(|c| &mut c.margin.initial, percent(10).raw()),
			(|c| &mut c.margin.target, percent(5).raw() * 5 / 4),
			(|c| &mut c.margin.maintenance, percent(5).raw()),
		];
		for (field, old) in ratios {
			let small = |raw| is_small(|c| *field(c) = Ratio::from_raw(raw));
			assert!(small(2 * old) && small(old / 2) && !small(2 * old + 1) && !small(old / 2 - 1));
		}
		let amounts: [(Field<Amount>, u128); 4] = [
			(|c| &mut c.size_scale, 1_000),
			(|c| &mut c.exposure_start, 1_000),
			(|c| &mut c.min_amount, 10),
			(|c| &mut c.min_debt, 100),
		];
		for (field, old) in amounts {
			let small = |amount| is_small(|c| *field(c) = Amount(amount));
			assert!(small(2 * old) && small(old / 2) && !small(2 * old + 1) && !small(old / 2 - 1));
		}
	}

	#[test]
	fn a_scale_can_be_switched_on_at_any_size_and_not_off() {
		let off = with(|c| c.size_scale = Amount(u128::MAX));
		assert!(off.is_small_step(&with(|c| c.size_scale = Amount(1))));
		assert!(!old().is_small_step(&off));
		assert!(!is_small(|c| c.exposure_start = Amount(u128::MAX)));
	}

	#[test]
	fn caps_double_at_most_and_fall_to_any_amount() {
		let caps: [Field<Amount>; 3] = [|c| &mut c.account_cap, |c| &mut c.deposit_cap, |c| &mut c.borrow_cap];
		for cap in caps {
			let small = |amount| is_small(|c| *cap(c) = Amount(amount));
			assert!(small(0) && small(2_000) && !small(2_001));
			let closed = with(|c| *cap(c) = Amount(0));
			let opens = |amount| closed.is_small_step(&with(|c| *cap(c) = Amount(amount)));
			assert!(opens(20) && !opens(21), "from nothing it opens by the least amount");
		}
	}

	#[test]
	fn a_window_doubles_at_most_at_once_and_in_the_long_run() {
		let small = |most, period| {
			is_small(|c| {
				c.borrow_window = FlowLimit {
					most: Amount(most),
					period,
				}
			})
		};
		assert!(small(2_000, 1_000) && small(1_000, 500) && small(0, 1) && small(1_000, 1_000_000));
		assert!(!small(2_001, 100_000) && !small(1_000, 499) && !small(2_000, 999));
	}

	#[test]
	fn rates_and_shares_move_by_a_bounded_step() {
		let rates: [(Field<Ratio>, u32, u32); 3] = [
			(|c| &mut c.rate.base, 0, 12),
			(|c| &mut c.rate.rate_at_kink, 0, 30),
			(|c| &mut c.rate.rate_at_full, 95, 410),
		];
		for (field, least, most) in rates {
			let small = |ratio| is_small(|c| *field(c) = ratio);
			let beyond = |ratio: Ratio, by| Ratio::from_raw(ratio.raw().wrapping_add_signed(by));
			assert!(small(percent(least)) && small(percent(most)));
			assert!(!small(beyond(percent(most), 1)));
			assert!(least == 0 || !small(beyond(percent(least), -1)));
		}
		let shares: [Field<Ratio>; 2] = [|c| &mut c.reserve_factor, |c| &mut c.unborrowable];
		for field in shares {
			let small = |points| is_small(|c| *field(c) = percent(points));
			assert!(small(10) && small(50) && !small(9) && !small(51));
		}
		let kink = |points| is_small(|c| c.rate.kink = percent(points));
		assert!(kink(40) && kink(80) && !kink(39) && !kink(81));
	}
}
