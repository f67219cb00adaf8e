#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		missing_docs
	)
)]
//! # Margin
//!
//! Traders lock collateral, borrow against it and hold leveraged positions; suppliers earn what borrowers pay; the
//! runtime decides solvency from live prices.
//!
//! ## How it works
//!
//! * Every listed asset has one record ([`Assets`]): its parameters, its state and its **pool**. A deposit is a share of
//!   the pool; a debt is a share of what is owed to it, and `liquidity + debt + deficit == deposits + reserves` holds
//!   exactly, always.
//! * An **account** ([`Accounts`]) is one storage item with a signed balance for each of its assets, cross, isolated or
//!   portfolio. A trade inside it borrows what is lacking: a long is a stable debt with the asset held, a short is an asset debt with
//!   the stable held. `open` and `close` do it in one call.
//! * **Health** ([`margin_risk::assess`]) is a sum over the balances, linear in prices, at three levels. What adds
//!   risk must end with initial health not below zero (`solvency`), within caps, limits and pauses (`permission`).
//! * In a **portfolio** account ([`margin_risk::portfolio`]) balances that move against each other require less margin
//!   together. How assets move with each other is renewed every five minutes (`correlations`), and a liquidation takes the
//!   same part of every balance.
//! * Whoever acts from another chain brings collateral and opens, or closes and takes out, in one call (`combined`).
//! * **Liquidation** (`liquidation`): below maintenance a step moves the slice that restores the target, as pool shares.
//!   It comes through three doors, with one code behind them: the unsigned call that a validator's offchain worker sends
//!   ([`keeper`]) and the chain itself in `on_poll`, ahead of the block's transactions, give it to the house; a signed
//!   call gives it to a trader's own account, with the penalty as his discount.
//! * The **trigger index** (`index`, `bucket`, `scan`) tells who must be looked at: accounts with debt are filed by how far
//!   prices may move against them ([`margin_risk::trigger`]), so nobody scans all accounts. Keepers name pages of it
//!   (`findings`), which the chain walks as a `batch`.
//! * The **house** has what it took auctioned (`seller`), or sold to the market in small parts (`market`), and the
//!   **insurance fund** stands behind it (`house`, `fund`, `deficit`). What nobody buys goes in kind to those who lent for
//!   it (`hand_out`, `grants`, `claims`).
//! * **Margins** follow volatility (`margins`): in steps of five minutes the maintenance ratio moves towards what the
//!   [`RiskEngine`] asks for, at a limited pace, while the initial one is there at once.
//! * **The written put** (`written_put`): what the protocol is expected to lose on an account, on the book, and at the
//!   margins in force; the insurance fee that would pay for it, and for how many hours the fund would.
//! * **Seasoning** (`seasoning`): of an asset for which governance says so, what has just come from a wallet secures no new
//!   risk for a while.
//! * **Governance** (`changes`): what tightens is made at once and on a ramp, what loosens waits; a new asset warms up from
//!   nothing, and one that goes has a way out (`delisting`).
//!
//! Calls work on a working set in memory (`ledger`) that is written only when all checks have passed; the validity
//! check of the unsigned call is its dispatch without that write.
//!
//! ## What it needs
//!
//! Tokens through `fungibles`, prices through [`margin_risk::PriceSource`], more margin than is listed through [`RiskEngine`], a
//! market through [`Venue`]. Prices must not change within a block. The pallet's account ([`Pallet::account_id`]) has
//! to hold each asset's minimum balance before the asset is listed, so that it is never reaped.

extern crate alloc;

mod account;
mod account_put;
mod accounts;
mod amm;
mod asset;
mod batch;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bucket;
mod changes;
mod claims;
mod combined;
mod correlations;
mod deficit;
mod delisting;
mod errors;
mod events;
mod findings;
mod fund;
mod grants;
mod hand_out;
mod house;
mod idle;
mod index;
mod invariants;
pub mod keeper;
mod ledger;
mod lending;
mod liquidation;
mod liquidation_market;
mod listing;
mod margins;
mod market;
#[cfg(test)]
mod mock;
mod modes;
mod orders;
mod permission;
mod positions;
mod preview;
mod pulse;
mod risk_engine;
mod risk_view;
mod room;
mod rules;
mod scan;
mod seasoning;
mod seller;
mod solvency;
mod storage;
mod taking;
#[cfg(test)]
mod tests;
mod tightening;
mod trading;
mod venue;
mod views;
pub mod weights;
mod written_put;

