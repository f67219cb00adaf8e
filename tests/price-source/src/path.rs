//! The way a price takes through its candles, without a jump.
//!
//! Within an hour the price goes from the last close to the open, then to the low and the high (the low first when
//! the hour rises, the high first when it falls), then to the close, in straight lines and at one speed. One speed
//! keeps the largest step a second as small as an hour's candle lets it, so that compressed time does not jump.

use crate::{
	candles::{Candle, HOUR},
	fixed::Fixed,
};

/// A price at a moment. The moment is in milliseconds of candle time since the first candle opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Knot {
	at: u64,
	price: Fixed,
}

/// A continuous price over the time of all candles.
#[derive(Clone, Debug)]
pub struct Path {
	knots: Vec<Knot>,
}

impl Path {
	/// Lays the way through candles that follow each other by the hour. `None` when there are none.
	pub fn through(candles: &[Candle]) -> Option<Self> {
		let mut last = candles.first()?.open;
		let mut knots = vec![Knot { at: 0, price: last }];
		for (begin, candle) in (0..).step_by(HOUR_MS as usize).zip(candles) {
			knots.extend(stops(last, candle, begin));
			last = candle.close;
		}
		Some(Self { knots })
	}

	/// The price at a moment: milliseconds of candle time since the first candle opened. Stays at the last close.
	pub fn at(&self, moment: u64) -> Fixed {
		let after = self.knots.partition_point(|knot| knot.at <= moment);
		let Some(to) = self.knots.get(after) else {
			return self.knots[self.knots.len() - 1].price;
		};
		// The first knot is at 0, so one is always before.
		let from = self.knots[after - 1];
		from.price
			.towards(to.price, (moment - from.at).into(), (to.at - from.at).into())
	}
}

/// Milliseconds in a candle.
pub const HOUR_MS: u64 = HOUR * 1_000;

/// The stops of one hour, each at the time that one speed over the whole way gives it.
fn stops(last: Fixed, candle: &Candle, begin: u64) -> Vec<Knot> {
	let rises = candle.close >= candle.open;
	let (first, second) = if rises {
		(candle.low, candle.high)
	} else {
		(candle.high, candle.low)
	};
	let way = [last, candle.open, first, second, candle.close];
	let whole: u128 = way.windows(2).map(|leg| leg[0].distance(leg[1]).raw()).sum();
	let mut knots = Vec::new();
	let mut gone = 0;
	for leg in way.windows(2) {
		let length = leg[0].distance(leg[1]).raw();
		gone += length;
		if length > 0 {
			let share = u128::from(HOUR_MS) * gone / whole;
			knots.push(Knot {
				at: begin + share as u64,
				price: leg[1],
			});
		}
	}
	if knots.is_empty() {
		knots.push(Knot {
			at: begin + HOUR_MS,
			price: candle.close,
		});
	}
	knots
}

#[cfg(test)]
mod tests {
	use super::*;

	fn candle(hour: u64, [open, high, low, close]: [u32; 4]) -> Candle {
		Candle {
			time: hour * HOUR,
			open: Fixed::whole(open),
			high: Fixed::whole(high),
			low: Fixed::whole(low),
			close: Fixed::whole(close),
		}
	}

	#[test]
	fn a_falling_hour_sees_its_high_before_its_low() {
		// 100 -> 110 -> 80 -> 90: legs of 10, 30 and 10, so the high is met after a fifth of the hour.
		let path = Path::through(&[candle(0, [100, 110, 80, 90])]).unwrap();
		assert_eq!(path.at(0), Fixed::whole(100));
		assert_eq!(path.at(HOUR_MS / 5), Fixed::whole(110));
		assert_eq!(path.at(HOUR_MS * 4 / 5), Fixed::whole(80));
		assert_eq!(path.at(HOUR_MS), Fixed::whole(90));
	}

	#[test]
	fn a_rising_hour_sees_its_low_before_its_high() {
		let path = Path::through(&[candle(0, [90, 110, 80, 100])]).unwrap();
		assert_eq!(path.at(HOUR_MS / 5), Fixed::whole(80));
		assert_eq!(path.at(HOUR_MS * 4 / 5), Fixed::whole(110));
	}

	#[test]
	fn an_open_away_from_the_last_close_is_walked_to_and_not_jumped_to() {
		let path = Path::through(&[candle(0, [100, 100, 100, 100]), candle(1, [104, 104, 100, 100])]).unwrap();
		assert_eq!(path.at(HOUR_MS), Fixed::whole(100));
		assert_eq!(path.at(HOUR_MS + HOUR_MS / 4), Fixed::whole(102));
		assert_eq!(path.at(HOUR_MS + HOUR_MS / 2), Fixed::whole(104));
	}

	#[test]
	fn a_still_hour_stays_still() {
		let path = Path::through(&[candle(0, [5, 5, 5, 5]), candle(1, [5, 6, 5, 6])]).unwrap();
		assert_eq!(path.at(HOUR_MS / 2), Fixed::whole(5));
		assert_eq!(path.at(2 * HOUR_MS), Fixed::whole(6));
	}

	#[test]
	fn after_the_last_candle_the_price_stays() {
		let path = Path::through(&[candle(0, [100, 110, 80, 90])]).unwrap();
		assert_eq!(path.at(50 * HOUR_MS), Fixed::whole(90));
	}

	#[test]
	fn no_candles_give_no_path() {
		assert!(Path::through(&[]).is_none());
	}
}
