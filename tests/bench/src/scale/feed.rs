//! What a block begins with: the operators' feeds, which outrank everything else.

use super::{
	book,
	market::{Market, Move},
};
use codec::Encode;
use margin_runtime::{
	genesis_presets::OPERATORS, order::ChargeInOrder, surround, transactions::checks, AccountId, RuntimeCall,
	SignedPayload, UncheckedExtrinsic,
};
use sp_core::{sr25519, Pair};
use sp_runtime::{generic::Era, FixedU128, MultiSignature};
use sp_state_machine::BasicExternalities;
use std::error::Error;

/// The feeds of all operators, at the prices that have moved.
///
/// # Errors
/// When the genesis cannot be built or a feed cannot be signed.
pub fn feeds(prices: &Move) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
	let market = Market::first();
	let values: Vec<_> = market
		.assets()
		.iter()
		.map(|listed| (listed.asset, FixedU128::from_inner(prices.price(listed).raw())))
		.collect();
	let values = values
		.try_into()
		.map_err(|_| "there are more prices than a feed holds")?;
	let call = RuntimeCall::from(orml_oracle::Call::feed_values { values });
	// What is signed names the genesis.
	BasicExternalities::new(book::genesis()?)
		.execute_with(|| OPERATORS.iter().map(|seed| sign(seed, call.clone())).collect())
}

fn sign(seed: &str, call: RuntimeCall) -> Result<Vec<u8>, Box<dyn Error>> {
	let pair = sr25519::Pair::from_string(seed, None).map_err(|error| format!("{seed}: {error:?}"))?;
	let payload = SignedPayload::new(call, surround(checks(Era::Immortal, 0, ChargeInOrder::tip(0))))
		.map_err(|error| format!("{seed}: {error:?}"))?;
	let signature = MultiSignature::from(payload.using_encoded(|bytes| pair.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	let sender = AccountId::from(pair.public());
	Ok(UncheckedExtrinsic::new_signed(call, sender.into(), signature, extension).encode())
}
