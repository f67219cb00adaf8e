//! One run of the worker: who feeds, from where, what, and whether it is worth sending.

use crate::{
	answer::read_answer,
	error::FeedError,
	fetch::fetch_all,
	report::{report, LOG_TARGET},
	settings::{Settings, SETTINGS_KEY},
	Config, MORTALITY,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::{
	traits::{Get, SortedMembers},
	BoundedVec,
};
use frame_system::{
	offchain::{Account, SendSignedTransaction, Signer},
	pallet_prelude::BlockNumberFor,
};
use orml_oracle::Call as OracleCall;
use sp_core::offchain::Duration;
use sp_runtime::{
	offchain::{storage::StorageValueRef, storage_lock::StorageLock},
	traits::Saturating,
};

const LOCK_KEY: &[u8] = b"margin-feeder::lock";
/// A run that died holds the lock for no longer than this, in milliseconds. A run that lives takes two seconds.
const LOCK_MS: u64 = 6_000;
const PENDING_KEY: &[u8] = b"margin-feeder::pending::";

type KeyOf<T> = <T as orml_oracle::Config>::OracleKey;
type ValuesOf<T> =
	BoundedVec<(KeyOf<T>, <T as orml_oracle::Config>::OracleValue), <T as orml_oracle::Config>::MaxFeedValues>;

/// The last feed that an operator's pool took.
#[derive(Encode, Decode)]
struct Pending<Nonce, BlockNumber> {
	nonce: Nonce,
	block: BlockNumber,
	values: [u8; 32],
}

/// Runs once for a block. Does nothing on a node without an operator's key, and nothing while an earlier run goes on.
pub(crate) fn run<T: Config>(block: BlockNumberFor<T>) {
	let keys: Vec<_> = Signer::<T, T::AuthorityId>::keystore_accounts().collect();
	if keys.is_empty() {
		return;
	}
	let mut lock = StorageLock::with_deadline(LOCK_KEY, Duration::from_millis(LOCK_MS));
	let Ok(_guard) = lock.try_lock() else {
		log::debug!(target: LOG_TARGET, "an earlier run still goes on");
		return;
	};
	match read_settings::<T>() {
		Ok(None) => log::debug!(target: LOG_TARGET, "no settings, nothing to feed"),
		Ok(Some(settings)) => match operators::<T>(keys) {
			operators if operators.is_empty() => report(&"node", Vec::from([FeedError::NotAnOperator])),
			operators => {
				report(&"node", Vec::new());
				feed_all::<T>(block, &settings, operators);
			},
		},
		Err(error) => report(&"node", Vec::from([error])),
	}
}

fn read_settings<T: Config>() -> Result<Option<Settings<KeyOf<T>>>, FeedError> {
	let stored = StorageValueRef::persistent(SETTINGS_KEY).get::<Settings<KeyOf<T>>>();
	let Some(settings) = stored.map_err(|_| FeedError::SettingsUnreadable)? else {
		return Ok(None);
	};
	if settings.sources.is_empty() {
		return Err(FeedError::NoSources);
	}
	if settings.symbols.is_empty() {
		return Err(FeedError::NoSymbols);
	}
	if settings.symbols.len() > usize::try_from(T::MaxFeedValues::get()).unwrap_or(usize::MAX) {
		return Err(FeedError::TooManySymbols);
	}
	Ok(Some(settings))
}

/// The oracle's members among the node's keys, sorted by account: a keystore has no order of its own.
fn operators<T: Config>(mut keys: Vec<Account<T>>) -> Vec<Account<T>> {
	keys.retain(|account| <T as orml_oracle::Config>::Members::contains(&account.id));
	keys.sort_by(|a, b| a.id.cmp(&b.id));
	keys
}

/// Feeds for every operator that has not fed at this block yet. Sources are fetched once each, all at the same time.
fn feed_all<T: Config>(block: BlockNumberFor<T>, settings: &Settings<KeyOf<T>>, operators: Vec<Account<T>>) {
	let due: Vec<(usize, Account<T>)> = operators
		.into_iter()
		.enumerate()
		.map(|(index, account)| (index.checked_rem(settings.sources.len()).unwrap_or(0), account))
		.filter(|(_, account)| pending::<T>(account).is_none_or(|pending| pending.block != block))
		.collect();
	let mut needed: Vec<usize> = due.iter().map(|(source, _)| *source).collect();
	needed.sort_unstable();
	needed.dedup();
	let answers = fetch_all(
		needed
			.iter()
			.filter_map(|source| settings.sources.get(*source))
			.map(Vec::as_slice),
	);
	for (source, account) in due {
		let answer = needed.iter().zip(&answers).find(|(number, _)| **number == source);
		if let Some((_, answer)) = answer {
			let errors = match answer {
				Ok(body) => feed::<T>(block, settings, &account, body),
				Err(error) => Vec::from([error.clone()]),
			};
			report(&account.id, errors);
		}
	}
}

/// Feeds one operator's values and returns what went wrong.
fn feed<T: Config>(
	block: BlockNumberFor<T>,
	settings: &Settings<KeyOf<T>>,
	account: &Account<T>,
	body: &[u8],
) -> Vec<FeedError> {
	let (values, mut errors) = match read_values::<T>(settings, body) {
		Ok(read) => read,
		Err(error) => return Vec::from([error]),
	};
	if !values.is_empty() {
		errors.extend(submit::<T>(block, account, values).err());
	}
	errors
}

fn read_values<T: Config>(
	settings: &Settings<KeyOf<T>>,
	body: &[u8],
) -> Result<(ValuesOf<T>, Vec<FeedError>), FeedError> {
	let symbols: Vec<&[u8]> = settings.symbols.iter().map(|(_, symbol)| symbol.as_slice()).collect();
	let (mut values, mut errors) = (Vec::new(), Vec::new());
	for ((key, symbol), price) in settings.symbols.iter().zip(read_answer(body, &symbols)?) {
		match price {
			Ok(price) => values.push((key.clone(), price.into())),
			Err(error) => errors.push(FeedError::Symbol {
				symbol: symbol.clone(),
				error,
			}),
		}
	}
	let values = values.try_into().map_err(|_| FeedError::TooManySymbols)?;
	Ok((values, errors))
}

/// Signs and sends a feed, unless the same one waits in the pool already.
fn submit<T: Config>(block: BlockNumberFor<T>, account: &Account<T>, values: ValuesOf<T>) -> Result<(), FeedError> {
	let nonce = frame_system::Pallet::<T>::account_nonce(&account.id);
	let digest = sp_io::hashing::blake2_256(&values.encode());
	let earlier =
		pending::<T>(account).filter(|pending| pending.nonce == nonce && !has_expired::<T>(pending.block, block));
	if earlier.as_ref().is_some_and(|pending| pending.values == digest) {
		return Ok(());
	}
	let signer = Signer::<T, T::AuthorityId>::any_account();
	match signer.send_single_signed_transaction(account, OracleCall::feed_values { values }) {
		None => Err(FeedError::CannotSign),
		Some(Ok(())) => {
			remember::<T>(
				account,
				&Pending {
					nonce,
					block,
					values: digest,
				},
			);
			Ok(())
		},
		// An earlier feed of the same nonce holds the place until it is in a block or expires.
		Some(Err(())) if earlier.is_some() => Ok(()),
		Some(Err(())) => Err(FeedError::PoolRefused),
	}
}

/// Whether a feed sent after block `sent` is out of the pool at `block`. One from far ahead was sent on a chain that is
/// no more.
fn has_expired<T: Config>(sent: BlockNumberFor<T>, block: BlockNumberFor<T>) -> bool {
	let life: BlockNumberFor<T> = u32::try_from(MORTALITY).unwrap_or(u32::MAX).into();
	block >= sent.saturating_add(life) || sent >= block.saturating_add(life)
}

type PendingOf<T> = Pending<<T as frame_system::Config>::Nonce, BlockNumberFor<T>>;

fn pending<T: Config>(account: &Account<T>) -> Option<PendingOf<T>> {
	StorageValueRef::persistent(&pending_key::<T>(account))
		.get()
		.ok()
		.flatten()
}

fn remember<T: Config>(account: &Account<T>, pending: &PendingOf<T>) {
	StorageValueRef::persistent(&pending_key::<T>(account)).set(pending);
}

fn pending_key<T: Config>(account: &Account<T>) -> Vec<u8> {
	[PENDING_KEY, &account.id.encode()].concat()
}
