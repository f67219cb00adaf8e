//! What a validator does: it authors blocks and votes for their finality. Other nodes follow the votes.

use super::{inherents, GrandpaBlockImport, GrandpaLink, SelectChain, Shared, JUSTIFICATION_PERIOD};
use margin_runtime::opaque::Block;
use sc_basic_authorship::ProposerFactory;
use sc_consensus_aura::{SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	BeforeBestBlockBy, GrandpaParams, SharedVoterState, ThreeQuartersOfTheUnfinalizedChain, VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{service::traits::NetworkService, types::ProtocolName, NotificationService};
use sc_network_sync::SyncingService;
use sc_service::{config::Role, error::Error, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// How long a vote takes to reach everybody.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);
/// Votes stay this many blocks behind the best one, which not everybody may have seen yet.
const VOTE_BEHIND_BEST: u32 = 1;

/// What both parts need.
pub struct Validator<'a> {
	pub shared: Shared,
	pub network: Arc<dyn NetworkService>,
	pub sync: Arc<SyncingService<Block>>,
	pub registry: Option<Registry>,
	pub telemetry: Option<TelemetryHandle>,
	pub tasks: &'a TaskManager,
}

/// What authoring needs beside.
pub struct Authoring {
	pub select_chain: SelectChain,
	pub block_import: GrandpaBlockImport,
	/// Authors even without peers.
	pub force: bool,
}

/// What finality needs beside.
pub struct Finality {
	pub link: GrandpaLink,
	pub role: Role,
	pub name: String,
	pub notifications: Box<dyn NotificationService>,
	pub protocol: ProtocolName,
}

impl Validator<'_> {
	/// Authors blocks in this node's slots.
	pub fn author(&self, authoring: Authoring) -> Result<(), Error> {
		let force_authoring = authoring.force;
		let client = self.shared.client.clone();
		let proposer_factory = ProposerFactory::new(
			self.tasks.spawn_handle(),
			client.clone(),
			self.shared.pool.clone(),
			self.registry.as_ref(),
			self.telemetry.clone(),
		);
		let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client,
			select_chain: authoring.select_chain,
			block_import: authoring.block_import,
			proposer_factory,
			sync_oracle: self.sync.clone(),
			justification_sync_link: self.sync.clone(),
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
			force_authoring,
			backoff_authoring_blocks: (!force_authoring).then(BackoffAuthoringOnFinalizedHeadLagging::default),
			keystore: self.shared.keystore.clone(),
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
	pub fn finalise(self, finality: Finality) -> Result<(), Error> {
		let config = sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: finality.role,
			name: Some(finality.name),
			keystore: finality.role.is_authority().then_some(self.shared.keystore),
			telemetry: self.telemetry.clone(),
			protocol_name: finality.protocol,
		};
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config,
			link: finality.link,
			network: self.network,
			sync: self.sync,
			notification_service: finality.notifications,
			voting_rule: VotingRulesBuilder::new()
				.add(BeforeBestBlockBy(VOTE_BEHIND_BEST))
				.add(ThreeQuartersOfTheUnfinalizedChain)
				.build(),
			prometheus_registry: self.registry,
			shared_voter_state: SharedVoterState::empty(),
			telemetry: self.telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(self.shared.pool),
		})?;
		self.tasks
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
		Ok(())
	}
}
