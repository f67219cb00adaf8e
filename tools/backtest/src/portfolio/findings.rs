//! What came of the books, for people and as JSON.

use super::books::Kind;
use serde::Serialize;
use std::{
	collections::BTreeMap,
	fmt::{self, Display, Formatter},
};

/// What was seen of books.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
	/// How many books were judged after how many bars.
	pub judged: u64,
	/// Losses beyond what was required.
	pub breaches: u64,
	/// Losses beyond the sum of what the assets require one by one.
	pub breaches_of_sum: u64,
	/// All that was required, in dollars.
	pub required: f64,
	/// All that the assets require one by one.
	pub sum: f64,
}

impl Tally {
	/// Adds a book after a bar: what it requires, what its assets require one by one, and what it lost in the next bar.
	pub fn add(&mut self, required: f64, sum: f64, loss: f64) {
		self.judged += 1;
		self.breaches += u64::from(loss > required);
		self.breaches_of_sum += u64::from(loss > sum);
		self.required += required;
		self.sum += sum;
	}

	/// Both together.
	#[must_use]
	pub fn and(self, other: Self) -> Self {
		Self {
			judged: self.judged + other.judged,
			breaches: self.breaches + other.breaches,
			breaches_of_sum: self.breaches_of_sum + other.breaches_of_sum,
			required: self.required + other.required,
			sum: self.sum + other.sum,
		}
	}

	/// Breaches in percent of what was judged.
	pub fn breach_percent(&self) -> f64 {
		self.breaches as f64 / self.judged as f64 * 100.0
	}

	/// The same of the sums.
	pub fn breach_percent_of_sum(&self) -> f64 {
		self.breaches_of_sum as f64 / self.judged as f64 * 100.0
	}

	/// What is saved of the sums, in percent.
	pub fn saving_percent(&self) -> f64 {
		(1.0 - self.required / self.sum) * 100.0
	}
}

/// Books of a kind.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OfKind {
	/// The kind.
	pub kind: String,
	/// By year.
	pub years: BTreeMap<String, Tally>,
	/// Of all years.
	pub all: Tally,
}

impl OfKind {
	/// From what was seen by year.
	pub fn new(kind: Kind, years: BTreeMap<String, Tally>) -> Self {
		Self {
			kind: kind.to_string(),
			all: years.values().copied().fold(Tally::default(), Tally::and),
			years,
		}
	}
}

/// Books of the same assets.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OfAssets {
	/// The construction of two of them, if they are made up.
	pub name: String,
	/// What they are.
	pub about: String,
	/// By kind of book.
	pub kinds: Vec<OfKind>,
}

/// Everything that `portfolio` says.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
	/// Where random numbers begin.
	pub seed: u64,
	/// How many books of each kind there were.
	pub books: usize,
	/// By assets.
	pub assets: Vec<OfAssets>,
}

const LABEL: usize = 14;
const COLUMN: usize = 10;

impl Display for Findings {
	fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
		writeln!(
			formatter,
			"{} random books of each kind, seed {}: losses in the next bar beyond what was required, and what is saved of\n\
			 the sum of what the assets require one by one",
			self.books, self.seed
		)?;
		self.assets.iter().try_for_each(|assets| assets.fmt(formatter))
	}
}

impl Display for OfAssets {
	fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
		writeln!(formatter, "\n{}: {}", self.name, self.about)?;
		write!(formatter, "  {:LABEL$}", "breaches, %")?;
		let years = self.kinds.first().into_iter().flat_map(|kind| kind.years.keys());
		for year in years {
			write!(formatter, "{year:>COLUMN$}")?;
		}
		writeln!(
			formatter,
			"{:>COLUMN$}{:>COLUMN$}{:>COLUMN$}",
			"all", "saving", "of sums"
		)?;
		for kind in &self.kinds {
			write!(formatter, "  {:LABEL$}", kind.kind)?;
			for year in kind.years.values() {
				write!(formatter, "{:>COLUMN$.4}", year.breach_percent())?;
			}
			let saving = format!("{:.1} %", kind.all.saving_percent());
			writeln!(
				formatter,
				"{:>COLUMN$.4}{saving:>COLUMN$}{:>COLUMN$.4}",
				kind.all.breach_percent(),
				kind.all.breach_percent_of_sum()
			)?;
		}
		Ok(())
	}
}
