//! The server over real HTTP.

use margin_price_source::{fixed::Fixed, replay::Window, server, venues::Source};
use serde_json::{json, Value};
use std::{net::SocketAddr, time::Duration};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
};

/// How long a slow venue takes in these tests.
const SLOW: Duration = Duration::from_millis(400);
/// 12 March 2020, 00:00 UTC.
const MARCH_12: u64 = 1_583_971_200;

/// A server with three venues, its clock paused at the first candle.
struct Server(SocketAddr);

impl Server {
	async fn start() -> Self {
		let source = Source::new(Window::Crash, 3, Fixed::whole(432), true, false).unwrap();
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let routes = server::router(source, SLOW);
		tokio::spawn(async move { axum::serve(listener, routes).await });
		Self(address)
	}

	/// Sends one request and reads status and body to the end.
	async fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
		let mut stream = TcpStream::connect(self.0).await.unwrap();
		let request = format!(
			"{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
			body.len()
		);
		stream.write_all(request.as_bytes()).await.unwrap();
		let mut answer = String::new();
		stream.read_to_string(&mut answer).await.unwrap();
		let (head, body) = answer.split_once("\r\n\r\n").unwrap();
		(head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
	}

	async fn get(&self, path: &str) -> (u16, Value) {
		let (status, body) = self.send("GET", path, "").await;
		(status, serde_json::from_str(&body).unwrap())
	}

	async fn control(&self, request: Value) -> (u16, Value) {
		let (status, body) = self.send("POST", "/control", &request.to_string()).await;
		(status, serde_json::from_str(&body).unwrap())
	}

	async fn set(&self, request: Value) {
		let (status, answer) = self.control(request).await;
		assert_eq!(status, 200, "{answer}");
	}

	async fn price(&self, venue: usize, symbol: &str) -> String {
		let (status, answer) = self.get(&format!("/venues/{venue}/prices")).await;
		assert_eq!(status, 200, "{answer}");
		answer["prices"][symbol].as_str().unwrap().to_owned()
	}

	async fn refused(&self, request: Value, status: u16, message: &str) {
		let before = self.get("/control").await;
		let (got, answer) = self.control(request).await;
		assert_eq!(got, status, "{answer}");
		let error = answer["error"].as_str().unwrap();
		assert!(error.contains(message), "{error}");
		assert_eq!(
			self.get("/control").await,
			before,
			"a refused request changed something"
		);
	}
}

#[tokio::test]
async fn a_venue_quotes_every_symbol_as_a_decimal_string() {
	let server = Server::start().await;
	let answer = server.get("/venues/0/prices").await;
	assert_eq!(
		answer,
		(
			200,
			json!({"prices": {"BTC": "7894.66", "ETH": "200.74", "DOT": "4", "USDC": "1"}})
		)
	);
}

#[tokio::test]
async fn venues_disagree_by_a_few_basis_points() {
	let server = Server::start().await;
	let quotes = [
		server.price(0, "BTC").await,
		server.price(1, "BTC").await,
		server.price(2, "BTC").await,
	];
	assert_eq!(quotes, ["7894.66", "7896.238932", "7893.081068"]);
}

#[tokio::test]
async fn the_truth_tells_the_time_of_the_candles() {
	let server = Server::start().await;
	let (status, truth) = server.get("/truth").await;
	assert_eq!(status, 200);
	assert_eq!(truth["prices"]["BTC"], "7894.66");
	assert_eq!(truth["time"], 1_583_884_800.0);
	assert_eq!(truth["done"], false);
}

#[tokio::test]
async fn a_paused_clock_stands_and_a_running_one_moves() {
	let server = Server::start().await;
	let time = || async { server.get("/truth").await.1["time"].as_f64().unwrap() };
	let paused = time().await;
	assert_eq!(time().await, paused);
	server.set(json!({"paused": false})).await;
	while time().await == paused {}
	server.set(json!({"paused": true})).await;
	let stopped = time().await;
	assert!(stopped > paused);
	assert_eq!(time().await, stopped);
}

#[tokio::test]
async fn a_seek_moves_the_prices() {
	let server = Server::start().await;
	server.set(json!({"seek": MARCH_12})).await;
	assert_eq!(server.price(0, "BTC").await, "7945.36");
	server.set(json!({"seek": 1_584_144_000u64})).await;
	assert_eq!(server.get("/truth").await.1["done"], true);
}

#[tokio::test]
async fn a_speed_is_kept_exactly() {
	let server = Server::start().await;
	server.set(json!({"speed": "336.5"})).await;
	assert_eq!(server.get("/control").await.1["speed"], "336.5");
	server.set(json!({"speed": 432})).await;
	assert_eq!(server.get("/control").await.1["speed"], "432");
}

#[tokio::test]
async fn an_override_holds_at_all_venues_until_it_is_taken_back() {
	let server = Server::start().await;
	server.set(json!({"override": {"ETH": "150.5"}})).await;
	assert_eq!(server.price(0, "ETH").await, "150.5");
	assert_eq!(server.price(1, "ETH").await, "150.54515");
	assert_eq!(server.price(0, "BTC").await, "7894.66");
	server.set(json!({"override": {"ETH": null}})).await;
	assert_eq!(server.price(0, "ETH").await, "200.74");
}

