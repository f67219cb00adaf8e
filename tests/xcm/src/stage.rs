//! What the tests share: a network on which the margin chain knows its neighbours' tokens and has routes to them, what
//! users do on their chains, and the invariants that hold when everything has come to rest.

use crate::{
	margin::{self, units::*, AssetId, RuntimeCall},
	messages::{asset_hub, para, user_of},
	network::*,
	sibling::{self, AccountId, Balance, Shut, INTEGRATOR, MARGIN},
};
use frame_support::weights::Weight;
use margin_math::Amount;
use margin_risk::FlowLimit;
use sp_runtime::DispatchResult;
use xcm::{prelude::*, VersionedXcm};
use xcm_emulator::{ConvertLocation, Network as _, TestExt};

/// A dollar, as limits count them.
pub const DOLLAR: u128 = 1_000_000_000_000_000_000;
/// What may leave over each route in a day, in dollars.
pub const ROUTE_LIMIT: u128 = 1_000_000 * DOLLAR;
/// The most of the integrator's token that may be issued on the margin chain beyond what its genesis has.
pub const CAP: Balance = 10_000 * BTC_UNIT;

/// Runs `test` on a fresh network. When it is done and all messages have arrived, the margin chain's invariants hold, and
/// every token that was issued for another chain's is kept on that chain.
pub fn stage<R>(test: impl FnOnce() -> R) -> R {
	margin::forget();
	Network::reset();
	on_margin(open_gates);
	settle();
	let result = test();
	settle();
	on_margin(margin::check_invariants);
	check_backing();
	result
}

fn open_gates() {
	// The preset has another Bitcoin, which the Asset Hub keeps, and a route to it.
	margin::root(pallet_gateway::Call::unregister { asset: USDC });
	margin::root(pallet_gateway::Call::unregister { asset: BTC });
	margin::root(pallet_gateway::Call::close_route {
		destination: Box::new(asset_hub().into()),
	});
	for (asset, location, reserve, room) in [
		(USDC, sibling::usdc_abroad(), asset_hub(), 1_000_000_000 * USDC_UNIT),
		(BTC, para(INTEGRATOR), para(INTEGRATOR), CAP),
	] {
		margin::root(pallet_gateway::Call::register {
			asset,
			location: Box::new(location.into()),
			reserve: Box::new(reserve.clone().into()),
			cap: margin::issued(asset) + room,
		});
		margin::root(pallet_gateway::Call::open_route {
			destination: Box::new(reserve.into()),
			limit: FlowLimit {
				most: Amount(ROUTE_LIMIT),
				period: DAY,
			},
		});
	}
	// What backs its own tokens abroad, and something for fees of that chain's own.
	let keeps = pallet_balances::Call::transfer_keep_alive {
		dest: account_of(&para(INTEGRATOR)).into(),
		value: MRG_ABROAD + 1_000 * MRG_UNIT,
	};
	assert_eq!(
		margin::signed(margin::genesis_presets::account("//Alice"), keeps),
		Ok(())
	);
}

/// A block of the margin chain: what the chain does by itself, the operators' feeds, and then `what`.
pub fn on_margin<R>(what: impl FnOnce() -> R) -> R {
	MarginPara::execute_with(|| {
		margin::begin();
		what()
	})
}

/// A block of the margin chain in which it had no room for what it does by itself.
pub fn before_the_chain<R>(what: impl FnOnce() -> R) -> R {
	MarginPara::execute_with(|| {
		margin::begin_in_a_full_block();
		what()
	})
}

/// A block of the chain that adopts risk parameters.
pub fn on_subscriber<R>(what: impl FnOnce() -> R) -> R {
	SubscriberPara::execute_with(|| {
		margin::begin();
		what()
	})
}

/// A look at the margin chain, without a block.
pub fn margin<R>(look: impl FnOnce() -> R) -> R {
	MarginPara::ext_wrapper(look)
}

/// A look at the integrator's chain.
pub fn integrator<R>(look: impl FnOnce() -> R) -> R {
	IntegratorPara::ext_wrapper(look)
}

/// A look at the Asset Hub.
pub fn hub<R>(look: impl FnOnce() -> R) -> R {
	AssetHubPara::ext_wrapper(look)
}

/// Blocks of all chains, until what they had to say has arrived.
pub fn settle() {
	for _ in 0..2 {
		on_margin(|| ());
		IntegratorPara::execute_with(|| ());
		AssetHubPara::execute_with(|| ());
		StrangerPara::execute_with(|| ());
	}
	on_margin(|| ());
}

/// The account of a location on the margin chain.
pub fn account_of(location: &Location) -> AccountId {
	margin::LocationToAccount::convert_location(location).expect("it has an account")
}

/// The account that the integrator's user has on the margin chain.
pub fn trader() -> AccountId {
	account_of(&user_of(INTEGRATOR))
}

