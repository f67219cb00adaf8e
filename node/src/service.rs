//! Puts the node together: client, pool, network, offchain workers, authoring and finality.

use crate::{cli::Workers, operator, rpc};
use futures::FutureExt;
use margin_runtime::{apis::RuntimeApi, opaque::Block, Hash};
use sc_basic_authorship::ProposerFactory;
use sc_client_api::{Backend, BlockBackend};
use sc_consensus_aura::{ImportQueueParams, SlotDuration, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	warp_proof::NetworkProvider, BeforeBestBlockBy, GrandpaParams, LinkHalf, SharedVoterState,
	ThreeQuartersOfTheUnfinalizedChain, VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_executor::WasmExecutor;
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, types::ProtocolName, NetworkBackend,
	NotificationService,
};
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
	config::Role, error::Error, BuildNetworkParams, Configuration, PartialComponents, SpawnTasksParams, TaskManager,
	WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sc_utils::mpsc::TracingUnboundedSender;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// Runs the Wasm runtime: there is no native one.
type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The client.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
type Database = sc_service::TFullBackend<Block>;
/// Picks the best chain.
type SelectChain = sc_consensus::LongestChain<Database, Block>;
/// Imports blocks and their justifications.
type GrandpaBlockImport = sc_consensus_grandpa::GrandpaBlockImport<Database, Block, Client, SelectChain>;
/// What GRANDPA's voter needs of the import.
type GrandpaLink = LinkHalf<Block, Client, SelectChain>;
/// The transaction pool.
type Pool = sc_transaction_pool::TransactionPoolHandle<Block, Client>;

/// Imports blocks of others.
type ImportQueue = sc_consensus::DefaultImportQueue<Block>;

/// Parts that a subcommand needs as well as the node.
pub type Components = PartialComponents<
	Client,
	Database,
	SelectChain,
	ImportQueue,
	Pool,
	(GrandpaBlockImport, GrandpaLink, Option<Telemetry>),
>;

/// Least number of blocks between two justifications that are kept.
const JUSTIFICATION_PERIOD: u32 = 512;
/// How long a vote takes to reach everybody.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);
/// Votes stay this many blocks behind the best one, which not everybody may have seen yet.
const VOTE_BEHIND_BEST: u32 = 1;

/// Builds the parts.
pub fn components(config: &Configuration) -> Result<Components, Error> {
	let telemetry = start_telemetry(config)?;
	let handle = telemetry.as_ref().map(|(_, telemetry)| telemetry.handle());
	let executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(config, handle.clone(), executor)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);
	let (block_import, link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		handle.clone(),
	)?;
	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let import_queue = sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
		block_import: block_import.clone(),
		justification_import: Some(Box::new(block_import.clone())),
		client: client.clone(),
		create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		check_for_equivocation: Default::default(),
		telemetry: handle,
		compatibility_mode: Default::default(),
	})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, link, telemetry),
	})
}

/// What a block is told from outside: its slot and its time.
type Inherents = (
	sp_consensus_aura::inherents::InherentDataProvider,
	sp_timestamp::InherentDataProvider,
);

fn inherents(slot_duration: SlotDuration) -> Inherents {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot =
		sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
	(slot, timestamp)
}

fn start_telemetry(config: &Configuration) -> Result<Option<(TelemetryWorker, Telemetry)>, Error> {
	let Some(endpoints) = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
	else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(16)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

/// The network as the node's tasks see it.
struct Net {
	system_rpc: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	transactions: TransactionsHandlerController<Hash>,
	gossip: Gossip,
}

/// Where votes travel.
struct Gossip {
	network: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	notifications: Box<dyn NotificationService>,
	protocol: ProtocolName,
}

/// What the last step of a validator's start needs.
struct Validator<'a> {
	client: Arc<Client>,
	pool: Arc<Pool>,
	keystore: KeystorePtr,
	registry: Option<Registry>,
	telemetry: Option<TelemetryHandle>,
	tasks: &'a TaskManager,
}

