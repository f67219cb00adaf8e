//! The put that the protocol has written.
//!
//! An account that is closed at once owes the protocol nothing. One that can only be closed after a while may lose more
//! than its margin by then, and what it loses beyond is the protocol's: so each account at its margin is a put on its
//! position that the protocol has written, struck at the margin. Its value prices the insurance fee, and tells for how
//! long the fund is adequate.
//!
//! With a margin of `m`, a volatility of `sigma` for the square root of an hour and a horizon of `h` hours, a move has the
//! standard deviation `s = sigma sqrt(h)`, and the margin is `d = m / s` of them. The expected loss beyond it, as a
//! fraction of the position's value, is
//!
//! ```text
//! Gaussian     s (n(d) - d N(-d))                              L. Bachelier, Theorie de la speculation, 1900
//! fat-tailed   s (n(d) - d N(-d) - (n(u) - u N(-u)) + C)       for d < u, where the two differ by the tail beyond u
//!              s C (d / u)^(1 - alpha)                         for d >= u,   C = u N(-u) / (alpha - 1)
//! ```
//!
//! The fat-tailed form is a normal body up to `u` standard deviations with a Pareto tail beyond, of the same probability
//! where they meet: `P(X > x) = N(-u) (x / u)^-alpha` (P. Embrechts, C. Klueppelberg and T. Mikosch, Modelling Extremal
//! Events, 1997, chapter 6). `C` is its mean excess beyond `u`.
//!
//! Returns of these assets have such tails. Hourly returns of BTC and ETH from the end of 2019 to the end of 2023, in
//! units of the volatility that the margins follow, exceed 7 by 3.0e-3 on average, both sides counted, where a normal
//! distribution has 3.5e-13. Hill's estimate of the exponent is 3.2 beyond 3 or 4 standard deviations (the "cubic law" of
//! P. Gopikrishnan et al., European Physical Journal B 3, 1998, is close to it), and [`SPLICE`] is set so that the excess
//! beyond 7 is the one that was measured. The tests hold the fit from 2 to 8. These are moves from close to close: lows
//! and highs within the hour go further (4.6e-3 below and 2.9e-3 above), which is one reason for a load on the fee.
//!
//! One account is weighed by [`account_loss`], a book by its totals with [`securing`] and [`position_loss`].

mod account;
mod totals;

pub use account::{account_loss, attribute, ExpectedLoss, Exposure};
pub use totals::{position_loss, securing, Totals};

use margin_math::{mul_div, normal_loss, pow, sqrt, Ratio, Real, Rounding, Value};

/// The exponent of the Pareto tail: `alpha` = 3.2, measured on hourly returns of BTC and ETH, 2019 to 2023.
pub const TAIL_EXPONENT: Real = Real::from_percent(320);
/// Where the tail begins, in standard deviations: `u` = 1.75, beyond which a normal distribution has 4 %.
pub const SPLICE: Ratio = Ratio::from_percent(175);

/// The load on the insurance fee: by so much the lows within an hour, 4.6e-3 beyond 7 standard deviations, go further than
/// the closes that the put is fitted to, 3.0e-3.
pub const FEE_LOAD: Ratio = Ratio::from_percent(55);

/// `1 - alpha`: how the mean excess falls with the margin.
const EXCESS_EXPONENT: Real = Real::from_raw(Real::ONE.raw().saturating_sub(TAIL_EXPONENT.raw()));
/// `u N(-u) / (alpha - 1)`, the mean excess of the tail beyond the splice, rounded up.
const TAIL_BEYOND_SPLICE: Ratio = Ratio::from_raw(31_865_238_414_399_959);
/// `n(u) - u N(-u)`, that of the normal distribution, rounded down.
const NORMAL_BEYOND_SPLICE: Ratio = Ratio::from_raw(16_173_794_314_831_606);

/// Milliseconds of an hour.
const HOUR: u128 = 3_600_000;

/// The expected loss beyond the margin under normal returns, as a fraction of the position's value, rounded up.
///
/// `margin` is a fraction of the value, `sigma` the standard deviation of an hour's return. It falls as the margin rises,
/// rises with volatility and horizon, and is at most one. Without volatility it is zero.
///
/// ```
/// use margin_math::Ratio;
/// use margin_risk::put::gaussian_put;
/// // A margin of 2 %, which an hour's move at 1 % reaches at two standard deviations.
/// let loss = gaussian_put(Ratio::from_percent(2), Ratio::from_percent(1), 3_600_000);
/// assert_eq!(loss, Ratio::from_raw(84_907_026_168_297));
/// ```
pub fn gaussian_put(margin: Ratio, sigma: Ratio, horizon_ms: u64) -> Ratio {
	expected_loss(margin, sigma, horizon_ms, |distance| {
		normal_loss(distance, Rounding::Up)
	})
}

