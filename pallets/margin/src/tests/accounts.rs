//! Sub-accounts, modes, transfers, dust.
