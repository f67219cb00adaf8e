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
//! * Every listed asset has a **pool** ([`Pools`]). A deposit is a share of the pool; a debt is a share of what is
//!   owed to it. One record holds liquidity, totals, reserves and deficit, and `liquidity + debt + deficit ==
//!   deposits + reserves` holds exactly, always.
//! * An **account** ([`Accounts`]) is one storage item with a signed balance for each of its assets. A `swap` sells
//!   inside the account and borrows what is lacking: a long is a stable debt with the asset held, a short is an asset
//!   debt with the stable held.
//! * **Health** ([`margin_risk::assess`]) is a sum over the balances, linear in prices, at three levels. What adds
//!   risk must end with initial health not below zero.
//! * **Liquidation** (`liquidation`): below maintenance a step moves the slice that restores the target to the house,
//!   as pool shares. It comes through two doors, with one code behind them: the unsigned call that a validator's
//!   offchain worker sends ([`keeper`]), and the chain itself in `on_poll`, ahead of the block's transactions.
//! * The **house** sells what it took and the **insurance fund** stands behind it (`house`).
//!
//! Calls work on a working set in memory (`ledger`) that is written only when all checks have passed; the validity
//! check of the unsigned call is its dispatch without that write.
//!
//! ## What it needs
//!
//! Tokens through `fungibles`, prices through [`margin_risk::PriceSource`], margin ratios through [`RiskEngine`], a
//! market through [`Venue`]. Prices must not change within a block. The pallet's account ([`Pallet::account_id`]) has
//! to hold each asset's minimum balance before the asset is listed, so that it is never reaped.

extern crate alloc;

mod amm;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod house;
mod invariants;
pub mod keeper;
mod ledger;
mod lending;
mod liquidation;
mod listing;
#[cfg(test)]
mod mock;
mod risk_engine;
mod scan;
mod solvency;
#[cfg(test)]
mod tests;
mod trading;
mod types;
mod venue;
mod views;
pub mod weights;

pub use amm::AmmVenue;
pub use pallet::*;
pub use risk_engine::{FixedRatios, RiskEngine};
pub use types::{
	Account, AssetConfig, BadConfig, Balance, Door, Holding, HouseParams, Mode, SubAccount, MAX_MAINTENANCE,
};
#[cfg(feature = "runtime-benchmarks")]
pub use venue::BenchmarkHelper;
pub use venue::Venue;
pub use views::{AccountView, BalanceView, BelowMaintenance, PoolView, PriceView};
pub use weights::WeightInfo;

use liquidation::Finding;
use types::Account as AccountType;

/// Target of the pallet's log lines.
pub const LOG_TARGET: &str = "margin";

/// An account of this runtime.
pub type AccountOf<T> = AccountType<<T as Config>::AssetId, <T as Config>::MaxAssets>;
/// The record of an asset in this runtime.
pub type AssetConfigOf<T> = AssetConfig<<T as Config>::PriceKey>;

