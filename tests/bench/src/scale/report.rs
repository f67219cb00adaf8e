//! The figures, as JSON and as Markdown.

use super::{figures, rates::Rate};
use serde::Serialize;
use std::fmt::Write;

/// How the figures came about.
const HOW: &str = "\
The state is that of the development preset with the accounts on top, in ParityDB as the node has it, written, closed and \
opened again; the trie cache has the node's size and has seen every account once. The accounts are drawn by \
`tests/bench/src/scale/population.rs`, always the same ones: leverage lognormal with a median of 2.5 and a 99th \
percentile of 10, BTC, ETH and DOT against USDC, six in ten long, three in ten with two or three of them. `-10 %` means \
that every volatile asset has fallen so far since the index's generation began.\n";

/// How to read the first table.
const KEEPERS: &str = "\
A pass is the runtime's offchain worker called as a node calls it, the fastest of three; its clock stands still, so that \
its budget of 500 ms does not cut it short: a longer one is spread over several blocks, the most urgent accounts first. \
It weighs every candidate, tries a step for each batch and sends it; the scan weighs every account and does nothing else.\n";

/// How to read the second table.
const BLOCKS: &str = "\
The block is built as a validator builds it, the operators' feeds first, then what the keeper sent, and timed with its \
storage root. The weight of hooks includes what `on_idle` makes of the room that is left.\n";

/// How to read the third table.
const RATES: &str = "\
`margin_risk::assess` on deposits and debts in turn, whose balances and prices are at hand; of portfolio accounts \
`assess_portfolio`, with the correlations at hand.\n";

/// All of it.
#[derive(Serialize)]
pub struct Report {
	/// What it was measured on.
	pub machine: String,
	/// By number of accounts.
	pub sizes: Vec<Size>,
	/// Accounts judged a second.
	pub rates: Vec<Rate>,
}

/// With so many accounts.
#[derive(Serialize)]
pub struct Size {
	/// Open accounts, all of which owe something.
	pub accounts: u32,
	/// Median of their leverage: all that an account holds over its equity.
	pub median_leverage: f64,
	/// Its 99th percentile.
	pub high_leverage: f64,
	/// Time to make the state and write it.
	pub written_in_seconds: f64,
	/// Of the database.
	pub megabytes: u64,
	/// After each move of the prices.
	pub passes: Vec<Pass>,
	/// Blocks full of liquidations, where there are enough accounts for one.
	pub blocks: Vec<Block>,
}

/// A keeper's pass against a scan of all accounts.
#[derive(Serialize)]
pub struct Pass {
	/// How prices moved.
	pub prices: &'static str,
	/// Accounts truly below maintenance.
	pub below: u32,
	/// Accounts that the keeper looked at: all candidates of the trigger index.
	pub candidates: u32,
	/// Accounts below maintenance on which the keeper found a step to be possible.
	pub found: u32,
	/// Transactions that the keeper sent.
	pub transactions: u32,
	/// The keeper's pass.
	pub keeper_milliseconds: f64,
	/// The scan.
	pub scan_milliseconds: f64,
}

impl Pass {
	/// How many times faster than the scan the pass was.
	pub fn speedup(&self) -> f64 {
		self.scan_milliseconds / self.keeper_milliseconds
	}

	/// How many times faster it should be with a million accounts, where the design says so.
	pub fn asked_speedup(&self) -> Option<f64> {
		match self.prices {
			"at rest" => Some(1_000.0),
			"-1 %" => Some(100.0),
			"-10 %" => Some(10.0),
			_ => None,
		}
	}

	/// Candidates that there may be among so many accounts: three for each that is below, and a thousandth of all.
	pub fn allowed(&self, accounts: u32) -> u32 {
		3 * self.below + accounts / 1_000
	}
}

/// A block full of liquidations.
#[derive(Serialize)]
pub struct Block {
	/// How prices moved.
	pub prices: &'static str,
	/// Whether the chain liquidates by itself.
	pub chain_liquidates: bool,
	/// Accounts that it liquidated.
	pub by_chain: u32,
	/// Accounts liquidated on keepers' transactions.
	pub by_keepers: u32,
	/// Declared weight of those.
	pub keepers_weight_milliseconds: f64,
	/// Declared weight of hooks and inherents.
	pub mandatory_weight_milliseconds: f64,
	/// Time to build it.
	pub milliseconds: f64,
}

