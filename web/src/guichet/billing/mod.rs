//! *Facturation*: runs, what is unpaid, how families are billed, tariffs, the cash desk.

mod advice;
mod answer;
mod calls;
mod cheque_sheet;
mod contra_sheet;
mod documents;
mod family_page;
mod findings;
mod form;
mod journal_page;
mod made;
mod money;
mod office_page;
mod page;
mod paper_tools;
mod quotient_removal;
mod quotients;
mod residence;
mod room;
mod rows;
mod run_list;
mod run_page;
mod run_start;
mod subscriptions;
mod tariff_draft;
mod tariff_form;
mod tariff_grid;
mod tariff_table;
mod tariffs_page;
mod unpaid_page;
mod words;

pub(super) use page::BillingPage;
pub(super) use room::{BILLING, Room, family};
pub(super) use words::use_billing_words;
