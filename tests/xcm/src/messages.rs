//! The messages of an integrator's user, as `docs/xcm.md` has them: each a program that he executes on his own chain, or
//! one that his chain sends in his name.

use crate::{
	margin::RuntimeCall,
	network::USER,
	sibling::{mrg_abroad, Balance, ASSET_HUB, INTEGRATOR, MARGIN, NETWORK},
};
use codec::Encode;
use xcm::{latest::AssetTransferFilter, prelude::*, DoubleEncoded};

/// A parachain, as another one sees it.
pub fn para(id: u32) -> Location {
	Location::new(1, [Parachain(id)])
}

/// The junction of an account.
pub fn account(who: &crate::sibling::AccountId) -> Junction {
	AccountId32 {
		network: Some(NETWORK),
		id: who.clone().into(),
	}
}

/// The user of a chain, as another chain sees him.
pub fn user_of(chain: u32) -> Location {
	Location::new(1, [Parachain(chain), account(&USER)])
}

/// A call of the margin chain.
pub fn encoded(call: impl Into<RuntimeCall>) -> DoubleEncoded<()> {
	call.into().encode().into()
}

/// What it executes for a user there: all that came goes to his account, then his call, and if that fails, the program
/// fails. Whatever happens, what is left of the fees goes to his account.
pub fn act(user: Location, call: impl Into<RuntimeCall>) -> Xcm<()> {
	Xcm(vec![
		SetAppendix(Xcm(vec![
			RefundSurplus,
			DepositAsset {
				assets: Wild(AllCounted(2)),
				beneficiary: user.clone(),
			},
		])),
		DepositAsset {
			assets: Wild(AllCounted(2)),
			beneficiary: user,
		},
		Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: encoded(call),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	])
}

/// One message: `own` of the integrator's token and `mrg` of the margin chain's, of which `fee` pays there, go to the user's
/// account there, and then `call` is his.
pub fn send_and_act<Call>(own: Balance, mrg: Balance, fee: Balance, call: impl Into<RuntimeCall>) -> Xcm<Call> {
	let mut taken: Vec<Asset> = vec![(mrg_abroad(), mrg).into()];
	let mut sent = vec![AssetTransferFilter::ReserveWithdraw(Definite(
		(mrg_abroad(), mrg - fee).into(),
	))];
	if own > 0 {
		taken.push((Here, own).into());
		sent.push(AssetTransferFilter::ReserveDeposit(Definite((Here, own).into())));
	}
	let fee = (mrg_abroad(), fee).into();
	Xcm(vec![
		WithdrawAsset(taken.into()),
		InitiateTransfer {
			destination: para(MARGIN),
			remote_fees: Some(AssetTransferFilter::ReserveWithdraw(Definite(fee))),
			preserve_origin: true,
			assets: sent.try_into().expect("two transfers fit"),
			remote_xcm: act(user_of(INTEGRATOR), call),
		},
	])
}

/// What a user's chain sends in his name: his account there pays `fee`, and then `call` is his.
pub fn follow_up(fee: impl Into<Asset>, call: impl Into<RuntimeCall>) -> Xcm<()> {
	let fee = fee.into();
	let user = user_of(INTEGRATOR);
	Xcm(vec![
		WithdrawAsset(fee.clone().into()),
		PayFees { asset: fee },
		SetAppendix(Xcm(vec![
			RefundSurplus,
			DepositAsset {
				assets: Wild(AllCounted(1)),
				beneficiary: user,
			},
		])),
		Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: encoded(call),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	])
}

