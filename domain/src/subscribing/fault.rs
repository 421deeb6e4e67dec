//! What is wrong in a subscription form, where, and what to do about it.

use chrono::Weekday;

use crate::activity::{ActivitySlug, ServiceKind};
use crate::dates;
use crate::ids::ChildId;
use crate::problem::Language;

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub mistake: Mistake,
}

/// Where in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position of the child's choices in the form.
    pub at: usize,
    pub child: ChildId,
    pub field: Field,
}

/// Which of a child's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The child itself.
    Child,
    /// A service as a whole.
    Service(ServiceKind),
    /// A service's type week as a whole.
    TypeWeek(ServiceKind),
    /// One activity of a service's type week.
    TypeWeekOf(ServiceKind, ActivitySlug),
    /// The bus package.
    Package,
    /// The TAP activity at that position.
    Tap(usize),
}

impl Field {
    /// The service whose part of the form it is in; none for the child itself.
    #[must_use]
    pub fn service(&self) -> Option<ServiceKind> {
        match self {
            Self::Child => None,
            Self::Service(service) | Self::TypeWeek(service) | Self::TypeWeekOf(service, _) => {
                Some(*service)
            }
            Self::Package => Some(ServiceKind::Bus),
            Self::Tap(_) => Some(ServiceKind::Tap),
        }
    }

    /// Its JSON pointer (RFC 6901) within a child's choices: `/bus/type_week/bus-0830`.
    #[must_use]
    pub fn pointer(&self) -> String {
        // An activity's name needs no escapes.
        let part = |service| match service {
            ServiceKind::Canteen => "/canteen",
            ServiceKind::Bus => "/bus",
            ServiceKind::Tap => "/taps",
        };
        match self {
            Self::Child => "/child_id".to_owned(),
            Self::Service(service) => part(*service).to_owned(),
            Self::TypeWeek(service) => format!("{}/type_week", part(*service)),
            Self::TypeWeekOf(service, slug) => format!("{}/type_week/{slug}", part(*service)),
            Self::Package => "/bus/package".to_owned(),
            Self::Tap(at) => format!("/taps/{at}"),
        }
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The form has the child already.
    ChildTwice,
    /// Regular, but on no day.
    NoWeekday,
    /// A bus is paid for by its package.
    NoPackage,
    /// No activity of that service has this name.
    UnknownActivity,
    /// The activity does not run on that weekday.
    NotOn(Weekday),
    /// The same TAP activity twice.
    TapTwice,
    /// Another TAP activity is chosen for that day.
    TapSameDay,
    /// A third TAP activity.
    ThirdTap,
    /// The child has the service in this term.
    AlreadySubscribed,
}

impl Mistake {
    /// What to correct.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        let (french, english) = match self {
            Self::ChildTwice => (
                "Cet enfant est déjà dans la demande. Gardez une seule fois ses choix.",
                "This child is in the form already. Keep its choices once.",
            ),
            Self::NoWeekday => (
                "Cochez au moins un jour, ou choisissez «\u{a0}De temps en temps\u{a0}».",
                "Tick at least one day, or choose “Now and then”.",
            ),
            Self::NoPackage => ("Choisissez le forfait 1AR ou 2AR.", "Choose 1AR or 2AR."),
            Self::UnknownActivity => (
                "Cette activité n'existe pas dans ce service. Rechargez la page.",
                "This service has no such activity. Reload the page.",
            ),
            Self::NotOn(day) => {
                let day = dates::weekday(day, language);
                return match language {
                    Language::French => {
                        format!("Cette activité n'a pas lieu le {day}. Décochez ce jour.")
                    }
                    Language::English => {
                        format!("This activity does not run on {day}. Untick that day.")
                    }
                };
            }
            Self::TapTwice => (
                "Cette activité est déjà choisie. Choisissez-en une autre.",
                "This activity is chosen already. Choose another one.",
            ),
            Self::TapSameDay => (
                "Une autre activité TAP est choisie ce jour-là. Gardez l'une des deux.",
                "Another TAP activity is chosen for that day. Keep one of the two.",
            ),
            Self::ThirdTap => (
                "Deux activités TAP par semaine au plus. Retirez celle-ci ou une autre.",
                "Two TAP activities a week at most. Remove this one or another.",
            ),
            Self::AlreadySubscribed => (
                "Cet enfant a déjà ce service pour ce trimestre. Pour le changer, adressez-vous au \
                 guichet périscolaire.",
                "This child already has this service in this term. Ask the guichet to change it.",
            ),
        };
        match language {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        }
    }
}
