//! The rows of the table: each measures, checks its answers and reports.

pub(crate) mod book;
pub(crate) mod invoices;
pub(crate) mod memory;
pub(crate) mod rush;
pub(crate) mod size;
pub(crate) mod week;
