//! The little of SVG that the picture needs.

use std::fmt::Write as _;

/// A drawing under way.
pub struct Drawing {
	body: String,
	width: f64,
	height: f64,
}

/// How a text stands to its place.
#[derive(Clone, Copy)]
pub enum Anchor {
	/// Begins there.
	Start,
	/// Is centred there.
	Middle,
	/// Ends there.
	End,
}

impl Drawing {
	/// An empty drawing, white.
	pub fn new(width: f64, height: f64) -> Self {
		let mut drawing = Self {
			body: String::new(),
			width,
			height,
		};
		drawing.add(format_args!(
			r##"<rect width="{width}" height="{height}" fill="#ffffff"/>"##
		));
		drawing
	}

	fn add(&mut self, element: std::fmt::Arguments) {
		// Writing to a `String` cannot fail.
		let _ = writeln!(self.body, "{element}");
	}

	/// A straight line; `dash` makes it broken.
	pub fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, dash: bool) {
		let dash = if dash { r#" stroke-dasharray="5 4""# } else { "" };
		self.add(format_args!(
			r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}"{dash}/>"#,
			from.0, from.1, to.0, to.1
		));
	}

	/// A line through points.
	pub fn polyline(&mut self, points: &[(f64, f64)], colour: &str) {
		let mut path = String::new();
		for (x, y) in points {
			let _ = write!(path, "{x:.1},{y:.1} ");
		}
		self.add(format_args!(
			r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-linejoin="round"/>"#,
			path.trim_end()
		));
	}

	/// Many lines straight up, each at `x` from `y0` to `y1`, as one element; `dots` puts a dot at the end of each.
	pub fn bars(&mut self, bars: &[(f64, f64, f64)], colour: &str, dots: bool) {
		let mut path = String::new();
		for (x, y0, y1) in bars {
			let _ = write!(path, "M{x:.1} {y0:.1}V{y1:.1}");
			if dots {
				path.push_str("m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0");
			}
		}
		self.add(format_args!(r#"<path d="{path}" stroke="{colour}" fill="none"/>"#));
	}

	/// A line of text.
	pub fn text(&mut self, (x, y): (f64, f64), content: &str, anchor: Anchor, style: &str) {
		let anchor = match anchor {
			Anchor::Start => "start",
			Anchor::Middle => "middle",
			Anchor::End => "end",
		};
		let content = content.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
		self.add(format_args!(
			r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" {style}>{content}</text>"#
		));
	}

	/// The document.
	pub fn finish(self, ink: &str) -> String {
		format!(
			"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
			 font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"{ink}\">\n{}</svg>\n",
			self.body,
			w = self.width,
			h = self.height
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn text_is_escaped() {
		let mut drawing = Drawing::new(10.0, 10.0);
		drawing.text((1.0, 2.0), "a < b & c", Anchor::End, "");
		let text = drawing.finish("#000");
		assert!(text.contains("a &lt; b &amp; c</text>"), "{text}");
		assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
	}
}
