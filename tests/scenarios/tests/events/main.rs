//! One file for each event that broke a margin system elsewhere: what happened, what must hold here, and the stage, the
//! event and the proof. The numbers S1 to S28 are those of the list that the project works from.

mod dust;
mod gains;
mod gaps;
mod one_price;
mod operators;
mod thin_asset;
