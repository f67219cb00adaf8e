//! What a block of the parachain holds.

use frame_support::weights::Weight;
use margin_runtime::MAX_BLOCK_WEIGHT;
use margin_runtime_common::units::PARACHAIN_USERS_SHARE;

/// Bytes that the relay chain takes of a block and the state that it read.
const MAX_PROOF: u64 = 10 * 1024 * 1024;

/// What users' calls may take of a block, of its time and of its proof.
fn of_users() -> Weight {
	Weight::from_parts(
		PARACHAIN_USERS_SHARE.mul_floor(MAX_BLOCK_WEIGHT.ref_time()),
		PARACHAIN_USERS_SHARE.mul_floor(MAX_PROOF),
	)
}

/// One sentence on it.
pub fn describe() -> String {
	let users = of_users();
	format!(
		"Shares are of what users' calls may take of a block of the parachain: {:.2} s, and {:.1} MiB of proof.",
		users.ref_time() as f64 / 1e12,
		users.proof_size() as f64 / f64::from(1 << 20)
	)
}

/// What a weight takes of [`of_users`].
#[derive(Debug, PartialEq)]
pub struct Share {
	/// Of the time.
	pub time: f64,
	/// Of the proof.
	pub proof: f64,
	/// How many fit, by the one that runs out first.
	pub fit: u64,
}

impl Share {
	/// Of a weight.
	pub fn of(weight: Weight) -> Self {
		Self::of_limit(weight, of_users())
	}

	fn of_limit(weight: Weight, limit: Weight) -> Self {
		Self {
			time: weight.ref_time() as f64 / limit.ref_time() as f64,
			proof: weight.proof_size() as f64 / limit.proof_size() as f64,
			fit: limit.checked_div_per_component(&weight).unwrap_or(u64::MAX),
		}
	}

	/// As cells of a table.
	pub fn cells(&self) -> String {
		format!(
			"{:.3} % | {:.3} % | {}",
			self.time * 100.0,
			self.proof * 100.0,
			self.fit
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_runs_out_first_should_say_how_many_fit() {
		let limit = Weight::from_parts(1_000, 100);
		let share = Share::of_limit(Weight::from_parts(10, 25), limit);
		assert_eq!((share.time, share.proof, share.fit), (0.01, 0.25, 4));
		assert_eq!(Share::of_limit(Weight::from_parts(300, 1), limit).fit, 3);
	}
}
