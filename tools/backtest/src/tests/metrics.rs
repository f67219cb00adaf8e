use super::{track::Bar, *};
use crate::metrics::shortfall::breaches;

/// Hourly bars with one margin each, all judged.
fn track(bars: &[[f64; 4]], margins: &[f64]) -> Track {
	let bars: Vec<Bar> = bars
		.iter()
		.zip(0..)
		.map(|([open, high, low, close], hour)| Bar {
			time: hour * 3_600,
			open: *open,
			high: *high,
			low: *low,
			close: *close,
		})
		.collect();
	Track {
		asset: "BTC".into(),
		judged: 0..bars.len(),
		margins: margins.to_vec(),
		bars,
		hours: 1.0,
	}
}

const FLAT: [f64; 4] = [100.0; 4];

fn near(found: f64, expected: f64) {
	assert!(
		(found - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
		"{found} is not {expected}"
	);
}

#[test]
fn shortfall_is_what_the_next_bar_takes_beyond_the_margin() {
	let track = track(&[FLAT, [100.0, 102.0, 92.0, 95.0], FLAT], &[0.05, 0.08, 0.05]);
	// Of the first: long 8 % + 0.5 % - 5 %, short 2 % + 0.5 % - 5 % < 0. Of the second: long below zero, short
	// 100/95 - 1 + 0.5 % - 8 % < 0. Four terms.
	near(Shortfall::of(&track).milli_bps(), 0.035 / 4.0 * 1e7);
	let breaches = breaches(&track);
	assert_eq!(breaches.len(), 1);
	assert_eq!(breaches[0].time, 3_600);
	near(breaches[0].excess, 0.035);
}

#[test]
fn a_single_bar_has_no_shortfall_and_no_positions() {
	let track = track(&[FLAT], &[0.05]);
	assert_eq!(Shortfall::of(&track).milli_bps(), 0.0);
	assert_eq!(Positions::of(&track), Positions::default());
	assert_eq!(Positions::default().liquidated_share(), 0.0);
	assert_eq!(Positions::default().dollars_per_million_year(), 0.0);
}

#[test]
fn a_quiet_market_liquidates_nobody() {
	let positions = Positions::of(&track(&[FLAT; 3], &[0.05; 3]));
	assert_eq!(positions.opened, 4.0);
	assert_eq!(positions.liquidated, 0.0);
	assert_eq!(positions.bad_debt, 0.0);
	// Two of two hours and two of one; the second hour counts e^(-1/24).
	near(positions.exposure, 4.0 + 2.0 * (-1.0f64 / 24.0).exp());
}

#[test]
fn a_liquidation_ends_one_path_point_later_at_the_worse_price() {
	// The long (equity 10 %, margin 5 %) is below its margin at the low of 85, since 10 % - 15 % < 5 % of 85 %. The bar
	// falls, so the close comes next, at 80: 10 % - 20 % - 0.5 % = -10.5 %. The short gains.
	let positions = Positions::of(&track(&[FLAT, [100.0, 100.0, 79.0, 80.0]], &[0.05; 2]));
	assert_eq!(positions.opened, 2.0);
	assert_eq!(positions.liquidated, 1.0);
	assert_eq!(positions.exposure, 2.0);
	// Worse of 79, where it was triggered, and 80.
	near(positions.bad_debt, 0.115);
	near(positions.liquidated_share(), 0.5);
	near(positions.dollars_per_million_year(), 0.115 / 2.0 * 8_760.0 * 1e6);
}

#[test]
fn a_rising_bar_goes_through_its_low_first() {
	// Low, then high: the long is triggered at 85 and ends at the worse of 85 and 110.
	let track = track(&[FLAT, [100.0, 110.0, 85.0, 105.0]], &[0.05; 2]);
	let positions = Positions::of(&track);
	assert_eq!(positions.liquidated, 2.0);
	// Long: 10 % - 15 % - 0.5 %. Short: triggered at 110, since 0 < 5.5 %; ends there: 10 % - 10 % - 0.5 %.
	near(positions.bad_debt, 0.055 + 0.005);
}

#[test]
fn a_trigger_at_the_close_ends_at_the_next_open() {
	let track = track(
		&[FLAT, [100.0, 100.0, 93.0, 93.0], [90.0, 90.0, 80.0, 80.0]],
		&[0.05, 0.05, 0.05],
	);
	let second = (-1.0f64 / 24.0).exp();
	let mut first = track.clone();
	first.judged = 0..1;
	let positions = Positions::of(&first);
	// 93 is the low and the close of a falling bar: triggered at the low (10 % - 7 % < 4.65 %), ends at the close.
	assert_eq!(positions.liquidated, 1.0);
	assert_eq!(positions.bad_debt, 0.0);
	near(positions.exposure, 2.0 + second);
	// A bar that rises from a low of 95.5 to a close of 104: the short is triggered at neither (10 % - 4 % > 5.2 %), and at
	// 105.5 in the next bar's open.
	let rising = [[99.0, 104.9, 99.0, 104.9], [112.0, 112.0, 112.0, 112.0]];
	let mut bars = vec![FLAT];
	bars.extend(rising);
	let mut late = self::track(&bars, &[0.05; 3]);
	late.judged = 0..1;
	let positions = Positions::of(&late);
	// Short: 10 % - 4.9 % < 5 % of 104.9 % at the high; ends at the close, the same price.
	assert_eq!(positions.liquidated, 1.0);
	near(positions.exposure, 2.0 + second);
}

#[test]
fn the_last_path_point_of_a_bar_triggers_into_the_next_bar() {
	// The close is the highest price: the short is triggered there and ends at the next open, whose hour counts too.
	let mut track = track(
		&[FLAT, [100.0, 106.0, 100.0, 106.0], [115.0, 115.0, 115.0, 115.0]],
		&[0.05; 3],
	);
	track.judged = 0..1;
	// Low first (rises): open 100, low 100, high 106: triggered at the high, ends at the close: no loss beyond equity.
	let positions = Positions::of(&track);
	assert_eq!(positions.bad_debt, 0.0);
	// A falling bar ends at its low: high first, the low triggers, the close ends.
	track.bars[1] = Bar {
		time: 3_600,
		open: 106.0,
		high: 106.0,
		low: 94.0,
		close: 94.0,
	};
	track.bars[2] = Bar {
		time: 7_200,
		open: 80.0,
		high: 80.0,
		low: 80.0,
		close: 80.0,
	};
	// The short is triggered by the open of 106 and ends at the high of 106; the long by the low of 94 (10 % - 6 % < 4.7 %).
	let positions = Positions::of(&track);
	assert_eq!(positions.liquidated, 2.0);
	assert_eq!(positions.bad_debt, 0.0);
	assert_eq!(positions.exposure, 2.0);
}

#[test]
fn equity_is_ten_percent_or_twice_the_margin() {
	// At a margin of 8 % the equity is 16 %: a fall of 8 % leaves 8 %, above 8 % of 92 %.
	let calm = Positions::of(&track(&[FLAT, [100.0, 100.0, 92.0, 92.0]], &[0.08; 2]));
	assert_eq!(calm.liquidated, 0.0);
	let thin = Positions::of(&track(&[FLAT, [100.0, 100.0, 92.0, 92.0]], &[0.04; 2]));
	assert_eq!(thin.liquidated, 1.0);
}

#[test]
fn bars_of_two_hours_count_twice_and_live_half_as_long() {
	let mut slow = track(&[FLAT; 60], &[0.05; 60]);
	slow.hours = 2.0;
	slow.judged = 0..1;
	let positions = Positions::of(&slow);
	let expected: f64 = (0..48).map(|bar| 2.0 * (-2.0 * f64::from(bar) / 24.0).exp()).sum();
	near(positions.exposure, 2.0 * expected);
}

#[test]
fn short_bars_open_positions_by_the_hour() {
	let mut quick = track(&[FLAT; 25], &[0.05; 25]);
	quick.hours = 1.0 / 12.0;
	assert_eq!(Positions::of(&quick).opened, 2.0 * 2.0);
}

/// Two hundred bars of a generator that any language has.
fn dice() -> Vec<[f64; 4]> {
	let mut state = 12_345u64;
	let mut draw = || {
		state = (1_103_515_245 * state + 12_345) % (1 << 31);
		state / 65_536
	};
	let round = |price: f64| format!("{price:.4}").parse::<f64>().unwrap();
	let mut price = 100.0;
	(0..200)
		.map(|_| {
			let change = ((draw() % 2_001) as f64 - 1_000.0) / 1_000.0 * 0.12;
			let up = (draw() % 1_001) as f64 / 1_000.0 * 0.08;
			let down = (draw() % 1_001) as f64 / 1_000.0 * 0.08;
			let open: f64 = price;
			let close = round(open * (1.0 + change));
			price = close;
			[
				open,
				round(open.max(close) * (1.0 + up)),
				round(open.min(close) * (1.0 - down)),
				close,
			]
		})
		.collect()
}

fn assert_scores(track: &Track, average: f64, shortfall: f64, bad_debt: f64, liquidated: f64) {
	near(track::average(std::slice::from_ref(track)), average);
	near(Shortfall::of(track).milli_bps(), shortfall);
	let positions = Positions::of(track);
	near(positions.dollars_per_million_year(), bad_debt);
	near(positions.liquidated_share(), liquidated);
}

/// The expected figures are of a second implementation, in another language.
#[test]
fn the_figures_are_those_of_a_second_implementation() {
	let bars = dice();
	assert_eq!(bars[1], [105.496, 119.9349, 105.2512, 111.7878]);
	assert_eq!(bars[199], [16.0294, 17.7466, 16.0268, 17.5182]);
	let fixed = track(&bars, &[0.05; 200]);
	assert_scores(
		&fixed,
		0.05,
		303_977.547_896_577_2,
		26_384_457.983_743_6,
		0.890_592_218_917_868,
	);
	let margins: Vec<f64> = (0..200).map(|bar| 0.03 + 0.0002 * f64::from(bar)).collect();
	let moving = track(&bars, &margins);
	assert_scores(
		&moving,
		0.0499,
		310_451.479_424_995_9,
		19_633_666.684_120_044,
		0.856_638_370_597_473_7,
	);
	let scaled = moving.scaled(0.05 / 0.0499);
	assert_scores(
		&scaled,
		0.05,
		309_811.918_896_904_74,
		19_505_525.141_204_25,
		0.854_125_807_783_403_3,
	);
	let mut part = moving;
	part.judged = 20..120;
	assert_scores(
		&part,
		0.0439,
		357_955.303_821_930_55,
		24_917_563.157_768_2,
		0.865_910_190_702_085_1,
	);
}
