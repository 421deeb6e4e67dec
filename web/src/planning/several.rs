//! Many days in one request: a whole week of a row, the type week.

use domain::week::Week;
use domain::wire::{
    Change, ChangesMode, ChangesRequest, TypeWeekChange, TypeWeekRequest, TypeWeekView,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::CellKey;
use super::store::{Outcome, Planning, TypeWeekNews};
use crate::api::ApiError;

impl Planning {
    /// The parent wants all of these cells booked, or all free, as far as they can be changed.
    pub(crate) fn change_all(self, keys: Vec<CellKey>, book: bool) {
        let keys = self.book.with_untracked(|known| known.open_to(&keys, book));
        if keys.is_empty() {
            self.outcome.set(Some(Outcome::NothingToDo));
            return;
        }
        if keys.first().is_some_and(|key| self.is_offline(Week::of(key.date), None)) {
            return;
        }
        let change = |key: &CellKey| Change {
            child_id: key.child,
            activity: key.activity.clone(),
            date: key.date,
            book,
        };
        let request =
            ChangesRequest { mode: ChangesMode::Each, changes: keys.iter().map(change).collect() };
        spawn_local(async move {
            let outcome = match self.session.change(&request).await {
                Ok(view) => {
                    let mut done = Vec::new();
                    let left = view.results.iter().filter(|result| result.done);
                    let seats_left =
                        left.filter_map(|result| result.cell.as_ref()?.seats_left).min();
                    let all = keys.len();
                    for (key, result) in keys.into_iter().zip(view.results) {
                        if let Some(cell) = result.cell {
                            self.heard(&key, cell);
                        }
                        if result.done {
                            done.push(key);
                        }
                    }
                    let refused = all - done.len();
                    Outcome::Several { keys: done, booked: book, seats_left, refused }
                }
                Err(ApiError::SignedOut) => return,
                Err(error) => {
                    keys.first().into_iter().for_each(|key| self.load(Week::of(key.date)));
                    Outcome::Failed(error)
                }
            };
            self.outcome.set(Some(outcome));
        });
    }

    /// The shown week becomes the type week; with `join`, also the waiting lists of full days.
    pub(crate) fn update_type_week(self, request: TypeWeekRequest, news: TypeWeekNews, join: bool) {
        if self.is_offline(request.monday, None) {
            return;
        }
        spawn_local(async move {
            let outcome = match self.session.update_type_week(&request).await {
                Ok(view) => {
                    self.book.update(|known| known.forget_after(view.monday));
                    self.keep_none_after(view.monday);
                    let joined = if join { self.join_full(&view).await } else { 0 };
                    let count = |of: fn(&TypeWeekChange) -> usize| view.items.iter().map(of).sum();
                    Outcome::TypeWeek {
                        news,
                        added: count(|item| item.added.len()),
                        removed: count(|item| item.removed.len()),
                        full: count(|item| item.full.len()),
                        joined,
                    }
                }
                Err(ApiError::SignedOut) => return,
                Err(error) => Outcome::Failed(error),
            };
            self.outcome.set(Some(outcome));
            self.prefetch_after(request.monday);
        });
    }

    /// Joins the waiting lists of a type week's full days; answers how many.
    async fn join_full(self, view: &TypeWeekView) -> usize {
        let mut joined = 0;
        for item in &view.items {
            for day in item.full.iter().filter(|day| day.position.is_none()) {
                let key = CellKey {
                    child: item.child_id,
                    activity: item.activity.clone(),
                    date: day.date,
                };
                joined += usize::from(self.session.wait(&key, true).await.is_ok());
            }
        }
        joined
    }
}
