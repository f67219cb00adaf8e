//! The trigger index: levels, measures and moves.

use crate::{
	trigger::{file, level_of, lower_edge, Class, FiledLeg, Filing, Mark, Moves, Stand, ALWAYS, TOP},
	MarginRatios, Side,
};
use margin_math::{Amount, Price, Ratio, Rounding, UNIT};
use proptest::prelude::*;

const BTC: u8 = 0;
const ETH: u8 = 1;
const USDC: u8 = 2;
const OFF: Amount = Amount(u128::MAX);

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

fn ppm(parts: u32) -> Ratio {
	Ratio::from_ppm(parts)
}

/// The mark of an asset at a price in dollars.
fn mark(dollars: u32, maintenance: Ratio, stable: bool) -> Mark {
	Mark {
		price: Price::from_raw(u128::from(dollars) * UNIT),
		debt_index: Ratio::ONE,
		deposit_index: Ratio::ONE,
		maintenance,
		size_scale: OFF,
		highest: maintenance,
		least_scale: OFF,
		stable,
	}
}

/// An asset that is as it was marked.
fn unmoved(mark: &Mark) -> Stand {
	Stand {
		deposit_price: mark.price,
		debt_price: mark.price,
		debt_index: mark.debt_index,
		deposit_index: mark.deposit_index,
		maintenance: mark.maintenance,
		size_scale: mark.size_scale,
	}
}

fn priced(mark: &Mark, percent: u32) -> Stand {
	let price = mark.price.scale(Ratio::from_percent(percent), Rounding::Down).unwrap();
	Stand {
		deposit_price: price,
		debt_price: price,
		..unmoved(mark)
	}
}

fn leg(slot: u8, side: Side, units: u128, decimals: u8, mark: Mark) -> FiledLeg {
	FiledLeg {
		slot,
		side,
		amount: Amount(units),
		decimals,
		margin: mark.maintenance,
		mark,
		size_scale: mark.size_scale,
	}
}

fn btc() -> Mark {
	mark(50_000, percent(4), false)
}

fn eth() -> Mark {
	mark(2_500, percent(4), false)
}

fn usdc() -> Mark {
	mark(1, Ratio::ZERO, true)
}

/// 2 BTC and a debt of so many dollars.
fn long(dollars: u128) -> [FiledLeg; 2] {
	[
		leg(BTC, Side::Deposit, 200_000_000, 8, btc()),
		leg(USDC, Side::Debt, dollars * 1_000_000, 6, usdc()),
	]
}

/// Nearly so: what is lost by a unit more or less, and by the slack for rounding.
fn is_just_below(level: u8, distance: Ratio) -> bool {
	level == level_of(distance) || level == level_of(distance.saturating_sub(ppm(1)))
}

fn moves(stands: [(u8, Mark, Stand); 3]) -> Moves {
	let mut moves = Moves::default();
	for (slot, mark, now) in stands {
		moves.note(slot, &mark, &now);
	}
	moves
}

/// The moves while each of BTC, ETH and USDC is at a percentage of its reference price.
fn moved(percentages: [u32; 3]) -> Moves {
	let [b, e, u] = percentages;
	moves([
		(BTC, btc(), priced(&btc(), b)),
		(ETH, eth(), priced(&eth(), e)),
		(USDC, usdc(), priced(&usdc(), u)),
	])
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(20_000))]

	#[test]
	fn the_level_never_falls_with_the_distance(a in 0u128..1 << 67, b in any::<u128>(), shift in 0u32..128) {
		let (a, b) = (Ratio::from_raw(a), Ratio::from_raw(b >> shift));
		prop_assert!(level_of(a.min(b)) <= level_of(a.max(b)));
	}

	#[test]
	fn nothing_panics_whatever_the_input(
		slots in any::<[u8; 3]>(), sides in any::<[bool; 3]>(), decimals in any::<[u8; 3]>(), stable in any::<bool>(),
		numbers in prop::array::uniform24((any::<u128>(), 0u32..128).prop_map(|(number, bits)| number >> bits)),
		class in any::<u64>(),
	) {
		let mut moves = Moves::default();
		let legs: Vec<_> = (0..3).map(|place| {
			let mut mark = Mark {
				price: Price::from_raw(numbers[place]),
				debt_index: Ratio::from_raw(numbers[3 + place]),
				deposit_index: Ratio::from_raw(numbers[6 + place]),
				maintenance: Ratio::from_raw(numbers[9 + place]),
				size_scale: Amount(numbers[12 + place]),
				highest: Ratio::from_raw(numbers[9 + place]),
				least_scale: Amount(numbers[12 + place]),
				stable,
			};
			let other = usize::from(slots[place] % 24);
			let now = Stand {
				deposit_price: Price::from_raw(numbers[15 + place]),
				debt_price: Price::from_raw(numbers[18 + place]),
				debt_index: Ratio::from_raw(numbers[21 + place]),
				deposit_index: Ratio::from_raw(numbers[other]),
				maintenance: Ratio::from_raw(numbers[23 - other]),
				size_scale: Amount(numbers[other]),
			};
			moves.note(slots[place], &mark, &now);
			mark.lower(now.maintenance, now.size_scale);
			let side = if sides[place] { Side::Deposit } else { Side::Debt };
			leg(slots[place] % 17, side, numbers[other], decimals[place] % 40, mark)
		}).collect();
		let filing = file(&legs);
		prop_assert!(moves.limit(filing.class) > ALWAYS && moves.limit(Class::from_raw(class)) > ALWAYS);
	}

	#[test]
	fn a_distance_lies_between_the_edges_of_its_level(raw in any::<u128>(), shift in 0u32..128) {
		let distance = Ratio::from_raw(raw >> shift);
		let level = level_of(distance);
		prop_assert!(level > ALWAYS && distance >= lower_edge(level));
		prop_assert!(level == TOP || distance < lower_edge(level + 1));
	}
}

