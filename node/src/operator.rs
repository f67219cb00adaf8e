//! What the command line says to the runtime's offchain workers, and the keys that development needs.
//!
//! A worker sees the node through its persistent offchain storage. Every start writes it anew, so that an option that
//! is no longer given is no longer in force.

use crate::cli::Workers;
use codec::Encode;
use sc_service::{ChainType, Error};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use sp_keystore::KeystorePtr;

/// What switches the keeper off, and what sells for the house.
const OFF_KEYS: [&[u8]; 2] = [pallet_margin::keeper::OFF_KEY, pallet_auctions::worker::OFF_KEY];

/// Hands the options of the workers over to them.
pub fn configure_workers(storage: &mut impl OffchainStorage, workers: &Workers) {
	let mut put = |key: &[u8], value: Option<Vec<u8>>| match value {
		Some(value) => storage.set(STORAGE_PREFIX, key, &value),
		None => storage.remove(STORAGE_PREFIX, key),
	};
	let settings = pallet_feeder::Settings {
		sources: workers
			.price_sources
			.iter()
			.map(|url| url.clone().into_bytes())
			.collect(),
		symbols: workers
			.feed_symbols
			.iter()
			.map(|(key, symbol)| (*key, symbol.clone().into_bytes()))
			.collect(),
	};
	put(
		pallet_feeder::SETTINGS_KEY,
		(!workers.price_sources.is_empty()).then(|| settings.encode()),
	);
	for key in OFF_KEYS {
		put(key, workers.no_keeper.then(|| true.encode()));
	}
}

/// Puts the keys of the development presets' operators into the keystore, in memory only.
///
/// # Errors
/// When it is asked for on a chain that is not for development: their seeds are public.
pub fn insert_development_operators(keystore: &KeystorePtr, chain: ChainType, asked: bool) -> Result<(), Error> {
	let development = chain == ChainType::Development;
	if asked && !development && chain != ChainType::Local {
		return Err(Error::Other(
			"--dev-operators is for development chains: everybody knows these keys".into(),
		));
	}
	if asked || development {
		for seed in margin_runtime::genesis_presets::OPERATORS {
			keystore
				.sr25519_generate_new(pallet_feeder::crypto::KEY_TYPE, Some(seed))
				.map_err(|error| Error::Other(format!("the key of {seed} was not taken: {error}")))?;
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_service::KeystoreContainer;
	use sp_core::offchain::storage::InMemOffchainStorage;

	fn workers(sources: &[&str], no_keeper: bool) -> Workers {
		Workers {
			price_sources: sources.iter().map(|url| url.to_string()).collect(),
			feed_symbols: vec![(2, "BTC".into())],
			no_keeper,
			dev_operators: false,
		}
	}

	fn keys(chain: ChainType, asked: bool) -> Result<usize, Error> {
		let keystore = KeystoreContainer::new(&sc_service::config::KeystoreConfig::InMemory)?.keystore();
		insert_development_operators(&keystore, chain, asked)?;
		Ok(keystore.sr25519_public_keys(pallet_feeder::crypto::KEY_TYPE).len())
	}

	#[test]
	fn a_later_start_forgets_what_an_earlier_one_was_told() {
		let mut storage = InMemOffchainStorage::default();
		for (sources, no_keeper) in [(&["http://a"][..], true), (&[][..], false)] {
			configure_workers(&mut storage, &workers(sources, no_keeper));
			assert_eq!(
				storage.get(STORAGE_PREFIX, pallet_feeder::SETTINGS_KEY).is_some(),
				!sources.is_empty()
			);
			for key in OFF_KEYS {
				assert_eq!(storage.get(STORAGE_PREFIX, key).is_some(), no_keeper);
			}
		}
	}

	#[test]
	fn development_operators_come_by_themselves_on_a_development_chain_only() {
		assert_eq!(keys(ChainType::Development, false).unwrap(), 3);
		assert_eq!(keys(ChainType::Local, false).unwrap(), 0);
		assert_eq!(keys(ChainType::Local, true).unwrap(), 3);
	}

	#[test]
	fn development_operators_are_refused_on_a_live_chain() {
		assert!(keys(ChainType::Live, true).is_err());
		assert_eq!(keys(ChainType::Live, false).unwrap(), 0);
	}
}
