//! The operations of the API that the screens use.

use domain::week::Week;
use domain::wire::{CellView, PasswordRequest, WeekView};
use reqwest::Method;

use super::session::json;
use super::{ApiError, Session};
use crate::planning::CellKey;

impl Session {
    pub(crate) async fn week(self, week: Week) -> Result<WeekView, ApiError> {
        self.call(Method::GET, &format!("/family/weeks/{}", week.monday()), None).await
    }

    /// Adds or removes an inscription; both can be repeated. The answer is the cell as it is now.
    pub(crate) async fn tick(self, cell: &CellKey, book: bool) -> Result<CellView, ApiError> {
        let method = if book { Method::PUT } else { Method::DELETE };
        let CellKey { child, activity, date } = cell;
        let path = format!("/children/{child}/inscriptions/{activity}/{date}");
        self.call(method, &path, None).await
    }

    /// Signs out all other devices; this one stays.
    pub(crate) async fn change_password(
        self,
        current_password: String,
        new_password: String,
    ) -> Result<(), ApiError> {
        let body = json(&PasswordRequest { current_password, new_password });
        self.authorised(Method::POST, "/auth/password", body).await.map(drop)
    }
}
