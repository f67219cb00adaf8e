//! What the rows are made of: accounts in every state, an asset in every state, amounts of every class.

use super::*;
use crate::{Assets as Listed, Mode, Pauses, Status, Tier};
use frame_support::{storage_alias, Twox64Concat};
use margin_risk::{Quote, Verdict};

/// The asset that the tables are about.
pub const SUBJECT: AssetId = ETH;
/// Nobody has listed it.
pub const UNLISTED: AssetId = 77;
/// What is held or owed of the subject where anything is: 20,000 dollars.
pub const HELD: u128 = 100 * unit(SUBJECT);

/// Another signer, whose wallet is full. Owns one margin account, of the number of [`Who::Nobody`].
pub const STRANGER: AccountId = BOB;

/// The signer's margin account, as the subject sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
	/// The signer has none of this number, and another owner one that holds the subject.
	Nobody,
	/// Another owner has one of this number, which holds the subject.
	ForeignHolder,
	/// Another owner has one of this number, which owes the subject.
	ForeignDebtor,
	/// Nothing in it.
	Empty,
	/// Holds the subject and owes nothing.
	Holder,
	/// Holds the subject and owes dollars.
	HolderInDebt,
	/// Owes the subject, and holds bitcoin.
	Debtor,
	/// Owes dollars, and holds bitcoin.
	OtherDebtor,
	/// Holds as many other assets as it may.
	Full,
	/// Isolated, for bitcoin against the subject; empty.
	Isolated,
	/// Isolated, for bitcoin against the subject, of which it owes.
	IsolatedDebtor,
	/// Isolated, for bitcoin against dollars, of which it owes.
	IsolatedElsewhere,
}

impl Who {
	pub const ALL: [Self; 12] = [
		Self::Nobody,
		Self::ForeignHolder,
		Self::ForeignDebtor,
		Self::Empty,
		Self::Holder,
		Self::HolderInDebt,
		Self::Debtor,
		Self::OtherDebtor,
		Self::Full,
		Self::Isolated,
		Self::IsolatedDebtor,
		Self::IsolatedElsewhere,
	];

	pub fn sub(self) -> u16 {
		match self {
			Self::ForeignHolder => Self::Holder.sub(),
			Self::ForeignDebtor => Self::Debtor.sub(),
			own => own as u16,
		}
	}

	pub fn origin(self) -> RuntimeOrigin {
		signed(match self {
			Self::ForeignHolder | Self::ForeignDebtor => STRANGER,
			_ => ALICE,
		})
	}

	/// The signer has no such account.
	pub fn is_missing(self) -> bool {
		matches!(self, Self::Nobody | Self::ForeignHolder | Self::ForeignDebtor)
	}

	pub fn holds(self) -> bool {
		matches!(self, Self::Holder | Self::HolderInDebt)
	}

	pub fn owes(self) -> bool {
		matches!(self, Self::Debtor | Self::IsolatedDebtor)
	}

	pub fn owes_dollars(self) -> bool {
		matches!(self, Self::HolderInDebt | Self::OtherDebtor | Self::IsolatedElsewhere)
	}

	pub fn has_debt(self) -> bool {
		self.owes() || self.owes_dollars()
	}

	/// Has bitcoin worth many times what it owes.
	pub fn is_rich(self) -> bool {
		matches!(
			self,
			Self::Debtor | Self::OtherDebtor | Self::IsolatedDebtor | Self::Full
		)
	}

	pub fn is_cross(self) -> bool {
		!matches!(self, Self::Isolated | Self::IsolatedDebtor | Self::IsolatedElsewhere)
	}
}

/// The state of the asset that a row names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
	/// Not on the list.
	Unlisted,
	Live,
	ReduceOnly,
	Frozen,
	/// With some notice left.
	Delisting,
	/// With no notice left.
	NoticeOver,
	SupplyPaused,
	WithdrawPaused,
	BorrowPaused,
	TradePaused,
	AllPaused,
	/// For isolated accounts only.
	IsolatedOnly,
	/// Its price has another verdict.
	Unusable(Verdict),
	/// Its price is stale for so long that it counts nothing any more.
	Faded,
	/// It has no price at all.
	NeverPriced,
	/// The prices of all other assets are stale.
	OthersStale,
	/// All other assets are paused.
	OthersPaused,
	/// All other assets are reduce-only.
	OthersReduceOnly,
}

