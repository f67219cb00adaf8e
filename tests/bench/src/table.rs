//! Weights side by side: in multiples of a balance transfer, and how many fit into a block of the parachain.

use crate::{
	limits::{self, Share},
	messages,
	weight::{Line, Measured},
};
use frame_support::weights::{constants::ParityDbWeight, Weight};
use std::{collections::BTreeMap, fmt::Write};

/// A Markdown table of every weight, with components at their largest and the database included.
pub fn render(run: &str, pallets: &BTreeMap<String, Vec<Measured>>) -> String {
	let transfer = pallets
		.get("pallet_balances")
		.and_then(|weights| weights.iter().find(|weight| weight.name == "transfer_allow_death"))
		.map(|weight| At::most(weight).picoseconds());
	let mut text = format!(
		"# Weights\n\nWritten by `tests/bench`. {run}. Components at their largest; database weights of ParityDB included. \
		 Proofs as of a state with a million accounts. {}\n\n\
		 | pallet | weight | microseconds | reads | writes | balance transfers | bytes of proof | time of a block | proof of a \
		 block | fit into a block |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
		limits::describe()
	);
	for (pallet, weights) in pallets {
		for weight in weights {
			write_row(&mut text, pallet, &call(weight), &At::most(weight), transfer);
			for index in 0..weight.components.len() {
				let one_more = At::one_more(weight, index);
				if one_more.picoseconds() > 0 {
					let name = format!("`{}`, one more {}", weight.name, weight.components[index].0);
					write_row(&mut text, pallet, &name, &one_more, transfer);
				}
			}
		}
	}
	write_messages(&mut text, pallets);
	text
}

/// The messages of the guide.
fn write_messages(text: &mut String, pallets: &BTreeMap<String, Vec<Measured>>) {
	let messages = messages::weigh(pallets);
	if messages.is_empty() {
		return;
	}
	text.push_str(
		"\n## Messages of other chains\n\nThose of `docs/xcm.md`, all that they may weigh, with the call inside.\n\n\
		 | message | microseconds | bytes of proof | time of a block | proof of a block | fit into a block |\n\
		 |---|---:|---:|---:|---:|---:|\n",
	);
	for message in messages {
		let _ = writeln!(
			text,
			"| `{}` | {:.1} | {} | {} |",
			message.name,
			message.weight.ref_time() as f64 / 1e6,
			message.weight.proof_size(),
			Share::of(message.weight).cells()
		);
	}
}

/// A weight at some values of its components, or what it grows by.
struct At {
	time: u64,
	reads: u64,
	writes: u64,
	proof: u64,
}

impl At {
	/// With all components at their largest.
	fn most(weight: &Measured) -> Self {
		let at: Vec<u32> = weight.components.iter().map(|(_, _, high)| *high).collect();
		Self {
			time: weight.time.at(&at),
			reads: weight.reads.at(&at),
			writes: weight.writes.at(&at),
			proof: weight.proof.at(&at),
		}
	}

	/// For one more unit of a component.
	fn one_more(weight: &Measured, component: usize) -> Self {
		let slope = |line: &Line| line.slopes.get(component).copied().unwrap_or_default();
		Self {
			time: slope(&weight.time),
			reads: slope(&weight.reads),
			writes: slope(&weight.writes),
			proof: slope(&weight.proof),
		}
	}

	/// All of it, the database included.
	fn picoseconds(&self) -> u64 {
		self.time + ParityDbWeight::get().reads_writes(self.reads, self.writes).ref_time()
	}
}

fn write_row(text: &mut String, pallet: &str, name: &str, at: &At, transfer: Option<u64>) {
	let multiple = transfer.map_or_else(
		|| "-".into(),
		|transfer| format!("{:.2}", at.picoseconds() as f64 / transfer as f64),
	);
	let microseconds = at.picoseconds() as f64 / 1e6;
	let share = Share::of(Weight::from_parts(at.picoseconds(), at.proof));
	let _ = writeln!(
		text,
		"| {pallet} | {name} | {microseconds:.1} | {} | {} | {multiple} | {} | {} |",
		at.reads,
		at.writes,
		at.proof,
		share.cells()
	);
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
