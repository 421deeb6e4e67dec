//! What the databases do without Préau.

pub(crate) mod commit;
pub(crate) mod pgbench;
