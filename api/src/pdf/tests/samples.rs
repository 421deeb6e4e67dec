//! Documents to print: the Delorme family's, and harder ones.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::billing::{
    Bracket, DocumentNumber, FamilyQuotient, InvoiceLine, InvoiceState, Item, Payer, PricingRule,
    QuotientBasis, QuotientSource, Rate, RevenueOffice, Taken,
};
use domain::calendar::{SchoolYear, Term};
use domain::cents::Cents;
use domain::ids::{ChildId, FamilyId, TermId};
use domain::wire::{
    BalanceView, BilledChildView, CareCertificate, CreditView, DocumentKind, DocumentSummary,
    DocumentView, LineView, PeriodView, SetOffView,
};
use uuid::Uuid;

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(text: &str) -> DocumentNumber {
    DocumentNumber::parse(text).unwrap()
}

pub(super) fn office() -> RevenueOffice {
    RevenueOffice {
        name: "Commune de Neuvecelle".into(),
        desk: "Régie périscolaire".into(),
        address: vec!["12, place du Préau".into(), "74500 Neuvecelle".into()],
        siret: "21400000000000".into(),
        email: "guichet@neuvecelle.example".into(),
        phone: "04 65 71 20 15".into(),
        payable_to: "Trésor Public".into(),
        treasury: "Service de gestion comptable de Thonon-les-Bains".into(),
        court: "tribunal administratif de Grenoble".into(),
    }
}

fn payer() -> Payer {
    Payer {
        name: "Mme Camille Delorme".into(),
        address: vec!["8, chemin des Noisetiers".into(), "74500 Neuvecelle".into()],
    }
}

fn child(id: u128, name: &str, level: &str) -> BilledChildView {
    BilledChildView { id: ChildId(Uuid::from_u128(id)), name: name.into(), level: level.into() }
}

fn rule(full_price: i64, rank: u32, percent: u8) -> PricingRule {
    let quotient = QuotientBasis::Known(FamilyQuotient {
        value: 1120,
        from: date("2026-09-01"),
        until: date("2027-08-31"),
        source: QuotientSource::Caf,
    });
    PricingRule {
        tariff_from: date("2026-09-01"),
        full_price: Cents(full_price),
        rate: Rate::Bracket {
            bracket: Bracket { number: 4, from: 1001, to: Some(1400) },
            quotient,
        },
        rank: Some(rank),
        percent,
    }
}

fn line(child: u128, item: Item, taken: Taken, rule: PricingRule) -> LineView {
    let unit_price = rule.full_price.reduced_by(rule.percent);
    let line =
        InvoiceLine { child: ChildId(Uuid::from_u128(child)), item, taken, unit_price, rule };
    LineView { quantity: line.quantity(), amount: line.amount().unwrap(), line }
}

/// October's Mondays, Tuesdays, Thursdays and Fridays but some.
fn october(skipped: u32) -> Taken {
    let days = date("2026-10-01").iter_days().take(31);
    let school = days.filter(|day| {
        !matches!(day.weekday(), Weekday::Wed | Weekday::Sat | Weekday::Sun) && day.day() != skipped
    });
    Taken::Days(school.collect())
}

fn view(kind: DocumentKind, lines: Vec<LineView>) -> DocumentView {
    let total = Cents::checked_sum(lines.iter().map(|line| line.amount)).unwrap();
    let (first_day, last_day) = (date("2026-10-01"), date("2026-10-31"));
    DocumentView {
        summary: DocumentSummary {
            number: number("F2026001184"),
            kind,
            family_id: FamilyId(Uuid::from_u128(1)),
            payer: payer().name,
            period: PeriodView::Month { month: "2026-10".into(), first_day, last_day },
            supplementary: false,
            issued_on: date("2026-11-09"),
            total,
            balance: Some(BalanceView {
                state: InvoiceState::Issued,
                paid: Cents::ZERO,
                credited: Cents::ZERO,
                due: total,
                due_on: date("2026-11-19"),
                late: false,
            }),
            credit: None,
        },
        office: office(),
        addressee: payer(),
        children: vec![
            child(1, "Léa Delorme", "CE2"),
            child(2, "Tom Delorme", "grande section"),
            child(3, "Zoé Delorme", "petite section"),
        ],
        lines,
        set_offs: vec![],
    }
}

