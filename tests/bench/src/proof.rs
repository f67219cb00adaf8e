//! How much of a proof a call takes. A parachain's block comes with the part of the state that it touches, and the relay
//! chain limits how much that may be.
//!
//! A benchmark runs on a small state of its own, where the way to a value is short, and values are as large as it makes
//! them. So what it records is only where the count begins. A call is charged:
//!
//! - For every value that it reads, as much as such a value may take with its key, where its pallet gives a bound.
//! - For the way to it, a branch of [`BRANCH`] bytes for the root, one for each value or map that it touches, where its
//!   keys part from the others, and those through the map itself: as many as the map is deep when it has as many entries
//!   as it may ([`entries`]), the logarithm to the base 16, rounded up. The upper ones of two keys may be the same. They are
//!   counted for each.
//! - For a key that it only writes, which leaves no trace in what is recorded, the way as well: the block that changes a
//!   value needs it to work out the new root.
//!
//! Where more than the bounded values and the upper branches was recorded, that counts in their place.

use frame_benchmarking::BenchmarkResult;
use frame_support::traits::StorageInfo;
use std::error::Error;

/// Bytes of a full branch in a compact proof: 15 hashes of 32 bytes with the length of each, a header, the bitmap of its
/// children, and its own length.
pub const BRANCH: u32 = 15 * 33 + 1 + 2 + 2;
/// Entries of a map that grows with the number of users.
const MANY: u32 = 1_000_000;
/// Entries of a map that has one for each asset, price, market, operator or chain: far more than any of their bounds.
const FEW: u32 = 256;
/// Maps of which governance or a constant bounds the size, and how many entries they have at most. All others count as
/// [`MANY`], unless they say themselves how many they have.
const BOUNDED: [(&str, &str, u32); 19] = [
	("System", "BlockHash", 4_096),
	("Assets", "Asset", FEW),
	("Assets", "Metadata", FEW),
	("AssetConversion", "Pools", 4_096),
	("Auctions", "Auctions", FEW),
	("Auctions", "Levels", FEW),
	("Forecast", "Forecasts", FEW),
	("Gateway", "Aloft", FEW),
	("Gateway", "Locations", FEW),
	("Gateway", "Routes", FEW),
	("Gateway", "Tokens", FEW),
	("Margin", "Assets", FEW),
	("Margin", "Changes", FEW),
	("Margin", "Grants", FEW),
	// A price for each operator and key.
	("Oracle", "RawValues", 4_096),
	("Oracle", "Values", FEW),
	("Prices", "Guards", FEW),
	("Prices", "Latched", FEW),
	("Prices", "Volatilities", FEW),
];

/// What a runtime keeps, and how deep it lies.
pub struct Layout {
	items: Vec<Item>,
}

/// A value or a map.
struct Item {
	prefix: Vec<u8>,
	/// Branches on the way from where its keys part to one of them.
	branches: u32,
	/// Bytes of its largest value with its key, where that is bounded.
	largest: Option<u32>,
}

impl Layout {
	/// Of a runtime that describes its storage so.
	///
	/// # Errors
	/// When [`BOUNDED`] names what a pallet does not have.
	pub fn new(infos: &[StorageInfo]) -> Result<Self, Box<dyn Error>> {
		let named = |info: &StorageInfo, pallet: &str| info.pallet_name == pallet.as_bytes();
		for (pallet, storage, _) in &BOUNDED {
			let mut items = infos.iter().filter(|info| named(info, pallet)).peekable();
			if items.peek().is_some() && !items.any(|info| info.storage_name == storage.as_bytes()) {
				return Err(format!("{pallet} has no {storage}").into());
			}
		}
		let items = infos.iter().map(|info| Item {
			prefix: info.prefix.clone(),
			branches: depth(entries(info)),
			largest: info.max_size,
		});
		Ok(Self { items: items.collect() })
	}

	/// The result with the proof of a large state.
	pub fn in_a_large_state(&self, mut result: BenchmarkResult) -> BenchmarkResult {
		let (mut upper, mut inside, mut values) = (1, 0, 0);
		for (key, reads, writes, _) in &result.keys {
			let item = self.items.iter().find(|item| key.starts_with(&item.prefix));
			upper += 1;
			inside += reads.max(writes) * item.map_or(0, |item| item.branches);
			values += reads * item.and_then(|item| item.largest).unwrap_or_default();
		}
		result.proof_size = result.proof_size.max(values + upper * BRANCH) + inside * BRANCH;
		result
	}
}

/// How many entries a map may have.
fn entries(info: &StorageInfo) -> u32 {
	let bounded = BOUNDED
		.iter()
		.find(|(pallet, item, _)| info.pallet_name == pallet.as_bytes() && info.storage_name == item.as_bytes());
	bounded
		.map(|(_, _, entries)| *entries)
		.or(info.max_values)
		.unwrap_or(MANY)
}

