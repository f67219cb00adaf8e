//! A runtime with the real oracle and real signatures, on a node whose web, clock, pool and log the test controls.

#![allow(missing_docs)]

use crate::{self as pallet_feeder, crypto, Settings, SETTINGS_KEY};
use codec::{Decode, Encode};
use frame_support::{
	derive_impl, parameter_types,
	storage::{with_transaction, TransactionOutcome},
	traits::{ConstU32, ConstU64, Hooks, SortedMembers},
};
use frame_system::offchain::{AppCrypto, CreateSignedTransaction, CreateTransactionBase, SigningTypes};
use parking_lot::RwLock;
use sp_core::offchain::{
	testing::TestOffchainExt, HttpError, HttpRequestId, HttpRequestStatus, OffchainDbExt, OffchainWorkerExt,
	OpaqueNetworkState, StorageKind, Timestamp as Instant, TransactionPool, TransactionPoolExt,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
	generic::{self, Era},
	traits::{BlakeTwo256, IdentityLookup, Verify},
	AccountId32, BuildStorage, DispatchResult, FixedU128, MultiSignature, MultiSigner,
};
use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

pub const BTC: u32 = 2;
pub const ETH: u32 = 3;
pub const MAX_VALUES: u32 = 4;
pub const MAX_MEMBERS: u32 = 6;
pub const START_MS: u64 = 1_584_000_000_000;

pub type Extension = (frame_system::CheckMortality<Test>, frame_system::CheckNonce<Test>);
pub type Extrinsic = generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, Extension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, Extrinsic>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Oracle: orml_oracle,
		Feeder: pallet_feeder,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

parameter_types! {
	pub static Operators: Vec<AccountId32> = Vec::new();
	pub const ExpiresIn: u64 = 60_000;
	pub RootOperator: AccountId32 = AccountId32::new([0; 32]);
}

pub struct Members;

impl SortedMembers<AccountId32> for Members {
	fn sorted_members() -> Vec<AccountId32> {
		Operators::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn add(who: &AccountId32) {
		Operators::mutate(|operators| {
			operators.push(who.clone());
			operators.sort();
		});
	}
}

impl orml_oracle::Config for Test {
	type OnNewData = ();
	type CombineData = orml_oracle::DefaultCombineData<Test, ConstU32<1>, ExpiresIn>;
	type Time = Timestamp;
	type OracleKey = u32;
	type OracleValue = FixedU128;
	type RootOperatorAccountId = RootOperator;
	type Members = Members;
	type WeightInfo = crate::OracleWeights<()>;
	type MaxHasDispatchedSize = ConstU32<{ MAX_MEMBERS + 1 }>;
	type MaxFeedValues = ConstU32<MAX_VALUES>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl SigningTypes for Test {
	type Public = MultiSigner;
	type Signature = MultiSignature;
}

impl CreateTransactionBase<orml_oracle::Call<Test>> for Test {
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl CreateSignedTransaction<orml_oracle::Call<Test>> for Test {
	fn create_signed_transaction<C: AppCrypto<MultiSigner, MultiSignature>>(
		call: RuntimeCall,
		public: MultiSigner,
		account: AccountId32,
		nonce: u32,
	) -> Option<Extrinsic> {
		let extension = extension(System::block_number() - 1, nonce);
		let payload = generic::SignedPayload::new(call, extension).ok()?;
		let signature = payload.using_encoded(|bytes| C::sign(bytes, public))?;
		let (call, extension, _) = payload.deconstruct();
		Some(Extrinsic::new_signed(call, account, signature, extension))
	}
}

impl pallet_feeder::Config for Test {
	type AuthorityId = crypto::AuthId;
	#[cfg(feature = "runtime-benchmarks")]
	type MaxOperators = ConstU32<MAX_MEMBERS>;
}

pub fn extension(block: u64, nonce: u32) -> Extension {
	(
		frame_system::CheckMortality::from(Era::mortal(crate::MORTALITY, block)),
		frame_system::CheckNonce::from(nonce),
	)
}

/// How an address answers.
#[derive(Clone)]
pub enum Answer {
	/// A status and a whole body.
	Full(u16, Vec<u8>),
	/// Not at all.
	Never,
	/// The first bytes of a body, and then nothing.
	Stalls(Vec<u8>),
	/// The first bytes of a body, and then the connection breaks.
	Breaks(Vec<u8>),
	/// No connection.
	Down,
}

impl From<&str> for Answer {
	fn from(body: &str) -> Self {
		Self::Full(200, body.as_bytes().to_vec())
	}
}

/// The web as the node sees it.
#[derive(Default)]
pub struct Web {
	pub answers: BTreeMap<String, Answer>,
	/// Every address asked for so far.
	pub asked: Vec<String>,
	/// The node's clock, in milliseconds.
	pub clock: u64,
	/// Whether the node refuses to send requests.
	pub refuses: bool,
	open: BTreeMap<u16, (String, usize)>,
}

#[derive(Clone)]
struct WebExt(Arc<RwLock<Web>>);

impl WebExt {
	fn run_out(&self, deadline: Option<Instant>) {
		let mut web = self.0.write();
		web.clock = web
			.clock
			.max(deadline.expect("every request has a deadline").unix_millis());
	}

