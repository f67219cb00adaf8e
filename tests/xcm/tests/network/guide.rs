//! Every message of `docs/xcm.md`, as it stands there, on the chains and by the accounts that it names.

use codec::DecodeAll;
use frame_support::traits::{fungible::Mutate, CallMetadata, Contains, GetCallMetadata};
use margin_runtime_common::xcm::Reachable;
use margin_xcm_tests::{
	margin::{self, units::*, RuntimeCall, RuntimeEvent},
	messages::para,
	network::USER,
	sibling::{self, INTEGRATOR, SUBSCRIBER},
	stage::*,
};
use pallet_gateway::Status;
use std::collections::BTreeSet;
use xcm::{latest::prelude::*, VersionedXcm};

const GUIDE: &str = include_str!("../../../../docs/xcm.md");
/// How a block of bytes begins in the guide.
const BYTES: &str = "```text hex=";
/// All that are run below.
const RUN: [&str; 15] = [
	"deposit-and-open",
	"without-mrg",
	"usdc-from-asset-hub",
	"open-with-usdc",
	"swap",
	"close-and-withdraw",
	"withdraw-home",
	"withdraw-to-asset-hub",
	"mrg-home",
	"leave-behind",
	"claim-here",
	"claim-abroad",
	"open-subscription",
	"set-publisher",
	"authorize-upgrade",
];

