//! Documents for the tests of both apps.

use domain::billing::{Balance, DocumentNumber};
use domain::cents::Cents;
use domain::wire::{BalanceView, DocumentKind, DocumentSummary, PeriodView};

/// October's canteen, 50.00, of which so many cents are paid and credited.
pub(crate) fn invoice(number: &str, paid: i64, credited: i64) -> DocumentSummary {
    let day = |text: &str| text.parse().unwrap();
    let total = Cents(5000);
    let balance = Balance::of(total, Cents(paid), Cents(credited)).unwrap();
    DocumentSummary {
        number: DocumentNumber::parse(number).unwrap(),
        kind: DocumentKind::Invoice,
        family_id: uuid::Uuid::nil().into(),
        payer: "Mme Camille Delorme".into(),
        period: PeriodView::Month {
            month: "2017-10".into(),
            first_day: day("2017-10-01"),
            last_day: day("2017-10-31"),
        },
        supplementary: false,
        issued_on: day("2017-10-31"),
        total,
        balance: Some(BalanceView {
            state: balance.state(),
            paid: balance.paid(),
            credited: balance.credited(),
            due: balance.due(),
            due_on: day("2017-11-10"),
            late: false,
        }),
        credit: None,
    }
}