#[tokio::test]
async fn a_wick_stays_at_its_venue() {
	let server = Server::start().await;
	server.set(json!({"venues": {"1": {"wick": {"BTC": "0.5"}}}})).await;
	assert_eq!(server.price(1, "BTC").await, "3948.119466");
	assert_eq!(server.price(0, "BTC").await, "7894.66");
	assert_eq!(server.get("/truth").await.1["prices"]["BTC"], "7894.66");
	server.set(json!({"venues": {"1": {"wick": {"BTC": null}}}})).await;
	assert_eq!(server.price(1, "BTC").await, "7896.238932");
}

#[tokio::test]
async fn a_silent_venue_quotes_nothing_and_the_others_go_on() {
	let server = Server::start().await;
	server.set(json!({"venues": {"2": {"silent": true}}})).await;
	assert_eq!(server.get("/venues/2/prices").await.0, 503);
	assert_eq!(server.get("/venues/0/prices").await.0, 200);
	server.set(json!({"venues": {"2": {"silent": false}}})).await;
	assert_eq!(server.get("/venues/2/prices").await.0, 200);
}

#[tokio::test]
async fn a_malformed_answer_is_no_json() {
	let server = Server::start().await;
	server.set(json!({"venues": {"0": {"misbehave": "malformed"}}})).await;
	let (status, body) = server.send("GET", "/venues/0/prices", "").await;
	assert_eq!(status, 200);
	assert!(serde_json::from_str::<Value>(&body).is_err(), "{body}");
	server.set(json!({"venues": {"0": {"misbehave": null}}})).await;
	assert_eq!(server.price(0, "USDC").await, "1");
}

#[tokio::test]
async fn a_slow_answer_keeps_its_reader_waiting_and_nobody_else() {
	let server = Server::start().await;
	server.set(json!({"venues": {"0": {"misbehave": "slow"}}})).await;
	let began = tokio::time::Instant::now();
	let (slow, others) = tokio::join!(server.get("/venues/0/prices"), async {
		let answer = server.get("/venues/1/prices").await;
		(answer.0, began.elapsed())
	});
	assert!(began.elapsed() >= SLOW);
	assert_eq!((slow.0, others.0), (200, 200));
	assert!(others.1 < SLOW, "venue 1 waited for venue 0");
}

#[tokio::test]
async fn a_huge_answer_is_right_but_for_its_length() {
	let server = Server::start().await;
	server.set(json!({"venues": {"0": {"misbehave": "huge"}}})).await;
	let (status, body) = server.send("GET", "/venues/0/prices", "").await;
	assert_eq!(status, 200);
	assert!(body.len() > 16 * 1024 * 1024);
	assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["prices"]["USDC"], "1");
}

#[tokio::test]
async fn a_reset_clears_what_was_set_and_leaves_the_clock() {
	let server = Server::start().await;
	server
		.set(json!({
			"seek": MARCH_12,
			"override": {"BTC": 5000},
			"venues": {"0": {"wick": {"ETH": 2}, "silent": true, "misbehave": "slow"}},
		}))
		.await;
	server.set(json!({"reset": true})).await;
	assert_eq!(server.price(0, "BTC").await, "7945.36");
	assert_eq!(server.price(0, "ETH").await, "194.61");
}

#[tokio::test]
async fn a_venue_that_is_not_there_is_not_found() {
	let server = Server::start().await;
	for venue in ["3", "-1", "first", "99999999999999999999999"] {
		let (status, answer) = server.get(&format!("/venues/{venue}/prices")).await;
		assert_eq!(status, 404);
		assert_eq!(answer["error"], format!("there is no venue {venue}"));
	}
	server
		.refused(json!({"venues": {"3": {"silent": true}}}), 404, "there is no venue 3")
		.await;
}

#[tokio::test]
async fn a_bad_control_request_is_refused_with_the_reason_and_changes_nothing() {
	let server = Server::start().await;
	let (status, body) = server.send("POST", "/control", "{\"speed\":").await;
	assert_eq!(status, 400);
	assert!(body.contains("cannot be read"), "{body}");

	server.refused(json!({"sped": 1}), 400, "unknown field `sped`").await;
	server.refused(json!({"speed": 0}), 400, "to stop, set paused").await;
	server.refused(json!({"speed": 1_000_000}), 400, "at most 86400").await;
	server
		.refused(json!({"speed": "fast"}), 400, "'fast' is not a decimal")
		.await;
	server
		.refused(json!({"override": {"BTC": "-1"}}), 400, "'-1' is not a decimal")
		.await;
	server
		.refused(json!({"override": {"LUNA": "1"}}), 400, "unknown variant `LUNA`")
		.await;
	server.refused(json!({"seek": 1}), 400, "1 is outside").await;
	server
		.refused(
			json!({"venues": {"0": {"misbehave": "badly"}}}),
			400,
			"unknown variant `badly`",
		)
		.await;
	// One bad part refuses the good one with it.
	server
		.refused(
			json!({"override": {"BTC": "5000"}, "speed": 0}),
			400,
			"to stop, set paused",
		)
		.await;
}
