//! What each pallet is given, one file per concern.

mod amm;
mod assets;
mod consensus;
mod fees;
mod ledger;
mod margin;
pub(crate) mod offchain;
mod oracle;
mod prices;
mod sudo;
mod system;

pub use amm::*;
pub use assets::*;
pub use consensus::*;
pub use fees::*;
pub use ledger::*;
pub use margin::*;
pub use oracle::*;
pub use prices::*;
pub use system::*;
