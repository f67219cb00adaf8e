//! Bad input of every call, in tables.
