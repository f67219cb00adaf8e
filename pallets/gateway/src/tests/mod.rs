mod flights;
mod guard;
mod issuance;
mod locations;
mod routes;
mod setup;
mod withdrawal;
