//! Why a call is refused.

use frame_support::pallet_macros::pallet_section;

/// The pallet's errors, documented for the trader who sees them.
#[pallet_section]
mod errors {
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
		/// At most 18 decimals can be handled, and they must be those of the token's metadata.
		DecimalsOutOfRange,
		/// The maintenance margin must be above zero and at most 20 %, the initial one below one, and initial >= target
		/// >= maintenance.
		MarginOutOfRange,
		/// The part of the maintenance margin that does not follow volatility must be at most 20 %.
		VolatilityBaseOutOfRange,
		/// The multiple of an asset's volatility must lie between 1 and 20 standard deviations of an hour.
		VolatilityMultipleOutOfRange,
		/// The usual volatility must be above zero and at most 10 % an hour. Leave it out if it is not known.
		UsualVolatilityOutOfRange,
		/// The floor of the maintenance margin that follows volatility must be above zero, and its cap no lower and at most
		/// 20 %.
		VolatilityBoundsOutOfRange,
		/// The maintenance margin may be let rise by 1 % to 100 % of itself an hour, and fall by 0.1 % to 50 %.
		VolatilitySpeedOutOfRange,
		/// Size scale and exposure start must be above zero. Use the largest number to switch either off.
		ScaleOutOfRange,
		/// The rate must not fall with utilisation, its kink lies between 0 and 1, and it ends at 1000 % a year.
		RateOutOfRange,
		/// Reserve factor and unborrowable share must be below one.
		ShareOutOfRange,
		/// The least amount must be above zero, and the least debt no smaller.
		MinAmountOutOfRange,
		/// The period of a limit must be above zero.
		WindowOutOfRange,
		/// A parameter may at most double or halve in one change, a share move by 20 points, and what volatility asks for
		/// become twice the margin in force. Take several steps, with time between them.
		StepTooLarge,
		/// You may only tighten parameters. Leave the rest as it is, or ask the asset manager.
		OnlyTighten,
		/// The new record is the same as the old one.
		NothingChanges,
		/// An asset is delisted by `delist_asset`, which gives its holders notice.
		UseDelistAsset,
		/// This asset is being delisted, and the notice is over. Before that it may be frozen, and the asset manager may make
		/// it live or reduce-only again.
		BeingDelisted,
		/// Deposits may take seven days to count at most. Give fewer milliseconds.
		SeasoningTooLong,
		/// No change of this asset waits.
		NoChangeWaits,
		/// This asset is being delisted already. Wait until the notice is over.
		AlreadyDelisting,
		/// This asset is not being delisted. Use `delist_asset` first.
		NotDelisting,
		/// Holders of this asset still have time to leave by themselves. Wait until the notice is over.
		NoticeNotOver,
		/// Accounts, the house or a deficit still stand in this asset. Move them out first.
		AssetInUse,
		/// The amount is zero. Give one above zero.
		AmountZero,
		/// The amount is below the least that is allowed for this asset (`minAmount` in `margin.assets`). In a
		/// liquidation: take more of it at once, best all.
		AmountTooSmall,
		/// The debt of this asset would be left below the least one (`minDebt` in `margin.assets`). Repay all of it, or
		/// leave more.
		DebtTooSmall,
		/// The account would hold or owe more of this asset than one account may. Do less, or use another owner's
		/// account.
		AccountCapReached,
		/// The pool of this asset takes no more deposits. Deposit less, or another asset.
		DepositCapReached,
		/// The pool of this asset lends no more. Borrow less, or another asset.
		BorrowCapReached,
		/// So much of this asset was borrowed lately that no more is lent for now. Borrow less, or try again later.
		BorrowWindowFull,
		/// So much of this asset has left lately that no more may for now. Take less, or try again later.
		OutflowLimitReached,
		/// The pool of this asset has lost something that nobody has made good yet, and so much has left it lately that no more
		/// may for now. Take less, or try again later.
		DeficitOutflowReached,
		/// The pool of this asset has lost nothing.
		NoDeficit,
		/// The pool has lost all that its suppliers have. Pay some of it in first with `pay_deficit`.
		DeficitExceedsDeposits,
		/// The pool has too little left to lend or pay out. Take less, or wait until borrowers repay.
		PoolTooDry,
		/// The price of an asset involved is stale, held back or missing. Repaying and depositing still work; wait for
		/// fresh prices for anything else.
		PriceUnusable,
		/// Positions in this asset can only be made smaller: repay, sell or withdraw it. To pay a debt of it, `repay` takes
		/// no more than is owed.
		AssetReduceOnly,
		/// This asset is frozen. It can be repaid, and deposited into an account with debt.
		AssetFrozen,
		/// This kind of action is paused for an asset involved. Repaying and adding collateral still work.
		ActionPaused,
		/// This asset may be owed, or held beside a debt, in an isolated account only. Open one with `open_account`.
		IsolatedOnly,
		/// An isolated account holds its collateral and its debt asset alone, and owes only the second.
		NotInIsolatedAccount,
		/// The market would pay less than the least that you accept. Lower `min_out`, sell less, or wait.
		LimitNotMet,
		/// The market's price is worse than your limit. Change `limit`, trade less, or wait.
		PriceBeyondLimit,
		/// More would have to be borrowed than you allow. Raise `max_borrow`, or trade less.
		BorrowBeyondLimit,
		/// Leverage is measured against the collateral that the call brings in. Give some, or give an amount as size.
		LeverageNeedsCollateral,
		/// The account has no position in this asset that could be closed.
		NoPosition,
		/// There is no market between these assets that is deep enough for this amount. Sell less.
		NoMarket,
		/// Two different assets are needed.
		SameAsset,
		/// Two different sub-accounts are needed.
		SameAccount,
		/// The account would end below its initial margin. Add collateral, repay, or do less.
		NotEnoughCollateral,
		/// What leaves an account with debt must leave more equity in it. Take less, or repay first.
		NotEnoughEquityLeft,
		/// The account has less of this asset deposited than this takes. Take less; only `borrow`, `swap` and `open` take on
		/// debt for more.
		NotEnoughDeposited,
		/// The account owes nothing of this asset.
		NoDebt,
		/// The account holds as many different assets as it may. Close one of them first.
		AccountFull,
		/// There is no such margin account. It comes into being with its first deposit, or by `open_account`.
		UnknownAccount,
		/// The wallet lacks the native tokens that are held for an open account (`accountDeposit` in the constants). Get
		/// some first.
		NoNativeTokens,
		/// There is such a margin account already. Choose another number.
		AccountExists,
		/// The account still owes something, holds more than dust, or has something to claim. Repay, withdraw and claim first.
		AccountNotEmpty,
		/// An account cannot be liquidated by its own owner.
		OwnAccount,
		/// The finding is about an earlier step of this account. Look at the account again.
		WrongRound,
		/// The finding does not name one of the last blocks of this chain. Look at the account again.
		StaleFinding,
		/// There is no account on this page of the trigger index on which a liquidation step is possible. Look at the index
		/// again.
		NothingOnPage,
		/// A batch walks 1 to 128 accounts. Ask for as many, or send several.
		PageTooLarge,
		/// The account is not below its maintenance margin.
		NotLiquidatable,
		/// The account is below maintenance, but no pair of its balances with usable prices can be taken. Wait for fresh
		/// prices.
		NothingToSeize,
		/// A portfolio account is liquidated in proportion, and only by a whole step: let `most` cover all that it repays.
		WholeStepOnly,
		/// An isolated account keeps its mode. Open another account in the mode that you want.
		ModeFixed,
		/// The account's equity is gone. Only the house takes it over, which the chain does by itself.
		EquityGone,
		/// The house owes or holds as much as it may. It will go on when it has sold.
		HouseFull,
		/// The house holds as much of this collateral as it may. It will go on when it has sold some of it.
		HouseFullOfAsset,
		/// The house holds less of this asset, or owes less of what you pay with, than this takes. Take less, or pay with
		/// something else that it owes.
		NotOnOffer,
		/// The account was given nothing of this asset in kind, or has claimed it already.
		NothingToClaim,
		/// The account was given something in kind that it has not claimed yet. The chain books it first, in the next block.
		ClaimsFirst,
		/// A plan has at most 32 actions. Ask about fewer at once.
		PlanTooLong,
		/// A number is too large to be handled. Use a smaller amount.
		Overflow,
	}
}
