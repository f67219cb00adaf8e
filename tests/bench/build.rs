//! Builds the runtime with its benchmarks as Wasm.

fn main() {
	println!("cargo:rerun-if-changed=build.rs");
	#[cfg(feature = "runtime-benchmarks")]
	build_runtime();
}

/// The Wasm builder keeps its work under the directory above the nearest `build` in `OUT_DIR`. It is given one of this
/// crate's own, so that the runtime with benchmarks never ends up where the node looks for its runtime.
#[cfg(feature = "runtime-benchmarks")]
fn build_runtime() {
	use std::{env, fs, path::Path};
	// As it is now: what is built may outlive the checkout that it was built from.
	let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
	let workspace = Path::new(&here)
		.ancestors()
		.nth(2)
		.expect("this crate is part of a workspace");
	let own = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("debug/build/runtime");
	fs::create_dir_all(&own).expect("OUT_DIR can be written to");
	// The builder dates what it builds by this file, as cargo leaves it above the true OUT_DIR.
	fs::write(own.with_file_name("invoked.timestamp"), "").expect("OUT_DIR can be written to");
	env::set_var("OUT_DIR", &own);
	env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(workspace.join("runtime/solo/Cargo.toml"))
		.expect("the runtime is part of the same workspace")
		.export_heap_base()
		.import_memory()
		.build();
}
