//! What instructions weigh against each other.

use super::*;
use frame_support::traits::ConstU32;

type Weighed = Instructions<(), ConstU32<8>>;

fn weight(instruction: Instruction<()>) -> Weight {
	use xcm::latest::GetWeight;
	GetWeight::<Weighed>::weight(&instruction)
}

fn assets(n: u128) -> Assets {
	let each = |i| Asset::from((Location::new(1, [GeneralIndex(i)]), 1u128));
	(0..n).map(each).collect::<Vec<_>>().into()
}

fn deposit(assets: AssetFilter) -> Weight {
	weight(DepositAsset {
		assets,
		beneficiary: Location::here(),
	})
}

#[test]
fn what_a_program_may_begin_with_should_weigh_the_barrier_and_the_executor_too() {
	for first in [
		WithdrawAsset(assets(1)),
		ReserveAssetDeposited(assets(1)),
		ClaimAsset {
			assets: assets(1),
			ticket: Location::here(),
		},
		UnpaidExecution {
			weight_limit: Unlimited,
			check_origin: None,
		},
		SubscribeVersion {
			query_id: 0,
			max_response_weight: Weight::zero(),
		},
	] {
		assert!(weight(first.clone()).all_gte(<() as Programs>::unpaid()), "{first:?}");
	}
}

#[test]
fn assets_should_be_counted_one_by_one() {
	let (one, two, three) = (
		deposit(assets(1).into()),
		deposit(assets(2).into()),
		deposit(assets(3).into()),
	);
	assert!(two.all_gt(one));
	assert_eq!(three - two, two - one);
	assert_eq!(deposit(Wild(AllCounted(2))), two);
}

#[test]
fn assets_that_nobody_counted_should_be_as_many_as_may_be_in_hand() {
	assert_eq!(deposit(Wild(All)), deposit(assets(16).into()));
	assert_eq!(deposit(Wild(AllCounted(1_000))), deposit(Wild(All)));
}

#[test]
fn an_answer_should_weigh_what_it_is_handed_to() {
	let answer = |max_weight| {
		weight(QueryResponse {
			query_id: 0,
			response: Response::Null,
			max_weight,
			querier: None,
		})
	};
	let handed_to = Weight::from_parts(1_234, 567);
	assert_eq!(answer(handed_to) - answer(Weight::zero()), handed_to);
}

#[test]
fn a_longer_program_for_another_chain_should_weigh_more() {
	let sent = |remote_xcm| {
		weight(InitiateTransfer {
			destination: Location::parent(),
			remote_fees: Some(AssetTransferFilter::ReserveWithdraw(assets(1).into())),
			preserve_origin: true,
			assets: BoundedVec::new(),
			remote_xcm,
		})
	};
	assert!(sent(Xcm(alloc::vec![ClearOrigin; 50])).all_gt(sent(Xcm(Vec::new()))));
}

#[test]
fn a_transfer_should_weigh_all_assets_that_go_along() {
	let sent = |fees: u128, others: u128| {
		let filter = |n| AssetTransferFilter::ReserveDeposit(assets(n).into());
		weight(InitiateTransfer {
			destination: Location::parent(),
			remote_fees: Some(filter(fees)),
			preserve_origin: false,
			assets: alloc::vec![filter(others)].try_into().unwrap(),
			remote_xcm: Xcm(Vec::new()),
		})
	};
	assert_eq!(sent(1, 3), sent(2, 2));
	assert!(sent(1, 3).all_gt(sent(1, 2)));
}
