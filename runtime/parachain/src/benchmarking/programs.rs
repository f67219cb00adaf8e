//! Programs of other chains, run by the chain's own executor: what instructions weigh comes from them
//! ([`margin_runtime_common::xcm`]). Each is let in by a credit, so that the barrier does not look at it, but for the one
//! that measures the barrier.

// Runs on a machine that measures, never in a block.
#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use super::stage::{list, market, open_channels, register, sibling, token, PLENTY};
use crate::{
	units::NATIVE,
	xcm_config::{LocationToAccountId, XcmConfig},
	AccountId, Balance, Gateway, NativeAndAssets, PolkadotXcm, Runtime, RuntimeCall, System,
};
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{traits::fungibles::Mutate, weights::Weight};
use margin_math::Amount;
use margin_risk::FlowLimit;
use xcm::latest::{prelude::*, AssetTransferFilter, QueryResponseInfo};
use xcm_executor::{traits::ConvertLocation, XcmExecutor};

/// What the benchmarks measure.
pub struct Pallet<T>(PhantomData<T>);

/// Of a runtime that is this one.
pub trait Config: frame_system::Config {}
impl Config for Runtime {}

/// Of each asset of a program.
const AMOUNT: Balance = PLENTY / 1_000;
/// Bytes of the largest program that is sent along.
const LARGEST: u32 = 10_000;

/// The first `n` tokens, which the sibling's account has plenty of, each known by its location, with the route there open.
/// The first has a market.
fn tokens(n: u32) -> Vec<Asset> {
	let account = LocationToAccountId::convert_location(&sibling()).expect("a sibling has an account");
	NativeAndAssets::mint_into(NATIVE, &account, PLENTY).expect("it exists");
	for i in 0..n {
		NativeAndAssets::mint_into(token(i).0, &account, PLENTY).expect("it exists");
	}
	market(token(0).0);
	register(n);
	let limit = FlowLimit {
		most: Amount(u128::MAX / 2),
		period: 86_400_000,
	};
	Gateway::open_route(
		crate::RuntimeOrigin::root(),
		alloc::boxed::Box::new(sibling().into()),
		limit,
	)
	.expect("it is new");
	open_channels();
	(0..n).map(|i| (token(i).1, AMOUNT).into()).collect()
}

/// Somebody who has nothing.
fn nobody() -> Location {
	AccountId32 {
		network: None,
		id: [9; 32],
	}
	.into()
}

fn run(origin: Location, program: Xcm<RuntimeCall>, credit: Weight) -> Outcome {
	XcmExecutor::<XcmConfig>::prepare_and_execute(origin, program, &mut [1; 32], Weight::MAX, credit)
}

/// Runs a program of the sibling.
fn run_credited(program: Xcm<RuntimeCall>) -> Outcome {
	run(sibling(), program, Weight::MAX)
}

/// Pays with the first asset, for more than is needed: some is given back in the end.
fn pay(assets: &[Asset]) -> [Instruction<RuntimeCall>; 2] {
	[
		PayFees {
			asset: assets[0].clone(),
		},
		SetErrorHandler(Xcm(vec![RefundSurplus; 5])),
	]
}

fn filter(assets: &[Asset]) -> AssetTransferFilter {
	AssetTransferFilter::ReserveWithdraw(Definite(assets.to_vec().into()))
}

