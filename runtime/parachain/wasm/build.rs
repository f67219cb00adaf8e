//! Builds the parachain's runtime as Wasm, which the relay chain and collators execute.

use std::{env, path::Path};

fn main() {
	// As it is now: what is built may outlive the checkout that it was built from.
	let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
	let runtime = Path::new(&here)
		.parent()
		.expect("this crate lies in its runtime's folder");
	let workspace = runtime.ancestors().nth(2).expect("the runtime is part of a workspace");
	// The builder would look for the lock file above the target directory, which may lie elsewhere.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(runtime.join("Cargo.toml"))
		.expect("the runtime is part of the same workspace")
		.export_heap_base()
		.import_memory()
		.build();
	println!("cargo:rerun-if-changed=build.rs");
}
