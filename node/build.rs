//! Builds the runtime as Wasm, which chain specifications carry. The runtime's own unit tests do without.

use std::{env, path::Path};

fn main() {
	// As it is now: what is built may outlive the checkout that it was built from.
	let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
	let workspace = Path::new(&here).parent().expect("the node is part of a workspace");
	// The builder would look for the lock file above the target directory, which may lie elsewhere.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(workspace.join("runtime/solo/Cargo.toml"))
		.expect("the runtime is part of the same workspace")
		.export_heap_base()
		.import_memory()
		.build();
	println!("cargo:rerun-if-changed=build.rs");
}
