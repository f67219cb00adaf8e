//! # Several chains and a relay in one process
//!
//! The production runtime of the parachain as other chains reach it by XCM: an integrator's chain whose users trade on
//! the margin chain, an Asset Hub that keeps USDC, a chain that means no good, and a second chain with the margin chain's
//! runtime that adopts its risk parameters. [`network`] joins them, [`stage`] has what the tests share.

pub mod margin;
pub mod messages;
pub mod network;
pub mod relay;
pub mod sibling;
pub mod simulated;
pub mod stage;
