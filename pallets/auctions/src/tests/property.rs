//! Random time, prices, inflow, takes, markets and pauses: whatever comes, nothing is sold below its floor, no buyer pays
//! more than he said, no money comes or goes, and in the end every lot has ended.

use super::*;
use crate::{Auction, Auctions as Stored};
use margin_math::{Amount, Rounding};
use margin_risk::Verdict;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
	Block(u64),
	/// The live price moves to so many per mille of itself.
	Move(AssetId, u128),
	/// The house takes over so many cents' worth, against so many per mille of that in debt.
	Inflow(AssetId, u128, u128),
	/// A part of the lot, in per mille, at up to so many per mille of the live price.
	Take(AssetId, u128, u128),
	TakeAll(AssetId),
	Market(AssetId, u32, u128),
	SellToMarket(AssetId),
	Pause(AssetId, Level),
	Judge(AssetId, bool),
	Decree(Rules),
}

/// Rules under which a lot ends in some forty blocks.
fn quick(discount: u32) -> Rules {
	Rules {
		discount: Ratio::from_ppm(discount),
		discount_step: Ratio::from_ppm(40_000),
		least: Ratio::from_percent(85),
		duration: 10_000,
		rounds_per_step: 2,
		..Rules::default()
	}
}

fn action() -> impl Strategy<Value = Action> {
	let asset = prop_oneof![Just(BTC), Just(ETH), Just(DOT)];
	let priced = prop_oneof![asset.clone(), Just(USDC)];
	let level = prop_oneof![
		3 => Just(Level::None),
		1 => Just(Level::NoStart),
		1 => Just(Level::NoRestart),
		1 => Just(Level::NoTake)
	];
	prop_oneof![
		8 => prop_oneof![4 => Just(BLOCK_MS), 1 => Just(0), 1 => 1u64..100_000].prop_map(Action::Block),
		3 => (asset.clone(), prop_oneof![4 => 980u128..1_021, 1 => 500u128..2_000]).prop_map(|(a, x)| Action::Move(a, x)),
		3 => (asset.clone(), prop_oneof![1 => 1u128..20_000, 1 => 1u128..10_000_000], 1u128..1_200)
			.prop_map(|(a, x, d)| Action::Inflow(a, x, d)),
		6 => (asset.clone(), 1u128..1_200, 900u128..1_100).prop_map(|(a, x, m)| Action::Take(a, x, m)),
		1 => asset.clone().prop_map(Action::TakeAll),
		2 => (asset.clone(), 850_000u32..1_050_000, 1u128..2_000).prop_map(|(a, x, d)| Action::Market(a, x, d)),
		2 => asset.clone().prop_map(Action::SellToMarket),
		1 => (asset, level).prop_map(|(a, level)| Action::Pause(a, level)),
		1 => (priced, prop::bool::weighted(0.7)).prop_map(|(a, usable)| Action::Judge(a, usable)),
		1 => (1_000u32..100_000).prop_map(|discount| Action::Decree(quick(discount))),
	]
}

fn worth(asset: AssetId, cents: u128) -> u128 {
	cents * unit(asset) / first_price(asset)
}

fn apply(action: &Action) {
	match *action {
		Action::Block(ms) => next_block(ms),
		Action::Move(asset, x) => {
			let moved = live(asset).raw() / 10u128.pow(16) * x / 1_000;
			let usable = Quotes::get(asset).unwrap().verdict;
			set_price(
				asset,
				moved.clamp(first_price(asset) / 100 + 1, first_price(asset) * 100),
			);
			set_verdict(asset, usable);
		},
		Action::Inflow(asset, cents, d) => fill(asset, worth(asset, cents), cents * d / 100_000 + 1),
		Action::Take(asset, share, most) => {
			let amount = held(asset) * share / 1_000;
			buy(
				asset,
				amount,
				live(asset)
					.scale(Ratio::from_ppm(most as u32 * 1_000), Rounding::Down)
					.unwrap(),
			);
		},
		Action::TakeAll(asset) => buy(asset, u128::MAX, Price::MAX),
		Action::Market(asset, pays, depth) => set_market(asset, pays, worth(asset, depth * 100)),
		Action::SellToMarket(asset) => {
			let _ = Auctions::sell_to_market(signed(BOB), asset);
		},
		Action::Pause(asset, level) => set_level(asset, level),
		Action::Judge(asset, usable) => set_verdict(asset, if usable { Verdict::Usable } else { Verdict::Stale }),
		Action::Decree(rules) => Auctions::set_rules(RuntimeOrigin::root(), rules).unwrap(),
	}
}

