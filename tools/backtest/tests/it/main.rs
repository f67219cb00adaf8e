//! The command, run as a user runs it.

mod bad_input;
mod desk;
mod evaluate;
mod margins;
mod portfolio;
mod reference;
