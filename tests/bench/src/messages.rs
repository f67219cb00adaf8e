//! What the messages of `docs/xcm.md` weigh on the parachain, as they arrive there: the runtime's own rule for
//! instructions, on what was measured in this run.

use crate::weight::Measured;
use frame_support::weights::{constants::ParityDbWeight, Weight};
use margin_runtime_common::xcm::{Instructions, MaxHolding, Programs};
use std::{collections::BTreeMap, sync::OnceLock};
use xcm::latest::{prelude::*, GetWeight};

/// What was measured, by pallet.
pub type Run = BTreeMap<String, Vec<Measured>>;

/// A message, by its name in the guide.
pub struct Message {
	/// Its name.
	pub name: &'static str,
	/// All of it, with its call.
	pub weight: Weight,
}

/// Who sends it.
enum Sender {
	/// A chain in the name of its user, with tokens of both chains.
	Bringing,
	/// A user, from his account on the margin chain.
	There,
	/// A publisher of risk parameters.
	Publisher,
}

/// The messages, and the calls inside.
const MESSAGES: [(&str, Sender, &str, &str); 7] = [
	(
		"deposit-and-open",
		Sender::Bringing,
		"pallet_margin",
		"deposit_and_open",
	),
	("open-with-usdc", Sender::There, "pallet_margin", "deposit_and_open"),
	("swap", Sender::There, "pallet_margin", "swap"),
	(
		"close-and-withdraw",
		Sender::There,
		"pallet_margin",
		"close_and_withdraw",
	),
	("withdraw-home", Sender::There, "pallet_gateway", "withdraw_to"),
	("claim-abroad", Sender::There, "pallet_gateway", "claim_abroad"),
	("adopt", Sender::Publisher, "pallet_risk_feed", "adopt"),
];

/// Weighs them. Nothing where the programs were not measured.
pub fn weigh(run: &Run) -> Vec<Message> {
	let Some(programs) = run.get("xcm_programs") else {
		return Vec::new();
	};
	MEASURED.get_or_init(|| programs.clone());
	let call = |pallet: &str, name: &str| {
		let weights = run.get(pallet).map(Vec::as_slice).unwrap_or_default();
		most(weights, name)
	};
	let mut messages: Vec<Message> = MESSAGES
		.iter()
		.map(|(name, sender, pallet, function)| Message {
			name,
			weight: weight_of(&sender.message()) + call(pallet, function),
		})
		.collect();
	for (name, message) in [("usdc-from-asset-hub", from_reserve()), ("claim-here", claim())] {
		messages.push(Message {
			name,
			weight: weight_of(&message),
		});
	}
	messages
}

fn weight_of(message: &[Instruction<()>]) -> Weight {
	message.iter().fold(Weight::zero(), |sum, instruction| {
		let inside = match instruction {
			SetAppendix(program) => weight_of(&program.0),
			_ => Weight::zero(),
		};
		sum + GetWeight::<Instructions<Measurements, MaxHolding>>::weight(instruction) + inside
	})
}

impl Sender {
	fn message(&self) -> Vec<Instruction<()>> {
		let origin_kind = OriginKind::SovereignAccount;
		let call = [
			Transact {
				origin_kind,
				fallback_max_weight: None,
				call: Vec::new().into(),
			},
			ExpectTransactStatus(MaybeErrorCode::Success),
			SetTopic([0; 32]),
		];
		let mut message = match self {
			Self::Bringing => vec![
				WithdrawAsset(assets(1)),
				pay(),
				WithdrawAsset(assets(1)),
				ReserveAssetDeposited(assets(1)),
				AliasOrigin(user()),
				SetAppendix(Xcm(vec![RefundSurplus, deposit(2)])),
				deposit(2),
			],
			Self::There => vec![
				DescendOrigin([Parachain(0)].into()),
				WithdrawAsset(assets(1)),
				pay(),
				SetAppendix(Xcm(vec![RefundSurplus, deposit(1)])),
			],
			Self::Publisher => vec![UnpaidExecution {
				weight_limit: Unlimited,
				check_origin: None,
			}],
		};
		message.extend(call);
		message
	}
}

/// A transfer by a token's reserve.
fn from_reserve() -> Vec<Instruction<()>> {
	vec![
		ReserveAssetDeposited(assets(1)),
		pay(),
		ReserveAssetDeposited(assets(1)),
		ClearOrigin,
		RefundSurplus,
		deposit(1),
		SetTopic([0; 32]),
	]
}

