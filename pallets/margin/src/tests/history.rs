//! Accounts rebuilt from events.
