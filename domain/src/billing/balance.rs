//! What is paid, what is credited and what is left, of an invoice and of a credit note.
//!
//! The entries (receipts, contra entries, set-offs, refunds) are kept and never changed; these
//! figures are worked out from their sums, so their order does not matter.

use serde::{Deserialize, Serialize};

use super::DocumentNumber;
use crate::cents::Cents;

/// Sums that can't be: a bug or a broken database, and nothing to go on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbalanced {
    #[error("a total, a sum of receipts or a sum of credits is negative")]
    Negative,
    #[error("more is credited, or used, than there is")]
    TooMuch,
}

/// What has become of an invoice's total: `paid + credited + due = total`, none of them negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    total: Cents,
    paid: Cents,
    credited: Cents,
    overpaid: Cents,
}

/// Where an invoice stands. There is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// To be paid.
    Issued,
    /// To be paid, less what credits have taken off.
    PartlyCredited,
    /// Nothing is left to pay, and money was paid for it (or it cost nothing).
    Paid,
    /// Nothing is left to pay, by credits alone.
    Credited,
}

impl Balance {
    /// An invoice's balance. `received`: its receipts, less contra entries and refunds.
    /// `credited`: what of credit notes was set off against it.
    pub fn of(total: Cents, received: Cents, credited: Cents) -> Result<Self, Unbalanced> {
        if total.min(received).min(credited) < Cents::ZERO {
            return Err(Unbalanced::Negative);
        }
        let after_credits = take(total, credited)?;
        let paid = received.min(after_credits);
        Ok(Self { total, paid, credited, overpaid: take(received, paid)? })
    }

    /// What is left to pay.
    #[must_use]
    pub fn due(self) -> Cents {
        // The invariant bounds it: it fits.
        Cents(self.total.0 - self.credited.0 - self.paid.0)
    }

    /// The invoice's total.
    #[must_use]
    pub fn total(self) -> Cents {
        self.total
    }

    /// What of the money was needed.
    #[must_use]
    pub fn paid(self) -> Cents {
        self.paid
    }

    /// What credits have taken off.
    #[must_use]
    pub fn credited(self) -> Cents {
        self.credited
    }

    /// Money beyond it: kept, and to be refunded (product rule, “Payments”).
    #[must_use]
    pub fn overpaid(self) -> Cents {
        self.overpaid
    }

    /// Where it stands.
    #[must_use]
    pub fn state(self) -> InvoiceState {
        match (self.due() > Cents::ZERO, self.credited > Cents::ZERO) {
            (true, false) => InvoiceState::Issued,
            (true, true) => InvoiceState::PartlyCredited,
            (false, true) if self.paid == Cents::ZERO => InvoiceState::Credited,
            (false, _) => InvoiceState::Paid,
        }
    }
}

/// What is left of a credit note once some of it was set off against invoices and some refunded:
/// it stands to the family's credit, for the next invoice. `set off + refunded + left = total`,
/// none of them negative.
pub fn credit_left(total: Cents, set_off: Cents, refunded: Cents) -> Result<Cents, Unbalanced> {
    if total.min(set_off).min(refunded) < Cents::ZERO {
        return Err(Unbalanced::Negative);
    }
    take(take(total, set_off)?, refunded)
}

/// Part of a credit note that pays part of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetOff {
    pub credit_note: DocumentNumber,
    /// More than nothing.
    pub amount: Cents,
}

/// What of these credit notes, each with what is left of it, is set off against an amount due: the
/// oldest first, never more than is due.
///
/// A credit note is set off against the invoice that it corrects as soon as it is issued; what is
/// left of it, against the family's next invoice, when that is issued. Other invoices that are open
/// keep the amount that the family was told.
#[must_use]
pub fn set_off(
    credits: impl IntoIterator<Item = (DocumentNumber, Cents)>,
    due: Cents,
) -> Vec<SetOff> {
    let mut credits: Vec<_> = credits.into_iter().collect();
    credits.sort();
    let mut open = due;
    let mut set_offs = Vec::new();
    for (credit_note, left) in credits {
        let amount = left.min(open);
        if let (true, Ok(rest)) = (amount > Cents::ZERO, take(open, amount)) {
            set_offs.push(SetOff { credit_note, amount });
            open = rest;
        }
    }
    set_offs
}

/// [`set_off`] against an invoice that is due anew, as its cheque was taken back: its own credit notes
/// first, then others.
#[must_use]
pub fn set_off_anew(
    credits: impl IntoIterator<Item = (DocumentNumber, Cents)>,
    own: &[DocumentNumber],
    due: Cents,
) -> Vec<SetOff> {
    let (first, others): (Vec<_>, Vec<_>) =
        credits.into_iter().partition(|(note, _)| own.contains(note));
    let mut set_offs = set_off(first, due);
    let spent = Cents::checked_sum(set_offs.iter().map(|set_off| set_off.amount));
    let open = spent.and_then(|spent| take(due, spent).ok()).unwrap_or(Cents::ZERO);
    set_offs.extend(set_off(others, open));
    set_offs
}

