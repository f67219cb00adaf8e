//! Why a call is refused.

use frame_support::pallet_macros::pallet_section;

/// The pallet's errors, documented for the trader who sees them.
#[pallet_section]
mod errors {
	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// This token is not registered for other chains. Query `gateway.tokens` for those that are.
		UnknownToken,
		/// The token has a location already, or is the chain's own native one, which needs none.
		AlreadyRegistered,
		/// There is no token of this number on this chain.
		NoSuchToken,
		/// Another token is registered under this location.
		LocationTaken,
		/// As many tokens are registered as the runtime allows.
		TooManyTokens,
		/// The location can be written shorter. Write it as this chain sees it, without a detour over its own.
		LocationNotShortest,
		/// Inside this chain only what a pallet keeps by number or key is a token.
		NotOursToName,
		/// The reserve must be the relay chain, another parachain of it, or `Here` for a token of this chain alone.
		ReserveIsNoChain,
		/// The reserve of this token must be the chain that it is on, or one that keeps tokens for others, like the Asset Hub.
		NotItsReserve,
		/// Some of the token that came in through the gate is still here or on its way.
		StillIssued,
		/// The risk manager may only lower a cap.
		OnlyLower,
		/// More of the token is issued than came in through the gate: none of it leaves until governance has looked. For a
		/// recount: the issuance is not the one that was looked at.
		IssuanceMismatch,
		/// Nothing leaves this chain for now: it is in safe mode. Your funds stay where they are; try again later.
		NothingLeaves,
		/// There is no open route to this chain. Query `gateway.routes` for those that are.
		NoRoute,
		/// Nothing leaves over this route for now. Your funds stay where they are; try again later.
		RoutePaused,
		/// More would leave over this route than its limit allows now. Wait, or send less.
		RouteLimitReached,
		/// There is no price of this token to rely on, so what leaves cannot be counted: try again with the next price. Or the
		/// amount is beyond any value: send less.
		NoUsablePrice,
		/// A route leads to the relay chain or to another parachain of it, written the shortest way.
		NotAChain,
		/// There is a route to this chain already. Set its limit.
		RouteExists,
		/// As many routes are open as the runtime allows.
		TooManyRoutes,
		/// The period of a limit must be longer than nothing.
		LimitOutOfRange,
		/// The location is of a version that this chain does not know.
		BadVersion,
		/// Another chain keeps this token. Send it there, and onwards from there.
		NotTheReserve,
		/// The fee for the other chain comes out of the amount, and must be above zero and below it.
		FeeOutOfRange,
		/// The fee is less than the route asks for: it might not pay for the execution over there, and your tokens would be
		/// stuck. Query `gateway.routes` for the least, in dollars with 18 decimals.
		FeeTooSmall,
		/// Your account has no location that other chains could know it by.
		NoLocation,
		/// As many of your withdrawals are on their way as may be. Wait for one to arrive, or claim one that failed.
		TooManyInFlight,
		/// Your wallet cannot pay for the delivery of the message. Add some of the token that it is charged in.
		DeliveryNotPaid,
		/// The message could not be put on its way: the channel is full or closed. Try again later.
		Unreachable,
		/// The message could not be sent. Check the destination and the beneficiary.
		NotSent,
		/// Nothing is on its way under this number: it has arrived, was claimed anew under another number, or never was.
		UnknownFlight,
		/// Only the owner may claim this.
		NotTheOwner,
		/// Nothing of this is known to be held by the other chain. Wait for its report, or until the last message is as old
		/// as `gateway.minAge`.
		NothingToClaim,
		/// No more can be claimed than was sent. The other chain's event `AssetsTrapped` tells how much it holds.
		MoreThanSent,
		/// This is not the chain that the tokens went to.
		NotItsDestination,
		/// No such answer is awaited.
		NothingAwaited,
		/// The message may still be on its way. Wait until the flight is older.
		TooEarly,
		/// This outcome does not follow from how far the flight has come. What the other chain holds for the owner is claimed,
		/// not paid back.
		NotSuchAnOutcome,
		/// The tokens could not be paid back. Raise the token's cap first if it leaves no room for them, and see that the
		/// other chain's account here holds them if they are ours.
		CannotPayBack,
	}
}
