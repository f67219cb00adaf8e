//! What each pallet is given, one file per concern, as both runtimes compile it.
//!
//! A runtime that has these files as a module tells them, at its root, what is its own: `Runtime` with its pallets, the
//! time between two blocks ([`SLOT_MILLIS`](crate::SLOT_MILLIS)), the largest proof of a block
//! ([`MAX_PROOF_SIZE`](crate::MAX_PROOF_SIZE)), what users may have of it ([`NORMAL_SHARE`](crate::NORMAL_SHARE)), how its code is set ([`SetCode`](crate::SetCode)), which calls keep it
//! alive beside those that every chain has ([`ALSO_NEVER_PAUSED`](crate::ALSO_NEVER_PAUSED)), what asks for margin
//! ([`RiskEngine`](crate::RiskEngine)), and what surrounds a call in a transaction ([`surround`](crate::surround)).

mod amm;
pub mod apis;
mod assets;
mod auctions;
#[cfg(feature = "runtime-benchmarks")]
pub(crate) mod benchmarking;
mod delegation;
pub mod economy;
mod fees;
mod forecast;
mod governance;
mod ledger;
mod margin;
mod oracle;
pub mod order;
mod pauses;
mod prices;
mod sudo;
mod system;
pub mod transactions;

pub use amm::*;
pub use assets::*;
pub use delegation::*;
pub use fees::*;
pub use forecast::*;
pub use governance::*;
pub use ledger::*;
pub use margin::*;
pub use oracle::*;
pub use pauses::*;
pub use prices::*;
pub use system::*;
