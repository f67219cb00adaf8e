//! Candle time: runs faster than the wall's, can be paused, moved, and turned round at the end.

use crate::fixed::Fixed;
use std::time::Duration;

/// Where the replay stands. Wall time is the time since the server began; candle time is in milliseconds since the
/// first candle opened.
#[derive(Clone, Debug)]
pub struct Clock {
	length: u64,
	repeat: bool,
	speed: Fixed,
	paused: bool,
	/// Candle time at `since`.
	anchor: u64,
	/// Wall time at which the clock was last set.
	since: Duration,
}

impl Clock {
	/// A clock at the first candle. With `repeat` the replay turns round at both ends and never jumps; without, it
	/// stays at the end.
	pub fn new(length: u64, speed: Fixed, paused: bool, repeat: bool) -> Self {
		Self {
			length,
			repeat,
			speed,
			paused,
			anchor: 0,
			since: Duration::ZERO,
		}
	}

	/// Candle time at a wall time.
	pub fn moment(&self, now: Duration) -> u64 {
		let run = self.run(now);
		if !self.repeat {
			return run.min(self.length);
		}
		let round = run % (2 * self.length);
		round.min(2 * self.length - round)
	}

	/// Whether the replay has reached its end and stays there.
	pub fn done(&self, now: Duration) -> bool {
		!self.repeat && self.run(now) >= self.length
	}

	/// Candle seconds in a second.
	pub fn speed(&self) -> Fixed {
		self.speed
	}

	/// Whether candle time stands still.
	pub fn paused(&self) -> bool {
		self.paused
	}

	/// Changes the speed from now on.
	pub fn set_speed(&mut self, now: Duration, speed: Fixed) {
		self.settle(now);
		self.speed = speed;
	}

	/// Stops or goes on.
	pub fn set_paused(&mut self, now: Duration, paused: bool) {
		self.settle(now);
		self.paused = paused;
	}

	/// Moves to a candle time. Past the end means the end.
	pub fn seek(&mut self, now: Duration, moment: u64) {
		self.since = now;
		self.anchor = moment.min(self.length);
	}

	fn settle(&mut self, now: Duration) {
		self.anchor = self.run(now);
		self.since = now;
	}

	/// Candle time that has run, not folded at the ends.
	fn run(&self, now: Duration) -> u64 {
		if self.paused {
			return self.anchor;
		}
		let wall = now.saturating_sub(self.since).as_micros();
		let candle = wall.saturating_mul(self.speed.raw()) / (Fixed::ONE.raw() * 1_000);
		self.anchor.saturating_add(u64::try_from(candle).unwrap_or(u64::MAX))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const LENGTH: u64 = 1_000_000;

	fn seconds(n: u64) -> Duration {
		Duration::from_secs(n)
	}

	fn clock() -> Clock {
		Clock::new(LENGTH, Fixed::whole(432), false, false)
	}

	#[test]
	fn candle_time_runs_at_its_speed() {
		assert_eq!(clock().moment(seconds(1)), 432_000);
		assert_eq!(clock().moment(Duration::from_millis(5)), 2_160);
	}

	#[test]
	fn a_speed_below_one_slows_down() {
		let slow = Clock::new(LENGTH, "0.5".parse().unwrap(), false, false);
		assert_eq!(slow.moment(seconds(3)), 1_500);
	}

	#[test]
	fn a_change_of_speed_does_not_jump() {
		let mut clock = clock();
		clock.set_speed(seconds(1), Fixed::ONE);
		assert_eq!(clock.moment(seconds(1)), 432_000);
		assert_eq!(clock.moment(seconds(2)), 433_000);
	}

	#[test]
	fn a_pause_stands_still_and_goes_on_where_it_stood() {
		let mut clock = clock();
		clock.set_paused(seconds(1), true);
		assert_eq!(clock.moment(seconds(100)), 432_000);
		clock.set_paused(seconds(100), false);
		assert_eq!(clock.moment(seconds(101)), 864_000);
	}

	#[test]
	fn a_seek_moves_and_the_time_goes_on_from_there() {
		let mut clock = clock();
		clock.seek(seconds(2), 10);
		assert_eq!(clock.moment(seconds(3)), 432_010);
		clock.seek(seconds(3), 5 * LENGTH);
		assert!(clock.done(seconds(3)));
	}

	#[test]
	fn the_end_is_the_end() {
		assert!(!clock().done(seconds(2)));
		assert_eq!(clock().moment(seconds(3)), LENGTH);
		assert!(clock().done(seconds(3)));
	}

	#[test]
	fn a_repeat_turns_round_at_both_ends() {
		let clock = Clock::new(10_000, Fixed::ONE, false, true);
		let at = |wall| clock.moment(seconds(wall));
		assert_eq!(
			[at(9), at(10), at(11), at(19), at(20), at(21)],
			[9_000, 10_000, 9_000, 1_000, 0, 1_000]
		);
		assert!(!clock.done(seconds(15)));
	}
}
