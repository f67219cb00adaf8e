//! What `margin-backtest` understands.

use crate::{
	candles::Source,
	days::{self, Span, DAY},
	table,
};
use clap::{Args, Parser, Subcommand};
use std::{convert::Infallible, path::PathBuf, str::FromStr};

/// Tries margins on the past, with the very code of the runtime.
///
/// Candles come as CSV, plain or compressed by gzip, with columns time, open, high, low and close in any order: time is the
/// opening in Unix seconds (milliseconds are recognised), prices are in US dollars. Other columns are ignored. Candles of an
/// hour are the main case; 5 minutes to 2 hours work too.
#[derive(Parser, Debug)]
#[command(name = "margin-backtest", version)]
pub struct Arguments {
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
	/// Writes the maintenance margin in force after each bar: `time,BTC,ETH`, as fractions.
	///
	/// Bars of several assets are joined by time; where an asset has none its margin carries on.
	Margins(MarginsArguments),
	/// Makes parameter records of assets from their history before a day: JSON, by asset, as the runtime takes them.
	Calibrate(CalibrateArguments),
	/// Judges margins by what came after them, beside static margins.
	///
	/// Shortfall: the mean of what the next bar takes beyond the margin, with 0.5 % of cost, in milli-bps. Bad debt, in
	/// dollars for a million of open interest and a year, and liquidated: of longs and shorts opened every hour with 10 %
	/// or twice the margin, held for 24 hours on average. Equal capital: all margins times one factor, so that they are 5 %
	/// on average.
	Evaluate(EvaluateArguments),
	/// Judges what portfolio accounts require: how often random books lose more in the next bar, and what they save.
	///
	/// Of two assets two more are made up, in five ways, and books are of all four; of three to eight assets books are of
	/// those. A breach is a loss from one close to the next beyond what the book requires; the saving is against the sum
	/// of what its assets require one by one, whose own breaches are told beside. Made-up assets are calibrated by what
	/// was before the first day.
	Portfolio(PortfolioArguments),
}

/// Which candles.
#[derive(Args, Debug)]
pub struct CandleArguments {
	/// An asset's candles, like BTC=btc.csv.gz. May be given for several assets.
	#[arg(long = "candles", value_name = "ASSET=FILE", required = true)]
	pub candles: Vec<Source>,

	/// Accept gaps of more than a day. Shorter ones are always carried on over, as the runtime does, and told.
	#[arg(long)]
	pub bridge_gaps: bool,
}

/// Which parameter records.
#[derive(Args, Debug)]
pub struct RecordArguments {
	/// Parameter records, as `calibrate` writes them. BTC and ETH have built-in ones. May be given several times.
	#[arg(long, value_name = "FILE")]
	pub params: Vec<PathBuf>,

	/// Take an asset without a record too: its margin is the cap until it has been watched for 30 days.
	#[arg(long)]
	pub uncalibrated: bool,
}

/// What `margin-backtest margins` understands.
#[derive(Args, Debug)]
pub struct MarginsArguments {
	/// Candles.
	#[command(flatten)]
	pub candles: CandleArguments,

	/// Where the margins are written.
	#[arg(long, value_name = "FILE")]
	pub out: PathBuf,

	/// Records.
	#[command(flatten)]
	pub records: RecordArguments,
}

/// What `margin-backtest calibrate` understands.
#[derive(Args, Debug)]
pub struct CalibrateArguments {
	/// Candles.
	#[command(flatten)]
	pub candles: CandleArguments,

	/// Use the history before this day only.
	#[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
	pub until: u64,

	/// Where the records are written; else they are printed.
	#[arg(long, value_name = "FILE")]
	pub out: Option<PathBuf>,
}

/// What `margin-backtest evaluate` understands.
#[derive(Args, Debug)]
pub struct EvaluateArguments {
	/// Candles.
	#[command(flatten)]
	pub candles: CandleArguments,

	/// Margins as `margins` writes them, or one margin throughout, like static:0.05.
	#[arg(long, value_name = "FILE|static:FRACTION")]
	pub margins: Given,

	/// First day.
	#[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
	pub from: Option<u64>,

	/// Last day, which still counts.
	#[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
	pub to: Option<u64>,

	/// Also write the figures as JSON.
	#[arg(long, value_name = "FILE")]
	pub json: Option<PathBuf>,

	/// Also draw prices, margins and what went beyond them, as SVG.
	#[arg(long, value_name = "FILE")]
	pub svg: Option<PathBuf>,
}

/// What `margin-backtest portfolio` understands.
#[derive(Args, Debug)]
pub struct PortfolioArguments {
	/// Candles.
	#[command(flatten)]
	pub candles: CandleArguments,

	/// Records.
	#[command(flatten)]
	pub records: RecordArguments,

	/// First day.
	#[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
	pub from: u64,

	/// Last day, which still counts.
	#[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
	pub to: Option<u64>,

	/// Where random numbers begin.
	#[arg(long, default_value_t = 1)]
	pub seed: u64,

	/// How many books of each kind.
	#[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
	pub books: u32,

	/// Also write the figures as JSON.
	#[arg(long, value_name = "FILE")]
	pub json: Option<PathBuf>,
}

impl PortfolioArguments {
	/// The days asked for.
	pub fn span(&self) -> Span {
		Span {
			from: Some(self.from),
			until: self.to.map(|day| day.saturating_add(DAY)),
		}
	}
}

impl EvaluateArguments {
	/// The days asked for.
	pub fn span(&self) -> Span {
		Span {
			from: self.from,
			until: self.to.map(|day| day.saturating_add(DAY)),
		}
	}
}

/// Which margins are evaluated.
#[derive(Clone, PartialEq, Debug)]
pub enum Given {
	/// Those in a file.
	File(PathBuf),
	/// One throughout.
	Static(f64),
}

impl FromStr for Given {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text.strip_prefix("static:") {
			Some(margin) => table::fraction(margin).map(Self::Static),
			None => PathBuf::from_str(text)
				.map(Self::File)
				.map_err(|never: Infallible| match never {}),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_arguments_are_consistent() {
		Arguments::command().debug_assert();
	}

	#[test]
	fn the_last_day_counts() {
		let line = "x evaluate --candles BTC=b --margins static:0.05 --from 2021-01-01 --to 2021-01-01";
		let arguments = Arguments::try_parse_from(line.split(' ')).unwrap();
		let Command::Evaluate(arguments) = arguments.command else {
			panic!("evaluate was asked for");
		};
		assert_eq!(arguments.margins, Given::Static(0.05));
		let span = arguments.span();
		assert!(span.contains(1_609_459_200) && span.contains(1_609_459_200 + DAY - 1));
		assert!(!span.contains(1_609_459_200 + DAY));
	}

	#[test]
	fn a_static_margin_must_be_a_fraction() {
		assert!("static:5".parse::<Given>().is_err());
		assert!("static:".parse::<Given>().is_err());
	}
}
