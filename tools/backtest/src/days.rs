//! Days of UTC.

use chrono::{DateTime, NaiveDate};

/// Seconds in a day.
pub const DAY: u64 = 86_400;

/// The Unix second at which a day like `2021-01-31` begins.
///
/// # Errors
/// Not a day, or one before 1970.
pub fn parse(text: &str) -> Result<u64, String> {
	NaiveDate::parse_from_str(text, "%Y-%m-%d")
		.ok()
		.and_then(|day| day.and_hms_opt(0, 0, 0))
		.and_then(|midnight| u64::try_from(midnight.and_utc().timestamp()).ok())
		.ok_or_else(|| format!("`{text}` is not a day like 2021-01-31"))
}

/// A Unix second as people write it: `2021-01-31 14:00`.
pub fn moment(seconds: u64) -> String {
	format(seconds, "%Y-%m-%d %H:%M")
}

/// The day of a Unix second: `2021-01-31`.
pub fn day(seconds: u64) -> String {
	format(seconds, "%Y-%m-%d")
}

/// The year of a Unix second: `2021`.
pub fn year(seconds: u64) -> String {
	format(seconds, "%Y")
}

fn format(seconds: u64, pattern: &str) -> String {
	let moment = i64::try_from(seconds)
		.ok()
		.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
	moment.map_or_else(|| seconds.to_string(), |moment| moment.format(pattern).to_string())
}

/// A duration as people say it: `34 h` or `15 min`.
pub fn duration(seconds: u64) -> String {
	match seconds {
		_ if seconds.is_multiple_of(3_600) => format!("{} h", seconds / 3_600),
		_ if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
		_ => format!("{seconds} s"),
	}
}

/// From which second, and up to which, what is asked for reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
	/// First second, if there is one.
	pub from: Option<u64>,
	/// First second after it, if there is one.
	pub until: Option<u64>,
}

impl Span {
	/// Whether a second lies in it.
	pub fn contains(&self, second: u64) -> bool {
		self.from.is_none_or(|from| second >= from) && self.until.is_none_or(|until| second < until)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_day_begins_at_midnight_utc() {
		assert_eq!(parse("2021-01-01"), Ok(1_609_459_200));
		assert_eq!(moment(1_609_459_200 + 3_600), "2021-01-01 01:00");
	}

	#[test]
	fn what_is_no_day_is_refused() {
		for text in ["2021-02-30", "01.02.2021", "1960-01-01", ""] {
			assert!(parse(text).is_err(), "{text}");
		}
	}

	#[test]
	fn a_span_holds_its_first_second_and_not_its_last() {
		let span = Span {
			from: Some(10),
			until: Some(20),
		};
		assert!(span.contains(10) && span.contains(19));
		assert!(!span.contains(9) && !span.contains(20));
		assert!(Span::default().contains(0));
	}
}
