//! What families owe: tariffs, invoices and credit notes, what is paid and what is left
//! (manual, 5; product rules “Invoices” and “Payments”).
//!
//! The way of all billing here: facts become [`Charge`]s (a meal on a day, a package for a term),
//! each priced by [`price`]; [`corrections`] compares them with what stands billed; what is missing
//! is billed, what is wrong is credited. So a run that is repeated changes nothing, and a mistake
//! that is found later is put right by the same way.

mod balance;
mod certificate;
mod charge;
pub mod document;
mod due_date;
mod household;
mod issued;
mod item;
mod month;
mod number;
mod office;
mod payment_reminder;
mod price;
mod receipt;
mod tariff;
mod term;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::ChildId;

pub use balance::{Balance, InvoiceState, SetOff, Unbalanced, credit_left, set_off, set_off_anew};
pub use certificate::{Settled, care_file_name, care_paid};
pub use charge::{Charge, InvoiceLine, Occasion, Period, Taken, lines, total};
pub use due_date::{DAYS_TO_PAY, due_on, is_late};
pub use household::{
    BilledChild, FamilyQuotient, Household, QuotientBasis, QuotientSource, Residence,
};
pub use issued::{Correction, CreditNote, Invoice, Issued, Standing, corrections};
pub use item::Item;
pub use month::{
    Anomaly, CanteenFacts, InvalidMonth, Meal, Month, SubscribedDays, canteen_charges,
    canteen_correction,
};
pub use number::{DocumentNumber, InvalidNumber, Series, first_gap};
pub use office::{Payer, RevenueOffice};
pub use payment_reminder::PaymentReminder;
pub use price::{Price, PricingRule, Rate, price};
pub use receipt::{ChequeRefused, take_cheque};
pub use tariff::{Bracket, ItemPrices, Tariff, TariffFault};
pub use term::{term_charges, term_correction, term_items};

/// Why nothing can be billed or credited: a fault of the data that a person has to put right.
/// Nothing is half done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BillingError {
    /// Neither is the item free, nor is a price guessed.
    #[error("no tariff has a price for {item} on {day}")]
    NoTariff { item: Item, day: NaiveDate },
    /// It has faults, see [`Tariff::faults`].
    #[error("the tariff of {from} has no sound price for {item}")]
    BadTariff { item: Item, from: NaiveDate },
    /// Nobody of the dossier is its billing address.
    #[error("nobody is there to be billed")]
    NoPayer,
    #[error("child {child} is not one of the household's")]
    UnknownChild { child: ChildId },
    /// A document that no correction made.
    #[error("credit note {credit_note} credits what its invoice does not bill")]
    CreditWithoutLine { credit_note: DocumentNumber },
    /// `preau check` says more.
    #[error("what is kept of it can't be read")]
    Unreadable,
    #[error("an amount is too large")]
    Overflow,
}
