//! The put that the protocol has written, told to whoever asks: on one account, on the book as it stands, and on a book
//! whose accounts all stand at the margins in force. Nothing is decided by it.
//!
//! Expected losses are those of an hour in which no account can be closed ([`margin_risk::put`]), in dollars at the live
//! prices of the block, with all prices moving against an account at once. Accounts and pages of them are in `account_put`;
//! here is the whole, from the pools' totals.

use crate::{
	account_put::volatility_of,
	house::Silo,
	ledger::{Entry, Ledger},
	Assets, Config, Error, Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::{Amount, Ratio, Rounding, Value};
use margin_risk::{
	interest::YEAR_MS,
	put::{
		adequacy_hours, fat_tailed_put, fee_rate, gaussian_put, position_loss, securing, ExpectedLoss, Totals, FEE_LOAD,
	},
};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// For how long no account can be closed, in milliseconds: the hour that volatilities are given for.
pub(crate) const HORIZON: u64 = 3_600_000;

/// The put on one asset's positions if they all stood at their maintenance margin.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct AssetPut<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Standard deviation of an hour's return that it counts at.
	pub volatility: Ratio,
	/// Maintenance margin ratio in force, of a small position.
	pub margin: Ratio,
	/// What is owed of it, in dollars.
	pub short: Value,
	/// The most of it that may secure debts of others, in dollars.
	pub long: Value,
	/// Expected loss in an hour on a dollar of it, under normal returns.
	pub gaussian_rate: Ratio,
	/// The same under returns with fat tails.
	pub fat_tailed_rate: Ratio,
	/// Expected loss in an hour on all of it, long and short, in dollars.
	pub expected_loss: ExpectedLoss,
	/// The insurance fee on a dollar of it, a year: the fat-tailed rate and a load of 55 %.
	pub fee: Ratio,
	/// What the fund's share of the interest brings in an hour now, in dollars.
	pub reserves: Value,
}

/// The put on the whole book if every account stood at its maintenance margin: the most that it costs at the margins in
/// force, whatever the leverage.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct WrittenPut<AssetId> {
	/// By asset, in the order of the asset ids.
	pub assets: Vec<AssetPut<AssetId>>,
	/// What everybody owes, in dollars.
	pub debts: Value,
	/// What the protocol is expected to lose in an hour, in dollars.
	pub expected_loss: ExpectedLoss,
	/// The insurance fee on a dollar of debt that would pay for it, a year: with fat tails and a load of 55 %. `None` while
	/// nobody owes anything.
	pub fee: Option<Ratio>,
	/// What the fund's share of the interest brings in an hour now, in dollars.
	pub reserves: Value,
	/// The same on a dollar of debt, a year. `None` while nobody owes anything.
	pub reserve_rate: Option<Ratio>,
	/// What the fund holds, in dollars.
	pub fund: Value,
	/// For how many hours the fund would pay the expected loss with fat tails: none if it is empty, else the largest number
	/// if nothing is expected to be lost.
	pub adequacy_hours: u64,
}

/// The put on one asset at its margin.
struct Rates {
	volatility: Ratio,
	margin: Ratio,
	gaussian: Ratio,
	fat_tailed: Ratio,
}

impl<T: Config> Pallet<T> {
	/// The put on the whole book at the margins in force. `None` when a value does not fit.
	pub fn written_put() -> Option<WrittenPut<T::AssetId>> {
		let mut ledger = Ledger::<T>::new();
		let fund = ledger.health(&Silo::<T>::load().fund).ok()?.deposits;
		Self::weigh_book(&mut ledger, fund).ok()
	}

	/// For how many hours `fund` dollars pay for the put at the margins in force. `None` when a value does not fit.
	pub(crate) fn adequacy(ledger: &mut Ledger<T>, fund: Value) -> Option<u64> {
		Self::weigh_book(ledger, fund).ok().map(|put| put.adequacy_hours)
	}

