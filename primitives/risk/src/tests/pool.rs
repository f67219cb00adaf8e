use super::exact::exact;
use crate::{Pool, PoolError, RateModel};
use margin_math::{Amount, Ratio, Shares};
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*};

const USERS: usize = 3;

/// Something that one of three users, or the protocol, does.
#[derive(Clone, Copy, Debug)]
enum Action {
	Supply(usize, u128),
	Withdraw(usize, u128),
	WithdrawAll(usize),
	Borrow(usize, u128),
	Repay(usize, u128),
	RepayAll(usize),
	Net(usize),
	WriteOff(usize),
	Accrue(u64),
	Sweep,
	PayDeficit(u128),
}

fn any_action() -> impl Strategy<Value = Action> {
	let user = || 0..USERS;
	// Sizes from one unit to 10^18, so that one pool sees both.
	let size = || (0u32..60, 1u128..64).prop_map(|(shift, number)| number << shift);
	prop_oneof![
		4 => (user(), size()).prop_map(|(user, amount)| Action::Supply(user, amount)),
		2 => (user(), size()).prop_map(|(user, amount)| Action::Withdraw(user, amount)),
		1 => user().prop_map(Action::WithdrawAll),
		4 => (user(), size()).prop_map(|(user, amount)| Action::Borrow(user, amount)),
		2 => (user(), size()).prop_map(|(user, amount)| Action::Repay(user, amount)),
		1 => user().prop_map(Action::RepayAll),
		2 => user().prop_map(Action::Net),
		1 => user().prop_map(Action::WriteOff),
		4 => (0u64..200_000_000).prop_map(Action::Accrue),
		1 => Just(Action::Sweep),
		1 => size().prop_map(Action::PayDeficit),
	]
}

pub fn steep_model() -> RateModel {
	RateModel {
		base: Ratio::from_percent(1),
		kink: Ratio::from_percent(80),
		rate_at_kink: Ratio::from_percent(10),
		rate_at_full: Ratio::from_percent(1000),
	}
}

/// A pool with the ledger of those who use it.
#[derive(Clone, Default, Debug, PartialEq)]
struct Bank {
	pool: Pool,
	now: u64,
	deposits: [Shares; USERS],
	debts: [Shares; USERS],
	fund: Shares,
}

fn minus(shares: &mut Shares, burned: Shares) {
	*shares = shares
		.checked_sub(burned)
		.expect("nobody loses more shares than he has");
}

fn plus(shares: &mut Shares, minted: Shares) {
	*shares = shares.checked_add(minted).unwrap();
}

impl Bank {
	fn act(&mut self, action: Action) -> Result<(), PoolError> {
		let pool = &mut self.pool;
		match action {
			Action::Supply(user, amount) => plus(&mut self.deposits[user], pool.supply(Amount(amount))?),
			Action::Withdraw(user, amount) => {
				let amount = Amount(amount).min(pool.deposit_value(self.deposits[user])?);
				minus(&mut self.deposits[user], pool.withdraw(amount)?);
			},
			Action::WithdrawAll(user) => {
				let worth = pool.deposit_value(self.deposits[user])?;
				assert_eq!(pool.withdraw_all(self.deposits[user])?, worth);
				self.deposits[user] = Shares::ZERO;
			},
			Action::Borrow(user, amount) => plus(&mut self.debts[user], pool.borrow(Amount(amount))?),
			Action::Repay(user, amount) => {
				let amount = Amount(amount).min(pool.debt_value(self.debts[user])?);
				assert_eq!(
					pool.debt_shares_for(amount)?,
					pool.clone().repay(amount).unwrap_or_default()
				);
				minus(&mut self.debts[user], pool.repay(amount)?);
			},
			Action::RepayAll(user) => {
				let owed = pool.debt_value(self.debts[user])?;
				assert_eq!(pool.repay_all(self.debts[user])?, owed);
				self.debts[user] = Shares::ZERO;
			},
			Action::Net(user) => {
				let (held, owed) = (self.deposits[user], self.debts[user]);
				let (deposit, debt) = pool.net(held, owed)?;
				assert!(deposit == held || debt == owed, "one side is used up");
				minus(&mut self.deposits[user], deposit);
				minus(&mut self.debts[user], debt);
			},
			Action::WriteOff(user) => {
				pool.write_deficit(self.debts[user])?;
				self.debts[user] = Shares::ZERO;
			},
			Action::Accrue(time) => {
				self.now += time;
				pool.accrue(&steep_model(), Ratio::from_percent(10), self.now)?;
			},
			Action::Sweep => plus(&mut self.fund, pool.sweep_reserves()?),
			Action::PayDeficit(amount) => pool.pay_deficit(Amount(amount).min(pool.deficit))?,
		}
		Ok(())
	}