/// The account of the margin chain on one of its neighbours.
pub fn margins_own() -> AccountId {
	sibling::LocationToAccount::convert_location(&para(MARGIN)).expect("it has an account")
}

/// The user runs a program on his chain, which must complete there.
pub fn execute(program: Xcm<sibling::RuntimeCall>) {
	let outcome = IntegratorPara::execute_with(|| run(program));
	assert!(outcome.is_ok(), "{outcome:?}");
}

/// The same on the Asset Hub.
pub fn execute_on_hub(program: Xcm<sibling::RuntimeCall>) {
	let outcome = AssetHubPara::execute_with(|| run(program));
	assert!(outcome.is_ok(), "{outcome:?}");
}

fn run(program: Xcm<sibling::RuntimeCall>) -> frame_support::dispatch::DispatchResultWithPostInfo {
	let user = sibling::RuntimeOrigin::signed(USER);
	sibling::PolkadotXcm::execute(user, Box::new(VersionedXcm::from(program)), Weight::MAX)
}

/// The integrator's chain sends a program to the margin chain in its user's name.
pub fn send(program: Xcm<()>) {
	let sent = IntegratorPara::execute_with(|| sent_by_user(program));
	assert_eq!(sent, Ok(()));
}

/// The other chain sends a program in its user's name, who has the same key.
pub fn send_from_stranger(program: Xcm<()>) {
	let sent = StrangerPara::execute_with(|| sent_by_user(program));
	assert_eq!(sent, Ok(()));
}

fn sent_by_user(program: Xcm<()>) -> DispatchResult {
	let user = sibling::RuntimeOrigin::signed(USER);
	let to = Box::new(para(MARGIN).into());
	sibling::PolkadotXcm::send(user, to, Box::new(VersionedXcm::from(program)))
}

/// The other chain sends a program in its own name.
pub fn send_as_stranger(program: Xcm<()>) {
	let sent = StrangerPara::execute_with(|| sibling::PolkadotXcm::send_xcm(Here, para(MARGIN), program));
	assert!(sent.is_ok(), "{sent:?}");
}

/// The integrator's chain sends a program in its own name.
pub fn send_as_integrator(program: Xcm<()>) {
	let sent = IntegratorPara::execute_with(|| sibling::PolkadotXcm::send_xcm(Here, para(MARGIN), program));
	assert!(sent.is_ok(), "{sent:?}");
}

/// The relay chain's governance sends a program to the margin chain.
pub fn send_down(program: Xcm<()>) {
	let to = Location::new(0, [Parachain(MARGIN)]);
	let sent = RelayRelay::execute_with(|| crate::relay::XcmPallet::send_xcm(Here, to, program));
	assert!(sent.is_ok(), "{sent:?}");
}

/// From now on the integrator's chain turns messages away, or no longer.
pub fn shut(shut: bool) {
	IntegratorPara::execute_with(|| Shut::set(&shut));
}

/// What came of the last message to the margin chain: the error that it ended with, if it did.
///
/// # Errors
/// That of the instruction that failed; `Barrier` if none was executed, of which the chain tells no reason.
pub fn last_message() -> XcmResult {
	use margin::RuntimeEvent::{MessageQueue, PolkadotXcm};
	let told = margin(margin::told);
	let mut error = None;
	let mut last = None;
	for event in told {
		match event {
			PolkadotXcm(pallet_xcm::Event::ProcessXcmError { error: what, .. }) => error = Some(what),
			MessageQueue(pallet_message_queue::Event::Processed { success: true, .. }) => last = Some(Ok(())),
			MessageQueue(pallet_message_queue::Event::Processed { success: false, .. }) => {
				last = Some(Err(error.take().unwrap_or(XcmError::Barrier)))
			},
			_ => {},
		}
	}
	last.expect("a message has come")
}

/// What the trader has in his wallet on the margin chain.
pub fn wallet(asset: AssetId) -> Balance {
	margin(|| margin::wallet(asset, &trader()))
}

/// What his margin account holds, or owes if it is negative.
pub fn held(asset: AssetId) -> i128 {
	margin(|| margin::held(asset, &trader()))
}

/// What the user has at home.
pub fn at_home() -> Balance {
	integrator(|| sibling::Balances::free_balance(USER))
}

/// What an account has of USDC on the Asset Hub.
pub fn usdc_on_hub(who: &AccountId) -> Balance {
	hub(|| sibling::Assets::balance(Location::new(0, sibling::usdc_junctions()), who.clone()))
}

/// A call of the user's account on the margin chain, as if it came from there.
pub fn as_trader(call: impl Into<RuntimeCall>) -> DispatchResult {
	on_margin(|| margin::signed(trader(), call))
}

/// How many tokens more than at genesis are issued on the margin chain.
pub fn came_in(asset: AssetId) -> Balance {
	let token = margin(|| pallet_gateway::Tokens::<margin::Runtime>::get(asset)).expect("a registered token");
	token.counted.0.saturating_sub(token.start.0)
}

