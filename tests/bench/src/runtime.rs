//! The runtime with benchmarks, on the state of the development preset.

use crate::{
	proof::Layout,
	wasm::{Changes, HostFunctions, Wasm},
};
use codec::Encode;
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList, BenchmarkParameter, BenchmarkResult};
use frame_support::traits::StorageInfo;
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_client_db::bench::BenchmarkingState;
use sp_runtime::traits::BlakeTwo256;
use sp_storage::Storage;
use std::error::Error;

/// A component with its least and largest value.
pub type Component = (BenchmarkParameter, u32, u32);

/// A benchmark of the runtime.
pub struct Benchmark {
	/// The pallet's crate, such as `pallet_margin`.
	pub pallet: String,
	/// Its name in the runtime.
	pub instance: String,
	/// The benchmark, a function of the pallet's `WeightInfo`.
	pub name: String,
	/// What it varies over.
	pub components: Vec<Component>,
}

/// A runtime that can be measured.
pub struct BenchmarkRuntime {
	/// What it keeps in storage.
	pub layout: Layout,
	wasm: Wasm,
	genesis: Storage,
}

impl BenchmarkRuntime {
	/// The parachain's, which has all that is to be measured: every pallet of the appchain, from the same code and with the
	/// same configuration, and those that only a parachain has.
	pub fn new() -> Result<Self, Box<dyn Error>> {
		let wasm = Wasm::parachain()?;
		let caller = GenesisConfigBuilderRuntimeCaller::<HostFunctions>::new(wasm.code());
		let genesis = caller.get_storage_for_named_preset(Some(&"development".to_string()))?;
		let (_, infos) = metadata(&wasm, &genesis, false)?;
		Ok(Self {
			layout: Layout::new(&infos)?,
			wasm,
			genesis,
		})
	}

	/// Every benchmark that weights come from; with those that are there for other figures, if `extra`.
	pub fn benchmarks(&self, extra: bool) -> Result<Vec<Benchmark>, Box<dyn Error>> {
		let (lists, _) = metadata(&self.wasm, &self.genesis, extra)?;
		let mut benchmarks = Vec::new();
		for list in lists {
			for benchmark in list.benchmarks {
				benchmarks.push(Benchmark {
					pallet: String::from_utf8(list.pallet.clone())?,
					instance: String::from_utf8(list.instance.clone())?,
					name: String::from_utf8(benchmark.name)?,
					components: benchmark.components,
				});
			}
		}
		Ok(benchmarks)
	}

	/// Runs `benchmark` at `at`, `repeats` times; `tracking` counts what storage is touched, which takes time of its
	/// own. The benchmark's own assertions run when tracking.
	pub fn run(
		&self,
		benchmark: &Benchmark,
		at: &[(BenchmarkParameter, u32)],
		repeats: u32,
		tracking: bool,
	) -> Result<Vec<BenchmarkResult>, Box<dyn Error>> {
		let config = BenchmarkConfig {
			pallet: benchmark.pallet.clone().into_bytes(),
			instance: benchmark.instance.clone().into_bytes(),
			benchmark: benchmark.name.clone().into_bytes(),
			selected_components: at.to_vec(),
			verify: false,
			internal_repeats: repeats,
		};
		let state = self.state(tracking)?;
		if tracking {
			self.dispatch(
				&state,
				&BenchmarkConfig {
					verify: true,
					internal_repeats: 1,
					..config.clone()
				},
			)?;
		}
		self.dispatch(&state, &config)
	}

	fn dispatch(
		&self,
		state: &BenchmarkingState<BlakeTwo256>,
		config: &BenchmarkConfig,
	) -> Result<Vec<BenchmarkResult>, Box<dyn Error>> {
		let answer: Result<Vec<BenchmarkBatch>, String> = self.wasm.call(
			state,
			&mut Changes::default(),
			"Benchmark_dispatch_benchmark",
			&config.encode(),
		)?;
		Ok(answer?.into_iter().flat_map(|batch| batch.results).collect())
	}

	fn state(&self, tracking: bool) -> Result<BenchmarkingState<BlakeTwo256>, String> {
		state(&self.genesis, tracking)
	}
}

/// Its benchmarks, and what it keeps in storage.
type Metadata = (Vec<BenchmarkList>, Vec<StorageInfo>);

fn metadata(wasm: &Wasm, genesis: &Storage, extra: bool) -> Result<Metadata, Box<dyn Error>> {
	wasm.call(
		&state(genesis, false)?,
		&mut Changes::default(),
		"Benchmark_benchmark_metadata",
		&extra.encode(),
	)
}

fn state(genesis: &Storage, tracking: bool) -> Result<BenchmarkingState<BlakeTwo256>, String> {
	BenchmarkingState::new(genesis.clone(), None, true, tracking)
}
