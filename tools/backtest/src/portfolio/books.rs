//! Random books.

use std::{f64::consts::TAU, fmt};

/// Kinds of books.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// Each value is normal.
	Normal,
	/// Each value is uniform between minus one and one.
	Uniform,
	/// Two assets, each with a normal value.
	Pair,
	/// Normal values less their mean: as much is owned as owed.
	Hedged,
}

impl Kind {
	/// All of them.
	pub const ALL: [Self; 4] = [Self::Normal, Self::Uniform, Self::Pair, Self::Hedged];

	/// One book of at least two assets: thousands of dollars of each.
	fn draw(self, assets: usize, draws: &mut Draws) -> Vec<f64> {
		match self {
			Self::Normal => (0..assets).map(|_| draws.normal()).collect(),
			Self::Uniform => (0..assets).map(|_| 2.0 * draws.uniform() - 1.0).collect(),
			Self::Pair => {
				let first = draws.below(assets);
				let second = (first + 1 + draws.below(assets - 1)) % assets;
				let mut book = vec![0.0; assets];
				book[first] = draws.normal();
				book[second] = draws.normal();
				book
			},
			Self::Hedged => {
				let mut book: Vec<f64> = (0..assets).map(|_| draws.normal()).collect();
				let mean = book.iter().sum::<f64>() / assets as f64;
				book.iter_mut().for_each(|value| *value -= mean);
				book
			},
		}
	}

	/// So many books: the same for the same seed, and others for another kind.
	pub fn books(self, assets: usize, count: usize, seed: u64) -> Vec<Vec<f64>> {
		let mut draws = Draws::new(seed.wrapping_mul(Self::ALL.len() as u64).wrapping_add(self as u64));
		(0..count).map(|_| self.draw(assets, &mut draws)).collect()
	}
}

impl fmt::Display for Kind {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		formatter.pad(match self {
			Self::Normal => "normal",
			Self::Uniform => "uniform",
			Self::Pair => "two assets",
			Self::Hedged => "hedged",
		})
	}
}

/// Random numbers, the same for the same seed: Steele, Lea and Flood's SplitMix64.
pub struct Draws(u64);

impl Draws {
	/// Those of a seed.
	pub const fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// From zero up to one.
	pub fn uniform(&mut self) -> f64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut bits = self.0;
		bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		((bits ^ (bits >> 31)) >> 11) as f64 / (1u64 << 53) as f64
	}

	/// Normal, by Box and Muller.
	pub fn normal(&mut self) -> f64 {
		let (radius, turn) = (1.0 - self.uniform(), self.uniform());
		(-2.0 * radius.ln()).sqrt() * (TAU * turn).cos()
	}

	/// Student's t with four degrees of freedom.
	pub fn fat(&mut self) -> f64 {
		let normal = self.normal();
		let mean_square = (0..4).map(|_| self.normal().powi(2)).sum::<f64>() / 4.0;
		normal / mean_square.sqrt()
	}

	/// A whole number below `bound`.
	fn below(&mut self, bound: usize) -> usize {
		(self.uniform() * bound as f64) as usize
	}
}
