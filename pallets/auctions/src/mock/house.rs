//! A house that keeps its books in one map, with markets that tests set by hand.

use super::*;
use crate::{Good, Seller, Sold, SubAccount};
use codec::{Decode, Encode};
use frame_support::pallet_prelude::ValueQuery;
use margin_math::{Amount, Rounding};
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::BTreeMap;

/// Everybody's books, in smallest units.
#[derive(Encode, Decode, Default, Clone, PartialEq, Eq, Debug)]
pub struct Books {
	/// What the house holds.
	pub held: BTreeMap<AssetId, u128>,
	/// What it owes.
	pub owed: BTreeMap<AssetId, u128>,
	/// What traders have.
	pub wallets: BTreeMap<(AccountId, AssetId), u128>,
	/// What went out in kind.
	pub in_kind: BTreeMap<AssetId, u128>,
	/// What suppliers lost with it.
	pub lost: BTreeMap<AssetId, u128>,
}

/// A market for an asset.
#[derive(Encode, Decode, Clone, Copy)]
pub struct Market {
	/// What it pays, as parts per million of the live price.
	pub pays: u32,
	/// Most that it takes in a block.
	pub depth: u128,
	/// The block in which it was used last.
	pub used_at: u64,
	/// What it bought so far.
	pub bought: u128,
}

#[storage_alias]
pub type BooksOf = StorageValue<Mock, Books, ValueQuery>;
#[storage_alias]
pub type Markets = StorageMap<Mock, Twox64Concat, AssetId, Market>;
/// What markets paid out, by asset.
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, AssetId, u128, ValueQuery>;
/// What came in from outside, by asset: holdings, less debts, with what traders brought.
#[storage_alias]
pub type Brought = StorageMap<Mock, Twox64Concat, AssetId, i128, ValueQuery>;

pub struct House;

impl House {
	fn refuses(method: u8) -> DispatchResult {
		match Refuses::get().contains(&method) {
			true => Err(DispatchError::Other("the house refuses")),
			false => Ok(()),
		}
	}

	fn good(asset: AssetId, amount: u128) -> Good<AssetId> {
		Good {
			asset,
			amount: Amount(amount),
			decimals: decimals(asset),
			quote: Quotes::get(asset).unwrap_or(Quote::missing()),
		}
	}

	/// What the market would do: how much it takes, of what it pays with, and how much.
	fn bid(asset: AssetId, price: Price) -> Option<Sold<AssetId>> {
		let market = Markets::get(asset).filter(|market| market.used_at != System::block_number())?;
		let held = *BooksOf::get().held.get(&asset)?;
		let pays = Quotes::get(asset)?
			.live
			.scale(margin_math::Ratio::from_ppm(market.pays), Rounding::Down)?;
		let debt = Self::owed().into_iter().find(|debt| debt.quote.is_usable())?;
		let in_dollars = |amount| pays.value_of(Amount(amount), decimals(asset), Rounding::Down);
		let owed = debt.quote.live.value_of(debt.amount, debt.decimals, Rounding::Down)?;
		let needed = pays.amount_for(owed, decimals(asset), Rounding::Down)?.0;
		let amount_in = held.min(market.depth).min(needed);
		let amount_out = debt
			.quote
			.live
			.amount_for(in_dollars(amount_in)?, debt.decimals, Rounding::Down)?;
		(pays >= price && amount_in > 0 && !amount_out.is_zero()).then_some(Sold {
			amount_in: Amount(amount_in),
			bought: debt.asset,
			amount_out,
		})
	}
}

fn less(map: &mut BTreeMap<AssetId, u128>, asset: AssetId, amount: u128) -> DispatchResult {
	let held = map.get(&asset).copied().unwrap_or(0);
	let left = held.checked_sub(amount).ok_or(DispatchError::Other("not as much"))?;
	map.insert(asset, left);
	map.retain(|_, amount| *amount > 0);
	Ok(())
}

impl Seller<AccountId, AssetId> for House {
	fn for_sale() -> Vec<Good<AssetId>> {
		let books = BooksOf::get();
		let held = books.held.iter().filter(|_| !books.owed.is_empty());
		held.map(|(asset, amount)| Self::good(*asset, *amount)).collect()
	}

	fn owed() -> Vec<Good<AssetId>> {
		let owed = BooksOf::get().owed;
		owed.into_iter()
			.map(|(asset, amount)| Self::good(asset, amount))
			.collect()
	}