	fn answer(&self, id: HttpRequestId) -> Answer {
		let web = self.0.read();
		web.answers.get(&web.open[&id.0].0).cloned().unwrap_or(Answer::Down)
	}
}

impl sp_core::offchain::Externalities for WebExt {
	fn is_validator(&self) -> bool {
		true
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}

	fn timestamp(&mut self) -> Instant {
		Instant::from_unix_millis(self.0.read().clock)
	}

	fn sleep_until(&mut self, deadline: Instant) {
		self.run_out(Some(deadline));
	}

	fn random_seed(&mut self) -> [u8; 32] {
		[0; 32]
	}

	fn http_request_start(&mut self, method: &str, uri: &str, _: &[u8]) -> Result<HttpRequestId, ()> {
		assert_eq!(method, "GET");
		let mut web = self.0.write();
		if web.refuses {
			return Err(());
		}
		let id = web.asked.len() as u16;
		web.asked.push(uri.into());
		web.open.insert(id, (uri.into(), 0));
		Ok(HttpRequestId(id))
	}

	fn http_request_add_header(&mut self, _: HttpRequestId, _: &str, _: &str) -> Result<(), ()> {
		Ok(())
	}

	fn http_request_write_body(&mut self, _: HttpRequestId, _: &[u8], _: Option<Instant>) -> Result<(), HttpError> {
		Ok(())
	}

	fn http_response_wait(&mut self, ids: &[HttpRequestId], deadline: Option<Instant>) -> Vec<HttpRequestStatus> {
		ids.iter()
			.map(|id| match self.answer(*id) {
				Answer::Full(status, _) => HttpRequestStatus::Finished(status),
				Answer::Stalls(_) | Answer::Breaks(_) => HttpRequestStatus::Finished(200),
				Answer::Down => HttpRequestStatus::IoError,
				Answer::Never => {
					self.run_out(deadline);
					HttpRequestStatus::DeadlineReached
				},
			})
			.collect()
	}

	fn http_response_headers(&mut self, _: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		Vec::new()
	}

	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Instant>,
	) -> Result<usize, HttpError> {
		let answer = self.answer(id);
		let (Answer::Full(_, body) | Answer::Stalls(body) | Answer::Breaks(body)) = &answer else {
			return Err(HttpError::Invalid);
		};
		let read = self.0.read().open[&id.0].1;
		let size = buffer.len().min(body.len() - read);
		if size == 0 {
			return match answer {
				Answer::Stalls(_) => {
					self.run_out(deadline);
					Err(HttpError::DeadlineReached)
				},
				Answer::Breaks(_) => Err(HttpError::IoError),
				_ => Ok(0),
			};
		}
		buffer[..size].copy_from_slice(&body[read..read + size]);
		self.0.write().open.get_mut(&id.0).unwrap().1 += size;
		Ok(size)
	}

	fn set_authorized_nodes(&mut self, _: Vec<sp_core::OpaquePeerId>, _: bool) {}
}

/// The node's transaction pool.
#[derive(Default)]
pub struct Pool {
	pub taken: Vec<Vec<u8>>,
	pub refuses: bool,
}

struct PoolExt(Arc<RwLock<Pool>>);

impl TransactionPool for PoolExt {
	fn submit_transaction(&mut self, extrinsic: Vec<u8>) -> Result<(), ()> {
		let mut pool = self.0.write();
		if pool.refuses {
			return Err(());
		}
		pool.taken.push(extrinsic);
		Ok(())
	}
}

thread_local! {
	static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a line of the log for [`logged`].
pub fn record(line: String) {
	LOG.with_borrow_mut(|lines| lines.push(line));
}

/// What was logged since the last look.
pub fn logged() -> Vec<String> {
	LOG.with_borrow_mut(std::mem::take)
}

/// What the test holds of the node.
pub struct Node {
	pub web: Arc<RwLock<Web>>,
	pub pool: Arc<RwLock<Pool>>,
	/// The accounts of the node's keys, in the order in which they take sources.
	pub accounts: Vec<AccountId32>,
}

pub struct ExtBuilder {
	keys: usize,
	members: bool,
	settings: Option<Vec<u8>>,
	answers: Vec<(&'static str, Answer)>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			keys: 1,
			members: true,
			settings: Some(settings(&[SOURCE]).encode()),
			answers: Vec::new(),
		}
	}
}

pub const SOURCE: &str = "http://127.0.0.1:9900/venues/0/prices";
pub const SECOND_SOURCE: &str = "http://127.0.0.1:9900/venues/1/prices";
pub const GOOD: &str = r#"{"prices":{"BTC":"7911.25","ETH":"194.5"}}"#;

/// BTC and ETH from these sources.
pub fn settings(sources: &[&str]) -> Settings<u32> {
	Settings {
		sources: sources.iter().map(|source| source.as_bytes().to_vec()).collect(),
		symbols: vec![(BTC, b"BTC".to_vec()), (ETH, b"ETH".to_vec())],
	}
}

impl ExtBuilder {
	/// How many operators' keys the node holds.
	pub fn keys(mut self, keys: usize) -> Self {
		self.keys = keys;
		self
	}

