//! What would happen: planned actions carried out by the very code of the calls, and rolled back.

use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, RuntimeDebug};

/// Which action of a plan is refused, and why.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct PlanError {
	/// Its place in the plan, from zero.
	pub action: u32,
	/// The error that its call would give.
	pub error: DispatchError,
}
