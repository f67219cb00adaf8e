//! # Measuring the runtime
//!
//! `weights` runs every benchmark of the runtimes' own pallets, those of the programs of other chains, and those of
//! `pallet-balances` in the same run as the measure, inside the Wasm runtime; fits a line through what was measured; and
//! writes the weights as Rust that the runtimes compile, with a table of each in multiples of a balance transfer. `scale` measures keepers and blocks with up to a
//! million accounts ([`scale`]).

mod limits;
mod machine;
mod measure;
mod messages;
mod proof;
mod runtime;
mod scale;
mod table;
mod template;
mod wasm;
mod weight;

use clap::{Args, Parser};
use std::{
	collections::BTreeMap,
	error::Error,
	fs,
	path::{Path, PathBuf},
	process::Command,
};

/// What `margin-bench` understands.
#[derive(Parser)]
#[command(about)]
enum Cli {
	/// Measures the weights of calls and hooks and writes them.
	Weights(Weights),
	/// Measures keepers and blocks with many accounts.
	Scale(scale::Options),
}

/// What `margin-bench weights` understands.
#[derive(Args)]
struct Weights {
	/// Values tried of each component.
	#[arg(long, default_value_t = 16)]
	steps: u32,

	/// Measurements for each value.
	#[arg(long, default_value_t = 20)]
	repeat: u32,

	/// Where the weights are written, a file for each pallet.
	#[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime/common/src/weights/measured"))]
	weights: PathBuf,

	/// Where the table is written.
	#[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/weights.md"))]
	table: PathBuf,

	/// Only this pallet, to see whether its benchmarks run: prints the table and writes nothing.
	#[arg(long)]
	pallet: Option<String>,

	/// Only this benchmark of it.
	#[arg(long, requires = "pallet")]
	benchmark: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
	match Cli::parse() {
		Cli::Weights(options) => measure_weights(&options),
		Cli::Scale(options) => scale::run(&options),
	}
}

fn measure_weights(cli: &Weights) -> Result<(), Box<dyn Error>> {
	let runtime = runtime::BenchmarkRuntime::new()?;
	let mut pallets = BTreeMap::<String, Vec<weight::Measured>>::new();
	for benchmark in runtime.benchmarks(false)? {
		let other = |wanted: &Option<String>, name: &str| wanted.as_ref().is_some_and(|wanted| wanted != name);
		if other(&cli.pallet, &benchmark.pallet) || other(&cli.benchmark, &benchmark.name) {
			continue;
		}
		eprintln!("{}::{}", benchmark.pallet, benchmark.name);
		let measured = measure::measure(&runtime, &benchmark, cli.steps, cli.repeat)?;
		pallets.entry(benchmark.pallet).or_default().push(measured);
	}
	let run = format!("{}; {} steps, {} repeats", machine::describe(), cli.steps, cli.repeat);
	let table = table::render(&run, &pallets);
	println!("{table}");
	if cli.pallet.is_none() {
		for (pallet, weights) in &pallets {
			write_rust(
				&cli.weights.join(format!("{pallet}.rs")),
				&template::render(pallet, &run, weights),
			)?;
		}
		fs::write(&cli.table, table)?;
	}
	Ok(())
}

/// Writes Rust as the workspace formats it.
fn write_rust(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
	fs::write(path, text)?;
	let formatted = Command::new("rustfmt").args(["--edition", "2021"]).arg(path).status()?;
	formatted
		.success()
		.then_some(())
		.ok_or_else(|| format!("rustfmt refuses {}", path.display()).into())
}
