//! Governance: who may do what, in which steps, and that nobody is liquidated by a decision.

use super::{
	actions::{Rule, Tweak, Voice},
	driver::Run,
	number::*,
	rules::{Attempt, Error, Reason},
	setting::dollars,
};
use crate::{mock::*, AssetConfig, Pauses, Status, Tier};
use margin_math::{Amount, Ratio};
use margin_risk::{FlowLimit, MarginRatios};
use sp_runtime::DispatchError;

impl Voice {
	fn origin(self) -> RuntimeOrigin {
		match self {
			Self::Root => RuntimeOrigin::root(),
			Self::AssetManager => RuntimeOrigin::signed(ASSET_MANAGER),
			Self::RiskManager => RuntimeOrigin::signed(RISK_MANAGER),
			Self::OutflowManager => RuntimeOrigin::signed(OUTFLOW_MANAGER),
			Self::Nobody => RuntimeOrigin::signed(ALICE),
		}
	}

	fn may(self, rule: &Rule) -> bool {
		match rule {
			Rule::Update(_) | Rule::Status(_) | Rule::Pauses(_) | Rule::Cancel => {
				matches!(self, Self::Root | Self::AssetManager | Self::RiskManager)
			},
			Rule::Outflow(..) => matches!(self, Self::Root | Self::OutflowManager),
			Rule::Delist | Rule::List => matches!(self, Self::Root | Self::AssetManager),
			Rule::Remove => self == Self::Root,
			Rule::Evict(_) => self != Self::Root,
		}
	}
}

/// Which way a change goes.
struct Way {
	/// Nothing gets looser.
	tightens: Sure,
	/// More than double or half.
	too_far: Sure,
	out_of_range: Option<Error>,
}

fn quarters(x: u128, quarters: u8) -> u128 {
	x / 4 * u128::from(quarters) + x % 4 * u128::from(quarters) / 4
}

/// The parameters with one of them changed.
fn tweak(asset: AssetId, config: &AssetConfig<AssetId>, tweak: Tweak) -> (AssetConfig<AssetId>, Way) {
	let mut new = *config;
	let way = |tightens: bool, too_far: bool, out_of_range| Way {
		tightens: tightens.into(),
		too_far: too_far.into(),
		out_of_range,
	};
	let million = |x: u8| dollars(asset, 250_000 * u64::from(x));
	let scale = |old: Amount, x| {
		if old.0 == u128::MAX {
			million(x)
		} else {
			Amount(quarters(old.0, x))
		}
	};
	let step = |old: Amount, x: u8| old.0 != u128::MAX && !(2..=8).contains(&x);
	let zero = |x: u8, error: Error| if x == 0 { Some(error) } else { None };
	let direction = match tweak {
		Tweak::Margin(x) => {
			let raised = |m: Ratio| Ratio::from_raw(quarters(m.raw(), x));
			new.margin = MarginRatios {
				initial: raised(config.margin.initial),
				target: raised(config.margin.target),
				maintenance: raised(config.margin.maintenance),
			};
			let bad = x == 0
				|| new.margin.initial >= Ratio::ONE
				|| new.margin.maintenance > Ratio::from_percent(20)
				|| new.margin.maintenance.is_zero();
			let mut way = way(x >= 4, !(2..=8).contains(&x), bad.then_some(Error::MarginOutOfRange));
			// While ratios are on their way, the step also counts from where they are.
			way.too_far = way.too_far.max(Sure::Perhaps);
			way
		},
		Tweak::SizeScale(x) => {
			new.size_scale = scale(config.size_scale, x);
			let mut way = way(
				new.size_scale <= config.size_scale,
				step(config.size_scale, x),
				zero(x, Error::ScaleOutOfRange),
			);
			way.too_far = way.too_far.max(Sure::Perhaps);
			way
		},
		Tweak::ExposureStart(x) => {
			new.exposure_start = scale(config.exposure_start, x);
			way(
				new.exposure_start <= config.exposure_start,
				step(config.exposure_start, x),
				zero(x, Error::ScaleOutOfRange),
			)
		},
		Tweak::AccountCap(x) => {
			new.account_cap = scale(config.account_cap, x);
			way(
				new.account_cap <= config.account_cap,
				step(config.account_cap, x) && x > 8,
				None,
			)
		},
		Tweak::DepositCap(x) => {
			new.deposit_cap = scale(config.deposit_cap, x);
			way(
				new.deposit_cap <= config.deposit_cap,
				step(config.deposit_cap, x) && x > 8,
				None,
			)
		},
		Tweak::BorrowCap(x) => {
			new.borrow_cap = scale(config.borrow_cap, x);
			way(
				new.borrow_cap <= config.borrow_cap,
				step(config.borrow_cap, x) && x > 8,
				None,
			)
		},
		Tweak::ReserveFactor(x) => {
			new.reserve_factor = Ratio::from_percent(u32::from(x) * 11);
			let far = new.reserve_factor.raw().abs_diff(config.reserve_factor.raw()) > Ratio::from_percent(20).raw();
			way(false, far, None)
		},
		Tweak::Tier(tier) => {
			new.tier = tier;
			way(tier == Tier::IsolatedOnly, false, None)
		},
		Tweak::Decimals(x) => {
			new.decimals = x;
			way(true, false, None)
		},
	};
	(new, direction)
}

