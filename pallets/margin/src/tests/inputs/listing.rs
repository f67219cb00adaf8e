//! Listing an asset and changing its parameters.

use super::*;
use crate::{AssetConfig, Changes, Tier};
use frame_support::traits::fungibles::Mutate;
use margin_math::{Amount, Ratio};
use margin_risk::FlowLimit;

type Config = AssetConfig<AssetId>;
type Edit = fn(&mut Config);

/// A token that is not listed.
pub const NEW: AssetId = 5;

/// Creates a token, and endows the pallet with it.
pub fn endow(asset: AssetId) {
	Assets::force_create(RuntimeOrigin::root(), asset, MAKER, true, 1).unwrap();
	<Assets as Mutate<_>>::mint_into(asset, &Margin::account_id(), 1).unwrap();
}

/// Parameters that are out of range, with the errors that name them.
fn out_of_range() -> Vec<(&'static str, Edit, Error)> {
	vec![
		("19 decimals", |c| c.decimals = 19, Error::DecimalsOutOfRange),
		("most decimals", |c| c.decimals = u8::MAX, Error::DecimalsOutOfRange),
		(
			"maintenance zero",
			|c| c.margin.maintenance = Ratio::ZERO,
			Error::MarginOutOfRange,
		),
		(
			"maintenance above 20 %",
			|c| {
				c.margin.initial = Ratio::from_percent(50);
				c.margin.target = Ratio::from_percent(30);
				c.margin.maintenance = Ratio::from_percent(21);
			},
			Error::MarginOutOfRange,
		),
		(
			"maintenance above target",
			|c| c.margin.target = Ratio::from_percent(4),
			Error::MarginOutOfRange,
		),
		(
			"target above initial",
			|c| c.margin.initial = Ratio::from_percent(6),
			Error::MarginOutOfRange,
		),
		(
			"initial one",
			|c| c.margin.initial = Ratio::ONE,
			Error::MarginOutOfRange,
		),
		(
			"initial most",
			|c| c.margin.initial = Ratio::MAX,
			Error::MarginOutOfRange,
		),
		(
			"size scale zero",
			|c| c.size_scale = Amount::ZERO,
			Error::ScaleOutOfRange,
		),
		(
			"exposure start zero",
			|c| c.exposure_start = Amount::ZERO,
			Error::ScaleOutOfRange,
		),
		("kink zero", |c| c.rate.kink = Ratio::ZERO, Error::RateOutOfRange),
		("kink one", |c| c.rate.kink = Ratio::ONE, Error::RateOutOfRange),
		(
			"rate falls",
			|c| c.rate.rate_at_kink = Ratio::ZERO,
			Error::RateOutOfRange,
		),
		("rate most", |c| c.rate.rate_at_full = Ratio::MAX, Error::RateOutOfRange),
		(
			"reserve factor one",
			|c| c.reserve_factor = Ratio::ONE,
			Error::ShareOutOfRange,
		),
		(
			"unborrowable most",
			|c| c.unborrowable = Ratio::MAX,
			Error::ShareOutOfRange,
		),
		(
			"least amount zero",
			|c| c.min_amount = Amount::ZERO,
			Error::MinAmountOutOfRange,
		),
		(
			"least debt below it",
			|c| c.min_debt = Amount(c.min_amount.0 - 1),
			Error::MinAmountOutOfRange,
		),
		(
			"window without a period",
			|c| c.borrow_window.period = 0,
			Error::WindowOutOfRange,
		),
	]
}

