//! “A seat for Léa”: the waiting list has served a child.

use chrono::{DateTime, Utc};
use domain::activity::{Activity, ActivitySlug};
use domain::calendar::utc_to_paris;
use domain::ids::{ChildId, GuardianId};
use domain::settings::Settings;
use domain::week::Week;
use serde::{Deserialize, Serialize};

use super::letter::{Letter, Part};
use super::sender::Composed;
use super::settings::MailSettings;
use super::words::{Words, words};
use crate::store::days::SessionKey;
use crate::store::settings::Cache;
use crate::store::{Conn, StoreError, accounts, mails};

/// What happened: the effect that the waiting list writes.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Served {
    pub(super) child: ChildId,
    pub(super) activity: ActivitySlug,
    pub(super) date: chrono::NaiveDate,
}

/// The e-mail about it to one of the child's guardians.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct SeatMail {
    pub(super) guardian: GuardianId,
    #[serde(flatten)]
    pub(super) served: Served,
}

/// The e-mail as things are now.
pub(super) async fn compose(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    SeatMail { guardian, served }: SeatMail,
    now: DateTime<Utc>,
) -> Result<Composed, StoreError> {
    let Served { child, activity, date } = served;
    let session = SessionKey { activity, date };
    let Some(facts) = mails::seat(conn, guardian, child, &session).await? else {
        return Ok(Composed::Nothing("the guardian is none of the child's"));
    };
    let settings = cache.current(conn).await?;
    let activity = settings.activity(&session.activity);
    let Some(activity) = activity.filter(|activity| settings.runs_on(activity, date)) else {
        return Ok(Composed::Nothing("it does not take place"));
    };
    if !facts.booked {
        return Ok(Composed::Nothing("the child has given the seat back"));
    }
    if date < utc_to_paris(now).date() {
        return Ok(Composed::Nothing("the day is over"));
    }
    let Some(to) = facts.email else {
        return Ok(Composed::Nothing("the guardian has no e-mail address"));
    };
    let words = words(accounts::language_of(conn, guardian).await?);
    let letter = letter(words, &settings, activity, &session, &facts.first_name, mail, now);
    Ok(Composed::Letter { to, letter })
}

fn letter(
    words: &Words,
    settings: &Settings,
    activity: &Activity,
    session: &SessionKey,
    child: &str,
    mail: &MailSettings,
    now: DateTime<Utc>,
) -> Letter {
    let day = words.day(session.date);
    let until = settings.day(activity, session.date, true).remove_until;
    let give_back = match until.filter(|until| now < *until) {
        Some(until) => (words.seat.give_back)(&words.instant(until)),
        None => words.seat.too_late.to_owned(),
    };
    let week = Week::of(session.date);
    Letter {
        tag: words.language.tag(),
        link: words.link,
        subject: (words.seat.subject)(child, &activity.name, &day),
        parts: vec![
            Part::Paragraph((words.seat.text)(child, &activity.name, &day)),
            Part::Paragraph(give_back),
            Part::Link(words.open_week.to_owned(), mail.page(&format!("/planning/{week}"))),
            Part::Note((words.signature)(&settings.commune)),
        ],
        attached: None,
    }
}
