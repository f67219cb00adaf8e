//! Candles of an asset, read from a file and checked.

use crate::{
	days::{duration, moment},
	decimal,
	problem::Problem,
	text_file::{self, Rows},
};
use margin_math::{Price, Ratio, Rounding};
use margin_risk::volatility::BUCKET_MS;
use std::{collections::BTreeMap, path::PathBuf, str::FromStr};

/// Missing time up to which a gap is only told: a day, in seconds.
pub const LONGEST_BRIDGED: u64 = 86_400;

/// Shortest candle, and what others are multiples of: the five minutes in which the runtime looks at prices, in seconds.
pub const SHORTEST: u64 = BUCKET_MS / 1_000;

/// By how much of itself an open or a close may lie outside high and low: what rounding of the columns explains.
const ROUNDING: Ratio = Ratio::from_ppm(100);

/// An asset's name and its file, as an argument gives them: `BTC=FILE`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
	/// The asset's name.
	pub asset: String,
	/// Where its candles are.
	pub file: PathBuf,
}

impl FromStr for Source {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (asset, file) = text.split_once('=').unwrap_or_default();
		let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
		if asset.is_empty() || file.is_empty() || asset.eq_ignore_ascii_case("time") || !asset.bytes().all(plain) {
			return Err("give an asset's name and its file, like BTC=btc.csv".into());
		}
		Ok(Self {
			asset: asset.into(),
			file: file.into(),
		})
	}
}

/// Prices of a stretch of time, in US dollars per whole unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candle {
	/// Unix second at which it opens.
	pub time: u64,
	/// First price.
	pub open: Price,
	/// Highest price.
	pub high: Price,
	/// Lowest price.
	pub low: Price,
	/// Last price.
	pub close: Price,
}

/// Candles of an asset: at least two, in order.
#[derive(Clone, Debug)]
pub struct Series {
	/// The asset's name.
	pub asset: String,
	/// Where they were read from.
	pub file: PathBuf,
	/// Length of a candle in seconds: the most frequent distance.
	pub length: u64,
	/// The candles.
	pub candles: Vec<Candle>,
}

/// A stretch of time without candles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
	/// Opening of the last candle before it.
	pub after: u64,
	/// Seconds that are missing.
	pub missing: u64,
}

impl Series {
	/// Reads the candles of `source`. Columns are found by name: `time`, `open`, `high`, `low`, `close`; others are ignored.
	///
	/// # Errors
	/// The first thing that is wrong, with its line.
	pub fn read(source: &Source) -> Result<Self, Problem> {
		let text = text_file::read(&source.file)?;
		Self::parse(source, &text)
	}

	/// The candles that `text` holds.
	///
	/// # Errors
	/// As [`Self::read`].
	pub fn parse(source: &Source, text: &str) -> Result<Self, Problem> {
		let file = source.file.as_path();
		let mut rows = Rows::new(file, text)?;
		let columns = Columns::find(&rows)?;
		let mut candles: Vec<Candle> = Vec::new();
		let mut lines = Vec::new();
		for record in rows.records() {
			let (line, record) = record?;
			let told = |text: String| Problem::of_line(file, line, text);
			let candle = columns.candle(&record).map_err(told)?;
			if let Some(last) = candles.last() {
				in_order(last, &candle).map_err(told)?;
			}
			candles.push(candle);
			lines.push(line);
		}
		let length = most_frequent_distance(&candles)
			.ok_or_else(|| Problem::of_file(file, format!("{} candles: at least two are needed", candles.len())))?;
		if !length.is_multiple_of(SHORTEST) {
			let text = format!(
				"candles of {}: they must be of {} or a multiple of that, as the runtime looks at prices",
				duration(length),
				duration(SHORTEST)
			);
			return Err(Problem::of_file(file, text));
		}
		for (pair, line) in candles.windows(2).zip(lines.iter().skip(1)) {
			if pair[1].time - pair[0].time < length {
				let text = format!(
					"{} after the candle before, where candles are {} long",
					duration(pair[1].time - pair[0].time),
					duration(length)
				);
				return Err(Problem::of_line(file, *line, text));
			}
		}
		Ok(Self {
			asset: source.asset.clone(),
			file: file.into(),
			length,
			candles,
		})
	}

	/// Where candles are missing.
	pub fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
		self.candles.windows(2).filter_map(|pair| {
			let missing = pair[1].time - pair[0].time - self.length;
			(missing > 0).then_some(Gap {
				after: pair[0].time,
				missing,
			})
		})
	}

	/// What to tell of the gaps; nothing if there are none.
	///
	/// # Errors
	/// A gap is longer than [`LONGEST_BRIDGED`] and `bridge` is not set.
	pub fn tell_gaps(&self, bridge: bool) -> Result<Option<String>, Problem> {
		let Some(longest) = self.gaps().reduce(|a, b| if b.missing > a.missing { b } else { a }) else {
			return Ok(None);
		};
		if !bridge {
			if let Some(gap) = self.gaps().find(|gap| gap.missing > LONGEST_BRIDGED) {
				let text = format!(
					"{} are missing after {} ({}): fill them, or accept the gap with --bridge-gaps",
					duration(gap.missing),
					moment(gap.after),
					gap.after
				);
				return Err(Problem::of_file(&self.file, text));
			}
		}
		let (count, missing) = self
			.gaps()
			.fold((0, 0), |(count, missing), gap| (count + 1, missing + gap.missing));
		Ok(Some(format!(
			"{}: {count} {}, {} missing, the longest {} after {}; carried on over as the runtime does",
			self.file.display(),
			if count == 1 { "gap" } else { "gaps" },
			duration(missing),
			duration(longest.missing),
			moment(longest.after),
		)))
	}

	/// The place of the candle that opens at `time`, or where it would stand.
	pub fn place(&self, time: u64) -> Result<usize, usize> {
		self.candles.binary_search_by_key(&time, |candle| candle.time)
	}

	/// Opening of the first candle.
	pub fn first(&self) -> u64 {
		self.candles.first().map_or(0, |candle| candle.time)
	}

	/// Opening of the last candle.
	pub fn last(&self) -> u64 {
		self.candles.last().map_or(0, |candle| candle.time)
	}
}

