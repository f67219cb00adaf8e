//! The way out of an asset.
