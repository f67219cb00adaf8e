//! Random books, made-up assets, and what is counted of them.

use super::{
	books::{Draws, Kind},
	findings::Tally,
	made_up,
	study::{together, Study},
};
use crate::{
	candles::{Candle, Series},
	days::Span,
	metrics::track::dollars,
};
use margin_math::Price;
use margin_risk::volatility::VolatilityMargin;

const HOUR: u64 = 3_600;

/// Hourly candles whose closes are these dollars, and whose ranges are no wider than they must be.
fn series(asset: &str, closes: &[f64]) -> Series {
	let price = |dollars: f64| Price::from_raw((dollars * 1e18) as u128);
	let mut open = closes[0];
	let mut candles = Vec::new();
	for (hour, close) in closes.iter().enumerate() {
		candles.push(Candle {
			time: hour as u64 * HOUR,
			open: price(open),
			high: price(open.max(*close)),
			low: price(open.min(*close)),
			close: price(*close),
		});
		open = *close;
	}
	Series {
		asset: asset.into(),
		file: "a.csv".into(),
		length: HOUR,
		candles,
	}
}

/// A price that goes its own way.
fn wandering(asset: &str, seed: u64, hours: usize) -> Series {
	let mut draws = Draws::new(seed);
	let mut price = 100.0;
	let closes: Vec<f64> = (0..hours)
		.map(|_| {
			price *= (0.005 * draws.normal()).exp();
			price
		})
		.collect();
	series(asset, &closes)
}

fn returns(series: &Series) -> Vec<f64> {
	let log = |candle: &Candle| (dollars(candle.close) / dollars(candle.open)).ln();
	series.candles.iter().map(log).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
	let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
	let (ma, mb) = (mean(a), mean(b));
	let product =
		|x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum() };
	product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt()
}

#[test]
fn draws_are_normal_and_the_same_for_the_same_seed() {
	let draw = |seed| {
		let mut draws = Draws::new(seed);
		(0..20_000).map(|_| draws.normal()).collect::<Vec<_>>()
	};
	let drawn = draw(3);
	assert_eq!(drawn, draw(3));
	assert_ne!(drawn, draw(4));
	let mean = drawn.iter().sum::<f64>() / 20_000.0;
	let variance = drawn.iter().map(|x| x * x).sum::<f64>() / 20_000.0;
	assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
	let beyond_two = drawn.iter().filter(|x| x.abs() > 2.0).count() as f64 / 20_000.0;
	assert!((beyond_two - 0.0455).abs() < 0.006, "{beyond_two}");
}

#[test]
fn a_kind_of_books_is_what_its_name_says() {
	for book in Kind::Hedged.books(4, 50, 1) {
		assert!(book.iter().sum::<f64>().abs() < 1e-9 && book.iter().any(|value| value.abs() > 0.1));
	}
	for book in Kind::Pair.books(4, 50, 1) {
		assert_eq!(book.iter().filter(|value| **value != 0.0).count(), 2);
	}
	for book in Kind::Uniform.books(4, 50, 1) {
		assert!(book.iter().all(|value| value.abs() <= 1.0));
	}
	assert_ne!(Kind::Normal.books(4, 5, 1), Kind::Normal.books(4, 5, 2));
	assert_ne!(Kind::Normal.books(4, 5, 1), Kind::Hedged.books(4, 5, 1));
}

#[test]
fn made_up_candles_enclose_their_prices_and_follow_each_other() {
	let given = [wandering("A", 1, 600), wandering("B", 2, 600)];
	for construction in made_up::ALL {
		for made in construction.make([&given[0], &given[1]], 1) {
			assert_eq!(made.candles.len(), 600);
			for (candle, like) in made.candles.iter().zip(&given[0].candles) {
				assert_eq!(candle.time, like.time);
				assert!(candle.low <= candle.open.min(candle.close) && candle.high >= candle.open.max(candle.close));
			}
			let follow = |pair: &[Candle]| (dollars(pair[1].open) / dollars(pair[0].close) - 1.0).abs() < 1e-12;
			assert!(made.candles.windows(2).all(follow), "{}", construction.name);
		}
	}
}

