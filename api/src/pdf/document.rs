//! An invoice or a credit note.

use domain::billing::document::{self, Labels};
use domain::cents::Cents;
use domain::dates;
use domain::problem::Language;
use domain::wire::{DocumentKind, DocumentView};

use super::PdfError;
use super::letterhead::{Fact, Letterhead, Sum, notes};
use super::sheet::{Level, Sheet};
use super::style::{BODY, HEADING, WIDE};
use super::table::{Table, Total};
use super::typeface::Typefaces;
use super::words::{self, Words};
use super::writer::{About, write};

/// An invoice or a credit note as a PDF, with all that a public cash desk's must say. What was
/// issued stays the same; what is said to be paid, set off and left is the view's.
pub fn document(view: &DocumentView, language: Language) -> Result<Vec<u8>, PdfError> {
    let paper = Paper::new(view, language);
    write(
        laid_out(view, language)?,
        &About {
            title: format!("{} · {}", paper.name(), paper.subject()),
            foot: format!("{} · {}", view.office.name, paper.name()),
            author: view.office.name.clone(),
            issued_on: view.summary.issued_on,
            language,
        },
    )
}

/// The document's pages, not written yet.
pub(super) fn laid_out(view: &DocumentView, language: Language) -> Result<Sheet, PdfError> {
    let mut sheet = Sheet::new(Typefaces::new()?, &view.office.email);
    Paper::new(view, language).put(&mut sheet, words::words(language));
    Ok(sheet)
}

struct Paper<'a> {
    view: &'a DocumentView,
    language: Language,
    labels: Labels,
}

impl<'a> Paper<'a> {
    fn new(view: &'a DocumentView, language: Language) -> Self {
        Self { view, language, labels: document::labels(view.summary.kind, language) }
    }

    fn put(&self, sheet: &mut Sheet, words: &Words) {
        self.letterhead().put(sheet);
        sheet.space(20.0);
        sheet.heading(Level::Second, words.lines, HEADING, WIDE);
        sheet.space(4.0);
        self.table().put(sheet);
        sheet.space(16.0);
        self.to_do(sheet, words);
        let kind = self.view.summary.kind;
        let mentions = document::mentions(kind, &self.view.office, self.language);
        notes(sheet, words.good_to_know, &mentions);
    }

    fn kind(&self) -> &'static str {
        let summary = &self.view.summary;
        document::name(summary.kind, summary.supplementary, self.language)
    }

    fn name(&self) -> String {
        format!("{} {}", self.kind(), self.view.summary.number)
    }

    fn subject(&self) -> String {
        document::heading(&self.view.summary.period, self.language)
    }

    fn letterhead(&self) -> Letterhead<'_> {
        Letterhead {
            office: &self.view.office,
            addressee: &self.view.addressee,
            to: self.labels.to,
            title: self.kind(),
            subject: self.subject(),
            facts: self.facts(),
            sum: self.sum(),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let summary = &self.view.summary;
        let fact = |name, value, strong| Fact { name, value, strong };
        let day = |day| dates::full(day, self.language);
        let mut facts = vec![
            fact(self.labels.number, summary.number.to_string(), true),
            fact(self.labels.issued_on, day(summary.issued_on), false),
        ];
        if let Some(balance) = &summary.balance {
            facts.push(fact(self.labels.due_on, day(balance.due_on), true));
        }
        if let Some(credit) = &summary.credit {
            facts.push(fact(self.labels.corrects, credit.invoice.to_string(), false));
        }
        let span = document::span(&summary.period, self.language);
        facts.push(fact(self.labels.period, span, false));
        facts
    }

    /// What is left to pay, or to the family's credit; of what is settled, its total.
    fn sum(&self) -> Sum {
        let summary = &self.view.summary;
        let (caption, amount) = match (&summary.balance, summary.kind) {
            (Some(balance), _) if balance.due > Cents::ZERO => {
                let day = dates::full(balance.due_on, self.language);
                (format!("{} {day}", self.labels.due_on), balance.due)
            }
            (Some(balance), _) => {
                (document::state(balance, self.language).to_owned(), summary.total)
            }
            (None, DocumentKind::CreditNote) => (self.labels.left.to_owned(), self.left()),
            (None, DocumentKind::Invoice) => (self.labels.total.to_owned(), summary.total),
        };
        Sum { caption, amount: document::amount(amount, self.language) }
    }

    /// What is left to pay of an invoice, or to the family's credit of a credit note.
    fn left(&self) -> Cents {
        let summary = &self.view.summary;
        let due = summary.balance.as_ref().map(|balance| balance.due);
        let credit = summary.credit.as_ref().map(|credit| credit.left);
        due.or(credit).unwrap_or(summary.total)
    }

    fn table(&self) -> Table<'_> {
        Table {
            labels: self.labels,
            children: &self.view.children,
            lines: &self.view.lines,
            totals: self.totals(),
            language: self.language,
        }
    }

    fn totals(&self) -> Vec<Total> {
        let summary = &self.view.summary;
        let total = |name: String, amount| Total { name, amount, strong: false };
        let mut totals = vec![total(self.labels.total.to_owned(), summary.total)];
        for set_off in &self.view.set_offs {
            let name = document::set_off(summary.kind, set_off, self.language);
            totals.push(total(name, Cents(-set_off.amount.0)));
        }
        if let Some(paid) = summary.balance.as_ref().map(|balance| balance.paid)
            && paid > Cents::ZERO
        {
            totals.push(total(self.labels.paid.to_owned(), Cents(-paid.0)));
        }
        if totals.len() > 1 {
            let name = match summary.kind {
                DocumentKind::Invoice => self.labels.due,
                DocumentKind::CreditNote => self.labels.left,
            };
            totals.push(total(name.to_owned(), self.left()));
        }
        if let Some(last) = totals.last_mut() {
            last.strong = true;
        }
        totals
    }

    /// How to pay, or what becomes of a credit; nothing where nothing is left.
    fn to_do(&self, sheet: &mut Sheet, words: &Words) {
        let left = self.left();
        if left <= Cents::ZERO {
            return;
        }
        let DocumentView { summary, office, .. } = self.view;
        let (heading, text) = match summary.kind {
            DocumentKind::Invoice => {
                (words.to_pay, document::by_cheque(office, summary.number, left, self.language))
            }
            DocumentKind::CreditNote => {
                (words.credit, document::credit_use(self.language).to_owned())
            }
        };
        sheet.heading(Level::Second, heading, HEADING, WIDE);
        sheet.paragraph(&text, BODY, WIDE);
        sheet.space(10.0);
    }
}