#[test]
fn every_level_begins_at_its_edge() {
	for level in 1..=TOP {
		let edge = lower_edge(level);
		assert_eq!(level_of(edge), level);
		if level > 1 {
			assert_eq!(level_of(edge.saturating_sub(Ratio::from_raw(1))), level - 1);
		}
	}
	assert_eq!((lower_edge(ALWAYS), lower_edge(1)), (Ratio::ZERO, Ratio::ZERO));
	assert_eq!(level_of(Ratio::MAX), TOP);
}

#[test]
fn a_level_is_at_most_a_sixteenth_as_wide_as_its_distance() {
	for level in 17..TOP {
		let (edge, next) = (lower_edge(level), lower_edge(level + 1));
		assert!((next.raw() - edge.raw()) * 16 <= edge.raw());
	}
}

#[test]
fn a_class_names_the_signed_volatile_legs() {
	let class = file(&long(60_000)).class;
	assert!(class.has(BTC, Side::Deposit));
	assert!(!class.has(BTC, Side::Debt) && !class.has(USDC, Side::Debt) && !class.has(ETH, Side::Deposit));
	assert!(!class.is_gross() && !class.is_large());
	assert_eq!(class.raw(), 1);
	assert_eq!(Class::from_raw(class.raw()), class);
	assert!(!Class::from_raw(u64::MAX).has(16, Side::Debt));
}

#[test]
fn a_long_lies_at_the_fall_that_makes_it_liquidatable() {
	// Of 96,000 that count, a debt of 60,000 leaves 36,000: a fall by 37.5 %.
	let Filing { class, level } = file(&long(60_000));
	assert!(is_just_below(level, ppm(375_000)));
	assert!(level > moved([70, 100, 100]).limit(class));
	assert!(level <= moved([62, 100, 100]).limit(class));
}

#[test]
fn a_short_lies_at_the_rise_that_makes_it_liquidatable() {
	// A debt of 2 BTC takes 104,000 of 130,000: a rise by a quarter.
	let Filing { class, level } = file(&[
		leg(BTC, Side::Debt, 200_000_000, 8, btc()),
		leg(USDC, Side::Deposit, 130_000_000_000, 6, usdc()),
	]);
	assert!(!class.is_gross() && class.has(BTC, Side::Debt));
	assert!(is_just_below(level, percent(25)));
	assert!(level > moved([120, 100, 100]).limit(class));
	assert!(level > moved([50, 100, 100]).limit(class));
	assert!(level <= moved([126, 100, 100]).limit(class));
}

#[test]
fn only_the_own_legs_of_a_class_and_stable_assets_move_its_limit() {
	let class = file(&long(60_000)).class;
	let at_rest = moved([100; 3]).limit(class);
	assert_eq!(at_rest, 1);
	assert_eq!(moved([100, 10, 100]).limit(class), at_rest);
	assert_eq!(moved([200, 100, 100]).limit(class), at_rest);
	assert!(is_just_below(moved([90, 100, 100]).limit(class), percent(10)));
	// 5.05 % for the stable one, over 1 - 5.05 %.
	assert!(is_just_below(moved([100, 100, 105]).limit(class), ppm(53_187)));
	assert_eq!(moved([100, 100, 200]).limit(class), TOP);
}

#[test]
fn an_account_of_stable_legs_is_measured_against_all_of_them() {
	let euro = mark(2, percent(2), true);
	let Filing { class, level } = file(&[
		leg(USDC, Side::Deposit, 110_000_000, 6, usdc()),
		leg(ETH, Side::Debt, 50_000_000, 6, euro),
	]);
	assert!(class.is_gross());
	// 8 dollars of 212.
	assert!(is_just_below(level, ppm(37_735)));
	assert!(is_just_below(moved([1, 1, 97]).limit(class), percent(3)));
}

#[test]
fn a_leg_above_a_quarter_of_the_size_scale_is_large() {
	let scaled = |side, units| {
		let leg = leg(BTC, side, units, 8, btc());
		FiledLeg {
			size_scale: Amount(800),
			..leg
		}
	};
	let is_large = |leg| file(&[leg, long(1)[0]]).class.is_large();
	assert!(!is_large(scaled(Side::Deposit, 200)) && is_large(scaled(Side::Deposit, 201)));
	// A debt may become one unit more.
	assert!(!is_large(scaled(Side::Debt, 199)) && is_large(scaled(Side::Debt, 200)));
	assert!(!is_large(FiledLeg {
		size_scale: OFF,
		..scaled(Side::Deposit, 201)
	}));
	assert!(!is_large(FiledLeg {
		size_scale: Amount(0),
		..scaled(Side::Deposit, 201)
	}));
}

