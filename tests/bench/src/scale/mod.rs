//! # How keepers and blocks keep up with many accounts
//!
//! Opens accounts on the development preset, in a database as a node's; moves prices; and measures in the compiled
//! runtime how long a keeper's pass takes against a scan of all accounts, how much of what it looks at is truly below
//! maintenance, and a block full of liquidations.

mod block;
mod book;
mod chain;
mod database;
mod feed;
mod figures;
mod keeper;
mod market;
mod population;
mod random;
mod rates;
mod report;
mod scan;

use crate::{machine, runtime::BenchmarkRuntime, wasm::Wasm};
use chain::Chain;
use clap::Args;
use market::{Move, MOVES};
use report::{Block, Pass, Report, Size};
use std::{error::Error, fs, path::PathBuf};

/// What `margin-bench scale` understands.
#[derive(Args)]
pub struct Options {
	/// Numbers of accounts to measure with.
	#[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000, 1_000_000])]
	accounts: Vec<u32>,

	/// Where `scale.json` and `scale.md` are written.
	#[arg(long, default_value = env!("CARGO_MANIFEST_DIR"))]
	out: PathBuf,
}

/// Measures, prints the table and writes it.
///
/// # Errors
/// When anything fails: a measurement is whole or not at all.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
	let wasm = Wasm::appchain()?;
	let mut report = Report {
		machine: machine::describe(),
		sizes: Vec::new(),
		rates: rates::measure(&BenchmarkRuntime::new()?)?,
	};
	for accounts in &options.accounts {
		report.sizes.push(measure(&wasm, *accounts)?);
	}
	let text = report.markdown();
	println!("{text}");
	fs::write(options.out.join("scale.md"), text)?;
	fs::write(
		options.out.join("scale.json"),
		serde_json::to_string_pretty(&report)? + "\n",
	)?;
	Ok(())
}

/// Blocks are measured where so many accounts are below maintenance.
const FULL_BLOCK: u32 = 1_000;

fn measure(wasm: &Wasm, accounts: u32) -> Result<Size, Box<dyn Error>> {
	eprintln!("{accounts} accounts: writing the state");
	let chain = Chain::with_accounts(wasm, accounts)?;
	// What the node's caches hold of the accounts must not make the first measurement slower than the others.
	scan::scan(&chain, &MOVES[0])?;
	let (mut passes, mut blocks) = (Vec::new(), Vec::new());
	for prices in &MOVES {
		eprintln!("{accounts} accounts: {}", prices.name);
		let (pass, sent) = measure_pass(&chain, prices)?;
		if pass.below >= FULL_BLOCK && blocks.is_empty() {
			blocks = measure_blocks(&chain, prices, &sent)?;
		}
		passes.push(pass);
	}
	let (median_leverage, high_leverage) = population::leverage(accounts);
	Ok(Size {
		accounts,
		median_leverage,
		high_leverage,
		written_in_seconds: chain.written_in.as_secs_f64(),
		megabytes: chain.database.size()? / 1_000_000,
		passes,
		blocks,
	})
}

/// Encoded transactions that a keeper sent.
type Sent = Vec<Vec<u8>>;

fn measure_pass(chain: &Chain, prices: &Move) -> Result<(Pass, Sent), Box<dyn Error>> {
	let pass = keeper::pass(chain, prices)?;
	let scan = scan::scan(chain, prices)?;
	let measured = Pass {
		prices: prices.name,
		below: scan.below,
		candidates: pass.report.scanned,
		found: pass.report.found,
		transactions: u32::try_from(pass.sent.len())?,
		keeper_milliseconds: pass.time.as_secs_f64() * 1e3,
		scan_milliseconds: scan.time.as_secs_f64() * 1e3,
	};
	Ok((measured, pass.sent))
}

fn measure_blocks(chain: &Chain, prices: &Move, sent: &[Vec<u8>]) -> Result<Vec<Block>, Box<dyn Error>> {
	let mut blocks = Vec::new();
	for duty in [true, false] {
		let built = block::build(chain, prices, sent, duty)?;
		blocks.push(Block {
			prices: prices.name,
			chain_liquidates: duty,
			by_chain: built.by_chain,
			by_keepers: built.by_keepers,
			keepers_weight_milliseconds: built.keepers_weight as f64 / 1e9,
			mandatory_weight_milliseconds: built.mandatory_weight as f64 / 1e9,
			milliseconds: built.time.as_secs_f64() * 1e3,
		});
	}
	Ok(blocks)
}
