//! # The margin chain as a parachain

#![cfg_attr(not(feature = "std"), no_std)]
