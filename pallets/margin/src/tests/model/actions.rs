//! What may happen: calls of traders, keepers and governance, prices, and time.

use crate::{mock::*, Direction, Mode, Pauses, Status, Tier};
use margin_risk::Verdict;
use proptest::prelude::*;

/// An owner and a sub-account.
pub type Name = (AccountId, u16);

/// An amount, told so that it often means something.
#[derive(Clone, Copy, Debug)]
pub enum Much {
	/// Worth so many cents at the first price of the asset.
	Cents(u64),
	/// This percentage of what the account holds or owes of the asset, in whole units: 100 is exactly all.
	Percent(u8),
	/// This percentage of the account's equity, at the live price of the asset.
	Equity(u16),
	/// So many smallest units.
	Units(u128),
}

/// A size of a new position.
#[derive(Clone, Copy, Debug)]
pub enum Large {
	Much(Much),
	/// Tenths of the collateral's value.
	Leverage(u32),
}

/// An asset that is withdrawn, and how much of it: all of it without an amount.
pub type Out = (AssetId, Option<Much>);

/// How strict a limit is.
#[derive(Clone, Copy, Debug)]
pub enum Strict {
	/// None at all.
	Not,
	/// What the market gives now, to the unit.
	Just,
	/// A little better than the market.
	Beyond,
}

#[derive(Clone, Copy, Debug)]
pub enum Feed {
	/// Live, stable and market price become so many per mille of the live one.
	Move(u64),
	/// The live price alone does: a wick that the market does not follow.
	Wick(u64),
	/// The stable price becomes so many per mille of the live one.
	Stable(u64),
	/// A price of so many per mille of the live one is held back.
	HoldBack(u64),
	/// The verdict changes, the price stays.
	Judge(Verdict),
	/// A fresh report of the same price.
	Renew,
	/// Volatility asks for a maintenance margin of so many per mille.
	Volatility(u32),
}

/// Who speaks for governance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
	Root,
	AssetManager,
	RiskManager,
	OutflowManager,
	Nobody,
}

/// One parameter of an asset, multiplied by so many quarters.
#[derive(Clone, Copy, Debug)]
pub enum Tweak {
	Margin(u8),
	SizeScale(u8),
	ExposureStart(u8),
	AccountCap(u8),
	DepositCap(u8),
	BorrowCap(u8),
	ReserveFactor(u8),
	Tier(Tier),
	/// No change, or one that is never allowed.
	Decimals(u8),
}

#[derive(Clone, Copy, Debug)]
pub enum Rule {
	Update(Tweak),
	Status(Status),
	Pauses(Pauses),
	Cancel,
	/// Most, in cents, and the period in milliseconds.
	Outflow(u64, u64),
	Delist,
	Evict(Name),
	Remove,
	List,
}

#[derive(Clone, Debug)]
pub enum Action {
	Deposit(Name, AssetId, Much),
	Withdraw(Name, AssetId, Much),
	Borrow(Name, AssetId, Much),
	Repay(Name, AssetId, Much),
	Swap(Name, AssetId, AssetId, Much, Strict),
	Transfer(AccountId, u16, u16, AssetId, Much),
	OpenAccount(Name, Mode<AssetId>),
	CloseAccount(Name),
	Open {
		name: Name,
		collateral: Option<(AssetId, Much)>,
		/// By `deposit_and_open`, if there is any collateral.
		combined: bool,
		direction: Direction,
		asset: AssetId,
		against: AssetId,
		size: Large,
		limit: Strict,
		max_borrow: Much,
	},
	/// With what is withdrawn in the same call, if anything.
	Close(Name, AssetId, AssetId, Option<Much>, Strict, Option<Out>),
	/// Taker, account, and the most that he takes, in dollars.
	Liquidate(Name, Name, u32),
	/// Account, and whether round and block of the finding are right.
	Find(Name, bool, bool),
	Feed(AssetId, Feed),
	/// Milliseconds to the next block.
	Block(u64),
	Govern(Voice, AssetId, Rule),
}

pub fn name() -> impl Strategy<Value = Name> {
	(
		prop_oneof![8 => Just(ALICE), 8 => Just(BOB), 1 => Just(SUPPLIER)],
		prop_oneof![8 => Just(0u16), 4 => Just(1), 1 => 2..5u16],
	)
}

