//! Changes of parameters: steps, delays, ramps, origins (S12, S13, S14).
