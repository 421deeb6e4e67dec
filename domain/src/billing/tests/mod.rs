//! A family and a commune's tariffs, and what is expected of billing as a whole.

mod canteen;
mod document;
mod properties;
mod term;

use crate::activity::ServiceKind;
use crate::billing::{
    BilledChild, Correction, CreditNote, DocumentNumber, FamilyQuotient, Household, Invoice,
    InvoiceLine, Issued, Item, ItemPrices, PricingRule, QuotientSource, Rate, Series, Taken,
    Tariff, due_on,
};
use crate::cents::Cents;
use crate::ids::{ChildId, TermId};
use crate::testing::date;

pub(crate) fn child(number: u128) -> ChildId {
    ChildId(uuid::Uuid::from_u128(number))
}

/// The first term of 2017-2018, as in [`crate::testing::neuvecelle`].
pub(crate) fn first_term() -> TermId {
    TermId(uuid::Uuid::from_u128(1))
}

fn prices(item: Item, by_bracket: &[i64], outside: Option<i64>) -> ItemPrices {
    let by_bracket = by_bracket.iter().copied().map(Cents).collect();
    ItemPrices { item, by_bracket, outside: outside.map(Cents) }
}

pub(crate) fn canteen_2017() -> Tariff {
    Tariff {
        service: ServiceKind::Canteen,
        from: date("2017-09-01"),
        brackets: vec![0, 401, 701, 1001, 1401, 2001],
        prices: vec![
            prices(Item::Meal, &[150, 335, 430, 540, 630, 720], Some(850)),
            prices(Item::UnexpectedMeal, &[300, 485, 580, 690, 780, 870], Some(1000)),
        ],
        reductions: vec![0, 10, 25],
    }
}

pub(crate) fn bus_2017() -> Tariff {
    Tariff {
        service: ServiceKind::Bus,
        from: date("2017-07-01"),
        brackets: vec![0, 701, 1401],
        prices: vec![
            prices(Item::OneRoundTrip, &[3600, 5400, 6000], None),
            prices(Item::TwoRoundTrips, &[6400, 9600, 10650], None),
        ],
        reductions: vec![0, 20, 50],
    }
}

pub(crate) fn tap_2017() -> Tariff {
    Tariff {
        service: ServiceKind::Tap,
        from: date("2017-07-01"),
        brackets: vec![0, 1001],
        prices: vec![
            prices(Item::OneTap, &[1835, 2700], None),
            prices(Item::TwoTaps, &[3300, 4800], None),
        ],
        reductions: vec![0, 10],
    }
}

pub(crate) fn tariffs() -> [Tariff; 3] {
    [canteen_2017(), bus_2017(), tap_2017()]
}

pub(crate) fn quotient(value: u32, from: &str, until: &str) -> FamilyQuotient {
    let (from, until) = (date(from), date(until));
    FamilyQuotient { value, from, until, source: QuotientSource::Caf }
}

/// Léa (1), Tom (2) and Zoé (3), the eldest first; a quotient of 1120, and of 640 from 2018 on.
pub(crate) fn delorme() -> Household {
    let born = |number, day| BilledChild { id: child(number), birth_date: Some(date(day)) };
    Household {
        children: vec![born(1, "2008-02-11"), born(2, "2011-06-30"), born(3, "2013-11-05")],
        quotients: vec![
            quotient(1120, "2017-09-01", "2017-12-31"),
            quotient(640, "2018-01-01", "2018-08-31"),
        ],
        residences: vec![],
    }
}

pub(crate) fn term_line(number: u128, item: Item, cents: i64) -> InvoiceLine {
    let tariff_from = date("2017-07-01");
    let rule = PricingRule {
        tariff_from,
        full_price: Cents(cents),
        rate: Rate::Outside,
        rank: None,
        percent: 0,
    };
    InvoiceLine {
        child: child(number),
        item,
        taken: Taken::Term { term: first_term(), confirmed_on: date("2017-08-28") },
        unit_price: Cents(cents),
        rule,
    }
}

pub(crate) fn invoice(counter: u32, day: &str, lines: Vec<InvoiceLine>) -> Invoice {
    let number = DocumentNumber::new(Series::Invoice, 2017, counter).unwrap();
    Invoice { number, issued_on: date(day), due_on: due_on(date(day)), lines }
}

pub(crate) fn credit_note(
    counter: u32,
    invoice: u32,
    day: &str,
    lines: Vec<InvoiceLine>,
) -> CreditNote {
    CreditNote {
        number: DocumentNumber::new(Series::CreditNote, 2017, counter).unwrap(),
        invoice: DocumentNumber::new(Series::Invoice, 2017, invoice).unwrap(),
        issued_on: date(day),
        lines,
    }
}

/// A line's child, item, quantity, unit price and amount, in cents.
type Short = (u128, Item, u32, i64, i64);

fn short(lines: &[InvoiceLine]) -> Vec<Short> {
    let line = |line: &InvoiceLine| {
        let child = line.child.0.as_u128();
        (child, line.item, line.quantity(), line.unit_price.0, line.amount().unwrap().0)
    };
    lines.iter().map(line).collect()
}

/// A family's documents, as a database would keep them.
#[derive(Default)]
struct Papers {
    invoices: Vec<Invoice>,
    credit_notes: Vec<CreditNote>,
}

impl Papers {
    fn issued(&self) -> Issued<'_> {
        Issued { invoices: &self.invoices, credit_notes: &self.credit_notes }
    }

    /// Issues what a correction asks for: the credit notes, then the invoice.
    fn issue(&mut self, correction: Correction, day: &str) {
        let next = |count: usize| u32::try_from(count).unwrap() + 1;
        for (invoice, lines) in correction.credit {
            let counter = next(self.credit_notes.len());
            self.credit_notes.push(credit_note(counter, invoice.counter(), day, lines));
        }
        if !correction.bill.is_empty() {
            self.invoices.push(invoice(next(self.invoices.len()), day, correction.bill));
        }
    }
}