impl Report {
	/// The tables.
	pub fn markdown(&self) -> String {
		[
			format!("# Scale\n\nWritten by `make bench`. {}.\n", self.machine),
			HOW.into(),
			self.keepers(),
			self.full_blocks(),
			self.health(),
			figures::table(self),
		]
		.join("\n")
	}

	fn keepers(&self) -> String {
		let mut text = format!(
			"## A keeper's pass against a scan of all accounts\n\n{KEEPERS}\n\
			 | accounts | prices | below maintenance | candidates | found | batches sent | pass, ms | scan, ms | times faster |\n\
			 |---:|---|---:|---:|---:|---:|---:|---:|---:|\n",
		);
		for size in &self.sizes {
			for pass in &size.passes {
				let _ = writeln!(
					text,
					"| {} | {} | {} | {} | {} | {} | {:.1} | {:.0} | {:.0} |",
					thousands(size.accounts),
					pass.prices,
					thousands(pass.below),
					thousands(pass.candidates),
					thousands(pass.found),
					thousands(pass.transactions),
					pass.keeper_milliseconds,
					pass.scan_milliseconds,
					pass.speedup()
				);
			}
		}
		text
	}

	fn full_blocks(&self) -> String {
		let mut text = format!(
			"## A block full of liquidations\n\n{BLOCKS}\n\
			 | accounts | prices | chain liquidates | by the chain | by keepers | declared: hooks, ms | declared: keepers, ms | \
			 measured, ms |\n|---:|---|---|---:|---:|---:|---:|---:|\n",
		);
		for size in &self.sizes {
			for block in &size.blocks {
				let _ = writeln!(
					text,
					"| {} | {} | {} | {} | {} | {:.0} | {:.0} | {:.0} |",
					thousands(size.accounts),
					block.prices,
					if block.chain_liquidates { "yes" } else { "no" },
					thousands(block.by_chain),
					thousands(block.by_keepers),
					block.mandatory_weight_milliseconds,
					block.keepers_weight_milliseconds,
					block.milliseconds
				);
			}
		}
		text
	}

	fn health(&self) -> String {
		let mut text = format!(
			"## Accounts judged a second\n\n{RATES}\n| balances | native, one core | in the Wasm runtime | portfolio accounts, in the \
			 Wasm runtime |\n|---:|---:|---:|---:|\n",
		);
		for rate in &self.rates {
			let _ = writeln!(
				text,
				"| {} | {} | {} | {} |",
				rate.balances,
				thousands(rate.native as u32),
				thousands(rate.wasm as u32),
				thousands(rate.portfolio as u32)
			);
		}
		text
	}
}

/// A number with its thousands set apart.
fn thousands(number: u32) -> String {
	let plain = number.to_string();
	let mut text = String::new();
	for (index, digit) in plain.chars().enumerate() {
		if index > 0 && (plain.len() - index).is_multiple_of(3) {
			text.push(',');
		}
		text.push(digit);
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn thousands_should_be_set_apart() {
		assert_eq!(
			[0, 999, 1_000, 1_234_567].map(thousands),
			["0", "999", "1,000", "1,234,567"]
		);
	}

	#[test]
	fn the_tables_should_hold_what_was_measured() {
		let report = Report {
			machine: "A machine".into(),
			sizes: vec![Size {
				accounts: 10_000,
				median_leverage: 2.5,
				high_leverage: 10.0,
				written_in_seconds: 1.5,
				megabytes: 12,
				passes: vec![Pass {
					prices: "-10 %",
					below: 250,
					candidates: 400,
					found: 249,
					transactions: 3,
					keeper_milliseconds: 20.0,
					scan_milliseconds: 400.0,
				}],
				blocks: Vec::new(),
			}],
			rates: vec![Rate {
				balances: 8,
				native: 1_000_000.0,
				wasm: 400_000.0,
				portfolio: 20_000.0,
			}],
		};
		let text = report.markdown();
		assert!(text.contains("| 10,000 | -10 % | 250 | 400 | 249 | 3 | 20.0 | 400 | 20 |"));
		assert!(text.contains("| 8 | 1,000,000 | 400,000 | 20,000 |"));
		assert!(text.contains("at most 100 microseconds | 50.0, 20.0 times a cross account | yes |"));
		assert!(text.contains("| candidates, -10 %: at most 760 | 400 | yes |"));
		assert!(text.contains("at least 10 times faster | 20 | yes |"));
	}
}
