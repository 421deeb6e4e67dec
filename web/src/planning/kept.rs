//! The last known weeks, kept in this browser for a start without network: what the screen showed
//! of one sign-in, and gone with it.

use std::cmp::Reverse;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::AccountId;
use domain::week::Week;
use domain::wire::WeekView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::store::Planning;
use crate::api::{Connection, Session, State};
use crate::browser;

const STORED_AS: &str = "preau.weeks";
const AT_MOST: usize = 6;
/// A server that takes longer to say who is there does not keep a parent from what is known.
const PATIENCE: Duration = Duration::from_secs(4);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    account: AccountId,
    /// The number of the sign-in: another one's weeks are shown to nobody.
    sign_in: String,
    clocks: Clocks,
    weeks: Vec<WeekView>,
}

/// The server's time and the device's at one moment. The latter may be wrong, but goes on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Clocks {
    server: DateTime<Utc>,
    device: DateTime<Utc>,
}

impl Clocks {
    /// The server's time, as far as can be told without it.
    fn server_at(self, device: DateTime<Utc>) -> DateTime<Utc> {
        self.server + (device - self.device).max(TimeDelta::zero())
    }
}

impl Kept {
    /// Nothing of another sign-in, nor what another version of the app has written.
    fn read(text: &str, sign_in: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|kept: &Self| kept.sign_in == sign_in)
    }

    /// Takes a week in, unless it is known from later. Past weeks go; of the others those of now
    /// stay in any case, and the last ones heard of.
    fn put(&mut self, view: WeekView, this_week: Week) {
        if self.weeks.iter().any(|known| known.monday == view.monday && known.now > view.now) {
            return;
        }
        self.weeks.retain(|known| known.monday != view.monday);
        self.weeks.push(view);
        self.weeks.retain(|known| known.monday >= this_week);
        self.weeks.sort_by_key(|known| (known.monday > this_week.next(), Reverse(known.now)));
        self.weeks.truncate(AT_MOST);
    }
}

/// A week without what no screen shows of the children.
pub(super) fn as_shown(mut view: WeekView) -> WeekView {
    let firsts: Vec<String> = view.children.iter().map(|child| child.first_name.clone()).collect();
    for child in &mut view.children {
        child.birth_date = None;
        child.level.clear();
        // It tells namesakes apart.
        if firsts.iter().filter(|first| **first == child.first_name).count() == 1 {
            child.last_name.clear();
        }
    }
    view
}

impl Planning {
    /// Keeps a week as it is known now.
    pub(super) fn keep(self, week: Week) {
        let known = self.book.with_untracked(|book| book.view(week));
        let (Some(view), Some(mut kept)) = (known, self.kept()) else { return };
        kept.put(view, untrack(|| self.clock.this_week()));
        write(&kept);
    }

    /// Later weeks are no longer kept: something has changed in many of them.
    pub(super) fn keep_none_after(self, week: Week) {
        if let Some(mut kept) = self.kept() {
            kept.weeks.retain(|known| known.monday <= week);
            write(&kept);
        }
    }

    /// What this browser keeps of whoever is here, once that is known.
    fn kept(self) -> Option<Kept> {
        let me = untrack(|| self.session.me())?;
        let sign_in = self.session.sign_in_number()?;
        let server = untrack(|| self.clock.now())?;
        let clocks = Clocks { server, device: browser::device_now() };
        let before = browser::stored(STORED_AS).and_then(|text| Kept::read(&text, &sign_in));
        let weeks = before.filter(|kept| kept.account == me.account_id).map(|kept| kept.weeks);
        let weeks = weeks.unwrap_or_default();
        Some(Kept { account: me.account_id, sign_in, clocks, weeks })
    }

    /// Shows what is kept of this sign-in, until the server answers.
    fn recall(self) {
        let kept = self.session.sign_in_number().and_then(|sign_in| {
            Kept::read(&browser::stored(STORED_AS)?, &sign_in).filter(|kept| !kept.weeks.is_empty())
        });
        let Some(kept) = kept else { return };
        if untrack(|| self.clock.said()).is_none() {
            self.clock.set(kept.clocks.server_at(browser::device_now()));
        }
        self.book.update(|book| kept.weeks.into_iter().for_each(|view| book.recall(view)));
    }
}

fn write(kept: &Kept) {
    match serde_json::to_string(kept) {
        Ok(text) if browser::store(STORED_AS, &text) => {}
        // Rather nothing than what is no longer so.
        _ => browser::forget(STORED_AS),
    }
}

