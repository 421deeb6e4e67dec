//! Sessions and days as statements over many of them name them.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use serde::Serialize;
use uuid::Uuid;

use super::StoreError;

/// Names a session. Their order is the one in which several are locked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    pub activity: ActivitySlug,
    pub date: NaiveDate,
}

impl SessionKey {
    pub(super) fn read(
        activity: &str,
        date: NaiveDate,
        table: &'static str,
    ) -> Result<Self, StoreError> {
        let activity = ActivitySlug::parse(activity)
            .map_err(|_| StoreError::corrupt(table, "activity", activity))?;
        Ok(Self { activity, date })
    }
}

/// One row of `day`, as [`super::dialect::over_days!`] reads it from JSON.
#[derive(Serialize)]
pub(super) struct DayRow<'a> {
    /// New, and greater than that of the rows before: the order in which they were listed.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<String>,
    activity: &'a str,
    date: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    booked: Option<bool>,
}

impl<'a> DayRow<'a> {
    pub(super) fn session(session: &'a SessionKey) -> Self {
        Self {
            id: Uuid::now_v7().simple().to_string(),
            child: None,
            activity: session.activity.as_str(),
            date: session.date,
            booked: None,
        }
    }

    pub(super) fn of(child: ChildId, session: &'a SessionKey) -> Self {
        Self { child: Some(child.0.simple().to_string()), ..Self::session(session) }
    }

    /// The day is booked, or free, after the change.
    pub(super) fn changed(child: ChildId, session: &'a SessionKey, booked: bool) -> Self {
        Self { booked: Some(booked), ..Self::of(child, session) }
    }

    pub(super) fn json(rows: impl IntoIterator<Item = Self>) -> String {
        // Texts, dates and truth values always serialise.
        serde_json::to_string(&rows.into_iter().collect::<Vec<_>>()).unwrap_or_default()
    }
}
