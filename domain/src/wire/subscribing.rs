//! A term's subscription form.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::ChildView;
use crate::activity::{Activity, ActivitySlug, ServiceKind, Weekdays};
use crate::billing::{CreditNote, DocumentNumber, Household, Invoice, Tariff};
use crate::calendar::Term;
use crate::cents::Cents;
use crate::ids::{ChildId, FamilyId, TermId};
use crate::subscribing::Choices;
use crate::subscription::Subscription;

/// The caller's children with what they are subscribed to, and the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionsView {
    /// The server's time.
    pub now: DateTime<Utc>,
    /// By first day; those that parents can subscribe to now are told by their dates.
    pub terms: Vec<Term>,
    /// Eldest first.
    pub children: Vec<ChildView>,
    pub activities: Vec<OfferedActivity>,
    /// Of all terms, by child.
    pub subscriptions: Vec<Subscription>,
}

/// All that the form of one dossier and term is filled in, checked and priced with. Its total is
/// worked out by the same rules as the invoice's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionForm {
    pub family_id: FamilyId,
    pub term: Term,
    /// The server's time: the window and the prices go by it.
    pub now: DateTime<Utc>,
    /// The caller's children in this dossier, eldest first.
    pub children: Vec<ChildView>,
    /// All activities of the commune, in the order of the screen.
    pub activities: Vec<OfferedActivity>,
    /// What the dossier's children are subscribed to in this term. Of those that are not the caller's
    /// only what prices follow from: the bus package without its days, and how many TAP activities,
    /// not which.
    pub held: Vec<Subscription>,
    /// What the caller's children were subscribed to in the term before, to start from.
    pub before: Vec<Subscription>,
    pub household: Household,
    pub tariffs: Vec<Tariff>,
    /// What was billed for this term and credited.
    pub invoices: Vec<Invoice>,
    pub credit_notes: Vec<CreditNote>,
    /// What was filled in so far for the caller's children.
    pub draft: Option<SubscriptionDraft>,
}

/// An activity that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedActivity {
    pub slug: ActivitySlug,
    pub service: ServiceKind,
    /// `Bus fin école`.
    pub name: String,
    /// `mer. 11h30`.
    pub hint: String,
    pub weekdays: Weekdays,
    pub starts_at: NaiveTime,
    /// With a TAP activity of a form: seats that are left on all of the term's days to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_left: Option<u32>,
}

impl OfferedActivity {
    /// An activity, as it is offered.
    #[must_use]
    pub fn of(activity: &Activity, seats_left: Option<u32>) -> Self {
        Self {
            slug: activity.slug.clone(),
            service: activity.service,
            name: activity.name.clone(),
            hint: activity.hint.clone(),
            weekdays: activity.weekdays,
            starts_at: activity.starts_at,
            seats_left,
        }
    }
}

/// A form that is not confirmed: kept on the server, so that another device goes on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionDraft {
    /// A child at most once.
    pub children: Vec<Choices>,
    /// To be sent with the next version, so that two parents don't overwrite each other: 0 where
    /// nothing is kept of the caller's children yet. Another one follows, though not always the next
    /// number.
    pub version: i32,
}

impl SubscriptionDraft {
    /// Children in one form at most.
    pub const MOST: usize = 20;
}

/// The choices to be confirmed. Prices, quotients and dates are the server's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmationRequest {
    pub children: Vec<Choices>,
    /// The total that the family was shown: where it would be billed another, nothing is done
    /// (`total_changed`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_total: Option<Cents>,
}

/// What a confirmation has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmationView {
    pub family_id: FamilyId,
    pub term_id: TermId,
    /// The new subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// Null where nothing is billed by the term: the canteen alone.
    pub invoice: Option<DocumentNumber>,
    /// The invoice's last day to pay.
    pub due_on: Option<NaiveDate>,
    /// The invoice's total.
    pub total: Cents,
    /// Credit notes for what costs less than was billed, as where a sibling joins.
    pub credit_notes: Vec<CreditMade>,
    /// Days of the type weeks that are booked, some of them before perhaps.
    pub booked: u32,
    /// Days of the type weeks without a seat left: the waiting list is open.
    pub full: Vec<FullSession>,
}

/// A credit note that a confirmation has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditMade {
    pub number: DocumentNumber,
    /// What it credits.
    pub total: Cents,
}

/// A day on which a child found no seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FullSession {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    pub date: NaiveDate,
}
