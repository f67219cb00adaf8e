//! What the pallet tells.

use frame_support::pallet_macros::pallet_section;

/// The pallet's events.
#[pallet_section]
mod events {
	/// What was sent, and what was adopted.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A chain will get reports.
		SubscriptionOpened {
			/// The chain.
			subscriber: Location,
			/// What was agreed.
			terms: TermsOf<T>,
		},
		/// A chain gets reports on other terms from now on.
		SubscriptionChanged {
			/// The chain.
			subscriber: Location,
			/// What was agreed.
			terms: TermsOf<T>,
		},
		/// A chain gets no more reports.
		SubscriptionClosed {
			/// The chain.
			subscriber: Location,
		},
		/// A report was handed over for delivery.
		Sent {
			/// To whom.
			subscriber: Location,
			/// Number of the report.
			sequence: u64,
			/// How many assets it tells of.
			assets: u32,
			/// What the subscriber paid, in the native token.
			fee: BalanceOf<T>,
		},
		/// A report could not be sent and cost nothing. The next one is tried after the usual time.
		NotSent {
			/// To whom.
			subscriber: Location,
			/// What was in the way.
			why: DispatchError,
		},
		/// A report could not be sent, and none is tried any more. When what was in the way is gone, anybody may call
		/// `resume`.
		Suspended {
			/// To whom.
			subscriber: Location,
			/// What was in the way.
			why: DispatchError,
		},
		/// A suspended subscription was taken up again.
		Resumed {
			/// The chain.
			subscriber: Location,
		},
		/// This chain listens to another publisher, or on other terms, or to nobody.
		PublisherSet {
			/// To whom, and how far.
			publisher: Option<PublisherTerms>,
		},
		/// A report was taken in. In shadow mode it changes no margin.
		Adopted {
			/// Number of the report.
			sequence: u64,
			/// From when on it counts, in milliseconds of chain time.
			at: u64,
			/// How many assets were adopted from it.
			assets: u32,
		},
		/// An asset of a report was left aside.
		Skipped {
			/// The asset.
			location: Location,
			/// Why.
			why: Skip,
		},
	}
}
