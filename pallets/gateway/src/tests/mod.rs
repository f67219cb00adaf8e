mod flights;
mod guard;
mod issuance;
mod locations;
mod model;
mod routes;
mod setup;
mod withdrawal;
