//! How often random books of several assets lose more in a bar than a portfolio account requires of them, and what such an
//! account saves.
//!
//! A **book** is a dollar value of each asset, owned or owed, the same at every bar. After a bar closes it requires `R` of
//! [`margin_risk::portfolio`], with the margins in force and the correlations known then. A **breach** is a loss from that
//! close to the next that is larger than `R`; the **saving** is what all `R` are below the sums of what the assets require
//! one by one. The sums have breaches of their own, which are told beside: no netting is to blame for those.
//!
//! - [`books`]: the kinds of random books.
//! - [`made_up`]: two more assets, made of two that are given.
//! - [`study`]: the walk through the bars, with the code of the runtime.
//! - [`findings`]: what came of it, as a table and as JSON.

pub mod books;
pub mod findings;
pub mod made_up;
pub mod study;

pub use findings::Findings;
pub use study::Study;

#[cfg(test)]
#[path = "../tests/portfolio.rs"]
mod tests;
