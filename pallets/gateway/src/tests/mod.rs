mod guard;
mod issuance;
mod locations;
mod routes;
mod setup;
