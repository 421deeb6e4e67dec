//! The operations of the API that the screens use.

use chrono::{Datelike, NaiveDate};
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{
    CalendarFeedView, CellView, ChangesRequest, ChangesView, HistoryView, MonthView,
    PasswordRequest, RemindersView, TypeWeekRequest, TypeWeekView, WeekView,
};

use super::http::Method;
use super::session::json;
use super::{ApiError, Session};
use crate::planning::CellKey;

impl Session {
    pub(crate) async fn week(self, week: Week) -> Result<WeekView, ApiError> {
        self.call(Method::Get, &format!("/family/weeks/{}", week.monday()), None).await
    }

    /// Adds or removes an inscription; both can be repeated. The answer is the cell as it is now.
    pub(crate) async fn tick(self, cell: &CellKey, book: bool) -> Result<CellView, ApiError> {
        let method = if book { Method::Put } else { Method::Delete };
        let CellKey { child, activity, date } = cell;
        let path = format!("/children/{child}/inscriptions/{activity}/{date}");
        self.call(method, &path, None).await
    }

    /// Joins or leaves the waiting list; both can be repeated. The answer is the cell as it is now.
    pub(crate) async fn wait(self, cell: &CellKey, join: bool) -> Result<CellView, ApiError> {
        let method = if join { Method::Put } else { Method::Delete };
        let CellKey { child, activity, date } = cell;
        let path = format!("/children/{child}/waiting/{activity}/{date}");
        self.call(method, &path, None).await
    }

    /// Several days at once.
    pub(crate) async fn change(self, request: &ChangesRequest) -> Result<ChangesView, ApiError> {
        self.call(Method::Post, "/family/changes", json(request)).await
    }

    /// What an update of type weeks would do.
    pub(crate) async fn preview_type_week(
        self,
        request: &TypeWeekRequest,
    ) -> Result<TypeWeekView, ApiError> {
        self.call(Method::Post, "/family/type-week/preview", json(request)).await
    }

    /// Updates type weeks; can be repeated.
    pub(crate) async fn update_type_week(
        self,
        request: &TypeWeekRequest,
    ) -> Result<TypeWeekView, ApiError> {
        self.call(Method::Put, "/family/type-week", json(request)).await
    }

    /// A month of all children, by its first day.
    pub(crate) async fn month(self, month: NaiveDate) -> Result<MonthView, ApiError> {
        self.call(
            Method::Get,
            &format!("/family/months/{}-{:02}", month.year(), month.month()),
            None,
        )
        .await
    }

    /// What was changed in a child's week.
    pub(crate) async fn history(self, child: ChildId, week: Week) -> Result<HistoryView, ApiError> {
        let path = format!("/children/{child}/weeks/{}/history", week.monday());
        self.call(Method::Get, &path, None).await
    }

    /// The calendar's address; with `renew`, a new one.
    pub(crate) async fn calendar_feed(self, renew: bool) -> Result<CalendarFeedView, ApiError> {
        let method = if renew { Method::Post } else { Method::Get };
        self.call(method, "/me/calendar-feed", None).await
    }

    /// What the caller is reminded of.
    pub(crate) async fn reminders(self) -> Result<RemindersView, ApiError> {
        self.call(Method::Get, "/me/reminders", None).await
    }

    /// Chooses it; can be repeated.
    pub(crate) async fn set_reminders(
        self,
        wishes: RemindersView,
    ) -> Result<RemindersView, ApiError> {
        self.call(Method::Put, "/me/reminders", json(&wishes)).await
    }

    /// Signs out all other devices; this one stays.
    pub(crate) async fn change_password(
        self,
        current_password: String,
        new_password: String,
    ) -> Result<(), ApiError> {
        // The cookie goes along.
        let body = json(&PasswordRequest { current_password, new_password, refresh_token: None });
        self.authorised(Method::Post, "/auth/password", body).await.map(drop)
    }
}