	fn weigh_book(ledger: &mut Ledger<T>, fund: Value) -> Result<WrittenPut<T::AssetId>, Error<T>> {
		let mut listed: Vec<_> = Assets::<T>::iter_keys().collect();
		listed.sort();
		let mut rates = Vec::with_capacity(listed.len());
		let mut totals = Vec::with_capacity(listed.len());
		for asset in &listed {
			let entry = ledger.entry(*asset)?;
			let of_asset = rates_of::<T>(entry);
			totals.push(Totals {
				deposits: dollars(entry, entry.pool().deposits, Rounding::Up)?,
				debts: dollars(entry, entry.pool().debt, Rounding::Up)?,
				margin: of_asset.margin,
				cost: of_asset.fat_tailed,
			});
			rates.push(of_asset);
		}
		let longs = securing(&totals).ok_or(Error::<T>::Overflow)?;
		let mut whole = WrittenPut {
			assets: Vec::with_capacity(listed.len()),
			debts: Value::ZERO,
			expected_loss: ExpectedLoss::default(),
			fee: None,
			reserves: Value::ZERO,
			reserve_rate: None,
			fund,
			adequacy_hours: 0,
		};
		for (asset, ((rates, totals), long)) in listed.into_iter().zip(rates.into_iter().zip(totals).zip(longs)) {
			let reserves = reserves_an_hour(ledger.entry(asset)?)?;
			let put = asset_put(asset, &rates, totals.debts, long, reserves).ok_or(Error::<T>::Overflow)?;
			whole.take_in(put).ok_or(Error::<T>::Overflow)?;
		}
		let on_debts = |an_hour: Value, rounding| an_hour.ratio_to(whole.debts, rounding);
		whole.fee = on_debts(whole.expected_loss.fat_tailed, Rounding::Up).and_then(yearly_fee);
		whole.reserve_rate = on_debts(whole.reserves, Rounding::Down)
			.and_then(|an_hour| an_hour.checked_mul(HOURS_A_YEAR, Rounding::Down));
		whole.adequacy_hours = adequacy_hours(fund, whole.expected_loss.fat_tailed);
		Ok(whole)
	}
}

impl<AssetId> WrittenPut<AssetId> {
	/// Adds an asset. `None` if a sum does not fit.
	fn take_in(&mut self, put: AssetPut<AssetId>) -> Option<()> {
		self.debts = self.debts.checked_add(put.short)?;
		self.expected_loss = self.expected_loss.checked_add(put.expected_loss)?;
		self.reserves = self.reserves.checked_add(put.reserves)?;
		self.assets.push(put);
		Some(())
	}
}

fn rates_of<T: Config>(entry: &Entry<T>) -> Rates {
	let (volatility, (margin, _)) = (volatility_of::<T>(entry), entry.maintenance());
	Rates {
		volatility,
		margin,
		gaussian: gaussian_put(margin, volatility, HORIZON),
		fat_tailed: fat_tailed_put(margin, volatility, HORIZON),
	}
}

fn asset_put<AssetId>(
	asset: AssetId,
	rates: &Rates,
	short: Value,
	long: Value,
	reserves: Value,
) -> Option<AssetPut<AssetId>> {
	let expected_loss = position_loss(short.checked_add(long)?, rates.margin, rates.volatility, HORIZON)?;
	Some(AssetPut {
		asset,
		volatility: rates.volatility,
		margin: rates.margin,
		short,
		long,
		gaussian_rate: rates.gaussian,
		fat_tailed_rate: rates.fat_tailed,
		expected_loss,
		fee: yearly_fee(rates.fat_tailed)?,
		reserves,
	})
}

/// What an amount of the asset is worth at its live price.
fn dollars<T: Config>(entry: &Entry<T>, amount: Amount, rounding: Rounding) -> Result<Value, Error<T>> {
	let value = entry.quote.live.value_of(amount, entry.config().decimals, rounding);
	value.ok_or(Error::<T>::Overflow)
}

/// What the asset's borrowers pay to the fund in an hour, in dollars, rounded down.
fn reserves_an_hour<T: Config>(entry: &Entry<T>) -> Result<Value, Error<T>> {
	let (pool, config) = (entry.pool(), entry.config());
	let share = config
		.rate
		.borrow_rate(pool.utilisation())
		.checked_mul(config.reserve_factor, Rounding::Down);
	let debts = dollars(entry, pool.debt, Rounding::Down)?;
	share
		.and_then(|a_year| debts.mul_ratio(a_year, Rounding::Down))
		.and_then(|a_year| a_year.div_ratio(HOURS_A_YEAR, Rounding::Down))
		.ok_or(Error::<T>::Overflow)
}

/// Hours of a year, as rates count them.
const HOURS_A_YEAR: Ratio = Ratio::from_raw((YEAR_MS / HORIZON) as u128 * Ratio::ONE.raw());

/// The insurance fee a year that pays for an expected loss an hour, with its load. `None` if it does not fit.
fn yearly_fee(an_hour: Ratio) -> Option<Ratio> {
	fee_rate(an_hour, HORIZON, FEE_LOAD)?.checked_mul(HOURS_A_YEAR, Rounding::Up)
}
