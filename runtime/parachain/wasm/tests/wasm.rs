//! The code that is handed out, against the runtime that it was built from.

use codec::Encode;
use margin_parachain_runtime::{
	genesis_presets::{get_preset, preset_names},
	RuntimeGenesisConfig, VERSION,
};
use margin_parachain_wasm::call;
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use sp_version::RuntimeVersion;

/// Interfaces that the stock omni-node asks of a runtime that collates with Aura, by the names of their traits.
const ASKED: [&str; 14] = [
	"Core",
	"Metadata",
	"BlockBuilder",
	"TaggedTransactionQueue",
	"OffchainWorkerApi",
	"SessionKeys",
	"AuraApi",
	"AuraUnincludedSegmentApi",
	"CollectCollationInfo",
	"GetCoreSelectorApi",
	"RelayParentOffsetApi",
	"AccountNonceApi",
	"TransactionPaymentApi",
	"GenesisBuilder",
];

/// How versions name an interface.
fn id(name: &str) -> [u8; 8] {
	sp_core::blake2_64(name.as_bytes())
}

#[test]
fn the_code_should_be_this_runtime_and_answer_what_an_omni_node_asks() {
	let version: RuntimeVersion = call(&mut TestExternalities::default().ext(), "Core_version", &[]).unwrap();
	assert_eq!(version, VERSION);
	for name in ASKED {
		assert!(
			version.apis.iter().any(|(api, _)| *api == id(name)),
			"{name} is missing"
		);
	}
}

#[test]
fn the_code_should_build_the_genesis_of_every_preset_as_the_native_runtime_does() {
	for name in preset_names() {
		let id = Some(name.clone());
		let mut state = TestExternalities::default();
		let patch: Option<Vec<u8>> = call(&mut state.ext(), "GenesisBuilder_get_preset", &id.encode()).unwrap();
		assert_eq!(patch, get_preset(&name));

		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
		merge(&mut config, serde_json::from_slice(&patch.unwrap()).unwrap());
		let json = serde_json::to_vec(&config).unwrap();
		let built: Result<(), String> = call(&mut state.ext(), "GenesisBuilder_build_state", &json.encode()).unwrap();
		assert_eq!(built, Ok(()));

		let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
		let mut native: TestExternalities = config.build_storage().unwrap().into();
		assert!(state.eq(&mut native), "the states of {name} differ");
	}
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}
