//! Invoice runs: all families' papers of a month or a term.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::PeriodView;
use crate::attendance::Attendance;
use crate::billing::{Anomaly, BillingError, Month};
use crate::calendar::Term;
use crate::cents::Cents;
use crate::ids::{ChildId, FamilyId, RunId, TermId};

/// What is to be billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunPeriod {
    /// A month's canteen.
    Month(Month),
    /// What a term's subscriptions have and no paper says yet.
    TermId(TermId),
}

/// The wish for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunRequest {
    /// `{"month": "2017-10"}` or `{"term_id": "…"}`.
    pub period: RunPeriod,
    /// Works out everything and issues nothing.
    pub dry: bool,
}

/// The latest runs, and what can be billed besides months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunsView {
    /// The latest first.
    pub runs: Vec<RunView>,
    /// The commune's, by first day.
    pub terms: Vec<Term>,
}

/// How far a run has come, and what it has made; a dry one, what it would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunView {
    pub id: RunId,
    pub period: PeriodView,
    pub dry: bool,
    pub started_at: DateTime<Utc>,
    /// Null while it goes on.
    pub finished_at: Option<DateTime<Utc>>,
    /// Families in all, and those done.
    pub families: u32,
    pub done: u32,
    pub invoices: u32,
    pub credit_notes: u32,
    pub billed: Cents,
    pub credited: Cents,
    /// Families that can't be billed: nothing of them is.
    pub failures: u32,
    /// Families with something to look at.
    pub anomalies: u32,
}

/// A page of a run's findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingsView {
    pub findings: Vec<FamilyFindings>,
    /// The cursor of the next page: `?after=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<FamilyId>,
}

/// What a run found about one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyFindings {
    pub family_id: FamilyId,
    /// The family's last name, as of its billing address.
    pub name: String,
    pub anomalies: Vec<Anomaly>,
    /// Why nothing of it is billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<BillingError>,
    /// The children that are named in them.
    pub children: Vec<NamedChild>,
}

/// A child by its first name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedChild {
    pub id: ChildId,
    pub first_name: String,
}

/// What the guichet says of a child's presence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttendanceRequest {
    pub child_id: ChildId,
    pub activity: crate::activity::ActivitySlug,
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub date: NaiveDate,
    /// Null takes back what was said.
    pub attendance: Option<Attendance>,
    /// Why: kept with it in the audit trail.
    pub reason: String,
}
