//! The chains that this node can start by itself.

use sc_service::{ChainType, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// What the Wasm builder wrote.
#[allow(dead_code)]
mod built {
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

/// A chain specification without extensions.
pub type ChainSpec = sc_service::GenericChainSpec;

fn properties() -> Properties {
	let values = [
		("tokenSymbol", "MRG".into()),
		("tokenDecimals", 12.into()),
		("ss58Format", 42.into()),
	];
	values
		.into_iter()
		.map(|(key, value)| (key.to_string(), value))
		.collect()
}

fn from_preset(name: &str, id: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let code =
		built::WASM_BINARY.ok_or("this node was built without the Wasm runtime: build it without SKIP_WASM_BUILD")?;
	Ok(ChainSpec::builder(code, None)
		.with_name(name)
		.with_id(id)
		.with_protocol_id(id)
		.with_chain_type(kind)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// One validator, Alice.
pub fn development() -> Result<ChainSpec, String> {
	from_preset(
		"Margin Development",
		"margin_dev",
		ChainType::Development,
		DEV_RUNTIME_PRESET,
	)
}

/// Four validators: Alice, Bob, Charlie, Dave.
pub fn local_testnet() -> Result<ChainSpec, String> {
	from_preset(
		"Margin Local Testnet",
		"margin_local",
		ChainType::Local,
		LOCAL_TESTNET_RUNTIME_PRESET,
	)
}