impl Run {
	pub fn govern(&mut self, voice: Voice, asset: AssetId, rule: Rule) {
		let mut model = Attempt::new(&self.world, &self.books);
		model.note((!voice.may(&rule)).into(), Reason::Rule(DispatchError::BadOrigin));
		let listed = self.books.pools.contains_key(&asset);
		let origin = voice.origin();
		match rule {
			Rule::List => return self.list(model, origin, asset),
			Rule::Delist | Rule::Evict(_) | Rule::Remove => return self.leave(model, origin, asset, rule),
			_ => model.refuse(!listed, Error::UnknownAsset),
		}
		let risk = voice == Voice::RiskManager;
		match rule {
			Rule::Update(change) if listed => self.update(model, origin, asset, change, risk),
			Rule::Status(status) if listed => self.set_status(model, origin, asset, status, risk),
			Rule::Pauses(pauses) if listed => self.set_pauses(model, origin, asset, pauses, risk),
			Rule::Outflow(most, period) if listed => self.set_outflow_limit(model, origin, asset, most, period),
			Rule::Cancel => {
				let waits = crate::Changes::<Test>::contains_key(asset);
				model.refuse(!waits, Error::NoChangeWaits);
				if self.decide(model, || Margin::cancel_change(origin, asset)) {
					assert!(!crate::Changes::<Test>::contains_key(asset));
				}
			},
			// Nothing to change of what is not listed.
			Rule::Outflow(..) => {
				self.decide(model, || Margin::set_outflow_limit(origin, asset, FlowLimit::UNLIMITED));
			},
			_ => {
				self.decide(model, || Margin::set_pauses(origin, asset, Pauses::default()));
			},
		}
	}

	/// Makes a decision. At the prices of the moment it costs nobody any health at the levels of liquidations.
	pub fn decide(&mut self, model: Attempt, call: impl FnOnce() -> sp_runtime::DispatchResult) -> bool {
		let made = self.call(model, &[], call);
		let before = self.world.margins.clone();
		self.observe_margins();
		for (asset, (ratios, scale)) in &self.world.margins {
			let Some((old, old_scale)) = before.get(asset) else {
				continue;
			};
			let hair = tenth_to(17);
			for level in [1, 2] {
				assert!(ratios[level] <= &old[level] + &hair, "asset {asset}: margin jumps up");
			}
			assert!(scale >= old_scale, "asset {asset}: the size scale jumps down");
		}
		made
	}

