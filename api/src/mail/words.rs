//! What e-mails say, in French and English.

mod papers;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc, Weekday};
use domain::calendar::utc_to_paris;
use domain::dates::{day_of_month, month, weekday};
use domain::problem::Language;
use domain::week::Week;

use papers::Papers;

pub(super) struct Words {
    pub(super) language: Language,
    /// A commune.
    pub(super) signature: fn(&str) -> String,
    pub(super) open_week: &'static str,
    /// What a link leads to, and its address.
    pub(super) link: fn(&str, &str) -> String,
    /// A label and its value.
    pub(super) fact: fn(&str, &str) -> String,
    pub(super) password: Password,
    pub(super) seat: Seat,
    pub(super) reminder: Reminder,
    pub(super) papers: Papers,
}

/// A link to choose a password.
pub(super) struct Password {
    /// A commune.
    pub(super) invitation: fn(&str) -> String,
    /// The address to sign in with.
    pub(super) invited: fn(&str) -> String,
    /// Where another link is asked for.
    pub(super) again: fn(&str) -> String,
    pub(super) forgotten: &'static str,
    /// The address to sign in with.
    pub(super) asked: fn(&str) -> String,
    pub(super) ignore: &'static str,
    pub(super) choose: &'static str,
    /// An instant.
    pub(super) until: fn(&str) -> String,
}

/// A child got a seat from the waiting list.
pub(super) struct Seat {
    /// A child, an activity, a day.
    pub(super) subject: fn(&str, &str, &str) -> String,
    pub(super) text: fn(&str, &str, &str) -> String,
    /// A deadline.
    pub(super) give_back: fn(&str) -> String,
    pub(super) too_late: &'static str,
}

/// A week's deadline is near.
pub(super) struct Reminder {
    /// A week and its deadline.
    pub(super) subject: fn(&str, &str) -> String,
    pub(super) text: fn(&str, &str) -> String,
    /// A week and the first of its deadlines.
    pub(super) first_subject: fn(&str, &str) -> String,
    /// A week, the first of its deadlines and the last.
    pub(super) first_text: fn(&str, &str, &str) -> String,
    /// A day and its activities.
    pub(super) booked: fn(&str, &str) -> String,
    /// An activity that is waited for.
    pub(super) waiting: fn(&str) -> String,
    /// Days.
    pub(super) nothing: fn(&str) -> String,
    /// Where it is switched off.
    pub(super) why: fn(&str) -> String,
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    }
}

const FRENCH: Words = Words {
    language: Language::French,
    signature: |commune| format!("Services périscolaires · {commune}"),
    open_week: "Ouvrir la semaine",
    link: |words, address| format!("{words} : {address}"),
    fact: |label, value| format!("{label} : {value}"),
    papers: papers::FRENCH,
    password: Password {
        invitation: |commune| {
            format!(
                "Services périscolaires de vos enfants ({commune}) : choisissez votre mot de passe"
            )
        },
        invited: |email| {
            format!(
                "Votre compte est prêt sur le portail périscolaire : vous y inscrivez vos enfants à \
                 la cantine, au bus et aux TAP, vous changez leurs jours et vous retrouvez vos \
                 factures. Il ne manque que votre mot de passe. Vous vous connecterez avec cette \
                 adresse : {email}."
            )
        },
        again: |page| format!("Le lien n'est plus valable ? Demandez-en un autre : {page}"),
        forgotten: "Choisissez un nouveau mot de passe",
        asked: |email| {
            format!(
                "Un nouveau mot de passe a été demandé pour votre compte du portail périscolaire \
                 ({email})."
            )
        },
        ignore: "Vous n'avez rien demandé ? Ne faites rien : votre mot de passe reste le même.",
        choose: "Choisir mon mot de passe",
        until: |until| format!("Ce lien sert une seule fois, jusqu'au {until}."),
    },
    seat: Seat {
        subject: |child, activity, day| format!("Une place pour {child} : {activity}, {day}"),
        text: |child, activity, day| {
            format!(
                "Une place s'est libérée et {child} était en tête de la liste d'attente : {child} a \
                 maintenant sa place ({activity}, {day}). Vous n'avez rien à faire."
            )
        },
        give_back: |deadline| {
            format!(
                "Si vous n'en avez plus besoin, rendez-la avant le {deadline} : elle ira à un autre \
                 enfant."
            )
        },
        too_late: "Le délai de modification est passé : si vous n'en avez plus besoin, adressez-vous \
                   au guichet périscolaire.",
    },
    reminder: Reminder {
        subject: |week, deadline| format!("Semaine du {week} : modifiable jusqu'au {deadline}"),
        text: |week, deadline| {
            format!(
                "La semaine du {week} peut être modifiée jusqu'au {deadline}. Voici ce qui est \
                 inscrit pour le moment."
            )
        },
        first_subject: |week, deadline| format!("Semaine du {week} : premier délai, {deadline}"),
        first_text: |week, first, last| {
            format!(
                "La semaine du {week} peut être modifiée, selon le service et le jour, jusqu'au \
                 {first} au plus tôt et jusqu'au {last} au plus tard. Voici ce qui est inscrit pour \
                 le moment."
            )
        },
        booked: |day, activities| format!("{day} : {activities}"),
        waiting: |activity| format!("{activity} (en liste d'attente)"),
        nothing: |days| format!("Rien d'inscrit : {days}."),
        why: |account| {
            format!(
                "Vous recevez ce rappel parce que vous l'avez demandé. Pour l'arrêter : {account}"
            )
        },
    },
};

