//! What is told while a command works.

use std::{
	io::{stderr, IsTerminal, Write},
	time::{Duration, Instant},
};

/// Work shorter than this is not told of, unless somebody watches.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two words.
const PAUSE: Duration = Duration::from_millis(200);

/// Tells on the standard error how far work is: on a terminal at once and in one line, else after a second and for each
/// tenth.
pub struct Progress {
	what: String,
	began: Instant,
	told: Option<Instant>,
	tenth: u64,
	terminal: bool,
}

impl Progress {
	/// Of work that is named by `what`.
	pub fn new(what: impl Into<String>) -> Self {
		Self {
			what: what.into(),
			began: Instant::now(),
			told: None,
			tenth: 0,
			terminal: stderr().is_terminal(),
		}
	}

	/// So much of it is done.
	pub fn at(&mut self, done: usize, all: usize) {
		let percent = (done * 100).checked_div(all).unwrap_or(100);
		if self.terminal {
			if self.told.is_none_or(|told| told.elapsed() >= PAUSE) {
				self.told = Some(Instant::now());
				eprint!("\r{}: {percent} %", self.what);
				// A terminal that cannot be written to is no reason to stop.
				let _ = stderr().flush();
			}
			return;
		}
		let tenth = percent as u64 / 10;
		if self.began.elapsed() >= PATIENCE && (self.told.is_none() || tenth > self.tenth) {
			self.told = Some(Instant::now());
			self.tenth = tenth;
			eprintln!("{}: {percent} %", self.what);
		}
	}
}

impl Drop for Progress {
	fn drop(&mut self) {
		if self.terminal && self.told.is_some() {
			// Clears the line.
			eprint!("\r\x1b[K");
		}
	}
}
