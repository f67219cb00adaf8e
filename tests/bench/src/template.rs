//! Weights as Rust.

use crate::weight::{Line, Measured};
use std::fmt::Write;

/// The file of one pallet's weights.
pub fn render(pallet: &str, run: &str, weights: &[Measured]) -> String {
	let functions: String = weights.iter().map(function).collect();
	format!(
		"//! Weights of `{pallet}`, written by `tests/bench`. To change them, change the pallet and run it again.\n\
		 //!\n\
		 //! {run}.\n\
		 \n\
		 use core::marker::PhantomData;\n\
		 use frame_support::{{traits::Get, weights::Weight}};\n\
		 \n\
		 /// Measured weights.\n\
		 pub struct WeightInfo<T>(PhantomData<T>);\n\
		 \n\
		 impl<T: frame_system::Config> {} for WeightInfo<T> {{\n\
		 {functions}}}\n",
		interface(pallet)
	)
}

/// The trait that the weights are functions of.
fn interface(pallet: &str) -> String {
	match pallet {
		"xcm_programs" => "crate::xcm::Programs".into(),
		_ => format!("::{pallet}::WeightInfo"),
	}
}

fn function(weight: &Measured) -> String {
	let mut text = String::new();
	let ranges: Vec<String> = weight
		.components
		.iter()
		.map(|(name, low, high)| format!("`{name}` from {low} to {high}"))
		.collect();
	let over = if ranges.is_empty() {
		String::new()
	} else {
		format!(", {}", ranges.join(", "))
	};
	let arguments: Vec<String> = weight
		.components
		.iter()
		.map(|(name, _, _)| format!("{name}: u32"))
		.collect();
	let _ = writeln!(text, "\t// At least {} ps{over}.", digits(weight.minimum));
	let _ = writeln!(text, "\tfn {}({}) -> Weight {{", weight.name, arguments.join(", "));
	let _ = writeln!(
		text,
		"\t\tWeight::from_parts({}, {})",
		digits(weight.time.base),
		digits(weight.proof.base)
	);
	for (index, (name, _, _)) in weight.components.iter().enumerate() {
		let (time, proof) = (weight.time.slopes[index], weight.proof.slopes[index]);
		if time > 0 || proof > 0 {
			let _ = writeln!(
				text,
				"\t\t\t.saturating_add(Weight::from_parts({}, {}).saturating_mul({name}.into()))",
				digits(time),
				digits(proof)
			);
		}
	}
	text.push_str(&database(weight, "reads", &weight.reads));
	text.push_str(&database(weight, "writes", &weight.writes));
	text.push_str("\t}\n");
	text
}

fn database(weight: &Measured, what: &str, line: &Line) -> String {
	let mut text = String::new();
	if line.base > 0 {
		let _ = writeln!(
			text,
			"\t\t\t.saturating_add(T::DbWeight::get().{what}({}))",
			digits(line.base)
		);
	}
	for (slope, (name, _, _)) in line.slopes.iter().zip(&weight.components) {
		if *slope > 0 {
			let _ = writeln!(
				text,
				"\t\t\t.saturating_add(T::DbWeight::get().{what}({}u64.saturating_mul({name}.into())))",
				digits(*slope)
			);
		}
	}
	text
}

/// A number with its thousands set apart.
fn digits(number: u64) -> String {
	let plain = number.to_string();
	let mut text = String::new();
	for (index, digit) in plain.chars().enumerate() {
		if index > 0 && (plain.len() - index).is_multiple_of(3) {
			text.push('_');
		}
		text.push(digit);
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	fn line(base: u64, slope: u64) -> Line {
		Line {
			base,
			slopes: vec![slope],
		}
	}

	#[test]
	fn thousands_should_be_set_apart() {
		assert_eq!(
			[0, 999, 1_000, 1_234_567].map(digits),
			["0", "999", "1_000", "1_234_567"]
		);
	}

	#[test]
	fn a_function_should_add_up_time_reads_and_writes() {
		let weight = Measured {
			name: "feed".into(),
			components: vec![("n".into(), 1, 16)],
			time: line(5_000, 70),
			proof: line(9, 0),
			reads: line(2, 3),
			writes: line(1, 0),
			minimum: 4_000,
		};
		assert_eq!(
			function(&weight),
			"\t// At least 4_000 ps, `n` from 1 to 16.\n\
			 \tfn feed(n: u32) -> Weight {\n\
			 \t\tWeight::from_parts(5_000, 9)\n\
			 \t\t\t.saturating_add(Weight::from_parts(70, 0).saturating_mul(n.into()))\n\
			 \t\t\t.saturating_add(T::DbWeight::get().reads(2))\n\
			 \t\t\t.saturating_add(T::DbWeight::get().reads(3u64.saturating_mul(n.into())))\n\
			 \t\t\t.saturating_add(T::DbWeight::get().writes(1))\n\
			 \t}\n"
		);
	}
}