	/// The books balance, the shares add up, and all claims are covered.
	fn check(&self) -> Result<(), TestCaseError> {
		let pool = &self.pool;
		prop_assert!(pool.is_balanced(), "{pool:?}");
		let sum = |shares: &[Shares]| shares.iter().map(|shares| shares.0).sum::<u128>();
		prop_assert_eq!(sum(&self.deposits) + self.fund.0, pool.deposit_shares.0);
		prop_assert_eq!(sum(&self.debts), pool.debt_shares.0);
		let holders = self.deposits.iter().chain([&self.fund]);
		let claims: u128 = holders.map(|shares| pool.deposit_value(*shares).unwrap().0).sum();
		prop_assert!(claims <= pool.deposits.0);
		let owed: u128 = self
			.debts
			.iter()
			.map(|shares| pool.debt_value(*shares).unwrap().0)
			.sum();
		prop_assert!(owed >= pool.debt.0);
		prop_assert!(pool.charged_ahead < Ratio::ONE && pool.reserved_ahead < Ratio::ONE);
		Ok(())
	}
}

/// The exact price of a deposit share, and of a debt share.
fn indices(pool: &Pool) -> (BigRational, Option<BigRational>) {
	let deposit = (exact(pool.deposits.0) + exact(1)) / (exact(pool.deposit_shares.0) + exact(1_000));
	let debt = (!pool.debt_shares.is_zero()).then(|| exact(pool.debt.0) / exact(pool.debt_shares.0));
	(deposit, debt)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(400))]

	#[test]
	fn the_books_balance_after_every_action(actions in vec(any_action(), 1..80)) {
		let mut bank = Bank::default();
		for action in actions {
			let before = bank.clone();
			if bank.act(action).is_err() {
				let now = bank.now;
				prop_assert_eq!(&bank, &Bank { now, ..before }, "a refusal changes nothing");
			}
			bank.check()?;
		}
	}

	#[test]
	fn no_index_ever_falls(actions in vec(any_action(), 1..80)) {
		let mut bank = Bank::default();
		for action in actions {
			let (deposit, debt) = indices(&bank.pool);
			let _ = bank.act(action);
			let (deposit_now, debt_now) = indices(&bank.pool);
			// The last deposit share leaves its fraction of a unit to the reserves, and the price starts anew.
			prop_assert!(bank.pool.deposit_shares.is_zero() || deposit_now >= deposit, "{action:?}");
			if let (Some(debt), Some(debt_now)) = (debt, debt_now) {
				prop_assert!(debt_now >= debt, "{action:?}");
			}
		}
	}

	#[test]
	fn all_can_leave_in_the_end(actions in vec(any_action(), 1..60)) {
		let mut bank = Bank::default();
		for action in actions {
			let _ = bank.act(action);
		}
		for user in 0..USERS {
			bank.act(Action::RepayAll(user)).unwrap();
		}
		bank.act(Action::PayDeficit(u128::MAX)).unwrap();
		prop_assert_eq!((bank.pool.debt, bank.pool.deficit), (Amount::ZERO, Amount::ZERO));
		for user in 0..USERS {
			bank.act(Action::WithdrawAll(user)).unwrap();
		}
		bank.check()?;
	}

	#[test]
	fn utilisation_is_the_borrowed_share(liquidity: u64, debt: u64) {
		let pool = Pool { liquidity: Amount(liquidity.into()), debt: Amount(debt.into()), ..Pool::default() };
		let all = u128::from(liquidity) + u128::from(debt);
		prop_assert_eq!(Some(pool.utilisation()), match all {
			0 => Some(Ratio::ZERO),
			_ => Ratio::of(debt.into(), all, margin_math::Rounding::Up),
		});
	}
}

/// A pool with 1,000,000 units supplied and 400,000 borrowed.
fn used_pool() -> Pool {
	let mut pool = Pool::default();
	pool.supply(Amount(1_000_000)).unwrap();
	pool.borrow(Amount(400_000)).unwrap();
	pool
}

#[test]
fn a_first_deposit_gets_a_thousand_shares_a_unit_and_a_first_debt_one() {
	let pool = used_pool();
	assert_eq!(pool.deposit_shares, Shares(1_000_000_000));
	assert_eq!(pool.debt_shares, Shares(400_000));
	assert_eq!((pool.deposit_index(), pool.debt_index()), (Ratio::ONE, Ratio::ONE));
	assert_eq!(pool.utilisation(), Ratio::from_percent(40));
	assert_eq!(Pool::default().utilisation(), Ratio::ZERO);
}

