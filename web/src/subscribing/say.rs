//! Choices and subscriptions in words.

use domain::activity::{ActivitySlug, ServiceKind, Weekdays};
use domain::problem::Language;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::TypeWeek;
use domain::wire::OfferedActivity;

use super::words::SubscribingWords;
use crate::i18n::{short_weekday, weekday};

/// What a child has or would have of a service: a line for each of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) service: ServiceKind,
    pub(super) lines: Vec<String>,
}

/// `lun. au ven.`, `lun., mar., jeu.`.
pub(super) fn days(days: Weekdays, own: &SubscribingWords, language: Language) -> String {
    if days == Weekdays::of(&Weekdays::SCHOOL_WEEK) {
        return own.whole_week.to_owned();
    }
    let days: Vec<_> = days.iter().map(|day| short_weekday(day, language)).collect();
    days.join(", ")
}

pub(super) fn name<'a>(slug: &'a ActivitySlug, activities: &'a [OfferedActivity]) -> &'a str {
    let found = activities.iter().find(|activity| activity.slug == *slug);
    found.map_or(slug.as_str(), |activity| &activity.name)
}

/// A subscription's parts.
pub(super) fn subscription(
    held: &Subscription,
    activities: &[OfferedActivity],
    own: &SubscribingWords,
    language: Language,
) -> Said {
    let week = |rhythm, week: &TypeWeek| week_lines(rhythm, week, activities, own, language);
    let lines = match &held.choice {
        Choice::Canteen { rhythm: Rhythm::Regular, type_week } => {
            let all = type_week.iter().fold(0, |bits, (_, days)| bits | days.bits());
            vec![days(Weekdays::from_bits(all), own, language)]
        }
        Choice::Canteen { rhythm, type_week } => week(*rhythm, type_week),
        Choice::Bus { rhythm, type_week, package } => {
            let mut lines = vec![(own.package)(package.as_str())];
            lines.extend(week(*rhythm, type_week));
            lines
        }
        Choice::Tap { activities: taken } => {
            taken.iter().map(|slug| tap(slug, activities, language)).collect()
        }
    };
    Said { service: held.choice.service(), lines }
}

fn week_lines(
    rhythm: Rhythm,
    week: &TypeWeek,
    activities: &[OfferedActivity],
    own: &SubscribingWords,
    language: Language,
) -> Vec<String> {
    if rhythm == Rhythm::Occasional {
        return vec![own.occasional.to_owned()];
    }
    // In the order of the screen.
    let ticked = activities.iter().map(|one| (one, week.days(&one.slug)));
    ticked
        .filter(|(_, days)| *days != Weekdays::default())
        .map(|(one, ticked)| (own.named)(&one.name, &days(ticked, own, language)))
        .collect()
}

/// `Théâtre · mardi`.
fn tap(slug: &ActivitySlug, activities: &[OfferedActivity], language: Language) -> String {
    let found = activities.iter().find(|activity| activity.slug == *slug);
    let Some(activity) = found else { return slug.to_string() };
    let days: Vec<_> = activity.weekdays.iter().map(|day| weekday(day, language)).collect();
    format!("{} · {}", activity.name, days.join(", "))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use domain::bus::BusPackage;

    use super::*;
    use crate::subscribing::sheet::Sheet;
    use crate::subscribing::testing::{child, offered, slug, term};
    use crate::subscribing::words::words;

    fn said(sheet: &Sheet, language: Language) -> Vec<(ServiceKind, Vec<String>)> {
        let drafts = sheet.choices.draft(term());
        let said =
            drafts.iter().map(|draft| subscription(draft, &offered(), words(language), language));
        said.map(|said| (said.service, said.lines)).collect()
    }

    #[test]
    fn choices_are_read_at_a_glance() {
        let mut sheet = Sheet::empty(child(1));
        sheet.set_canteen(Some(Rhythm::Regular));
        for day in [Weekday::Mon, Weekday::Fri] {
            sheet.tick(ServiceKind::Canteen, &slug("cantine"), day, true);
        }
        sheet.set_package(Some(BusPackage::OneRoundTrip));
        for day in Weekdays::SCHOOL_WEEK {
            sheet.tick(ServiceKind::Bus, &slug("bus-0830"), day, true);
        }
        sheet.tick(ServiceKind::Bus, &slug("bus-1130"), Weekday::Thu, true);
        sheet.take_tap(&slug("tap-echecs"), true);
        let line = str::to_owned;
        assert_eq!(
            said(&sheet, Language::French),
            [
                (ServiceKind::Canteen, vec![line("lun., ven.")]),
                (
                    ServiceKind::Bus,
                    vec![
                        line("forfait 1AR"),
                        line("bus-0830\u{a0}: du lundi au vendredi"),
                        line("bus-1130\u{a0}: jeu."),
                    ]
                ),
                (ServiceKind::Tap, vec![line("tap-echecs · mardi")]),
            ]
        );
        sheet.set_canteen(Some(Rhythm::Occasional));
        sheet.set_package(None);
        sheet.take_tap(&slug("tap-echecs"), false);
        let english = said(&sheet, Language::English);
        assert_eq!(english, [(ServiceKind::Canteen, vec![line("now and then")])]);
    }
}