/// The expected loss beyond the margin under returns with the Pareto tail, as a fraction of the position's value, rounded
/// up.
///
/// Like [`gaussian_put`], and never below it.
///
/// ```
/// use margin_math::Ratio;
/// use margin_risk::put::{fat_tailed_put, gaussian_put};
/// // Seven standard deviations: 1.5e-3 of one of them, where a normal distribution has 1.8e-13.
/// let (margin, sigma) = (Ratio::from_percent(7), Ratio::from_percent(1));
/// assert_eq!(fat_tailed_put(margin, sigma, 3_600_000).raw() / 1_000_000_000_000, 15);
/// assert_eq!(gaussian_put(margin, sigma, 3_600_000), Ratio::from_raw(1_761));
/// ```
pub fn fat_tailed_put(margin: Ratio, sigma: Ratio, horizon_ms: u64) -> Ratio {
	expected_loss(margin, sigma, horizon_ms, fat_tailed_loss)
}

/// What an hour of the put costs with the insurer's load on top, `put (1 + load) / hours`, as a fraction of the
/// position's value, rounded up.
///
/// `put` is the expected loss over the horizon. `None` for a horizon of zero, or if it does not fit.
///
/// ```
/// use margin_math::Ratio;
/// use margin_risk::put::fee_rate;
/// // 0.1 % over four hours, and a quarter of it on top.
/// let fee = fee_rate(Ratio::from_ppm(1_000), 14_400_000, Ratio::from_percent(25));
/// assert_eq!(fee, Some(Ratio::from_raw(312_500_000_000_000)));
/// ```
pub fn fee_rate(put: Ratio, horizon_ms: u64, load: Ratio) -> Option<Ratio> {
	let loaded = put.checked_mul(Ratio::ONE.checked_add(load)?, Rounding::Up)?;
	mul_div(loaded.raw(), HOUR, horizon_ms.into(), Rounding::Up).map(Ratio::from_raw)
}

/// For how many hours a fund pays for the expected losses, rounded down.
///
/// Zero for a fund that has nothing, and `u64::MAX` where nothing is expected to be lost, or for a time beyond that.
///
/// ```
/// use margin_math::Value;
/// use margin_risk::put::adequacy_hours;
/// assert_eq!(adequacy_hours(Value::from_dollars(1_000), Value::from_dollars(3)), 333);
/// assert_eq!(adequacy_hours(Value::from_dollars(1_000), Value::ZERO), u64::MAX);
/// ```
pub fn adequacy_hours(fund: Value, expected_loss_per_hour: Value) -> u64 {
	if fund <= Value::ZERO {
		return 0;
	}
	if expected_loss_per_hour <= Value::ZERO {
		return u64::MAX;
	}
	let hours = fund.raw().checked_div(expected_loss_per_hour.raw()).unwrap_or_default();
	u64::try_from(hours).unwrap_or(u64::MAX)
}

/// The loss beyond the margin, of which `loss` gives that of a standard normal move beyond so many standard deviations.
fn expected_loss(margin: Ratio, sigma: Ratio, horizon_ms: u64, loss: impl Fn(Ratio) -> Ratio) -> Ratio {
	let Some(deviation) = deviation(sigma, horizon_ms) else {
		return Ratio::ONE;
	};
	if deviation.is_zero() {
		return Ratio::ZERO;
	}
	// A distance that does not fit is beyond every move.
	let distance = margin.checked_div(deviation, Rounding::Down).unwrap_or(Ratio::MAX);
	deviation
		.checked_mul(loss(distance), Rounding::Up)
		.map_or(Ratio::ONE, |loss| loss.min(Ratio::ONE))
}

/// `sigma sqrt(h)`, rounded up; `None` if it does not fit.
fn deviation(sigma: Ratio, horizon_ms: u64) -> Option<Ratio> {
	let hours = Ratio::of(horizon_ms.into(), HOUR, Rounding::Up)?;
	sigma.checked_mul(sqrt(hours, Rounding::Up), Rounding::Up)
}

/// The mean excess of a move in standard deviations beyond `distance` of them, rounded up.
fn fat_tailed_loss(distance: Ratio) -> Ratio {
	if distance < SPLICE {
		let body = normal_loss(distance, Rounding::Up).saturating_sub(NORMAL_BEYOND_SPLICE);
		return body.saturating_add(TAIL_BEYOND_SPLICE);
	}
	// From one on, so that the power is at most one and the two forms meet at the splice.
	let beyond = distance.checked_div(SPLICE, Rounding::Down).unwrap_or(Ratio::MAX);
	let share = pow(beyond, EXCESS_EXPONENT, Rounding::Up).unwrap_or(Ratio::ONE);
	TAIL_BEYOND_SPLICE
		.checked_mul(share, Rounding::Up)
		.unwrap_or(TAIL_BEYOND_SPLICE)
}
