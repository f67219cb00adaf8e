//! Bad assets, gaps, idle time and roundings (S3, S4, S10, S20, S21, S23, S24).