/// Where a file's columns stand.
struct Columns {
	time: usize,
	prices: [(&'static str, usize); 4],
}

impl Columns {
	fn find(rows: &Rows) -> Result<Self, Problem> {
		let price = |name| rows.column(name).map(|place| (name, place));
		Ok(Self {
			time: rows.column("time")?,
			prices: [price("open")?, price("high")?, price("low")?, price("close")?],
		})
	}

	fn candle(&self, record: &csv::StringRecord) -> Result<Candle, String> {
		let field = |place: usize| record.get(place).unwrap_or_default();
		let time = field(self.time);
		let time = decimal::time(time).map_err(|wrong| format!("time `{time}` {wrong}"))?;
		let price = |(name, place): (&str, usize)| {
			let text = field(place);
			decimal::price(text).map_err(|wrong| format!("{name} `{text}` {wrong}"))
		};
		let [open, high, low, close] = self.prices;
		let candle = Candle {
			time,
			open: price(open)?,
			high: price(high)?,
			low: price(low)?,
			close: price(close)?,
		};
		candle.enclosed()
	}
}

impl Candle {
	/// The same with high and low widened by what rounding left outside.
	fn enclosed(self) -> Result<Self, String> {
		if self.high < self.low {
			return Err(format!("high {} is below low {}", self.high, self.low));
		}
		let slack = |price: Price| price.scale(ROUNDING, Rounding::Up).unwrap_or(Price::ZERO);
		for (name, price) in [("open", self.open), ("close", self.close)] {
			let above = price.checked_sub(self.high).is_some_and(|above| above > slack(price));
			let below = self.low.checked_sub(price).is_some_and(|below| below > slack(price));
			if above || below {
				return Err(format!(
					"{name} {price} is not between low {} and high {}",
					self.low, self.high
				));
			}
		}
		Ok(Self {
			high: self.high.max(self.open).max(self.close),
			low: self.low.min(self.open).min(self.close),
			..self
		})
	}
}

fn in_order(last: &Candle, next: &Candle) -> Result<(), String> {
	let (before, now) = (moment(last.time), moment(next.time));
	match next.time.cmp(&last.time) {
		std::cmp::Ordering::Greater => Ok(()),
		std::cmp::Ordering::Equal => Err(format!("a second candle of {now} ({})", next.time)),
		std::cmp::Ordering::Less => Err(format!(
			"the candle of {now} ({}) comes after that of {before} ({}): candles must be in order",
			next.time, last.time
		)),
	}
}

/// The most frequent distance of neighbours, the shortest of equals.
fn most_frequent_distance(candles: &[Candle]) -> Option<u64> {
	let mut counts = BTreeMap::<u64, u64>::new();
	for pair in candles.windows(2) {
		*counts.entry(pair[1].time - pair[0].time).or_default() += 1;
	}
	let most = counts.values().copied().max()?;
	counts
		.into_iter()
		.find(|(_, count)| *count == most)
		.map(|(distance, _)| distance)
}

/// Whether all series have candles of one length, and no asset comes twice.
///
/// # Errors
/// Which do not.
pub fn check_together(series: &[Series]) -> Result<u64, Problem> {
	let Some(first) = series.first() else {
		return Err(Problem::new("no candles are given: --candles BTC=FILE"));
	};
	for (place, next) in series.iter().enumerate() {
		if next.length != first.length {
			let text = format!(
				"candles of {}, where those of {} are of {}",
				duration(next.length),
				first.file.display(),
				duration(first.length)
			);
			return Err(Problem::of_file(&next.file, text));
		}
		let same = |other: &&Series| other.asset.eq_ignore_ascii_case(&next.asset);
		if series.iter().take(place).any(|other| same(&other)) {
			return Err(Problem::new(format!("candles of {} are given twice", next.asset)));
		}
	}
	Ok(first.length)
}

/// Reads several files of candles and tells of their gaps.
///
/// # Errors
/// As [`Series::read`], [`Series::tell_gaps`] and [`check_together`].
pub fn read_all(sources: &[Source], bridge: bool, tell: &mut dyn FnMut(&str)) -> Result<Vec<Series>, Problem> {
	let mut all = Vec::new();
	for source in sources {
		let series = Series::read(source)?;
		if let Some(text) = series.tell_gaps(bridge)? {
			tell(&text);
		}
		all.push(series);
	}
	check_together(&all)?;
	Ok(all)
}

/// A path of candles for tests.
#[cfg(test)]
pub(crate) fn series(text: &str) -> Result<Series, Problem> {
	let source = Source {
		asset: "BTC".into(),
		file: "btc.csv".into(),
	};
	Series::parse(&source, text)
}

#[cfg(test)]
#[path = "tests/candles.rs"]
mod tests;
