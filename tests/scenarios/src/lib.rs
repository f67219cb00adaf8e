//! Events that broke margin systems, replayed against the real runtime in process.
//!
//! [`chain`] makes blocks by hand, as a validator would; [`stage`] is what traders and markets do in them; [`network`]
//! makes blocks as a network does, from a transaction pool that users and the validators' offchain workers fill. After
//! each block, however it was made, every invariant of the chain is checked.

pub mod candles;
pub mod chain;
pub mod dice;
pub mod margins;
pub mod network;
pub mod pool;
pub mod sales;
pub mod spam;
pub mod stage;
