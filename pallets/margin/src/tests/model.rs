//! All calls against a simple reference model.