fn take(from: Cents, amount: Cents) -> Result<Cents, Unbalanced> {
    from.checked_sub(amount).filter(|left| *left >= Cents::ZERO).ok_or(Unbalanced::TooMuch)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::billing::Series;

    fn balance(total: i64, received: i64, credited: i64) -> Result<Balance, Unbalanced> {
        Balance::of(Cents(total), Cents(received), Cents(credited))
    }

    fn note(counter: u32) -> DocumentNumber {
        DocumentNumber::new(Series::CreditNote, 2017, counter).unwrap()
    }

    #[test]
    fn where_an_invoice_stands() {
        for (total, received, credited, due, overpaid, state) in [
            (7236, 0, 0, 7236, 0, InvoiceState::Issued),
            (7236, 0, 486, 6750, 0, InvoiceState::PartlyCredited),
            (7236, 6750, 486, 0, 0, InvoiceState::Paid),
            (7236, 7236, 0, 0, 0, InvoiceState::Paid),
            (7236, 0, 7236, 0, 0, InvoiceState::Credited),
            // Paid twice; paid while a credit was written.
            (7236, 14472, 0, 0, 7236, InvoiceState::Paid),
            (7236, 7236, 486, 0, 486, InvoiceState::Paid),
            // Reduced by 100 %.
            (0, 0, 0, 0, 0, InvoiceState::Paid),
            // Less than the exact amount is kept, and stays to be paid.
            (7236, 7000, 0, 236, 0, InvoiceState::Issued),
        ] {
            let balance = balance(total, received, credited).unwrap();
            assert_eq!(balance.due(), Cents(due));
            assert_eq!(balance.overpaid(), Cents(overpaid));
            assert_eq!(balance.state(), state, "{balance:?}");
        }
    }

    #[test]
    fn sums_that_cannot_be_are_refused() {
        assert_eq!(balance(-1, 0, 0), Err(Unbalanced::Negative));
        assert_eq!(balance(100, -1, 0), Err(Unbalanced::Negative));
        assert_eq!(balance(100, 0, -1), Err(Unbalanced::Negative));
        assert_eq!(balance(100, 0, 101), Err(Unbalanced::TooMuch));
        let left = |total, off, back| credit_left(Cents(total), Cents(off), Cents(back));
        assert_eq!(left(6000, 4000, 2000), Ok(Cents::ZERO));
        assert_eq!(left(6000, 4000, 0), Ok(Cents(2000)));
        assert_eq!(left(6000, 4000, 2001), Err(Unbalanced::TooMuch));
        assert_eq!(left(6000, 4000, -1), Err(Unbalanced::Negative));
    }

    #[test]
    fn the_oldest_credit_goes_first() {
        let credits = [(note(3), Cents(500)), (note(1), Cents(1000)), (note(2), Cents::ZERO)];
        let set_offs = |due| -> Vec<_> {
            let found = set_off(credits, Cents(due)).into_iter();
            found.map(|found| (found.credit_note.counter(), found.amount.0)).collect()
        };
        assert_eq!(set_offs(1200), [(1, 1000), (3, 200)]);
        assert_eq!(set_offs(1000), [(1, 1000)]);
        assert_eq!(set_offs(9000), [(1, 1000), (3, 500)]);
        assert!(set_offs(0).is_empty());
    }

    #[test]
    fn an_invoice_that_is_due_anew_is_paid_by_its_own_credits_first() {
        let credits = [(note(1), Cents(1000)), (note(3), Cents(500)), (note(2), Cents(100))];
        let set_offs = |due| -> Vec<_> {
            let found = set_off_anew(credits, &[note(3), note(9)], Cents(due)).into_iter();
            found.map(|found| (found.credit_note.counter(), found.amount.0)).collect()
        };
        assert_eq!(set_offs(400), [(3, 400)]);
        assert_eq!(set_offs(1550), [(3, 500), (1, 1000), (2, 50)]);
        assert_eq!(set_offs(9000), [(3, 500), (1, 1000), (2, 100)]);
        assert!(set_offs(0).is_empty());
    }

    proptest! {
        #[test]
        fn paid_and_credited_and_due_are_the_total(
            total in 0..10_000_000i64,
            received in 0..20_000_000i64,
            share in 0..=100i64,
        ) {
            let balance = balance(total, received, total * share / 100).unwrap();
            let parts = [balance.paid(), balance.credited(), balance.due()];
            prop_assert!(parts.iter().all(|part| *part >= Cents::ZERO));
            prop_assert_eq!(Cents::checked_sum(parts), Some(Cents(total)));
            let money = balance.paid().checked_add(balance.overpaid());
            prop_assert_eq!(money, Some(Cents(received)), "no money is lost");
            prop_assert!(balance.overpaid() == Cents::ZERO || balance.due() == Cents::ZERO);
        }

        #[test]
        fn nothing_is_set_off_that_is_not_there(
            mut credits in proptest::collection::btree_map(1..50u32, 0..10_000i64, 0..8),
            dues in proptest::collection::vec(0..20_000i64, 0..8),
        ) {
            let before: i64 = credits.values().sum();
            let mut used = 0;
            for due in dues {
                let open: Vec<_> =
                    credits.iter().rev().map(|(n, left)| (note(*n), Cents(*left))).collect();
                let available: i64 = credits.values().sum();
                let set_offs = set_off(open, Cents(due));
                let sum: i64 = set_offs.iter().map(|set_off| set_off.amount.0).sum();
                prop_assert_eq!(sum, due.min(available));
                for SetOff { credit_note, amount } in set_offs {
                    prop_assert!(amount > Cents::ZERO);
                    let left = credits.get_mut(&credit_note.counter()).unwrap();
                    *left -= amount.0;
                    prop_assert!(*left >= 0);
                }
                used += sum;
            }
            prop_assert_eq!(used + credits.values().sum::<i64>(), before);
        }
    }
}