#[test]
fn what_must_stay_cannot_be_borrowed() {
	let pool = used_pool();
	assert_eq!(pool.borrowable(Ratio::ZERO), Amount(600_000));
	assert_eq!(pool.borrowable(Ratio::from_percent(10)), Amount(500_000));
	assert_eq!(pool.borrowable(Ratio::from_percent(70)), Amount::ZERO);
	assert_eq!(pool.borrowable(Ratio::MAX), Amount::ZERO);
}

#[test]
fn what_is_left_when_the_last_depositor_leaves_goes_to_the_reserves() {
	let mut pool = Pool::default();
	let shares = pool.supply(Amount(10)).unwrap();
	pool.liquidity = Amount(13);
	pool.deposits = Amount(13);
	// 10,000 shares of 11,000, virtual ones included, with a claim on 14 units, the virtual one included.
	assert_eq!(pool.withdraw_all(shares), Ok(Amount(12)));
	assert_eq!(
		(pool.deposits, pool.reserves, pool.liquidity),
		(Amount::ZERO, Amount(1), Amount(1))
	);
	assert_eq!(pool.deposit_index(), Ratio::ONE, "the next depositor starts anew");
}

#[test]
fn each_refusal_has_its_name() {
	let mut pool = used_pool();
	assert_eq!(pool.withdraw(Amount(600_001)), Err(PoolError::NotEnoughLiquidity));
	assert_eq!(pool.withdraw(Amount(1_000_001)), Err(PoolError::ExceedsDeposits));
	assert_eq!(
		pool.withdraw_all(Shares(1_000_000_001)),
		Err(PoolError::ExceedsDeposits)
	);
	assert_eq!(pool.borrow(Amount(600_001)), Err(PoolError::NotEnoughLiquidity));
	assert_eq!(pool.repay(Amount(400_001)), Err(PoolError::ExceedsDebt));
	assert_eq!(pool.repay_all(Shares(400_001)), Err(PoolError::ExceedsDebt));
	assert_eq!(pool.write_deficit(Shares(400_001)), Err(PoolError::ExceedsDebt));
	assert_eq!(pool.pay_deficit(Amount(1)), Err(PoolError::ExceedsDeficit));
	assert_eq!(pool.supply(Amount(u128::MAX)), Err(PoolError::Overflow));
	assert_eq!(pool, used_pool());

	// A share of either kind worth two units: one unit buys or pays off none.
	pool.debt = Amount(800_000);
	pool.deposits = Amount(2_000_000_000_000);
	assert_eq!(pool.repay(Amount(1)), Err(PoolError::TooSmall));
	assert_eq!(pool.supply(Amount(1)), Err(PoolError::TooSmall));
}

#[test]
fn a_deposit_pays_a_debt_without_liquidity() {
	let mut pool = used_pool();
	pool.borrow(Amount(600_000)).unwrap();
	assert_eq!(pool.liquidity, Amount::ZERO);
	assert_eq!(
		pool.net(Shares(250_000_000), Shares(400_000)),
		Ok((Shares(250_000_000), Shares(250_000)))
	);
	assert_eq!((pool.deposits, pool.debt), (Amount(750_000), Amount(750_000)));
	assert!(pool.is_balanced());
}

#[test]
fn a_loss_is_a_deficit_until_somebody_pays_it() {
	let mut pool = used_pool();
	assert_eq!(pool.write_deficit(Shares(400_000)), Ok(Amount(400_000)));
	assert_eq!(
		(pool.debt, pool.debt_shares, pool.deficit),
		(Amount::ZERO, Shares::ZERO, Amount(400_000))
	);
	assert!(pool.is_balanced());
	pool.pay_deficit(Amount(150_000)).unwrap();
	assert_eq!((pool.liquidity, pool.deficit), (Amount(750_000), Amount(250_000)));
	assert!(pool.is_balanced());
}

#[test]
fn reserves_become_a_deposit_of_the_fund() {
	let mut pool = used_pool();
	pool.accrue(&steep_model(), Ratio::from_percent(20), 0).unwrap();
	pool.accrue(&steep_model(), Ratio::from_percent(20), 86_400_000)
		.unwrap();
	let reserves = pool.reserves;
	assert!(reserves > Amount(10));
	let shares = pool.sweep_reserves().unwrap();
	assert_eq!(pool.reserves, Amount::ZERO);
	let worth = pool.deposit_value(shares).unwrap();
	assert!(worth <= reserves && worth >= reserves.saturating_sub(Amount(1)));
	assert_eq!(pool.sweep_reserves(), Ok(Shares::ZERO), "there is nothing more");
}
