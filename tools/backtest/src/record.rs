//! Parameter records of assets: JSON, by the asset's name, each as the runtime takes it.

use crate::{problem::Problem, text_file};
use margin_risk::volatility::{BadVolatilityMargin, VolatilityMargin};
use std::{collections::BTreeMap, path::Path};

/// Records by name.
pub type Records = BTreeMap<String, VolatilityMargin>;

/// The built-in records: BTC and ETH.
pub fn built_in() -> Records {
	[("BTC", VolatilityMargin::BTC), ("ETH", VolatilityMargin::ETH)]
		.into_iter()
		.map(|(asset, record)| (asset.into(), record))
		.collect()
}

/// Reads records from a file.
///
/// # Errors
/// It cannot be read, is no such JSON, or a field is out of its range.
pub fn read(file: &Path) -> Result<Records, Problem> {
	parse(file, &text_file::read(file)?)
}

fn parse(file: &Path, text: &str) -> Result<Records, Problem> {
	let records: Records = serde_json::from_str(text).map_err(|error| {
		Problem::of_file(
			file,
			format!("no parameter records by asset, as `calibrate` writes them: {error}"),
		)
	})?;
	for (asset, record) in &records {
		record
			.check()
			.map_err(|bad| Problem::of_file(file, format!("{asset}: {}", explained(bad))))?;
	}
	Ok(records)
}

fn explained(bad: BadVolatilityMargin) -> &'static str {
	match bad {
		BadVolatilityMargin::Base => "base is above 20 %",
		BadVolatilityMargin::Multiple => "multiple is not between 1 and 20",
		BadVolatilityMargin::Usual => "usual is not above 0 and at most 10 %",
		BadVolatilityMargin::Bounds => "floor is not above 0 and at most cap, or cap is above 20 %",
		BadVolatilityMargin::Speed => "rise is not between 1 % and 100 %, or fall not between 0.1 % and 50 %",
	}
}

/// The records as JSON.
///
/// # Errors
/// Never, for records that were read or made here.
pub fn to_json(records: &Records) -> Result<String, Problem> {
	serde_json::to_string_pretty(records)
		.map(|text| text + "\n")
		.map_err(|error| Problem::new(error.to_string()))
}

/// The record of an asset, by name in whatever case.
///
/// # Errors
/// There is none, and `uncalibrated` is not set.
pub fn of_asset(records: &Records, asset: &str, uncalibrated: bool) -> Result<VolatilityMargin, Problem> {
	let found = records.iter().find(|(name, _)| name.eq_ignore_ascii_case(asset));
	match found {
		Some((_, record)) => Ok(*record),
		None if uncalibrated => Ok(VolatilityMargin::UNKNOWN),
		None => Err(Problem::new(format!(
			"no parameter record of {asset}: make one from its history by `margin-backtest calibrate --candles {asset}=FILE \
			 --until YYYY-MM-DD --out params.json` and give it with `--params params.json`, or take the cap until it has been \
			 watched for 30 days with `--uncalibrated`"
		))),
	}
}