/// What the block of this name comes to.
fn decoded<T: DecodeAll>(name: &str) -> T {
	let block = GUIDE.split_once(&format!("{BYTES}{name}\n"));
	let (_, rest) = block.unwrap_or_else(|| panic!("the guide has no {name}"));
	let hex = rest.lines().next().expect("a block has a line");
	let bytes = sp_core::bytes::from_hex(hex).expect("bytes are in hex");
	T::decode_all(&mut &bytes[..]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn message<Call>(name: &str) -> Xcm<Call>
where
	VersionedXcm<Call>: DecodeAll + TryInto<Xcm<Call>>,
{
	let versioned: VersionedXcm<Call> = decoded(name);
	versioned
		.try_into()
		.unwrap_or_else(|_| panic!("{name} is of the last version"))
}

fn by_user(name: &str) {
	costs_no_more_than_told(name, || execute(message(name)));
}

fn by_user_on_hub(name: &str) {
	costs_no_more_than_told(name, || execute_on_hub(message(name)));
}

fn in_users_name(name: &str) {
	costs_no_more_than_told(name, || send(message(name)));
}

/// Runs a message, which must succeed, and holds what it costs on the margin chain to the guide's table. Fees are burnt.
fn costs_no_more_than_told(name: &str, run: impl FnOnce()) {
	let before = margin(|| margin::issued(NATIVE));
	run();
	assert_eq!(last_message(), Ok(()), "{name}");
	let fee = before - margin(|| margin::issued(NATIVE));
	let weight = margin(margin::told).into_iter().rev().find_map(|event| match event {
		RuntimeEvent::MessageQueue(pallet_message_queue::Event::Processed { weight_used, .. }) => Some(weight_used),
		_ => None,
	});
	let millis = weight.expect("it was executed").ref_time() as f64 / 1e9;
	let mrg = fee as f64 / MRG_UNIT as f64;
	let [most_millis, most_mrg] = told(name);
	assert!(mrg > 0.0 && mrg <= most_mrg, "{name}: {mrg} MRG");
	assert!(millis > 0.0 && millis <= most_millis, "{name}: {millis} ms");
}

/// The figures that the guide gives for a message.
fn told(name: &str) -> [f64; 2] {
	let row = GUIDE.lines().find(|line| line.starts_with(&format!("| `{name}` | ")));
	let row = row.unwrap_or_else(|| panic!("the guide has no costs of {name}"));
	let figures: Vec<f64> = row.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
	figures.try_into().expect("two figures")
}

/// The names behind `opening` in the guide.
fn names(opening: &str) -> BTreeSet<&str> {
	let blocks = GUIDE.lines().filter_map(|line| line.strip_prefix(opening));
	blocks.collect()
}

#[test]
fn a_position_should_be_opened_traded_and_closed_as_the_guide_says() {
	stage(|| {
		let mrg_at_home = || integrator(|| sibling::Assets::balance(sibling::mrg_abroad(), USER));
		by_user("deposit-and-open");
		assert_eq!(held(BTC), BTC_UNIT as i128);
		assert_eq!(held(ETH), 10 * ETH_UNIT as i128);
		assert!(held(USDC) < 0, "it was bought on credit: {}", held(USDC));

		let before = at_home();
		in_users_name("withdraw-home");
		assert_eq!(held(BTC), BTC_UNIT as i128 / 2);
		settle();
		assert_eq!(flights(), vec![]);
		let home = at_home() - before;
		assert!(
			home > BTC_UNIT / 2 - BTC_UNIT / 10_000 && home <= BTC_UNIT / 2,
			"{home}"
		);

		in_users_name("swap");
		assert!(held(USDC) > 0, "the debt is paid: {}", held(USDC));

		in_users_name("close-and-withdraw");
		assert_eq!((held(ETH), held(BTC)), (0, 0));
		assert_eq!(wallet(BTC), BTC_UNIT / 5);

		let before = mrg_at_home();
		in_users_name("mrg-home");
		settle();
		let home = mrg_at_home() - before;
		assert!(home > 40 * MRG_UNIT && home < 50 * MRG_UNIT, "{home}");
	});
}

#[test]
fn a_user_without_native_tokens_should_begin_as_the_guide_says() {
	stage(|| {
		by_user("without-mrg");
		assert_eq!(held(BTC), BTC_UNIT as i128 / 10);
		assert!(wallet(NATIVE) > 45 * MRG_UNIT);
		assert!(wallet(BTC) > BTC_UNIT * 8 / 10, "{}", wallet(BTC));
	});
}

#[test]
fn usdc_should_come_and_go_as_the_guide_says() {
	stage(|| {
		by_user_on_hub("usdc-from-asset-hub");
		let arrived = wallet(USDC);
		assert!(
			arrived > 9_990 * USDC_UNIT && arrived < 10_000 * USDC_UNIT,
			"what was left of the fee came too: {arrived}"
		);
		by_user("open-with-usdc");
		assert_eq!(held(ETH), 10 * ETH_UNIT as i128);
		assert_eq!(wallet(USDC), 0);

		let before = usdc_on_hub(&USER);
		in_users_name("withdraw-to-asset-hub");
		settle();
		assert_eq!(flights(), vec![]);
		let home = usdc_on_hub(&USER) - before;
		assert!(home > 4_999 * USDC_UNIT && home <= 5_000 * USDC_UNIT, "{home}");
	});
}

#[test]
fn what_was_trapped_abroad_should_be_claimed_as_the_guide_says() {
	stage(|| {
		by_user_on_hub("usdc-from-asset-hub");
		by_user("open-with-usdc");
		crate::outward::block_on_hub(true);
		let before = usdc_on_hub(&USER);
		in_users_name("withdraw-to-asset-hub");
		settle();
		assert_eq!(flights(), vec![(0, Status::Failed)]);
		assert_eq!(usdc_on_hub(&USER), before);

		crate::outward::block_on_hub(false);
		in_users_name("claim-abroad");
		settle();
		assert_eq!(flights(), vec![]);
		let home = usdc_on_hub(&USER) - before;
		assert!(home > 4_999 * USDC_UNIT && home <= 5_000 * USDC_UNIT, "{home}");
	});
}

#[test]
fn what_was_trapped_here_should_be_claimed_once_as_the_guide_says() {
	stage(|| {
		execute(message("leave-behind"));
		assert_eq!(last_message(), Ok(()));
		let trap = trapped();
		assert_eq!((&trap.id, units(&trap)), (&AssetId(para(INTEGRATOR)), BTC_UNIT));
		assert_eq!(wallet(BTC), 0);

		in_users_name("claim-here");
		assert_eq!(wallet(BTC), BTC_UNIT);

		send(message("claim-here"));
		assert!(last_message().is_err(), "a second claim finds nothing");
		assert_eq!(wallet(BTC), BTC_UNIT);
	});
}

#[test]
fn risk_parameters_should_be_told_as_the_guide_says() {
	stage(|| {
		// The purse, as the guide has it.
		let bytes = [&b"mrgn/fed"[..], &codec::Encode::encode(&para(SUBSCRIBER))].concat();
		let purse = margin::AccountId::from(sp_core::hashing::blake2_256(&bytes));
		let filled = on_margin(|| {
			margin::root(decoded::<RuntimeCall>("open-subscription"));
			margin::Balances::mint_into(&purse, 10 * MRG_UNIT)
		});
		assert_eq!(filled, Ok(10 * MRG_UNIT));
		on_subscriber(|| margin::root(decoded::<RuntimeCall>("set-publisher")));
		for _ in 0..15 {
			on_margin(|| ());
			on_subscriber(|| ());
		}
		let told = on_subscriber(margin::told);
		assert!(
			told.iter().any(
				|event| matches!(event, RuntimeEvent::RiskFeed(pallet_risk_feed::Event::Adopted { assets, .. }) if *assets > 0)
			),
			"{told:?}"
		);
		assert!(margin(|| margin::Balances::free_balance(&purse)) < 10 * MRG_UNIT);
	});
}

#[test]
fn a_new_runtime_should_be_authorized_as_the_guide_says() {
	stage(|| {
		send_down(message("authorize-upgrade"));
		assert_eq!(last_message(), Ok(()));
		assert!(margin(|| margin::System::authorized_upgrade().is_some()));
	});
}

#[test]
fn every_message_of_the_guide_should_be_run() {
	assert_eq!(names(BYTES), BTreeSet::from(RUN));
	for name in names("```json xcm=") {
		assert!(RUN.contains(&name), "{name} has no bytes");
	}
}

#[test]
fn every_failure_in_the_guide_should_name_a_test_that_there_is() {
	let (_, rest) = GUIDE
		.split_once("\n## What goes wrong\n")
		.expect("the guide has this part");
	let (part, _) = rest.split_once("\n## ").expect("it is not the last one");
	let rows: Vec<&str> = part
		.lines()
		.filter(|line| line.starts_with("| ") && !line.starts_with("| what happens"))
		.collect();
	assert!(rows.len() > 20);
	for row in rows {
		let tests: Vec<(&str, &str)> = row.split('`').filter_map(|name| name.split_once("::")).collect();
		assert!(!tests.is_empty(), "no test shows it: {row}");
		for (file, test) in tests {
			let path = format!("{}/tests/network/{file}.rs", env!("CARGO_MANIFEST_DIR"));
			let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("there is no {path}"));
			assert!(
				text.contains(&format!("#[test]\nfn {test}()")),
				"{file} has no test {test}"
			);
		}
	}
}

/// A call by its names alone.
struct Named {
	pallet_name: &'static str,
	function_name: &'static str,
}

impl GetCallMetadata for Named {
	fn get_module_names() -> &'static [&'static str] {
		RuntimeCall::get_module_names()
	}

	fn get_call_names(module: &str) -> &'static [&'static str] {
		RuntimeCall::get_call_names(module)
	}

	fn get_call_metadata(&self) -> CallMetadata {
		CallMetadata {
			function_name: self.function_name,
			pallet_name: self.pallet_name,
		}
	}
}

