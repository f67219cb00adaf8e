//! The pallets' own rough weights, for a runtime that is built to be measured.

/// A runtime whose pallets weigh what they say themselves.
pub trait Rough {
	/// The pallets' own weights.
	type Weights;
}

impl<T> Rough for T {
	type Weights = ();
}

/// Weights of `pallet-auctions`.
pub type Auctions<T> = <T as Rough>::Weights;
/// Weights of `pallet-balances`.
pub type Balances<T> = <T as Rough>::Weights;
/// Weights of `pallet-feeder`, and through it of the oracle.
pub type Feeder<T> = <T as Rough>::Weights;
/// Weights of `pallet-forecast`.
pub type Forecast<T> = <T as Rough>::Weights;
/// Weights of `pallet-margin`.
pub type Margin<T> = <T as Rough>::Weights;
/// Weights of `pallet-prices`.
pub type Prices<T> = <T as Rough>::Weights;
/// Weights of `pallet-gateway`.
pub type Gateway<T> = <T as Rough>::Weights;
/// Weights of `pallet-risk-feed`.
pub type RiskFeed<T> = <T as Rough>::Weights;
/// What programs of other chains weigh.
pub type XcmPrograms<T> = <T as Rough>::Weights;
