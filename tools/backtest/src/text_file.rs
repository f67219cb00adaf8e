//! Text in, plain or compressed.

use crate::problem::Problem;
use flate2::read::MultiGzDecoder;
use std::{fs, io::Read, path::Path};

/// How a file compressed by gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The text of a file; one that was compressed by gzip is told by its first bytes, whatever its name.
///
/// # Errors
/// It cannot be read, is cut off, or is not text.
pub fn read(file: &Path) -> Result<String, Problem> {
	let bytes = fs::read(file).map_err(|error| Problem::of_file(file, format!("cannot be read: {error}")))?;
	let plain = if bytes.starts_with(&GZIP) {
		let mut plain = Vec::new();
		MultiGzDecoder::new(bytes.as_slice())
			.read_to_end(&mut plain)
			.map_err(|error| Problem::of_file(file, format!("cannot be decompressed: {error}")))?;
		plain
	} else if file.extension().is_some_and(|extension| extension == "gz") && !bytes.is_empty() {
		return Err(Problem::of_file(file, "is named .gz and is not compressed by gzip"));
	} else {
		bytes
	};
	let text = String::from_utf8(plain).map_err(|_| Problem::of_file(file, "is not text"))?;
	match text.strip_prefix('\u{feff}') {
		Some(rest) => Ok(rest.into()),
		None => Ok(text),
	}
}

/// Writes a file.
///
/// # Errors
/// It cannot be written.
pub fn write(file: &Path, text: &str) -> Result<(), Problem> {
	fs::write(file, text).map_err(|error| Problem::of_file(file, format!("cannot be written: {error}")))
}

/// The rows of a CSV text: where in the header the wanted columns stand, and the records with their lines.
pub struct Rows<'a> {
	file: &'a Path,
	reader: csv::Reader<&'a [u8]>,
	header: Vec<String>,
}

impl<'a> Rows<'a> {
	/// The rows of `text`, which was read from `file`.
	///
	/// # Errors
	/// There is no header.
	pub fn new(file: &'a Path, text: &'a str) -> Result<Self, Problem> {
		let mut reader = csv::ReaderBuilder::new()
			.trim(csv::Trim::All)
			.from_reader(text.as_bytes());
		let header = reader
			.headers()
			.map_err(|error| Problem::of_file(file, error.to_string()))?;
		let header: Vec<String> = header.iter().map(str::to_lowercase).collect();
		if header.is_empty() {
			return Err(Problem::of_file(file, "is empty"));
		}
		Ok(Self { file, reader, header })
	}

	/// The place of a column, by name in whatever case.
	///
	/// # Errors
	/// There is no such column, or there are two.
	pub fn column(&self, name: &str) -> Result<usize, Problem> {
		let wanted = name.to_lowercase();
		let mut places = self.header.iter().enumerate().filter(|(_, name)| **name == wanted);
		match (places.next(), places.next()) {
			(Some((place, _)), None) => Ok(place),
			(Some(_), Some(_)) => Err(Problem::of_line(
				self.file,
				1,
				format!("two columns are named `{name}`"),
			)),
			(None, _) => Err(Problem::of_line(
				self.file,
				1,
				format!("no column is named `{name}`; there are: {}", self.header.join(", ")),
			)),
		}
	}

	/// The rest of the records, each with its line.
	pub fn records(&mut self) -> impl Iterator<Item = Result<(u64, csv::StringRecord), Problem>> + use<'_, 'a> {
		let file = self.file;
		self.reader.records().map(move |record| {
			let record = record.map_err(|error| bad_record(file, &error))?;
			let line = record.position().map_or(0, csv::Position::line);
			Ok((line, record))
		})
	}
}

fn bad_record(file: &Path, error: &csv::Error) -> Problem {
	let line = error.position().map_or(0, csv::Position::line);
	match error.kind() {
		csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
			Problem::of_line(file, line, format!("{len} columns where the header has {expected_len}"))
		},
		_ => Problem::of_line(file, line, error.to_string()),
	}
}