/// Most often one of the listed assets.
fn asset() -> impl Strategy<Value = AssetId> {
	prop_oneof![12 => Just(USDC), 12 => Just(BTC), 10 => Just(ETH), 4 => Just(DOT), 1 => Just(9)]
}

pub fn listed() -> impl Strategy<Value = AssetId> {
	prop_oneof![1 => Just(USDC), 3 => Just(BTC), 3 => Just(ETH), 1 => Just(DOT)]
}

pub fn volatile() -> impl Strategy<Value = AssetId> {
	prop_oneof![3 => Just(BTC), 3 => Just(ETH), 1 => Just(DOT)]
}

fn odd() -> impl Strategy<Value = Much> {
	prop_oneof![Just(0), Just(1), Just(2), Just(u128::MAX)].prop_map(Much::Units)
}

/// An amount that comes from a wallet.
fn brought() -> impl Strategy<Value = Much> {
	prop_oneof![
		4 => (1u64..1_000_000).prop_map(Much::Cents),
		10 => (1_000_000u64..100_000_000).prop_map(Much::Cents),
		1 => odd(),
	]
}

/// An amount that the account has.
fn had() -> impl Strategy<Value = Much> {
	prop_oneof![
		2 => (1u64..10_000_000).prop_map(Much::Cents),
		4 => (1u8..130).prop_map(Much::Percent),
		4 => Just(Much::Percent(100)),
		1 => odd(),
	]
}

/// An amount that the account may borrow.
fn borrowed() -> impl Strategy<Value = Much> {
	prop_oneof![
		2 => (1u64..10_000_000).prop_map(Much::Cents),
		2 => (1u8..130).prop_map(Much::Percent),
		6 => (1u16..1_000).prop_map(Much::Equity),
		// About what may be paid out.
		3 => (80u16..100).prop_map(Much::Equity),
		1 => odd(),
	]
}

fn strict() -> impl Strategy<Value = Strict> {
	prop_oneof![6 => Just(Strict::Not), 2 => Just(Strict::Just), 1 => Just(Strict::Beyond)]
}

fn mode() -> impl Strategy<Value = Mode<AssetId>> {
	let isolated = (asset(), asset()).prop_map(|(collateral, debt)| Mode::Isolated { collateral, debt });
	prop_oneof![1 => Just(Mode::Cross), 4 => isolated]
}

fn open() -> impl Strategy<Value = Action> {
	let size = prop_oneof![2 => borrowed().prop_map(Large::Much), 3 => (0u32..150).prop_map(Large::Leverage)];
	let direction = prop_oneof![Just(Direction::Long), Just(Direction::Short)];
	let most = prop_oneof![8 => Just(Much::Units(u128::MAX)), 1 => borrowed()];
	let pair = (asset(), asset());
	(
		name(),
		(prop::option::weighted(0.7, (asset(), brought())), any::<bool>()),
		direction,
		pair,
		size,
		strict(),
		most,
	)
		.prop_map(
			|(name, (collateral, combined), direction, (asset, against), size, limit, max_borrow)| Action::Open {
				name,
				collateral,
				combined,
				direction,
				asset,
				against,
				size,
				limit,
				max_borrow,
			},
		)
}

fn close() -> impl Strategy<Value = Action> {
	let out = prop::option::of((asset(), prop::option::of(had())));
	(name(), asset(), asset(), prop::option::of(had()), strict(), out)
		.prop_map(|(n, a, b, x, s, out)| Action::Close(n, a, b, x, s, out))
}

fn feed() -> impl Strategy<Value = Feed> {
	let verdict = prop_oneof![
		1 => Just(Verdict::Stale),
		1 => Just(Verdict::TooFewOperators),
		1 => Just(Verdict::Missing),
		3 => Just(Verdict::Usable),
	];
	prop_oneof![
		8 => (800u64..1_200).prop_map(Feed::Move),
		1 => (300u64..1_000).prop_map(Feed::Move),
		1 => (700u64..1_400).prop_map(Feed::Wick),
		1 => (700u64..1_400).prop_map(Feed::Stable),
		1 => (700u64..1_400).prop_map(Feed::HoldBack),
		1 => verdict.prop_map(Feed::Judge),
		2 => Just(Feed::Renew),
		2 => (5u32..250).prop_map(Feed::Volatility),
	]
}

