//! `open` and `close`.
