//! The documents that are known, page after page.

use chrono::{Datelike, NaiveDate};
use domain::billing::DocumentNumber;
use domain::cents::Cents;
use domain::wire::{DocumentSummary, DocumentsView};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Book {
    /// The server's day.
    today: NaiveDate,
    /// Of all invoices, those on later pages too.
    pub(super) due: Cents,
    /// The latest first.
    documents: Vec<DocumentSummary>,
    next: Option<String>,
}

impl Book {
    pub(super) fn new(view: DocumentsView) -> Self {
        Self { today: view.today, due: view.due, documents: view.documents, next: view.next }
    }

    /// Takes the first page anew; what is older and known already stays.
    pub(super) fn renew(&mut self, view: DocumentsView) {
        let last = view.documents.last().map(|document| document.number);
        let known = self.documents.iter().position(|document| Some(document.number) == last);
        let mut renewed = Self::new(view);
        if let Some(at) = known {
            renewed.documents.extend(self.documents.drain(at + 1..));
            renewed.next = self.next.take();
        }
        *self = renewed;
    }

    /// Takes the page after those that are known.
    pub(super) fn continue_with(&mut self, view: DocumentsView) {
        self.due = view.due;
        let known: Vec<_> = self.documents.iter().map(|document| document.number).collect();
        let new = view.documents.into_iter().filter(|document| !known.contains(&document.number));
        self.documents.extend(new);
        self.next = view.next;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The last calendar year that is over.
    pub(super) fn last_year(&self) -> i32 {
        self.today.year() - 1
    }

    /// The cursor of the page after those that are known.
    pub(super) fn next(&self) -> Option<String> {
        self.next.clone()
    }

    /// What is to be paid: the late ones first, then by their last day.
    pub(super) fn to_pay(&self) -> Vec<DocumentSummary> {
        let mut open: Vec<_> = self.documents.iter().filter(|one| due(one) > Cents::ZERO).collect();
        open.sort_by_key(|document| {
            let balance = document.balance.as_ref();
            balance.map(|balance| (!balance.late, balance.due_on, document.number))
        });
        open.into_iter().cloned().collect()
    }

    /// What is due of invoices that are on no page known yet.
    pub(super) fn due_elsewhere(&self) -> Cents {
        let known = Cents::checked_sum(self.documents.iter().map(due)).unwrap_or_default();
        self.due.checked_sub(known).unwrap_or_default().max(Cents::ZERO)
    }

    /// All documents by year of issue, the latest first.
    pub(super) fn years(&self) -> Vec<(i32, Vec<DocumentSummary>)> {
        let mut years: Vec<(i32, Vec<DocumentSummary>)> = Vec::new();
        for document in &self.documents {
            let year = DocumentNumber::year(document.number);
            match years.last_mut() {
                Some((last, documents)) if *last == year => documents.push(document.clone()),
                _ => years.push((year, vec![document.clone()])),
            }
        }
        years
    }
}

fn due(document: &DocumentSummary) -> Cents {
    document.balance.as_ref().map_or(Cents::ZERO, |balance| balance.due)
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn invoice(number: &str, due: i64, due_on: &str, late: bool) -> DocumentSummary {
        let mut invoice = testing::invoice(number, 5000 - due, 0);
        let balance = invoice.balance.as_mut().unwrap();
        (balance.due_on, balance.late) = (due_on.parse().unwrap(), late);
        invoice
    }

    fn page(due: i64, documents: Vec<DocumentSummary>, next: Option<&str>) -> DocumentsView {
        let today = "2017-11-20".parse().unwrap();
        DocumentsView { today, due: Cents(due), documents, next: next.map(str::to_owned) }
    }

    fn numbers(documents: &[DocumentSummary]) -> Vec<String> {
        documents.iter().map(|document| document.number.to_string()).collect()
    }

    #[test]
    fn what_is_late_stands_before_what_is_due() {
        let book = Book::new(page(
            7000,
            vec![
                invoice("F2017000009", 1000, "2017-12-01", false),
                invoice("F2017000008", 2000, "2017-11-27", false),
                invoice("F2017000007", 0, "2017-11-10", false),
                invoice("F2017000003", 4000, "2017-11-13", true),
            ],
            None,
        ));
        let found = numbers(&book.to_pay());
        assert_eq!(found, ["F2017000003", "F2017000008", "F2017000009"]);
        assert_eq!(book.due_elsewhere(), Cents::ZERO);
    }

    #[test]
    fn the_first_page_anew_keeps_the_older_ones() {
        let old = |number| invoice(number, 0, "2017-11-10", false);
        let mut book =
            Book::new(page(0, vec![old("F2017000004"), old("F2017000003")], Some("F2017000003")));
        book.continue_with(page(0, vec![old("F2017000002")], Some("F2017000002")));
        book.renew(page(500, vec![old("F2017000005"), old("F2017000004")], Some("F2017000004")));
        let shown: Vec<_> = book.years().into_iter().flat_map(|(_, of)| numbers(&of)).collect();
        let known = ["F2017000005", "F2017000004", "F2017000003", "F2017000002"];
        assert_eq!(shown, known);
        assert_eq!((book.due, book.next().as_deref()), (Cents(500), Some("F2017000002")));
        // So many new ones that what is known does not follow on.
        let newer = vec![old("F2017000009"), old("F2017000008")];
        book.renew(page(0, newer, Some("F2017000008")));
        assert_eq!(book.years()[0].1.len(), 2);
        assert_eq!(book.next().as_deref(), Some("F2017000008"));
    }

    #[test]
    fn pages_follow_each_other_and_years_part_them() {
        let first = vec![
            invoice("F2018000001", 500, "2018-02-12", false),
            invoice("F2017000009", 0, "2017-12-01", false),
        ];
        let mut book = Book::new(page(1500, first, Some("F2017000009")));
        assert_eq!(book.due_elsewhere(), Cents(1000));
        assert_eq!(book.next().as_deref(), Some("F2017000009"));
        // A new invoice has moved the pages by one meanwhile.
        let second = vec![
            invoice("F2017000009", 0, "2017-12-01", false),
            invoice("F2017000002", 1000, "2017-11-10", true),
        ];
        book.continue_with(page(1500, second, None));
        assert_eq!((book.due_elsewhere(), book.next()), (Cents::ZERO, None));
        let years = book.years();
        let found: Vec<_> = years.iter().map(|(year, of)| (*year, numbers(of))).collect();
        assert_eq!(
            found,
            [
                (2018, vec!["F2018000001".to_owned()]),
                (2017, vec!["F2017000009".to_owned(), "F2017000002".to_owned()]),
            ]
        );
    }
}
