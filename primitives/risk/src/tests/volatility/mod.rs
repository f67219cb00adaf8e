//! The volatility of an asset and the correlation of two: against floats on real prices, over gaps, and on any input.
#![allow(clippy::float_arithmetic)]

mod correlation;
mod estimator;
mod gaps;
mod properties;
mod reference;

use crate::volatility::{bucket_at, Bucket, Estimator, Folded, BUCKET_MS};
use margin_math::Price;

pub const HOUR_MS: u64 = 12 * BUCKET_MS;
pub const DAY_MS: u64 = 24 * HOUR_MS;
/// The start of an hour.
pub const START: u64 = 1_584_000_000_000;

/// Dollars and parts of a million of them.
pub fn price(dollars: f64) -> Price {
	Price::from_raw((dollars * 1e6).round() as u128 * 1_000_000_000_000)
}

/// An estimator with the bucket under way, as the chain keeps both.
#[derive(Default)]
pub struct Feed {
	pub estimator: Estimator,
	open: Option<Bucket>,
	close: Price,
}

impl Feed {
	/// The clock shows `now`: a bucket that has ended is closed.
	pub fn tick(&mut self, now: u64) -> Folded {
		match self.open.filter(|bucket| bucket.has_ended(now)) {
			Some(ended) => {
				self.open = None;
				self.estimator.fold(ended, self.close)
			},
			None => Folded::default(),
		}
	}

	/// A price was accepted at `now`.
	pub fn observe(&mut self, price: Price, now: u64) -> Folded {
		let folded = self.tick(now);
		self.open = Some(self.open.map_or(Bucket::open(price, now), |bucket| bucket.with(price)));
		self.close = price;
		folded
	}

	/// Prices that go up and down by so much around 100 dollars every five minutes, from `from` up to `to`.
	pub fn swing(&mut self, half_width: f64, from: u64, to: u64) {
		for number in bucket_at(from)..bucket_at(to) {
			let start = number * BUCKET_MS;
			self.observe(price(100.0 * (1.0 + half_width)), start);
			self.observe(price(100.0 * (1.0 - half_width)), start + BUCKET_MS / 2);
		}
		self.tick(to);
	}

	/// A price that stands, said every five minutes.
	pub fn stand(&mut self, at: f64, from: u64, to: u64) {
		for number in bucket_at(from)..bucket_at(to) {
			self.observe(price(at), number * BUCKET_MS);
		}
		self.tick(to);
	}

	/// The volatility now, in percent of the price an hour.
	pub fn percent(&self, now: u64) -> f64 {
		self.estimator.estimate(now).volatility.raw() as f64 / 1e16
	}
}
