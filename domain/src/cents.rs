//! Money: whole cents, never a float.

use serde::{Deserialize, Serialize};

/// An amount in euro cents. Negative for what is owed to the family.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` beyond ± 92 million billion euros.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` beyond ± 92 million billion euros.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum of all, or `None` when it does not fit.
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `count` times the amount, or `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(self, count: i64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    /// What is left after a reduction of `percent` (0 to 100), rounded half up to the cent.
    /// Product rule: sibling reductions are worked out per unit, then multiplied.
    #[must_use]
    pub fn reduced_by(self, percent: u8) -> Self {
        let kept = i128::from(100 - i64::from(percent.min(100)));
        let hundredths = i128::from(self.0) * kept;
        let rounded = (hundredths + 50).div_euclid(100);
        // The result lies between zero and the amount itself.
        Self(i64::try_from(rounded).unwrap_or(self.0))
    }
}

/// `12,30 €`, with a no-break space before the sign, as French invoices write it.
impl std::fmt::Display for Cents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{},{:02}\u{a0}€", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_read_as_on_an_invoice() {
        assert_eq!(Cents(1230).to_string(), "12,30\u{a0}€");
        assert_eq!(Cents(-5).to_string(), "-0,05\u{a0}€");
    }

    #[test]
    fn a_reduction_rounds_half_up() {
        assert_eq!(Cents(125).reduced_by(10), Cents(113)); // 112.5
        assert_eq!(Cents(333).reduced_by(0), Cents(333));
        assert_eq!(Cents(333).reduced_by(100), Cents::ZERO);
        assert_eq!(Cents(333).reduced_by(255), Cents::ZERO);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_none() {
        assert_eq!(Cents::checked_sum([]), Some(Cents::ZERO));
        assert_eq!(Cents::checked_sum([Cents(120), Cents(-20)]), Some(Cents(100)));
        assert_eq!(Cents::checked_sum([Cents(i64::MAX), Cents(1)]), None);
        assert_eq!(Cents(i64::MIN).checked_sub(Cents(1)), None);
    }

    proptest! {
        #[test]
        fn a_reduction_stays_between_zero_and_the_amount(amount in 0..i64::MAX / 200, percent in 0..=100u8) {
            let left = Cents(amount).reduced_by(percent);
            prop_assert!(Cents::ZERO <= left && left <= Cents(amount));
        }
    }
}
