//! Parameter records of assets: JSON, by the asset's name, each as the runtime takes it.

use crate::{problem::Problem, text_file};
use margin_math::Ratio;
use margin_risk::volatility::VolatilityMargin;
use std::{collections::BTreeMap, path::Path};

/// Records by name.
pub type Records = BTreeMap<String, VolatilityMargin>;

/// The records of BTC and ETH.
const BUILT_IN: &str = include_str!("../records.json");

/// The built-in records.
///
/// # Errors
/// The file that was built in is wrong, which a test excludes.
pub fn built_in() -> Result<Records, Problem> {
	parse(Path::new("built-in records"), BUILT_IN)
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
			.map_err(|bad| Problem::of_file(file, format!("{asset}: out of its range: {bad:?}")))?;
	}
	Ok(records)
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
		None if uncalibrated => Ok(without_history()),
		None => Err(Problem::new(format!(
			"no parameter record of {asset}: make one from its history by `margin-backtest calibrate --candles {asset}=FILE \
			 --until YYYY-MM-DD --out params.json` and give it with `--params params.json`, or take the cap until it has been \
			 watched for 30 days with `--uncalibrated`"
		))),
	}
}

/// The record of an asset that nothing is known of.
pub fn without_history() -> VolatilityMargin {
	VolatilityMargin {
		base: Ratio::ZERO,
		multiple: Ratio::from_ppm(6_730_000),
		usual: None,
		floor: Ratio::from_percent(2),
		cap: Ratio::from_percent(20),
		rise: Ratio::from_percent(25),
		fall: Ratio::from_percent(5),
	}
}
