//! The HTTP face: `GET /venues/{i}/prices`, `GET /truth`, `GET` and `POST /control`.

use crate::{
	control::{Refusal, Request, State as Setting},
	fixed::Fixed,
	replay::Symbol,
	venues::{Misbehaviour, Source},
};
use axum::{
	body::Bytes,
	extract::{Path, State},
	http::{header, StatusCode},
	response::{IntoResponse, Response},
	routing::get,
	Json, Router,
};
use serde::Serialize;
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};

/// How long a slow venue takes: far longer than any reader should wait.
pub const SLOW_ANSWER: Duration = Duration::from_secs(60);
/// Bytes of a huge answer.
const HUGE_ANSWER: usize = 16 * 1024 * 1024;

/// Prices by symbol.
type Prices = BTreeMap<Symbol, Fixed>;

#[derive(Serialize)]
struct Quotes {
	prices: Prices,
}

#[derive(Serialize)]
struct Truth {
	prices: Prices,
	/// Unix seconds of the candles, with milliseconds.
	time: f64,
	done: bool,
}

#[derive(Serialize)]
struct Message {
	error: String,
}

/// What the handlers share.
struct Shared {
	source: Mutex<Source>,
	began: Instant,
	slow_answer: Duration,
}

impl Shared {
	fn now(&self) -> Duration {
		self.began.elapsed()
	}

	/// A handler changes the source only after all checks, so one that panicked left it whole.
	fn source(&self) -> MutexGuard<'_, Source> {
		self.source.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// The routes over a source. `slow_answer` is how long a slow venue takes ([`SLOW_ANSWER`] outside tests).
pub fn router(source: Source, slow_answer: Duration) -> Router {
	Router::new()
		.route("/venues/{venue}/prices", get(prices))
		.route("/truth", get(truth))
		.route("/control", get(setting).post(control))
		.with_state(Arc::new(Shared {
			source: Mutex::new(source),
			began: Instant::now(),
			slow_answer,
		}))
}

fn refuse(status: StatusCode, error: String) -> Response {
	(status, Json(Message { error })).into_response()
}

async fn prices(State(shared): State<Arc<Shared>>, Path(venue): Path<String>) -> Response {
	let unknown = || refuse(StatusCode::NOT_FOUND, format!("there is no venue {venue}"));
	let Ok(number) = venue.parse::<usize>() else {
		return unknown();
	};
	let (prices, faults) = {
		let (source, now) = (shared.source(), shared.now());
		let Some(faults) = source.venues.get(number).cloned() else {
			return unknown();
		};
		let quote = |symbol| source.quote(number, symbol, now).map(|price| (symbol, price));
		(Symbol::ALL.into_iter().filter_map(quote).collect(), faults)
	};
	if faults.silent {
		return refuse(StatusCode::SERVICE_UNAVAILABLE, format!("venue {number} is silent"));
	}
	match faults.misbehaviour {
		None => Json(Quotes { prices }).into_response(),
		Some(Misbehaviour::Malformed) => malformed(),
		Some(Misbehaviour::Huge) => huge(Quotes { prices }),
		Some(Misbehaviour::Slow) => {
			tokio::time::sleep(shared.slow_answer).await;
			Json(Quotes { prices }).into_response()
		},
	}
}

/// Begins like an answer and is none.
fn malformed() -> Response {
	(
		[(header::CONTENT_TYPE, "application/json")],
		r#"{"prices":{"BTC":"79e1,1","ETH":[[[nul"#,
	)
		.into_response()
}

/// A right answer, so that only a limit on its length refuses it, behind many megabytes of spaces.
fn huge(quotes: Quotes) -> Response {
	match serde_json::to_string(&quotes) {
		Ok(json) => {
			let body = format!("{}{json}", " ".repeat(HUGE_ANSWER));
			([(header::CONTENT_TYPE, "application/json")], body).into_response()
		},
		Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
	}
}

async fn truth(State(shared): State<Arc<Shared>>) -> Response {
	let (source, now) = (shared.source(), shared.now());
	let prices = Symbol::ALL
		.into_iter()
		.map(|symbol| (symbol, source.truth(symbol, now)))
		.collect();
	let time = source.time(now) as f64 / 1_000.0;
	Json(Truth {
		prices,
		time,
		done: source.clock.done(now),
	})
	.into_response()
}

async fn setting(State(shared): State<Arc<Shared>>) -> Response {
	Json(Setting::of(&shared.source(), shared.now())).into_response()
}

async fn control(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
	let request = match serde_json::from_slice::<Request>(&body) {
		Ok(request) => request,
		Err(error) => return refuse(StatusCode::BAD_REQUEST, format!("the request cannot be read: {error}")),
	};
	let now = shared.now();
	let mut source = shared.source();
	match request.apply(&mut source, now) {
		Ok(()) => Json(Setting::of(&source, now)).into_response(),
		Err(refusal @ Refusal::UnknownVenue(_)) => refuse(StatusCode::NOT_FOUND, refusal.to_string()),
		Err(refusal) => refuse(StatusCode::BAD_REQUEST, refusal.to_string()),
	}
}