fn check_backing() {
	let own = integrator(|| sibling::Balances::free_balance(margins_own()));
	assert!(came_in(BTC) <= own, "{} BTC are issued and {own} kept", came_in(BTC));
	let usdc = usdc_on_hub(&margins_own());
	assert!(
		came_in(USDC) <= usdc,
		"{} USDC are issued and {usdc} kept",
		came_in(USDC)
	);
	let mrg = integrator(|| sibling::Assets::total_supply(sibling::mrg_abroad()));
	let kept = margin(|| margin::Balances::free_balance(account_of(&para(INTEGRATOR))));
	assert!(mrg <= kept, "{mrg} MRG are issued abroad and {kept} kept");
}

/// The user's account on the margin chain, with one BTC as collateral and native tokens for fees.
pub fn with_collateral() {
	let deposit = pallet_margin::Call::deposit {
		sub: 0,
		asset: BTC,
		amount: BTC_UNIT,
	};
	execute(crate::messages::send_and_act(
		BTC_UNIT,
		200 * MRG_UNIT,
		50 * MRG_UNIT,
		deposit,
	));
	assert_eq!(last_message(), Ok(()));
	assert_eq!(held(BTC), BTC_UNIT as i128);
}

/// The same with USDC: so much of it comes by way of the Asset Hub, less what that costs.
pub fn with_usdc(amount: Balance) {
	execute_on_hub(crate::messages::usdc_to_account(amount, 100 * USDC_UNIT));
	assert_eq!(last_message(), Ok(()));
	let deposit = pallet_margin::Call::deposit {
		sub: 0,
		asset: USDC,
		amount: wallet(USDC),
	};
	execute(crate::messages::send_and_act(0, 200 * MRG_UNIT, 50 * MRG_UNIT, deposit));
	assert_eq!(last_message(), Ok(()));
	assert!(held(USDC) > 0);
}

/// The call that sends `amount` out of the trader's margin account to an account of another chain.
pub fn withdraw_to(
	asset: AssetId,
	amount: Option<Balance>,
	chain: u32,
	who: &AccountId,
) -> pallet_gateway::Call<margin::Runtime> {
	let remote_fee = match asset {
		USDC => USDC_UNIT,
		_ => BTC_UNIT / 10_000,
	};
	pallet_gateway::Call::withdraw_to {
		sub: 0,
		asset,
		amount,
		destination: Box::new(para(chain).into()),
		beneficiary: Box::new(Location::new(0, [crate::messages::account(who)]).into()),
		remote_fee,
	}
}

/// The withdrawals of which no success was reported, by their number.
pub fn flights() -> Vec<(u64, pallet_gateway::Status)> {
	margin(|| {
		let flights = pallet_gateway::Flights::<margin::Runtime>::iter();
		flights.map(|(id, flight)| (id, flight.status)).collect()
	})
}

/// From now on, until its next block, the margin chain has no channel to a chain.
pub fn close_channel(chain: u32) {
	cumulus_pallet_parachain_system::RelevantMessagingState::<margin::Runtime>::mutate(|state| {
		let channels = &mut state.as_mut().expect("a block has begun").egress_channels;
		channels.retain(|(to, _)| u32::from(*to) != chain);
	});
}

/// From now on, until its next block, the margin chain's channel to a chain has no room.
pub fn fill_channel(chain: u32) {
	cumulus_pallet_parachain_system::RelevantMessagingState::<margin::Runtime>::mutate(|state| {
		let channels = &mut state.as_mut().expect("a block has begun").egress_channels;
		for (_, channel) in channels.iter_mut().filter(|(to, _)| u32::from(*to) == chain) {
			channel.msg_count = channel.max_capacity;
		}
	});
}

/// What was trapped last on the margin chain.
pub fn trapped() -> Asset {
	let told = margin(margin::told);
	let assets = told.into_iter().filter_map(|event| match event {
		margin::RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped { assets, .. }) => Some(assets),
		_ => None,
	});
	one_asset(assets.last().expect("something was trapped"))
}

/// What was trapped last on the Asset Hub.
pub fn trapped_on_hub() -> Asset {
	let told = hub(sibling::System::events);
	let assets = told.into_iter().filter_map(|record| match record.event {
		sibling::RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped { assets, .. }) => Some(assets),
		_ => None,
	});
	one_asset(assets.last().expect("something was trapped"))
}

fn one_asset(assets: xcm::VersionedAssets) -> Asset {
	let assets = Assets::try_from(assets).expect("of this version");
	assert_eq!(assets.len(), 1);
	assets.into_inner().remove(0)
}

/// How many units an asset is.
pub fn units(asset: &Asset) -> Balance {
	match asset.fun {
		Fungible(amount) => amount,
		NonFungible(_) => 0,
	}
}
