//! Money that is handed in for an invoice.

use super::Balance;
use crate::cents::Cents;

/// Why a cheque is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChequeRefused {
    /// Nothing is left to pay.
    NothingDue,
    /// It is to be of exactly this amount.
    Exactly(Cents),
}

/// Whether a cheque of an amount is taken for an invoice: for what is due, to the cent (product rule,
/// “Payments”; manual, 5.3).
pub fn take_cheque(balance: Balance, amount: Cents) -> Result<(), ChequeRefused> {
    if balance.due() == Cents::ZERO {
        Err(ChequeRefused::NothingDue)
    } else if amount == balance.due() {
        Ok(())
    } else {
        Err(ChequeRefused::Exactly(balance.due()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cheque_is_of_what_is_due_to_the_cent() {
        let balance = |received, credited| {
            Balance::of(Cents(7236), Cents(received), Cents(credited)).unwrap()
        };
        assert_eq!(take_cheque(balance(0, 0), Cents(7236)), Ok(()));
        assert_eq!(take_cheque(balance(0, 236), Cents(7000)), Ok(()));
        for wrong in [7235, 7237, 0, -7236] {
            let refused = Err(ChequeRefused::Exactly(Cents(7236)));
            assert_eq!(take_cheque(balance(0, 0), Cents(wrong)), refused);
        }
        assert_eq!(take_cheque(balance(7236, 0), Cents(7236)), Err(ChequeRefused::NothingDue));
        assert_eq!(take_cheque(balance(0, 7236), Cents(0)), Err(ChequeRefused::NothingDue));
    }
}
