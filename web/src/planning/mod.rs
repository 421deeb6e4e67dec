//! *Mon planning*: a week of all children.

mod banner;
mod book;
mod clock;
mod empty;
mod frame;
mod full_dialog;
mod grid;
mod news;
mod page;
mod store;
#[cfg(test)]
mod testing;
mod tick;
mod tick_view;
mod week_bar;
mod words;

pub(crate) use frame::CellKey;
pub(crate) use news::tell_news;
pub(crate) use page::{PlanningPage, ShownWeek};
pub(crate) use store::Planning;
