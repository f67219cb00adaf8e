//! The report for people.

use crate::{
	compare::{Comparison, Report, Score},
	days::{day, duration},
	metrics::Cyclicality,
};
use std::fmt::{self, Display, Formatter};

const LABEL: usize = 30;

impl Display for Report {
	fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
		let names: Vec<&str> = self.assets.iter().map(|asset| asset.asset.as_str()).collect();
		let first = self.assets.iter().map(|asset| asset.first).min().unwrap_or_default();
		let last = self.assets.iter().map(|asset| asset.last).max().unwrap_or_default();
		writeln!(
			formatter,
			"{}: {} to {}, {} bars of {}",
			names.join(", "),
			day(first),
			day(last),
			self.all.bars,
			duration(self.bar)
		)?;
		if let [_, _, ..] = self.assets.as_slice() {
			comparison(formatter, "all assets", &self.all)?;
		}
		for asset in &self.assets {
			comparison(formatter, &asset.asset, &asset.comparison)?;
		}
		writeln!(
			formatter,
			"\n{:LABEL$}{:>12}{:>14}{:>14}{:>14}",
			"how margins moved", "99th / 1st", "30-day peak", "largest rise", "largest rise"
		)?;
		writeln!(
			formatter,
			"{:LABEL$}{:>12}{:>14}{:>14}{:>14}",
			"", "percentile", "/ trough", "in an hour", "in a day"
		)?;
		for asset in &self.assets {
			moved(formatter, &asset.asset, &asset.cyclicality)?;
		}
		Ok(())
	}
}

fn comparison(formatter: &mut Formatter<'_>, title: &str, figures: &Comparison) -> fmt::Result {
	writeln!(
		formatter,
		"\n{title:LABEL$}{:>12}{:>14}{:>12}{:>12}",
		"average", "shortfall", "bad debt", "liquidated"
	)?;
	writeln!(
		formatter,
		"{:LABEL$}{:>12}{:>14}{:>12}{:>12}",
		"", "%", "milli-bps", "$/M/year", "%"
	)?;
	score(formatter, "the margins", &figures.as_given)?;
	score(formatter, "static of the same average", &figures.static_same_average)?;
	score(formatter, "the margins scaled to 5 %", &figures.equal_capital)?;
	score(formatter, "static 5 %", &figures.static_benchmark)?;
	against(
		formatter,
		"margins / static 5 %",
		&figures.as_given,
		&figures.static_benchmark,
	)?;
	against(
		formatter,
		"scaled / static 5 %",
		&figures.equal_capital,
		&figures.static_benchmark,
	)?;
	against(
		formatter,
		"margins / static of same",
		&figures.as_given,
		&figures.static_same_average,
	)
}

fn score(formatter: &mut Formatter<'_>, label: &str, score: &Score) -> fmt::Result {
	writeln!(
		formatter,
		"  {label:width$}{:>12.4}{:>14.1}{:>12.0}{:>12.2}",
		score.average * 100.0,
		score.shortfall,
		score.bad_debt,
		score.liquidated * 100.0,
		width = LABEL - 2
	)
}

fn against(formatter: &mut Formatter<'_>, label: &str, score: &Score, other: &Score) -> fmt::Result {
	let share = |part: f64, whole: f64| match whole > 0.0 {
		true => format!("{:.1} %", part / whole * 100.0),
		false => "-".into(),
	};
	writeln!(
		formatter,
		"  {label:width$}{:>12}{:>14}{:>12}{:>12}",
		share(score.average, other.average),
		share(score.shortfall, other.shortfall),
		share(score.bad_debt, other.bad_debt),
		share(score.liquidated, other.liquidated),
		width = LABEL - 2
	)
}

fn moved(formatter: &mut Formatter<'_>, asset: &str, figures: &Cyclicality) -> fmt::Result {
	let shown = |figure: Option<f64>, shown: fn(f64) -> String| figure.map_or_else(|| "-".into(), shown);
	let rise = |figure| shown(figure, |rise| format!("{:+.1} %", rise * 100.0));
	writeln!(
		formatter,
		"  {asset:width$}{:>12.2}{:>14}{:>14}{:>14}",
		figures.high_over_low,
		shown(figures.peak_over_trough, |ratio| format!("{ratio:.2}")),
		rise(figures.hour_rise),
		rise(figures.day_rise),
		width = LABEL - 2
	)
}