impl State {
	pub const ALL: [Self; 22] = [
		Self::Unlisted,
		Self::Live,
		Self::ReduceOnly,
		Self::Frozen,
		Self::Delisting,
		Self::NoticeOver,
		Self::SupplyPaused,
		Self::WithdrawPaused,
		Self::BorrowPaused,
		Self::TradePaused,
		Self::AllPaused,
		Self::IsolatedOnly,
		Self::Unusable(Verdict::HeldBack),
		Self::Unusable(Verdict::Stale),
		Self::Unusable(Verdict::TooFewOperators),
		Self::Unusable(Verdict::Missing),
		Self::Unusable(Verdict::Frozen),
		Self::Faded,
		Self::NeverPriced,
		Self::OthersStale,
		Self::OthersPaused,
		Self::OthersReduceOnly,
	];

	/// The asset that is named.
	pub fn asset(self) -> AssetId {
		if self == Self::Unlisted {
			UNLISTED
		} else {
			SUBJECT
		}
	}

	pub fn arrange(self) {
		let paused = |asset, pauses| record(asset, |record| record.pauses = pauses);
		let put = |asset, status| record(asset, |record| record.status = status);
		let state = |status| put(SUBJECT, status);
		match self {
			Self::Unlisted | Self::Live => (),
			Self::ReduceOnly => state(Status::ReduceOnly),
			Self::Frozen => state(Status::Frozen),
			Self::Delisting => state(Status::Delisting(Timestamp::get() + DAY)),
			Self::NoticeOver => state(Status::Delisting(Timestamp::get())),
			Self::IsolatedOnly => reconfigure(SUBJECT, |config| config.tier = Tier::IsolatedOnly),
			Self::Unusable(verdict) => set_verdict(SUBJECT, verdict),
			Self::Faded => Quotes::mutate(SUBJECT, |quote| {
				let quote = quote.as_mut().unwrap();
				(quote.verdict, quote.updated_at) = (Verdict::Stale, 0);
			}),
			Self::NeverPriced => Quotes::remove(SUBJECT),
			Self::OthersStale => OTHERS.into_iter().for_each(|asset| set_verdict(asset, Verdict::Stale)),
			Self::OthersPaused => OTHERS.into_iter().for_each(|asset| paused(asset, EVERYTHING)),
			Self::OthersReduceOnly => OTHERS.into_iter().for_each(|asset| put(asset, Status::ReduceOnly)),
			_ => paused(SUBJECT, self.pauses()),
		}
	}

	/// What is paused for the subject.
	pub fn pauses(self) -> Pauses {
		Pauses {
			supply: matches!(self, Self::SupplyPaused | Self::AllPaused),
			withdraw: matches!(self, Self::WithdrawPaused | Self::AllPaused),
			borrow: matches!(self, Self::BorrowPaused | Self::AllPaused),
			trade: matches!(self, Self::TradePaused | Self::AllPaused),
		}
	}

	pub fn is_unlisted(self) -> bool {
		self == Self::Unlisted
	}

	pub fn is_frozen(self) -> bool {
		self == Self::Frozen
	}

	/// Positions in the subject can only be made smaller.
	pub fn only_reduces(self) -> bool {
		matches!(self, Self::ReduceOnly | Self::Delisting | Self::NoticeOver)
	}

	/// The subject's price cannot be acted upon.
	pub fn has_no_price(self) -> bool {
		matches!(self, Self::Frozen | Self::Unusable(_) | Self::Faded | Self::NeverPriced)
	}
}

/// How much of something a row names, by what is held or owed and by the least that is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Much {
	Zero,
	One,
	/// One less than the least.
	TooLittle,
	Least,
	/// A tenth of what is held.
	Some,
	/// All but one unit.
	NearlyAll,
	All,
	/// One unit more.
	AllAndOne,
	Most,
}

impl Much {
	pub const ALL: [Self; 9] = [
		Self::Zero,
		Self::One,
		Self::TooLittle,
		Self::Least,
		Self::Some,
		Self::NearlyAll,
		Self::All,
		Self::AllAndOne,
		Self::Most,
	];

