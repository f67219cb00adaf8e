//! What each pallet is given, one file per concern.

mod amm;
mod assets;
mod auctions;
mod consensus;
mod delegation;
mod fees;
mod forecast;
mod governance;
mod ledger;
mod margin;
pub mod offchain;
mod oracle;
mod pauses;
mod prices;
mod sudo;
mod system;

pub use amm::*;
pub use assets::*;
pub use consensus::*;
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
