mod median;
mod reporting;
mod setup;
mod shadow;
mod time;
mod views;