/// A claim of what was trapped here.
fn claim() -> Vec<Instruction<()>> {
	vec![
		DescendOrigin([Parachain(0)].into()),
		WithdrawAsset(assets(1)),
		pay(),
		ClaimAsset {
			assets: assets(1),
			ticket: Location::here(),
		},
		RefundSurplus,
		deposit(2),
		SetTopic([0; 32]),
	]
}

fn assets(n: u128) -> Assets {
	let each = |i| Asset::from((Location::new(1, [GeneralIndex(i)]), 1u128));
	(0..n).map(each).collect::<Vec<_>>().into()
}

fn user() -> Location {
	Location::new(1, [Parachain(0)])
}

fn pay() -> Instruction<()> {
	PayFees {
		asset: (Location::here(), 1u128).into(),
	}
}

fn deposit(n: u32) -> Instruction<()> {
	DepositAsset {
		assets: Wild(AllCounted(n)),
		beneficiary: user(),
	}
}

/// What a benchmark measured with its components at their largest, the database included.
fn most(weights: &[Measured], name: &str) -> Weight {
	let largest = |weight: &Measured| weight.components.iter().map(|(_, _, high)| *high).collect::<Vec<_>>();
	let found = weights.iter().find(|weight| weight.name == name);
	found.map_or_else(Weight::zero, |weight| at(weight, &largest(weight)))
}

fn at(weight: &Measured, components: &[u32]) -> Weight {
	let database = ParityDbWeight::get().reads_writes(weight.reads.at(components), weight.writes.at(components));
	Weight::from_parts(weight.time.at(components), weight.proof.at(components)) + database
}

/// Programs as they were measured in this run.
static MEASURED: OnceLock<Vec<Measured>> = OnceLock::new();

fn program(name: &str, components: &[u32]) -> Weight {
	let mut programs = MEASURED.get().into_iter().flatten();
	let found = programs.find(|weight| weight.name == name);
	found.map_or_else(Weight::zero, |weight| at(weight, components))
}

/// [`Programs`] of this run.
struct Measurements;

impl Programs for Measurements {
	fn unpaid() -> Weight {
		program("unpaid", &[])
	}
	fn registers(n: u32) -> Weight {
		program("registers", &[n])
	}
	fn withdraw(n: u32) -> Weight {
		program("withdraw", &[n])
	}
	fn receive(n: u32) -> Weight {
		program("receive", &[n])
	}
	fn receive_and_burn(n: u32) -> Weight {
		program("receive_and_burn", &[n])
	}
	fn receive_and_deposit(n: u32) -> Weight {
		program("receive_and_deposit", &[n])
	}
	fn receive_and_pay() -> Weight {
		program("receive_and_pay", &[])
	}
	fn receive_pay_and_report() -> Weight {
		program("receive_pay_and_report", &[])
	}
	fn receive_pay_and_return(n: u32, b: u32) -> Weight {
		program("receive_pay_and_return", &[n, b])
	}
	fn claim(n: u32) -> Weight {
		program("claim", &[n])
	}
	fn transfer(n: u32) -> Weight {
		program("transfer", &[n])
	}
	fn transact() -> Weight {
		program("transact", &[])
	}
	fn answer() -> Weight {
		program("answer", &[])
	}
	fn subscribe() -> Weight {
		program("subscribe", &[])
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::weight::Line;

	fn measured(name: &str, components: &[&str], base: u64, slope: u64) -> Measured {
		let line = |base, slope| Line {
			base,
			slopes: vec![slope; components.len()],
		};
		Measured {
			name: name.into(),
			components: components.iter().map(|name| (name.to_string(), 0, 10)).collect(),
			time: line(base, slope),
			proof: line(base / 10, slope / 10),
			reads: line(0, 0),
			writes: line(0, 0),
			minimum: base,
		}
	}

	#[test]
	fn a_message_should_weigh_its_instructions_and_its_call() {
		let run = Run::from([
			(
				"xcm_programs".to_string(),
				vec![
					measured("unpaid", &[], 1_000, 0),
					measured("registers", &["n"], 400, 20),
					measured("transact", &[], 500, 0),
				],
			),
			(
				"pallet_risk_feed".to_string(),
				vec![measured("adopt", &["n"], 10_000, 100)],
			),
		]);
		let messages = weigh(&run);
		let adopt = messages.iter().find(|message| message.name == "adopt").unwrap();
		// The barrier, the call with what surrounds it, and two instructions more.
		assert_eq!(adopt.weight.ref_time(), 1_000 + (500 - 400) + 11_000 + 2 * 20);
	}

	#[test]
	fn without_programs_there_should_be_no_messages() {
		assert!(weigh(&Run::new()).is_empty());
	}
}
