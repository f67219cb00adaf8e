//! Weights side by side, in multiples of a balance transfer.

use crate::weight::Measured;
use std::{collections::BTreeMap, fmt::Write};

/// A Markdown table of every weight, with components at their largest and the database included.
pub fn render(run: &str, pallets: &BTreeMap<String, Vec<Measured>>) -> String {
	let transfer = pallets
		.get("pallet_balances")
		.and_then(|weights| weights.iter().find(|weight| weight.name == "transfer_allow_death"))
		.map(Measured::total);
	let mut text = format!(
		"# Weights\n\nWritten by `tests/bench`. {run}. Components at their largest; database weights of ParityDB included.\n\n\
		 | pallet | weight | microseconds | reads | writes | balance transfers |\n|---|---|---:|---:|---:|---:|\n"
	);
	for (pallet, weights) in pallets {
		for weight in weights {
			let at: Vec<u32> = weight.components.iter().map(|(_, _, high)| *high).collect();
			let multiple = transfer.map_or_else(
				|| "-".into(),
				|transfer| format!("{:.2}", weight.total() as f64 / transfer as f64),
			);
			let _ = writeln!(
				text,
				"| {pallet} | {} | {:.1} | {} | {} | {multiple} |",
				call(weight),
				weight.total() as f64 / 1e6,
				weight.reads.at(&at),
				weight.writes.at(&at),
			);
		}
	}
	text
}

fn call(weight: &Measured) -> String {
	let at: Vec<String> = weight
		.components
		.iter()
		.map(|(name, _, high)| format!("{name} = {high}"))
		.collect();
	if at.is_empty() {
		format!("`{}`", weight.name)
	} else {
		format!("`{}` ({})", weight.name, at.join(", "))
	}
}
