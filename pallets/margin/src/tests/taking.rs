//! Signed liquidations into the keeper's own account (S18, S19).
