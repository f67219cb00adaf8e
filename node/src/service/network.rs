//! The network: sync, transactions and votes.

use super::{GrandpaLink, ImportQueue, Shared};
use margin_runtime::{opaque::Block, Hash};
use sc_client_api::BlockBackend;
use sc_consensus_grandpa::warp_proof::NetworkProvider;
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, types::ProtocolName, NetworkBackend,
	NotificationService,
};
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_service::{error::Error, BuildNetworkParams, Configuration, TaskManager, WarpSyncConfig};
use sc_utils::mpsc::TracingUnboundedSender;
use std::sync::Arc;

/// The network as the node's tasks see it.
pub struct Net {
	/// The network itself.
	pub network: Arc<dyn NetworkService>,
	/// Keeps up with the others.
	pub sync: Arc<SyncingService<Block>>,
	/// Where the RPC asks about the network.
	pub system_rpc: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	/// Spreads transactions.
	pub transactions: TransactionsHandlerController<Hash>,
	/// Where votes come in and go out.
	pub notifications: Box<dyn NotificationService>,
	/// Name of the protocol of votes.
	pub protocol: ProtocolName,
}

/// Joins the network.
pub fn build<Network: NetworkBackend<Block, Hash>>(
	config: &Configuration,
	shared: &Shared,
	import_queue: ImportQueue,
	link: &GrandpaLink,
	tasks: &TaskManager,
) -> Result<Net, Error> {
	let registry = config.prometheus_registry();
	let mut net_config = FullNetworkConfiguration::<_, _, Network>::new(&config.network, registry.cloned());
	let metrics = Network::register_notification_metrics(registry);
	let genesis = shared
		.client
		.block_hash(0)?
		.ok_or_else(|| Error::Other("the chain has no genesis block".into()))?;
	let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (votes, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
		protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(votes);
	let warp_sync = NetworkProvider::new(shared.backend.clone(), link.shared_authority_set().clone(), Vec::new());
	let (network, system_rpc, transactions, sync) = sc_service::build_network(BuildNetworkParams {
		config,
		net_config,
		client: shared.client.clone(),
		transaction_pool: shared.pool.clone(),
		spawn_handle: tasks.spawn_handle(),
		import_queue,
		block_announce_validator_builder: None,
		warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_sync))),
		block_relay: None,
		metrics,
	})?;
	Ok(Net {
		network,
		sync,
		system_rpc,
		transactions,
		notifications,
		protocol,
	})
}
