//! The guichet's app: what the coordinator does for families (manual, 3).

mod acts;
mod app;
mod billing;
mod bus_check;
mod calls;
mod capacity_form;
mod change_form;
mod child_search;
mod desk;
mod missing_activity;
mod route;
mod seats_table;
mod session_sheet;
mod week_page;
mod words;

pub(crate) use app::App;
