//! # Risk feed
//!
//! Risk parameters across chains: margin ratios and prices sent to subscribers, and adopted where they tighten.

#![cfg_attr(not(feature = "std"), no_std)]
