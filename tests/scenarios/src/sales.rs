//! What the house sold, and what was lost in the end.

use crate::stage::{deficits, unit};
use margin_math::Price;
use margin_runtime::*;
use pallet_auctions::Event;

/// What the auctions tell in this block.
pub fn auctioned() -> Vec<Event<Runtime>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Auctions(event) => Some(event),
		_ => None,
	});
	events.collect()
}

/// The live price of an asset.
pub fn live(asset: AssetId) -> Price {
	let prices = Margin::price_views();
	let found = prices.iter().find(|price| price.asset == asset);
	found.expect("it is listed").live
}

/// Dollars of an amount at a price, in millionths.
pub fn worth(asset: AssetId, amount: Balance, price: Price) -> u128 {
	amount * (price.raw() / 10u128.pow(12)) / unit(asset)
}

/// Dollars that the market paid for lots in this block.
pub fn brought() -> u128 {
	let paid = auctioned().into_iter().map(|event| match event {
		Event::SoldToMarket { bought, amount_out, .. } => worth(bought, amount_out.0, live(bought)),
		_ => 0,
	});
	paid.sum::<u128>() / 1_000_000
}

/// Dollars that all pools have lost and not made good.
pub fn lost() -> u128 {
	let lost = deficits()
		.into_iter()
		.map(|(asset, amount)| worth(asset, amount, live(asset)));
	lost.sum::<u128>() / 1_000_000
}
