//! The one place through which everything leaves.
//!
//! [`Guarded`] stands around the chain's router, so that it sees each message that leaves, whoever had it sent: a call of
//! `pallet-xcm`, a program of another chain, or `withdraw_to`. A message takes something out of our hands when the other
//! chain, executing it in this chain's name, moves what this chain owns there (`WithdrawAsset`, `TransferAsset`), or
//! believes this chain that it keeps something for it (`ReserveAssetDeposited`). Those come first in what the executor
//! builds, before the instructions of whoever had it sent, and each transfer names its assets there as the other chain
//! sees them. Their value counts against the [route](crate::routes), and a message that may not leave fails, and with it
//! the program that wanted it sent.
//!
//! A token goes home to the chain that keeps it, and what this chain keeps itself to any chain with a route. Another chain
//! would turn it away, or give for it what it holds for somebody else.
//!
//! From `DescendOrigin`, `AliasOrigin` or `ClearOrigin` on a message speaks for a user or for nobody. It cannot touch what
//! the chain owns and is not counted, or else anybody could use up a route's limit with messages that move nothing.
//!
//! What cannot be counted does not leave in the chain's own name, whoever asks for it: a teleport, a call that acts as the
//! chain's own account, a lock, a program for a third chain.

use crate::{Config, Error, Pallet};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::Get;
use margin_math::Amount;
use sp_runtime::traits::MaybeEquivalence;
use xcm::latest::{prelude::*, SendResult, XcmHash};

const TELEPORT: SendError = SendError::Transport("no token is teleported from here");
const UNCOUNTED: SendError = SendError::Transport("what this moves in the chain's own name cannot be counted");
const TOO_DEEP: SendError = SendError::Transport("programs within programs, too deep to be looked through");
const UNKNOWN: SendError = SendError::Transport("a token that is not registered here cannot leave");

/// How deep programs within programs are looked through.
const MAX_DEPTH: u32 = 4;

/// The chain's router `Inner`, which nothing leaves that a route does not allow.
pub struct Guarded<Inner, T>(PhantomData<(Inner, T)>);

/// What a message takes out of this chain's hands.
pub struct Leaving<T: Config> {
	destination: Location,
	tokens: Vec<(T::AssetId, Amount)>,
}

impl<Inner: SendXcm, T: Config> SendXcm for Guarded<Inner, T> {
	type Ticket = (Inner::Ticket, Option<Leaving<T>>);

	fn validate(destination: &mut Option<Location>, message: &mut Option<Xcm<()>>) -> SendResult<Self::Ticket> {
		let leaving = match (destination.as_ref(), message.as_ref()) {
			(Some(destination), Some(message)) => Leaving::<T>::with(destination, message)?,
			_ => None,
		};
		if let Some(leaving) = &leaving {
			leaving.worth()?;
		}
		let (ticket, price) = Inner::validate(destination, message)?;
		Ok(((ticket, leaving), price))
	}

	fn deliver((ticket, leaving): Self::Ticket) -> Result<XcmHash, SendError> {
		let Some(leaving) = leaving else {
			return Inner::deliver(ticket);
		};
		let worth = leaving.worth()?;
		let hash = Inner::deliver(ticket)?;
		Pallet::<T>::book_leaving(&leaving.destination, worth).map_err(refused)?;
		Ok(hash)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful_delivery(location: Option<Location>) {
		Inner::ensure_successful_delivery(location);
	}
}

impl<T: Config> Leaving<T> {
	/// What `message` takes to `destination`; nothing if it takes nothing.
	fn with(destination: &Location, message: &Xcm<()>) -> Result<Option<Self>, SendError> {
		let is_teleport = |instruction: &Instruction<()>| matches!(instruction, ReceiveTeleportedAsset(_));
		if message.0.iter().any(is_teleport) {
			return Err(TELEPORT);
		}
		let mut assets = Vec::new();
		let own = here_from::<T>(destination)?;
		in_own_name(message, &own, &mut assets, MAX_DEPTH)?;
		if assets.is_empty() {
			return Ok(None);
		}
		let tokens = assets
			.into_iter()
			.map(|(keeper, asset)| token_of::<T>(keeper, asset, destination, &own))
			.collect::<Result<_, _>>()?;
		Ok(Some(Self {
			destination: destination.clone(),
			tokens,
		}))
	}

	/// What it is worth, if it may leave now.
	fn worth(&self) -> Result<Amount, SendError> {
		Pallet::<T>::ensure_may_leave(&self.destination, &self.tokens).map_err(refused)
	}
}

fn refused<T: Config>(error: Error<T>) -> SendError {
	SendError::Transport(error.into())
}

/// This chain, as `destination` sees it.
fn here_from<T: Config>(destination: &Location) -> Result<Location, SendError> {
	let own = T::UniversalLocation::get().invert_target(destination);
	own.map_err(|()| SendError::Unroutable)
}

/// Who keeps what a message moves, as the message has it.
#[derive(Clone, Copy)]
enum Keeper {
	/// The chain that executes it.
	Destination,
	/// This chain.
	Ourselves,
}

/// Gathers the assets that `message` moves while it speaks in the name of the chain that sent it, which is `own` to whoever
/// executes it.
fn in_own_name(
	message: &Xcm<()>,
	own: &Location,
	assets: &mut Vec<(Keeper, Asset)>,
	depth: u32,
) -> Result<(), SendError> {
	let deeper = depth.checked_sub(1).ok_or(TOO_DEEP)?;
	let kept_by = |keeper, moved: &Assets| {
		moved
			.inner()
			.iter()
			.map(move |asset| (keeper, asset.clone()))
			.collect::<Vec<_>>()
	};
	for instruction in &message.0 {
		match instruction {
			WithdrawAsset(moved) | TransferAsset { assets: moved, .. } => {
				assets.extend(kept_by(Keeper::Destination, moved))
			},
			ReserveAssetDeposited(moved) => assets.extend(kept_by(Keeper::Ourselves, moved)),
			SetAppendix(program) | SetErrorHandler(program) => in_own_name(program, own, assets, deeper)?,
			ReceiveTeleportedAsset(_) => return Err(TELEPORT),
			TransferReserveAsset { .. }
			| LockAsset { .. }
			| ExportMessage { .. }
			| ExecuteWithOrigin { .. }
			| Transact {
				origin_kind: OriginKind::SovereignAccount,
				..
			} => return Err(UNCOUNTED),
			ClearOrigin => break,
			DescendOrigin(interior) if *interior != Here => break,
			AliasOrigin(alias) if alias != own => break,
			_ => {},
		}
	}
	Ok(())
}

/// The token that `destination` calls so, and how much of it, if it is kept by whom the message takes for its `keeper`.
fn token_of<T: Config>(
	keeper: Keeper,
	asset: Asset,
	destination: &Location,
	own: &Location,
) -> Result<(T::AssetId, Amount), SendError> {
	let context = T::UniversalLocation::get().within_global(destination.clone());
	let asset = asset
		.reanchored(own, &context.map_err(|()| SendError::Unroutable)?)
		.map_err(|()| SendError::Unroutable)?;
	let (Some(token), Fungible(amount)) = (Pallet::<T>::convert(&asset.id.0), asset.fun) else {
		return Err(UNKNOWN);
	};
	let (_, reserve) = Pallet::<T>::whereabouts(token).ok_or(UNKNOWN)?;
	let is_kept = match keeper {
		Keeper::Destination => reserve == *destination,
		Keeper::Ourselves => reserve == Location::here(),
	};
	is_kept
		.then_some((token, Amount(amount)))
		.ok_or_else(|| refused(Error::<T>::NotTheReserve))
}
