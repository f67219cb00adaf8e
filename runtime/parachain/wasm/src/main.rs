//! Tells what the parachain's runtime says of itself.

use clap::Parser;
use sp_core::{bytes::to_hex, OpaqueMetadata};
use sp_io::TestExternalities;
use std::error::Error;

/// What to tell.
#[derive(Parser)]
#[command(about, version)]
enum Command {
	/// The metadata that clients read, as hex.
	Metadata,
	/// The code, as hex.
	Code,
}

fn main() -> Result<(), Box<dyn Error>> {
	let bytes = match Command::parse() {
		Command::Metadata => {
			let metadata: OpaqueMetadata =
				margin_parachain_wasm::call(&mut TestExternalities::default().ext(), "Metadata_metadata", &[])?;
			metadata.to_vec()
		},
		Command::Code => margin_parachain_wasm::code()?.to_vec(),
	};
	println!("{}", to_hex(&bytes, false));
	Ok(())
}
