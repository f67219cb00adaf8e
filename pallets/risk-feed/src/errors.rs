//! Why a call is refused, and why a report is not sent.

use frame_support::pallet_macros::pallet_section;

/// The pallet's errors.
#[pallet_section]
mod errors {
	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// Only another parachain of the same relay chain subscribes or publishes: give parents 1 and one `Parachain`.
		NotASibling,
		/// This chain has a subscription: change it, or close it first.
		AlreadySubscribed,
		/// This chain has no subscription: ask governance to open one.
		NotSubscribed,
		/// There are as many subscriptions as there may be: close another first.
		TooManySubscriptions,
		/// The subscriber has no account here from which it could pay.
		NoAccount,
		/// The terms name no call of the subscriber's chain: give the indices of its pallet and call.
		NoCall,
		/// Reports would come too often: choose at least `MinInterval` milliseconds.
		IntervalTooShort,
		/// There is no asset to report on: name assets that the subscriber's chain can see, or none for all of them.
		NothingToReport,
		/// The subscription is not suspended: reports are sent by themselves.
		NotSuspended,
		/// The last report is too recent: wait until the subscription's interval has passed.
		TooSoon,
		/// The subscriber's account here cannot pay for a report: send it native tokens.
		CannotPay,
		/// A report costs more than the subscription's highest fee: wait, or ask governance for a higher one.
		TooDear,
		/// The way to the subscriber asks for another asset than the native token.
		FeeInOtherAsset,
		/// The report could not be handed over: the channel to the subscriber is closed or full. Open it, or wait.
		NotDelivered,
		/// A report may count for 1 millisecond to 30 minutes: choose an age between them.
		AgeOutOfRange,
		/// The report is not from the publisher that governance named.
		NotThePublisher,
		/// The report is older than the last one that was adopted, or the same.
		NotNewer,
		/// The report was made too long ago to count.
		TooOld,
		/// The report was made in the future: the clocks of the two chains differ by too much.
		FromTheFuture,
	}
}
