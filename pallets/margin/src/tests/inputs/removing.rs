//! Taking an asset off the list.

use super::{
	listing::{endow, NEW},
	*,
};
use crate::{Balance, Fund, Status};
use frame_support::traits::fungibles::Mutate;

/// What is left in an asset whose notice is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Left {
	Nothing,
	/// A deposit of the insurance fund.
	Funds,
	Deposit,
	Debt,
	Deficit,
}

/// Lists `NEW`, gives it a past, and ends its notice.
fn delisted(left: Left) {
	endow(NEW);
	Margin::list_asset(signed(ASSET_MANAGER), NEW, config(NEW, 5)).unwrap();
	set_price(NEW, 400);
	<Assets as Mutate<_>>::mint_into(NEW, &STRANGER, 1_000 * unit(NEW)).unwrap();
	let put = || Margin::deposit(signed(STRANGER), 300, NEW, 100 * unit(NEW)).unwrap();
	match left {
		Left::Nothing => (),
		Left::Funds => {
			put();
			let account = Accounts::<Test>::take(STRANGER, 300).unwrap();
			Fund::<Test>::put(account);
		},
		Left::Deposit => put(),
		Left::Debt => {
			put();
			Margin::borrow(signed(ALICE), Who::OtherDebtor.sub(), NEW, unit(NEW)).unwrap();
		},
		Left::Deficit => {
			put();
			Margin::borrow(signed(ALICE), Who::OtherDebtor.sub(), NEW, unit(NEW)).unwrap();
			let mut account = Accounts::<Test>::get(ALICE, Who::OtherDebtor.sub()).unwrap();
			let Some(Balance::Debt(shares)) = account.balance(NEW) else {
				panic!("it owes");
			};
			record(NEW, |record| {
				record.pool.write_deficit(shares).unwrap();
			});
			account.set(NEW, None).unwrap();
			Accounts::<Test>::insert(ALICE, Who::OtherDebtor.sub(), account);
		},
	}
	record(NEW, |record| record.status = Status::Delisting(Timestamp::get()));
}

#[test]
fn remove_asset_is_refused_by_name() {
	table("remove_asset", |table| {
		let beneficiaries = [0, ALICE, MAKER, u64::MAX];
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for beneficiary in beneficiaries {
						let expected = first([
							(state.is_unlisted(), Error::UnknownAsset),
							(state == State::Delisting, Error::NoticeNotOver),
							(state == State::NoticeOver, Error::AssetInUse),
							(true, Error::NotDelisting),
						]);
						let asset = state.asset();
						let call = Call::remove_asset { asset, beneficiary };
						let name = || format!("{state:?}, to {beneficiary}");
						table.row(name, RuntimeOrigin::root(), call, expected);
					}
				},
			);
		}
		for left in [Left::Nothing, Left::Funds, Left::Deposit, Left::Debt, Left::Deficit] {
			table.scene(
				|| delisted(left),
				|table| {
					for beneficiary in beneficiaries {
						let in_use = !matches!(left, Left::Nothing | Left::Funds);
						let expected = first([(in_use, Error::AssetInUse)]);
						let asset = NEW;
						let call = Call::remove_asset { asset, beneficiary };
						let name = || format!("{left:?} left, to {beneficiary}");
						table.row(name, RuntimeOrigin::root(), call, expected);
					}
				},
			);
		}
	});
}
