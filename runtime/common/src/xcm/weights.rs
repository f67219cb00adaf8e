//! What programs of other chains weigh.
//!
//! The benchmarks do not measure instructions but whole programs, run by the chain's own executor ([`Programs`]). From
//! them comes what each instruction weighs ([`Instructions`]):
//!
//! - An instruction that a program may begin with, which is one that brings assets in, answers a query, or says that
//!   nothing is paid, weighs what a program of it alone weighs: the barrier, the start of the executor, and keeping what
//!   is left of the assets for whom they belong to.
//! - Any other weighs what a program takes longer with it than without.
//! - What goes by assets is counted by assets. One that names no number, such as all that are in hand, counts as many as
//!   may be in hand.
//! - What sends a message goes by the length of the program that it is given as well.
//! - Programs inside a program, such as an appendix, and calls are weighed by `WeightInfoBounds` itself.

use alloc::vec::Vec;
use codec::{Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	traits::{ConstU32, Get},
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight},
	BoundedVec,
};
use xcm::{
	latest::{
		prelude::*, AssetTransferFilter, Hint, HintNumVariants, MaxAssetTransferFilters, QueryResponseInfo,
		XcmWeightInfo,
	},
	DoubleEncoded,
};

/// What programs weigh, from the start of the executor to keeping what is left. `n` counts assets, where nothing else is
/// said.
pub trait Programs {
	/// Says that nothing is paid, and goes through the whole barrier. The others are not looked at by the barrier.
	fn unpaid() -> Weight;
	/// `n` instructions that change nothing but what the executor remembers.
	fn registers(n: u32) -> Weight;
	/// Takes assets from an account. They are left over, and kept for their owner.
	fn withdraw(n: u32) -> Weight;
	/// Assets come from their reserve. They are left over, and kept for their owner.
	fn receive(n: u32) -> Weight;
	/// Assets that come from their reserve are burnt.
	fn receive_and_burn(n: u32) -> Weight;
	/// Assets that come from their reserve are put into the account of somebody who had none.
	fn receive_and_deposit(n: u32) -> Weight;
	/// Assets come from their reserve, and one of them pays for the program, in a token that has to be sold for it. Some of
	/// that is given back in the end.
	fn receive_and_pay() -> Weight;
	/// The same, and tells another chain how it went.
	fn receive_pay_and_report() -> Weight;
	/// The same, and `n` assets in all are sent back to their reserve, with a program of `b` bytes.
	fn receive_pay_and_return(n: u32, b: u32) -> Weight;
	/// Claims assets that were kept. They are left over, and kept again.
	fn claim(n: u32) -> Weight;
	/// Moves assets from one account to another.
	fn transfer(n: u32) -> Weight;
	/// Speaks for an account and calls what weighs next to nothing.
	fn transact() -> Weight;
	/// The answer to a query that waits for one, less the call that it is handed to.
	fn answer() -> Weight;
	/// Asks to be told of the versions that this chain speaks.
	fn subscribe() -> Weight;
}

/// Rough weights, where nothing was measured.
impl Programs for () {
	fn unpaid() -> Weight {
		rough(60, 4_000)
	}

	fn registers(n: u32) -> Weight {
		rough(20, 1_000).saturating_add(rough(1, 0).saturating_mul(n.into()))
	}

	fn withdraw(n: u32) -> Weight {
		rough(100, 10_000).saturating_add(rough(300, 10_000).saturating_mul(n.into()))
	}

	fn receive(n: u32) -> Weight {
		rough(100, 10_000).saturating_add(rough(50, 3_000).saturating_mul(n.into()))
	}

	fn receive_and_burn(n: u32) -> Weight {
		rough(50, 2_000).saturating_add(rough(50, 3_000).saturating_mul(n.into()))
	}

	fn receive_and_deposit(n: u32) -> Weight {
		rough(50, 2_000).saturating_add(rough(300, 12_000).saturating_mul(n.into()))
	}

	fn receive_and_pay() -> Weight {
		rough(1_500, 50_000)
	}

	fn receive_pay_and_report() -> Weight {
		rough(1_900, 170_000)
	}

	fn receive_pay_and_return(n: u32, b: u32) -> Weight {
		rough(1_900, 170_000)
			.saturating_add(rough(200, 10_000).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(10_000, 1).saturating_mul(b.into()))
	}

	fn claim(n: u32) -> Weight {
		Self::receive(n)
	}

	fn transfer(n: u32) -> Weight {
		rough(50, 2_000).saturating_add(rough(400, 12_000).saturating_mul(n.into()))
	}

	fn transact() -> Weight {
		rough(60, 2_000)
	}

	fn answer() -> Weight {
		rough(200, 10_000)
	}

	fn subscribe() -> Weight {
		rough(400, 120_000)
	}
}

fn rough(microseconds: u64, proof: u64) -> Weight {
	Weight::from_parts(WEIGHT_REF_TIME_PER_MICROS.saturating_mul(microseconds), proof)
}

/// Most assets that a program has in hand.
pub type MaxHolding = ConstU32<8>;