	fn deliver(
		who: &AccountId,
		_: SubAccount,
		asset: AssetId,
		amount: Amount,
		pay_with: AssetId,
		payment: Amount,
	) -> DispatchResult {
		Self::refuses(1)?;
		let mut books = BooksOf::get();
		less(&mut books.held, asset, amount.0)?;
		less(&mut books.owed, pay_with, payment.0)?;
		let wallet = books.wallets.entry((*who, pay_with)).or_default();
		*wallet = wallet
			.checked_sub(payment.0)
			.ok_or(DispatchError::Other("cannot pay"))?;
		*books.wallets.entry((*who, asset)).or_default() += amount.0;
		BooksOf::put(books);
		Ok(())
	}

	fn sell_to_market(asset: AssetId, price: Price) -> Result<Option<Sold<AssetId>>, DispatchError> {
		let Some(sold) = Self::bid(asset, price) else {
			return Ok(None);
		};
		let mut books = BooksOf::get();
		less(&mut books.held, asset, sold.amount_in.0)?;
		less(&mut books.owed, sold.bought, sold.amount_out.0)?;
		BooksOf::put(books);
		Markets::mutate(asset, |market| {
			let market = market.as_mut().unwrap();
			market.used_at = System::block_number();
			market.bought += sold.amount_in.0;
		});
		Paid::mutate(sold.bought, |paid| *paid += sold.amount_out.0);
		// Refuses after it has written, so that a test sees whether that is taken back.
		Self::refuses(2)?;
		Ok(Some(sold))
	}

	fn market_pays(asset: AssetId, price: Price) -> bool {
		Self::bid(asset, price).is_some()
	}

	fn hand_out(asset: AssetId) -> DispatchResult {
		let mut books = BooksOf::get();
		let lot = books.held.remove(&asset).ok_or(DispatchError::Other("nothing held"))?;
		*books.in_kind.entry(asset).or_default() += lot;
		if books.held.is_empty() {
			for (asset, owed) in std::mem::take(&mut books.owed) {
				*books.lost.entry(asset).or_default() += owed;
			}
		}
		BooksOf::put(books);
		Self::refuses(3)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_stage(i: u32, who: &AccountId) -> (AssetId, AssetId) {
		for asset in [BTC, ETH, DOT] {
			fill(asset, 10 * unit(asset), 100_000);
		}
		let asset = [BTC, ETH, DOT][i as usize];
		bring(*who, 1_000_000);
		set_market(asset, 1_000_000, unit(asset));
		(asset, USDC)
	}
}

/// A market takes `depth` of `asset` in a block, and pays so many parts per million of the live price.
pub fn set_market(asset: AssetId, pays: u32, depth: u128) {
	let bought = Markets::get(asset).map_or(0, |market| market.bought);
	Markets::insert(
		asset,
		Market {
			pays,
			depth,
			used_at: 0,
			bought,
		},
	);
}

/// The house takes `amount` of `asset` over, with a debt of so many dollars.
pub fn fill(asset: AssetId, amount: u128, dollars: u128) {
	BooksOf::mutate(|books| {
		*books.held.entry(asset).or_default() += amount;
		*books.owed.entry(USDC).or_default() += dollars * unit(USDC);
	});
	Brought::mutate(asset, |brought| *brought += amount as i128);
	Brought::mutate(USDC, |brought| *brought -= (dollars * unit(USDC)) as i128);
}

/// A trader comes with so many dollars.
pub fn bring(who: AccountId, dollars: u128) {
	let amount = dollars * unit(USDC);
	BooksOf::mutate(|books| *books.wallets.entry((who, USDC)).or_default() += amount);
	Brought::mutate(USDC, |brought| *brought += amount as i128);
}

pub fn held(asset: AssetId) -> u128 {
	BooksOf::get().held.get(&asset).copied().unwrap_or(0)
}

pub fn owed(asset: AssetId) -> u128 {
	BooksOf::get().owed.get(&asset).copied().unwrap_or(0)
}

pub fn wallet(who: AccountId, asset: AssetId) -> u128 {
	BooksOf::get().wallets.get(&(who, asset)).copied().unwrap_or(0)
}

/// Nothing comes from nowhere: what all have, less what is owed, is what was brought.
pub fn check_books() {
	let books = BooksOf::get();
	for asset in ASSETS {
		let of = |map: &BTreeMap<AssetId, u128>| map.get(&asset).copied().unwrap_or(0) as i128;
		let wallets: u128 = books
			.wallets
			.iter()
			.filter(|((_, a), _)| *a == asset)
			.map(|(_, n)| n)
			.sum();
		let market = Markets::get(asset).map_or(0, |market| market.bought) as i128 - Paid::get(asset) as i128;
		let sum = of(&books.held) + of(&books.in_kind) - of(&books.owed) - of(&books.lost) + wallets as i128 + market;
		assert_eq!(sum, Brought::get(asset), "the books of {asset}");
	}
}
