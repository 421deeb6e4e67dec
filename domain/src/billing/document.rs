//! The words of an invoice and of a credit note, the same on the screen and on paper.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{DocumentNumber, InvoiceState, PricingRule, RevenueOffice, Taken};
use crate::calendar::Term;
use crate::cents::Cents;
use crate::dates;
use crate::problem::Language::{self, English, French};
use crate::wire::{BalanceView, DocumentKind, DocumentSummary, PeriodView, SetOffView};

/// The fixed words of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    pub number: &'static str,
    pub issued_on: &'static str,
    pub due_on: &'static str,
    pub period: &'static str,
    /// Above the addressee.
    pub to: &'static str,
    /// Of a credit note: the invoice that it corrects.
    pub corrects: &'static str,
    pub item: &'static str,
    pub quantity: &'static str,
    pub unit_price: &'static str,
    pub reduction: &'static str,
    pub amount: &'static str,
    pub total: &'static str,
    pub paid: &'static str,
    /// Of an invoice.
    pub due: &'static str,
    /// Of a credit note.
    pub left: &'static str,
}

const FRENCH_INVOICE: Labels = Labels {
    number: "Numéro",
    issued_on: "Émise le",
    due_on: "À payer jusqu'au",
    period: "Période",
    to: "À l'attention de",
    corrects: "Corrige la facture",
    item: "Prestation",
    quantity: "Quantité",
    unit_price: "Prix unitaire",
    reduction: "Réduction",
    amount: "Montant",
    total: "Total",
    paid: "Déjà payé",
    due: "Reste à payer",
    left: "Reste en votre faveur",
};

const ENGLISH: Labels = Labels {
    number: "Number",
    issued_on: "Issued on",
    due_on: "To be paid by",
    period: "Period",
    to: "To",
    corrects: "Corrects invoice",
    item: "Item",
    quantity: "Quantity",
    unit_price: "Unit price",
    reduction: "Reduction",
    amount: "Amount",
    total: "Total",
    paid: "Paid already",
    due: "Left to pay",
    left: "Left in your favour",
};

/// The fixed words of a kind of document.
#[must_use]
pub fn labels(kind: DocumentKind, language: Language) -> Labels {
    match (kind, language) {
        (DocumentKind::Invoice, French) => FRENCH_INVOICE,
        (DocumentKind::CreditNote, French) => Labels { issued_on: "Émis le", ..FRENCH_INVOICE },
        (_, English) => ENGLISH,
    }
}

/// `Facture`, `Facture complémentaire`, `Avoir`.
#[must_use]
pub fn name(kind: DocumentKind, supplementary: bool, language: Language) -> &'static str {
    match (kind, supplementary, language) {
        (DocumentKind::Invoice, false, French) => "Facture",
        (DocumentKind::Invoice, true, French) => "Facture complémentaire",
        (DocumentKind::CreditNote, _, French) => "Avoir",
        (DocumentKind::Invoice, false, English) => "Invoice",
        (DocumentKind::Invoice, true, English) => "Supplementary invoice",
        (DocumentKind::CreditNote, _, English) => "Credit note",
    }
}

/// `2e trimestre 2017-2018`, `term 2 of 2017-2018`.
#[must_use]
pub fn term(term: &Term, language: Language) -> String {
    let Term { number, year, .. } = term;
    match language {
        French => format!("{number}{} trimestre {year}", if *number == 1 { "er" } else { "e" }),
        English => format!("term {number} of {year}"),
    }
}

/// What a document is about: `Cantine, octobre 2017`, `Bus et TAP, 2e trimestre 2017-2018`.
#[must_use]
pub fn heading(period: &PeriodView, language: Language) -> String {
    let (services, when) = match period {
        PeriodView::Term { term: of } => (["Bus et TAP", "Bus and TAP"], term(of, language)),
        PeriodView::Month { first_day, .. } => {
            let month = dates::month(*first_day, language);
            (["Cantine", "Canteen"], format!("{month} {}", first_day.year()))
        }
    };
    let [french, english] = services;
    match language {
        French => format!("{french}, {when}"),
        English => format!("{english}, {when}"),
    }
}