/// Branches on the way to one of so many keys that are spread evenly: the logarithm to the base 16, rounded up.
fn depth(entries: u32) -> u32 {
	(0..)
		.find(|depth| 16u64.pow(*depth) >= u64::from(entries))
		.unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::{traits::BlakeTwo256, StateVersion};
	use sp_state_machine::{prove_read_on_trie_backend, InMemoryBackend};
	use sp_storage::Storage;

	/// The size of the proof of the last of these keys.
	fn proof_of_last(keys: impl Iterator<Item = Vec<u8>>) -> u32 {
		let top: std::collections::BTreeMap<_, _> = keys.map(|key| (key, vec![1])).collect();
		let last = top.keys().last().unwrap().clone();
		let storage = Storage {
			top,
			children_default: Default::default(),
		};
		let backend: InMemoryBackend<BlakeTwo256> = (storage, StateVersion::V1).into();
		let root = *backend.root();
		let proof = prove_read_on_trie_backend(&backend, [last]).unwrap();
		proof.encoded_compact_size::<BlakeTwo256>(root).unwrap() as u32
	}

	/// As many keys as `digits` hexadecimal digits have values. They begin with those, and go on each in its own way.
	fn all_of(digits: u32) -> impl Iterator<Item = Vec<u8>> {
		(0..16u32.pow(digits)).map(move |number| {
			let first = number << (32 - 4 * digits);
			let own = sp_core::blake2_256(&number.to_le_bytes());
			[&first.to_be_bytes()[..], &own[..28]].concat()
		})
	}

	fn item(pallet: &str, item: &str, prefix: u8, max_values: Option<u32>, max_size: Option<u32>) -> StorageInfo {
		StorageInfo {
			pallet_name: pallet.into(),
			storage_name: item.into(),
			prefix: vec![prefix; 32],
			max_values,
			max_size,
		}
	}

	fn touched(proof_size: u32, keys: &[(u8, u32, u32)]) -> BenchmarkResult {
		BenchmarkResult {
			proof_size,
			keys: keys
				.iter()
				.map(|(prefix, reads, writes)| (vec![*prefix; 32], *reads, *writes, false))
				.collect(),
			..Default::default()
		}
	}

	fn layout() -> Layout {
		Layout::new(&[
			item("Margin", "Accounts", 1, None, Some(1_000)),
			item("Margin", "Assets", 2, None, Some(200)),
			item("Margin", "Changes", 3, None, None),
			item("Margin", "Grants", 4, None, None),
			item("Margin", "Index", 5, Some(1), Some(2_000)),
		])
		.unwrap()
	}

	#[test]
	fn a_map_should_be_as_deep_as_its_entries_need() {
		assert_eq!([1, 2, 16, 17, 256, 4_096, MANY].map(depth), [0, 1, 1, 2, 2, 3, 5]);
	}

	#[test]
	fn a_full_branch_should_take_what_it_is_counted_with() {
		for digits in 1..4 {
			let more = proof_of_last(all_of(digits + 1)) - proof_of_last(all_of(digits));
			assert!(more.abs_diff(BRANCH) <= 1, "{digits}: {more}");
		}
	}

	#[test]
	fn the_way_through_hashed_keys_should_be_within_what_is_counted() {
		for keys in [16, 300, 5_000, 50_000u32] {
			let hashed = (0..keys).map(|key| sp_core::blake2_256(&key.to_le_bytes()).to_vec());
			let leaf = 40;
			let (proof, counted) = (proof_of_last(hashed), depth(keys) * BRANCH + leaf);
			assert!(proof <= counted, "{keys}: {proof} of {counted}");
			assert!(proof * 2 >= counted, "{keys}: {proof} of {counted}");
		}
	}

	#[test]
	fn every_key_should_be_charged_the_depth_of_its_map() {
		let result = layout().in_a_large_state(touched(9_000, &[(1, 2, 2), (2, 3, 0), (5, 1, 1)]));
		assert_eq!(result.proof_size, 9_000 + (2 * 5 + 3 * 2) * BRANCH);
	}

	#[test]
	fn a_key_that_was_only_written_should_be_charged_the_way_to_it() {
		let result = layout().in_a_large_state(touched(9_000, &[(1, 1, 3), (5, 0, 1)]));
		assert_eq!(result.proof_size, 9_000 + 3 * 5 * BRANCH);
	}

	#[test]
	fn values_should_be_as_large_as_they_may_be() {
		let result = layout().in_a_large_state(touched(1_500, &[(1, 3, 0), (5, 1, 0)]));
		let upper = (1 + 2) * BRANCH;
		assert_eq!(result.proof_size, 3 * 1_000 + 2_000 + upper + 3 * 5 * BRANCH);
	}

	#[test]
	fn a_value_without_a_bound_should_count_as_recorded() {
		let result = layout().in_a_large_state(touched(7_000, &[(3, 1, 0)]));
		assert_eq!(result.proof_size, 7_000 + 2 * BRANCH);
	}

	#[test]
	fn a_bound_for_what_a_pallet_does_not_have_should_be_refused() {
		assert!(Layout::new(&[item("Margin", "Accounts", 1, None, None)]).is_err());
		assert!(Layout::new(&[item("Other", "Things", 1, None, None)]).is_ok());
	}
}
