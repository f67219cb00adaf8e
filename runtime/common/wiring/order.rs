//! # Which transactions go first
//!
//! Feeds outrank liquidations, and liquidations outrank users: a full block must not starve the prices that tell who is
//! solvent, nor the liquidations that keep the books whole. Tips saturate the priority that the fee extension computes,
//! so a wrapper around it clamps users below a line. Best effort: the author of a block may order as he likes.
//!
//! Only an operator's own `feed_values` is raised. A stranger's would fail, and would pay for it like any other call.

use crate::{AssetId, Balance, OracleMembership, Runtime, RuntimeCall, RuntimeOrigin};
use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	traits::{OriginTrait, SortedMembers},
	weights::Weight,
};
use pallet_asset_conversion_tx_payment::ChargeAssetTxPayment;
use scale_info::{build::Fields, Path, StaticTypeInfo, Type, TypeInfo};
use sp_runtime::{
	traits::{DispatchInfoOf, Implication, PostDispatchInfoOf, TransactionExtension, ValidateResult},
	transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
	DispatchResult,
};

/// Users' transactions stay at or below this priority, whatever they tip.
pub const USERS: TransactionPriority = TransactionPriority::MAX / 4;
/// Unsigned sales of what the house holds.
pub const SALES: TransactionPriority = LIQUIDATIONS - 1;
/// Unsigned liquidations start here.
pub const LIQUIDATIONS: TransactionPriority = TransactionPriority::MAX / 2;
/// Operators' feeds.
pub const FEEDS: TransactionPriority = TransactionPriority::MAX;

type Fees = ChargeAssetTxPayment<Runtime>;

/// [`ChargeAssetTxPayment`] with priorities that keep to the order of this module. To clients it is that extension: the
/// same name, the same bytes.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking)]
pub struct ChargeInOrder(Fees);

impl ChargeInOrder {
	/// Pays the fee and a tip, in smallest units of the native token.
	pub fn tip(tip: Balance) -> Self {
		Self(Fees::from(tip, None))
	}

	/// Pays in `asset` what buys the fee and a tip. The tip is in smallest units of the native token all the same.
	pub fn tip_in(asset: AssetId, tip: Balance) -> Self {
		Self(Fees::from(tip, Some(asset)))
	}
}

impl core::fmt::Debug for ChargeInOrder {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		self.0.fmt(f)
	}
}

impl TypeInfo for ChargeInOrder {
	type Identity = Self;

	fn type_info() -> Type {
		fn of<T: StaticTypeInfo>() -> Type {
			T::type_info()
		}
		let fields = Fields::named()
			.field(|field| field.compact::<Balance>().name("tip").type_name("BalanceOf<T>"))
			.field(|field| field.ty::<FeeAsset>().name("asset_id").type_name("Option<T::AssetId>"));
		Type::builder().path(of::<Fees>().path).composite(fields)
	}
}

/// How metadata describe the asset that a fee is paid in: an `Option<AssetId>` with a name of its own. polkadot.js looks
/// for the asset under that name, and takes a location of XCM when metadata have no such type.
enum FeeAsset {}

impl TypeInfo for FeeAsset {
	type Identity = Self;

	fn type_info() -> Type {
		let path = Path {
			segments: vec!["TAssetConversion"],
		};
		let fields = Fields::unnamed().field(|field| field.ty::<Option<AssetId>>());
		Type::builder().path(path).composite(fields)
	}
}

/// Whether `call`, sent by `origin`, is a feed by one of the oracle's operators.
fn is_operators_feed(origin: &RuntimeOrigin, call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Oracle(orml_oracle::Call::feed_values { .. }))
		&& origin
			.as_signer()
			.is_some_and(<OracleMembership as SortedMembers<_>>::contains)
}

impl TransactionExtension<RuntimeCall> for ChargeInOrder {
	const IDENTIFIER: &'static str = <Fees as TransactionExtension<RuntimeCall>>::IDENTIFIER;
	type Implicit = <Fees as TransactionExtension<RuntimeCall>>::Implicit;
	type Val = <Fees as TransactionExtension<RuntimeCall>>::Val;
	type Pre = <Fees as TransactionExtension<RuntimeCall>>::Pre;

	fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
		<Fees as TransactionExtension<RuntimeCall>>::implicit(&self.0)
	}

	fn weight(&self, call: &RuntimeCall) -> Weight {
		let fees = self.0.weight(call);
		match call {
			// The list of operators.
			RuntimeCall::Oracle(_) => fees.saturating_add(<Runtime as frame_system::Config>::DbWeight::get().reads(1)),
			_ => fees,
		}
	}

	fn validate(
		&self,
		origin: RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
		implicit: Self::Implicit,
		implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, RuntimeCall> {
		let (mut valid, val, origin) = self
			.0
			.validate(origin, call, info, len, implicit, implication, source)?;
		valid.priority = if is_operators_feed(&origin, call) {
			FEEDS
		} else {
			valid.priority.min(USERS)
		};
		Ok((valid, val, origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		origin: &RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		self.0.prepare(val, origin, call, info, len)
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<RuntimeCall>,
		post_info: &PostDispatchInfoOf<RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		<Fees as TransactionExtension<RuntimeCall>>::post_dispatch_details(pre, info, post_info, len, result)
	}
}