/// Parameters in their range.
fn in_range() -> Vec<(&'static str, Edit)> {
	vec![
		("usual", |_| ()),
		("decimals zero", |c| c.decimals = 0),
		("another price key", |c| c.price_key = u32::MAX),
		("isolated only", |c| c.tier = Tier::IsolatedOnly),
		("least maintenance", |c| c.margin.maintenance = Ratio::from_ppm(1)),
		("scales of one", |c| {
			(c.size_scale, c.exposure_start) = (Amount(1), Amount(1))
		}),
		("shares of zero", |c| {
			(c.reserve_factor, c.unborrowable) = (Ratio::ZERO, Ratio::ZERO)
		}),
		("least amount one", |c| {
			(c.min_amount, c.min_debt) = (Amount(1), Amount(1))
		}),
		("least amount most", |c| {
			(c.min_amount, c.min_debt) = (Amount(u128::MAX), Amount(u128::MAX))
		}),
		("caps of zero", |c| {
			(c.account_cap, c.deposit_cap, c.borrow_cap) = (Amount::ZERO, Amount::ZERO, Amount::ZERO)
		}),
		("caps most", |c| {
			(c.account_cap, c.deposit_cap, c.borrow_cap) = (Amount(u128::MAX), Amount(u128::MAX), Amount(u128::MAX))
		}),
		("a window for nothing", |c| {
			c.borrow_window = FlowLimit {
				most: Amount::ZERO,
				period: u64::MAX,
			}
		}),
	]
}

fn changed(change: Edit) -> Config {
	let mut config = config(SUBJECT, 5);
	change(&mut config);
	config
}

/// The asset that is to be listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
	/// Exists, and the pallet is endowed with it.
	Endowed,
	/// Exists, and the pallet has none.
	Unendowed,
	/// There is no such token.
	Missing,
	/// Listed already.
	Listed,
}

#[test]
fn list_asset_is_refused_by_name() {
	const UNENDOWED: AssetId = 6;
	let good = in_range().into_iter().map(|(name, change)| (name, change, None));
	let bad = out_of_range()
		.into_iter()
		.map(|(name, change, error)| (name, change, Some(error)));
	let configs: Vec<_> = good.chain(bad).collect();
	table("list_asset", |table| {
		for full in [false, true] {
			let arrange = || {
				endow(NEW);
				Assets::force_create(RuntimeOrigin::root(), UNENDOWED, MAKER, true, 1).unwrap();
				for asset in (200..204).filter(|_| full) {
					endow(asset);
					Margin::list_asset(signed(ASSET_MANAGER), asset, config(asset, 5)).unwrap();
				}
			};
			table.scene(arrange, |table| {
				for token in [Token::Endowed, Token::Unendowed, Token::Missing, Token::Listed] {
					for (name, change, error) in &configs {
						let asset = match token {
							Token::Endowed => NEW,
							Token::Unendowed => UNENDOWED,
							Token::Missing => UNLISTED,
							Token::Listed => SUBJECT,
						};
						let fits = first([
							(token == Token::Listed, Error::AlreadyListed),
							(full, Error::TooManyAssets),
							(token != Token::Endowed, Error::EndowmentMissing),
						]);
						let call = Call::list_asset {
							asset,
							config: changed(*change),
						};
						table.row(
							|| format!("{token:?}, {name}, full: {full}"),
							signed(ASSET_MANAGER),
							call,
							named(error.as_ref()).and(fits),
						);
					}
				}
			});
		}
	});
}

fn named(error: Option<&Error>) -> Outcome {
	let Some(error) = error else { return Ok(()) };
	let index = codec::Encode::encode(error);
	let mut bytes = [0; 4];
	bytes[..index.len()].copy_from_slice(&index);
	Err(DispatchError::Module(sp_runtime::ModuleError {
		index: <Margin as frame_support::traits::PalletInfoAccess>::index() as u8,
		error: bytes,
		message: None,
	}))
}

/// What a change in range amounts to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
	Nothing,
	OfTheAsset,
	Tightens,
	Loosens,
	/// Tightens, and too much.
	TightensFar,
	/// Loosens, and too much.
	LoosensFar,
}

