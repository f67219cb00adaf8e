//! What of a publisher's messages is executed without a fee.

use crate::{Config, Pallet, WeightInfo, MAX_REPORTED};
use core::marker::PhantomData;
use frame_support::{ensure, traits::ProcessMessageError};
use xcm::latest::prelude::*;
use xcm_executor::traits::{Properties, ShouldExecute};

/// Lets a message in unpaid that is a report of the [publisher](crate::Publisher) and nothing else: `UnpaidExecution`, a
/// `Transact` with the publisher's own origin, `ExpectTransactStatus`, and at most a topic. Every other message pays, the
/// publisher's too. So does one that is heavier than twice the adoption of the longest report: the call inside is not known
/// here and is for the runtime's call filter to judge, so a publisher that turned hostile could have others made for nothing.
///
/// For the runtime's barrier.
pub struct AllowReports<T>(PhantomData<T>);

impl<T: Config> ShouldExecute for AllowReports<T> {
	fn should_execute<Call>(
		origin: &Location,
		instructions: &mut [Instruction<Call>],
		max_weight: Weight,
		_properties: &mut Properties,
	) -> Result<(), ProcessMessageError> {
		let body = match instructions {
			[body @ .., SetTopic(_)] => body,
			body => body,
		};
		let is_report = matches!(
			body,
			[
				UnpaidExecution { .. },
				Transact {
					origin_kind: OriginKind::Xcm,
					..
				},
				ExpectTransactStatus(MaybeErrorCode::Success)
			]
		);
		let most = T::WeightInfo::adopt(MAX_REPORTED).saturating_mul(2);
		ensure!(
			is_report && max_weight.all_lte(most) && Pallet::<T>::is_publisher(origin),
			ProcessMessageError::Unsupported
		);
		Ok(())
	}
}