/// A take either is refused and changes nothing, or keeps to what was asked.
fn buy(asset: AssetId, amount: u128, most: Price) {
	let (lot, root) = (held(asset), sp_io::storage::root(sp_runtime::StateVersion::V1));
	let taken =
		frame_support::storage::with_storage_layer(|| Auctions::take(signed(ALICE), asset, amount, most, USDC, 0));
	if taken.is_err() {
		assert_eq!(
			sp_io::storage::root(sp_runtime::StateVersion::V1),
			root,
			"{taken:?} changed something"
		);
		return;
	}
	let told = told().into_iter().find_map(|event| match event {
		Event::Taken {
			amount, payment, price, ..
		} => Some((amount, payment, price)),
		_ => None,
	});
	let (got, payment, price) = told.unwrap();
	assert!(!got.is_zero() && got.0 <= amount.min(lot));
	assert!(price <= most, "paid {price:?}, at most {most:?}");
	let paid = |rounding| live(USDC).value_of(payment, decimals(USDC), rounding).unwrap();
	let cost = |rounding| price.value_of(got, decimals(asset), rounding).unwrap();
	assert!(paid(Rounding::Up) >= cost(Rounding::Down), "paid less than the price");
	let one_less = live(USDC)
		.value_of(Amount(payment.0 - 1), decimals(USDC), Rounding::Down)
		.unwrap();
	assert!(one_less < cost(Rounding::Up), "paid more than the price");
	let left = Amount(lot - got.0);
	let rest = price.value_of(left, decimals(asset), Rounding::Down).unwrap();
	let least = crate::CurrentRules::<Test>::get().least_take;
	// What is left of a debt that is paid off is less than one smallest unit of what was bought with it.
	let paid_off = live(USDC)
		.value_of(Amount(owed(USDC)), decimals(USDC), Rounding::Down)
		.unwrap();
	let one_more = price.value_of(Amount(2), decimals(asset), Rounding::Up).unwrap();
	assert!(
		left.is_zero() || rest >= least || paid_off <= one_more,
		"left {rest:?} of {asset}"
	);
}

/// Every sale of the last action was at the floor of its round or above it, and every floor at the minimum price or above.
fn check_sales(before: &[(AssetId, Auction)], told: &[Event]) {
	let mut floors: Vec<_> = before
		.iter()
		.filter_map(|(asset, auction)| Some((*asset, auction.round?.floor()?)))
		.collect();
	let least = crate::CurrentRules::<Test>::get().least;
	for event in told {
		match event {
			Event::RoundBegan {
				asset,
				reference,
				floor,
				..
			} => {
				assert!(*floor >= reference.scale(least, Rounding::Down).unwrap());
				floors.retain(|(a, _)| a != asset);
				floors.push((*asset, *floor));
			},
			Event::Taken { asset, price, .. } | Event::SoldToMarket { asset, price, .. } => {
				let floor = floors.iter().find(|(a, _)| a == asset).expect("a round runs").1;
				assert!(*price >= floor, "{asset} sold at {price:?}, below {floor:?}");
			},
			_ => (),
		}
		check_value(event);
	}
}

/// The market pays the clock's price or more, to within a smallest unit of what it pays with.
fn check_value(event: &Event) {
	if let Event::SoldToMarket {
		asset,
		amount,
		bought,
		amount_out,
		price,
	} = event
	{
		let cost = price.value_of(*amount, decimals(*asset), Rounding::Down).unwrap();
		let paid = live(*bought)
			.value_of(Amount(amount_out.0 + 1), decimals(*bought), Rounding::Up)
			.unwrap();
		assert!(paid >= cost);
	}
}

fn told() -> Vec<Event> {
	System::read_events_for_pallet()
}

/// All is open again, nobody buys, and blocks go by: every lot ends, in kind.
fn every_lot_ends() {
	for asset in ASSETS {
		set_level(asset, Level::None);
		set_verdict(asset, Verdict::Usable);
		Markets::mutate(asset, |market| market.iter_mut().for_each(|market| market.depth = 0));
	}
	let rules = crate::CurrentRules::<Test>::get();
	let bound = (rules.patience() + 2 * 10_000 + 2 * rules.duration) / BLOCK_MS + 4;
	for _ in 0..bound {
		next_block(BLOCK_MS);
	}
	assert_eq!(Auctions::auctions(), [], "still on offer after {bound} blocks");
	assert_eq!(Stored::<Test>::count(), 0);
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 400, ..ProptestConfig::default() })]

	#[test]
	fn whatever_comes_the_rules_of_the_sale_hold(actions in prop::collection::vec(action(), 1..120)) {
		ExtBuilder::default().rules(quick(20_000)).build_and_execute(|| {
			bring(ALICE, 100_000_000);
			for action in &actions {
				System::reset_events();
				let before: Vec<_> = Stored::<Test>::iter().collect();
				apply(action);
				check_sales(&before, &told());
				check();
			}
			every_lot_ends();
		});
	}

	#[test]
	fn a_lot_ends_however_the_price_moves(moves in prop::collection::vec(500u128..2_000, 1..60), cents in 1u128..10_000_000) {
		ExtBuilder::default().rules(quick(20_000)).build_and_execute(|| {
			fill(ETH, worth(ETH, cents), cents / 100 + 1);
			let rules = quick(20_000);
			let bound = (rules.patience() + rules.duration) / BLOCK_MS + 4;
			for block in 0..bound {
				let x = moves[block as usize % moves.len()];
				set_price(ETH, first_price(ETH) * x / 1_000);
				next_block(BLOCK_MS);
			}
			assert!(handed_out(), "still on offer after {bound} blocks");
		});
	}
}