fn changes() -> Vec<(&'static str, Edit, Change)> {
	let of = |name: &str| match name {
		"usual" => Change::Nothing,
		"decimals zero" | "another price key" => Change::OfTheAsset,
		"isolated only" | "scales of one" | "caps of zero" | "a window for nothing" => Change::Tightens,
		"caps most" => Change::LoosensFar,
		"shares of zero" => Change::Loosens,
		_ => Change::LoosensFar,
	};
	let edges = in_range().into_iter().map(|(name, change)| (name, change, of(name)));
	let steps: [(&str, Edit, Change); 8] = [
		(
			"initial doubles",
			|c| c.margin.initial = Ratio::from_percent(20),
			Change::Tightens,
		),
		(
			"initial triples",
			|c| c.margin.initial = Ratio::from_percent(30),
			Change::TightensFar,
		),
		(
			"maintenance a tenth lower",
			|c| c.margin.maintenance = Ratio::from_ppm(45_000),
			Change::Loosens,
		),
		(
			"maintenance a third",
			|c| c.margin.maintenance = Ratio::from_percent(2),
			Change::LoosensFar,
		),
		(
			"deposit cap doubles",
			|c| c.deposit_cap = Amount(c.deposit_cap.0 * 2),
			Change::Loosens,
		),
		(
			"deposit cap more than doubles",
			|c| c.deposit_cap = Amount(c.deposit_cap.0 * 2 + 1),
			Change::LoosensFar,
		),
		(
			"unborrowable 20 points up",
			|c| c.unborrowable = Ratio::from_percent(25),
			Change::Tightens,
		),
		(
			"unborrowable further up",
			|c| c.unborrowable = Ratio::from_percent(26),
			Change::TightensFar,
		),
	];
	edges.chain(steps).collect()
}

#[test]
fn update_asset_is_refused_by_name() {
	let states = [
		State::Unlisted,
		State::Live,
		State::Frozen,
		State::Delisting,
		State::NoticeOver,
		State::AllPaused,
		State::NeverPriced,
	];
	table("update_asset", |table| {
		for state in states {
			table.scene(
				|| state.arrange(),
				|table| {
					for manager in [ASSET_MANAGER, RISK_MANAGER] {
						let call = |change| Call::update_asset {
							asset: state.asset(),
							config: changed(change),
						};
						for (name, change, error) in out_of_range() {
							let name = || format!("{name}, {state:?}, by {manager}");
							table.row(name, signed(manager), call(change), named(Some(&error)));
						}
						for (name, change, kind) in changes() {
							let loosens = matches!(kind, Change::Loosens | Change::LoosensFar);
							let far = matches!(kind, Change::TightensFar | Change::LoosensFar);
							let expected = first([
								(state.is_unlisted(), Error::UnknownAsset),
								(kind == Change::OfTheAsset, Error::FixedWhenListed),
								(kind == Change::Nothing, Error::NothingChanges),
								(manager == RISK_MANAGER && loosens, Error::OnlyTighten),
								(far, Error::StepTooLarge),
							]);
							let name = || format!("{name}, {state:?}, by {manager}");
							table.row(name, signed(manager), call(change), expected);
						}
					}
				},
			);
		}
	});
}

#[test]
fn cancel_change_is_refused_by_name() {
	table("cancel_change", |table| {
		for (state, waits) in pairs(State::ALL, [false, true]) {
			let arrange = || {
				state.arrange();
				if waits {
					Changes::<Test>::insert(SUBJECT, (config(SUBJECT, 4), u64::MAX));
				}
			};
			table.scene(arrange, |table| {
				for manager in [ASSET_MANAGER, RISK_MANAGER] {
					let expected = first([
						(state.is_unlisted(), Error::UnknownAsset),
						(!waits, Error::NoChangeWaits),
					]);
					let call = Call::cancel_change { asset: state.asset() };
					let name = || format!("{state:?}, waits: {waits}, by {manager}");
					table.row(name, signed(manager), call, expected);
				}
			});
		}
	});
}
