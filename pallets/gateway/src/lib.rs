//! # Gateway
//!
//! The gate to other chains: which tokens are which, over which routes they leave, and what is in flight.

#![cfg_attr(not(feature = "std"), no_std)]
