//! Where the measurements were taken: a weight means little without it.

use std::{fs, thread};

/// One line on the machine and the build.
pub fn describe() -> String {
	let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
	format!(
		"{}, {} cores; runtime as compiled Wasm, host built with the {profile} profile",
		processor(),
		thread::available_parallelism().map_or(1, usize::from),
	)
}

fn processor() -> String {
	fs::read_to_string("/proc/cpuinfo")
		.ok()
		.and_then(|info| {
			let line = info.lines().find(|line| line.starts_with("model name"))?;
			Some(line.split_once(':')?.1.trim().to_string())
		})
		.unwrap_or_else(|| std::env::consts::ARCH.to_string())
}
