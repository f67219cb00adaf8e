//! What messages leave behind.

use margin_xcm_tests::{
	margin::{self, units::*},
	messages::*,
	sibling,
	stage::*,
};
use xcm::latest::prelude::*;

const FEE: u128 = BTC_UNIT / 100;

#[test]
fn a_token_that_nobody_registered_should_stay_where_it_is_kept() {
	stage(|| {
		execute(send_with_fee(
			(Here, FEE).into(),
			vec![(oddity(), 500_000u128).into()],
			keep_all(),
		));
		assert_eq!(last_message(), Err(XcmError::UntrustedReserveLocation));
		let kept = integrator(|| sibling::Assets::balance(oddity(), margins_own()));
		assert_eq!(kept, 500_000, "the chain that issued it can give it back");

		// The fee had come, and is in the trap of the chain that brought it: it was not yet the user's message.
		let trap = trapped();
		send_as_integrator(claim(trap.clone(), (para(sibling::INTEGRATOR), FEE / 2)));
		assert_eq!(last_message(), Ok(()));
		send_as_integrator(claim(trap, (para(sibling::INTEGRATOR), FEE / 2)));
		assert_eq!(last_message(), Err(XcmError::UnknownClaim));
	});
}

#[test]
fn what_a_message_leaves_behind_should_be_claimed_once_and_by_its_user() {
	stage(|| {
		execute(send_own(BTC_UNIT, FEE, vec![]));
		assert_eq!(last_message(), Ok(()));
		let trap = trapped();
		assert_eq!(trap.id, AssetId(para(sibling::INTEGRATOR)));
		assert!(units(&trap) >= BTC_UNIT - FEE);
		assert_eq!(wallet(BTC), 0);

		let claim = || claim(trap.clone(), (para(sibling::INTEGRATOR), FEE));
		send_from_stranger(claim());
		assert_eq!(last_message(), Err(XcmError::UnknownClaim), "it is not his");
		send_as_integrator(claim());
		assert_eq!(last_message(), Err(XcmError::UnknownClaim), "nor his chain's");

		send(claim());
		assert_eq!(last_message(), Ok(()));
		let got = wallet(BTC);
		assert!(got > units(&trap) - FEE && got <= units(&trap), "{got}");

		let issued = margin(|| margin::issued(BTC));
		send(claim());
		assert_eq!(last_message(), Err(XcmError::UnknownClaim));
		assert_eq!(wallet(BTC), got);
		assert_eq!(margin(|| margin::issued(BTC)), issued);
	});
}

#[test]
fn what_is_beyond_the_cap_should_be_trapped_and_claimed_when_there_is_room() {
	stage(|| {
		lower_cap(BTC_UNIT);
		execute(send_own(3 * BTC_UNIT, FEE, keep_all()));
		assert_eq!(last_message(), Err(XcmError::FailedToTransactAsset("")));
		assert_eq!(wallet(BTC), 0);
		assert!(came_in(BTC) <= BTC_UNIT, "{}", came_in(BTC));

		let trap = trapped();
		send(claim(trap.clone(), (para(sibling::INTEGRATOR), FEE)));
		assert_eq!(
			last_message(),
			Err(XcmError::FailedToTransactAsset("")),
			"there is still no room"
		);

		lower_cap(CAP);
		// What could not be deposited again is in a new trap.
		let trap = trapped();
		send(claim(trap.clone(), (para(sibling::INTEGRATOR), FEE)));
		assert_eq!(last_message(), Ok(()));
		assert!(wallet(BTC) > 3 * BTC_UNIT - 4 * FEE, "{}", wallet(BTC));
	});
}

fn lower_cap(room: u128) {
	on_margin(|| {
		let cap = margin::issued(BTC) + room;
		margin::root(pallet_gateway::Call::set_cap { asset: BTC, cap });
	});
}
