//! S9: all of an isolated market is closed at a loss. On an appchain the loss was moved in the wrong order, a panic
//! followed, and the chain stood still for 8 hours. Here every position of an asset is closed, at a loss that the fund
//! bears first, and the chain goes on; when an asset fails, that asset is set aside.

use margin_math::Amount;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Event, Mode, Status};

const TRADERS: [&str; 3] = ["//Bob", "//Charlie", "//Dave"];

/// Bob, Charlie and Dave are long of DOT in isolated accounts, Eve of BTC in a cross account.
fn an_isolated_market() {
	fed(&FIRST_PRICES);
	let mode = Mode::Isolated {
		collateral: DOT,
		debt: USDC,
	};
	all_done(TRADERS.map(|seed| (seed, MarginCall::open_account { sub: 0, mode }.into())));
	let deposits = TRADERS.map(|seed| (seed, supply(DOT, 5_000 * DOT_UNIT)));
	all_done(
		deposits
			.into_iter()
			.chain([("//Eve", supply(USDC, 10_000 * USDC_UNIT))]),
	);
	let opened = TRADERS.map(|seed| (seed, open(Direction::Long, DOT, 15_000 * DOT_UNIT)));
	all_done(
		opened
			.into_iter()
			.chain([("//Eve", open(Direction::Long, BTC, 5 * BTC_UNIT))]),
	);
}

/// What the insurance fund holds of a pool.
fn fund(asset: AssetId) -> Amount {
	Margin::pool_views()
		.into_iter()
		.find(|pool| pool.asset == asset)
		.unwrap()
		.fund
}

/// What was lost and by whom it was borne, in dollars of 18 decimals, in the blocks of `run`.
fn losses_in(mut run: impl FnMut(), blocks: u32) -> (i128, i128) {
	let (mut loss, mut by_fund) = (0, 0);
	for _ in 0..blocks {
		run();
		for event in told() {
			if let Event::LossBooked {
				loss: all,
				by_fund: part,
			} = event
			{
				loss += all.raw();
				by_fund += part.raw();
			}
		}
	}
	(loss, by_fund)
}

#[test]
fn closing_every_position_of_a_market_at_a_loss_should_empty_it_and_the_chain_goes_on() {
	development(|| {
		an_isolated_market();
		let fallen = moved(DOT, 60, 100);
		keep_market(DOT, fallen[3].1);
		let (loss, by_fund) = losses_in(|| fed(&fallen), 40);
		assert!(loss > 0, "their equity was gone");
		assert!(by_fund <= loss);
		for seed in TRADERS {
			assert_eq!((amount(seed, DOT), amount(seed, USDC)), (0, 0), "{seed}");
		}
		// The rest of the loss is in the books once, as a deficit of the pool that lent.
		let booked: u128 = deficits()
			.iter()
			.map(|(asset, amount)| {
				assert_eq!(*asset, USDC);
				amount
			})
			.sum();
		let lost = u128::try_from((loss - by_fund) / 10i128.pow(12)).unwrap();
		assert!(booked.abs_diff(lost) <= lost / 1_000 + 10, "{booked} of {lost}");
		// Eve never felt it.
		assert_eq!(amount("//Eve", BTC), 5 * BTC_UNIT as i128);
		all_done([("//Eve", open(Direction::Long, BTC, BTC_UNIT))]);
	});
}

#[test]
fn closing_every_position_at_a_loss_should_cost_the_suppliers_nothing_while_the_fund_is_solvent() {
	development(|| {
		an_isolated_market();
		// Penalties of an earlier fall filled the fund.
		many_longs("//Ferdie", 200);
		for _ in 0..80 {
			fed(&fallen());
			keep_market(BTC, fallen()[1].1);
		}
		let full = fund(USDC);
		assert!(!full.is_zero());
		all_done(TRADERS.map(|seed| (seed, repay(USDC, 5_000 * USDC_UNIT))));
		let prices = fallen().map(|(key, cents)| (key, if key == DOT { 275 } else { cents }));
		keep_market(DOT, 275);
		let (loss, by_fund) = losses_in(|| fed(&prices), 40);
		assert!(loss > 0, "their equity was gone");
		assert_eq!((loss, deficits()), (by_fund, vec![]));
		assert!(fund(USDC) < full);
		for seed in TRADERS {
			assert_eq!(amount(seed, DOT), 0, "{seed}");
		}
	});
}

#[test]
fn an_asset_that_fails_should_be_set_aside_and_all_others_go_on() {
	development(|| {
		an_isolated_market();
		// DOT has no price at all any more, and is frozen: nothing of it can be closed.
		let frozen = MarginCall::set_status {
			asset: DOT,
			status: Status::Frozen,
		};
		for call in [
			pallet_prices::Call::remove_guard { key: DOT }.into(),
			RuntimeCall::from(frozen),
		] {
			all_done([("//Alice", pallet_sudo::Call::sudo { call: Box::new(call) }.into())]);
		}
		let before = TRADERS.map(round);
		for _ in 0..20 {
			fed(&FIRST_PRICES);
		}
		assert_eq!(TRADERS.map(round), before);
		// BTC is traded, and liquidated, as ever.
		all_done([("//Ferdie", supply(USDC, 10_000 * USDC_UNIT))]);
		all_done([("//Ferdie", open(Direction::Long, BTC, 12 * BTC_UNIT))]);
		fed(&fallen());
		fed(&fallen());
		assert_eq!(doors().len(), 1);
		// What lowers risk works for DOT as well.
		all_done([("//Bob", repay(USDC, 100 * USDC_UNIT))]);
	});
}

#[test]
fn everybody_should_be_moved_out_of_a_market_that_is_delisted_and_it_should_close() {
	development(|| {
		an_isolated_market();
		all_done([(
			"//Alice",
			pallet_sudo::Call::sudo {
				call: Box::new(MarginCall::delist_asset { asset: DOT }.into()),
			}
			.into(),
		)]);
		// Two weeks of notice, after which prices come in afresh.
		begin_after(14 * DAY / SLOT_MILLIS);
		feed_all(&FIRST_PRICES);
		end();
		for _ in 0..5 {
			fed(&FIRST_PRICES);
		}
		let evicted = |seed| {
			let owner = genesis_presets::account(seed);
			fed(&FIRST_PRICES);
			all_done([(
				"//Ferdie",
				MarginCall::evict {
					owner,
					sub: 0,
					asset: DOT,
				}
				.into(),
			)]);
		};
		for seed in TRADERS {
			evicted(seed);
			assert_eq!(amount(seed, DOT), 0, "{seed}");
		}
		let holds = || !pallet_margin::House::<Runtime>::get().holdings.is_empty();
		for _ in 0..600 {
			if !holds() {
				break;
			}
			fed(&FIRST_PRICES);
			keep_market(DOT, 400);
		}
		assert!(!holds(), "the house has sold what it took over");
		// The supplier is paid as fast as the limit on what leaves the pool allows.
		let supplier = genesis_presets::SUPPLIER;
		for _ in 0..4 {
			evicted(supplier);
			begin_after(DAY / SLOT_MILLIS);
			feed_all(&FIRST_PRICES);
			end();
			for _ in 0..5 {
				fed(&FIRST_PRICES);
			}
			if amount(supplier, DOT) == 0 {
				break;
			}
		}
		assert_eq!(amount(supplier, DOT), 0);
		let remove = MarginCall::remove_asset {
			asset: DOT,
			beneficiary: genesis_presets::account("//Alice"),
		};
		assert_eq!(block_of_root(remove), Ok(()));
	});
}
