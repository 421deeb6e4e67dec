//! What was changed in a child's week: who, when, from where.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::activity::{ActivitySlug, ServiceKind};
use crate::bus::BusPackage;

/// The changes of a child's week, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryView {
    pub entries: Vec<HistoryEntry>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    pub at: DateTime<Utc>,
    /// Absent where the change is a whole service's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivitySlug>,
    /// The service, where the change is the whole of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceKind>,
    /// The new one, where that is the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<BusPackage>,
    pub date: NaiveDate,
    pub what: HistoryWhat,
    pub origin: ChangeOrigin,
    /// Who did it, as `Camille Delorme`; absent where nobody did, as with the waiting list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why, where the guichet has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a change did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HistoryWhat {
    Added,
    Removed,
    /// Joined the waiting list.
    Waited,
    /// Left the waiting list.
    StoppedWaiting,
    /// Has the activity from this day on.
    Subscribed,
    /// Has the term's activity or service until this day.
    Ended,
    /// Has another bus package, for the term that begins on this day.
    Package,
}

/// From where a change came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeOrigin {
    /// A parent's browser.
    Web,
    /// A parent's app.
    App,
    /// The coordinator.
    Guichet,
    /// A seat came free, and the child was the first in line.
    WaitingList,
    /// A parent applied the type week.
    TypeWeek,
    /// The term's subscription.
    Subscription,
    /// The school's files.
    Import,
    /// The server itself.
    System,
}

impl ChangeOrigin {
    const ALL: [Self; 8] = [
        Self::Web,
        Self::App,
        Self::Guichet,
        Self::WaitingList,
        Self::TypeWeek,
        Self::Subscription,
        Self::Import,
        Self::System,
    ];

    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::App => "app",
            Self::Guichet => "guichet",
            Self::WaitingList => "waiting_list",
            Self::TypeWeek => "type_week",
            Self::Subscription => "subscription",
            Self::Import => "import",
            Self::System => "system",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_read_back() {
        for origin in ChangeOrigin::ALL {
            assert_eq!(ChangeOrigin::parse(origin.as_str()), Some(origin));
            let json = serde_json::to_string(&origin).unwrap();
            assert_eq!(json, format!("\"{}\"", origin.as_str()));
        }
    }
}
