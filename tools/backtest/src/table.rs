//! Margins in force, bar by bar: what `margins` writes and `evaluate` reads.

use crate::{
	days::moment,
	decimal,
	problem::Problem,
	text_file::{self, Rows},
};
use std::{fmt::Write as _, path::Path};

/// Decimals that are written. Ratios are rounded up to them.
const DECIMALS: u32 = 8;

/// Margins of an asset that follow its candles: the maintenance margin, as a fraction, in force after the close of each.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
	/// The asset's name.
	pub asset: String,
	/// Opening of a candle and the margin in force after its close, in order.
	pub margins: Vec<(u64, f64)>,
	/// The margin before the first candle, if there is one.
	pub before: Option<f64>,
}

impl Column {
	/// The margin in force after the close of the candle that opened at `time`: that of the last one carries on.
	pub fn at(&self, time: u64) -> Option<f64> {
		let behind = self.margins.partition_point(|(opened, _)| *opened <= time);
		let last = behind.checked_sub(1).and_then(|place| self.margins.get(place));
		last.map(|(_, margin)| *margin).or(self.before)
	}

	/// Whether there is a margin of the very candle that opened at `time`.
	pub fn has(&self, time: u64) -> bool {
		self.margins.binary_search_by_key(&time, |(opened, _)| *opened).is_ok()
	}
}

/// The table as CSV: a row for each time that any asset has.
pub fn to_csv(columns: &[Column]) -> String {
	let mut times: Vec<u64> = columns
		.iter()
		.flat_map(|column| column.margins.iter().map(|(time, _)| *time))
		.collect();
	times.sort_unstable();
	times.dedup();
	let mut text = String::from("time");
	for column in columns {
		text.push(',');
		text.push_str(&column.asset);
	}
	text.push('\n');
	let mut places = vec![0usize; columns.len()];
	for time in times {
		// Writing to a `String` cannot fail.
		let _ = write!(text, "{time}");
		for (column, place) in columns.iter().zip(&mut places) {
			while column.margins.get(*place).is_some_and(|(opened, _)| *opened <= time) {
				*place += 1;
			}
			let last = place.checked_sub(1).and_then(|place| column.margins.get(place));
			let margin = last.map(|(_, margin)| *margin).or(column.before).unwrap_or(1.0);
			let _ = write!(text, ",{}", shown(margin));
		}
		text.push('\n');
	}
	text
}

fn shown(margin: f64) -> String {
	let scale = 10f64.powi(DECIMALS as i32);
	// What a float itself is off by must not add a step.
	let up = (margin * scale - 1e-6).ceil() / scale;
	format!("{up:.*}", DECIMALS as usize)
}

/// Reads the margins of `assets` from a file.
///
/// # Errors
/// A column is missing, a margin is not a fraction between 0 and 1, or rows are not in order.
pub fn read(file: &Path, assets: &[String]) -> Result<Vec<Column>, Problem> {
	parse(file, &text_file::read(file)?, assets)
}

/// The margins of `assets` that `text` holds.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &Path, text: &str, assets: &[String]) -> Result<Vec<Column>, Problem> {
	let mut rows = Rows::new(file, text)?;
	let time_column = rows.column("time")?;
	let places = assets
		.iter()
		.map(|asset| rows.column(asset))
		.collect::<Result<Vec<_>, _>>()?;
	let mut columns: Vec<Column> = assets
		.iter()
		.map(|asset| Column {
			asset: asset.clone(),
			margins: Vec::new(),
			before: None,
		})
		.collect();
	let mut last = None;
	for record in rows.records() {
		let (line, record) = record?;
		let told = |text: String| Problem::of_line(file, line, text);
		let field = |place: usize| record.get(place).unwrap_or_default();
		let time = decimal::time(field(time_column))
			.map_err(|wrong| told(format!("time `{}` {wrong}", field(time_column))))?;
		if last.is_some_and(|last| time <= last) {
			return Err(told(format!(
				"{} ({time}) does not come after the row before",
				moment(time)
			)));
		}
		last = Some(time);
		for (column, place) in columns.iter_mut().zip(&places) {
			let margin = fraction(field(*place)).map_err(|wrong| told(format!("{}: {wrong}", column.asset)))?;
			column.margins.push((time, margin));
		}
	}
	if last.is_none() {
		return Err(Problem::of_file(file, "has no margins"));
	}
	Ok(columns)
}

/// A margin as a fraction.
///
/// # Errors
/// Not above 0 and below 1.
pub fn fraction(text: &str) -> Result<f64, String> {
	match text.parse::<f64>() {
		Ok(margin) if margin > 0.0 && margin < 1.0 => Ok(margin),
		_ => Err(format!("`{text}` is not a margin as a fraction, like 0.05")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn column(asset: &str, margins: &[(u64, f64)], before: f64) -> Column {
		Column {
			asset: asset.into(),
			margins: margins.to_vec(),
			before: Some(before),
		}
	}

	fn names() -> Vec<String> {
		vec!["BTC".into(), "ETH".into()]
	}

	#[test]
	fn rows_are_joined_by_time_and_a_margin_carries_on() {
		let btc = column("BTC", &[(3_600, 0.04), (7_200, 0.041_234_5)], 0.03);
		let eth = column("ETH", &[(0, 0.05), (7_200, 0.06)], 0.05);
		let text = to_csv(&[btc, eth]);
		assert_eq!(
			text,
			"time,BTC,ETH\n0,0.03000000,0.05000000\n3600,0.04000000,0.05000000\n7200,0.04123450,0.06000000\n"
		);
		let read = parse(Path::new("m.csv"), &text, &names()).unwrap();
		assert_eq!(read[0].margins, [(0, 0.03), (3_600, 0.04), (7_200, 0.041_234_5)]);
		assert_eq!(read[1].at(10_000), Some(0.06));
		assert!(read[1].has(7_200) && !read[1].has(10_000));
	}

	#[test]
	fn a_written_margin_is_rounded_up() {
		assert_eq!(shown(0.041_234_561), "0.04123457");
		assert_eq!(shown(0.05), "0.05000000");
		assert_eq!(shown(0.2), "0.20000000");
	}

	#[test]
	fn what_is_wrong_is_told_with_its_line() {
		let wrong = |text: &str| parse(Path::new("m.csv"), text, &names()).unwrap_err().to_string();
		assert_eq!(
			wrong("time,BTC\n"),
			"m.csv: line 1: no column is named `ETH`; there are: time, btc"
		);
		assert_eq!(wrong("time,BTC,ETH\n"), "m.csv: has no margins");
		assert_eq!(
			wrong("time,BTC,ETH\n0,0.05,4\n"),
			"m.csv: line 2: ETH: `4` is not a margin as a fraction, like 0.05"
		);
		assert_eq!(
			wrong("time,BTC,ETH\n3600,0.05,0.05\n3600,0.05,0.05\n"),
			"m.csv: line 3: 1970-01-01 01:00 (3600) does not come after the row before"
		);
	}

	#[test]
	fn before_the_first_row_there_is_no_margin_unless_the_record_has_one() {
		let mut btc = column("BTC", &[(3_600, 0.04)], 0.03);
		assert_eq!(btc.at(0), Some(0.03));
		btc.before = None;
		assert_eq!(btc.at(0), None);
	}
}
