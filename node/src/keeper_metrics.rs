//! What this node's keeper does, for Prometheus.
//!
//! The keeper runs in Wasm and leaves a report of each pass in the node's offchain storage. A scrape reads it from there,
//! so it is always that of the last pass. All is zero until the first one.

use codec::Decode;
use pallet_margin::keeper::{Report, REPORT_KEY};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use substrate_prometheus_endpoint::{
	register, MetricSource, Opts, PrometheusError, Registry, SourcedCounter, SourcedGauge,
};

/// A number of the last pass: its name, what it says, and where the report has it.
type Number = (&'static str, &'static str, fn(&Report) -> u64);

/// Numbers that go up and down.
const OF_THE_LAST_PASS: [Number; 5] = [
	(
		"margin_keeper_scanned",
		"Accounts that the keeper's last pass looked at",
		|report| report.scanned.into(),
	),
	(
		"margin_keeper_found",
		"Accounts below maintenance that the keeper's last pass found",
		|report| report.found.into(),
	),
	(
		"margin_keeper_submitted",
		"Liquidations of the keeper's last pass that the node's pool took",
		|report| report.submitted.into(),
	),
	(
		"margin_keeper_pass_milliseconds",
		"Milliseconds that the keeper's last pass took",
		|report| report.millis.into(),
	),
	(
		"margin_keeper_last_block",
		"Block after which the keeper's last pass ran",
		|report| report.block.into(),
	),
];

/// Numbers that only grow, from when the node's database was made.
const OF_ALL_PASSES: [Number; 3] = [
	("margin_keeper_passes_total", "Passes of the keeper", |report| {
		report.passes
	}),
	(
		"margin_keeper_found_total",
		"Accounts below maintenance that the keeper found, counted anew in each pass",
		|report| report.found_ever,
	),
	(
		"margin_keeper_submitted_total",
		"Liquidations of the keeper that the node's pool took",
		|report| report.submitted_ever,
	),
];

/// Adds the keeper's numbers to what the node tells.
///
/// # Errors
/// When a name is taken.
pub fn publish(registry: &Registry, storage: &(impl OffchainStorage + 'static)) -> Result<(), PrometheusError> {
	let source = |read| Source {
		storage: storage.clone(),
		read,
	};
	for (name, help, read) in OF_THE_LAST_PASS {
		register(SourcedGauge::new(&Opts::new(name, help), source(read))?, registry)?;
	}
	for (name, help, read) in OF_ALL_PASSES {
		register(SourcedCounter::new(&Opts::new(name, help), source(read))?, registry)?;
	}
	Ok(())
}

/// One number of the report in the node's offchain storage.
#[derive(Clone)]
struct Source<Storage> {
	storage: Storage,
	read: fn(&Report) -> u64,
}

impl<Storage: OffchainStorage> MetricSource for Source<Storage> {
	type N = u64;

	fn collect(&self, mut set: impl FnMut(&[&str], u64)) {
		let report = self
			.storage
			.get(STORAGE_PREFIX, REPORT_KEY)
			.and_then(|bytes| Report::decode(&mut &bytes[..]).ok())
			.unwrap_or_default();
		set(&[], (self.read)(&report));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use sp_core::offchain::storage::InMemOffchainStorage;
	use std::sync::{Arc, Mutex};

	/// A storage whose clones are one, as those of the database are.
	#[derive(Clone, Default)]
	struct Shared(Arc<Mutex<InMemOffchainStorage>>);

	impl OffchainStorage for Shared {
		fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
			self.0.lock().unwrap().set(prefix, key, value);
		}

		fn remove(&mut self, prefix: &[u8], key: &[u8]) {
			self.0.lock().unwrap().remove(prefix, key);
		}

		fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
			self.0.lock().unwrap().get(prefix, key)
		}

		fn compare_and_set(&mut self, prefix: &[u8], key: &[u8], old: Option<&[u8]>, new: &[u8]) -> bool {
			self.0.lock().unwrap().compare_and_set(prefix, key, old, new)
		}
	}

	fn told(registry: &Registry) -> Vec<(String, u64)> {
		let of = |metric: &substrate_prometheus_endpoint::prometheus::proto::Metric| {
			(metric.get_gauge().get_value() + metric.get_counter().get_value()) as u64
		};
		let families = registry.gather();
		families
			.iter()
			.map(|family| (family.get_name().to_string(), of(&family.get_metric()[0])))
			.collect()
	}

	#[test]
	fn every_number_of_the_newest_report_is_told() {
		let (registry, mut storage) = (Registry::new(), Shared::default());
		publish(&registry, &storage).unwrap();
		let before = told(&registry);
		assert_eq!(before.len(), 8);
		assert!(before.iter().all(|(_, value)| *value == 0), "there was no pass yet");

		let report = Report {
			block: 1,
			scanned: 2,
			found: 3,
			submitted: 4,
			millis: 5,
			passes: 6,
			found_ever: 7,
			submitted_ever: 8,
		};
		storage.set(STORAGE_PREFIX, REPORT_KEY, &report.encode());
		let expected = [
			("margin_keeper_found", 3),
			("margin_keeper_found_total", 7),
			("margin_keeper_last_block", 1),
			("margin_keeper_pass_milliseconds", 5),
			("margin_keeper_passes_total", 6),
			("margin_keeper_scanned", 2),
			("margin_keeper_submitted", 4),
			("margin_keeper_submitted_total", 8),
		];
		assert_eq!(told(&registry), expected.map(|(name, value)| (name.to_string(), value)));
	}

	#[test]
	fn a_report_that_cannot_be_read_counts_as_none() {
		let (registry, mut storage) = (Registry::new(), Shared::default());
		storage.set(STORAGE_PREFIX, REPORT_KEY, &[1, 2, 3]);
		publish(&registry, &storage).unwrap();
		assert!(told(&registry).iter().all(|(_, value)| *value == 0));
	}
}