const ENGLISH: Words = Words {
    language: Language::English,
    signature: |commune| format!("After-school services · {commune}"),
    open_week: "Open the week",
    link: |words, address| format!("{words}: {address}"),
    fact: |label, value| format!("{label}: {value}"),
    papers: papers::ENGLISH,
    password: Password {
        invitation: |commune| format!("After-school services ({commune}): choose your password"),
        invited: |email| {
            format!(
                "Your account on the after-school portal is ready: book your children's canteen, bus \
                 and TAP, change their days and find your invoices. Only your password is missing. \
                 You will sign in with this address: {email}."
            )
        },
        again: |page| format!("Has the link ended? Ask for another one: {page}"),
        forgotten: "Choose a new password",
        asked: |email| {
            format!("A new password was asked for, for your account on the portal ({email}).")
        },
        ignore: "You did not ask? Do nothing: your password stays as it is.",
        choose: "Choose my password",
        until: |until| format!("This link is good once, until {until}."),
    },
    seat: Seat {
        subject: |child, activity, day| format!("A seat for {child}: {activity}, {day}"),
        text: |child, activity, day| {
            format!(
                "A seat came free and {child} was first on the waiting list: {child} has the seat \
                 now ({activity}, {day}). There is nothing left to do."
            )
        },
        give_back: |deadline| {
            format!(
                "If you no longer need it, give it back before {deadline}: it will go to another \
                 child."
            )
        },
        too_late: "The deadline has passed: if you no longer need it, ask the guichet.",
    },
    reminder: Reminder {
        subject: |week, deadline| format!("Week of {week}: can be changed until {deadline}"),
        text: |week, deadline| {
            format!(
                "The week of {week} can be changed until {deadline}. This is what is booked so far."
            )
        },
        first_subject: |week, deadline| format!("Week of {week}: first deadline, {deadline}"),
        first_text: |week, first, last| {
            format!(
                "The week of {week} can be changed, depending on the service and the day, until \
                 {first} at the earliest and {last} at the latest. This is what is booked so far."
            )
        },
        booked: |day, activities| format!("{day}: {activities}"),
        waiting: |activity| format!("{activity} (on the waiting list)"),
        nothing: |days| format!("Nothing booked: {days}."),
        why: |account| {
            format!("You get this reminder because you asked for it. To stop it: {account}")
        },
    },
};

impl Words {
    /// `mardi 21 novembre`.
    pub(super) fn day(&self, date: NaiveDate) -> String {
        let language = self.language;
        let number = day_of_month(date, language);
        format!("{} {number} {}", weekday(date.weekday(), language), month(date, language))
    }

    /// `mardi 21`.
    pub(super) fn short_day(&self, date: NaiveDate) -> String {
        let weekday = weekday(date.weekday(), self.language);
        format!("{weekday} {}", day_of_month(date, self.language))
    }

    /// `mardi 14 novembre à 12 h 00`, in Paris.
    pub(super) fn instant(&self, instant: DateTime<Utc>) -> String {
        let local = utc_to_paris(instant);
        let (day, hour, minute) = (self.day(local.date()), local.hour(), local.minute());
        match self.language {
            Language::French => format!("{day} à {hour}\u{a0}h\u{a0}{minute:02}"),
            Language::English => format!("{day} at {hour}:{minute:02}"),
        }
    }

    /// `18 au 22 septembre`.
    pub(super) fn week(&self, week: Week) -> String {
        let (first, last) = (week.monday(), week.day(Weekday::Fri));
        let mut from = day_of_month(first, self.language);
        if first.month() != last.month() {
            from = format!("{from} {}", month(first, self.language));
        }
        let number = day_of_month(last, self.language);
        let to = format!("{number} {}", month(last, self.language));
        match self.language {
            Language::French => format!("{from} au {to}"),
            Language::English => format!("{from} to {to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        let (french, english) = (words(Language::French), words(Language::English));
        let date: NaiveDate = "2017-12-01".parse().unwrap();
        let noon = "2017-11-14T11:00:00Z".parse().unwrap();
        assert_eq!(french.day(date), "vendredi 1er décembre");
        assert_eq!(english.day(date), "Friday 1 December");
        assert_eq!(french.instant(noon), "mardi 14 novembre à 12\u{a0}h\u{a0}00");
        assert_eq!(english.instant(noon), "Tuesday 14 November at 12:00");
        assert_eq!(french.week(Week::of(date)), "27 novembre au 1er décembre");
        let same_month = Week::of("2017-09-18".parse().unwrap());
        assert_eq!(english.week(same_month), "18 to 22 September");
    }

    #[test]
    fn french_punctuation_never_starts_a_line() {
        for code in [include_str!("words.rs"), include_str!("words/papers.rs")] {
            let code = code.split("#[cfg(test)]").next().unwrap();
            let french = code.split("const FRENCH").nth(1).unwrap().split("const ENGLISH").next();
            for line in french.unwrap().lines() {
                for breakable in [" : ", " ; ", " ?", " !", " »", "« "] {
                    assert!(!line.contains(breakable), "{line}");
                }
            }
        }
    }
}
