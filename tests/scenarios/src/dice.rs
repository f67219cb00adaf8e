//! Random numbers that are the same in every run.

use sp_core::hashing::blake2_256;

/// A stream of random numbers from a seed.
pub struct Dice(u64, u64);

impl Dice {
	/// The stream of `seed`.
	pub fn new(seed: u64) -> Self {
		Self(seed, 0)
	}

	/// The next 32 bytes.
	pub fn bytes(&mut self) -> [u8; 32] {
		self.1 += 1;
		blake2_256(&[self.0.to_le_bytes(), self.1.to_le_bytes()].concat())
	}

	/// A number from zero up to `bound`, which it never is.
	pub fn below(&mut self, bound: u64) -> u64 {
		let [a, b, c, d, e, f, g, h, ..] = self.bytes();
		u64::from_le_bytes([a, b, c, d, e, f, g, h]) % bound
	}
}