/// From the Asset Hub: `amount` of USDC, of which `fee` pays on the margin chain, to the account that the user of the
/// integrator's chain has there.
pub fn usdc_to_account<Call>(amount: Balance, fee: Balance) -> Xcm<Call> {
	let usdc = Location::new(0, crate::sibling::usdc_junctions());
	Xcm(vec![
		WithdrawAsset((usdc.clone(), amount).into()),
		InitiateTransfer {
			destination: para(MARGIN),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite((usdc, fee).into()))),
			preserve_origin: false,
			assets: vec![AssetTransferFilter::ReserveDeposit(Wild(AllCounted(1)))]
				.try_into()
				.expect("one transfer fits"),
			remote_xcm: Xcm(vec![
				RefundSurplus,
				DepositAsset {
					assets: Wild(AllCounted(1)),
					beneficiary: user_of(INTEGRATOR),
				},
			]),
		},
	])
}

/// The Asset Hub, as the others see it.
pub fn asset_hub() -> Location {
	para(ASSET_HUB)
}

/// A token of the integrator's chain beside its own one, as that chain names it.
pub fn oddity() -> Location {
	Location::new(0, [GeneralIndex(7)])
}

/// The same, as the margin chain sees it.
pub fn oddity_abroad() -> Location {
	Location::new(1, [Parachain(INTEGRATOR), GeneralIndex(7)])
}

/// `own` of the integrator's token, of which `fee` pays on the margin chain, go there with a program of the user's.
pub fn send_own<Call>(own: Balance, fee: Balance, remote: Vec<Instruction<()>>) -> Xcm<Call> {
	send_with_fee((Here, fee).into(), vec![(Here, own - fee).into()], remote)
}

/// `others` go to the margin chain with a program of the user's, for which `fee` pays there. All of them are tokens of the
/// integrator's chain.
pub fn send_with_fee<Call>(fee: Asset, others: Vec<Asset>, remote: Vec<Instruction<()>>) -> Xcm<Call> {
	let mut taken = Assets::from(fee.clone());
	let mut sent = vec![];
	for other in others {
		taken.push(other.clone());
		sent.push(AssetTransferFilter::ReserveDeposit(Definite(other.into())));
	}
	Xcm(vec![
		WithdrawAsset(taken),
		InitiateTransfer {
			destination: para(MARGIN),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(fee.into()))),
			preserve_origin: true,
			assets: sent.try_into().expect("few transfers fit"),
			remote_xcm: Xcm(remote),
		},
	])
}

/// Everything goes to the user's account, with what is left of the fees.
pub fn keep_all() -> Vec<Instruction<()>> {
	vec![
		RefundSurplus,
		DepositAsset {
			assets: Wild(AllCounted(3)),
			beneficiary: user_of(INTEGRATOR),
		},
	]
}

/// What was trapped on the margin chain goes to the account of whoever it was trapped for; a part of it pays for that.
pub fn claim(trapped: Asset, fee: impl Into<Asset>) -> Xcm<()> {
	let mut program = vec![
		ClaimAsset {
			assets: trapped.into(),
			ticket: Here.into(),
		},
		PayFees { asset: fee.into() },
	];
	program.extend(keep_all());
	Xcm(program)
}

/// The user's native tokens go home: his account on the margin chain sends `amount`, less what `fee` pays there, and `fee`
/// again pays on his own chain.
pub fn native_home(amount: Balance, fee: Balance) -> Xcm<()> {
	let own = |amount: Balance| Asset::from((Here, amount));
	Xcm(vec![
		WithdrawAsset(own(amount).into()),
		PayFees { asset: own(fee) },
		InitiateTransfer {
			destination: para(INTEGRATOR),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(own(fee).into()))),
			preserve_origin: false,
			assets: vec![AssetTransferFilter::ReserveDeposit(Wild(AllCounted(1)))]
				.try_into()
				.expect("one transfer fits"),
			remote_xcm: Xcm(vec![
				RefundSurplus,
				DepositAsset {
					assets: Wild(AllCounted(1)),
					beneficiary: Location::new(0, [account(&USER)]),
				},
			]),
		},
		RefundSurplus,
		DepositAsset {
			assets: Wild(AllCounted(1)),
			beneficiary: user_of(INTEGRATOR),
		},
	])
}
