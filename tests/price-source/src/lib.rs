//! A price source for development and tests: a small HTTP server that replays hourly candles at a chosen speed as
//! several virtual venues, which can be made to disagree, wick, go silent or answer badly.
//!
//! | request | answer |
//! |---|---|
//! | `GET /venues/{i}/prices` | `{"prices":{"BTC":"7911.25","ETH":"194.5","DOT":"4.1","USDC":"1"}}`, decimal strings |
//! | `GET /truth` | the same without any venue's spread or fault, with `time` (unix seconds of the candles) and `done` |
//! | `GET /control` | what is set now |
//! | `POST /control` | sets it: see [`control::Request`]; 400 or 404 with `{"error": "..."}` when it cannot |
//!
//! A request to `/control`, every field of which may be left out:
//!
//! ```json
//! {
//!   "reset": true,
//!   "paused": false,
//!   "speed": "336",
//!   "seek": 1583971200,
//!   "override": { "BTC": "6000", "ETH": null },
//!   "venues": { "1": { "wick": { "BTC": "0.7" }, "silent": false, "misbehave": "slow" } }
//! }
//! ```
//!
//! `misbehave` is `malformed`, `slow`, `huge` or `null`.

pub mod candles;
pub mod clock;
pub mod control;
pub mod fixed;
pub mod path;
pub mod replay;
pub mod server;
pub mod venues;
