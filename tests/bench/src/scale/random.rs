//! Numbers that look random and are the same in every run.

/// SplitMix64: a counter, well mixed.
pub struct Random(u64);

impl Random {
	/// Numbers that are all different for each `seed`.
	pub fn new(seed: u64) -> Self {
		Self(seed.wrapping_mul(0xd6e8_feb8_6659_fd93))
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// Above 0 and up to 1, evenly.
	pub fn even(&mut self) -> f64 {
		((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
	}

	/// Yes, with the probability `share`.
	pub fn happens(&mut self, share: f64) -> bool {
		self.even() <= share
	}

	/// Standard normal, by Box and Muller.
	fn normal(&mut self) -> f64 {
		let radius = (-2.0 * self.even().ln()).sqrt();
		radius * (std::f64::consts::TAU * self.even()).cos()
	}

	/// Lognormal with this median and this standard deviation of the logarithm.
	pub fn lognormal(&mut self, median: f64, deviation: f64) -> f64 {
		median * (deviation * self.normal()).exp()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_same_seed_should_give_the_same_numbers_and_another_one_others() {
		let draw = |seed| {
			let mut random = Random::new(seed);
			[random.even(), random.lognormal(2.0, 0.5)]
		};
		assert_eq!(draw(7), draw(7));
		assert_ne!(draw(7), draw(8));
	}

	#[test]
	fn lognormal_numbers_should_have_the_median_and_the_tail_that_were_asked_for() {
		let mut random = Random::new(1);
		let mut numbers: Vec<f64> = (0..20_000).map(|_| random.lognormal(2.5, 4f64.ln() / 2.3263)).collect();
		numbers.sort_by(f64::total_cmp);
		assert!((numbers[10_000] - 2.5).abs() < 0.05);
		assert!((numbers[19_800] - 10.0).abs() < 0.5);
	}
}
