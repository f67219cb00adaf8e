//! What one account may lose beyond its equity, against integrals in floats.
#![allow(clippy::float_arithmetic)]

use crate::put::{account_loss, attribute, fat_tailed_put, position_loss, ExpectedLoss, Exposure, SPLICE};
use core::f64::consts::PI;
use margin_math::{Ratio, Rounding, Value};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;
/// What roundings may come to, in 10^-18 dollars, on the sums that these tests use.
const DUST: i128 = 100_000_000;

fn exposure(dollars: i64, volatility_ppm: u32) -> Exposure {
	Exposure {
		delta: Value::from_dollars(dollars),
		volatility: Ratio::from_ppm(volatility_ppm),
	}
}

fn loss(exposures: &[Exposure]) -> ExpectedLoss {
	account_loss(exposures, HOUR).unwrap()
}

fn both(loss: ExpectedLoss) -> [i128; 2] {
	[loss.gaussian.raw(), loss.fat_tailed.raw()]
}

/// Whether neither form of `less` is above that of `more`, but for roundings.
fn no_more_than(less: ExpectedLoss, more: ExpectedLoss) -> bool {
	both(less)
		.into_iter()
		.zip(both(more))
		.all(|(less, more)| less <= more + DUST)
}

fn exposures() -> impl Strategy<Value = Vec<Exposure>> {
	let any = (-1_000_000i64..1_000_000, 0u32..50_000).prop_map(|(dollars, ppm)| exposure(dollars, ppm));
	proptest::collection::vec(any, 1..5)
}

/// The probability of a move beyond so many standard deviations, on a grid of them: normal, and with the tail.
struct Survival {
	at: Vec<f64>,
	normal: Vec<f64>,
	fat: Vec<f64>,
}

impl Survival {
	fn new() -> Self {
		let fine = (0..4_000).map(|step| f64::from(step) / 400.0);
		let coarse = (0..4_000).map(|step| 10.0 * 1.004f64.powi(step));
		let at: Vec<f64> = fine.chain(coarse).collect();
		let middle: Vec<f64> = at.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
		let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * PI).sqrt();
		// From far out inwards, by Simpson's rule between the middles.
		let mut normal = vec![0.0; middle.len()];
		for place in (0..middle.len() - 1).rev() {
			let (a, b) = (middle[place], middle[place + 1]);
			let area = (b - a) / 6.0 * (density(a) + 4.0 * density((a + b) / 2.0) + density(b));
			normal[place] = normal[place + 1] + area;
		}
		let splice = SPLICE.raw() as f64 / 1e18;
		let beyond = 0.040_059_156_863_817_06;
		let fat = middle.iter().zip(&normal).map(|(x, normal)| {
			if *x < splice {
				*normal
			} else {
				beyond * (x / splice).powf(-3.2)
			}
		});
		let fat = fat.collect();
		Self { at, normal, fat }
	}

	/// The mean of what is lost at a move, over the moves of a distribution.
	fn mean(&self, survival: &[f64], lost: impl Fn(f64) -> f64) -> f64 {
		let against = self
			.at
			.windows(2)
			.zip(survival)
			.map(|(pair, p)| (lost(pair[1]) - lost(pair[0])) * p);
		let towards = self
			.at
			.windows(2)
			.zip(survival)
			.map(|(pair, p)| (lost(-pair[1]) - lost(-pair[0])) * p);
		lost(0.0) + against.sum::<f64>() + towards.sum::<f64>()
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	#[test]
	fn the_loss_is_the_mean_of_what_the_debts_exceed_the_deposits_by(account in exposures()) {
		let survival = Survival::new();
		let sum = |of: &dyn Fn(&Exposure) -> f64, debt: bool| {
			account.iter().filter(|e| e.delta.is_negative() == debt).map(of).sum::<f64>()
		};
		let value = |e: &Exposure| (e.delta.raw() as f64 / 1e18).abs();
		let moved = |e: &Exposure| value(e) * (e.volatility.raw() as f64 / 1e18);
		let (deposits, debts) = (sum(&value, false), sum(&value, true));
		let (fall, rise) = (sum(&moved, false), sum(&moved, true));
		// Deposits are never worth less than nothing; where the equity is gone already, that is left out.
		let least = if deposits < debts { f64::NEG_INFINITY } else { 0.0 };
		let lost = |x: f64| (debts + rise * x - (deposits - fall * x).max(least)).max(0.0);

		let found = both(loss(&account)).map(|raw| raw as f64 / 1e18);
		for (found, tail) in found.into_iter().zip([&survival.normal, &survival.fat]) {
			let expected = if debts == 0.0 { 0.0 } else { survival.mean(tail, lost) };
			let close = (found - expected).abs() <= expected * 2e-3 + (fall + rise) * 2e-5;
			prop_assert!(close, "{found} where the model has {expected}");
		}
	}

	#[test]
	fn the_loss_rises_with_debt_and_with_volatility_and_falls_with_money(
		account in exposures(), which in 0usize..5, dollars in 1i64..100_000, ppm in 1u32..10_000,
	) {
		let now = loss(&account);
		let with = |more: Exposure| loss(&[&account[..], &[more]].concat());
		prop_assert!(no_more_than(now, with(exposure(-dollars, ppm))));
		prop_assert!(no_more_than(with(exposure(dollars, 0)), now));
		let mut wilder = account.clone();
		let place = which % wilder.len();
		wilder[place].volatility = wilder[place].volatility.saturating_add(Ratio::from_ppm(ppm));
		prop_assert!(no_more_than(now, loss(&wilder)));
		prop_assert!(no_more_than(now, account_loss(&account, HOUR * 2).unwrap()));
	}

	#[test]
	fn a_fat_tail_costs_no_less_on_any_account(account in exposures()) {
		let loss = loss(&account);
		prop_assert!(loss.gaussian.raw() >= 0 && loss.fat_tailed.raw() + DUST >= loss.gaussian.raw());
	}

	#[test]
	fn what_is_missing_already_is_lost_already(account in exposures()) {
		let equity = account.iter().fold(0, |sum, e| sum + e.delta.raw());
		prop_assert!(both(loss(&account)).into_iter().all(|lost| lost >= -equity));
	}

	#[test]
	fn the_parts_of_a_loss_add_up_to_it_exactly(account in exposures()) {
		let whole = loss(&account);
		let parts = attribute(whole, &account).unwrap();
		prop_assert_eq!(parts.len(), account.len());
		for form in [0, 1] {
			let forms = parts.iter().map(|part| both(*part)[form]);
			prop_assert!(forms.clone().all(|part| part >= 0));
			prop_assert_eq!(forms.sum::<i128>(), both(whole)[form]);
		}
	}

	#[test]
	fn an_account_at_its_margin_costs_no_more_than_its_balances_one_by_one(
		held in proptest::collection::vec((1i64..1_000_000, 0u32..50_000, 1u32..20), 1..4), ppm in 0u32..50_000, percent in 1u32..20,
	) {
		let mut account: Vec<Exposure> = held.iter().map(|(dollars, ppm, _)| exposure(*dollars, *ppm)).collect();
		let margins: Vec<Ratio> = held.iter().map(|(.., percent)| Ratio::from_percent(*percent)).collect();
		// Deposits less their margins are the debt and its margin.
		let secured: i128 = account
			.iter()
			.zip(&margins)
			.map(|(e, margin)| e.delta.mul_ratio(Ratio::ONE.saturating_sub(*margin), Rounding::Down).unwrap().raw())
			.sum();
		let margin = Ratio::from_percent(percent);
		let debt = Value::from_raw(secured).div_ratio(Ratio::ONE.saturating_add(margin), Rounding::Down).unwrap();
		account.push(Exposure { delta: debt.checked_neg().unwrap(), volatility: Ratio::from_ppm(ppm) });
		let one_by_one = account.iter().zip(margins.into_iter().chain([margin])).map(|(e, margin)| {
			let size = Value::from_raw(e.delta.raw().abs());
			position_loss(size, margin, e.volatility, HOUR).unwrap()
		});
		let sum = one_by_one.fold(ExpectedLoss::default(), |sum, part| sum.checked_add(part).unwrap());
		prop_assert!(no_more_than(loss(&account), sum));
	}
}

