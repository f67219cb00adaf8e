//! Why a call is refused.

use frame_support::pallet_macros::pallet_section;

/// The pallet's errors, documented for the trader who sees them.
#[pallet_section]
mod errors {
	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// Nothing of this asset is on offer. Query `auctions.auctions` for what is.
		NothingOnOffer,
		/// The auction of this asset is paused (`auctions.levels`). Wait until it is opened again.
		Paused,
		/// The price of this asset, or of what you pay with, may not be acted on now. Wait for a fresh one.
		PriceUnusable,
		/// No round runs. The next begins in a block or two, unless the asset is paused (`auctions.levels`).
		BetweenRounds,
		/// The live price fell so far that the clock's price is below the round's floor. A new round begins with the next
		/// block.
		BelowFloor,
		/// The clock's price is above your highest. Wait until it has fallen, or give a higher one.
		PriceAboveMax,
		/// You ask for more than is on offer. Ask for less, or give the largest number for all of it.
		AboveOffer,
		/// The house does not owe the asset that you pay with. Pay with one that it owes.
		NotOwed,
		/// The amount is zero. Give one above zero.
		AmountZero,
		/// This is worth less than the least that is sold at once (`leastTake` in `auctions.currentRules`). Take more, or all.
		TooSmall,
		/// What you leave would be worth less than the least that is sold at once (`leastTake` in `auctions.currentRules`).
		/// Take less, or all.
		RestTooSmall,
		/// The market pays less than the clock's price, is too thin, or has bought in this block already. Wait until the
		/// price has fallen.
		MarketPaysLess,
		/// The finding is about another round of this auction. Look at the auction again.
		WrongRound,
		/// The finding does not name one of the last blocks of this chain. Look at the auction again.
		StaleFinding,
		/// The premium is out of range: choose nothing to 20 %, as an 18-decimal ratio.
		PremiumOutOfRange,
		/// The discount is out of range: choose 0.1 % to 20 %, as an 18-decimal ratio.
		DiscountOutOfRange,
		/// The step of the discount is out of range: choose 0.1 % to 20 %, as an 18-decimal ratio.
		DiscountStepOutOfRange,
		/// The minimum price is out of range: choose 30 % to 99 % of the live price and no more than the first floor, as an
		/// 18-decimal ratio.
		LeastOutOfRange,
		/// The drift is out of range: choose 0.5 % to 50 %, as an 18-decimal ratio.
		DriftOutOfRange,
		/// The duration is out of range: choose ten seconds to an hour, in milliseconds.
		DurationOutOfRange,
		/// The number of rounds at each step is out of range: choose 1 to 1,000.
		RoundsPerStepOutOfRange,
		/// The least take is out of range: choose 1 to 100,000 dollars, with 18 decimals.
		LeastTakeOutOfRange,
		/// A number is too large to be handled. Use a smaller amount.
		Overflow,
	}

	impl<T> From<BadRules> for Error<T> {
		fn from(error: BadRules) -> Self {
			match error {
				BadRules::Premium => Self::PremiumOutOfRange,
				BadRules::Discount => Self::DiscountOutOfRange,
				BadRules::DiscountStep => Self::DiscountStepOutOfRange,
				BadRules::Least => Self::LeastOutOfRange,
				BadRules::Drift => Self::DriftOutOfRange,
				BadRules::Duration => Self::DurationOutOfRange,
				BadRules::RoundsPerStep => Self::RoundsPerStepOutOfRange,
				BadRules::LeastTake => Self::LeastTakeOutOfRange,
			}
		}
	}
}
