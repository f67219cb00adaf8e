//! `margin-backtest`: see the library's doc.

use clap::Parser;
use margin_backtest::{arguments::Arguments, commands};
use std::process::ExitCode;

fn main() -> ExitCode {
	match commands::run(&Arguments::parse()) {
		Ok(()) => ExitCode::SUCCESS,
		Err(problem) => {
			eprintln!("margin-backtest: {problem}");
			ExitCode::FAILURE
		},
	}
}
