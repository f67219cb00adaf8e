//! What must hold after every block, whatever happened in it.

use crate::{
	account::Balance, ledger::Ledger, scan::candidates, seasoning::second_of, AccountOf, Accounts, AssetOf, Assets,
	Changes, Config, Correlations, Escrow, Fund, Grants, House, Index, MarginsDue, Pallet, Renewed, Triggers,
	MAX_SEASONING,
};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get, Time},
};
use margin_math::Shares;
use margin_risk::{volatility::STRETCH, MAX_MAINTENANCE};
use sp_runtime::TryRuntimeError;

#[derive(Default)]
struct Sums {
	deposits: Shares,
	debts: Shares,
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet against the whole of its storage. For tests and try-runtime: it reads
	/// everything.
	///
	/// # Errors
	/// Names the first invariant that does not hold.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<T::AssetId, Sums>::new();
		let mut debtors = 0u64;
		let mut ledger = Ledger::<T>::new();
		let (candidates, _) = candidates::<T>(&mut ledger, None, || true);
		for (owner, sub, account) in Accounts::<T>::iter() {
			ensure!(account.keeps_to_its_mode(), "an account does not keep to its mode");
			ensure!(
				account.holdings.len() <= T::MaxAccountAssets::get() as usize,
				"an account holds too many assets"
			);
			ensure!(
				account.filed.is_some() == account.has_debt(),
				"an account is filed that owes nothing, or one with debt is not"
			);
			if let Some(bucket) = account.filed {
				ensure!(
					Triggers::<T>::contains_key(bucket, (&owner, sub)),
					"an account is not in the bucket that it names"
				);
				debtors = debtors.saturating_add(1);
				let below = ledger.health(&account).is_ok_and(|health| health.is_liquidatable());
				ensure!(
					!below || candidates.contains(&bucket),
					"an account below maintenance is no candidate of the trigger index"
				);
			}
			Self::check_account(&account, &mut sums)?;
		}
		ensure!(
			Triggers::<T>::iter_keys().count() as u64 == debtors,
			"the trigger index holds an account twice, or one that does not exist"
		);
		let fund = Fund::<T>::get();
		ensure!(!fund.has_debt(), "the fund owes something");
		Self::check_account(&fund, &mut sums)?;
		Self::check_account(&House::<T>::get(), &mut sums)?;
		let escrow = Escrow::<T>::get();
		ensure!(!escrow.has_debt(), "what lies in escrow is owed");
		let own = [&fund, &House::<T>::get(), &escrow];
		ensure!(
			own.iter().all(|account| account.fresh.is_empty()),
			"something of the house's own seasons"
		);
		Self::check_account(&escrow, &mut sums)?;
		Self::check_pools(&sums)?;
		Self::check_grants(&escrow)?;
		Self::check_correlations()?;
		Self::check_changes()
	}

	fn check_account(account: &AccountOf<T>, sums: &mut BTreeMap<T::AssetId, Sums>) -> Result<(), TryRuntimeError> {
		ensure!(
			account.holdings.is_sorted_by(|a, b| a.asset < b.asset),
			"holdings are not in order"
		);
		for holding in &account.holdings {
			let sum = sums.entry(holding.asset).or_default();
			let (total, shares) = match holding.balance {
				Balance::Deposit(shares) => (&mut sum.deposits, shares),
				Balance::Debt(shares) => (&mut sum.debts, shares),
			};
			ensure!(!shares.is_zero(), "a holding of nothing is stored");
			*total = total.checked_add(shares).ok_or("shares overflow")?;
		}
		Self::check_fresh(account)?;
		let health = Ledger::<T>::new()
			.health(account)
			.map_err(sp_runtime::DispatchError::from)?;
		ensure!(
			health.initial <= health.target && health.target <= health.maintenance,
			"health levels are out of order"
		);
		Ok(())
	}

	/// What is fresh of a deposit is no more than the deposit, and came before now.
	fn check_fresh(account: &AccountOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(
			account
				.fresh
				.is_sorted_by(|a, b| (a.asset, a.since) < (b.asset, b.since)),
			"arrivals are not in order"
		);
		for fresh in &account.fresh {
			ensure!(!fresh.shares.is_zero(), "an arrival of nothing is stored");
			ensure!(
				fresh.since <= second_of(T::Time::now()),
				"something came ahead of its time"
			);
			let (all, _) = account.fresh_after(fresh.asset, 0);
			ensure!(
				all <= account.deposit_of(fresh.asset),
				"more came lately than the account holds"
			);
		}
		Ok(())
	}

	/// The bands of all pairs are there, each with its edges in order and in range.
	fn check_correlations() -> Result<(), TryRuntimeError> {
		let correlations = Correlations::<T>::get();
		let (assets, bands) = (&correlations.assets, &correlations.bands);
		ensure!(assets.is_sorted_by(|a, b| a < b), "correlated assets are not in order");
		let pairs = assets.len().saturating_mul(assets.len().saturating_sub(1)) / 2;
		ensure!(bands.len() == pairs, "a pair of assets has no band");
		ensure!(
			bands.iter().all(|band| band.low() <= band.high()),
			"a band's edges are out of order"
		);
		let renewed = Renewed::<T>::get();
		ensure!(
			renewed.due <= T::Time::now().saturating_add(STRETCH),
			"bands are renewed too late"
		);
		let index = Index::<T>::get();
		let mut generations = index.old.iter().chain([&index.current]);
		ensure!(
			generations.all(|generation| generation.widened <= renewed.widened),
			"a generation began with bands wider than they are"
		);
		Ok(())
	}

	/// What lies in escrow is what was given in kind and not claimed, to the share; and each grant waits for exactly the
	/// deposits that have not had it.
	fn check_grants(escrow: &AccountOf<T>) -> Result<(), TryRuntimeError> {
		let own = [Fund::<T>::get(), House::<T>::get(), escrow.clone()];
		let all = || Accounts::<T>::iter_values().chain(own.iter().cloned());
		let mut claimed = BTreeMap::<T::AssetId, Shares>::new();
		let mut add = |asset, shares: Shares| {
			let sum = claimed.entry(asset).or_default();
			*sum = sum.saturating_add(shares);
		};
		for account in all() {
			ensure!(account.claims.is_sorted_by(|a, b| a.0 < b.0), "claims are not in order");
			account.claims.iter().for_each(|(asset, shares)| add(*asset, *shares));
		}
		for (pool, grants) in Grants::<T>::iter() {
			let given = Assets::<T>::get(pool)
				.ok_or("something was given for an asset that is not listed")?
				.grants;
			ensure!(
				!grants.is_empty() && grants.len() <= given.into(),
				"grants are out of count"
			);
			let before = usize::from(given).saturating_sub(grants.len());
			for (at, grant) in grants.iter().enumerate() {
				add(grant.asset, grant.shares_left);
				let number = before.saturating_add(at);
				let waiting = all().filter_map(|account| {
					let holding = account.holdings.iter().find(|h| h.asset == pool).copied()?;
					match holding.balance {
						Balance::Deposit(shares) if usize::from(holding.seen) <= number => Some(shares),
						_ => None,
					}
				});
				let waiting = waiting.fold(Shares::ZERO, Shares::saturating_add);
				ensure!(
					waiting == grant.total_left,
					"a grant waits for others than those who have not had it"
				);
			}
		}
		claimed.retain(|_, shares| !shares.is_zero());
		let held: BTreeMap<_, _> = (escrow.holdings.iter())
			.filter_map(|holding| match holding.balance {
				Balance::Deposit(shares) => Some((holding.asset, shares)),
				Balance::Debt(_) => None,
			})
			.collect();
		ensure!(held == claimed, "escrow does not hold what was given and not claimed");
		Ok(())
	}

	fn check_pools(sums: &BTreeMap<T::AssetId, Sums>) -> Result<(), TryRuntimeError> {
		ensure!(
			sums.keys().all(Assets::<T>::contains_key),
			"an account holds an asset that is not listed"
		);
		ensure!(
			Assets::<T>::count() <= T::MaxAssets::get(),
			"too many assets are listed"
		);
		ensure!(
			MarginsDue::<T>::get() <= T::Time::now().saturating_add(STRETCH),
			"margins take their next step too late"
		);
		for (asset, record) in Assets::<T>::iter() {
			Self::check_parameters(&record)?;
			let pool = record.pool;
			ensure!(pool.is_balanced(), "a pool's books do not balance");
			ensure!(pool.accrued_at <= T::Time::now(), "a pool is ahead of its time");
			let empty = Sums::default();
			let held = sums.get(&asset).unwrap_or(&empty);
			ensure!(held.deposits == pool.deposit_shares, "deposit shares do not add up");
			ensure!(held.debts == pool.debt_shares, "debt shares do not add up");
			let tokens = T::Assets::balance(asset, &Self::account_id());
			let endowed = pool.liquidity.0.checked_add(T::Assets::minimum_balance(asset));
			ensure!(
				endowed.is_some_and(|endowed| tokens >= endowed),
				"the pallet holds less than its pools' liquidity and what keeps its account alive"
			);
		}
		Ok(())
	}

	/// What is in force is within its range, and nothing takes longer to arrive than the rules say.
	fn check_parameters(record: &AssetOf<T>) -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		let rules = T::ChangeRules::get();
		let config = &record.config;
		ensure!(config.check().is_ok(), "a stored parameter is out of range");
		ensure!(record.outflow_limit.is_valid(), "an outflow limit is without a period");
		ensure!(record.reported_at <= now, "a pool was reported ahead of its time");
		if let Some(ramp) = &record.ramp {
			let from = &ramp.margin.from;
			ensure!(
				from.is_valid() && from.initial == config.margin.initial,
				"a ramp begins out of range"
			);
			ensure!(
				from.target <= config.margin.target && from.maintenance <= config.margin.maintenance,
				"a ramp leads to lower ratios"
			);
			ensure!(
				ramp.size_scale >= config.size_scale,
				"a ramp leads to a larger size scale"
			);
			ensure!(
				ramp.margin.start < ramp.margin.end && ramp.margin.end <= now.saturating_add(rules.tighten_over),
				"a ramp takes longer than the rules say"
			);
		}
		if let Some(path) = &record.path {
			ensure!(
				path.since <= now && path.since < path.until && path.until <= path.since.saturating_add(STRETCH),
				"a stretch of a margin's way is out of time"
			);
			ensure!(
				[path.from, path.to, path.required]
					.iter()
					.all(|ratio| !ratio.is_zero() && *ratio <= MAX_MAINTENANCE),
				"a margin's way leads out of range"
			);
		}
		ensure!(
			record.seasoning.duration.max(record.seasoning.before) <= MAX_SEASONING,
			"deposits take longer to count than they may"
		);
		ensure!(
			record.seasoning.until <= now.saturating_add(rules.loosen_delay),
			"a shorter seasoning waits longer than the rules say"
		);
		let (margin, _) = record.margin_at(now);
		ensure!(
			margin.is_valid() && margin.maintenance <= MAX_MAINTENANCE,
			"the margin ratios in force are out of range"
		);
		if let Some(warm_up) = &record.warm_up {
			ensure!(
				warm_up.start < warm_up.end && warm_up.end <= now.saturating_add(rules.warm_up),
				"a warm-up takes longer than the rules say"
			);
		}
		Ok(())
	}

	fn check_changes() -> Result<(), TryRuntimeError> {
		let latest = T::Time::now().saturating_add(T::ChangeRules::get().loosen_delay);
		for (asset, (config, due)) in Changes::<T>::iter() {
			let record = Assets::<T>::get(asset).ok_or("a change waits for an asset that is not listed")?;
			ensure!(
				config.check().is_ok() && record.config.is_same_asset(&config),
				"a change that waits is out of range"
			);
			ensure!(due <= latest, "a change waits longer than the rules say");
		}
		Ok(())
	}
}
