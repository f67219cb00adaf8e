//! A directory of its own for each test, candles in it, and the command.

use std::{
	fs,
	path::PathBuf,
	process::{Command, Output},
};
use tempfile::TempDir;

/// 1 January 2021, 00:00 UTC.
pub const START: u64 = 1_609_459_200;

/// An hour in seconds.
pub const HOUR: u64 = 3_600;

/// Time, open, high, low, close.
pub type Candle = (u64, [f64; 4]);

/// A place to work in.
pub struct Desk(TempDir);

/// What the command said.
pub struct Said {
	/// Whether it succeeded.
	pub success: bool,
	/// Its standard output.
	pub out: String,
	/// Its standard error.
	pub err: String,
}

impl Desk {
	/// An empty one.
	pub fn new() -> Self {
		Self(TempDir::new().unwrap())
	}

	/// A file in it.
	pub fn path(&self, name: &str) -> PathBuf {
		self.0.path().join(name)
	}

	/// Writes a file.
	pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
		fs::write(self.path(name), text).unwrap();
	}

	/// Reads a file.
	pub fn read(&self, name: &str) -> String {
		fs::read_to_string(self.path(name)).unwrap()
	}

	/// Runs the command with words split at spaces.
	pub fn run(&self, line: &str) -> Said {
		let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_margin-backtest"))
			.current_dir(self.0.path())
			.args(line.split_whitespace())
			.output()
			.unwrap();
		Said {
			success: status.success(),
			out: String::from_utf8(stdout).unwrap(),
			err: String::from_utf8(stderr).unwrap(),
		}
	}

	/// Runs the command, which must succeed.
	pub fn done(&self, line: &str) -> Said {
		let said = self.run(line);
		assert!(said.success, "{line}: {}", said.err);
		said
	}

	/// Runs the command, which must fail, and says why it did.
	pub fn refused(&self, line: &str) -> String {
		let said = self.run(line);
		assert!(!said.success, "{line} must fail");
		said.err.trim_end().into()
	}

	/// The rows of a file of margins: time, and a margin for each asset.
	pub fn margins(&self, name: &str) -> Vec<(u64, Vec<f64>)> {
		let row = |line: &str| {
			let (time, margins) = line.split_once(',').unwrap();
			let margins = margins.split(',').map(|margin| margin.parse().unwrap()).collect();
			(time.parse().unwrap(), margins)
		};
		self.read(name).lines().skip(1).map(row).collect()
	}
}

/// The candles as a file has them.
pub fn csv(candles: &[Candle]) -> String {
	let mut text = String::from("time,open,high,low,close,volume\n");
	for (time, [open, high, low, close]) in candles {
		text += &format!("{time},{open},{high},{low},{close},1\n");
	}
	text
}

/// A random walk in bars of `length` seconds whose hourly volatility is `sigma`, doubled in every fourth week.
pub fn walk(seed: u64, bars: usize, length: u64, sigma: f64) -> Vec<Candle> {
	let mut state = seed;
	let mut draw = move || {
		// Numerical Recipes' generator: the upper bits are good enough for candles.
		state = state
			.wrapping_mul(6_364_136_223_846_793_005)
			.wrapping_add(1_442_695_040_888_963_407);
		(state >> 11) as f64 / (1u64 << 53) as f64
	};
	let steps = 12;
	let mut price = 20_000.0f64;
	(0..bars as u64)
		.map(|bar| {
			let wild = if bar * length / (7 * 24 * HOUR) % 4 == 3 {
				2.0
			} else {
				1.0
			};
			let step = wild * sigma * (length as f64 / HOUR as f64 / f64::from(steps)).sqrt();
			let open = price;
			let (mut high, mut low) = (open, open);
			for _ in 0..steps {
				// Twelve uniform numbers less six: nearly normal, with a variance of one.
				let noise = (0..12).map(|_| draw()).sum::<f64>() - 6.0;
				price = (price * (step * noise).exp() * 100.0).round() / 100.0;
				high = high.max(price);
				low = low.min(price);
			}
			(START + bar * length, [open, high, low, price])
		})
		.collect()
}
