//! What pays for messages: the native token, or any asset that has a market, while its market and the oracle agree.

use super::{Here, Tokens};
use crate::{
	fee_market::CheapestRoute, units::NATIVE, AccountId, AssetId, Balance, Balances, FeeAsset, Gateway, Hub, Margin,
	NativeAndAssets, Runtime, ScarcerFee,
};
use alloc::vec::Vec;
use cumulus_primitives_utility::SwapFirstAssetTrader;
use frame_support::{
	traits::Equals,
	weights::{Weight, WeightToFee},
};
use margin_math::{Amount, Ratio, Rounding, Value};
use margin_runtime_common::xcm::Programs as _;
use pallet_asset_conversion::QuotePrice;
use pallet_gateway::{Metered, MeteredTrader};
use sp_runtime::traits::MaybeEquivalence;
use xcm::{
	latest::prelude::{Asset, AssetId as XcmAssetId, XcmContext, XcmError},
	VersionedAssetId,
};
use xcm_builder::{SingleAssetExchangeAdapter, UsingComponents, XcmFeeManagerFromComponents};
use xcm_executor::{
	traits::{MatchesFungibles, WeightTrader},
	AssetsInHolding,
};
use xcm_runtime_apis::fees::Error as ApiError;

/// How far a market may be from the oracle when a fee is bought on it.
pub const FEE_BAND: Ratio = Ratio::from_percent(5);

/// The market where fees are bought.
type Market = CheapestRoute<Runtime, Hub>;
/// A fee in the native token itself.
type InNative = UsingComponents<ScarcerFee, Here, AccountId, Balances, ()>;
/// A fee in another asset, which buys it in the native token.
type InAnother = SwapFirstAssetTrader<FeeAsset, Market, ScarcerFee, NativeAndAssets, Tokens, (), AccountId>;

/// Takes a fee in the native token, or in an asset that has a market within [`FEE_BAND`] of the oracle. Fees are burnt.
pub type Trader = (InNative, InBand<MeteredTrader<InAnother, Runtime>>);
/// Exchanges an asset at the market, for the fee of a delivery.
pub type Exchange = Metered<SingleAssetExchangeAdapter<Market, NativeAndAssets, Tokens, AccountId>, Runtime>;
/// Everybody but this chain itself pays for deliveries. What they pay is burnt.
pub type DeliveryFees = XcmFeeManagerFromComponents<Equals<Here>, ()>;

/// A fee that is bought on a market, if what the market asks for is about what the oracle says that it is worth.
///
/// The native token has no oracle price. So the way to it over the hub is the measure: in dollars, what the market asks
/// for in the asset against what it asks for in the hub asset. Against a market of the native token that somebody has moved,
/// a message is protected by the most that it names for its fee.
pub struct InBand<Inner>(Inner);

impl<Inner> InBand<Inner> {
	/// What the market takes of `asset` for a fee, in dollars.
	fn cost(asset: AssetId, fee: Balance) -> Option<Value> {
		let amount = Market::quote_price_tokens_for_exact_tokens(asset, NATIVE, fee, true)?;
		Margin::value_of(asset, Amount(amount))
	}

	/// Whether the market of `asset` agrees with the oracle, for a fee of this size. The hub's own market with the native token
	/// is the measure, and needs no price: who holds the hub asset can pay, and so repay, whatever the oracle knows.
	fn agrees(asset: AssetId, fee: Balance) -> bool {
		if asset == Hub::get() {
			return Market::quote_price_tokens_for_exact_tokens(asset, NATIVE, fee, true).is_some();
		}
		let (Some(cost), Some(fair)) = (Self::cost(asset, fee), Self::cost(Hub::get(), fee)) else {
			return false;
		};
		let room = fair.mul_ratio(FEE_BAND, Rounding::Down);
		let above = cost.checked_sub(fair);
		match (room, above, above.and_then(Value::checked_neg)) {
			(Some(room), Some(above), Some(below)) => above <= room && below <= room,
			_ => false,
		}
	}
}

impl<Inner: WeightTrader> WeightTrader for InBand<Inner> {
	fn new() -> Self {
		Self(Inner::new())
	}

	fn buy_weight(
		&mut self,
		weight: Weight,
		payment: AssetsInHolding,
		context: &XcmContext,
	) -> Result<AssetsInHolding, XcmError> {
		let fee = ScarcerFee::weight_to_fee(&weight);
		let first: Option<Asset> = payment.fungible_assets_iter().next();
		let asset = first
			.and_then(|asset| Tokens::matches_fungibles(&asset).ok())
			.map(|(asset, _)| asset)
			.ok_or(XcmError::AssetNotFound)?;
		if !Self::agrees(asset, fee) {
			return Err(XcmError::TooExpensive);
		}
		self.0.buy_weight(weight, payment, context)
	}

	fn refund_weight(&mut self, weight: Weight, context: &XcmContext) -> Option<Asset> {
		self.0.refund_weight(weight, context)
	}
}

/// The assets that a fee may be paid in now.
pub fn accepted() -> Vec<XcmAssetId> {
	let fee = ScarcerFee::weight_to_fee(&super::Programs::receive_and_pay());
	let others = pallet_margin::Assets::<Runtime>::iter_keys()
		.filter(|asset| InBand::<()>::agrees(*asset, fee))
		.filter_map(|asset| Gateway::convert_back(&asset))
		.map(XcmAssetId);
	core::iter::once(super::NativeToken::get()).chain(others).collect()
}

/// What executing a message of `weight` costs in `asset`.
///
/// # Errors
/// When no fee can be paid in the asset now.
pub fn quote(weight: Weight, asset: VersionedAssetId) -> Result<Balance, ApiError> {
	let XcmAssetId(location) = asset.try_into().map_err(|()| ApiError::VersionedConversionFailed)?;
	let asset = Gateway::convert(&location).ok_or(ApiError::AssetNotFound)?;
	let fee = ScarcerFee::weight_to_fee(&weight);
	if asset == NATIVE {
		return Ok(fee);
	}
	if !InBand::<()>::agrees(asset, fee) {
		return Err(ApiError::AssetNotFound);
	}
	Market::quote_price_tokens_for_exact_tokens(asset, NATIVE, fee, true).ok_or(ApiError::AssetNotFound)
}
