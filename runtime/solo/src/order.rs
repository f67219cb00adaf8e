//! # Which transactions go first
//!
//! Feeds outrank liquidations, and liquidations outrank users: a full block must not starve the prices that tell who is
//! solvent, nor the liquidations that keep the books whole. Tips saturate the priority that the fee extension computes,
//! so a wrapper around it clamps users below a line. Best effort: the author of a block may order as he likes.
//!
//! Only an operator's own `feed_values` is raised. A stranger's would fail, and would pay for it like any other call.

use crate::{OracleMembership, Runtime, RuntimeCall, RuntimeOrigin};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	traits::{OriginTrait, SortedMembers},
	weights::Weight,
};
use pallet_transaction_payment::ChargeTransactionPayment;
use scale_info::{StaticTypeInfo, TypeInfo};
use sp_runtime::{
	traits::{DispatchInfoOf, Implication, PostDispatchInfoOf, TransactionExtension, ValidateResult},
	transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
	DispatchResult,
};

/// Users' transactions stay at or below this priority, whatever they tip.
pub const USERS: TransactionPriority = TransactionPriority::MAX / 4;
/// Unsigned liquidations start here.
pub const LIQUIDATIONS: TransactionPriority = TransactionPriority::MAX / 2;
/// Operators' feeds.
pub const FEEDS: TransactionPriority = TransactionPriority::MAX;

type Fees = ChargeTransactionPayment<Runtime>;

/// [`ChargeTransactionPayment`] with priorities that keep to the order of this module. To clients it is that extension:
/// the same name, the same bytes.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking)]
pub struct ChargeInOrder(Fees);

impl ChargeInOrder {
	/// Pays the fee and a tip, in smallest units of the native token.
	pub fn tip(tip: crate::Balance) -> Self {
		Self(Fees::from(tip))
	}
}

impl core::fmt::Debug for ChargeInOrder {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		self.0.fmt(f)
	}
}

impl TypeInfo for ChargeInOrder {
	type Identity = <Fees as TypeInfo>::Identity;

	fn type_info() -> scale_info::Type {
		fn of<T: StaticTypeInfo>() -> scale_info::Type {
			T::type_info()
		}
		of::<Fees>()
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