/// What each instruction weighs, from what programs weigh. An executor that holds up to `MaxHolding` assets may for a
/// moment hold twice as many.
pub struct Instructions<P, MaxHolding>(PhantomData<(P, MaxHolding)>);

impl<P: Programs, MaxHolding: Get<u32>> Instructions<P, MaxHolding> {
	/// A program that begins with an instruction: the barrier looks at it.
	fn first(program: Weight) -> Weight {
		Self::part(program).saturating_add(P::unpaid())
	}

	/// What a program takes longer than one that does nothing.
	fn part(program: Weight) -> Weight {
		program.saturating_sub(P::registers(0))
	}

	/// Changes only what the executor remembers.
	fn register() -> Weight {
		Self::part(P::registers(1))
	}

	/// Changes `n` things that the executor remembers.
	fn registers(n: usize) -> Weight {
		Self::part(P::registers(count(n).saturating_add(1)))
	}

	/// Most assets that a filter lets through.
	fn most(filter: &AssetFilter) -> u32 {
		let holding = MaxHolding::get().saturating_mul(2);
		match filter {
			Definite(assets) => count(assets.len()),
			Wild(AllCounted(n) | AllOfCounted { count: n, .. }) => holding.min(*n),
			Wild(AllOf { fun: WildFungible, .. }) => 1,
			Wild(_) => holding,
		}
	}

	/// Puts assets that are in hand into an account.
	pub(super) fn deposit(n: u32) -> Weight {
		P::receive_and_deposit(n).saturating_sub(P::receive_and_burn(n))
	}

	/// Sends assets that are in hand to another chain, with a program of that many bytes: those of which this chain is
	/// the reserve go into an account on the way.
	pub(super) fn leave(n: u32, bytes: usize) -> Weight {
		P::receive_pay_and_return(n, count(bytes))
			.saturating_sub(P::receive_and_pay())
			.saturating_add(Self::deposit(n))
	}

	/// Sends a message without assets.
	pub(super) fn message(bytes: usize) -> Weight {
		let of_length = |bytes| P::receive_pay_and_return(0, bytes);
		P::receive_pay_and_report()
			.saturating_sub(P::receive_and_pay())
			.saturating_add(of_length(count(bytes)).saturating_sub(of_length(0)))
	}

	/// Pays for what a program weighs, and is given back what it did not need.
	fn pay() -> Weight {
		P::receive_and_pay().saturating_sub(P::receive_and_burn(1))
	}
}

/// A number of things as components count them.
fn count(n: usize) -> u32 {
	u32::try_from(n).unwrap_or(u32::MAX)
}

impl<P: Programs, MaxHolding: Get<u32>, Call> XcmWeightInfo<Call> for Instructions<P, MaxHolding> {
	// What a program may begin with: all of the program.

	fn withdraw_asset(assets: &Assets) -> Weight {
		Self::first(P::withdraw(count(assets.len())))
	}
	fn reserve_asset_deposited(assets: &Assets) -> Weight {
		Self::first(P::receive(count(assets.len())))
	}
	fn receive_teleported_asset(assets: &Assets) -> Weight {
		Self::first(P::receive(count(assets.len())))
	}
	fn claim_asset(assets: &Assets, _ticket: &Location) -> Weight {
		Self::first(P::claim(count(assets.len())))
	}
	/// With the call that the answer is handed to, which may weigh up to `max_weight`.
	fn query_response(
		_query_id: &QueryId,
		_response: &Response,
		max_weight: &Weight,
		_querier: &Option<Location>,
	) -> Weight {
		Self::first(P::answer()).saturating_add(*max_weight)
	}
	fn unpaid_execution(_weight_limit: &WeightLimit, _check_origin: &Option<Location>) -> Weight {
		P::unpaid()
	}
	fn subscribe_version(_query_id: &QueryId, _max_response_weight: &Weight) -> Weight {
		Self::first(P::subscribe())
	}
	fn unsubscribe_version() -> Weight {
		Self::first(P::subscribe())
	}

	// What moves assets or calls: what it adds to a program.