/// Nothing is left in this browser but the weeks of the sign-in that it has, if any.
pub(super) fn forget_others() {
    let current = Session::browser_sign_in();
    let belongs = browser::stored(STORED_AS)
        .zip(current)
        .is_some_and(|(text, sign_in)| Kept::read(&text, &sign_in).is_some());
    if !belongs {
        browser::forget(STORED_AS);
    }
}

/// Keeps what is known once the server has said whose it is, and recalls it where the app starts
/// without an answer. Listens for the app's whole life.
pub(crate) fn keep_weeks() {
    let planning: Planning = expect_context();
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    Effect::new(move || {
        if session.me().is_some() {
            forget_others();
            spawn_local(async move {
                // The page is shown first.
                browser::pause().await;
                for week in planning.book.with_untracked(Book::heard) {
                    planning.keep(week);
                }
            });
        }
    });
    let late = RwSignal::new(false);
    set_timeout(move || late.set(true), PATIENCE);
    let alone = Memo::new(move |_| {
        session.state() == State::Starting && (connection.is_lost() || late.get())
    });
    Effect::new(move || {
        if alone.get() {
            planning.recall();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::testing::week_view;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn this_week() -> Week {
        week_view().monday
    }

    fn weeks_on(weeks: usize) -> Week {
        (0..weeks).fold(this_week(), |week, _| week.next())
    }

    fn view(weeks: usize, minute: u32) -> WeekView {
        WeekView {
            monday: weeks_on(weeks),
            now: at(&format!("2017-09-18T08:{minute:02}:00Z")),
            ..week_view()
        }
    }

    fn kept() -> Kept {
        let now = at("2017-09-18T08:00:00Z");
        Kept {
            account: AccountId(uuid::Uuid::from_u128(7)),
            sign_in: "0.5".into(),
            clocks: Clocks { server: now, device: now },
            weeks: Vec::new(),
        }
    }

    fn mondays(kept: &Kept) -> Vec<Week> {
        let mut mondays: Vec<_> = kept.weeks.iter().map(|view| view.monday).collect();
        mondays.sort();
        mondays
    }

    #[test]
    fn six_weeks_are_kept_and_those_of_now_always() {
        let mut kept = kept();
        for (weeks, minute) in (0..10).zip(0..) {
            kept.put(view(weeks, minute), this_week());
        }
        let expected: Vec<_> = [0, 1, 6, 7, 8, 9].into_iter().map(weeks_on).collect();
        assert_eq!(mondays(&kept), expected);
    }

    #[test]
    fn past_weeks_go() {
        let mut kept = kept();
        kept.put(view(0, 0), this_week());
        kept.put(view(1, 1), weeks_on(1));
        assert_eq!(mondays(&kept), [weeks_on(1)]);
        kept.put(view(0, 2), weeks_on(1));
        assert_eq!(mondays(&kept), [weeks_on(1)]);
    }

    #[test]
    fn the_latest_of_a_week_stays() {
        let mut kept = kept();
        kept.put(view(0, 5), this_week());
        kept.put(view(0, 3), this_week());
        assert_eq!(kept.weeks, [view(0, 5)]);
        let mut changed = view(0, 5);
        changed.open_until = None;
        kept.put(changed.clone(), this_week());
        assert_eq!(kept.weeks, [changed]);
    }

    #[test]
    fn only_the_same_sign_in_reads_it() {
        let mut kept = kept();
        kept.put(view(0, 0), this_week());
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(Kept::read(&text, "0.5"), Some(kept));
        assert_eq!(Kept::read(&text, "0.6"), None);
        assert_eq!(Kept::read("{\"weeks\":[]}", "0.5"), None);
        assert_eq!(Kept::read("", "0.5"), None);
    }

    #[test]
    fn what_no_screen_shows_is_not_kept() {
        let mut view = week_view();
        view.children[0].birth_date = Some(view.days[0].date);
        let shown = as_shown(view.clone());
        for child in &shown.children {
            assert_eq!((child.birth_date, &*child.level, &*child.last_name), (None, "", ""));
            assert!(!child.first_name.is_empty() && !child.class_name.is_empty());
        }
        view.children[1].first_name = view.children[0].first_name.clone();
        assert_eq!(as_shown(view).children[0].last_name, "Delorme");
    }

    #[test]
    fn time_goes_on_without_the_server() {
        let clocks =
            Clocks { server: at("2017-11-07T08:00:00Z"), device: at("2026-01-01T00:00:00Z") };
        assert_eq!(clocks.server_at(at("2026-01-02T01:00:00Z")), at("2017-11-08T09:00:00Z"));
        // Somebody has set the device's clock back.
        assert_eq!(clocks.server_at(at("2025-12-31T00:00:00Z")), clocks.server);
    }
}
