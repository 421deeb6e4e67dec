//! The words of documents.

use super::first_term;
use crate::billing::document::*;
use crate::billing::{
    DocumentNumber, InvoiceState, PricingRule, Rate, RevenueOffice, Series, Taken,
};
use crate::cents::Cents;
use crate::problem::Language::{English, French};
use crate::testing::{date, neuvecelle};
use crate::wire::{BalanceView, DocumentKind, DocumentSummary, PeriodView, SetOffView};

fn month() -> PeriodView {
    PeriodView::Month {
        month: "2017-10".into(),
        first_day: date("2017-10-01"),
        last_day: date("2017-10-31"),
    }
}

fn second() -> PeriodView {
    PeriodView::Term { term: neuvecelle().calendar.terms()[1].clone() }
}

#[test]
fn a_period_has_a_heading_and_days() {
    assert_eq!(heading(&month(), French), "Cantine, octobre 2017");
    assert_eq!(heading(&month(), English), "Canteen, October 2017");
    assert_eq!(heading(&second(), French), "Bus et TAP, 2e trimestre 2017-2018");
    assert_eq!(heading(&second(), English), "Bus and TAP, term 2 of 2017-2018");
    let first = neuvecelle().calendar.terms()[0].clone();
    assert_eq!(term(&first, French), "1er trimestre 2017-2018");
    assert_eq!(span(&month(), French), "du 1er au 31 octobre 2017");
    assert_eq!(span(&second(), French), "du 4 décembre 2017 au 16 mars 2018");
    assert_eq!(span(&second(), English), "4 December 2017 to 16 March 2018");
    let first = PeriodView::Term { term: first };
    assert_eq!(span(&first, French), "du 4 septembre au 1er décembre 2017");
}

#[test]
fn a_title_tells_what_is_no_plain_invoice() {
    let paper = |kind, supplementary| DocumentSummary {
        number: DocumentNumber::new(Series::Invoice, 2017, 1).unwrap(),
        kind,
        family_id: uuid::Uuid::nil().into(),
        payer: String::new(),
        period: second(),
        supplementary,
        issued_on: date("2017-12-04"),
        total: Cents(2700),
        balance: None,
        credit: None,
    };
    let plain = paper(DocumentKind::Invoice, false);
    assert_eq!(title(&plain, French), heading(&second(), French));
    let more = title(&paper(DocumentKind::Invoice, true), French);
    assert_eq!(more, "Facture complémentaire · Bus et TAP, 2e trimestre 2017-2018");
    let credit = title(&paper(DocumentKind::CreditNote, false), English);
    assert_eq!(credit, "Credit note · Bus and TAP, term 2 of 2017-2018");
}

#[test]
fn days_are_listed_as_they_are_spoken() {
    let list = |days: &[&str], language| {
        taken(&Taken::Days(days.iter().map(|day| date(day)).collect()), language)
    };
    let october = ["2017-10-01", "2017-10-02", "2017-10-05", "2017-10-16"];
    assert_eq!(list(&october, French), "1, 2, 5 et 16 octobre");
    assert_eq!(list(&october, English), "1, 2, 5 and 16 October");
    assert_eq!(list(&["2017-10-01"], French), "1er octobre");
    assert_eq!(list(&["2017-10-05", "2017-10-06"], French), "5 et 6 octobre");
    let two = ["2017-12-21", "2018-01-08", "2018-01-09"];
    assert_eq!(list(&two, French), "21 décembre, 8 et 9 janvier");
    let term = Taken::Term { term: first_term(), confirmed_on: date("2017-08-28") };
    assert_eq!(taken(&term, French), "confirmé le 28 août 2017");
    assert_eq!(taken(&term, English), "confirmed on 28 August 2017");
}

#[test]
fn amounts_are_written_as_each_language_does() {
    for (cents, french, english) in [
        (7236, "72,36\u{a0}€", "€72.36"),
        (0, "0,00\u{a0}€", "€0.00"),
        (-5, "−0,05\u{a0}€", "−€0.05"),
        (123_456_789, "1\u{202f}234\u{202f}567,89\u{a0}€", "€1,234,567.89"),
    ] {
        assert_eq!(amount(Cents(cents), French), french);
        assert_eq!(amount(Cents(cents), English), english);
    }
}

