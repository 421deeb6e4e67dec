//! *Mes factures*: what is due, what was billed, and each document as on paper.

mod book;
mod calls;
mod care;
mod cheque;
mod contact;
mod document_page;
mod download;
mod due;
mod history;
mod list_page;
mod page;
mod paper;
mod paper_lines;
mod state_mark;
#[cfg(test)]
pub(crate) mod testing;
mod words;

pub(crate) use page::BillingPage;
