//! What the pallet tells.

use frame_support::pallet_macros::pallet_section;

/// The pallet's events. Amounts are in a token's smallest unit, limits in dollars with 18 decimals, times in milliseconds.
#[pallet_section]
mod events {
	/// What the pallet tells. Amounts are in a token's smallest unit, limits in dollars with 18 decimals.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A token has a location by which other chains know it.
		Registered {
			/// The token.
			asset: T::AssetId,
			/// Where it is, as this chain sees it.
			location: Location,
			/// The chain that keeps it, and the only one from which it is taken.
			reserve: Location,
			/// The most of it that may be issued here.
			cap: Amount,
		},
		/// Another amount of a token may be issued here at most.
		CapSet {
			/// The token.
			asset: T::AssetId,
			/// The most of it.
			cap: Amount,
		},
		/// A token has no location any more.
		Unregistered {
			/// The token.
			asset: T::AssetId,
		},
		/// Governance looked at what is issued of a token, and took it for what must be. It can leave again.
		Recounted {
			/// The token.
			asset: T::AssetId,
			/// What the gate had counted.
			from: Amount,
			/// What is issued.
			to: Amount,
		},
		/// Tokens can leave for a chain.
		RouteOpened {
			/// The chain.
			destination: Location,
			/// How much, and how soon as much again.
			limit: FlowLimit,
		},
		/// Another amount may leave over a route. What left lately counts against it.
		RouteLimitSet {
			/// The chain.
			destination: Location,
			/// How much, and how soon as much again.
			limit: FlowLimit,
		},
		/// Another fee is the least that a withdrawal to a chain sets aside for its execution there.
		LeastFeeSet {
			/// The chain.
			destination: Location,
			/// The least, in dollars with 18 decimals.
			least_fee: Amount,
		},
		/// Nothing leaves for a chain any more. What is on its way is not touched.
		RouteClosed {
			/// The chain.
			destination: Location,
		},
		/// Nothing leaves for a chain for now. What is on its way is not touched.
		RoutePaused {
			/// The chain.
			destination: Location,
		},
		/// Tokens can leave for a chain again.
		RouteResumed {
			/// The chain.
			destination: Location,
		},
		/// Tokens left a margin account for another chain. They are yours there or on their way, and count for nothing here.
		Departed {
			/// The number of the flight, for all that is told of it later.
			query_id: FlightId,
			/// The owner.
			owner: T::AccountId,
			/// The owner's margin account.
			sub: SubAccount,
			/// The token.
			asset: T::AssetId,
			/// How much, with what is set aside for fees over there.
			amount: u128,
			/// The chain.
			destination: Location,
			/// Who gets them there, as that chain sees it.
			beneficiary: Location,
		},
		/// The other chain reported that the beneficiary has the tokens.
		Arrived {
			/// The number of the flight.
			query_id: FlightId,
			/// The owner.
			owner: T::AccountId,
			/// The token.
			asset: T::AssetId,
		},
		/// The other chain could not pay the tokens out. It holds them for you: see how much in its event `AssetsTrapped`,
		/// make the beneficiary able to receive them, and call `claim_abroad`.
		PayoutFailed {
			/// The number of the flight.
			query_id: FlightId,
			/// The owner.
			owner: T::AccountId,
			/// The token.
			asset: T::AssetId,
			/// What went wrong there.
			error: XcmError,
		},
		/// The owner's claim was sent to the chain that holds the tokens.
		ClaimSent {
			/// The number that the flight had.
			query_id: FlightId,
			/// The number that it has from now on.
			claim: FlightId,
			/// The owner.
			owner: T::AccountId,
			/// How much is claimed, in the token's smallest unit.
			amount: u128,
		},
		/// Governance found out on the other chain what became of tokens of which no report came.
		Resolved {
			/// The number of the flight.
			query_id: FlightId,
			/// The owner.
			owner: T::AccountId,
			/// The token.
			asset: T::AssetId,
			/// How much had left.
			amount: u128,
			/// What became of it. `Returned`: it is in the owner's wallet. `Trapped`: the owner may claim it now.
			outcome: Outcome,
		},
	}
}
