//! # The parachain's runtime as Wasm
//!
//! What collators, the relay chain and the stock omni-node are given. The build writes it below the target directory, as
//! `debug/wbuild/margin-parachain-runtime/margin_parachain_runtime.compact.compressed.wasm`, and this crate calls it.

use codec::Decode;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Externalities;
use std::error::Error;

mod built {
	#![allow(dead_code, missing_docs)]
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

/// What the runtime asks of a collator's host.
pub type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	cumulus_primitives_proof_size_hostfunction::storage_proof_size::HostFunctions,
);

/// The runtime's code.
///
/// # Errors
/// When this crate was built without it.
pub fn code() -> Result<&'static [u8], Box<dyn Error>> {
	built::WASM_BINARY.ok_or_else(|| "there is no runtime: build this crate without SKIP_WASM_BUILD".into())
}

/// Calls `method` of the runtime on what `state` holds, with arguments as they are encoded.
///
/// # Errors
/// When there is no runtime, it traps, or it answers with something else.
pub fn call<Answer: Decode>(
	state: &mut dyn Externalities,
	method: &str,
	arguments: &[u8],
) -> Result<Answer, Box<dyn Error>> {
	let code = code()?;
	let fetcher = WrappedRuntimeCode(code.into());
	let runtime = RuntimeCode {
		code_fetcher: &fetcher,
		heap_pages: None,
		hash: sp_core::blake2_256(code).to_vec(),
	};
	let executor = WasmExecutor::<HostFunctions>::builder().build();
	let (answer, _) = executor.call(state, &runtime, method, arguments, CallContext::Offchain);
	Ok(Answer::decode(&mut &answer?[..])?)
}
