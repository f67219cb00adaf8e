//! The command line.

use clap::{error::Result as ClapResult, CommandFactory, FromArgMatches, Parser};
use sc_cli::SubstrateCli;
use std::ffi::OsString;

/// What `margin-node` understands.
#[derive(Debug, Parser)]
pub struct Cli {
	/// Something else than running the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// Options of every node of this kind.
	#[command(flatten)]
	pub run: sc_cli::RunCmd,

	/// Options of this chain's workers.
	#[command(flatten)]
	pub workers: Workers,
}

/// What the offchain workers of this node do.
#[derive(Debug, Clone, clap::Args)]
pub struct Workers {
	/// Where prices are fetched, as an HTTP address. Give it once for every operator key in the keystore: the i-th
	/// operator, by account, uses the i-th address. Without it this node feeds no prices.
	#[arg(long = "price-source", value_name = "URL", value_parser = parse_url)]
	pub price_sources: Vec<String>,

	/// Which oracle key each symbol of the price source feeds.
	#[arg(
		long,
		value_name = "KEY=SYMBOL,...",
		value_delimiter = ',',
		value_parser = parse_symbol,
		default_value = "1=USDC,2=BTC,3=ETH,4=DOT"
	)]
	pub feed_symbols: Vec<(u32, String)>,

	/// Does not look for accounts to liquidate, nor for sales of the house that the market pays. Others do, and so does
	/// the chain itself.
	#[arg(long)]
	pub no_keeper: bool,

	/// Holds the well-known keys of the development presets' three operators, in memory. On with `--dev`; refused on
	/// any chain that is not for development.
	#[arg(long)]
	pub dev_operators: bool,
}

/// Subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Keys: generate, inspect, insert into the keystore.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Print a chain specification.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Write a chain specification to a file.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Validate blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Export blocks.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Export the state of a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Import blocks.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the whole chain.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Go back by a number of blocks.
	Revert(sc_cli::RevertCmd),

	/// Print what the database knows of the chain.
	ChainInfo(sc_cli::ChainInfoCmd),
}

impl Cli {
	/// Reads the command line, with the defaults of this chain.
	///
	/// The SDK's default pool keeps a view of each fork, which takes in what an offchain worker submits a block later
	/// when it is still building the view of the block that the worker runs after. A keeper cannot wait: half of its
	/// liquidations came two blocks after the price instead of one. The pool of a single state has no such gap.
	///
	/// # Errors
	/// What clap answers, help and version among them.
	pub fn read<Text: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = Text>) -> ClapResult<Self> {
		let command = <Self as SubstrateCli>::setup_command(Self::command())
			.mut_arg("pool_type", |argument| argument.default_value("single-state"));
		Self::from_arg_matches(&command.try_get_matches_from(arguments)?)
	}
}

fn parse_url(text: &str) -> Result<String, String> {
	if text.starts_with("http://") || text.starts_with("https://") {
		Ok(text.into())
	} else {
		Err("a price source begins with http:// or https://".into())
	}
}

fn parse_symbol(text: &str) -> Result<(u32, String), String> {
	let (key, symbol) = text.split_once('=').ok_or("write KEY=SYMBOL, for example 2=BTC")?;
	let key = key
		.trim()
		.parse()
		.map_err(|_| format!("`{key}` is no oracle key: write a number"))?;
	match symbol.trim() {
		"" => Err("a symbol is missing after `=`".into()),
		symbol => Ok((key, symbol.into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(arguments: &[&str]) -> ClapResult<Cli> {
		Cli::read(std::iter::once(&"margin-node").chain(arguments))
	}

	fn parse(arguments: &[&str]) -> ClapResult<Workers> {
		read(arguments).map(|cli| cli.workers)
	}

	#[test]
	fn keeps_the_pool_of_a_single_state_unless_told_otherwise() {
		let pool = |arguments: &[&str]| format!("{:?}", read(arguments).unwrap().run.pool_config.pool_type);
		assert_eq!(pool(&["--dev"]), "SingleState");
		assert_eq!(pool(&["--dev", "--pool-type", "fork-aware"]), "ForkAware");
	}

	#[test]
	fn feeds_the_four_listed_assets_when_nothing_else_is_said() {
		let keys: Vec<_> = parse(&[]).unwrap().feed_symbols;
		let expected = [(1, "USDC"), (2, "BTC"), (3, "ETH"), (4, "DOT")];
		assert_eq!(keys, expected.map(|(key, symbol)| (key, symbol.to_string())));
	}

	#[test]
	fn takes_a_source_for_each_operator() {
		let sources = parse(&["--price-source", "http://a/1", "--price-source", "https://b"])
			.unwrap()
			.price_sources;
		assert_eq!(sources, ["http://a/1", "https://b"]);
	}

	#[test]
	fn refuses_a_source_that_is_no_http_address() {
		assert!(parse(&["--price-source", "ftp://a"]).is_err());
	}

	#[test]
	fn refuses_symbols_that_are_no_pairs() {
		assert!(parse(&["--feed-symbols", "BTC"]).is_err());
		assert!(parse(&["--feed-symbols", "x=BTC"]).is_err());
		assert!(parse(&["--feed-symbols", "2="]).is_err());
	}
}
