//! The figures that the design asks for, held against what was measured.

use super::report::{Pass, Report, Size};
use std::fmt::Write;

/// Accounts that a keeper has to get through within [`KEEPER_MILLISECONDS`] at rest.
const KEEPER_ACCOUNTS: u32 = 100_000;
/// The time that it has for them.
const KEEPER_MILLISECONDS: f64 = 500.0;
/// Liquidations that a block has to hold, within [`BLOCK_MILLISECONDS`].
const IN_A_BLOCK: u32 = 1_000;
/// Time between two blocks.
const BLOCK_MILLISECONDS: f64 = 2_000.0;
/// Accounts of [`MOST_BALANCES`] balances that have to be judged natively in a second.
const JUDGED: f64 = 1e6;
/// Microseconds that the runtime has to judge a portfolio account of [`MOST_BALANCES`] balances.
const PORTFOLIO_MICROSECONDS: f64 = 100.0;
/// Balances of an account, at most.
const MOST_BALANCES: u32 = 8;

/// A figure, what was measured, and whether that reaches it.
struct Figure {
	what: String,
	measured: String,
	reached: bool,
}

/// The table of figures.
pub fn table(report: &Report) -> String {
	let mut text = String::from("## Figures\n\n| figure | measured | reached |\n|---|---|---|\n");
	let at_most_accounts = report.sizes.iter().max_by_key(|size| size.accounts);
	let mut figures: Vec<Figure> = at_most_accounts.into_iter().flat_map(of_passes).collect();
	figures.extend(report.sizes.iter().filter_map(keeper_at_rest));
	figures.extend(at_most_accounts.into_iter().flat_map(of_blocks));
	figures.extend(health(report));
	for Figure {
		what,
		measured,
		reached,
	} in figures
	{
		let _ = writeln!(
			text,
			"| {what} | {measured} | {} |",
			if reached { "yes" } else { "**no**" }
		);
	}
	text
}

fn of_passes(size: &Size) -> Vec<Figure> {
	let of = |pass: &Pass| {
		let allowed = pass.allowed(size.accounts);
		let candidates = Figure {
			what: format!("candidates, {}: at most {allowed}", pass.prices),
			measured: pass.candidates.to_string(),
			reached: pass.candidates <= allowed,
		};
		let speed = pass.asked_speedup().map(|asked| Figure {
			what: format!("keeper against scan, {}: at least {asked} times faster", pass.prices),
			measured: format!("{:.0}", pass.speedup()),
			reached: pass.speedup() >= asked,
		});
		[Some(candidates), speed]
	};
	size.passes.iter().flat_map(of).flatten().collect()
}

fn keeper_at_rest(size: &Size) -> Option<Figure> {
	let pass = size.passes.first().filter(|_| size.accounts == KEEPER_ACCOUNTS)?;
	Some(Figure {
		what: format!("keeper's run with {KEEPER_ACCOUNTS} accounts at rest: at most {KEEPER_MILLISECONDS} ms"),
		measured: format!("{:.1} ms", pass.keeper_milliseconds),
		reached: pass.keeper_milliseconds <= KEEPER_MILLISECONDS,
	})
}

fn of_blocks(size: &Size) -> Vec<Figure> {
	let of = |block: &super::report::Block| {
		let steps = block.by_chain + block.by_keepers;
		let duty = if block.chain_liquidates {
			"chain and keepers"
		} else {
			"keepers alone"
		};
		Figure {
			what: format!(
				"liquidations in a block, {duty}: at least {IN_A_BLOCK}, measured within {BLOCK_MILLISECONDS} ms"
			),
			measured: format!("{steps}, {:.0} ms", block.milliseconds),
			reached: steps >= IN_A_BLOCK && block.milliseconds <= BLOCK_MILLISECONDS,
		}
	};
	size.blocks.iter().map(of).collect()
}

fn health(report: &Report) -> Vec<Figure> {
	let Some(rate) = report.rates.iter().find(|rate| rate.balances == MOST_BALANCES) else {
		return Vec::new();
	};
	let portfolio = rate.portfolio_microseconds();
	let native = Figure {
		what: format!("accounts of {MOST_BALANCES} balances judged natively on one core: at least 1,000,000 a second"),
		measured: format!("{:.0}", rate.native),
		reached: rate.native >= JUDGED,
	};
	let together = Figure {
		what: format!(
			"a portfolio account of {MOST_BALANCES} balances judged in the Wasm runtime: at most {PORTFOLIO_MICROSECONDS} \
			 microseconds"
		),
		measured: format!(
			"{portfolio:.1}, {:.1} times a cross account",
			rate.wasm / rate.portfolio
		),
		reached: portfolio <= PORTFOLIO_MICROSECONDS,
	};
	vec![native, together]
}
