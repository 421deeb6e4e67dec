//! Invoices and credit notes that are issued and never change, and what corrects them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BillingError, Charge, DocumentNumber, InvoiceLine, Period, charge::Key, lines, total};
use crate::cents::Cents;

/// An invoice (*facture*). There are no drafts: what is not issued is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invoice {
    pub number: DocumentNumber,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub lines: Vec<InvoiceLine>,
}

impl Invoice {
    /// The sum of its lines.
    pub fn total(&self) -> Result<Cents, BillingError> {
        total(&self.lines)
    }
}

/// A credit note (*avoir*): takes back some of what one invoice billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditNote {
    pub number: DocumentNumber,
    pub invoice: DocumentNumber,
    pub issued_on: NaiveDate,
    /// At the prices of the invoice's lines.
    pub lines: Vec<InvoiceLine>,
}

impl CreditNote {
    /// The sum of its lines: what it is worth to the family.
    pub fn total(&self) -> Result<Cents, BillingError> {
        total(&self.lines)
    }
}

/// All invoices and credit notes of a family, or at least those that touch the period asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Issued<'a> {
    pub invoices: &'a [Invoice],
    pub credit_notes: &'a [CreditNote],
}

/// A charge that is billed and not credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub invoice: DocumentNumber,
    pub charge: Charge,
}

impl Issued<'_> {
    /// What stands billed for a period, by invoice.
    pub fn standing(&self, period: Period) -> Result<Vec<Standing>, BillingError> {
        self.standing_where(|charge| period.covers(charge.occasion))
    }

    /// Something that stands billed twice, if there is any: for the check of a database.
    pub fn billed_twice(&self) -> Result<Option<Standing>, BillingError> {
        let mut seen = BTreeSet::new();
        let standing = self.standing_where(|_| true)?;
        Ok(standing.into_iter().find(|billed| !seen.insert(billed.charge.key())))
    }

    fn standing_where(
        &self,
        wanted: impl Fn(&Charge) -> bool,
    ) -> Result<Vec<Standing>, BillingError> {
        let of = |invoice, lines: &[InvoiceLine]| -> Vec<_> {
            let charges = lines.iter().flat_map(InvoiceLine::charges).filter(&wanted);
            charges.map(|charge| Standing { invoice, charge }).collect()
        };
        let billed = self.invoices.iter();
        let mut standing: Vec<_> =
            billed.flat_map(|invoice| of(invoice.number, &invoice.lines)).collect();
        for note in self.credit_notes {
            for credited in of(note.invoice, &note.lines) {
                let at = standing
                    .iter()
                    .position(|billed| *billed == credited)
                    .ok_or(BillingError::CreditWithoutLine { credit_note: note.number })?;
                standing.swap_remove(at);
            }
        }
        standing.sort();
        Ok(standing)
    }
}

/// What puts a period right; empty when it is right already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// The lines of one more invoice.
    pub bill: Vec<InvoiceLine>,
    /// The lines of a credit note for each invoice, by its number.
    pub credit: BTreeMap<DocumentNumber, Vec<InvoiceLine>>,
}

impl Correction {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bill.is_empty() && self.credit.is_empty()
    }
}

/// Compares what stands billed for a period with what is to be billed for it: what is missing is
/// billed, what is not wanted any more is credited, and what has another item or unit price is
/// credited and billed again (product rule, “Invoices”: “credited and billed again, never
/// changed”).
///
/// A price that has stayed the same by another rule is not wrong: a quotient that changes within
/// its bracket makes no paper. `wanted` has each child's occasion once, as [`super::term_charges`]
/// and [`super::canteen_charges`] give it; charges of other periods are left aside.
pub fn corrections(
    period: Period,
    issued: Issued<'_>,
    wanted: &[Charge],
) -> Result<Correction, BillingError> {
    let of_period = wanted.iter().filter(|charge| period.covers(charge.occasion));
    let mut missing: BTreeMap<Key, Charge> =
        of_period.map(|charge| (charge.key(), *charge)).collect();
    let mut wrong: BTreeMap<DocumentNumber, Vec<Charge>> = BTreeMap::new();
    for Standing { invoice, charge } in issued.standing(period)? {
        let right = missing.get(&charge.key()).is_some_and(|wanted| {
            wanted.item == charge.item && wanted.price.unit == charge.price.unit
        });
        if right {
            missing.remove(&charge.key());
        } else {
            wrong.entry(invoice).or_default().push(charge);
        }
    }
    let missing: Vec<_> = missing.into_values().collect();
    Ok(Correction {
        bill: lines(&missing),
        credit: wrong.into_iter().map(|(invoice, charges)| (invoice, lines(&charges))).collect(),
    })
}