pub use account::{Account, Balance, Holding, Mode, SubAccount};
pub use account_put::{AccountPut, AssetDelta, BookDelta, BookPut};
pub use amm::AmmVenue;
pub use asset::{Asset, AssetConfig, BadConfig, Pauses, Ramp, Status, Tier, WarmUp};
pub use bucket::Bucket;
pub use correlations::{CorrelationBands, CorrelationBandsOf, Pairs, Renewal};
pub use findings::{Page, PAGE};
pub use fund::FundView;
pub use grants::{Grant, GrantList};
pub use index::{Generation, Generations, GenerationsOf};
pub use liquidation::Door;
pub use orders::{Action, Direction, Part, Size};
pub use pallet::*;
pub use preview::PlanError;
pub use pulse::Heartbeat;
pub use risk_engine::{
	AdoptedRatio, Adopting, FixedRatios, RiskEngine, TightenMultiplier, Tightened, VolatilityEngine, MAX_MULTIPLIER,
};
pub use risk_view::RiskView;
pub use rules::{AccountRules, ChangeRules, HouseParams};
pub use scan::Place;
pub use seasoning::{Fresh, Seasoning, MAX_SEASONING};
#[cfg(feature = "runtime-benchmarks")]
pub use venue::BenchmarkHelper;
pub use venue::Venue;
pub use views::{AccountView, AtRisk, BalanceView, BelowMaintenance, PoolView, PriceView};
pub use weights::WeightInfo;
pub use written_put::{AssetPut, WrittenPut};

use account::Account as AccountType;
use frame_support::pallet_macros::import_section;

/// Target of the pallet's log lines.
pub const LOG_TARGET: &str = "margin";

/// Most markets to which the pallet sells in one block.
pub(crate) const MAX_MARKETS_USED: u32 = 32;

/// An account of this runtime.
pub type AccountOf<T> = AccountType<<T as Config>::AssetId, <T as Config>::MaxAssets>;
/// What is stored of an asset in this runtime.
pub type AssetOf<T> = Asset<<T as Config>::PriceKey>;
/// The parameters of an asset in this runtime.
pub type AssetConfigOf<T> = AssetConfig<<T as Config>::PriceKey>;