#[test]
fn whoever_owes_nothing_costs_nothing() {
	assert_eq!(loss(&[]), ExpectedLoss::default());
	assert_eq!(loss(&[exposure(1_000_000, 50_000)]), ExpectedLoss::default());
	assert_eq!(loss(&[exposure(0, 50_000)]), ExpectedLoss::default());
}

#[test]
fn a_small_debt_against_much_costs_less_than_the_debt() {
	// By the tail alone the collateral would be worth less than nothing too often.
	let loss = loss(&[exposure(1_000_000, 10_000), exposure(-1, 0)]).fat_tailed;
	assert!(loss > Value::ZERO && loss < Value::from_raw(Value::ONE.raw() / 10_000));
}

#[test]
fn a_short_is_a_put_on_what_it_owes() {
	// 10,000 dollars of it are owed, and half as much again lies against it.
	let loss = loss(&[exposure(15_000, 0), exposure(-10_000, 10_000)]).fat_tailed;
	let put = fat_tailed_put(Ratio::from_percent(50), Ratio::from_percent(1), HOUR);
	let expected = Value::from_dollars(10_000).mul_ratio(put, Rounding::Up).unwrap();
	assert!((loss.raw() - expected.raw()).abs() < DUST);
}

#[test]
fn an_account_that_cannot_move_costs_what_it_is_short_of() {
	let short = loss(&[exposure(1_000, 0), exposure(-1_500, 0)]);
	assert_eq!(both(short), [Value::from_dollars(500).raw(); 2]);
	let parts = attribute(short, &[exposure(1_000, 0), exposure(-1_500, 0)]).unwrap();
	assert_eq!(parts, [ExpectedLoss::default(), short]);
}

#[test]
fn values_that_do_not_fit_are_refused() {
	let far = |delta, volatility| Exposure { delta, volatility };
	let most = Value::from_raw(i128::MAX);
	for account in [
		&[far(Value::from_raw(i128::MIN), Ratio::ONE)][..],
		&[far(most, Ratio::ONE), far(most, Ratio::ONE)],
		&[far(most, Ratio::MAX)],
	] {
		assert_eq!(account_loss(account, HOUR), None);
	}
	assert_eq!(attribute(ExpectedLoss::default(), &[far(most, Ratio::MAX)]), None);
	assert_eq!(
		position_loss(most, Ratio::ZERO, Ratio::MAX, u64::MAX).unwrap().gaussian,
		most
	);
}
