//! # Trying margins on the past
//!
//! `margin-backtest` runs the very code with which the runtime sets margins over files of candles, so that governance can try
//! parameters before it proposes them:
//!
//! - `margins` writes the maintenance margin in force after each bar ([`walk`], [`table`]);
//! - `calibrate` makes the parameter record of a new asset from its history ([`calibrate`], [`record`]);
//! - `evaluate` judges margins by what came after them ([`metrics`]), beside a static margin ([`compare`]), as a table
//!   ([`report`]), JSON and a picture ([`picture`]);
//! - `portfolio` judges what portfolio accounts require of random books, and what they save ([`portfolio`]).
//!
//! Margins come from `margin-risk`, in integers. Floats are for the metrics and the picture, which decide nothing.

pub mod arguments;
pub mod calibrate;
pub mod candles;
pub mod commands;
pub mod compare;
pub mod days;
pub mod decimal;
pub mod metrics;
pub mod picture;
pub mod portfolio;
pub mod problem;
pub mod progress;
pub mod record;
pub mod report;
pub mod svg;
pub mod table;
pub mod text_file;
pub mod walk;

pub use problem::Problem;
