//! One file for each event that broke a margin system elsewhere: what happened, what must hold here, and the stage, the
//! event and the proof. The numbers S1 to S28 are those of the list that the project works from.

mod backstop;
mod bites;
mod black_thursday;
mod closing_all;
mod dust;
mod forecasts;
mod fresh_asset;
mod full_blocks;
mod gains;
mod gaps;
mod keepers;
mod keepers_off;
mod moving_margins;
mod one_bad_price;
mod one_price;
mod operators;
mod own_book;
mod own_market;
mod portfolios;
mod silent_operators;
mod stable_wick;
mod stale_fork;
mod thin_asset;
mod unsigned_stream;
