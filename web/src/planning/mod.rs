//! *Mon planning*: a week of all children.

mod banner;
mod book;
mod clock;
mod empty;
mod frame;
mod full_dialog;
mod grid;
mod history_sheet;
mod kept;
mod month_sheet;
mod news;
mod page;
mod row_sheet;
mod several;
mod store;
mod swipe;
#[cfg(test)]
mod testing;
mod tick;
mod tick_view;
mod type_week_preview;
mod type_week_view;
mod week_bar;
mod words;

pub(crate) use clock::Clock;
pub(crate) use frame::CellKey;
pub(crate) use kept::keep_weeks;
pub(crate) use news::tell_news;
pub(crate) use page::{PlanningPage, ShownWeek};
pub(crate) use store::Planning;