/// A month of three children's meals.
pub(super) fn invoice() -> DocumentView {
    let one = Taken::Days([date("2026-10-20")].into());
    let lines = vec![
        line(1, Item::Meal, october(16), rule(540, 1, 0)),
        line(2, Item::Meal, october(12), rule(540, 2, 10)),
        line(2, Item::UnexpectedMeal, one, rule(690, 2, 10)),
        line(3, Item::Meal, october(0), rule(540, 3, 25)),
    ];
    view(DocumentKind::Invoice, lines)
}

/// Of which a credit and a cheque have taken something.
pub(super) fn partly_credited() -> DocumentView {
    let mut view = invoice();
    let (credited, paid) = (Cents(540), Cents(5000));
    let (credit_note, invoice) = (number("A2026000041"), view.summary.number);
    view.set_offs = vec![SetOffView { credit_note, invoice, amount: credited }];
    let balance = view.summary.balance.as_mut().unwrap();
    balance.state = InvoiceState::PartlyCredited;
    balance.due = Cents(balance.due.0 - credited.0 - paid.0);
    (balance.credited, balance.paid) = (credited, paid);
    view
}

pub(super) fn paid() -> DocumentView {
    let mut view = invoice();
    let balance = view.summary.balance.as_mut().unwrap();
    (balance.state, balance.paid, balance.due) =
        (InvoiceState::Paid, view.summary.total, Cents::ZERO);
    view
}

pub(super) fn credit_note() -> DocumentView {
    let days = Taken::Days([date("2026-10-15"), date("2026-10-16")].into());
    let mut view =
        view(DocumentKind::CreditNote, vec![line(2, Item::Meal, days, rule(540, 2, 10))]);
    let (credit_note, invoice) = (number("A2026000041"), view.summary.number);
    view.summary.number = credit_note;
    view.summary.balance = None;
    view.summary.credit = Some(CreditView { invoice, left: Cents(432) });
    view.set_offs = vec![SetOffView { credit_note, invoice, amount: Cents(540) }];
    view
}

pub(super) fn term_invoice() -> DocumentView {
    let id = TermId(Uuid::from_u128(1));
    let term = |child, item, full_price, rank, percent| {
        let taken = Taken::Term { term: id, confirmed_on: date("2026-08-28") };
        line(child, item, taken, rule(full_price, rank, percent))
    };
    let mut view = view(
        DocumentKind::Invoice,
        vec![
            term(1, Item::TwoRoundTrips, 9600, 1, 0),
            term(1, Item::TwoTaps, 4800, 1, 0),
            term(2, Item::OneRoundTrip, 5400, 2, 20),
        ],
    );
    view.summary.period = PeriodView::Term {
        term: Term {
            id,
            year: SchoolYear(2026),
            number: 1,
            first_day: date("2026-09-01"),
            last_day: date("2026-12-04"),
            subscribe_from: date("2026-08-17"),
            subscribe_until: date("2026-08-28"),
        },
    };
    view.summary.supplementary = true;
    view
}

/// So many lines, of ten children.
pub(super) fn long(count: u128) -> DocumentView {
    let lines = (0..count)
        .map(|at| line(at * 10 / count, Item::Meal, october((at % 31) as u32), rule(540, 2, 10)))
        .collect();
    let children = (0..10).map(|id| child(id, &format!("Enfant Delorme {id}"), "CM1")).collect();
    DocumentView { children, ..view(DocumentKind::Invoice, lines) }
}

/// Names of other countries, of more than a line, and of no country at all.
pub(super) fn hard_names() -> DocumentView {
    let mut view = invoice();
    view.addressee.name =
        "M. et Mme Łukasz Żółć-Yıldız d’Été de la Rochefoucauld-Liancourt d'Œuvrard".into();
    view.addressee.address =
        vec!["Appartement 12, bâtiment Ő, résidence des Ormes 🌳".into(), "74500 Évian".into()];
    view.children[0].name = "Ștefan-Çağrı 🎉 Œuvrard".into();
    view.children[1].name = "Anne-Sophie ".repeat(12);
    view.children[2].name = "Zoé".into();
    view.children[2].level = "ŵ".repeat(300);
    view.office.name = "Communauté de communes du Pays d’Évian et de la vallée d’Abondance".into();
    view
}

pub(super) fn certificate() -> CareCertificate {
    CareCertificate {
        year: 2026,
        office: office(),
        addressee: payer(),
        child: "Zoé Delorme".into(),
        birth_date: date("2022-11-05"),
        paid: Cents(16_200),
        issued_on: date("2027-01-12"),
    }
}
