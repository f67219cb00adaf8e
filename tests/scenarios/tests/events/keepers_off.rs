//! S16: every keeper is off. Nothing makes operators run one, so the chain does not depend on any: it liquidates by
//! itself, ahead of each block's transactions, and so can anybody with a signed call.

use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, network::Network, pool::Refusal, stage::*};
use pallet_margin::{Direction, Door};
use sp_runtime::transaction_validity::InvalidTransaction;

const LONG: Direction = Direction::Long;

#[test]
fn the_chain_should_liquidate_by_itself_in_the_block_after_the_price() {
	development(|| {
		positions(&[
			("//Bob", LONG, BTC, 12 * BTC_UNIT),
			("//Charlie", LONG, BTC, 5 * BTC_UNIT),
		]);
		let mut network = Network::without_keepers(4);
		let before = round("//Bob");
		network.make_fed_block(&fallen());
		assert_eq!((below(), network.findings()), (1, 0));
		let made = network.make_block();
		assert_eq!(doors(), [Door::Chain]);
		assert!(made.keepers().is_empty());
		assert_eq!(round("//Bob"), before + 1);
		assert_eq!(below(), 0);
	});
}

#[test]
fn the_chain_should_go_on_until_all_of_many_are_done() {
	development(|| {
		fed(&FIRST_PRICES);
		many_longs("//Bob", 200);
		let mut network = Network::without_keepers(1);
		network.make_fed_block(&fallen());
		assert_eq!(below(), 200);
		let mut done = 0;
		for _ in 0..4 {
			network.make_fed_block(&fallen());
			assert!(doors().iter().all(|door| *door == Door::Chain));
			done += doors().len();
		}
		assert!(done >= 200);
		assert_eq!(below(), 0);
	});
}

#[test]
fn anybody_should_liquidate_with_a_signed_call_when_the_chain_is_off_as_well() {
	development(|| {
		ChainLiquidates::set(&false);
		positions(&[("//Bob", LONG, BTC, 12 * BTC_UNIT)]);
		all_done([("//Dave", supply(USDC, 1_000_000 * USDC_UNIT))]);
		let mut network = Network::without_keepers(1);
		network.make_fed_block(&fallen());
		network.make_block();
		assert_eq!(below(), 1, "nobody did anything");
		network.send(signed("//Dave", liquidate("//Bob"))).unwrap();
		network.make_block();
		assert_eq!(doors(), [Door::Trader(genesis_presets::account("//Dave"), 0)]);
		assert_eq!(below(), 0);
		assert!(amount("//Dave", BTC) > 0);
	});
}

#[test]
fn anybody_should_send_what_a_keeper_would_have_sent() {
	development(|| {
		ChainLiquidates::set(&false);
		positions(&[("//Bob", LONG, BTC, 12 * BTC_UNIT)]);
		let mut network = Network::without_keepers(1);
		let early = finding("//Bob", System::block_number());
		let refused = Refusal::Invalid(InvalidTransaction::Custom(2).into());
		assert_eq!(network.send(UncheckedExtrinsic::new_bare(early)), Err(refused));
		network.make_fed_block(&fallen());
		let call = finding("//Bob", System::block_number());
		network.send(UncheckedExtrinsic::new_bare(call)).unwrap();
		assert_eq!(network.make_block().keepers(), [Ok(())]);
		assert_eq!(doors(), [Door::Keeper]);
	});
}
