//! The addresses of the guichet's pages.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::week::Week;

pub(super) use super::billing::BILLING;
use super::billing::Room;
use crate::route::GUICHET;

pub(super) const WEEK: &str = "/guichet/semaine";
const SESSION: &str = "/guichet/seances";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Home,
    /// Without a week, the current one.
    Week(Option<Week>),
    /// A session, over its week.
    Session(ActivitySlug, NaiveDate),
    /// *Facturation*, by its rooms.
    Billing(Room),
    NotFound,
}

/// The address of a week.
pub(super) fn week(week: Week) -> String {
    format!("{WEEK}/{}", week.monday())
}

/// The address of a session.
pub(super) fn session(activity: &ActivitySlug, date: NaiveDate) -> String {
    format!("{SESSION}/{activity}/{date}")
}

impl Route {
    pub(super) fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        if path == GUICHET {
            return Self::Home;
        }
        if path == WEEK {
            return Self::Week(None);
        }
        if let Some(room) = Room::of(path) {
            return Self::Billing(room);
        }
        let below = |place: &str| path.strip_prefix(place)?.strip_prefix('/');
        let found = below(WEEK)
            .and_then(|date| date.parse().ok())
            .map(|date: NaiveDate| Self::Week(Some(Week::of(date))))
            .or_else(|| {
                let (activity, date) = below(SESSION)?.split_once('/')?;
                let activity = ActivitySlug::parse(activity).ok()?;
                Some(Self::Session(activity, date.parse().ok()?))
            });
        found.unwrap_or(Self::NotFound)
    }

    /// Its one address: a week's is its Monday's.
    pub(super) fn address(&self) -> Option<String> {
        match self {
            Self::Home => Some(WEEK.to_owned()),
            Self::Week(Some(shown)) => Some(week(*shown)),
            Self::Week(None) | Self::Session(..) | Self::Billing(_) | Self::NotFound => None,
        }
    }

    /// The week that it shows, where it names one.
    pub(super) fn week(&self) -> Option<Week> {
        match self {
            Self::Week(week) => *week,
            Self::Session(_, date) => Some(Week::of(*date)),
            Self::Home | Self::Billing(_) | Self::NotFound => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let day: NaiveDate = "2017-09-20".parse().unwrap();
        let bus = ActivitySlug::parse("bus-0830").unwrap();
        for (path, route) in [
            ("/guichet", Route::Home),
            ("/guichet/", Route::Home),
            ("/guichet/semaine", Route::Week(None)),
            ("/guichet/semaine/2017-09-18", Route::Week(Some(Week::of(day)))),
            (session(&bus, day).as_str(), Route::Session(bus.clone(), day)),
            (week(Week::of(day)).as_str(), Route::Week(Some(Week::of(day)))),
            ("/guichet/seances/bus-0830", Route::NotFound),
            ("/guichet/seances/BUS/2017-09-20", Route::NotFound),
            ("/guichet/facturation/", Route::Billing(Room::Runs)),
            ("/guichet/facturations", Route::NotFound),
            ("/guichet/familles", Route::NotFound),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
        assert_eq!(
            Route::of("/guichet/semaine/2017-09-20").address().as_deref(),
            Some("/guichet/semaine/2017-09-18")
        );
        assert_eq!(Route::Session(bus, day).week(), Some(Week::of(day)));
    }
}