/// [`heading`] behind what the document is, unless it is the period's first invoice: `Avoir · Bus et
/// TAP, 2e trimestre 2017-2018`.
#[must_use]
pub fn title(of: &DocumentSummary, language: Language) -> String {
    let heading = heading(&of.period, language);
    if of.kind == DocumentKind::Invoice && !of.supplementary {
        return heading;
    }
    format!("{} · {heading}", name(of.kind, of.supplementary, language))
}

/// The days of a period: `du 1er au 31 octobre 2017`, `du 4 décembre 2017 au 16 mars 2018`.
#[must_use]
pub fn span(period: &PeriodView, language: Language) -> String {
    let (first, last) = match period {
        PeriodView::Term { term } => (term.first_day, term.last_day),
        PeriodView::Month { first_day, last_day, .. } => (*first_day, *last_day),
    };
    let mut from = dates::day_of_month(first, language);
    if (first.year(), first.month()) != (last.year(), last.month()) {
        from = format!("{from} {}", dates::month(first, language));
    }
    if first.year() != last.year() {
        from = format!("{from} {}", first.year());
    }
    let until = dates::full(last, language);
    match language {
        French => format!("du {from} au {until}"),
        English => format!("{from} to {until}"),
    }
}

/// What a line bills: its days, `1, 2, 5 et 16 octobre`, or since when, `confirmé le 28 août 2017`.
#[must_use]
pub fn taken(taken: &Taken, language: Language) -> String {
    match taken {
        Taken::Term { confirmed_on, .. } => {
            let day = dates::full(*confirmed_on, language);
            match language {
                French => format!("confirmé le {day}"),
                English => format!("confirmed on {day}"),
            }
        }
        Taken::Days(days) => day_list(days, language),
    }
}

/// `1er octobre`, `1, 2, 5 et 16 octobre`; months one after the other.
#[must_use]
pub fn day_list(days: &BTreeSet<NaiveDate>, language: Language) -> String {
    let mut months: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for day in days {
        months.entry((day.year(), day.month())).or_default().push(*day);
    }
    let months = months.into_values().map(|days| match &days[..] {
        [] => String::new(),
        [day] => {
            format!("{} {}", dates::day_of_month(*day, language), dates::month(*day, language))
        }
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|day| day.day().to_string()).collect();
            let and = match language {
                French => "et",
                English => "and",
            };
            let month = dates::month(*last, language);
            format!("{} {and} {} {month}", first.join(", "), last.day())
        }
    });
    months.collect::<Vec<_>>().join(", ")
}

/// `−10 %`; nothing where a line has no reduction.
#[must_use]
pub fn reduction(rule: &PricingRule, language: Language) -> Option<String> {
    match (rule.percent, language) {
        (0, _) => None,
        (percent, French) => Some(format!("−{percent}\u{a0}%")),
        (percent, English) => Some(format!("−{percent}%")),
    }
}

/// `1 234,50 €` with no-break spaces, `€1,234.50`; `−0,05 €`.
#[must_use]
pub fn amount(amount: Cents, language: Language) -> String {
    let cents = amount.0.unsigned_abs();
    let sign = if amount.0 < 0 { "−" } else { "" };
    let euros = super::words::thousands(cents / 100, language);
    match language {
        French => format!("{sign}{euros},{:02}\u{a0}€", cents % 100),
        English => format!("{sign}€{euros}.{:02}", cents % 100),
    }
}

/// Where an invoice stands, in a word or three.
#[must_use]
pub fn state(balance: &BalanceView, language: Language) -> &'static str {
    let (french, english) = match balance.state {
        InvoiceState::Issued | InvoiceState::PartlyCredited if balance.late => {
            ("En retard", "Overdue")
        }
        InvoiceState::Issued => ("À payer", "To be paid"),
        InvoiceState::PartlyCredited => ("À payer, avoir déduit", "To be paid, less a credit"),
        InvoiceState::Paid => ("Payée", "Paid"),
        InvoiceState::Credited => ("Soldée par avoir", "Settled by credit"),
    };
    match language {
        French => french,
        English => english,
    }
}

