//! What-if, and the most that can be done.
