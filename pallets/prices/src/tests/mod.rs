//! Tests, one file for each thing they are about.

mod combining;
mod feeds;
mod governance;
mod hooks;
mod rule;
mod rule_properties;
mod volatility;