#[test]
fn made_up_assets_move_with_the_given_ones_as_far_as_their_construction_says() {
	let given = [wandering("A", 1, 3_000), wandering("B", 2, 3_000)];
	let [a, b] = [&given[0], &given[1]].map(returns);
	let made = |name: &str| {
		let construction = made_up::ALL.iter().find(|construction| construction.name == name);
		let made = construction.unwrap().make([&given[0], &given[1]], 1);
		[&made[0], &made[1]].map(returns)
	};
	let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 0.06, "{found} is not {wanted}");
	let [c, d] = made("mixed");
	near(correlation(&c, &b), 0.8 / (0.09f64 + 0.64 + 0.36).sqrt());
	near(correlation(&d, &a), 0.6 * 5.0 / (9.0f64 + 2.25 + 16.0).sqrt());
	let [c, d] = made("apart");
	near(correlation(&c, &b), 0.0);
	near(correlation(&d, &a), 0.0);
	assert!((c[0] - b[3_000 / 4]).abs() < 1e-9, "another time of the second asset");
	let [_, late] = made("lagging");
	near(correlation(&late, &b), 0.0);
	near(
		correlation(&late[1..], &b[..2_999]),
		0.3 * 5.0 / (9.0f64 + 2.25 + 16.0).sqrt(),
	);
	assert_eq!(made("jumps"), made("jumps"));
}

#[test]
fn breaches_and_savings_are_counted_by_hand() {
	let mut tally = Tally::default();
	// Required 60 of 100: a loss of 60 is borne, one above is a breach, and one above 100 is so for the sum as well.
	for loss in [-5.0, 60.0, 60.1, 100.1] {
		tally.add(60.0, 100.0, loss);
	}
	assert_eq!((tally.breach_percent(), tally.breach_percent_of_sum()), (50.0, 25.0));
	assert!((tally.saving_percent() - 40.0).abs() < 1e-9);
	let both = tally.and(tally);
	assert_eq!((both.judged, both.breaches, both.breaches_of_sum), (8, 4, 2));
}

#[test]
fn a_book_breaches_when_it_is_long_of_what_falls_by_more_than_its_margin() {
	let quiet = vec![100.0; 41];
	let mut fall = quiet.clone();
	fall[40] = 50.0;
	let records = [VolatilityMargin::BTC, VolatilityMargin::ETH];
	let judged = |a: &[f64]| {
		let all = [series("A", a), series("B", &quiet)];
		let study = Study::new(&all, &records, Span::default());
		study.judge(30, 1, &mut |_, _| {}).unwrap()
	};
	let long_of_a = |kind: Kind| {
		let books = kind.books(2, 30, 1);
		// A falls by half, and no margin of B is above a fifth.
		books
			.iter()
			.filter(|book| book[0] > 0.0 && 0.3 * book[0] > 0.2 * book[1].abs())
			.count() as u64
	};
	for (kind, (fallen, calm)) in Kind::ALL.into_iter().zip(judged(&fall).into_iter().zip(judged(&quiet))) {
		assert_eq!(fallen.kind, kind.to_string());
		let (tally, calm) = (fallen.years["1970"], calm.all);
		assert_eq!((tally.judged, calm.breaches), (30 * 40, 0));
		assert!(
			tally.breaches >= long_of_a(kind) && tally.breaches < 30,
			"{kind}: {}",
			tally.breaches
		);
		assert!(long_of_a(kind) > 3);
	}
}

#[test]
fn only_bars_that_follow_each_other_and_that_all_assets_have_are_judged() {
	let mut all = [wandering("A", 1, 50), wandering("B", 2, 50)];
	all[0].candles.remove(20);
	all[1].candles.truncate(40);
	let both = together(&all).unwrap();
	assert_eq!([both[0].candles.len(), both[1].candles.len()], [39; 2]);
	assert!(both[0].candles.iter().all(|candle| candle.time != 20 * HOUR));
	let records = [VolatilityMargin::BTC; 2];
	let judged = Study::new(&both, &records, Span::default()).judge(1, 1, &mut |_, _| {});
	// 39 bars have 38 neighbours, of which one is two hours away.
	assert_eq!(judged.unwrap()[0].years["1970"].judged, 37);
	all[1].candles.truncate(1);
	assert!(together(&all).is_err());
	let later = Span {
		from: Some(1_000 * HOUR),
		until: None,
	};
	assert!(Study::new(&both, &records, later).judge(1, 1, &mut |_, _| {}).is_err());
}
