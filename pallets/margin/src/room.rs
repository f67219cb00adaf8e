//! What the house has room for: its line of credit, and the caps on what it holds.

use crate::{
	house::{at_most, value, Silo},
	ledger::Ledger,
	Config, Error,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::traits::Get;
use margin_math::{mul_div, Ratio, Rounding, Value};
use margin_risk::{Leg, Side, Slice, Step};

/// What the house may still take in, in dollars.
struct Room<AssetId> {
	/// Of debts.
	line: Value,
	/// Of everything that it would hold.
	inventory: Value,
	/// Of one asset, less what it holds of it.
	assets: BTreeMap<AssetId, Value>,
	/// What it owes of an asset: so much of it is paid with and not held.
	owed: BTreeMap<AssetId, Value>,
	/// Of an asset that it does not hold.
	cap: Value,
}

impl<AssetId: Copy + Ord> Room<AssetId> {
	/// How much of the asset it takes.
	fn of(&self, asset: AssetId) -> Option<Value> {
		let room = self.assets.get(&asset).copied().unwrap_or(self.cap).min(self.inventory);
		room.max(Value::ZERO).checked_add(self.owed(asset))
	}

	fn owed(&self, asset: AssetId) -> Value {
		self.owed.get(&asset).copied().unwrap_or_default()
	}

	/// Takes so much of the asset in.
	fn take(&mut self, asset: AssetId, worth: Value) -> Option<()> {
		let paid = worth.min(self.owed(asset));
		let held = worth.checked_sub(paid)?;
		self.owed.insert(asset, self.owed(asset).checked_sub(paid)?);
		self.inventory = self.inventory.checked_sub(held)?;
		let room = self.assets.entry(asset).or_insert(self.cap);
		*room = room.checked_sub(held)?;
		Some(())
	}
}

impl<T: Config> Silo<T> {
	fn room(&self, ledger: &mut Ledger<T>) -> Result<Room<T::AssetId>, Error<T>> {
		let params = T::House::get();
		let less = |a: Value, b: Value| a.checked_sub(b).ok_or(Error::<T>::Overflow);
		let legs = ledger.legs_at_last_prices(&self.house)?;
		let (deposits, debts): (Vec<_>, Vec<_>) = legs.into_iter().partition(|leg| leg.side == Side::Deposit);
		let mut room = Room {
			line: less(params.line, ledger.health(&self.house)?.debts)?,
			inventory: less(params.inventory_cap, at_most::<T>(&deposits)?)?,
			assets: BTreeMap::new(),
			owed: BTreeMap::new(),
			cap: params.asset_cap,
		};
		for leg in deposits {
			let left = less(params.asset_cap, at_most::<T>(&[leg])?)?;
			room.assets.insert(leg.asset, left);
		}
		for leg in debts {
			room.owed.insert(leg.asset, value::<T>(&leg, Rounding::Down)?);
		}
		Ok(room)
	}

	/// The first slices of a step that the house has room for: it owes no more than its line, and holds no more of an
	/// asset, or of all, than its caps.
	///
	/// # Errors
	/// `HouseFull` when it may owe or hold nothing more; `HouseFullOfAsset` when it may hold nothing more of the first
	/// collateral.
	pub fn slices_within(
		&self,
		ledger: &mut Ledger<T>,
		legs: &[Leg<T::AssetId>],
		step: &Step,
	) -> Result<Vec<Slice>, Error<T>> {
		let mut room = self.room(ledger)?;
		let step = &room.without_splinters::<T>(legs, step)?;
		let (line, min_bite) = (room.line, T::House::get().liquidation.min_bite);
		let full = step.up_to(line, min_bite).is_empty() || room.inventory < min_bite;
		let most = if step.proportional {
			room.part_of::<T>(legs, step)?
		} else {
			room.first_slices_of::<T>(legs, step)?
		};
		let slices = step.up_to(most.min(line), min_bite);
		match slices.is_empty() {
			false => Ok(slices),
			true if full => Err(Error::<T>::HouseFull),
			true => Err(Error::<T>::HouseFullOfAsset),
		}
	}
}

impl<AssetId: Copy + Ord> Room<AssetId> {
	/// What the first slices repay that there is room for, one after the other.
	fn first_slices_of<T: Config<AssetId = AssetId>>(
		&mut self,
		legs: &[Leg<AssetId>],
		step: &Step,
	) -> Result<Value, Error<T>> {
		let mut most = Value::ZERO;
		for slice in &step.slices {
			let Some(asset) = legs.get(slice.collateral).map(|leg| leg.asset) else {
				continue;
			};
			let left = self.of(asset).ok_or(Error::<T>::Overflow)?;
			let fits = slice.taken_value <= left;
			let repaid = if fits {
				slice.repaid_value
			} else {
				repaid_for::<T>(slice, left)?
			};
			most = most.checked_add(repaid).ok_or(Error::<T>::Overflow)?;
			if !fits {
				break;
			}
			self.take(asset, slice.taken_value).ok_or(Error::<T>::Overflow)?;
		}
		Ok(most)
	}

	/// A step whose slices belong together without the collaterals that are less than a tenth of it and that there is no
	/// room for: who holds a little of an asset of which the house is full must not be spared for it.
	fn without_splinters<T: Config<AssetId = AssetId>>(
		&self,
		legs: &[Leg<AssetId>],
		step: &Step,
	) -> Result<Step, Error<T>> {
		if !step.proportional {
			return Ok(step.clone());
		}
		let taken = taken_of(legs, step).ok_or(Error::<T>::Overflow)?;
		let all = (taken.values()).try_fold(Value::ZERO, |sum, value| sum.checked_add(*value));
		let tenth = Value::from_raw(all.ok_or(Error::<T>::Overflow)?.raw() / 10);
		let mut rest = step.clone();
		rest.slices.retain(|slice| {
			let asset = legs.get(slice.collateral).map(|leg| leg.asset);
			let worth = asset.and_then(|asset| Some((asset, *taken.get(&asset)?)));
			worth.is_none_or(|(asset, worth)| worth >= tenth || self.of(asset).is_none_or(|left| worth <= left))
		});
		Ok(rest)
	}

	/// What the same part of every slice repays that there is room for.
	fn part_of<T: Config<AssetId = AssetId>>(&self, legs: &[Leg<AssetId>], step: &Step) -> Result<Value, Error<T>> {
		let taken = taken_of(legs, step).ok_or(Error::<T>::Overflow)?;
		let (mut part, mut held) = (Ratio::ONE, Value::ZERO);
		let mut fit = |needed: Value, left: Value| {
			if needed > left {
				let fits = left.max(Value::ZERO).ratio_to(needed, Rounding::Down);
				part = part.min(fits.unwrap_or(Ratio::ZERO));
			}
		};
		for (asset, value) in taken {
			fit(value, self.of(asset).ok_or(Error::<T>::Overflow)?);
			let kept = value.checked_sub(self.owed(asset).min(value)).unwrap_or_default();
			held = held.checked_add(kept).ok_or(Error::<T>::Overflow)?;
		}
		fit(held, self.inventory);
		step.repaid()
			.mul_ratio(part, Rounding::Down)
			.ok_or(Error::<T>::Overflow)
	}
}

/// What a step takes of each asset. `None` if it does not fit.
fn taken_of<AssetId: Copy + Ord>(legs: &[Leg<AssetId>], step: &Step) -> Option<BTreeMap<AssetId, Value>> {
	let mut taken = BTreeMap::<AssetId, Value>::new();
	for slice in &step.slices {
		if let Some(leg) = legs.get(slice.collateral) {
			let sum = taken.entry(leg.asset).or_default();
			*sum = sum.checked_add(slice.taken_value)?;
		}
	}
	Some(taken)
}

/// What of a slice is repaid where so many dollars of it are taken.
fn repaid_for<T: Config>(slice: &Slice, taken: Value) -> Result<Value, Error<T>> {
	let raw = |value: Value| value.raw().unsigned_abs();
	mul_div(
		raw(taken),
		raw(slice.repaid_value),
		raw(slice.taken_value),
		Rounding::Down,
	)
	.and_then(|repaid| i128::try_from(repaid).ok())
	.map(Value::from_raw)
	.ok_or(Error::<T>::Overflow)
}