pub fn rule() -> impl Strategy<Value = Rule> {
	let quarters = prop_oneof![Just(0u8), Just(1), Just(2), Just(3), Just(5), Just(8), Just(9)];
	let tweak = (0u8..9, quarters).prop_map(|(which, x)| match which {
		0 | 1 => Tweak::Margin(x),
		2 => Tweak::SizeScale(x),
		3 => Tweak::ExposureStart(x),
		4 => Tweak::AccountCap(x),
		5 => Tweak::DepositCap(x),
		6 => Tweak::BorrowCap(x),
		7 => Tweak::ReserveFactor(x),
		_ if x < 3 => Tweak::Tier(if x == 0 { Tier::Cross } else { Tier::IsolatedOnly }),
		_ => Tweak::Decimals(x),
	});
	let status = prop_oneof![
		3 => Just(Status::Live),
		1 => Just(Status::ReduceOnly),
		1 => Just(Status::Frozen),
		1 => Just(Status::Delisting(0)),
	];
	let pauses = prop_oneof![
		1 => Just(Pauses::default()),
		1 => any::<[bool; 4]>().prop_map(|[supply, withdraw, borrow, trade]| Pauses { supply, withdraw, borrow, trade }),
	];
	prop_oneof![
		4 => tweak.prop_map(Rule::Update),
		3 => status.prop_map(Rule::Status),
		3 => pauses.prop_map(Rule::Pauses),
		2 => Just(Rule::Cancel),
		2 => (1_000_000u64..1_000_000_000, 1u64..DAY).prop_map(|(most, period)| Rule::Outflow(most, period)),
		1 => Just(Rule::Outflow(u64::MAX, 1)),
		1 => Just(Rule::Delist),
		2 => name().prop_map(Rule::Evict),
		1 => Just(Rule::Remove),
		1 => Just(Rule::List),
	]
}

pub fn voice() -> impl Strategy<Value = Voice> {
	prop_oneof![
		2 => Just(Voice::Root),
		4 => Just(Voice::AssetManager),
		3 => Just(Voice::RiskManager),
		2 => Just(Voice::OutflowManager),
		1 => Just(Voice::Nobody),
	]
}

fn time() -> impl Strategy<Value = u64> {
	prop_oneof![
		4 => 1u64..10_000,
		4 => 10_000u64..3 * HOUR,
		2 => HOUR..DAY,
		1 => DAY..90 * DAY,
	]
}

pub fn one() -> impl Strategy<Value = Action> {
	prop_oneof![
		6 => (name(), asset(), brought()).prop_map(|(n, a, x)| Action::Deposit(n, a, x)),
		5 => (name(), asset(), had()).prop_map(|(n, a, x)| Action::Withdraw(n, a, x)),
		5 => (name(), asset(), borrowed()).prop_map(|(n, a, x)| Action::Borrow(n, a, x)),
		5 => (name(), asset(), had()).prop_map(|(n, a, x)| Action::Repay(n, a, x)),
		8 => (name(), asset(), asset(), borrowed(), strict()).prop_map(|(n, a, b, x, s)| Action::Swap(n, a, b, x, s)),
		4 => (name(), 0..2u16, asset(), had()).prop_map(|((who, from), to, a, x)| Action::Transfer(who, from, to, a, x)),
		2 => (name(), mode()).prop_map(|(n, mode)| Action::OpenAccount(n, mode)),
		2 => name().prop_map(Action::CloseAccount),
		8 => open(),
		6 => close(),
		4 => taking(),
		4 => finding(),
		10 => (listed(), feed()).prop_map(|(a, f)| Action::Feed(a, f)),
		8 => time().prop_map(Action::Block),
		6 => (voice(), asset(), rule()).prop_map(|(v, a, r)| Action::Govern(v, a, r)),
	]
}

pub fn finding() -> impl Strategy<Value = Action> {
	(name(), prop::bool::weighted(0.9), prop::bool::weighted(0.9)).prop_map(|(n, a, b)| Action::Find(n, a, b))
}

pub fn taking() -> impl Strategy<Value = Action> {
	(name(), name(), 1u32..2_000_000).prop_map(|(taker, n, most)| Action::Liquidate(taker, n, most))
}