#[test]
fn a_reduction_is_said_where_there_is_one() {
    let mut rule = PricingRule {
        tariff_from: date("2017-09-01"),
        full_price: Cents(540),
        rate: Rate::Outside,
        rank: Some(2),
        percent: 10,
    };
    assert_eq!(reduction(&rule, French).as_deref(), Some("−10\u{a0}%"));
    assert_eq!(reduction(&rule, English).as_deref(), Some("−10%"));
    rule.percent = 0;
    assert_eq!(reduction(&rule, French), None);
}

#[test]
fn what_is_late_is_said_to_be_until_it_is_paid() {
    let said = |stands, late| {
        let balance = BalanceView {
            state: stands,
            paid: Cents::ZERO,
            credited: Cents::ZERO,
            due: Cents::ZERO,
            due_on: date("2017-11-10"),
            late,
        };
        state(&balance, French)
    };
    assert_eq!(said(InvoiceState::Issued, false), "À payer");
    assert_eq!(said(InvoiceState::Issued, true), "En retard");
    assert_eq!(said(InvoiceState::PartlyCredited, true), "En retard");
    assert_eq!(said(InvoiceState::PartlyCredited, false), "À payer, avoir déduit");
    assert_eq!(said(InvoiceState::Paid, false), "Payée");
    assert_eq!(said(InvoiceState::Credited, false), "Soldée par avoir");
}

fn office() -> RevenueOffice {
    RevenueOffice {
        name: "Commune de Neuvecelle".into(),
        desk: "Régie périscolaire".into(),
        address: vec!["1, place du Préau".into(), "74500 Neuvecelle".into()],
        siret: "21740000000000".into(),
        email: "guichet@mairie.example".into(),
        phone: "04 65 71 20 15".into(),
        payable_to: "Trésor Public".into(),
        treasury: "Service de gestion comptable de Thonon-les-Bains".into(),
        court: "tribunal administratif de Grenoble".into(),
    }
}

#[test]
fn the_foot_names_the_office_the_treasury_and_the_court() {
    let office = office();
    for language in [French, English] {
        let invoice = mentions(DocumentKind::Invoice, &office, language);
        let all = invoice.join(" ");
        for word in ["256\u{a0}B", &office.treasury, &office.court, &office.email] {
            assert!(all.contains(word), "{word} in {all}");
        }
        let credit = mentions(DocumentKind::CreditNote, &office, language);
        assert!(!credit.iter().any(|mention| mention.contains(&office.treasury)));
        assert_eq!((invoice.len(), credit.len()), (4, 3));
    }
    assert_eq!(siret(&office.siret), "217\u{a0}400\u{a0}000\u{a0}00000");
    let number = DocumentNumber::new(Series::Invoice, 2017, 12).unwrap();
    assert_eq!(
        by_cheque(&office, number, Cents(7236), French),
        "Par chèque de 72,36\u{a0}€ exactement, à l'ordre de\u{a0}: Trésor Public. Notez \
         F2017000012 au dos et remettez-le au guichet périscolaire."
    );
}

#[test]
fn a_document_says_what_it_is_and_what_was_set_off() {
    assert_eq!(name(DocumentKind::Invoice, true, French), "Facture complémentaire");
    assert_eq!(name(DocumentKind::CreditNote, true, English), "Credit note");
    assert_eq!(labels(DocumentKind::Invoice, French).issued_on, "Émise le");
    assert_eq!(labels(DocumentKind::CreditNote, French).issued_on, "Émis le");
    let off = SetOffView {
        credit_note: DocumentNumber::new(Series::CreditNote, 2017, 3).unwrap(),
        invoice: DocumentNumber::new(Series::Invoice, 2017, 12).unwrap(),
        amount: Cents(486),
    };
    let on_invoice = set_off(DocumentKind::Invoice, &off, French);
    assert_eq!(on_invoice, "Avoir A2017000003 déduit");
    let on_note = set_off(DocumentKind::CreditNote, &off, English);
    assert_eq!(on_note, "Set off against invoice F2017000012");
}
