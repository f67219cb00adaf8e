//! Calls into the compiled runtime, as a node makes them.

use codec::Decode;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Extensions;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{Backend, OverlayedChanges, StateMachine};
use std::error::Error;

/// What the Wasm builder wrote.
#[cfg(feature = "runtime-benchmarks")]
#[allow(dead_code)]
mod built {
	pub mod appchain {
		include!(concat!(env!("OUT_DIR"), "/solo/debug/build/runtime/wasm_binary.rs"));
	}
	pub mod parachain {
		include!(concat!(
			env!("OUT_DIR"),
			"/parachain/debug/build/runtime/wasm_binary.rs"
		));
	}
}

/// Nothing was built.
#[cfg(not(feature = "runtime-benchmarks"))]
mod built {
	pub mod appchain {
		pub const WASM_BINARY: Option<&[u8]> = None;
	}
	pub mod parachain {
		pub const WASM_BINARY: Option<&[u8]> = None;
	}
}

/// What the runtimes ask of their host, with the clock of benchmarks.
pub type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	cumulus_primitives_proof_size_hostfunction::storage_proof_size::HostFunctions,
	frame_benchmarking::benchmarking::HostFunctions,
);

/// What calls have changed on top of a state.
pub type Changes = OverlayedChanges<BlakeTwo256>;

/// The runtime, compiled when it is first called.
pub struct Wasm {
	code: &'static [u8],
	hash: Vec<u8>,
	executor: WasmExecutor<HostFunctions>,
}

impl Wasm {
	/// The appchain's runtime, as it was built with this program.
	///
	/// # Errors
	/// When there is none.
	pub fn appchain() -> Result<Self, Box<dyn Error>> {
		Self::built(built::appchain::WASM_BINARY)
	}

	/// The parachain's runtime.
	///
	/// # Errors
	/// When there is none.
	pub fn parachain() -> Result<Self, Box<dyn Error>> {
		Self::built(built::parachain::WASM_BINARY)
	}

	fn built(code: Option<&'static [u8]>) -> Result<Self, Box<dyn Error>> {
		let code = code.ok_or("there is no runtime to measure: build with --features runtime-benchmarks")?;
		Ok(Self {
			code,
			hash: sp_core::blake2_256(code).to_vec(),
			executor: WasmExecutor::builder().build(),
		})
	}

	/// Its code.
	pub fn code(&self) -> &'static [u8] {
		self.code
	}

	/// Calls `method` on `state` with `changes` on top of it, and answers with what it returns, encoded.
	///
	/// # Errors
	/// When the runtime traps.
	pub fn call_raw<S: Backend<BlakeTwo256>>(
		&self,
		state: &S,
		changes: &mut Changes,
		extensions: &mut Extensions,
		method: &str,
		arguments: &[u8],
	) -> Result<Vec<u8>, Box<dyn Error>> {
		let fetcher = WrappedRuntimeCode(self.code.into());
		let code = RuntimeCode {
			code_fetcher: &fetcher,
			heap_pages: None,
			hash: self.hash.clone(),
		};
		let context = CallContext::Offchain;
		let answer = StateMachine::new(
			state,
			changes,
			&self.executor,
			method,
			arguments,
			extensions,
			&code,
			context,
		)
		.execute();
		Ok(answer.map_err(|error| format!("{method}: {error}"))?)
	}

	/// The same without anything from outside, decoded.
	///
	/// # Errors
	/// When the runtime traps, or answers with something else.
	pub fn call<Answer: Decode, S: Backend<BlakeTwo256>>(
		&self,
		state: &S,
		changes: &mut Changes,
		method: &str,
		arguments: &[u8],
	) -> Result<Answer, Box<dyn Error>> {
		let answer = self.call_raw(state, changes, &mut Extensions::default(), method, arguments)?;
		Ok(Answer::decode(&mut &answer[..])?)
	}
}