	/// Of `asset`, of which `held` is held or owed.
	pub fn of(self, asset: AssetId, held: u128) -> u128 {
		let least = unit(asset) / 10_000;
		match self {
			Self::Zero => 0,
			Self::One => 1,
			Self::TooLittle => least - 1,
			Self::Least => least,
			Self::Some => held / 10,
			Self::NearlyAll => held - 1,
			Self::All => held,
			Self::AllAndOne => held + 1,
			Self::Most => u128::MAX,
		}
	}

	pub fn is_zero(self) -> bool {
		self == Self::Zero
	}

	pub fn is_too_little(self) -> bool {
		matches!(self, Self::One | Self::TooLittle)
	}

	/// More than all.
	pub fn is_beyond(self) -> bool {
		matches!(self, Self::AllAndOne | Self::Most)
	}
}

/// The listed assets beside the subject.
const OTHERS: [AssetId; 3] = [USDC, BTC, DOT];

const EVERYTHING: Pauses = Pauses {
	supply: true,
	withdraw: true,
	borrow: true,
	trade: true,
};

#[storage_alias]
type Quotes = StorageMap<Mock, Twox64Concat, AssetId, Quote>;

/// Each of one with each of the other.
pub fn pairs<A: Copy, B>(
	one: impl IntoIterator<Item = A>,
	other: impl IntoIterator<Item = B> + Clone,
) -> impl Iterator<Item = (A, B)> {
	one.into_iter()
		.flat_map(move |a| other.clone().into_iter().map(move |b| (a, b)))
}

/// Changes what is stored of an asset.
pub fn record(asset: AssetId, change: impl FnOnce(&mut crate::Asset<AssetId>)) {
	Listed::<Test>::mutate(asset, |record| change(record.as_mut().unwrap()));
}

/// Leaves [`ALICE`] less of the native token than an account costs.
pub fn impoverish() {
	let spare = Balances::free_balance(ALICE) - (AccountDeposit::get() - 1);
	Balances::burn(signed(ALICE), spare, false).unwrap();
}

/// Every account of [`Who`], at live prices and with everything allowed.
pub fn stage() -> sp_io::TestExternalities {
	let mut ext = ExtBuilder::default().build();
	ext.execute_with(|| {
		let put = |who: Who, asset, amount| Margin::deposit(signed(ALICE), who.sub(), asset, amount).unwrap();
		let owe = |who: Who, asset, amount| Margin::borrow(signed(ALICE), who.sub(), asset, amount).unwrap();
		let open = |who: Who, mode| Margin::open_account(signed(ALICE), who.sub(), mode).unwrap();
		let isolated = |debt| Mode::Isolated { collateral: BTC, debt };
		Margin::deposit(signed(STRANGER), Who::Nobody.sub(), SUBJECT, HELD).unwrap();
		open(Who::Empty, Mode::Cross);
		open(Who::Isolated, isolated(SUBJECT));
		open(Who::IsolatedDebtor, isolated(SUBJECT));
		open(Who::IsolatedElsewhere, isolated(USDC));
		for who in [Who::Holder, Who::HolderInDebt] {
			put(who, SUBJECT, HELD);
		}
		for who in [
			Who::Debtor,
			Who::OtherDebtor,
			Who::IsolatedDebtor,
			Who::IsolatedElsewhere,
		] {
			put(who, BTC, 10 * unit(BTC));
		}
		for asset in OTHERS {
			put(Who::Full, asset, 80_000 / first_price(asset) * unit(asset));
		}
		for who in [Who::Debtor, Who::IsolatedDebtor] {
			owe(who, SUBJECT, HELD);
		}
		for who in [Who::HolderInDebt, Who::OtherDebtor, Who::IsolatedElsewhere] {
			owe(who, USDC, 5_000 * unit(USDC));
		}
		for who in Who::ALL.into_iter().filter(|who| who.owes()) {
			assert_eq!(balance_of(ALICE, who.sub(), SUBJECT), -(HELD as i128));
		}
		for who in Who::ALL.into_iter().filter(|who| who.holds()) {
			assert_eq!(balance_of(ALICE, who.sub(), SUBJECT), HELD as i128);
		}
		Margin::do_try_state().unwrap();
	});
	ext.commit_all().unwrap();
	ext
}
