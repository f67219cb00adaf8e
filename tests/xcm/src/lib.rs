//! Several chains and a relay in one process.