fn complete(outcome: Outcome) -> Result<(), BenchmarkError> {
	outcome
		.ensure_complete()
		.map_err(|error| BenchmarkError::Stop(alloc::format!("the program fails: {error:?}").leak()))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn unpaid() -> Result<(), BenchmarkError> {
		let program = Xcm(vec![UnpaidExecution {
			weight_limit: Unlimited,
			check_origin: None,
		}]);
		let outcome;
		#[block]
		{
			outcome = run(Location::parent(), program, Weight::zero());
		}
		complete(outcome)
	}

	#[benchmark]
	fn registers(n: Linear<1, 40>) -> Result<(), BenchmarkError> {
		let program = Xcm(vec![ExpectOrigin(Some(sibling())); n as usize]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn withdraw(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let program = Xcm(vec![WithdrawAsset(tokens(n).into())]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn receive(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let program = Xcm(vec![ReserveAssetDeposited(tokens(n).into())]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn receive_and_burn(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let assets = Assets::from(tokens(n));
		let program = Xcm(vec![ReserveAssetDeposited(assets.clone()), BurnAsset(assets)]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn receive_and_deposit(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let program = Xcm(vec![
			ReserveAssetDeposited(tokens(n).into()),
			DepositAsset {
				assets: Wild(AllCounted(n)),
				beneficiary: nobody(),
			},
		]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn receive_and_pay() -> Result<(), BenchmarkError> {
		let assets = tokens(1);
		let mut program = vec![ReserveAssetDeposited(assets.clone().into())];
		program.extend(pay(&assets));
		let outcome;
		#[block]
		{
			outcome = run_credited(Xcm(program));
		}
		complete(outcome)
	}

	#[benchmark]
	fn receive_pay_and_report() -> Result<(), BenchmarkError> {
		let assets = tokens(1);
		let mut program = vec![ReserveAssetDeposited(assets.clone().into())];
		program.extend(pay(&assets));
		program.push(ReportError(QueryResponseInfo {
			destination: sibling(),
			query_id: 1,
			max_weight: Weight::zero(),
		}));
		let outcome;
		#[block]
		{
			outcome = run_credited(Xcm(program));
		}
		complete(outcome)
	}

	/// All but the first asset, which pays, go back, and half of that as well.
	#[benchmark]
	fn receive_pay_and_return(n: Linear<2, 8>, b: Linear<0, LARGEST>) -> Result<(), BenchmarkError> {
		let assets = tokens(n);
		let mut program = vec![ReserveAssetDeposited(assets.clone().into())];
		let fees: Asset = (assets[0].id.clone(), AMOUNT / 2).into();
		program.extend(pay(&[fees.clone()]));
		let remote_fees: Asset = (assets[0].id.clone(), AMOUNT / 4).into();
		program.push(InitiateTransfer {
			destination: sibling(),
			remote_fees: Some(filter(&[remote_fees])),
			preserve_origin: true,
			assets: vec![filter(&assets[1..])].try_into().expect("one is not too many"),
			remote_xcm: Xcm(vec![Transact {
				origin_kind: OriginKind::Xcm,
				fallback_max_weight: None,
				call: vec![0; b as usize].into(),
			}]),
		});
		let outcome;
		#[block]
		{
			outcome = run_credited(Xcm(program));
		}
		complete(outcome)
	}

	#[benchmark]
	fn claim(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let assets = Assets::from(tokens(n));
		complete(run_credited(Xcm(vec![ReserveAssetDeposited(assets.clone())])))?;
		let program = Xcm(vec![ClaimAsset {
			assets,
			ticket: Location::here(),
		}]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn transfer(n: Linear<1, 8>) -> Result<(), BenchmarkError> {
		let program = Xcm(vec![TransferAsset {
			assets: tokens(n).into(),
			beneficiary: nobody(),
		}]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	/// What is called is refused at once, since it is root's.
	#[benchmark]
	fn transact() -> Result<(), BenchmarkError> {
		let call = RuntimeCall::System(frame_system::Call::authorize_upgrade {
			code_hash: Default::default(),
		});
		let program = Xcm(vec![Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: codec::Encode::encode(&call).into(),
		}]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	/// The answer to a query of the gateway's, which does not know of it.
	#[benchmark]
	fn answer() -> Result<(), BenchmarkError> {
		let report = RuntimeCall::Gateway(pallet_gateway::Call::report {
			query_id: 0,
			response: Default::default(),
		});
		let until = System::block_number() + 1_000;
		let query_id = PolkadotXcm::new_notify_query(sibling(), report, until, Location::here());
		let program = Xcm(vec![QueryResponse {
			query_id,
			response: Response::ExecutionResult(None),
			max_weight: Weight::MAX,
			querier: Some(Location::here()),
		}]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}

	#[benchmark]
	fn subscribe() -> Result<(), BenchmarkError> {
		open_channels();
		let program = Xcm(vec![SubscribeVersion {
			query_id: 1,
			max_response_weight: Weight::zero(),
		}]);
		let outcome;
		#[block]
		{
			outcome = run_credited(program);
		}
		complete(outcome)
	}
}