	fn transfer_asset(assets: &Assets, _beneficiary: &Location) -> Weight {
		Self::part(P::transfer(count(assets.len())))
	}
	fn transfer_reserve_asset(assets: &Assets, _dest: &Location, xcm: &Xcm<()>) -> Weight {
		let n = count(assets.len());
		Self::part(P::transfer(n)).saturating_add(Self::leave(n, xcm.encoded_size()))
	}
	fn deposit_asset(assets: &AssetFilter, _beneficiary: &Location) -> Weight {
		Self::deposit(Self::most(assets))
	}
	fn deposit_reserve_asset(assets: &AssetFilter, _dest: &Location, xcm: &Xcm<()>) -> Weight {
		Self::leave(Self::most(assets), xcm.encoded_size())
	}
	fn initiate_reserve_withdraw(assets: &AssetFilter, _reserve: &Location, xcm: &Xcm<()>) -> Weight {
		Self::leave(Self::most(assets), xcm.encoded_size())
	}
	fn initiate_teleport(assets: &AssetFilter, _dest: &Location, xcm: &Xcm<()>) -> Weight {
		Self::leave(Self::most(assets), xcm.encoded_size())
	}
	fn initiate_transfer(
		_destination: &Location,
		remote_fees: &Option<AssetTransferFilter>,
		_preserve_origin: &bool,
		assets: &BoundedVec<AssetTransferFilter, MaxAssetTransferFilters>,
		remote_xcm: &Xcm<()>,
	) -> Weight {
		let n = remote_fees
			.iter()
			.chain(assets.iter())
			.fold(0u32, |n, filter| n.saturating_add(Self::most(filter.inner())));
		Self::leave(n, remote_xcm.encoded_size())
	}
	fn transact(_kind: &OriginKind, _fallback: &Option<Weight>, _call: &DoubleEncoded<Call>) -> Weight {
		Self::part(P::transact())
	}
	fn buy_execution(_fees: &Asset, _weight_limit: &WeightLimit) -> Weight {
		Self::pay()
	}
	fn pay_fees(_asset: &Asset) -> Weight {
		Self::pay()
	}
	fn refund_surplus() -> Weight {
		Self::pay()
	}
	/// Nothing is exchanged here but for fees.
	fn exchange_asset(_give: &AssetFilter, _want: &Assets, _maximal: &bool) -> Weight {
		Self::pay()
	}

	// What sends a message.

	fn report_error(_info: &QueryResponseInfo) -> Weight {
		Self::message(0)
	}
	fn report_transact_status(_info: &QueryResponseInfo) -> Weight {
		Self::message(0)
	}
	fn report_holding(_info: &QueryResponseInfo, assets: &AssetFilter) -> Weight {
		Self::message(Asset::max_encoded_len().saturating_mul(Self::most(assets) as usize))
	}
	fn query_pallet(module_name: &Vec<u8>, _info: &QueryResponseInfo) -> Weight {
		Self::message(module_name.len())
	}
	fn export_message(_network: &NetworkId, _destination: &Junctions, xcm: &Xcm<()>) -> Weight {
		Self::message(xcm.encoded_size())
	}
	fn lock_asset(_asset: &Asset, _unlocker: &Location) -> Weight {
		Self::message(0)
	}
	fn unlock_asset(_asset: &Asset, _target: &Location) -> Weight {
		Self::message(0)
	}
	fn note_unlockable(_asset: &Asset, _owner: &Location) -> Weight {
		Self::message(0)
	}
	fn request_unlock(_asset: &Asset, _locker: &Location) -> Weight {
		Self::message(0)
	}

	// What changes only what the executor remembers.

	fn descend_origin(_who: &Junctions) -> Weight {
		Self::register()
	}
	fn clear_origin() -> Weight {
		Self::register()
	}
	fn alias_origin(_target: &Location) -> Weight {
		Self::register()
	}
	fn universal_origin(_junction: &Junction) -> Weight {
		Self::register()
	}
	/// The executor refuses it, and what is inside never runs.
	fn execute_with_origin(_descendant: &Option<Junctions>, _xcm: &Xcm<Call>) -> Weight {
		Self::register()
	}
	/// Weighed twice, as it comes and when it is put aside.
	fn set_error_handler(xcm: &Xcm<Call>) -> Weight {
		Self::registers(xcm.len())
	}
	fn set_appendix(xcm: &Xcm<Call>) -> Weight {
		Self::registers(xcm.len())
	}
	fn clear_error() -> Weight {
		Self::register()
	}
	fn set_hints(hints: &BoundedVec<Hint, HintNumVariants>) -> Weight {
		Self::registers(hints.len())
	}
	fn trap(_code: &u64) -> Weight {
		Self::register()
	}
	fn burn_asset(assets: &Assets) -> Weight {
		Self::registers(assets.len())
	}
	fn expect_asset(assets: &Assets) -> Weight {
		Self::registers(assets.len())
	}
	fn expect_origin(_origin: &Option<Location>) -> Weight {
		Self::register()
	}
	fn expect_error(_error: &Option<(u32, XcmError)>) -> Weight {
		Self::register()
	}
	fn expect_transact_status(_status: &MaybeErrorCode) -> Weight {
		Self::register()
	}
	fn expect_pallet(
		_index: &u32,
		_name: &Vec<u8>,
		_module_name: &Vec<u8>,
		_crate_major: &u32,
		_min_crate_minor: &u32,
	) -> Weight {
		Self::register()
	}
	fn clear_transact_status() -> Weight {
		Self::register()
	}
	fn set_fees_mode(_jit_withdraw: &bool) -> Weight {
		Self::register()
	}
	fn set_topic(_topic: &[u8; 32]) -> Weight {
		Self::register()
	}
	fn clear_topic() -> Weight {
		Self::register()
	}
	fn hrmp_new_channel_open_request(_sender: &u32, _max_message_size: &u32, _max_capacity: &u32) -> Weight {
		Self::register()
	}
	fn hrmp_channel_accepted(_recipient: &u32) -> Weight {
		Self::register()
	}
	fn hrmp_channel_closing(_initiator: &u32, _sender: &u32, _recipient: &u32) -> Weight {
		Self::register()
	}
}

#[cfg(test)]
mod tests;
