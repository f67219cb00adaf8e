//! # margin-node
//!
//! The validator's node of the margin chain: authors and finalises blocks, finds accounts to liquidate, and, for who
//! holds an operator's key, feeds prices. One binary; `margin-node --dev` is a chain of its own.

// The SDK's own error is large, and its traits ask for it.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod keeper_metrics;
mod operator;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		},
	}
}
