//! The picture of an evaluation: for each asset its price, its margin, and where bars went beyond it.

use crate::{
	compare::{AssetReport, Report},
	days::{self, day},
	metrics::{shortfall::breaches, track::Bar, Track, COST},
	svg::{Anchor, Drawing},
};

const WIDTH: f64 = 1_280.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = WIDTH - 40.0;
const TOP: f64 = 70.0;
const PRICE_HEIGHT: f64 = 170.0;
const MARGIN_HEIGHT: f64 = 190.0;
const SPACE: f64 = 54.0;
const ASSET_HEIGHT: f64 = PRICE_HEIGHT + MARGIN_HEIGHT + 2.0 * SPACE;

const INK: &str = "#1f2937";
const QUIET: &str = "#6b7280";
const GRID: &str = "#e5e7eb";
const PRICE: &str = "#d97706";
const MARGIN: &str = "#0369a1";
const BREACH: &str = "#be123c";

const SMALL: &str = r##"fill="#6b7280" font-size="12""##;
const BOLD: &str = r#"font-weight="bold""#;

/// Where values stand on a panel: linear, or by their logarithm.
struct Scale {
	least: f64,
	most: f64,
	bottom: f64,
	top: f64,
	logarithmic: bool,
}

impl Scale {
	fn y(&self, value: f64) -> f64 {
		let shape = |value: f64| if self.logarithmic { value.ln() } else { value };
		let part = (shape(value) - shape(self.least)) / (shape(self.most) - shape(self.least));
		self.bottom + part.clamp(0.0, 1.0) * (self.top - self.bottom)
	}
}

