//! Events that broke margin systems, replayed against the real runtime in process.