/// A set-off's line, on the invoice that it pays part of or on its credit note.
#[must_use]
pub fn set_off(on: DocumentKind, set_off: &SetOffView, language: Language) -> String {
    let SetOffView { credit_note, invoice, .. } = set_off;
    match (on, language) {
        (DocumentKind::Invoice, French) => format!("Avoir {credit_note} déduit"),
        (DocumentKind::Invoice, English) => format!("Less credit note {credit_note}"),
        (DocumentKind::CreditNote, French) => format!("Déduit de la facture {invoice}"),
        (DocumentKind::CreditNote, English) => format!("Set off against invoice {invoice}"),
    }
}

/// What becomes of a credit note that is not used up.
#[must_use]
pub fn credit_use(language: Language) -> &'static str {
    match language {
        French => {
            "Ce qui reste de cet avoir est déduit de votre prochaine facture. Vous n'avez rien à \
             faire."
        }
        English => {
            "What is left of this credit note is taken off your next invoice. There is nothing \
             for you to do."
        }
    }
}

/// What has become of a credit note that is used up.
#[must_use]
pub fn used_up(language: Language) -> &'static str {
    match language {
        French => "Cet avoir est entièrement utilisé. Vous n'avez rien à faire.",
        English => "This credit note is used up. There is nothing for you to do.",
    }
}

/// How to pay by cheque (manual, 5.2.2).
#[must_use]
pub fn by_cheque(
    office: &RevenueOffice,
    number: DocumentNumber,
    due: Cents,
    language: Language,
) -> String {
    let (order, due) = (&office.payable_to, amount(due, language));
    match language {
        French => format!(
            "Par chèque de {due} exactement, à l'ordre de\u{a0}: {order}. Notez {number} au dos et \
             remettez-le au guichet périscolaire."
        ),
        English => format!(
            "By cheque of exactly {due}, payable to {order}. Write {number} on the back and hand \
             it in at the guichet périscolaire."
        ),
    }
}

/// What the law and good manners want at the foot of a document, a paragraph each: VAT; what happens
/// after the last day to pay; whom to ask; the way of appeal.
#[must_use]
pub fn mentions(kind: DocumentKind, office: &RevenueOffice, language: Language) -> Vec<String> {
    let RevenueOffice { email, phone, treasury, court, .. } = office;
    let mut mentions = Vec::new();
    match language {
        French => {
            mentions.push(
                "TVA non applicable, article 256\u{a0}B du code général des impôts.".to_owned(),
            );
            if kind == DocumentKind::Invoice {
                mentions.push(format!(
                    "Passé le délai, la facture est confiée pour recouvrement au comptable \
                     public\u{a0}: {treasury}."
                ));
            }
            mentions.push(format!(
                "Une question, un désaccord\u{a0}? Le guichet vous répond\u{a0}: {email}, {phone}."
            ));
            mentions.push(format!(
                "Recours possible dans les deux mois qui suivent la réception, devant le {court}."
            ));
        }
        English => {
            mentions
                .push("VAT does not apply (article 256\u{a0}B of the French tax code).".to_owned());
            if kind == DocumentKind::Invoice {
                mentions.push(format!(
                    "After the last day to pay, the invoice is handed over for collection to the \
                     public accountant: {treasury}."
                ));
            }
            mentions.push(format!(
                "A question, a disagreement? The guichet answers: {email}, {phone}."
            ));
            mentions.push(format!(
                "An appeal can be lodged within two months of receipt with the {court}."
            ));
        }
    }
    mentions
}

/// `21400000000000` as it is printed: `214 000 000 00000`, with no-break spaces.
#[must_use]
pub fn siret(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if matches!(at, 3 | 6 | 9) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}
