//! What a feed weighs.
//!
//! The weights that `orml-oracle` ships were measured in 2021 with one operator; a feed reads the value of every
//! member for every key. This pallet benchmarks them with a full list of members, and [`OracleWeights`] hands the
//! result to the oracle.

use core::marker::PhantomData;
use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of the oracle under this pallet's feeds.
pub trait WeightInfo {
	/// A feed of `v` values with a full list of members.
	fn feed_values(v: u32) -> Weight;
	/// The oracle's work at the end of a block.
	fn on_finalize() -> Weight;
}

/// `orml-oracle`'s weights from this pallet's benchmarks.
pub struct OracleWeights<W>(PhantomData<W>);

impl<W: WeightInfo> orml_oracle::WeightInfo for OracleWeights<W> {
	fn feed_values(values: u32) -> Weight {
		W::feed_values(values)
	}
	fn on_finalize() -> Weight {
		W::on_finalize()
	}
}

/// For tests.
impl WeightInfo for () {
	fn feed_values(v: u32) -> Weight {
		RocksDbWeight::get()
			.reads_writes(2, 1)
			.saturating_add(RocksDbWeight::get().reads_writes(8, 2).saturating_mul(v.into()))
	}
	fn on_finalize() -> Weight {
		RocksDbWeight::get().writes(1)
	}
}