// The macro's own code expects what it has just built; ours lives in the modules.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, Time},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::{offchain::CreateBare, pallet_prelude::*};
	use margin_math::{Amount, Ratio, Value};
	use margin_risk::{Pool, PriceSource};
	use sp_runtime::traits::AccountIdConversion;

	/// What the pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> + CreateBare<Call<Self>> {
		/// Names an asset. The same id as in `Assets`.
		type AssetId: Parameter + Member + MaxEncodedLen + MaybeSerializeDeserialize + Copy + Ord;
		/// The tokens themselves.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = Self::AssetId, Balance = u128>
			+ fungibles::Mutate<Self::AccountId>;
		/// Names a price.
		type PriceKey: Parameter + Member + MaxEncodedLen + MaybeSerializeDeserialize + Copy;
		/// Guarded prices, one an asset and block.
		type Prices: PriceSource<Self::PriceKey>;
		/// Decides the margin ratios.
		type RiskEngine: RiskEngine<Self::AssetId>;
		/// Where assets are exchanged.
		type Venue: Venue<Self::AccountId, Self::AssetId>;
		/// The chain's time in milliseconds, to which interest accrues.
		type Time: Time<Moment = u64>;
		/// May list assets and change their records.
		type AssetManager: EnsureOrigin<Self::RuntimeOrigin>;
		/// Names the account that holds the pools' tokens.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Most assets that may be listed.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// Most assets that one trader's account may hold.
		#[pallet::constant]
		type MaxAccountAssets: Get<u32>;
		/// How liquidations and the house behave.
		#[pallet::constant]
		type House: Get<HouseParams>;
		/// Whether the chain liquidates by itself in `on_poll`.
		type ChainLiquidates: Get<bool>;
		/// Weight of a block that is reserved for the chain's own liquidations.
		#[pallet::constant]
		type LiquidationWeight: Get<Weight>;
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

	/// Records of the listed assets.
	#[pallet::storage]
	pub type Assets<T: Config> = CountedStorageMap<_, Twox64Concat, T::AssetId, AssetConfigOf<T>>;

	/// Pools of the listed assets, as of the last time that each was touched.
	#[pallet::storage]
	pub type Pools<T: Config> = StorageMap<_, Twox64Concat, T::AssetId, Pool, ValueQuery>;

	/// Margin accounts by owner and sub-account. None is empty.
	#[pallet::storage]
	pub type Accounts<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, SubAccount, AccountOf<T>>;

	/// The accounts that owe something: all that need to be looked at when prices move.
	#[pallet::storage]
	pub type Debtors<T: Config> = StorageMap<_, Blake2_128Concat, (T::AccountId, SubAccount), ()>;

	/// Where the chain's walk over the accounts with debt stopped.
	#[pallet::storage]
	pub type ScanCursor<T: Config> = StorageValue<_, (T::AccountId, SubAccount)>;

	/// The house: what it took over and has not sold yet, and what it owes for it.
	#[pallet::storage]
	pub type House<T: Config> = StorageValue<_, AccountOf<T>, ValueQuery, EmptyAccount<T>>;

	/// The insurance fund: pool shares.
	#[pallet::storage]
	pub type Fund<T: Config> = StorageValue<_, AccountOf<T>, ValueQuery, EmptyAccount<T>>;

	/// Default of the pallet's own accounts.
	#[pallet::type_value]
	pub fn EmptyAccount<T: Config>() -> AccountOf<T> {
		AccountOf::<T>::new(0)
	}

	/// What the pallet tells. Amounts are in an asset's smallest unit, values in dollars with 18 decimals.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset can now be deposited, borrowed and traded.
		AssetListed {
			/// The asset.
			asset: T::AssetId,
		},
		/// An asset's parameters have changed.
		AssetUpdated {
			/// The asset.
			asset: T::AssetId,
		},
		/// Tokens came into a margin account. Debt of the asset was paid first.
		Deposited {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
		},
		/// Deposited tokens went back to the wallet.
		Withdrawn {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
		},
		/// Tokens went to the wallet against collateral: the account's own deposit first, the rest is owed.
		Borrowed {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// The part that was the account's own deposit.
			withdrawn: Amount,
			/// The part that is owed.
			borrowed: Amount,
		},
		/// A debt was paid back, all or in part.
		Repaid {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
		},
		/// One asset was sold for another inside the account.
		Swapped {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset sold.
			from: T::AssetId,
			/// The asset bought.
			to: T::AssetId,
			/// How much was sold.
			amount_in: Amount,
			/// How much was bought.
			amount_out: Amount,
			/// The part of what was sold that was borrowed for it.
			borrowed: Amount,
			/// The part of what was bought that paid a debt.
			repaid: Amount,
		},
		/// An account below maintenance lost a slice to the house, which took on as much of its debt.
		Liquidated {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// Which step of the account this was.
			round: u32,
			/// By which door it came.
			door: Door,
			/// Debts that the account no longer owes.
			repaid: Vec<(T::AssetId, Amount)>,
			/// Collateral that was taken for them.
			taken: Vec<(T::AssetId, Amount)>,
			/// What the step cost the account, in dollars.
			penalty: Value,
			/// Equity before, in dollars.
			equity_before: Value,
			/// Equity after, in dollars.
			equity_after: Value,
		},
		/// A loss was borne: by the insurance fund, and for the rest by a deficit.
		LossBooked {
			/// The whole loss, in dollars.
			loss: Value,
			/// What the fund paid of it, in dollars.
			by_fund: Value,
		},
		/// The fund could not pay: the pool is owed so much by nobody.
		DeficitBooked {
			/// The pool's asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
		},
		/// The house sold some of what it took over.
		HouseSold {
			/// The asset sold.
			sold: T::AssetId,
			/// How much was sold.
			amount_in: Amount,
			/// The asset bought.
			bought: T::AssetId,
			/// How much was bought.
			amount_out: Amount,
		},
		/// The house sold what it could; what was left went to the insurance fund, which stands for what is still owed.
		HouseSettled {
			/// What went to the fund.
			proceeds: Vec<(T::AssetId, Amount)>,
		},
	}

	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// This asset is not listed. Query `margin.assets` for those that are.
		UnknownAsset,
		/// This asset is listed already. Use `update_asset` to change its record.
		AlreadyListed,
		/// As many assets are listed as the runtime allows.
		TooManyAssets,
		/// The pallet's account does not hold the asset's minimum balance yet. Send it there first, then list.
		EndowmentMissing,
		/// Decimals and price key are fixed once an asset is listed. Leave them as they are.
		FixedWhenListed,
		/// At most 18 decimals can be handled.
		DecimalsOutOfRange,
		/// The maintenance margin must be above zero and at most 20 %, the initial one below one, and initial >= target
		/// >= maintenance.
		MarginOutOfRange,
		/// The rate must not fall with utilisation, its kink lies between 0 and 1, and it ends at 1000 % a year.
		RateOutOfRange,
		/// Reserve factor and unborrowable share must be below one.
		ShareOutOfRange,
		/// The least amount must be above zero.
		MinAmountOutOfRange,
		/// The amount is zero. Give one above zero.
		AmountZero,
		/// The amount is below the least that is allowed for this asset (`min_amount` of `margin.assets`).
		AmountTooSmall,
		/// The pool of this asset takes no more deposits. Deposit less, or another asset.
		DepositCapReached,
		/// The pool of this asset lends no more. Borrow less, or another asset.
		BorrowCapReached,
		/// The pool has too little left to lend or pay out. Take less, or wait until borrowers repay.
		PoolTooDry,
		/// The price of an asset involved is stale, held back or missing. Repaying and depositing still work; wait for
		/// fresh prices for anything else.
		PriceUnusable,
		/// The market would pay less than the least that you accept. Lower `min_out`, sell less, or wait.
		LimitNotMet,
		/// There is no market between these assets that is deep enough for this amount. Sell less.
		NoMarket,
		/// What is sold and what is bought are the same asset. Choose two.
		SameAsset,
		/// The account would end below its initial margin. Add collateral, repay, or do less.
		NotEnoughCollateral,
		/// The account has less of this asset deposited than you want to take. Use `borrow` to take more than that.
		NotEnoughDeposited,
		/// The account owes nothing of this asset.
		NoDebt,
		/// The account holds as many different assets as it may. Close one of them first.
		AccountFull,
		/// There is no such margin account. It comes into being with its first deposit.
		UnknownAccount,
		/// The finding is about an earlier step of this account. Look at the account again.
		WrongRound,
		/// The finding does not name one of the last blocks of this chain. Look at the account again.
		StaleFinding,
		/// The account is not below its maintenance margin.
		NotLiquidatable,
		/// The account is below maintenance, but no pair of its balances with usable prices can be taken. Wait for fresh
		/// prices.
		NothingToSeize,
		/// The house owes as much as it may. It will go on when it has sold.
		HouseFull,
		/// A number is too large to be handled. Use a smaller amount.
		Overflow,
	}

	/// Assets and first deposits of a new chain.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Assets to list.
		pub assets: Vec<(T::AssetId, AssetConfigOf<T>)>,
		/// Deposits to make from the owners' wallets.
		pub deposits: Vec<(T::AccountId, SubAccount, T::AssetId, Amount)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, config) in &self.assets {
				Pallet::<T>::do_list(*asset, *config).expect("a genesis asset can be listed");
			}
			for (owner, sub, asset, amount) in &self.deposits {
				Pallet::<T>::do_deposit(owner, *sub, *asset, *amount).expect("a genesis deposit is covered");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			if T::ChainLiquidates::get() {
				let mut reserved = WeightMeter::with_limit(T::LiquidationWeight::get().min(meter.remaining()));
				Self::liquidate_by_chain(&mut reserved);
				meter.consume(reserved.consumed());
			}
			Self::work_house(meter);
		}

		fn on_idle(block: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::collect_reserves(&mut meter, sp_runtime::SaturatedConversion::saturated_into(block));
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
			let house = T::House::get();
			assert!(
				house.liquidation.is_valid(),
				"the penalty ramp or the least bite is out of range"
			);
			assert!(
				house.band < Ratio::ONE && house.depth_share < Ratio::ONE && house.line >= house.liquidation.min_bite,
				"the house's rules are out of range"
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
				.saturating_add(T::WeightInfo::scan_account())
				.saturating_add(Pallet::<T>::step_weight());
			assert!(
				T::LiquidationWeight::get().all_gte(one),
				"the reserved weight does not fit one liquidation"
			);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Lists an asset, so that it can be deposited, borrowed and traded. The pallet's account must hold the
		/// asset's minimum balance.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::list_asset())]
		pub fn list_asset(origin: OriginFor<T>, asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_list(asset, config)
		}

		/// Changes the record of a listed asset. Decimals and price key cannot change.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update_asset())]
		pub fn update_asset(origin: OriginFor<T>, asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_update(asset, config)
		}

		/// Brings `amount` of `asset` from your wallet into your margin account `sub`, where it secures your debts
		/// and earns interest. What the account owes of the asset is paid first. The first deposit opens the account.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::deposit())]
		pub fn deposit(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_deposit(&ensure_signed(origin)?, sub, asset, Amount(amount))
		}

		/// Takes `amount` of deposited `asset` back to your wallet, while the pool has as much. An account without debt
		/// may do so at any price; one with debt must stay above its initial margin.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			Self::do_withdraw(&ensure_signed(origin)?, sub, asset, Amount(amount))
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
		///
		/// The block makes the bytes of each attempt new: a pool turns bytes away for a while that it once found
		/// invalid, and nobody can make it do so ahead of time with a hash that is not known yet.
		#[pallet::call_index(7)]
		#[pallet::weight((Pallet::<T>::step_weight().saturating_mul(2), DispatchClass::Operational))]
		pub fn liquidate_unsigned(
			origin: OriginFor<T>,
			owner: T::AccountId,
			sub: SubAccount,
			round: u32,
			at: BlockNumberFor<T>,
			hash: T::Hash,
		) -> DispatchResult {
			ensure_none(origin)?;
			Self::do_liquidate_unsigned(&Finding {
				owner,
				sub,
				round,
				at,
				hash,
			})
		}
	}

	#[pallet::validate_unsigned]
	impl<T: Config> ValidateUnsigned for Pallet<T> {
		type Call = Call<T>;

		fn validate_unsigned(_: TransactionSource, call: &Self::Call) -> TransactionValidity {
			let Call::liquidate_unsigned {
				owner,
				sub,
				round,
				at,
				hash,
			} = call
			else {
				return InvalidTransaction::Call.into();
			};
			let finding = Finding {
				owner: owner.clone(),
				sub: *sub,
				round: *round,
				at: *at,
				hash: *hash,
			};
			Self::check_liquidate_unsigned(&finding).map_err(|error| match error {
				Error::StaleFinding => InvalidTransaction::AncientBirthBlock,
				Error::WrongRound => match Accounts::<T>::get(owner, sub) {
					Some(account) if account.round < *round => InvalidTransaction::Future,
					_ => InvalidTransaction::Stale,
				},
				Error::UnknownAccount => InvalidTransaction::Custom(1),
				Error::NotLiquidatable => InvalidTransaction::Custom(2),
				Error::NothingToSeize => InvalidTransaction::Custom(3),
				Error::HouseFull => InvalidTransaction::Custom(4),
				_ => InvalidTransaction::Custom(5),
			})?;
			ValidTransaction::with_tag_prefix("MarginLiquidation")
				.and_provides((owner, sub, round))
				.priority(T::UnsignedPriority::get())
				.longevity(liquidation::FINDING_LIFE.into())
				.propagate(true)
				.build()
		}
	}

	impl<T: Config> Pallet<T> {
		/// Weight of a liquidation step, whichever way it goes.
		pub(crate) fn step_weight() -> Weight {
			T::WeightInfo::liquidate_slices().max(T::WeightInfo::liquidate_takeover())
		}

		/// The account that holds the tokens of every pool.
		pub fn account_id() -> T::AccountId {
			T::PalletId::get().into_account_truncating()
		}
	}
}
