//! A subscription, with all that names it.

use domain::activity::{ActivitySlug, ServiceKind};
use domain::billing::document;
use domain::bus::BusPackage;
use domain::calendar::Term;
use domain::dates;
use domain::problem::Language;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::wire::{FamilyBillingView, OfferedActivity};

use super::super::words::HeldWords;
use crate::i18n::{Words, short_weekday, weekday};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) subscription: Subscription,
    pub(super) term: Term,
    pub(super) child: String,
    /// Of TAP: its activities.
    pub(super) activities: Vec<OfferedActivity>,
}

/// What the children have in a term: eldest first, then in the order of the services.
pub(super) fn of_term(family: &FamilyBillingView, term: &Term) -> Vec<Held> {
    let of_term = family.subscriptions.iter().filter(|held| held.term == term.id);
    let mut held: Vec<_> = of_term
        .filter_map(|held| {
            let at = family.children.iter().position(|child| child.id == held.child)?;
            let taken = family.activities.iter().filter(|activity| match &held.choice {
                Choice::Tap { activities } => activities.contains(&activity.slug),
                Choice::Canteen { .. } | Choice::Bus { .. } => false,
            });
            let child = family.children[at].name.clone();
            let (subscription, activities) = (held.clone(), taken.cloned().collect());
            Some((at, Held { subscription, term: term.clone(), child, activities }))
        })
        .collect();
    held.sort_by_key(|(at, held)| (*at, held.service()));
    held.into_iter().map(|(_, held)| held).collect()
}

impl Held {
    pub(super) fn service(&self) -> ServiceKind {
        self.subscription.choice.service()
    }

    /// `Bus, Tom Delorme, 2e trimestre 2017-2018`.
    pub(super) fn name(&self, words: &Words) -> String {
        let (service, term) =
            ((words.cells.service)(self.service()), document::term(&self.term, words.language));
        format!("{service}, {}, {term}", self.child)
    }

    /// What an activity of it is called.
    pub(super) fn activity(&self, slug: &ActivitySlug) -> String {
        let found = self.activities.iter().find(|activity| activity.slug == *slug);
        found.map_or_else(|| slug.to_string(), |activity| activity.name.clone())
    }

    /// The package that it does not have, of a bus.
    pub(super) fn other_package(&self) -> Option<BusPackage> {
        match self.subscription.choice {
            Choice::Bus { package: BusPackage::OneRoundTrip, .. } => {
                Some(BusPackage::TwoRoundTrips)
            }
            Choice::Bus { package: BusPackage::TwoRoundTrips, .. } => {
                Some(BusPackage::OneRoundTrip)
            }
            Choice::Canteen { .. } | Choice::Tap { .. } => None,
        }
    }

    /// `forfait 1AR · chaque semaine`, `lun., jeu. · jusqu'au 12 janvier 2018`, `Échecs (jeudi)`.
    pub(super) fn said(&self, words: &HeldWords, language: Language) -> String {
        let mut parts = match &self.subscription.choice {
            Choice::Canteen { rhythm: Rhythm::Regular, type_week } => {
                let mut days: Vec<_> = type_week.iter().flat_map(|(_, days)| days.iter()).collect();
                days.sort_by_key(chrono::Weekday::num_days_from_monday);
                days.dedup();
                let days: Vec<_> = days.iter().map(|day| short_weekday(*day, language)).collect();
                vec![if days.is_empty() { words.weekly.to_owned() } else { days.join(", ") }]
            }
            Choice::Canteen { rhythm: Rhythm::Occasional, .. } => vec![words.occasional.to_owned()],
            Choice::Bus { rhythm, package, .. } => {
                let rhythm = match rhythm {
                    Rhythm::Regular => words.weekly,
                    Rhythm::Occasional => words.occasional,
                };
                vec![(words.package)(package.as_str()), rhythm.to_owned()]
            }
            Choice::Tap { .. } => self
                .activities
                .iter()
                .map(|activity| {
                    let days: Vec<_> =
                        activity.weekdays.iter().map(|day| weekday(day, language)).collect();
                    format!("{} ({})", activity.name, days.join(", "))
                })
                .collect(),
        };
        let last = self.subscription.last_day;
        parts.extend(last.map(|day| (words.until)(&dates::full(day, language))));
        parts.join(" · ")
    }
}
