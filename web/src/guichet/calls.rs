//! The operations of the API that the guichet's screens use.

use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{
    AddActivityRequest, BusCheckView, CapacityRequest, FoundChildren, GuichetActsView,
    GuichetChange, GuichetChildWeek, GuichetDay, GuichetWeekView, SessionDetail, SessionView,
};

use crate::api::{ApiError, Method, Session, json};

impl Session {
    pub(super) async fn guichet_week(self, week: Week) -> Result<GuichetWeekView, ApiError> {
        self.call(Method::Get, &format!("/guichet/weeks/{}", week.monday()), None).await
    }

    /// The children whose trips go beyond their package.
    pub(super) async fn bus_check(self, week: Week) -> Result<BusCheckView, ApiError> {
        self.call(Method::Get, &format!("/guichet/weeks/{}/bus-check", week.monday()), None).await
    }

    /// The latest changes.
    pub(super) async fn guichet_acts(self) -> Result<GuichetActsView, ApiError> {
        self.call(Method::Get, "/guichet/changes", None).await
    }

    pub(super) async fn find_children(self, name: &str) -> Result<FoundChildren, ApiError> {
        let name = String::from(js_sys::encode_uri_component(name));
        self.call(Method::Get, &format!("/guichet/children?name={name}"), None).await
    }

    pub(super) async fn child_week(
        self,
        child: ChildId,
        week: Week,
    ) -> Result<GuichetChildWeek, ApiError> {
        let path = format!("/guichet/children/{child}/weeks/{}", week.monday());
        self.call(Method::Get, &path, None).await
    }

    /// Books or frees a child's day.
    pub(super) async fn change_day(self, change: &GuichetChange) -> Result<GuichetDay, ApiError> {
        self.call(Method::Post, "/guichet/changes", json(change)).await
    }

    /// Opens an activity to a child.
    pub(super) async fn add_activity(self, wish: &AddActivityRequest) -> Result<(), ApiError> {
        self.authorised(Method::Post, "/guichet/subscriptions", json(wish)).await.map(drop)
    }

    /// Who is in a session, and who waits.
    pub(super) async fn session_detail(
        self,
        activity: &ActivitySlug,
        date: chrono::NaiveDate,
    ) -> Result<SessionDetail, ApiError> {
        self.call(Method::Get, &format!("/guichet/sessions/{activity}/{date}"), None).await
    }

    pub(super) async fn set_capacity(
        self,
        activity: &ActivitySlug,
        date: chrono::NaiveDate,
        wish: &CapacityRequest,
    ) -> Result<SessionView, ApiError> {
        let path = format!("/guichet/sessions/{activity}/{date}/capacity");
        self.call(Method::Put, &path, json(wish)).await
    }
}
