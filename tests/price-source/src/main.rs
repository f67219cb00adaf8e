//! `margin-price-source`: see the library's doc for what it answers.

use clap::Parser;
use margin_price_source::{
	fixed::Fixed,
	replay::Window,
	server,
	venues::{Source, MOST_VENUES},
};
use std::{error::Error, net::SocketAddr};
use tokio::signal::unix::{signal, SignalKind};

/// Replays candles as several virtual venues over HTTP, for development and tests.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// Where to listen; port 0 takes a free one. The address is printed when the server is ready.
	#[arg(long, default_value = "127.0.0.1:9900")]
	listen: SocketAddr,
	/// Which candles to replay.
	#[arg(long, value_enum, default_value = "calm")]
	replay: Window,
	/// Candle seconds in a second.
	#[arg(long, default_value = "1")]
	speed: Fixed,
	/// How many venues there are.
	#[arg(long, default_value_t = 3, value_parser = venues)]
	venues: usize,
	/// Begin with candle time standing still.
	#[arg(long)]
	paused: bool,
	/// Turn round at both ends of the replay, for ever, in place of staying at the last price.
	#[arg(long)]
	repeat: bool,
}

fn venues(text: &str) -> Result<usize, String> {
	match text.parse() {
		Ok(number) if (1..=MOST_VENUES).contains(&number) => Ok(number),
		_ => Err(format!("between 1 and {MOST_VENUES} venues")),
	}
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
	let arguments = Arguments::parse();
	let source = Source::new(
		arguments.replay,
		arguments.venues,
		arguments.speed,
		arguments.paused,
		arguments.repeat,
	)?;
	let listener = tokio::net::TcpListener::bind(arguments.listen).await?;
	println!("listening on http://{}", listener.local_addr()?);
	let mut terminated = signal(SignalKind::terminate())?;
	let routes = server::router(source, server::SLOW_ANSWER);
	// Slow answers may still be on their way: nobody waits for them at the end.
	tokio::select! {
		served = axum::serve(listener, routes) => served?,
		_ = terminated.recv() => {},
		_ = tokio::signal::ctrl_c() => {},
	}
	Ok(())
}
