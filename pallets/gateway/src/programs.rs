//! The programs that are executed here and sent to other chains.
//!
//! Both that go abroad end alike. The tokens are paid out first; the appendix then reports what came of it, paid from what
//! is left of the fees, and only after a success returns the rest of the fees. So a report of a failure means that
//! everything is in the trap over there, in one piece, for the owner's location on this chain, and nothing was paid out.

use crate::{Call, Config, Error, Pallet};
use alloc::{vec, vec::Vec};
use frame_support::{dispatch::GetDispatchInfo, traits::Get};
use margin_math::Amount;
use sp_runtime::traits::TryConvert;
use xcm::latest::{prelude::*, AssetTransferFilter};

/// Where tokens go, and how their arrival is reported.
pub(crate) struct Journey {
	/// The chain.
	pub destination: Location,
	/// Who gets them, as that chain sees it.
	pub beneficiary: Location,
	/// The query that its answer is filed under.
	pub query_id: QueryId,
}

impl<T: Config> Pallet<T> {
	/// The location of an account of this chain.
	pub(crate) fn location_of(owner: &T::AccountId) -> Result<Location, Error<T>> {
		T::AccountLocation::try_convert(owner).map_err(|_| Error::<T>::NoLocation)
	}

	/// Takes `amount` out of the wallet of whoever executes it and sends it over, all in one message that keeps the
	/// sender's origin. Delivery is paid from the same wallet.
	pub(crate) fn withdrawal_program(
		token: Location,
		reserve: &Location,
		amount: Amount,
		remote_fee: Amount,
		journey: Journey,
	) -> Result<Xcm<<T as frame_system::Config>::RuntimeCall>, Error<T>> {
		let kind = if *reserve == Location::here() {
			AssetTransferFilter::ReserveDeposit
		} else {
			AssetTransferFilter::ReserveWithdraw
		};
		let fee: Asset = (token.clone(), remote_fee.0).into();
		let destination = journey.destination.clone();
		Ok(Xcm(vec![
			SetFeesMode { jit_withdraw: true },
			WithdrawAsset((token, amount.0).into()),
			InitiateTransfer {
				destination,
				remote_fees: Some(kind(fee.into())),
				preserve_origin: true,
				assets: vec![kind(Wild(AllCounted(1)))]
					.try_into()
					.map_err(|_| Error::<T>::NotSent)?,
				remote_xcm: Xcm(Self::payout(journey)?),
			},
		]))
	}

	/// Takes `amount` out of the trap of the other chain, where it was put for `claimant`, an account's location here.
	pub(crate) fn claim_program(
		token: Location,
		amount: Amount,
		remote_fee: Amount,
		claimant: Location,
		journey: Journey,
	) -> Result<Xcm<()>, Error<T>> {
		let context = T::UniversalLocation::get();
		let there = token
			.reanchored(&journey.destination, &context)
			.map_err(|_| Error::<T>::NotSent)?;
		let mut program = vec![
			DescendOrigin(claimant.interior().clone()),
			ClaimAsset {
				assets: (there.clone(), amount.0).into(),
				ticket: Location::here(),
			},
			PayFees {
				asset: (there, remote_fee.0).into(),
			},
		];
		program.extend(Self::payout(journey)?);
		Ok(Xcm(program))
	}

	/// Pays out what is in the holding, reports, and returns what is left of the fees.
	fn payout(journey: Journey) -> Result<Vec<Instruction<()>>, Error<T>> {
		let context = T::UniversalLocation::get();
		let destination = context
			.invert_target(&journey.destination)
			.map_err(|()| Error::<T>::NotSent)?;
		let beneficiary = journey.beneficiary;
		let deposit = DepositAsset {
			assets: Wild(AllCounted(1)),
			beneficiary,
		};
		let report = QueryResponseInfo {
			destination,
			query_id: journey.query_id,
			max_weight: Self::report_call().get_dispatch_info().call_weight.saturating_mul(2),
		};
		let appendix = vec![ReportError(report), ExpectError(None), RefundSurplus, deposit.clone()];
		Ok(vec![SetAppendix(Xcm(appendix)), deposit])
	}

	/// The call that an answer comes with. The number and the answer are filled in when it comes.
	pub(crate) fn report_call() -> Call<T> {
		Call::report {
			query_id: 0,
			response: Response::Null,
		}
	}
}
