//! How much and how fast margins moved.

use super::Track;
use serde::Serialize;
use std::collections::VecDeque;

/// Hours of the window for peak over trough: 30 days.
const WINDOW: f64 = 720.0;

/// How much and how fast an asset's margins moved. `None` where there are too few bars to tell.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cyclicality {
	/// 99th over 1st percentile.
	pub high_over_low: f64,
	/// Median of the largest over the smallest margin, over all windows of 30 days.
	pub peak_over_trough: Option<f64>,
	/// Largest rise in an hour, as a fraction.
	pub hour_rise: Option<f64>,
	/// Largest rise in a day, as a fraction.
	pub day_rise: Option<f64>,
}

impl Cyclicality {
	/// Of the judged bars' margins.
	pub fn of(track: &Track) -> Self {
		let margins = track.judged_margins();
		let bars = |hours: f64| (hours / track.hours).round().max(1.0) as usize;
		Self {
			high_over_low: percentile(margins, 0.99) / percentile(margins, 0.01),
			peak_over_trough: peak_over_trough(margins, bars(WINDOW)),
			hour_rise: largest_rise(margins, bars(1.0)),
			day_rise: largest_rise(margins, bars(24.0)),
		}
	}
}

/// The percentile `part`, between neighbours in proportion; zero of nothing.
fn percentile(values: &[f64], part: f64) -> f64 {
	let mut sorted = values.to_vec();
	sorted.sort_unstable_by(f64::total_cmp);
	let Some(last) = sorted.len().checked_sub(1) else {
		return 0.0;
	};
	let place = part * last as f64;
	let below = place.floor() as usize;
	let above = (below + 1).min(last);
	sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

fn largest_rise(margins: &[f64], bars: usize) -> Option<f64> {
	let later = margins.get(bars..)?;
	later
		.iter()
		.zip(margins)
		.map(|(later, earlier)| later / earlier - 1.0)
		.reduce(f64::max)
}

fn peak_over_trough(margins: &[f64], window: usize) -> Option<f64> {
	let peaks = extremes(margins, window, |new, old| new >= old);
	let troughs = extremes(margins, window, |new, old| new <= old);
	let ratios: Vec<f64> = peaks.iter().zip(&troughs).map(|(peak, trough)| peak / trough).collect();
	(!ratios.is_empty()).then(|| percentile(&ratios, 0.5))
}

/// The extreme of each window, where `beats` tells whether a newer value makes an older one pointless.
fn extremes(values: &[f64], window: usize, beats: impl Fn(f64, f64) -> bool) -> Vec<f64> {
	let mut candidates = VecDeque::<usize>::new();
	let mut found = Vec::new();
	for (place, value) in values.iter().enumerate() {
		while candidates.back().is_some_and(|last| beats(*value, values[*last])) {
			candidates.pop_back();
		}
		candidates.push_back(place);
		if candidates.front().is_some_and(|first| first + window <= place) {
			candidates.pop_front();
		}
		if place + 1 >= window {
			found.extend(candidates.front().map(|first| values[*first]));
		}
	}
	found
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_percentile_lies_between_its_neighbours() {
		assert_eq!(percentile(&[3.0, 1.0, 2.0], 0.5), 2.0);
		assert_eq!(percentile(&[4.0, 1.0, 2.0, 3.0], 0.5), 2.5);
		assert_eq!(percentile(&[0.0, 10.0], 0.99), 9.9);
	}

	#[test]
	fn a_rise_is_the_largest_over_so_many_bars() {
		assert_eq!(largest_rise(&[1.0, 2.0, 1.0, 1.5], 1), Some(1.0));
		assert_eq!(largest_rise(&[1.0, 2.0, 1.0, 1.5], 2), Some(0.0));
		assert_eq!(largest_rise(&[1.0], 1), None);
	}

	#[test]
	fn peak_over_trough_is_the_median_of_all_windows() {
		// Windows of two: 2, 2, 4.
		assert_eq!(peak_over_trough(&[1.0, 2.0, 4.0, 1.0], 2), Some(2.0));
		assert_eq!(peak_over_trough(&[1.0, 2.0], 3), None);
	}
}
