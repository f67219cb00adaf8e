//! Puts the node together: client, pool and database here, then the network ([`network`]), what authors and finalises
//! blocks ([`validator`]), and the offchain workers.

mod network;
mod validator;

use crate::{cli::Workers, keeper_metrics, operator, rpc};
use futures::FutureExt;
use margin_runtime::{apis::RuntimeApi, opaque::Block, Hash};
use sc_client_api::Backend;
use sc_consensus_aura::{ImportQueueParams, SlotDuration};
use sc_consensus_grandpa::LinkHalf;
use sc_executor::WasmExecutor;
use sc_network::{service::traits::NetworkService, NetworkBackend};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{error::Error, Configuration, PartialComponents, SpawnTasksParams, TaskManager};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use validator::{Authoring, Finality, Validator};

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

/// What the node's tasks share.
#[derive(Clone)]
struct Shared {
	client: Arc<Client>,
	backend: Arc<Database>,
	pool: Arc<Pool>,
	keystore: KeystorePtr,
}

/// Starts the node. It runs until the task manager that this answers with is dropped.
pub fn start<Network: NetworkBackend<Block, Hash>>(
	config: Configuration,
	workers: &Workers,
) -> Result<TaskManager, Error> {
	let parts = components(&config)?;
	let (block_import, link, mut telemetry) = parts.other;
	let mut tasks = parts.task_manager;
	let shared = Shared {
		client: parts.client,
		backend: parts.backend,
		pool: parts.transaction_pool,
		keystore: parts.keystore_container.keystore(),
	};
	operator::insert_development_operators(&shared.keystore, config.chain_spec.chain_type(), workers.dev_operators)?;
	let net = network::build::<Network>(&config, &shared, parts.import_queue, &link, &tasks)?;
	if config.offchain_worker.enabled {
		start_offchain_workers(&config, &shared, workers, &net.network, &tasks)?;
	}
	let role = config.role;
	let authoring = Authoring {
		select_chain: parts.select_chain,
		block_import,
		force: config.force_authoring,
	};
	let finality = (!config.disable_grandpa).then(|| Finality {
		link,
		role,
		name: config.network.node_name.clone(),
		notifications: net.notifications,
		protocol: net.protocol,
	});
	let registry = config.prometheus_registry().cloned();
	let sync = net.sync.clone();
	let (rpc_client, rpc_pool) = (shared.client.clone(), shared.pool.clone());
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: shared.client.clone(),
		backend: shared.backend.clone(),
		task_manager: &mut tasks,
		keystore: shared.keystore.clone(),
		transaction_pool: shared.pool.clone(),
		rpc_builder: Box::new(move |_| rpc::create(rpc_client.clone(), rpc_pool.clone()).map_err(Into::into)),
		network: net.network.clone(),
		system_rpc_tx: net.system_rpc,
		tx_handler_controller: net.transactions,
		sync_service: net.sync,
		telemetry: telemetry.as_mut(),
	})?;
	let validator = Validator {
		shared,
		network: net.network,
		sync,
		registry,
		telemetry: telemetry.as_ref().map(Telemetry::handle),
		tasks: &tasks,
	};
	if role.is_authority() {
		validator.author(authoring)?;
	}
	if let Some(finality) = finality {
		validator.finalise(finality)?;
	}
	Ok(tasks)
}

/// Runs the runtime's offchain workers after each new best block, with HTTP and with the options given.
fn start_offchain_workers(
	config: &Configuration,
	shared: &Shared,
	workers: &Workers,
	network: &Arc<dyn NetworkService>,
	tasks: &TaskManager,
) -> Result<(), Error> {
	if let Some(mut storage) = shared.backend.offchain_storage() {
		operator::configure_workers(&mut storage, workers);
		if let Some(registry) = config.prometheus_registry() {
			keeper_metrics::publish(registry, &storage)?;
		}
	}
	let offchain = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: shared.client.clone(),
		is_validator: config.role.is_authority(),
		keystore: Some(shared.keystore.clone()),
		offchain_db: shared.backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(shared.pool.clone())),
		network_provider: Arc::new(network.clone()),
		enable_http_requests: true,
		custom_extensions: |_| Vec::new(),
	})?;
	let run = offchain.run(shared.client.clone(), tasks.spawn_handle());
	tasks
		.spawn_handle()
		.spawn("offchain-workers", Some("offchain-worker"), run.boxed());
	Ok(())
}
