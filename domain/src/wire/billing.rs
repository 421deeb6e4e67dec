//! Invoices and credit notes, as they are read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::billing::{
    DocumentNumber, InvoiceLine, InvoiceState, Payer, Period, RevenueOffice, SetOff,
};
use crate::calendar::Term;
use crate::cents::Cents;
use crate::ids::{ChildId, FamilyId};

/// A page of invoices and credit notes, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentsView {
    /// The server's day, in Paris.
    pub today: NaiveDate,
    /// What is due of all invoices of these dossiers, on other pages too.
    pub due: Cents,
    pub documents: Vec<DocumentSummary>,
    /// The cursor of the next page: `?before=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Invoice,
    CreditNote,
}

/// What a document is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PeriodView {
    /// A term's bus and TAP.
    Term { term: Term },
    /// A month's canteen.
    Month {
        /// `2017-10`.
        month: String,
        first_day: NaiveDate,
        last_day: NaiveDate,
    },
}

impl PeriodView {
    /// The period; `None` for a term that is not among these.
    #[must_use]
    pub fn of(period: Period, terms: &[Term]) -> Option<Self> {
        match period {
            Period::Term(id) => {
                let term = terms.iter().find(|term| term.id == id)?.clone();
                Some(Self::Term { term })
            }
            Period::Month(month) => Some(Self::Month {
                month: month.to_string(),
                first_day: month.first_day(),
                last_day: month.last_day(),
            }),
        }
    }
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentSummary {
    pub number: DocumentNumber,
    pub kind: DocumentKind,
    pub family_id: FamilyId,
    pub payer: String,
    pub period: PeriodView,
    /// Whether the period had an invoice before this one.
    pub supplementary: bool,
    pub issued_on: NaiveDate,
    pub total: Cents,
    /// With an invoice: where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<BalanceView>,
    /// With a credit note: the invoice that it corrects, and what is left to the family's credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditView>,
}

/// What has become of an invoice's total: `paid + credited + due = total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BalanceView {
    pub state: InvoiceState,
    pub paid: Cents,
    pub credited: Cents,
    pub due: Cents,
    /// The last day to pay.
    pub due_on: NaiveDate,
    /// Whether something is due after that day.
    pub late: bool,
}

/// What has become of a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditView {
    pub invoice: DocumentNumber,
    /// For the family's next invoice.
    pub left: Cents,
}

/// An invoice or a credit note, with all that is printed. What was issued never changes; the balance
/// does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentView {
    #[serde(flatten)]
    pub summary: DocumentSummary,
    pub office: RevenueOffice,
    pub addressee: Payer,
    pub children: Vec<BilledChildView>,
    pub lines: Vec<LineView>,
    /// Of which credit notes how much was set off against this invoice; or, of a credit note, what
    /// became of it, by invoice.
    pub set_offs: Vec<SetOffView>,
}

/// A child as its invoice names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BilledChildView {
    pub id: ChildId,
    pub name: String,
    /// `CE2`.
    pub level: String,
}

/// A line with what is worked out from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineView {
    #[serde(flatten)]
    pub line: InvoiceLine,
    pub quantity: u32,
    /// Quantity times unit price.
    pub amount: Cents,
}

/// Part of a credit note that pays part of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetOffView {
    pub credit_note: DocumentNumber,
    pub invoice: DocumentNumber,
    pub amount: Cents,
}

impl SetOffView {
    /// With the invoice that it pays part of.
    #[must_use]
    pub fn against(invoice: DocumentNumber, set_off: SetOff) -> Self {
        Self { credit_note: set_off.credit_note, invoice, amount: set_off.amount }
    }
}

/// The yearly certificate of what was paid for the care of a young child, see
/// [`crate::billing::care_paid`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CareCertificate {
    /// The calendar year in which it was paid.
    pub year: i32,
    pub office: RevenueOffice,
    pub addressee: Payer,
    pub child: String,
    pub birth_date: NaiveDate,
    pub paid: Cents,
    pub issued_on: NaiveDate,
}
