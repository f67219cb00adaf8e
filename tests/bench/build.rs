//! Builds the runtimes with their benchmarks as Wasm.

fn main() {
	println!("cargo:rerun-if-changed=build.rs");
	#[cfg(feature = "runtime-benchmarks")]
	for runtime in ["parachain", "solo"] {
		build_runtime(runtime);
	}
}

/// The Wasm builder keeps its work under the directory above the nearest `build` in `OUT_DIR`. It is given one of this
/// crate's own, so that the runtime with benchmarks never ends up where the node looks for its runtime.
#[cfg(feature = "runtime-benchmarks")]
fn build_runtime(name: &str) {
	use std::{env, fs, path::Path};
	let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
		.ancestors()
		.nth(2)
		.expect("this crate is part of a workspace");
	let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
	let own = Path::new(&out).join(name).join("debug/build/runtime");
	fs::create_dir_all(&own).expect("OUT_DIR can be written to");
	// The builder dates what it builds by this file, as cargo leaves it above the true OUT_DIR.
	fs::write(own.with_file_name("invoked.timestamp"), "").expect("OUT_DIR can be written to");
	env::set_var("OUT_DIR", &own);
	env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(workspace.join("runtime").join(name).join("Cargo.toml"))
		.expect("the runtime is part of the same workspace")
		.export_heap_base()
		.import_memory()
		.build();
	env::set_var("OUT_DIR", out);
}
