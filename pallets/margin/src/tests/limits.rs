//! Status, pauses, caps, tiers, size, windows and outflow.
