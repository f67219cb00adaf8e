//! Who is where, what tests begin with, and what they play.

use super::*;
use crate::{self as pallet_gateway, FlightId};
use sp_runtime::BuildStorage;
use xcm::VersionedLocation;

/// The relay chain.
pub fn relay() -> Location {
	Location::parent()
}

/// The chain that keeps USDC.
pub fn hub() -> Location {
	Location::new(1, [Parachain(1000)])
}

/// A chain that keeps nothing.
pub fn sibling() -> Location {
	Location::new(1, [Parachain(2001)])
}

/// A token of the hub.
pub fn hub_token(index: u128) -> Location {
	Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)])
}

pub fn usdc() -> Location {
	hub_token(1337)
}

/// An account, as a chain that it is on sees it.
pub fn on_chain(who: AccountId) -> Location {
	AccountId32 {
		network: Network::get(),
		id: who.into(),
	}
	.into()
}

pub fn versioned(location: Location) -> Box<VersionedLocation> {
	Box::new(location.into())
}

/// So many dollars a day.
pub fn dollars(dollars: i64) -> FlowLimit {
	FlowLimit {
		most: margin_math::Amount(Value::from_dollars(dollars).raw().unsigned_abs()),
		period: DAY,
	}
}

/// USDC and DOT are registered, and a million dollars a day may leave for the hub, the sibling and the relay chain.
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build() -> sp_io::TestExternalities {
		Clock::set(START);
		DeliveryPrice::set(Assets::new());
		ChannelOpen::set(true);
		Unpaid::set(true);
		MaxTokens::set(4);
		MaxRoutes::set(4);
		MaxFlights::set(3);
		MinAge::set(DAY);
		NativeMarket::set(Some(Price::ONE));
		Stopped::set(false);
		let cap = 1_000_000_000 * DOLLAR;
		let genesis = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: [ALICE, BOB, POT, TREASURY].map(|who| (who, 1_000 * MRG)).to_vec(),
				..Default::default()
			},
			local_tokens: pallet_assets::GenesisConfig {
				assets: [USDC, DOT, OWN].map(|asset| (asset, POT, true, 1)).to_vec(),
				..Default::default()
			},
			gateway: pallet_gateway::GenesisConfig {
				tokens: vec![(USDC, usdc(), hub(), cap), (DOT, relay(), relay(), cap)],
				routes: [hub(), sibling(), relay()]
					.map(|chain| (chain, dollars(1_000_000), 0))
					.to_vec(),
			},
			..Default::default()
		};
		let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
		ext.execute_with(|| {
			System::set_block_number(1);
			Prices::insert(NATIVE, 1_000_000);
			Prices::insert(USDC, 1_000_000_000_000);
			Prices::insert(DOT, 1_000_000_000_000);
		});
		ext
	}

	/// Runs the test and then checks every invariant of the pallet.
	pub fn execute(test: impl FnOnce()) {
		Self::build().execute_with(|| {
			test();
			Gateway::do_try_state().unwrap();
		});
	}
}

pub fn wait(ms: u64) {
	System::set_block_number(System::block_number() + 1);
	Clock::set(Clock::get() + ms);
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Executes a program for a chain or a user.
pub fn run(origin: Location, program: Vec<Instruction<RuntimeCall>>) -> Outcome {
	let mut hash = [0; 32];
	XcmExecutor::<XcmConfig>::prepare_and_execute(origin, Xcm(program), &mut hash, Weight::MAX, Weight::zero())
}

/// The hub sends so much USDC to an account.
pub fn arrive(who: AccountId, amount: u128) -> Outcome {
	let arrived = vec![
		ReserveAssetDeposited((usdc(), amount).into()),
		DepositAsset {
			assets: Wild(AllCounted(1)),
			beneficiary: on_chain(who),
		},
	];
	run(hub(), arrived)
}

/// So much USDC came in for the account and lies in its margin account.
pub fn deposited(who: AccountId, amount: u128) {
	assert_ok!(arrive(POT, amount).ensure_complete());
	Deposits::mutate((who, 0, USDC), |has| *has = Some(has.unwrap_or_default() + amount));
}

/// Sends USDC of a margin account to Bob on the hub, with a dollar for the fees there.
pub fn send_usdc(who: AccountId, amount: u128) -> frame_support::dispatch::DispatchResult {
	withdraw_to(who, USDC, Some(amount), hub(), DOLLAR)
}

pub fn withdraw_to(
	who: AccountId,
	asset: u32,
	amount: Option<u128>,
	destination: Location,
	fee: u128,
) -> frame_support::dispatch::DispatchResult {
	frame_support::storage::with_storage_layer(|| {
		let beneficiary = versioned(on_chain(BOB));
		Gateway::withdraw_to(signed(who), 0, asset, amount, versioned(destination), beneficiary, fee)
	})
}

/// Sent so much USDC of Alice's, and this is its number.
pub fn flown(amount: u128) -> FlightId {
	deposited(ALICE, amount);
	assert_ok!(send_usdc(ALICE, amount));
	last_flight()
}

/// The number of the latest query.
pub fn last_flight() -> FlightId {
	crate::Flights::<Test>::iter_keys().max().unwrap()
}

/// A chain answers a query about what it executed for Alice.
pub fn answer(from: Location, query_id: FlightId, result: Option<(u32, XcmError)>) -> Outcome {
	answer_about(from, query_id, on_chain(ALICE), Response::ExecutionResult(result))
}

pub fn answer_about(from: Location, query_id: FlightId, querier: Location, response: Response) -> Outcome {
	Unpaid::set(false);
	let outcome = run(
		from,
		vec![QueryResponse {
			query_id,
			response,
			max_weight: Weight::MAX,
			querier: Some(querier),
		}],
	);
	Unpaid::set(true);
	outcome
}

/// What an account has of a token in its wallet.
pub fn wallet(who: &AccountId, asset: u32) -> u128 {
	NativeAndAssets::balance(asset, who)
}

/// The messages since the last look.
pub fn sent() -> Vec<(Location, Vec<Instruction<()>>)> {
	let messages = Sent::take().unwrap_or_default();
	messages
		.into_iter()
		.map(|(destination, message)| (destination, message.0))
		.collect()
}

/// The pallet's events since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet();
	System::reset_events();
	events
}

/// The sibling's own account on this chain.
pub fn sibling_account() -> AccountId {
	use xcm_executor::traits::ConvertLocation;
	LocationToAccount::convert_location(&sibling()).unwrap()
}
