//! Which accounts may have fallen below their maintenance margin, without a look at each of them.
//!
//! Health is linear in prices, so an account with debt is measured once, at the reference prices of a generation, and
//! filed under its [`Class`] and a level: how far from trouble it is. Later the moves of the assets since the generation
//! began give a limit for each class, and every account that is below maintenance lies at or below the limit of its
//! class. **There is no false negative.** False positives there are, and few.
//!
//! # What a leg can lose
//!
//! Let `q` be a leg's amount when it is filed, `r` the reference price and `m <= 20 %` the maintenance ratio in force
//! then, the account's own size counted in. The leg's weight is what it adds to health or takes from it at `r`:
//!
//! ```text
//! deposit   g = q r (1 - m)            debt   g = q r (1 + m)
//! ```
//!
//! Later a deposit counts at a price `p`, its index has fallen to a part `v <= 1` by write-offs, and its ratio has risen
//! by at most `e`. With `k = v min(1, p / r)`, and because neither more of a deposit nor a higher price makes it count
//! less, it still adds at least `q r k (1 - m - e)`. Of `g` that loses
//!
//! ```text
//! 1 - k + k e / (1 - m)  <=  1 - k + 1.25 k e  =  A                     and never more than all of it
//! ```
//!
//! A debt counts at `p`, has grown by a factor `u >= 1`, and takes at most `q u p (1 + m + e)`. Beyond `g` that is
//!
//! ```text
//! u p / r (1 + e / (1 + m)) - 1  <=  u p / r (1 + e) - 1  =  A          and counts as zero if it is negative
//! ```
//!
//! So each asset has an adverse [`Move`] `A` for each side, and `H(p) >= H(r) - sum of A g`. See [`Mark::adverse`] for `e`.
//!
//! # How an account is filed
//!
//! `G` sums the weights of the volatile legs, `S` those of the stable ones. Which assets are called stable is a matter
//! of economy only: stable assets share one worst move `A_s`, over all of them and both sides, and the volatile ones
//! count with the worst `A_c` of the account's own signed legs, which is what the class names.
//!
//! **Usual class.** `d = H(r) / G`. If `S <= c (1 + d) G`, then
//!
//! ```text
//! H(p) >= G [d - A_c - A_s c (1 + d)]          so H(p) < 0 only if  d < (A_c + A_s c) / (1 - A_s c)
//! ```
//!
//! and only if `A_s c < 1` is there a limit at all. The condition is checked for each account. With stable deposits
//! alone `S = H - H_volatile <= H + G`, with stable debts alone `S = H_volatile - H <= G`, so that `c = 1` would do but
//! for roundings; `c` is 1.01.
//!
//! **Gross class**, for any other account: `d = H(r) / (G + S)`, and `H(p) < 0` only if `d < max(A_c, A_s)`.
//!
//! An account with `H(r) < 0`, with a leg that has no reference price, or whose values overflow, lies at level 0, which is
//! a candidate whatever happens.
//!
//! # Portfolio accounts
//!
//! Their legs require margin together ([`portfolio`](crate::portfolio)), `H = E - R`, which is not linear in prices. But `R`
//! never moves by more than twice of what the requirements `x = q r m` of the legs do. So with the weights
//!
//! ```text
//! g = q r (1 + 2 m)
//! ```
//!
//! and `e` the most that a leg's ratio has risen or fallen (either may raise `R`), a deposit of which the part `k` is left
//! loses at most `q r (1 - k)` of equity and costs at most `2 q r ((1 - k) m + k e)` of requirement; a debt that has grown
//! to `w >= 1` in value loses `q r (w - 1)` and costs at most `2 q r ((w - 1) m + w e)`. In parts of `g`
//!
//! ```text
//! deposit   A = 1 - k + 2 k e                  debt   A = w (1 + 2 e) - 1
//! ```
//!
//! Only the adverse direction counts: what a leg gains beyond `k = 1`, or below `w = 1`, it gains in full in equity, and
//! that costs at most `2 m <= 0.4` of it in requirement. When bands of correlations widen by at most `c`, `R` rises by
//! at most `c` of the legs' requirements, which are at most a seventh of their weights: `c / 7` more for every move, stable
//! ones included. `c` is the sum of the largest widenings of any pair, one for each time that bands were renewed.
//!
//! A later action that can only be for the better leaves `H` no lower at any prices, for the same reason.
//!
//! # Rounding
//!
//! A pool may later round by one unit: `H(r)` is taken with one unit less of each deposit, and every measure with one
//! unit more of each debt. With `q k - 1` units the deposit's bound still holds: what is missing is the unit left out.
//! At most 16 legs, each of whose value and margin is rounded to 10^-18 dollars, now and later: 64 of these come off
//! `H(r)`. 10^-9 comes off `d` for the roundings of ratios. Everything else is rounded against the account: `H` and `d`
//! down; weights, moves and limits up.
//!
//! In a portfolio a unit moves the requirement as well, now and later, by at most 0.8 of its own value, and roundings count
//! twice: two units and 256 of 10^-18 dollars come off instead. The requirement itself is rounded up by less than 10^-13 of
//! the sum of its parts, which is far below 10^-9 of the weights.

mod class;
mod filing;
mod level;
mod moves;
mod slack;

#[cfg(test)]
pub(crate) use filing::{place, place_portfolio};

pub use class::{Class, SLOTS};
pub use filing::{file, file_portfolio, FiledLeg, Filing};
pub use level::{level_of, lower_edge, ALWAYS, TOP};
pub use moves::Moves;
pub use slack::{Mark, Move, Stand};

use margin_math::Ratio;

/// `c` of the module: what the weight of the stable legs may be, in parts of `(1 + d) G`. Right at any value: a larger one
/// takes more accounts into the usual class, and makes the moves of stable assets count for more there.
const STABLE_SHARE: Ratio = Ratio::from_percent(101);