#[test]
fn a_unit_of_debt_that_rounding_makes_two_has_the_margin_of_two() {
	let scale = Amount(8);
	let margin = MarginRatios::from_maintenance(percent(8))
		.unwrap()
		.for_size(Amount(1), scale)
		.maintenance;
	assert_eq!(margin, percent(9));
	let debt = FiledLeg {
		margin,
		size_scale: scale,
		..leg(ETH, Side::Debt, 1, 0, mark(1, percent(8), false))
	};
	// Two units at 10 % take 2.20 dollars.
	assert_eq!(
		file(&[debt, leg(USDC, Side::Deposit, 2_190_000, 6, usdc())]).level,
		ALWAYS
	);
	assert!(file(&[debt, leg(USDC, Side::Deposit, 2_500_000, 6, usdc())]).level > 1);
}

#[test]
fn an_account_that_cannot_be_measured_is_always_a_candidate() {
	let [deposit, debt] = long(60_000);
	let unpriced = Mark {
		price: Price::ZERO,
		..usdc()
	};
	assert_eq!(file(&[deposit, FiledLeg { mark: unpriced, ..debt }]), Filing::ALWAYS);
	assert_eq!(file(&[deposit, FiledLeg { slot: 16, ..debt }]), Filing::ALWAYS);
	assert_eq!(
		file(&[
			deposit,
			FiledLeg {
				margin: percent(21),
				..debt
			}
		]),
		Filing::ALWAYS
	);
	assert_eq!(file(&[deposit, FiledLeg { amount: OFF, ..debt }]), Filing::ALWAYS);
	assert_eq!(file(&[]), Filing::ALWAYS);
	assert_eq!(file(&[deposit; 17]), Filing::ALWAYS);
	assert_eq!(file(&long(96_001)).level, ALWAYS);
}

#[test]
fn a_mark_without_a_price_limits_nobody_but_calls_for_a_new_generation_once_there_is_one() {
	let unpriced = Mark {
		price: Price::ZERO,
		..usdc()
	};
	let rest = [(BTC, btc(), unmoved(&btc())), (ETH, eth(), unmoved(&eth()))];
	let still = moves([rest[0], rest[1], (USDC, unpriced, unmoved(&unpriced))]);
	assert!(still.largest() < ppm(1));
	let listed = moves([rest[0], rest[1], (USDC, unpriced, unmoved(&usdc()))]);
	assert_eq!(listed.largest(), Ratio::MAX);
	assert_eq!(listed.limit(file(&long(60_000)).class), 1);
	assert_eq!(Moves::default().limit(file(&long(60_000)).class), TOP);
}

#[test]
fn the_largest_move_is_that_of_the_worse_side() {
	assert_eq!(
		moved([100, 130, 100]).largest().raw() / 1_000_000,
		percent(30).raw() / 1_000_000
	);
	assert_eq!(
		moved([80, 105, 100]).largest().raw() / 1_000_000,
		percent(20).raw() / 1_000_000
	);
}

#[test]
fn what_an_asset_can_have_lost_is_exact_to_its_rounding() {
	let is = |ratio: Ratio, wanted: u32| {
		let wanted = ppm(wanted).raw();
		assert!(
			ratio.raw() >= wanted && ratio.raw() - wanted < 100,
			"{ratio} is not {wanted}"
		);
	};
	let mark = Mark {
		size_scale: Amount(1_000),
		..btc()
	};
	let quiet = unmoved(&mark);
	let written_off = mark.adverse(&Stand {
		deposit_index: percent(90),
		deposit_price: Price::from_fixed(45_000.into()),
		..quiet
	});
	is(written_off.deposit, 190_000);
	is(written_off.debt, 0);
	let grown = mark.adverse(&Stand {
		debt_index: percent(110),
		debt_price: Price::from_fixed(60_000.into()),
		..quiet
	});
	// Large debts may have come from below the scale to the top: from 4 % * (1 + 4 / 1.1) = 18.54545 % to 20 %.
	is(grown.debt, 320_000 + 1_320);
	is(grown.large_debt, 339_200);
	// From 4 % to 5 %, or with a quarter of the scale from 5 % to 5 % * 1.5; a large leg from 4 % * (1 + 1.5) to 20 %.
	let tightened = mark.adverse(&Stand {
		maintenance: percent(5),
		size_scale: Amount(500),
		..quiet
	});
	is(tightened.debt, 25_000);
	is(tightened.deposit, 31_250);
	is(tightened.large_debt, 100_000);
	let loosened = mark.adverse(&Stand {
		maintenance: percent(3),
		size_scale: OFF,
		..quiet
	});
	is(loosened.large_debt, 0);
	// The scale was off when the generation began.
	let scaled = btc().adverse(&quiet);
	is(scaled.debt, 160_000);
	is(scaled.large_deposit, 200_000);
}
