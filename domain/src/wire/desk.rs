//! Billing, as the guichet sees it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BilledChildView, DocumentSummary, OfferedActivity};
use crate::activity::{ActivitySlug, ServiceKind};
use crate::billing::{DocumentNumber, Household, Payer, QuotientSource, Tariff};
use crate::bus::BusPackage;
use crate::calendar::Term;
use crate::cents::Cents;
use crate::ids::{ChildId, FamilyId, TermId};
use crate::subscription::Subscription;

/// All tariffs: by service, the latest last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TariffsView {
    /// The server's day, in Paris.
    pub today: NaiveDate,
    pub tariffs: Vec<Tariff>,
    /// Those by which nothing has been billed yet: they can be changed and taken back.
    pub changeable: Vec<TariffKey>,
}

impl TariffsView {
    /// Whether a tariff can be changed.
    #[must_use]
    pub fn may_change(&self, service: ServiceKind, from: NaiveDate) -> bool {
        self.changeable.contains(&TariffKey { service, from })
    }
}

/// What names a tariff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TariffKey {
    pub service: ServiceKind,
    /// Its first day.
    pub from: NaiveDate,
}

/// How a family is billed, what it is billed for, and its papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyBillingView {
    pub family_id: FamilyId,
    pub payer: Payer,
    /// Eldest first.
    pub children: Vec<BilledChildView>,
    pub household: Household,
    /// Terms that are not over, by first day.
    pub terms: Vec<Term>,
    /// What the children are subscribed to in these terms.
    pub subscriptions: Vec<Subscription>,
    /// The commune's, in the order of the screen.
    pub activities: Vec<OfferedActivity>,
    /// What is due of all its invoices.
    pub due: Cents,
    /// What is left of its credit notes.
    pub credit: Cents,
    /// The first page of its papers, the latest first.
    pub documents: Vec<DocumentSummary>,
    /// The cursor of the second page of them: `?before=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A family's quotient, as it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuotientRequest {
    /// Whole euros.
    pub value: u32,
    /// First and last day on which it holds.
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub from: NaiveDate,
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub until: NaiveDate,
    pub source: QuotientSource,
    pub reason: String,
}

impl QuotientRequest {
    /// No family has a higher one.
    pub const MOST: u32 = 100_000;
}

/// Where a family lives from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResidenceRequest {
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub from: NaiveDate,
    pub outside: bool,
    pub reason: String,
}

/// The end of a child's service, or of one of its TAP activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndSubscriptionRequest {
    pub child_id: ChildId,
    pub term_id: TermId,
    pub service: ServiceKind,
    /// One activity of two TAP; null: the whole service.
    #[serde(default)]
    pub activity: Option<ActivitySlug>,
    /// The last day on which the child takes part: what is booked later is given back.
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub last_day: NaiveDate,
    pub reason: String,
    /// Answers what would come of it, and changes nothing.
    #[serde(default)]
    pub dry: bool,
}

/// Another bus package for a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackageRequest {
    pub child_id: ChildId,
    pub term_id: TermId,
    pub package: BusPackage,
    pub reason: String,
    /// Answers what would come of it, and changes nothing.
    #[serde(default)]
    pub dry: bool,
}

/// What came of a change to a confirmed subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionChanged {
    /// Days that were booked and are free now.
    pub days_freed: u32,
    /// The supplementary invoice, if something is to be billed.
    pub invoice: Option<DocumentNumber>,
    pub credit_notes: Vec<DocumentNumber>,
    /// The invoice's total, and that of all credit notes.
    pub billed: Cents,
    pub credited: Cents,
}

/// A page of invoices of which something is due, those that wait for longest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnpaidView {
    /// The server's day, in Paris.
    pub today: NaiveDate,
    /// Of all pages.
    pub count: u32,
    pub due: Cents,
    pub invoices: Vec<DocumentSummary>,
    /// The cursor of the next page: `?after=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
