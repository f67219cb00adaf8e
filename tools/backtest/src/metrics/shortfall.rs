//! By how much the next bar went beyond the margin.

use super::{Track, COST};

/// Milli-bps in one: 10^-7 each.
const MILLI_BPS: f64 = 1e7;

/// Excess over the margin, summed up.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Shortfall {
	sum: f64,
	terms: usize,
}

/// A bar that went beyond the margin.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Breach {
	/// Opening of the bar that did.
	pub time: u64,
	/// By how much, as a fraction of the price before it.
	pub excess: f64,
}

impl Shortfall {
	/// For each judged bar `t` with a bar after it, and for a long and a short:
	///
	/// ```text
	/// long   (1 - low_{t+1} / close_t + 0.5 % - m_t)+
	/// short  (high_{t+1} / close_t - 1 + 0.5 % - m_t)+
	/// ```
	///
	/// "The bar after it" is the next one in the file, whatever the time between them: a gap is one long bar.
	pub fn of(track: &Track) -> Self {
		let mut shortfall = Self::default();
		for [long, short] in excesses(track).map(|(_, sides)| sides) {
			shortfall.sum += long + short;
			shortfall.terms += 2;
		}
		shortfall
	}

	/// Both together.
	#[must_use]
	pub fn and(self, other: Self) -> Self {
		Self {
			sum: self.sum + other.sum,
			terms: self.terms + other.terms,
		}
	}

	/// The mean in milli-bps; zero without a bar.
	pub fn milli_bps(&self) -> f64 {
		if self.terms == 0 {
			return 0.0;
		}
		self.sum / self.terms as f64 * MILLI_BPS
	}
}

/// The bars that went beyond the margin, on either side.
pub fn breaches(track: &Track) -> Vec<Breach> {
	excesses(track)
		.map(|(time, [long, short])| Breach {
			time,
			excess: long.max(short),
		})
		.filter(|breach| breach.excess > 0.0)
		.collect()
}

fn excesses(track: &Track) -> impl Iterator<Item = (u64, [f64; 2])> + '_ {
	track.judged.clone().filter_map(|place| {
		let (bar, next) = (track.bars.get(place)?, track.bars.get(place + 1)?);
		let margin = track.margins.get(place)?;
		let long = 1.0 - next.low / bar.close + COST - margin;
		let short = next.high / bar.close - 1.0 + COST - margin;
		Some((next.time, [long.max(0.0), short.max(0.0)]))
	})
}
