//! The reminders of an invoice: before its last day to pay, and after it.

use chrono::{DateTime, Utc};
use domain::billing::{DocumentNumber, PaymentReminder};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use serde::Deserialize;

use super::letter::{Letter, Part};
use super::paper::Paper;
use super::sender::Composed;
use super::settings::MailSettings;
use crate::store::settings::Cache;
use crate::store::{Conn, StoreError};

/// The reminder of an invoice to the family's billing address.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct PaymentMail {
    number: DocumentNumber,
    reminder: PaymentReminder,
}

/// The e-mail as things are now.
pub(super) async fn compose(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    PaymentMail { number, reminder }: PaymentMail,
    now: DateTime<Utc>,
) -> Result<Composed, StoreError> {
    let paper = match Paper::read(conn, cache, mail, number, now).await? {
        Ok(paper) => paper,
        Err(why) => return Ok(Composed::Nothing(why)),
    };
    let Some(balance) = &paper.view.summary.balance else {
        return Ok(Composed::Nothing("it is no invoice"));
    };
    if balance.due <= Cents::ZERO {
        return Ok(Composed::Nothing("nothing is due any more"));
    }
    if reminder == PaymentReminder::Before && utc_to_paris(now).date() > balance.due_on {
        return Ok(Composed::Nothing("the last day to pay is over"));
    }
    let (due, day) = (balance.due, paper.words.day(balance.due_on));
    Ok(Composed::Letter { letter: letter(&paper, reminder, due, &day), to: paper.to })
}

fn letter(paper: &Paper<'_>, reminder: PaymentReminder, due: Cents, day: &str) -> Letter {
    let (words, office) = (&paper.words.papers, &paper.view.office);
    let (number, amount) = (paper.view.summary.number.to_string(), paper.amount(due));
    let said = match reminder {
        PaymentReminder::Before => &words.before,
        PaymentReminder::After => &words.after,
    };
    let text = (said.text)(&number, &amount, day, &paper.about());
    let mut parts = vec![Part::Paragraph(text), paper.by_cheque(due)];
    if reminder == PaymentReminder::After {
        parts.push(Part::Paragraph((words.next)(&office.treasury)));
        parts.push(Part::Paragraph((words.hardship)(&office.email, &office.phone)));
    }
    paper.letter((said.subject)(&number, &amount, day), parts, words.crossed.to_owned())
}