/// Starts the node. It runs until the task manager that this answers with is dropped.
pub fn start<Network: NetworkBackend<Block, Hash>>(
	config: Configuration,
	workers: &Workers,
) -> Result<TaskManager, Error> {
	let mut parts = components(&config)?;
	let (block_import, link, mut telemetry) = parts.other;
	let keystore = parts.keystore_container.keystore();
	operator::insert_development_operators(&keystore, config.chain_spec.chain_type(), workers.dev_operators)?;
	if let Some(mut storage) = parts.backend.offchain_storage() {
		operator::configure_workers(&mut storage, workers);
	}
	let Net {
		system_rpc,
		transactions,
		gossip,
	} = build_network::<Network>(
		&config,
		&parts.client,
		&parts.backend,
		&parts.transaction_pool,
		parts.import_queue,
		&link,
		&parts.task_manager,
	)?;
	if config.offchain_worker.enabled {
		let is_validator = config.role.is_authority();
		let options = OffchainWorkerOptions {
			runtime_api_provider: parts.client.clone(),
			is_validator,
			keystore: Some(keystore.clone()),
			offchain_db: parts.backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(parts.transaction_pool.clone())),
			network_provider: Arc::new(gossip.network.clone()),
			enable_http_requests: true,
			custom_extensions: |_| Vec::new(),
		};
		let run = OffchainWorkers::new(options)?.run(parts.client.clone(), parts.task_manager.spawn_handle());
		parts
			.task_manager
			.spawn_handle()
			.spawn("offchain-workers", Some("offchain-worker"), run.boxed());
	}

	let (role, name) = (config.role, config.network.node_name.clone());
	let (force_authoring, votes) = (config.force_authoring, !config.disable_grandpa);
	let registry = config.prometheus_registry().cloned();
	let (rpc_client, rpc_pool) = (parts.client.clone(), parts.transaction_pool.clone());
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: parts.client.clone(),
		backend: parts.backend,
		task_manager: &mut parts.task_manager,
		keystore: keystore.clone(),
		transaction_pool: parts.transaction_pool.clone(),
		rpc_builder: Box::new(move |_| rpc::create(rpc_client.clone(), rpc_pool.clone()).map_err(Into::into)),
		network: gossip.network.clone(),
		system_rpc_tx: system_rpc,
		tx_handler_controller: transactions,
		sync_service: gossip.sync.clone(),
		telemetry: telemetry.as_mut(),
	})?;

	let validator = Validator {
		client: parts.client,
		pool: parts.transaction_pool,
		keystore,
		registry,
		telemetry: telemetry.as_ref().map(Telemetry::handle),
		tasks: &parts.task_manager,
	};
	if role.is_authority() {
		validator.author(parts.select_chain, block_import, &gossip.sync, force_authoring)?;
	}
	if votes {
		validator.finalise(gossip, link, role, name)?;
	}
	Ok(parts.task_manager)
}

fn build_network<Network: NetworkBackend<Block, Hash>>(
	config: &Configuration,
	client: &Arc<Client>,
	backend: &Arc<Database>,
	pool: &Arc<Pool>,
	import_queue: ImportQueue,
	link: &GrandpaLink,
	tasks: &TaskManager,
) -> Result<Net, Error> {
	let registry = config.prometheus_registry();
	let mut net_config = FullNetworkConfiguration::<_, _, Network>::new(&config.network, registry.cloned());
	let metrics = Network::register_notification_metrics(registry);
	let genesis = client
		.block_hash(0)?
		.ok_or_else(|| Error::Other("the chain has no genesis block".into()))?;
	let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (votes, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
		protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(votes);
	let warp_sync = NetworkProvider::new(backend.clone(), link.shared_authority_set().clone(), Vec::new());
	let (network, system_rpc, transactions, sync) = sc_service::build_network(BuildNetworkParams {
		config,
		net_config,
		client: client.clone(),
		transaction_pool: pool.clone(),
		spawn_handle: tasks.spawn_handle(),
		import_queue,
		block_announce_validator_builder: None,
		warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_sync))),
		block_relay: None,
		metrics,
	})?;
	Ok(Net {
		system_rpc,
		transactions,
		gossip: Gossip {
			network,
			sync,
			notifications,
			protocol,
		},
	})
}

impl Validator<'_> {
	/// Authors blocks in this node's slots.
	fn author(
		&self,
		select_chain: SelectChain,
		block_import: GrandpaBlockImport,
		sync: &Arc<SyncingService<Block>>,
		force_authoring: bool,
	) -> Result<(), Error> {
		let proposer_factory = ProposerFactory::new(
			self.tasks.spawn_handle(),
			self.client.clone(),
			self.pool.clone(),
			self.registry.as_ref(),
			self.telemetry.clone(),
		);
		let slot_duration = sc_consensus_aura::slot_duration(&*self.client)?;
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client: self.client.clone(),
			select_chain,
			block_import,
			proposer_factory,
			sync_oracle: sync.clone(),
			justification_sync_link: sync.clone(),
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
			force_authoring,
			backoff_authoring_blocks: (!force_authoring).then(BackoffAuthoringOnFinalizedHeadLagging::default),
			keystore: self.keystore.clone(),
			// A block of one second's weight fits, and leaves time for it to travel.
			block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
			max_block_proposal_slot_portion: None,
			telemetry: self.telemetry.clone(),
			compatibility_mode: Default::default(),
		})?;
		// A validator that does not author is none: the end of this task is the node's end.
		self.tasks
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), aura);
		Ok(())
	}

	/// Votes for finality, or follows the votes of others.
	fn finalise(self, gossip: Gossip, link: GrandpaLink, role: Role, name: String) -> Result<(), Error> {
		let config = sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: role,
			name: Some(name),
			keystore: role.is_authority().then_some(self.keystore),
			telemetry: self.telemetry.clone(),
			protocol_name: gossip.protocol,
		};
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config,
			link,
			network: gossip.network,
			sync: gossip.sync,
			notification_service: gossip.notifications,
			voting_rule: VotingRulesBuilder::new()
				.add(BeforeBestBlockBy(VOTE_BEHIND_BEST))
				.add(ThreeQuartersOfTheUnfinalizedChain)
				.build(),
			prometheus_registry: self.registry,
			shared_voter_state: SharedVoterState::empty(),
			telemetry: self.telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(self.pool),
		})?;
		self.tasks
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
		Ok(())
	}
}
