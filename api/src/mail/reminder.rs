//! The reminder of a week's deadline: what is booked, and what is left open.

use chrono::{DateTime, NaiveDate, Utc};
use domain::cell::CellState;
use domain::ids::{ChildId, GuardianId};
use domain::settings::Settings;
use domain::week::Week;
use domain::wire::{CellView, WeekView};
use serde::Deserialize;

use super::letter::{Letter, Part};
use super::sender::Composed;
use super::settings::MailSettings;
use super::words::{Words, words};
use crate::planning::week_view;
use crate::store::settings::Cache;
use crate::store::{Conn, StoreError, accounts, reminders, week};

/// The e-mail to one guardian.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct DeadlineMail {
    guardian: GuardianId,
    week: Week,
}

/// The e-mail as things are now.
pub(super) async fn compose(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    DeadlineMail { guardian, week }: DeadlineMail,
    now: DateTime<Utc>,
) -> Result<Composed, StoreError> {
    let Some(to) = reminders::address(conn, guardian).await? else {
        return Ok(Composed::Nothing("the guardian wishes for none, or has no e-mail address"));
    };
    let facts = week::of_guardian(conn, cache, guardian, week.monday(), week.sunday()).await?;
    let settings = facts.settings.clone();
    let view = week_view(facts, week, now);
    let Some(deadlines) = Ahead::of(&settings, &view, now) else {
        return Ok(Composed::Nothing("nothing of the week can be changed"));
    };
    let words = words(accounts::language_of(conn, guardian).await?);
    Ok(Composed::Letter { to, letter: letter(words, &view, deadlines, &settings.commune, mail) })
}

/// What the family can still change, until when.
#[derive(Clone, Copy, Debug)]
struct Ahead {
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

impl Ahead {
    /// By what the children are subscribed to: other services' deadlines are none of theirs.
    fn of(settings: &Settings, view: &WeekView, now: DateTime<Utc>) -> Option<Self> {
        let shown = view.activities.iter().filter_map(|row| settings.activity(&row.slug));
        let ahead: Vec<_> = settings
            .deadlines(shown, view.monday.school_days())
            .filter(|deadline| now < *deadline)
            .collect();
        Some(Self { first: *ahead.iter().min()?, last: *ahead.iter().max()? })
    }
}

fn letter(
    words: &Words,
    view: &WeekView,
    Ahead { first, last }: Ahead,
    commune: &str,
    mail: &MailSettings,
) -> Letter {
    let (week, until) = (words.week(view.monday), words.instant(first));
    let (subject, text) = if first == last {
        ((words.reminder.subject)(&week, &until), (words.reminder.text)(&week, &until))
    } else {
        let last = words.instant(last);
        let text = (words.reminder.first_text)(&week, &until, &last);
        ((words.reminder.first_subject)(&week, &until), text)
    };
    let mut parts = vec![Part::Paragraph(text)];
    for child in &view.children {
        let days = ChildDays::of(words, view, child.id);
        if days.is_empty() {
            continue;
        }
        parts.push(Part::Heading(child.first_name.clone()));
        if !days.booked.is_empty() {
            parts.push(Part::List(days.booked));
        }
        if !days.nothing.is_empty() {
            parts.push(Part::Paragraph((words.reminder.nothing)(&days.nothing.join(", "))));
        }
    }
    let page = mail.page(&format!("/planning/{}", view.monday));
    parts.push(Part::Link(words.open_week.to_owned(), page));
    parts.push(Part::Note((words.reminder.why)(&mail.page("/compte"))));
    parts.push(Part::Note((words.signature)(commune)));
    Letter { tag: words.language.tag(), link: words.link, subject, parts, attached: None }
}

/// A child's week, a line for each day.
struct ChildDays {
    booked: Vec<String>,
    /// Days on which something can be booked, and nothing is.
    nothing: Vec<String>,
}

impl ChildDays {
    fn of(words: &Words, view: &WeekView, child: ChildId) -> Self {
        let (mut booked, mut nothing) = (Vec::new(), Vec::new());
        for day in &view.days {
            let cells = cells_of(view, child, day.date);
            let names: Vec<_> = cells.iter().filter_map(|cell| name(words, view, cell)).collect();
            let can_be_booked = cells.iter().any(|cell| {
                matches!(cell.state, CellState::FreeOpen | CellState::Full | CellState::Waiting)
            });
            if !names.is_empty() {
                let line = (words.reminder.booked)(&words.short_day(day.date), &names.join(", "));
                booked.push(line);
            } else if can_be_booked {
                nothing.push(words.short_day(day.date));
            }
        }
        Self { booked, nothing }
    }

    fn is_empty(&self) -> bool {
        self.booked.is_empty() && self.nothing.is_empty()
    }
}

/// In the order of the screen.
fn cells_of(view: &WeekView, child: ChildId, date: NaiveDate) -> Vec<&CellView> {
    view.cells.iter().filter(|cell| cell.child_id == child && cell.date == date).collect()
}

/// What a cell adds to its day, if the child has or awaits a seat.
fn name(words: &Words, view: &WeekView, cell: &CellView) -> Option<String> {
    let row = view.activities.iter().find(|row| row.slug == cell.activity)?;
    match cell.state {
        CellState::Waiting => Some((words.reminder.waiting)(&row.name)),
        state => state.is_booked().then(|| row.name.clone()),
    }
}