/// Draws the judged bars of all tracks.
pub fn draw(tracks: &[Track], report: &Report) -> String {
	let height = TOP + ASSET_HEIGHT * tracks.len() as f64;
	let mut drawing = Drawing::new(WIDTH, height);
	drawing.text(
		(LEFT, 30.0),
		"Price, maintenance margin, and bars beyond it",
		Anchor::Start,
		r#"font-size="20" font-weight="bold""#,
	);
	let words = format!(
		"Red: by how much the next bar's high or low, and {:.1} % of cost, went beyond the margin. Broken: a static margin \
		 of the same average.",
		COST * 100.0
	);
	drawing.text((LEFT, 50.0), &words, Anchor::Start, &format!(r#"fill="{QUIET}""#));
	for ((track, report), place) in tracks.iter().zip(&report.assets).zip(0..) {
		asset(&mut drawing, track, report, TOP + ASSET_HEIGHT * f64::from(place));
	}
	drawing.finish(INK)
}

fn asset(drawing: &mut Drawing, track: &Track, report: &AssetReport, top: f64) {
	let bars = &track.bars[track.judged.clone()];
	let (first, last) = (report.first as f64, report.last as f64);
	let length = (last - first).max(1.0);
	let x = move |time: u64| LEFT + (time as f64 - first) / length * (RIGHT - LEFT);
	let price_top = top + SPACE / 2.0;
	let margin_top = price_top + PRICE_HEIGHT + SPACE;
	dates(drawing, report, &x, price_top, margin_top + MARGIN_HEIGHT);
	prices(drawing, track, bars, &x, price_top);
	margins(drawing, track, report, &x, margin_top);
}

/// First days of months or of years, whatever leaves room.
fn dates(drawing: &mut Drawing, report: &AssetReport, x: &dyn Fn(u64) -> f64, top: f64, bottom: f64) {
	let months = (report.last.saturating_sub(report.first)) / (30 * days::DAY);
	let every = match months {
		0..=18 => 1,
		19..=60 => 3,
		_ => 12,
	};
	let mut last = String::new();
	let mut time = report.first - report.first % days::DAY;
	while time <= report.last {
		let date = day(time);
		let month: u32 = date.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
		let name = date.get(..7).unwrap_or_default();
		if (month - 1).is_multiple_of(every) && date.ends_with("-01") && name != last && time >= report.first {
			drawing.line((x(time), top), (x(time), bottom), GRID, false);
			drawing.text((x(time), bottom + 15.0), name, Anchor::Middle, SMALL);
			last = name.into();
		}
		time += days::DAY;
	}
}

fn prices(drawing: &mut Drawing, track: &Track, bars: &[Bar], x: &dyn Fn(u64) -> f64, top: f64) {
	let least = bars.iter().map(|bar| bar.low).fold(f64::INFINITY, f64::min);
	let most = bars.iter().map(|bar| bar.high).fold(0.0, f64::max);
	let scale = Scale {
		least,
		most: most.max(least * 1.000_1),
		bottom: top + PRICE_HEIGHT,
		top,
		logarithmic: true,
	};
	drawing.text(
		(LEFT, top - 8.0),
		&format!("{} in dollars", track.asset),
		Anchor::Start,
		BOLD,
	);
	for value in marks(scale.least, scale.most) {
		drawing.line((LEFT, scale.y(value)), (RIGHT, scale.y(value)), GRID, false);
		drawing.text(
			(LEFT - 8.0, scale.y(value) + 4.0),
			&significant(value),
			Anchor::End,
			SMALL,
		);
	}
	let strokes: Vec<_> = by_pixel(bars.iter().map(|bar| (x(bar.time), bar.low, bar.high)))
		.into_iter()
		.map(|(x, low, high)| (x, scale.y(low) + 0.5, scale.y(high) - 0.5))
		.collect();
	drawing.bars(&strokes, PRICE, false);
}

fn margins(drawing: &mut Drawing, track: &Track, report: &AssetReport, x: &dyn Fn(u64) -> f64, top: f64) {
	let margins = track.judged_margins();
	let beyond = breaches(track);
	let most = margins.iter().copied().fold(0.0, f64::max);
	// What goes far beyond is cut off: the margin is to be seen.
	let scale = Scale {
		least: 0.0,
		most: most * 1.6,
		bottom: top + MARGIN_HEIGHT,
		top,
		logarithmic: false,
	};
	let average = report.comparison.as_given.average;
	let title = format!(
		"maintenance margin, {:.2} % on average; bars beyond it: {}",
		average * 100.0,
		beyond.len()
	);
	drawing.text((LEFT, top - 8.0), &title, Anchor::Start, BOLD);
	let step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
		.into_iter()
		.find(|step| scale.most / step <= 7.0)
		.unwrap_or(0.5);
	for mark in (0..8)
		.map(|mark| f64::from(mark) * step)
		.filter(|mark| *mark <= scale.most)
	{
		drawing.line((LEFT, scale.y(mark)), (RIGHT, scale.y(mark)), GRID, false);
		let label = format!("{} %", significant(mark * 100.0));
		drawing.text((LEFT - 8.0, scale.y(mark) + 4.0), &label, Anchor::End, SMALL);
	}
	drawing.line((LEFT, scale.y(average)), (RIGHT, scale.y(average)), QUIET, true);
	let bars = &track.bars[track.judged.clone()];
	let points = bars
		.iter()
		.zip(margins)
		.map(|(bar, margin)| (x(bar.time), *margin, *margin));
	let line: Vec<_> = by_pixel(points)
		.into_iter()
		.flat_map(|(x, low, high)| [(x, scale.y(low)), (x, scale.y(high))])
		.collect();
	drawing.polyline(&line, MARGIN);
	let strokes: Vec<_> = beyond
		.iter()
		.filter_map(|breach| {
			let behind = track.bars.partition_point(|bar| bar.time < breach.time);
			let margin = track.margins.get(behind.checked_sub(1)?)?;
			Some((
				x(breach.time).min(RIGHT),
				scale.y(*margin),
				scale.y(margin + breach.excess),
			))
		})
		.collect();
	drawing.bars(&strokes, BREACH, true);
}

/// Round prices within a range that spans more than they do, else its ends.
fn marks(least: f64, most: f64) -> Vec<f64> {
	let first = least.log10().floor() as i32;
	let last = most.log10().ceil() as i32;
	let round: Vec<f64> = (first..=last)
		.flat_map(|power| [1.0, 1.5, 2.0, 3.0, 5.0, 7.0].map(|figure| figure * 10f64.powi(power)))
		.filter(|value| (least..=most).contains(value))
		.collect();
	// Over several powers of ten these are enough.
	let tens: Vec<f64> = round
		.iter()
		.copied()
		.filter(|value| value.log10().fract() == 0.0)
		.collect();
	match (tens.len(), round.len()) {
		(3.., _) => tens,
		(_, 2..) => round,
		_ => vec![least, most],
	}
}

/// The least and the most of what falls on one pixel.
fn by_pixel(values: impl Iterator<Item = (f64, f64, f64)>) -> Vec<(f64, f64, f64)> {
	let mut pixels: Vec<(f64, f64, f64)> = Vec::new();
	for (x, low, high) in values {
		match pixels.last_mut() {
			Some(last) if last.0 == x.round() => {
				last.1 = last.1.min(low);
				last.2 = last.2.max(high);
			},
			_ => pixels.push((x.round(), low, high)),
		}
	}
	pixels
}

/// A number with three figures or all before the point.
fn significant(value: f64) -> String {
	if value == 0.0 {
		return "0".into();
	}
	let decimals = (2 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
	let text = format!("{value:.decimals$}");
	if text.contains('.') {
		return text.trim_end_matches('0').trim_end_matches('.').into();
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_number_is_shown_with_three_figures() {
		assert_eq!(significant(68_999.4), "68999");
		assert_eq!(significant(0.012_34), "0.0123");
		assert_eq!(significant(5.0), "5");
		assert_eq!(significant(0.0), "0");
	}

	#[test]
	fn prices_are_marked_at_round_values() {
		assert_eq!(marks(15_476.0, 68_979.0), [20_000.0, 30_000.0, 50_000.0]);
		assert_eq!(marks(0.9, 1_200.0), [1.0, 10.0, 100.0, 1_000.0]);
		assert_eq!(marks(101.0, 102.0), [101.0, 102.0]);
	}

	#[test]
	fn what_falls_on_one_pixel_is_one_stroke() {
		let pixels = by_pixel([(1.1, 5.0, 6.0), (1.2, 4.0, 5.0), (2.0, 7.0, 7.0)].into_iter());
		assert_eq!(pixels, [(1.0, 4.0, 6.0), (2.0, 7.0, 7.0)]);
	}
}
