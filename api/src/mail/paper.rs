//! An invoice or a credit note is issued: what it says in short, and the document itself.

use chrono::{DateTime, Utc};
use domain::billing::{DocumentNumber, document};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::dates;
use domain::wire::{BalanceView, CreditView, DocumentKind, DocumentView};
use serde::Deserialize;

use super::letter::{Letter, Part};
use super::sender::Composed;
use super::settings::MailSettings;
use super::words::{Words, words};
use crate::billing;
use crate::store::billing::documents;
use crate::store::mails::Addressee;
use crate::store::settings::Cache;
use crate::store::{Conn, StoreError, accounts, mails};

/// The e-mail about a document to the family's billing address.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct DocumentMail {
    number: DocumentNumber,
}

/// The e-mail as things are now. Whatever became of the document, it is sent: it is the family's
/// copy.
pub(super) async fn compose(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    DocumentMail { number }: DocumentMail,
    now: DateTime<Utc>,
) -> Result<Composed, StoreError> {
    let paper = match Paper::read(conn, cache, mail, number, now).await? {
        Ok(paper) => paper,
        Err(why) => return Ok(Composed::Nothing(why)),
    };
    let letter = match (&paper.view.summary.balance, &paper.view.summary.credit) {
        (Some(balance), _) => paper.invoice(balance),
        (None, Some(credit)) => paper.credit_note(credit),
        (None, None) => return Err(StoreError::corrupt("document", "due_on", number)),
    };
    let Paper { to, view, words, .. } = paper;
    Ok(Composed::Paper { to, letter, view: Box::new(view), language: words.language })
}

/// A document that an e-mail is about, and to whom it goes.
pub(super) struct Paper<'a> {
    pub(super) to: String,
    pub(super) view: DocumentView,
    pub(super) words: &'static Words,
    commune: String,
    mail: &'a MailSettings,
}

impl<'a> Paper<'a> {
    /// Reads it, or says why nobody is to be told of it.
    pub(super) async fn read(
        conn: &mut Conn,
        cache: &Cache,
        mail: &'a MailSettings,
        number: DocumentNumber,
        now: DateTime<Utc>,
    ) -> Result<Result<Self, &'static str>, StoreError> {
        let Some(document) = documents::get(conn, number).await? else {
            return Ok(Err("there is no such document"));
        };
        let Some(Addressee { guardian, email }) =
            mails::billing_address(conn, document.family).await?
        else {
            return Ok(Err("the family's billing address has no e-mail address"));
        };
        let settings = cache.current(conn).await?;
        let view = billing::view(conn, document, &settings, utc_to_paris(now).date()).await?;
        let words = words(accounts::language_of(conn, guardian).await?);
        Ok(Ok(Self { to: email, view, words, commune: settings.commune.clone(), mail }))
    }

    /// `Cantine, octobre 2017`.
    pub(super) fn about(&self) -> String {
        document::heading(&self.view.summary.period, self.words.language)
    }

    pub(super) fn amount(&self, cents: Cents) -> String {
        document::amount(cents, self.words.language)
    }

    /// How to pay what is due.
    pub(super) fn by_cheque(&self, due: Cents) -> Part {
        let DocumentView { summary, office, .. } = &self.view;
        Part::Paragraph(document::by_cheque(office, summary.number, due, self.words.language))
    }

    /// A letter that begins so, and ends as all of them do.
    pub(super) fn letter(&self, subject: String, mut parts: Vec<Part>, last: String) -> Letter {
        let Words { language, link, signature, papers, .. } = self.words;
        let summary = &self.view.summary;
        let open = match summary.kind {
            DocumentKind::Invoice => papers.open_invoice,
            DocumentKind::CreditNote => papers.open_credit_note,
        };
        let page = self.mail.page(&format!("/factures/{}", summary.number));
        parts.push(Part::Link(open.to_owned(), page));
        parts.push(Part::Note(last));
        parts.push(Part::Note(signature(&self.commune)));
        Letter { tag: language.tag(), link: *link, subject, parts, attached: None }
    }

    fn invoice(&self, balance: &BalanceView) -> Letter {
        let (words, language) = (&self.words.papers, self.words.language);
        let labels = document::labels(DocumentKind::Invoice, language);
        let due = balance.due > Cents::ZERO;
        let mut facts = self.facts(labels.total);
        if balance.paid > Cents::ZERO {
            facts.push(self.fact(labels.paid, &self.amount(balance.paid)));
        }
        facts.push(self.fact(labels.due, &self.amount(balance.due)));
        let rest = if due {
            facts.push(self.fact(labels.due_on, &dates::full(balance.due_on, language)));
            (words.to_pay)(&self.amount(balance.due), &self.words.day(balance.due_on))
        } else {
            words.settled.to_owned()
        };
        let to_do = if due {
            self.by_cheque(balance.due)
        } else {
            Part::Paragraph(words.nothing_to_pay.to_owned())
        };
        self.document(&rest, vec![Part::List(facts), to_do])
    }

    fn credit_note(&self, credit: &CreditView) -> Letter {
        let (words, language) = (&self.words.papers, self.words.language);
        let labels = document::labels(DocumentKind::CreditNote, language);
        let total = self.amount(self.view.summary.total);
        let takes_back = (words.takes_back)(&total, &credit.invoice.to_string());
        let mut facts = self.facts(labels.total);
        facts.push(self.fact(labels.left, &self.amount(credit.left)));
        let is_left = credit.left > Cents::ZERO;
        let used = if is_left { document::credit_use } else { document::used_up }(language);
        let parts =
            vec![Part::Paragraph(takes_back), Part::List(facts), Part::Paragraph(used.to_owned())];
        self.document(&total, parts)
    }

    /// The letter with the document itself.
    fn document(&self, rest: &str, said: Vec<Part>) -> Letter {
        let (words, language) = (&self.words.papers, self.words.language);
        let DocumentView { summary, office, .. } = &self.view;
        let name = document::name(summary.kind, summary.supplementary, language);
        let (name, about) = (format!("{name} {}", summary.number), self.about());
        let days = document::span(&summary.period, language);
        let mut parts = vec![Part::Paragraph((words.attached)(&name, &about, &days))];
        parts.extend(said);
        let question = (words.question)(&office.email, &office.phone);
        self.letter((words.subject)(&name, &about, rest), parts, question)
    }

    /// The total, and what of it was set off.
    fn facts(&self, total: &str) -> Vec<String> {
        let DocumentView { summary, set_offs, .. } = &self.view;
        let mut facts = vec![self.fact(total, &self.amount(summary.total))];
        for set_off in set_offs {
            let label = document::set_off(summary.kind, set_off, self.words.language);
            facts.push(self.fact(&label, &self.amount(set_off.amount)));
        }
        facts
    }

    fn fact(&self, label: &str, value: &str) -> String {
        (self.words.fact)(label, value)
    }
}
