//! Invoice runs: how far they have come.