	/// Nobody is an operator.
	pub fn without_members(mut self) -> Self {
		self.members = false;
		self
	}

	pub fn settings(mut self, settings: Settings<u32>) -> Self {
		self.settings = Some(settings.encode());
		self
	}

	pub fn raw_settings(mut self, settings: Option<Vec<u8>>) -> Self {
		self.settings = settings;
		self
	}

	pub fn answer(mut self, address: &'static str, answer: impl Into<Answer>) -> Self {
		self.answers.push((address, answer.into()));
		self
	}

	fn assemble(self) -> (sp_io::TestExternalities, Node) {
		logged();
		let keystore = MemoryKeystore::new();
		let mut accounts: Vec<AccountId32> = (1..=self.keys)
			.map(|n| {
				keystore
					.sr25519_generate_new(crypto::KEY_TYPE, Some(&format!("//Feeder{n}")))
					.unwrap()
			})
			.map(|public| AccountId32::new(public.0))
			.collect();
		accounts.sort();
		Operators::set(if self.members { accounts.clone() } else { Vec::new() });
		let answers = self
			.answers
			.into_iter()
			.map(|(address, answer)| (address.into(), answer))
			.collect();
		let web = Arc::new(RwLock::new(Web {
			answers,
			clock: START_MS,
			..Default::default()
		}));
		let pool = Arc::new(RwLock::new(Pool::default()));
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		let mut ext: sp_io::TestExternalities = storage.into();
		ext.register_extension(KeystoreExt::new(keystore));
		ext.register_extension(OffchainDbExt::new(TestOffchainExt::new().0));
		ext.register_extension(OffchainWorkerExt::new(WebExt(web.clone())));
		ext.register_extension(TransactionPoolExt::new(PoolExt(pool.clone())));
		ext.execute_with(|| {
			if let Some(settings) = self.settings {
				sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, SETTINGS_KEY, &settings);
			}
			at_block(10);
			Timestamp::set_timestamp(START_MS);
		});
		(ext, Node { web, pool, accounts })
	}

	#[cfg(feature = "runtime-benchmarks")]
	pub fn build(self) -> sp_io::TestExternalities {
		self.assemble().0
	}

	pub fn build_and_execute(self, test: impl FnOnce(Node)) {
		let (mut ext, node) = self.assemble();
		ext.execute_with(|| test(node));
	}
}

/// The state after block `number`.
pub fn at_block(number: u64) {
	System::set_block_number(number - 1);
	System::initialize(&number, &sp_core::H256::repeat_byte(number as u8), &Default::default());
}

/// Runs the worker once at the current block. What it writes to the chain's state is thrown away, as on a node.
pub fn run() {
	let thrown_away: DispatchResult = with_transaction(|| {
		Feeder::offchain_worker(System::block_number());
		TransactionOutcome::Rollback(Ok(()))
	});
	thrown_away.unwrap();
}

/// Runs the worker on the state of the next block.
pub fn run_next_block() {
	at_block(System::block_number() + 1);
	run();
}

/// Who signed a feed, with which nonce, and the values.
pub type Feed = (AccountId32, u32, Vec<(u32, FixedU128)>);

impl Node {
	/// The feeds that the pool took since the last look: who signed, with which nonce, and the values. Checks the
	/// signature and the mortality.
	pub fn feeds(&self) -> Vec<Feed> {
		let taken = std::mem::take(&mut self.pool.write().taken);
		taken.iter().map(|bytes| read_feed(bytes)).collect()
	}

	/// The log's only line, without its subject; nothing was sent.
	pub fn only_error(&self) -> String {
		assert!(self.pool.read().taken.is_empty());
		let lines = logged();
		assert_eq!(lines.len(), 1, "{lines:?}");
		lines[0].split_once(": ").unwrap().1.to_string()
	}

	pub fn set_answer(&self, address: &str, answer: impl Into<Answer>) {
		self.web.write().answers.insert(address.into(), answer.into());
	}

	pub fn asked(&self) -> Vec<String> {
		std::mem::take(&mut self.web.write().asked)
	}
}

fn read_feed(bytes: &[u8]) -> Feed {
	let extrinsic = Extrinsic::decode(&mut &*bytes).unwrap();
	let generic::Preamble::Signed(signer, signature, extension) = extrinsic.preamble else {
		panic!("a feed is signed")
	};
	let RuntimeCall::Oracle(orml_oracle::Call::feed_values { values }) = extrinsic.function.clone() else {
		panic!("a feed is a feed")
	};
	let nonce = extension.1 .0;
	let payload = generic::SignedPayload::new(extrinsic.function, self::extension(System::block_number() - 1, nonce));
	let payload = payload.map_err(|_| "the block is known").unwrap();
	assert!(
		payload.using_encoded(|bytes| signature.verify(bytes, &signer)),
		"signed for eight blocks from here"
	);
	(signer, nonce, values.into_inner())
}
