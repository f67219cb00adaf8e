//! What is stored.

use frame_support::pallet_macros::pallet_section;

/// The pallet's storage.
#[pallet_section]
mod storage {
	/// The listed assets: parameters, state and pool, the pool as of the last time that it was touched.
	#[pallet::storage]
	pub type Assets<T: Config> = CountedStorageMap<_, Twox64Concat, T::AssetId, AssetOf<T>>;

	/// Parameters that wait, and when they are due, in milliseconds of unix time.
	#[pallet::storage]
	pub type Changes<T: Config> = StorageMap<_, Twox64Concat, T::AssetId, (AssetConfigOf<T>, u64)>;

	/// When the maintenance ratios take their next step, in milliseconds of unix time.
	#[pallet::storage]
	pub type MarginsDue<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// How assets move with each other: what portfolio accounts are judged by.
	#[pallet::storage]
	pub type Correlations<T: Config> = StorageValue<_, CorrelationBandsOf<T>, ValueQuery>;

	/// When the correlations were renewed.
	#[pallet::storage]
	pub type Renewed<T: Config> = StorageValue<_, Renewal, ValueQuery>;

	/// Margin accounts by owner and sub-account.
	#[pallet::storage]
	pub type Accounts<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, SubAccount, AccountOf<T>>;

	/// The trigger index: the accounts that owe something, each once, by bucket. Only those in the buckets that prices have
	/// come near to need to be looked at.
	#[pallet::storage]
	pub type Triggers<T: Config> =
		StorageDoubleMap<_, Identity, Bucket, Blake2_128Concat, (T::AccountId, SubAccount), ()>;

	/// The reference prices that accounts are filed by.
	#[pallet::storage]
	pub type Index<T: Config> = StorageValue<_, GenerationsOf<T>, ValueQuery>;

	/// When the chain last made a block, and since when it has done so without a halt.
	#[pallet::storage]
	pub type Pulse<T: Config> = StorageValue<_, Heartbeat, ValueQuery>;

	/// Where the chain's walk over the candidates stopped, if the last one did not reach all.
	#[pallet::storage]
	pub type ScanCursor<T: Config> = StorageValue<_, Place<T::AccountId>>;

	/// Where the chain's search for buckets stopped, if the last one did not see all.
	#[pallet::storage]
	pub type SearchCursor<T: Config> = StorageValue<_, Bucket>;

	/// Weight that liquidations took of this block so far.
	#[pallet::storage]
	pub type Spent<T: Config> = StorageValue<_, Weight, ValueQuery>;

	/// The house: what it took over and has not sold yet, and what it owes for it.
	#[pallet::storage]
	pub type House<T: Config> = StorageValue<_, AccountOf<T>, ValueQuery, EmptyAccount<T>>;

	/// The insurance fund: pool shares.
	#[pallet::storage]
	pub type Fund<T: Config> = StorageValue<_, AccountOf<T>, ValueQuery, EmptyAccount<T>>;

	/// What suppliers of a pool were given in kind, and not all of them have been counted out yet.
	#[pallet::storage]
	pub type Grants<T: Config> = StorageMap<_, Twox64Concat, T::AssetId, GrantList<T::AssetId>, ValueQuery>;

	/// What was given in kind and nobody has claimed yet: pool shares.
	#[pallet::storage]
	pub type Escrow<T: Config> = StorageValue<_, AccountOf<T>, ValueQuery, EmptyAccount<T>>;

	/// The markets that the pallet sold to in a block, each named by its assets in order: it sells to none twice.
	#[pallet::storage]
	pub type MarketsUsed<T: Config> = StorageValue<
		_,
		(
			BlockNumberFor<T>,
			BoundedVec<(T::AssetId, T::AssetId), ConstU32<MAX_MARKETS_USED>>,
		),
		ValueQuery,
	>;

	/// When the fund's adequacy was last told, in milliseconds of unix time.
	#[pallet::storage]
	pub type FundReportedAt<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// Default of the pallet's own accounts.
	#[pallet::type_value]
	pub fn EmptyAccount<T: Config>() -> AccountOf<T> {
		AccountOf::<T>::new(Mode::Cross, 0, 0)
	}
}
