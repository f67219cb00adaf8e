//! What can be wrong, told with the file and the line.

use std::{
	error::Error,
	fmt,
	path::{Path, PathBuf},
};

/// Something that stops the command.
#[derive(Debug)]
pub struct Problem {
	file: Option<PathBuf>,
	line: Option<u64>,
	text: String,
}

impl Problem {
	/// A problem of no file.
	pub fn new(text: impl Into<String>) -> Self {
		Self {
			file: None,
			line: None,
			text: text.into(),
		}
	}

	/// A problem of a whole file.
	pub fn of_file(file: &Path, text: impl Into<String>) -> Self {
		Self {
			file: Some(file.into()),
			..Self::new(text)
		}
	}

	/// A problem of a line, counted from one.
	pub fn of_line(file: &Path, line: u64, text: impl Into<String>) -> Self {
		Self {
			line: Some(line),
			..Self::of_file(file, text)
		}
	}
}

impl fmt::Display for Problem {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		if let Some(file) = &self.file {
			write!(formatter, "{}: ", file.display())?;
		}
		if let Some(line) = self.line {
			write!(formatter, "line {line}: ")?;
		}
		formatter.write_str(&self.text)
	}
}

impl Error for Problem {}