// The macro's own code expects what it has just built and converts what needs none, and a call has as many arguments as
// it has; ours lives in the modules.
#[allow(clippy::expect_used, clippy::too_many_arguments, clippy::useless_conversion)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, Time},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::{offchain::CreateBare, pallet_prelude::*};
	use margin_math::{Amount, Price, Ratio, Value};
	use margin_risk::{FlowLimit, PriceSource, VolatilitySource};
	use sp_runtime::traits::AccountIdConversion;

	/// What the pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> + CreateBare<Call<Self>> {
		/// The runtime's reasons for holding native tokens.
		type RuntimeHoldReason: From<HoldReason>;
		/// The native token, of which some is held for each open account.
		type Currency: fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason, Balance = u128>;
		/// Names an asset. The same id as in `Assets`.
		type AssetId: Parameter + Member + MaxEncodedLen + MaybeSerializeDeserialize + Copy + Ord;
		/// The tokens themselves.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = Self::AssetId, Balance = u128>
			+ fungibles::Mutate<Self::AccountId>;
		/// Names a price.
		type PriceKey: Parameter + Member + MaxEncodedLen + MaybeSerializeDeserialize + Copy;
		/// Guarded prices, one an asset and block.
		type Prices: PriceSource<Self::PriceKey>;
		/// Asks for margin beyond the listed ratios.
		type RiskEngine: RiskEngine<Self::AssetId, Self::PriceKey>;
		/// How long a stretch of a margin ratio's way takes, in milliseconds: [`STRETCH`](margin_risk::volatility::STRETCH),
		/// for which paces are given, also that of correlations. Less compresses their time, which is for demonstrations.
		type MarginStretch: Get<u64>;
		/// Knows how assets move, each by itself and with each other.
		type Volatility: VolatilitySource<Self::PriceKey>;
		/// Where assets are exchanged.
		type Venue: Venue<Self::AccountId, Self::AssetId>;
		/// The chain's time in milliseconds, to which interest accrues.
		type Time: Time<Moment = u64>;
		/// May list assets, change their parameters and delist them.
		type AssetManager: EnsureOrigin<Self::RuntimeOrigin>;
		/// May tighten parameters, pause, and cancel changes that wait.
		type RiskManager: EnsureOrigin<Self::RuntimeOrigin>;
		/// May set how much of an asset leaves in a time.
		type OutflowManager: EnsureOrigin<Self::RuntimeOrigin>;
		/// Names the account that holds the pools' tokens.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Most assets that may be listed.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// Most assets that one trader's account may hold.
		#[pallet::constant]
		type MaxAccountAssets: Get<u32>;
		/// Native tokens held for each open account, in smallest units.
		#[pallet::constant]
		type AccountDeposit: Get<u128>;
		/// How accounts are judged beyond their margin ratios.
		#[pallet::constant]
		type AccountRules: Get<AccountRules>;
		/// How fast parameters may change.
		#[pallet::constant]
		type ChangeRules: Get<ChangeRules>;
		/// How liquidations and the house behave.
		#[pallet::constant]
		type House: Get<HouseParams>;
		/// Whether the chain liquidates by itself in `on_poll`.
		type ChainLiquidates: Get<bool>;
		/// Weight of a block that is reserved for the chain's own liquidations.
		#[pallet::constant]
		type LiquidationWeight: Get<Weight>;
		/// Most weight of a block for the chain's own liquidations and unsigned ones together.
		#[pallet::constant]
		type MaxLiquidationWeight: Get<Weight>;
		/// Priority in the pool of an unsigned liquidation.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;
		/// Weights of the calls and hooks.
		type WeightInfo: WeightInfo;
		/// Sets the stage for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId, Self::AssetId, Self::PriceKey>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Why native tokens are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For an open margin account. Free again when it is closed.
		Account,
	}

	/// Assets and first deposits of a new chain.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Assets to list.
		pub assets: Vec<(T::AssetId, AssetConfigOf<T>)>,
		/// Most that may leave an asset's pool in a time. Without an entry, any amount may.
		pub outflow_limits: Vec<(T::AssetId, FlowLimit)>,
		/// Deposits to make from the owners' wallets.
		pub deposits: Vec<(T::AccountId, SubAccount, T::AssetId, Amount)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, config) in &self.assets {
				Pallet::<T>::do_list(*asset, *config, 0).expect("a genesis asset can be listed");
			}
			for (asset, limit) in &self.outflow_limits {
				Pallet::<T>::do_set_outflow_limit(*asset, *limit).expect("a genesis limit names a listed asset");
			}
			for (owner, sub, asset, amount) in &self.deposits {
				Pallet::<T>::do_deposit(owner, *sub, *asset, *amount).expect("a genesis deposit is covered");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::note_block(meter);
			Self::step_margins(meter);
			let mut reserved = WeightMeter::with_limit(T::LiquidationWeight::get().min(meter.remaining()));
			Self::liquidate_by_chain(&mut reserved);
			meter.consume(reserved.consumed());
			meter.consume(T::DbWeight::get().writes(1));
			Spent::<T>::put(reserved.consumed());
			Self::renew_correlations(meter);
			Self::work_house(meter);
		}

		fn on_idle(block: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::tend_asset(&mut meter, sp_runtime::SaturatedConversion::saturated_into(block));
			if ScanCursor::<T>::exists() || SearchCursor::<T>::exists() {
				Self::liquidate_by_chain(&mut meter);
			}
			Self::move_over(&mut meter);
			Self::report_fund(&mut meter);
			meter.consumed()
		}

		fn offchain_worker(_: BlockNumberFor<T>) {
			Self::run_keeper();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}

		fn integrity_test() {
			assert!(T::House::get().is_valid(), "the house's rules are out of range");
			assert!(
				T::AccountRules::get().is_valid(),
				"the rules of accounts are out of range"
			);
			assert!(
				T::ChangeRules::get().is_valid(),
				"the rules of changes are out of range"
			);
			assert!(
				(margin_risk::volatility::SHORTEST..=margin_risk::volatility::STRETCH)
					.contains(&T::MarginStretch::get()),
				"a stretch of a margin's way takes a second to five minutes"
			);
			assert!(
				T::MaxAssets::get() as usize <= margin_risk::health::MAX_LEGS,
				"house and fund may hold more assets than can be weighed"
			);
			assert!(
				T::MaxAccountAssets::get() <= T::MaxAssets::get(),
				"an account cannot hold more than is listed"
			);
			let one = T::WeightInfo::scan_base()
				.saturating_add(T::WeightInfo::scan_bucket())
				.saturating_add(T::WeightInfo::scan_account())
				.saturating_add(Pallet::<T>::step_weight())
				// A quarter of the weight is for the search.
				.saturating_mul(2);
			assert!(
				T::LiquidationWeight::get().all_gte(one),
				"the reserved weight does not fit one liquidation"
			);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Lists an asset, so that it can be deposited, borrowed and traded. The pallet's account must hold the
		/// asset's minimum balance. As collateral it counts nothing at first, and in full when it has warmed up.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::list_asset())]
		pub fn list_asset(origin: OriginFor<T>, asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_list(asset, config, T::ChangeRules::get().warm_up)
		}

		/// Changes the parameters of a listed asset. What only tightens is made at once, with a raised maintenance margin
		/// on a ramp; the risk manager may do that too. What loosens anything waits. No parameter of risk may more than
		/// double or halve at once. Decimals and price key cannot change.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update_asset())]
		pub fn update_asset(origin: OriginFor<T>, asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
			Self::do_update(Self::ensure_manager(origin)?, asset, config)
		}

		/// Brings `amount` of `asset` from your wallet into your margin account `sub`, where it secures your debts
		/// and earns interest. What the account owes of the asset is paid first. The first deposit opens a cross account,
		/// for which some native tokens are held until it is closed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::deposit().max(T::WeightInfo::deposit_opening()))]
		pub fn deposit(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_deposit(&ensure_signed(origin)?, sub, asset, Amount(amount))
		}

		/// Takes `amount` of deposited `asset` back to your wallet, while the pool has as much. An account without debt
		/// may do so at any price; one with debt must stay above its initial margin, and keep a tenth of its deposits as
		/// equity.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_withdraw(&ensure_signed(origin)?, sub, asset, Amount(amount)).map(|_| ())
		}

		/// Pays `amount` of `asset` to your wallet against the account's collateral: what the account has of the
		/// asset is used first, the rest is owed and costs interest.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::borrow())]
		pub fn borrow(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_borrow(&ensure_signed(origin)?, sub, asset, Amount(amount))
		}

		/// Pays back what the account owes of `asset`, from your wallet: at most what is owed is taken, so a very
		/// large `amount` pays all of it. Works at any price.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::repay())]
		pub fn repay(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_repay(&ensure_signed(origin)?, sub, asset, Amount(amount)).map(|_| ())
		}

		/// Sells `amount_in` of `from` for `to` inside the account, for `min_out` at least. What the account lacks of
		/// `from` is borrowed, so this opens a leveraged position: sell a stable for the asset to go long, sell the
		/// asset for a stable to go short. The account must end above its initial margin, or be no worse off.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::swap())]
		pub fn swap(
			origin: OriginFor<T>,
			sub: SubAccount,
			from: T::AssetId,
			to: T::AssetId,
			#[pallet::compact] amount_in: u128,
			#[pallet::compact] min_out: u128,
		) -> DispatchResult {
			Self::do_swap(
				&ensure_signed(origin)?,
				sub,
				from,
				to,
				Amount(amount_in),
				Amount(min_out),
			)
		}

		/// Liquidates an account below maintenance, as some validator's keeper found it in `round`, after block `at`
		/// with the hash `hash`. Unsigned and free: it is valid only when it will succeed. In the pool a refusal is told
		/// by a number: 1 unknown account, 2 not below maintenance, 3 no usable prices, 4 the house is full, 5 anything
		/// else; a wrong round reads as stale or future, a block that is not one of the last as an ancient birth block.
		#[pallet::call_index(7)]
		#[pallet::weight((Pallet::<T>::single_weight(), DispatchClass::Operational))]
		pub fn liquidate_unsigned(
			origin: OriginFor<T>,
			owner: T::AccountId,
			sub: SubAccount,
			round: u32,
			at: BlockNumberFor<T>,
			hash: T::Hash,
		) -> DispatchResult {
			ensure_none(origin)?;
			Self::do_liquidate_unsigned(&findings::Finding {
				owner,
				sub,
				round,
				seen: findings::Seen { at, hash },
			})
		}

		/// Opens your margin account `sub` in a mode: cross, in which every balance secures every debt; portfolio, in which
		/// balances that move against each other require less margin together as well; or isolated, with one collateral and
		/// one debt asset, whose loss stays inside, for good. Some native tokens are held for it until it is closed.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::open_account())]
		pub fn open_account(origin: OriginFor<T>, sub: SubAccount, mode: Mode<T::AssetId>) -> DispatchResult {
			Self::do_open_account(&ensure_signed(origin)?, sub, mode)
		}

		/// Closes your margin account `sub`, which owes nothing and holds nothing but dust: less than `minAmount` of
		/// each asset. The dust goes to the insurance fund, and the native tokens held for the account are free again.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::close_account())]
		pub fn close_account(origin: OriginFor<T>, sub: SubAccount) -> DispatchResult {
			Self::do_close_account(&ensure_signed(origin)?, sub)
		}

		/// Moves `amount` of deposited `asset` from your margin account `from` to your account `to`, which must be open.
		/// What `to` owes of the asset is paid first. For `from` it is a withdrawal.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::transfer())]
		pub fn transfer(
			origin: OriginFor<T>,
			from: SubAccount,
			to: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_transfer(&ensure_signed(origin)?, from, to, asset, Amount(amount))
		}

		/// Opens a leveraged position in one call, or makes one larger. `collateral` comes from your wallet first, if
		/// given. A long buys `asset` for `against`, a short sells `asset` for `against`, and what the account lacks is
		/// borrowed, at most `max_borrow` of it. `size` is an amount of the asset, or a leverage: the exposure to the
		/// asset over the value of the collateral brought in. `limit` is the worst price, in whole units of `against` for
		/// one whole unit of `asset`, with 18 decimals: the highest for a long, the lowest for a short.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::open())]
		pub fn open(
			origin: OriginFor<T>,
			sub: SubAccount,
			collateral: Option<(T::AssetId, u128)>,
			direction: Direction,
			asset: T::AssetId,
			against: T::AssetId,
			size: Size,
			limit: Price,
			#[pallet::compact] max_borrow: u128,
		) -> DispatchResult {
			Self::do_open(
				&ensure_signed(origin)?,
				sub,
				positions::OpenOrder {
					collateral,
					direction,
					asset,
					against,
					size,
					limit,
					max_borrow: Amount(max_borrow),
				},
			)
		}

		/// Closes your position in `asset`, all or part of it: sells it for `against` if the account holds it, buys it
		/// back with `against` if the account owes it. What is owed of the asset that comes in is paid first, and nothing
		/// is borrowed. `limit` is the worst price, in whole units of `against` for one whole unit of `asset`, with 18
		/// decimals: the lowest to sell, the highest to buy back.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			against: T::AssetId,
			part: Part,
			limit: Price,
		) -> DispatchResult {
			Self::do_close(
				&ensure_signed(origin)?,
				sub,
				positions::CloseOrder {
					asset,
					against,
					part,
					limit,
				},
			)
		}

		/// Liquidates another owner's account below maintenance into your own margin account `into`: you take on some of
		/// its debt, at most `most` dollars (18 decimals), and as much of its collateral plus a discount, which grows with
		/// the depth below maintenance. Your account must end above its initial margin.
		#[pallet::call_index(13)]
		// The two accounts may share no asset: yours is weighed as for a withdrawal.
		#[pallet::weight(T::WeightInfo::liquidate().saturating_add(T::WeightInfo::withdraw()))]
		pub fn liquidate(
			origin: OriginFor<T>,
			owner: T::AccountId,
			sub: SubAccount,
			into: SubAccount,
			most: Value,
		) -> DispatchResult {
			Self::do_liquidate(&ensure_signed(origin)?, into, &owner, sub, most)
		}

		/// Says what may be done with an asset. The risk manager may only go from live to reduce-only to frozen, also
		/// while an asset is being delisted, which ends that. An asset that becomes live again warms up like a new one.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::set_status())]
		pub fn set_status(origin: OriginFor<T>, asset: T::AssetId, status: Status) -> DispatchResult {
			Self::do_set_status(Self::ensure_manager(origin)?, asset, status)
		}

		/// Pauses kinds of action with an asset, or ends that. The risk manager may only pause.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_pauses())]
		pub fn set_pauses(origin: OriginFor<T>, asset: T::AssetId, pauses: Pauses) -> DispatchResult {
			Self::do_set_pauses(Self::ensure_manager(origin)?, asset, pauses)
		}

		/// Drops a change of an asset's parameters that waits. For the asset manager and the risk manager.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::cancel_change())]
		pub fn cancel_change(origin: OriginFor<T>, asset: T::AssetId) -> DispatchResult {
			Self::ensure_manager(origin)?;
			Self::do_cancel_change(asset)
		}

		/// Sets how much of an asset may leave in a time, net of what comes in. For the outflow manager.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::set_outflow_limit())]
		pub fn set_outflow_limit(origin: OriginFor<T>, asset: T::AssetId, limit: FlowLimit) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_set_outflow_limit(asset, limit)
		}

		/// Begins to delist an asset: from now on positions in it can only be made smaller, and when the notice is over
		/// anybody may move those who are left out of it with `evict`.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::delist_asset())]
		pub fn delist_asset(origin: OriginFor<T>, asset: T::AssetId) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_delist(asset)
		}

		/// Moves an account out of an asset whose notice is over. A deposit that the account can spare is paid to its
		/// owner's wallet. What it cannot spare, or owes, goes to the house against as much debt or collateral, at the
		/// live price and without a penalty.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::evict())]
		pub fn evict(origin: OriginFor<T>, owner: T::AccountId, sub: SubAccount, asset: T::AssetId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_evict(&owner, sub, asset)
		}

		/// Takes an asset in which nobody holds or owes anything any more off the list. What is left of its pool is the
		/// insurance fund's; it goes to `beneficiary`. For root.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::remove_asset())]
		pub fn remove_asset(origin: OriginFor<T>, asset: T::AssetId, beneficiary: T::AccountId) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_remove(asset, &beneficiary)
		}

		/// Liquidates the accounts below maintenance on a page of the trigger index: `count` accounts of a class, at most
		/// 128, from a bucket's first account or from behind the named one on, in the index's own order. One on which no
		/// step is possible is passed by. Unsigned and free, as some validator's keeper found it after block `at` with the
		/// hash `hash`: valid only when there is an account to liquidate. In the pool a refusal is told by a number: 6
		/// nothing to liquidate on the page, 7 too many accounts or none asked for; a block that is not one of the last
		/// reads as an ancient birth block.
		#[pallet::call_index(21)]
		#[pallet::weight((Pallet::<T>::page_weight(*count, *count), DispatchClass::Operational))]
		pub fn liquidate_page(
			origin: OriginFor<T>,
			page: Page<T::AccountId>,
			count: u32,
			at: BlockNumberFor<T>,
			hash: T::Hash,
		) -> DispatchResultWithPostInfo {
			ensure_none(origin)?;
			let seen = findings::Seen { at, hash };
			let walked = |steps| Some(Self::page_weight(count, steps));
			match Self::do_liquidate_page(&findings::PageFinding { page, count, seen }) {
				Ok(tried) => Ok(walked(tried).into()),
				// One step may have been tried.
				Err(error) => Err(sp_runtime::DispatchErrorWithPostInfo {
					post_info: walked(1).into(),
					error: error.into(),
				}),
			}
		}

		/// Pays for what the pool of `asset` has lost, from your wallet: at most the deficit is taken, so a very large
		/// `amount` pays all of it. It is a gift to those who supply the pool.
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::pay_deficit())]
		pub fn pay_deficit(origin: OriginFor<T>, asset: T::AssetId, #[pallet::compact] amount: u128) -> DispatchResult {
			Self::do_pay_deficit(&ensure_signed(origin)?, asset, Amount(amount))
		}

		/// Writes off what the pool of `asset` has lost and the insurance fund cannot pay: every deposit in it is worth less
		/// from now on, each by the same share. For the asset manager.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::write_off())]
		pub fn write_off(origin: OriginFor<T>, asset: T::AssetId) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_write_off(asset)
		}

		/// Takes what your margin account `sub` was given of `asset` in kind, because it supplied a pool that had to bear a
		/// loss which nobody would buy `asset` to make good. It becomes a deposit of the account; if the account has no room
		/// for the asset, it is paid to your wallet.
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, sub: SubAccount, asset: T::AssetId) -> DispatchResult {
			Self::do_claim(&ensure_signed(origin)?, sub, asset)
		}

		/// Makes your cross account `sub` a portfolio account, or the other way round. It must be above its initial margin in
		/// both modes, or owe nothing. An isolated account keeps its mode.
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::set_mode(T::MaxAccountAssets::get()))]
		pub fn set_mode(origin: OriginFor<T>, sub: SubAccount, mode: Mode<T::AssetId>) -> DispatchResult {
			Self::do_set_mode(&ensure_signed(origin)?, sub, mode)
		}

		/// Deposits `amount` of `collateral` from your wallet into your margin account `sub`, and opens a position with it: as
		/// `deposit` and then `open`, or nothing at all if either is refused. Without an amount it is all that your wallet can
		/// spare. A leverage is the exposure over the value of what is deposited. The first deposit opens a cross account, for
		/// which some native tokens are held until it is closed. Made for who sends it from another chain.
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::deposit_and_open())]
		pub fn deposit_and_open(
			origin: OriginFor<T>,
			sub: SubAccount,
			collateral: T::AssetId,
			amount: Option<u128>,
			direction: Direction,
			asset: T::AssetId,
			against: T::AssetId,
			size: Size,
			limit: Price,
			#[pallet::compact] max_borrow: u128,
		) -> DispatchResult {
			Self::do_deposit_and_open(
				&ensure_signed(origin)?,
				sub,
				(collateral, amount),
				positions::OpenOrder {
					collateral: None,
					direction,
					asset,
					against,
					size,
					limit,
					max_borrow: Amount(max_borrow),
				},
			)
		}

		/// Closes your position in `asset`, all or part of it, and pays `amount` of `withdraw` to your wallet: as `close` and
		/// then `withdraw`, or nothing at all if either is refused. Without an amount it is all that the account then holds of
		/// it. Made for who sends it from another chain.
		#[pallet::call_index(27)]
		#[pallet::weight(T::WeightInfo::close_and_withdraw())]
		pub fn close_and_withdraw(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			against: T::AssetId,
			part: Part,
			limit: Price,
			withdraw: T::AssetId,
			amount: Option<u128>,
		) -> DispatchResult {
			Self::do_close_and_withdraw(
				&ensure_signed(origin)?,
				sub,
				positions::CloseOrder {
					asset,
					against,
					part,
					limit,
				},
				(withdraw, amount),
			)
		}

		/// Says how long deposits of an asset take to count at the initial level, in milliseconds, seven days at most: made
		/// for tokens that other chains issue. A longer time holds at once, for what is fresh already too; the risk manager
		/// may set it. A shorter one waits as long as any change that loosens.
		#[pallet::call_index(28)]
		#[pallet::weight(T::WeightInfo::set_seasoning())]
		pub fn set_seasoning(
			origin: OriginFor<T>,
			asset: T::AssetId,
			#[pallet::compact] duration: u64,
		) -> DispatchResult {
			Self::do_set_seasoning(Self::ensure_manager(origin)?, asset, duration)
		}
	}

	#[pallet::validate_unsigned]
	impl<T: Config> ValidateUnsigned for Pallet<T> {
		type Call = Call<T>;

		fn validate_unsigned(_: TransactionSource, call: &Self::Call) -> TransactionValidity {
			Self::validity(call)
		}

		fn pre_dispatch(call: &Self::Call) -> Result<(), TransactionValidityError> {
			Self::spend_on_unsigned(call)
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that holds the tokens of every pool.
		pub fn account_id() -> T::AccountId {
			T::PalletId::get().into_account_truncating()
		}
	}
}
