//! *Mes abonnements*: what each child has, term by term, and the form of a term that is open.

mod bus_part;
mod calls;
mod canteen_part;
mod child_step;
mod done_step;
mod draft_mark;
mod faults_list;
mod filling;
mod form_page;
mod overview;
mod page;
mod part;
mod saving;
mod say;
mod sheet;
mod steps;
mod summary_step;
mod tap_part;
mod term_card;
#[cfg(test)]
mod testing;
mod total_card;
mod totals;
mod week_grid;
mod words;

pub(crate) use page::SubscribingPage;
