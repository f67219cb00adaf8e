//! What each command does.

use crate::{
	arguments::{Arguments, CalibrateArguments, CandleArguments, Command, EvaluateArguments, Given, MarginsArguments},
	calibrate,
	candles::{self, Series},
	compare::Report,
	metrics::{track::Margins, Track},
	picture,
	problem::Problem,
	progress::Progress,
	record::{self, Records},
	table::{self, Column},
	text_file, walk,
};
use std::io::{stdout, ErrorKind, Write};

/// Does what is asked for.
///
/// # Errors
/// What stopped it, in words for the user.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
	match &arguments.command {
		Command::Margins(arguments) => margins(arguments),
		Command::Calibrate(arguments) => calibrate(arguments),
		Command::Evaluate(arguments) => evaluate(arguments),
	}
}

fn read(arguments: &CandleArguments) -> Result<Vec<Series>, Problem> {
	candles::read_all(&arguments.candles, arguments.bridge_gaps, &mut |text| {
		eprintln!("{text}")
	})
}

fn margins(arguments: &MarginsArguments) -> Result<(), Problem> {
	let mut records = record::built_in();
	for file in &arguments.params {
		for (asset, record) in record::read(file)? {
			records.retain(|name, _| !name.eq_ignore_ascii_case(&asset));
			records.insert(asset, record);
		}
	}
	// Every record is looked up before the first file is read.
	let chosen = arguments
		.candles
		.candles
		.iter()
		.map(|source| record::of_asset(&records, &source.asset, arguments.uncalibrated))
		.collect::<Result<Vec<_>, _>>()?;
	let all = read(&arguments.candles)?;
	let columns: Vec<Column> = all
		.iter()
		.zip(chosen)
		.map(|(series, record)| {
			let mut progress = Progress::new(format!("margins of {}", series.asset));
			walk::margins(series, record, &mut |done, all| progress.at(done, all))
		})
		.collect();
	text_file::write(&arguments.out, &table::to_csv(&columns))
}

fn calibrate(arguments: &CalibrateArguments) -> Result<(), Problem> {
	let mut records = Records::new();
	for series in read(&arguments.candles)? {
		let record = calibrate::record(&series, arguments.until)?;
		records.insert(series.asset, record);
	}
	let text = record::to_json(&records)?;
	match &arguments.out {
		Some(file) => text_file::write(file, &text),
		None => print(&text),
	}
}

fn evaluate(arguments: &EvaluateArguments) -> Result<(), Problem> {
	let all = read(&arguments.candles)?;
	let names: Vec<String> = all.iter().map(|series| series.asset.clone()).collect();
	let margins: Vec<Margins> = match &arguments.margins {
		Given::Static(margin) => names.iter().map(|_| Margins::Static(*margin)).collect(),
		Given::File(file) => {
			let columns = table::read(file, &names)?;
			columns.into_iter().map(Margins::Following).collect()
		},
	};
	let tracks = all
		.iter()
		.zip(&margins)
		.map(|(series, margins)| Track::new(series, margins, arguments.span()))
		.collect::<Result<Vec<_>, _>>()?;
	let report = {
		let mut progress = Progress::new("evaluation");
		Report::of(&tracks, &mut |done, all| progress.at(done, all))
	};
	print(&report.to_string())?;
	if let Some(file) = &arguments.json {
		let text = serde_json::to_string_pretty(&report).map_err(|error| Problem::new(error.to_string()))?;
		text_file::write(file, &(text + "\n"))?;
	}
	if let Some(file) = &arguments.svg {
		text_file::write(file, &picture::draw(&tracks, &report))?;
	}
	Ok(())
}

/// Prints, and minds nobody who has stopped reading.
fn print(text: &str) -> Result<(), Problem> {
	match stdout().write_all(text.as_bytes()) {
		Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::new(format!(
			"the standard output cannot be written to: {error}"
		))),
		_ => Ok(()),
	}
}
