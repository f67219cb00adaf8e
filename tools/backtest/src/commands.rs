//! What each command does.

use crate::{
	arguments::{
		Arguments, CalibrateArguments, CandleArguments, Command, EvaluateArguments, Given, MarginsArguments,
		PortfolioArguments, RecordArguments,
	},
	calibrate,
	candles::{self, Series, Source},
	compare::Report,
	metrics::{track::Margins, Track},
	picture,
	portfolio::{
		findings::{Findings, OfAssets},
		made_up, study, Study,
	},
	problem::Problem,
	progress::Progress,
	record::{self, Records},
	table::{self, Column},
	text_file, walk,
};
use margin_risk::volatility::VolatilityMargin;
use serde::Serialize;
use std::{
	io::{stdout, ErrorKind, Write},
	path::Path,
};

/// As many assets as a portfolio account may have.
const MOST_ASSETS: usize = 8;

/// Does what is asked for.
///
/// # Errors
/// What stopped it, in words for the user.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
	match &arguments.command {
		Command::Margins(arguments) => margins(arguments),
		Command::Calibrate(arguments) => calibrate(arguments),
		Command::Evaluate(arguments) => evaluate(arguments),
		Command::Portfolio(arguments) => portfolio(arguments),
	}
}

fn read(arguments: &CandleArguments) -> Result<Vec<Series>, Problem> {
	candles::read_all(&arguments.candles, arguments.bridge_gaps, &mut |text| {
		eprintln!("{text}")
	})
}

/// The record of each source.
fn chosen(arguments: &RecordArguments, sources: &[Source]) -> Result<Vec<VolatilityMargin>, Problem> {
	let mut records = record::built_in();
	for file in &arguments.params {
		for (asset, record) in record::read(file)? {
			records.retain(|name, _| !name.eq_ignore_ascii_case(&asset));
			records.insert(asset, record);
		}
	}
	let of = |source: &Source| record::of_asset(&records, &source.asset, arguments.uncalibrated);
	sources.iter().map(of).collect()
}

fn margins(arguments: &MarginsArguments) -> Result<(), Problem> {
	// Every record is looked up before the first file is read.
	let chosen = chosen(&arguments.records, &arguments.candles.candles)?;
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
	write_json(arguments.json.as_deref(), &report)?;
	if let Some(file) = &arguments.svg {
		text_file::write(file, &picture::draw(&tracks, &report))?;
	}
	Ok(())
}

fn portfolio(arguments: &PortfolioArguments) -> Result<(), Problem> {
	let records = chosen(&arguments.records, &arguments.candles.candles)?;
	let given = study::together(&read(&arguments.candles)?)?;
	let names: Vec<&str> = given.iter().map(|series| series.asset.as_str()).collect();
	let names = names.join(", ");
	let assets = match given.as_slice() {
		[first, second] => made_up::ALL
			.iter()
			.map(|construction| {
				let made = construction.make([first, second], arguments.seed);
				let about = format!("{names} and, of them as A and B, {}", construction.about);
				let series = [given.as_slice(), &made].concat();
				let mut records = records.clone();
				for made in &made {
					records.push(calibrate::record(made, arguments.from)?);
				}
				judged(arguments, (construction.name, about), &series, &records)
			})
			.collect::<Result<Vec<_>, _>>()?,
		[_, _, _, ..] if given.len() <= MOST_ASSETS => vec![judged(arguments, ("given", names), &given, &records)?],
		_ => {
			let text = format!("candles of {} assets: books are of 2 to {MOST_ASSETS}", given.len());
			return Err(Problem::new(text));
		},
	};
	let findings = Findings {
		seed: arguments.seed,
		books: arguments.books as usize,
		assets,
	};
	print(&findings.to_string())?;
	write_json(arguments.json.as_deref(), &findings)
}

/// Books of these assets.
fn judged(
	arguments: &PortfolioArguments,
	(name, about): (&str, String),
	series: &[Series],
	records: &[VolatilityMargin],
) -> Result<OfAssets, Problem> {
	let mut progress = Progress::new(format!("books, {name}"));
	let study = Study::new(series, records, arguments.span());
	let kinds = study.judge(arguments.books as usize, arguments.seed, &mut |done, all| {
		progress.at(done, all)
	})?;
	Ok(OfAssets {
		name: name.into(),
		about,
		kinds,
	})
}

fn write_json(file: Option<&Path>, figures: &impl Serialize) -> Result<(), Problem> {
	let Some(file) = file else { return Ok(()) };
	let text = serde_json::to_string_pretty(figures).map_err(|error| Problem::new(error.to_string()))?;
	text_file::write(file, &(text + "\n"))
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
