//! S26: a scan that stops at the first error: one missing price, and every account behind it is left alone. Here one
//! account's error, or one asset's missing price, never stops a pass, neither the keeper's nor the chain's.

use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, network::Network, stage::*};
use pallet_margin::{Call as MarginCall, SubAccount};

/// Accounts of Bob's, each long of BTC. Every other one also owes DOT.
const ACCOUNTS: SubAccount = 24;

fn stage() {
	fed(&FIRST_PRICES);
	many_longs("//Bob", ACCOUNTS);
	begin();
	feed_all(&FIRST_PRICES);
	for sub in (0..ACCOUNTS).step_by(2) {
		let short = MarginCall::swap {
			sub,
			from: DOT,
			to: USDC,
			amount_in: 10 * DOT_UNIT,
			min_out: 1,
		};
		assert_eq!(dispatched("//Bob", short), Ok(()));
	}
	end();
	// DOT has no price any more: governance took its guard away.
	all_done([(
		"//Alice",
		pallet_sudo::Call::sudo {
			call: Box::new(pallet_prices::Call::remove_guard { key: DOT }.into()),
		}
		.into(),
	)]);
	assert!(Margin::price_views()
		.iter()
		.all(|price| (price.asset == DOT) != price.verdict.is_usable()));
}

fn steps() -> Vec<u32> {
	let owner = genesis_presets::account("//Bob");
	let rounds = (0..ACCOUNTS).map(|sub| Margin::account_view(&owner, sub).unwrap().round);
	rounds.collect()
}

/// Which accounts have had a step since `before`.
fn stepped(before: &[u32]) -> Vec<SubAccount> {
	let moved = steps().into_iter().zip(before).zip(0..);
	moved
		.filter(|((now, then), _)| now > then)
		.map(|(_, sub)| sub)
		.collect()
}

#[test]
fn the_chain_should_pass_over_what_it_cannot_weigh_and_take_all_others() {
	development(|| {
		stage();
		let before = steps();
		fed(&fallen());
		for _ in 0..3 {
			fed(&fallen());
		}
		let clean: Vec<_> = (1..ACCOUNTS).step_by(2).collect();
		let stepped = stepped(&before);
		assert!(clean.iter().all(|sub| stepped.contains(sub)), "{stepped:?}");
		// Those who owe DOT as well are taken for what they owe of USDC: the missing price does not shield them.
		assert_eq!(stepped.len(), usize::from(ACCOUNTS));
	});
}

#[test]
fn a_keeper_should_pass_over_what_it_cannot_weigh_and_send_all_others() {
	development(|| {
		ChainLiquidates::set(&false);
		stage();
		let before = steps();
		let mut network = Network::of(2);
		for _ in 0..4 {
			network.make_fed_block(&fallen());
		}
		assert_eq!(stepped(&before).len(), usize::from(ACCOUNTS));
	});
}

#[test]
fn an_account_that_only_holds_what_has_no_price_should_not_hold_up_the_rest() {
	development(|| {
		fed(&FIRST_PRICES);
		all_done([("//Charlie", supply(ETH, 100 * ETH_UNIT))]);
		all_done([("//Charlie", borrow(USDC, 15_000 * USDC_UNIT))]);
		many_longs("//Bob", ACCOUNTS);
		let before = (round("//Charlie"), steps());
		// ETH goes silent; BTC falls.
		let rest = |prices: Cents| prices.into_iter().filter(|(key, _)| *key != ETH).collect::<Vec<_>>();
		for _ in 0..17 {
			fed(&rest(FIRST_PRICES));
		}
		for _ in 0..4 {
			fed(&rest(fallen()));
		}
		assert_eq!(stepped(&before.1).len(), usize::from(ACCOUNTS));
		assert_eq!(round("//Charlie"), before.0);
	});
}
