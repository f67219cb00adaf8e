//! Sources that are slow, huge, broken or away: each failure has its name, costs nobody else anything, and is logged
//! when it begins and when it ends.

use crate::{mock::*, DEADLINE_MS, MAX_ANSWER, RESPONSE_MS};

/// Runs against one answer and returns what the operator is told.
fn told(answer: impl Into<Answer>) -> String {
	let mut message = String::new();
	ExtBuilder::default().answer(SOURCE, answer).build_and_execute(|node| {
		run();
		message = node.only_error();
	});
	message
}

#[test]
fn a_source_that_never_answers_is_too_slow_and_costs_its_deadline() {
	ExtBuilder::default()
		.answer(SOURCE, Answer::Never)
		.build_and_execute(|node| {
			run();
			assert!(node.only_error().starts_with("the price source did not answer in time"));
			assert_eq!(node.web.read().clock, START_MS + RESPONSE_MS);
		});
}

#[test]
fn a_source_that_stalls_in_the_middle_is_too_slow_and_costs_its_deadline() {
	ExtBuilder::default()
		.answer(SOURCE, Answer::Stalls(b"{\"prices\":".to_vec()))
		.build_and_execute(|node| {
			run();
			assert!(node.only_error().starts_with("the price source did not answer in time"));
			assert_eq!(node.web.read().clock, START_MS + DEADLINE_MS);
		});
}

#[test]
fn a_source_that_cannot_be_reached_or_breaks_off_is_unreachable() {
	assert!(told(Answer::Down).starts_with("the price source cannot be reached"));
	assert!(told(Answer::Breaks(GOOD.as_bytes().to_vec())).starts_with("the price source cannot be reached"));
}

#[test]
fn any_status_but_success_is_named_whatever_the_body() {
	for status in [204, 301, 404, 500, 503] {
		let message = told(Answer::Full(status, GOOD.as_bytes().to_vec()));
		assert!(
			message.starts_with(&format!("the price source answered with status {status}")),
			"{message}"
		);
	}
}

#[test]
fn an_answer_as_large_as_allowed_is_read_and_one_larger_is_not() {
	let padded = |size: usize| Answer::Full(200, [GOOD.as_bytes(), &vec![b' '; size - GOOD.len()]].concat());
	ExtBuilder::default()
		.answer(SOURCE, padded(MAX_ANSWER))
		.build_and_execute(|node| {
			run();
			assert_eq!(node.feeds().len(), 1);
		});
	assert!(told(padded(MAX_ANSWER + 1)).starts_with("the price source's answer is too large"));
	assert!(told(padded(50 * MAX_ANSWER)).starts_with("the price source's answer is too large"));
}

#[test]
fn an_answer_that_is_not_the_agreed_json_is_malformed() {
	for body in ["", "<html>busy</html>", "{\"prices\":{\"BTC\":\"1\"", "[]", "{}"] {
		assert!(
			told(body).starts_with("the price source's answer is not {\"prices\""),
			"{body}"
		);
	}
}

#[test]
fn an_address_that_is_no_address_is_named_before_anything_is_sent() {
	for address in ["", "ftp://127.0.0.1/prices", "127.0.0.1:9900", "file:///etc/passwd"] {
		ExtBuilder::default()
			.settings(settings(&[address]))
			.build_and_execute(|node| {
				run();
				assert!(node
					.only_error()
					.starts_with("the price source's address does not begin with"));
				assert!(node.asked().is_empty());
			});
	}
	let mut not_text = settings(&[]);
	not_text.sources = vec![vec![0xff, 0xfe]];
	ExtBuilder::default().settings(not_text).build_and_execute(|node| {
		run();
		assert!(node
			.only_error()
			.starts_with("the price source's address does not begin with"));
	});
}

#[test]
fn a_node_that_does_not_send_requests_is_named() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		node.web.write().refuses = true;
		run();
		assert!(node.only_error().starts_with("the node refused to send the request"));
	});
}

#[test]
fn one_source_that_never_answers_does_not_stop_the_other_operators() {
	ExtBuilder::default()
		.keys(2)
		.settings(settings(&[SOURCE, SECOND_SOURCE]))
		.answer(SOURCE, Answer::Never)
		.answer(SECOND_SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			let feeds = node.feeds();
			assert_eq!(feeds.len(), 1);
			assert_eq!(feeds[0].0, node.accounts[1]);
			assert!(node.web.read().clock <= START_MS + DEADLINE_MS);
		});
}

#[test]
fn one_bad_symbol_does_not_stop_the_others() {
	let body = r#"{"prices":{"BTC":"-1","ETH":"194.5"}}"#;
	ExtBuilder::default().answer(SOURCE, body).build_and_execute(|node| {
		run();
		let feeds = node.feeds();
		assert_eq!(feeds[0].2.len(), 1);
		assert_eq!(feeds[0].2[0].0, ETH);
		assert!(logged()[0].ends_with("the price of BTC is negative: check the source"));
	});
}

#[test]
fn when_no_symbol_is_good_nothing_is_sent() {
	let body = r#"{"prices":{"BTC":"0","ETH":"NaN"}}"#;
	ExtBuilder::default().answer(SOURCE, body).build_and_execute(|node| {
		run();
		assert!(node.feeds().is_empty());
		assert_eq!(logged().len(), 2);
	});
}

#[test]
fn a_failure_is_logged_when_it_begins_and_when_it_ends() {
	ExtBuilder::default()
		.answer(SOURCE, Answer::Down)
		.build_and_execute(|node| {
			run();
			assert_eq!(logged().len(), 1);
			for _ in 0..5 {
				run_next_block();
				assert!(logged().is_empty());
			}
			node.set_answer(SOURCE, Answer::Full(500, vec![]));
			run_next_block();
			assert!(node.only_error().contains("status 500"));
			node.set_answer(SOURCE, GOOD);
			run_next_block();
			assert!(logged()[0].ends_with("feeding again"));
			run_next_block();
			assert!(logged().is_empty());
		});
}

#[test]
fn a_failure_that_joins_another_is_the_only_one_logged() {
	ExtBuilder::default()
		.answer(SOURCE, r#"{"prices":{"ETH":"1"}}"#)
		.build_and_execute(|node| {
			run();
			assert_eq!(logged().len(), 1);
			node.set_answer(SOURCE, r#"{"prices":{"ETH":""}}"#);
			run_next_block();
			let lines = logged();
			assert_eq!(lines.len(), 1);
			assert!(lines[0].contains("the price of ETH is empty"));
		});
}