	fn update(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, change: Tweak, risk: bool) {
		let old = self.world.configs[&asset];
		let (new, way) = tweak(asset, &old, change);
		if let Some(error) = way.out_of_range {
			model.refuse(true, error);
		}
		model.refuse(new == old, Error::NothingChanges);
		model.refuse(new.decimals > 18, Error::DecimalsOutOfRange);
		model.refuse(new.decimals != old.decimals, Error::FixedWhenListed);
		model.refuse(way.too_far, Error::StepTooLarge);
		model.refuse(way.tightens.not().min(risk.into()), Error::OnlyTighten);
		if way.tightens == Sure::Yes {
			// Interest up to now is paid by the old parameters.
			model.books.touch(asset);
			model.world.configs.insert(asset, new);
		}
		if self.decide(model, || Margin::update_asset(origin, asset, new)) {
			let (waiting, stored) = (crate::Changes::<Test>::get(asset), crate::Assets::<Test>::get(asset));
			let stored = stored.expect("it is listed").config;
			if way.tightens == Sure::Yes {
				assert_eq!((stored, waiting), (new, None), "what tightens is made at once");
			} else {
				let due = self.books.now + Pace::get().loosen_delay;
				assert_eq!((stored, waiting), (old, Some((new, due))), "what loosens waits");
			}
		}
	}

	fn set_status(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, status: Status, risk: bool) {
		let old = self.world.status[&asset];
		model.refuse(status == old, Error::NothingChanges);
		model.refuse(matches!(status, Status::Delisting(_)), Error::UseDelistAsset);
		match old {
			// To freeze it ends the delisting, as long as its notice runs.
			Status::Delisting(over) => {
				model.refuse(risk && status != Status::Frozen, Error::OnlyTighten);
				model.refuse(self.books.now >= over, Error::BeingDelisted);
			},
			_ => model.refuse(risk && status < old, Error::OnlyTighten),
		}
		model.world.status.insert(asset, status);
		if self.decide(model, || Margin::set_status(origin, asset, status)) {
			let stored = crate::Assets::<Test>::get(asset).expect("it is listed").status;
			assert_eq!(stored, status);
		}
	}

	fn set_pauses(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, pauses: Pauses, risk: bool) {
		let old = self.world.pauses[&asset];
		model.refuse(pauses == old, Error::NothingChanges);
		let ends = (old.supply && !pauses.supply)
			|| (old.withdraw && !pauses.withdraw)
			|| (old.borrow && !pauses.borrow)
			|| (old.trade && !pauses.trade);
		model.refuse(risk && ends, Error::OnlyTighten);
		model.world.pauses.insert(asset, pauses);
		if self.decide(model, || Margin::set_pauses(origin, asset, pauses)) {
			let stored = crate::Assets::<Test>::get(asset).expect("it is listed").pauses;
			assert_eq!(stored, pauses);
		}
	}

	fn set_outflow_limit(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId, most: u64, period: u64) {
		let limit = if most == u64::MAX {
			FlowLimit::UNLIMITED
		} else {
			FlowLimit {
				most: Amount(dollars(asset, most).0 / 100),
				period,
			}
		};
		let (now, old) = (self.books.now, self.world.outflow_limits[&asset]);
		let bucket = model.world.outflow.entry(asset).or_default();
		bucket.change(&old, now);
		model.world.outflow_limits.insert(asset, limit);
		self.decide(model, || Margin::set_outflow_limit(origin, asset, limit));
	}

	/// The pallet's account holds tokens of the listed assets alone, and of none that was removed.
	fn list(&mut self, mut model: Attempt, origin: RuntimeOrigin, asset: AssetId) {
		let listed = self.books.pools.contains_key(&asset);
		model.refuse(listed, Error::AlreadyListed);
		model.refuse(!listed, Error::EndowmentMissing);
		self.decide(model, || Margin::list_asset(origin, asset, config(asset, 5)));
	}
}
