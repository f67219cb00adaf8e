//! What the pallet tells.

use frame_support::pallet_macros::pallet_section;

/// The pallet's events. Together they are the history of every account: whoever applies each
/// [`Event::BalanceChanged`] in order has the accounts as they are stored.
#[pallet_section]
mod events {
	/// What the pallet tells. Amounts are in an asset's smallest unit, values in dollars with 18 decimals.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset can now be deposited and traded. Its weight as collateral rises from nothing until `warm_until`.
		AssetListed {
			/// The asset.
			asset: T::AssetId,
			/// When it counts in full, in milliseconds of unix time.
			warm_until: u64,
		},
		/// An asset's parameters have changed.
		AssetUpdated {
			/// The asset.
			asset: T::AssetId,
			/// When its margin ratios are the new ones, in milliseconds of unix time.
			in_force: u64,
		},
		/// The maintenance margin of an asset rises with its volatility: on a straight line, and to no more than `to` before
		/// it is told again. Nobody is liquidated by this at once; if your account is near its maintenance margin, add
		/// collateral or make the position smaller now. The initial margin is at twice `required` already.
		MarginRising {
			/// The asset.
			asset: T::AssetId,
			/// The maintenance margin ratio of a small position now.
			maintenance: Ratio,
			/// What it will be.
			to: Ratio,
			/// When it will be that, in milliseconds of unix time.
			by: u64,
			/// What it leads to in the end, if the volatility stays as it is.
			required: Ratio,
		},
		/// The maintenance margin of an asset falls with its volatility.
		MarginFalling {
			/// The asset.
			asset: T::AssetId,
			/// The maintenance margin ratio of a small position now.
			maintenance: Ratio,
			/// What it will be.
			to: Ratio,
			/// When it will be that, in milliseconds of unix time.
			by: u64,
			/// What it leads to in the end, if the volatility stays as it is.
			required: Ratio,
		},
		/// The correlations that portfolio accounts are judged by have moved against some of them: what such an account
		/// requires may have risen by less than a hundredth. The chain's own liquidations go by it from the next block on.
		CorrelationsWidened {
			/// By how much that of any two assets did at most: 0.01 is a hundredth of a full correlation.
			by: Ratio,
		},
		/// A change of an asset's parameters waits, because it loosens something.
		ChangeScheduled {
			/// The asset.
			asset: T::AssetId,
			/// When it is made, in milliseconds of unix time.
			due: u64,
		},
		/// A change that waited is not made.
		ChangeCancelled {
			/// The asset.
			asset: T::AssetId,
		},
		/// What may be done with an asset has changed.
		StatusChanged {
			/// The asset.
			asset: T::AssetId,
			/// What may be done now.
			status: Status,
		},
		/// Kinds of action with an asset are paused, or no longer.
		PausesChanged {
			/// The asset.
			asset: T::AssetId,
			/// What is paused now.
			pauses: Pauses,
		},
		/// How much of an asset may leave in a time has changed.
		OutflowLimitSet {
			/// The asset.
			asset: T::AssetId,
			/// The limit.
			limit: FlowLimit,
		},
		/// An account was moved out of an asset that is delisted.
		Evicted {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// The part of a deposit that was paid to the owner's wallet.
			paid: Amount,
			/// The part of the balance that the house took over at the live price, without a penalty.
			taken_over: Amount,
		},
		/// An asset is no longer listed. What was left of its pool went to the beneficiary.
		AssetRemoved {
			/// The asset.
			asset: T::AssetId,
			/// Who got what was left.
			beneficiary: T::AccountId,
			/// How much it was.
			amount: Amount,
		},
		/// The rates of a pool, told once an hour.
		PoolReported {
			/// The asset.
			asset: T::AssetId,
			/// Owed to suppliers.
			deposits: Amount,
			/// Owed by borrowers.
			debt: Amount,
			/// The borrowed share of the pool.
			utilisation: Ratio,
			/// What borrowers pay, a year.
			borrow_rate: Ratio,
			/// What suppliers earn, a year.
			supply_rate: Ratio,
			/// What one unit supplied at the start is worth.
			deposit_index: Ratio,
			/// What one unit borrowed at the start owes.
			debt_index: Ratio,
		},
		/// A margin account was opened.
		AccountOpened {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// What secures what in it.
			mode: Mode<T::AssetId>,
			/// Native tokens that are held for as long as it is open.
			deposit: u128,
		},
		/// A margin account changed from cross to portfolio, or back.
		ModeChanged {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// What secures what in it now.
			mode: Mode<T::AssetId>,
		},
		/// A margin account was closed, and the native tokens held for it are free again.
		AccountClosed {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
		},
		/// An account's balance of an asset is now this, in shares of the asset's pool. Comes with whatever changed it.
		BalanceChanged {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset.
			asset: T::AssetId,
			/// The balance. None: nothing is held or owed any more.
			balance: Option<Balance>,
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
		/// A deposit went from one sub-account of its owner to another. Debt of the asset was paid first.
		Transferred {
			/// Owner of both accounts.
			owner: T::AccountId,
			/// The sub-account that gave.
			from: SubAccount,
			/// The sub-account that got.
			to: SubAccount,
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
		/// Deposits of an asset take so long to count at the initial level.
		SeasoningSet {
			/// The asset.
			asset: T::AssetId,
			/// How long, in milliseconds.
			duration: u64,
			/// When it is no longer than that, in milliseconds of unix time.
			in_force: u64,
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
		/// A position was opened or made larger. The trade beneath it was told before.
		PositionOpened {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// Long or short.
			direction: Direction,
			/// The asset that the position is in.
			asset: T::AssetId,
			/// The asset that it was traded against.
			against: T::AssetId,
			/// How much of the asset was bought or sold.
			amount: Amount,
			/// What it cost, or brought.
			quoted: Amount,
		},
		/// A position was closed, all or in part. The trade beneath it was told before.
		PositionClosed {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// Long or short.
			direction: Direction,
			/// The asset that the position is in.
			asset: T::AssetId,
			/// The asset that it was traded against.
			against: T::AssetId,
			/// How much of the asset was sold or bought back.
			amount: Amount,
			/// What it brought, or cost.
			quoted: Amount,
		},
		/// Deposits too small to be dealt with went to the insurance fund when their account was closed, or moved out of
		/// an asset that is delisted.
		DustSwept {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// What was swept away.
			dust: Vec<(T::AssetId, Amount)>,
		},
		/// An account below maintenance lost a slice, and whoever took it took on as much of its debt.
		Liquidated {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// Which step of the account this was.
			round: u32,
			/// By which door it came.
			door: Door<T::AccountId>,
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
		/// The house had no room for an account below maintenance, and some of its collateral was sold to the market for its
		/// debt, without a penalty.
		SoldToMarket {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// Which step of the account this was.
			round: u32,
			/// The collateral sold.
			sold: T::AssetId,
			/// How much was sold.
			amount_in: Amount,
			/// The debt that it paid.
			bought: T::AssetId,
			/// How much was paid.
			amount_out: Amount,
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
		/// Somebody paid for what a pool had lost.
		DeficitPaid {
			/// The pool's asset.
			asset: T::AssetId,
			/// Whose wallet it came from.
			by: T::AccountId,
			/// How much.
			amount: Amount,
		},
		/// The insurance fund paid for what a pool had lost, out of its deposit there.
		DeficitCovered {
			/// The pool's asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
		},
		/// What a pool had lost was taken from its suppliers: every deposit in it is worth less by the same share.
		DeficitWrittenOff {
			/// The pool's asset.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
			/// What one unit supplied at the start is worth now.
			deposit_index: Ratio,
		},
		/// Nobody bought what the house had taken over. It goes in kind to the suppliers of a pool that lent for it, and the
		/// loss is taken from their deposits there. They get it with `claim`.
		HandedOut {
			/// What they were given.
			asset: T::AssetId,
			/// How much, all together.
			amount: Amount,
			/// The asset of the pool that they supplied.
			pool: T::AssetId,
			/// How much their deposits were cut by, all together.
			written_off: Amount,
		},
		/// What an account was given in kind became its deposit, or went to its owner's wallet.
		Claimed {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// What it was given.
			asset: T::AssetId,
			/// How much.
			amount: Amount,
			/// Whether it went to the wallet.
			to_wallet: bool,
		},
		/// How far the insurance fund would go, told once an hour. In dollars at live prices.
		FundReported {
			/// What the fund holds.
			value: Value,
			/// What everybody owes to the pools.
			debts: Value,
			/// What the house owes of that.
			house_debts: Value,
			/// What the house holds.
			house_inventory: Value,
			/// What the pools have lost and nobody has made good.
			deficits: Value,
			/// The fund's value over everybody's debts. None: nobody owes anything.
			coverage: Option<Ratio>,
			/// For how many hours it would pay what is expected to be lost if every account stood at its maintenance margin,
			/// with fat tails. The largest number: for ever. None: that is too large to be told.
			adequacy: Option<u64>,
		},
		/// A trader's account took some of what the house had taken over, and paid out of its deposit.
		HouseDelivered {
			/// Owner of the account.
			owner: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset that the house sold.
			sold: T::AssetId,
			/// How much was sold.
			amount: Amount,
			/// The asset that the account paid with.
			bought: T::AssetId,
			/// How much was paid.
			payment: Amount,
		},
		/// The house sold some of what it took over to the market.
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
}