/// A name of the runtime, as polkadot.js writes it.
fn in_script(name: &str) -> String {
	let mut parts = name.split('_');
	let first = parts.next().unwrap_or_default();
	let (head, tail) = first.split_at(1);
	let rest = parts.map(|part| part[..1].to_uppercase() + &part[1..]);
	head.to_lowercase() + tail + &rest.collect::<String>()
}

/// Every call of the runtime that a message reaches.
fn reached() -> BTreeSet<String> {
	let mut all = BTreeSet::new();
	for pallet_name in RuntimeCall::get_module_names() {
		for function_name in RuntimeCall::get_call_names(pallet_name) {
			let call = Named {
				pallet_name,
				function_name,
			};
			if Reachable::contains(&call) {
				all.insert(format!("{}.{}", in_script(pallet_name), in_script(function_name)));
			}
		}
	}
	all
}

#[test]
fn the_calls_that_messages_reach_should_be_those_of_the_guide() {
	let (_, rest) = GUIDE
		.split_once("\n### What a message reaches\n")
		.expect("the guide has this part");
	let (part, _) = rest.split_once("\n### ").expect("it is not the last one");
	let mut told = BTreeSet::new();
	for row in part.lines().filter(|line| line.starts_with("| `")) {
		let mut cells = row.split('|').map(|cell| cell.split('`').skip(1).step_by(2));
		let pallets: Vec<&str> = cells.nth(1).expect("it has two cells").collect();
		for call in cells.next().expect("it has two cells") {
			told.extend(pallets.iter().map(|pallet| format!("{pallet}.{call}")));
		}
	}
	assert_eq!(told, reached());
}
