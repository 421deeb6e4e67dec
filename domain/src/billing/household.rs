//! Who is billed: a family's children, its quotients, where it lives.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::BillingError;
use crate::ids::ChildId;

/// What a family's prices follow from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Household {
    /// All children of the dossier, those who have left among them.
    pub children: Vec<BilledChild>,
    pub quotients: Vec<FamilyQuotient>,
    /// Where it has lived; nothing says in the commune.
    pub residences: Vec<Residence>,
}

/// A child, as far as its rank needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BilledChild {
    pub id: ChildId,
    pub birth_date: Option<NaiveDate>,
}

/// From a day on, until the next one, a family lives in the commune or outside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Residence {
    pub from: NaiveDate,
    pub outside: bool,
}

/// A family's *quotient familial* (QF): the income-based figure that picks its bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyQuotient {
    /// Whole euros.
    pub value: u32,
    /// First and last day on which it holds.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub source: QuotientSource,
}

/// Who says a quotient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuotientSource {
    /// A certificate of the *Caisse d'allocations familiales*.
    Caf,
    /// A certificate of the *Mutualité sociale agricole*.
    Msa,
    /// Worked out from a tax notice (*avis d'imposition*).
    TaxNotice,
}

impl QuotientSource {
    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Caf => "caf",
            Self::Msa => "msa",
            Self::TaxNotice => "tax_notice",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Caf, Self::Msa, Self::TaxNotice].into_iter().find(|source| source.as_str() == text)
    }
}

/// Which quotient holds on a day, or why none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuotientBasis {
    Known(FamilyQuotient),
    /// The family has none for that day or before.
    Missing,
    /// Its last one held until then.
    Outdated {
        until: NaiveDate,
    },
}

impl Household {
    /// The quotient of a day: of those that hold, the one that began last.
    #[must_use]
    pub fn quotient_on(&self, day: NaiveDate) -> QuotientBasis {
        let begun = || self.quotients.iter().filter(|quotient| quotient.from <= day);
        let holds = begun().filter(|quotient| day <= quotient.until);
        match holds.max_by_key(|quotient| (quotient.from, **quotient)) {
            Some(quotient) => QuotientBasis::Known(*quotient),
            None => begun()
                .map(|quotient| quotient.until)
                .max()
                .map_or(QuotientBasis::Missing, |until| QuotientBasis::Outdated { until }),
        }
    }

    /// Whether it lives outside of the commune on a day.
    #[must_use]
    pub fn is_outside(&self, day: NaiveDate) -> bool {
        self.residences
            .iter()
            .filter(|residence| residence.from <= day)
            .max()
            .is_some_and(|residence| residence.outside)
    }

    /// A child's rank among the family's subscribed children, 1 for the eldest; `None` when it is
    /// not subscribed itself. A child whose birth date is missing comes last, so that it moves
    /// nobody else; twins are told apart by their id.
    pub fn rank(
        &self,
        child: ChildId,
        subscribed: impl Fn(ChildId) -> bool,
    ) -> Result<Option<u32>, BillingError> {
        let age = |child: &BilledChild| (child.birth_date.is_none(), child.birth_date, child.id);
        let known = self.children.iter().find(|other| other.id == child);
        let own = age(known.ok_or(BillingError::UnknownChild { child })?);
        if !subscribed(child) {
            return Ok(None);
        }
        let before = self.children.iter().filter(|other| age(other) < own && subscribed(other.id));
        Ok(u32::try_from(before.count()).ok().and_then(|before| before.checked_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::date;

    fn child(number: u128) -> ChildId {
        ChildId(uuid::Uuid::from_u128(number))
    }

    fn family(children: &[(u128, Option<&str>)]) -> Household {
        let children = children
            .iter()
            .map(|(id, born)| BilledChild { id: child(*id), birth_date: born.map(date) })
            .collect();
        Household { children, ..Household::default() }
    }

    fn quotient(value: u32, from: &str, until: &str) -> FamilyQuotient {
        let (from, until) = (date(from), date(until));
        FamilyQuotient { value, from, until, source: QuotientSource::Caf }
    }

    #[test]
    fn the_eldest_is_first_and_who_is_not_subscribed_does_not_count() {
        let family = family(&[
            (1, Some("2011-03-01")),
            (2, None),
            (3, Some("2007-05-12")),
            (4, Some("2009-01-30")),
        ]);
        let ranks = |but: u128| {
            [3, 4, 1, 2].map(|id| family.rank(child(id), |other| other != child(but)).unwrap())
        };
        assert_eq!(ranks(0), [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(ranks(3), [None, Some(1), Some(2), Some(3)]);
        assert_eq!(
            family.rank(child(9), |_| true),
            Err(BillingError::UnknownChild { child: child(9) })
        );
    }

    #[test]
    fn twins_have_two_ranks_whatever_their_order() {
        let born = Some("2011-03-01");
        for order in [[(1, born), (2, born)], [(2, born), (1, born)]] {
            let family = family(&order);
            assert_eq!(family.rank(child(1), |_| true), Ok(Some(1)));
            assert_eq!(family.rank(child(2), |_| true), Ok(Some(2)));
        }
    }

    #[test]
    fn the_quotient_that_began_last_holds() {
        let (old, new) =
            (quotient(1120, "2017-09-01", "2018-08-31"), quotient(640, "2018-01-01", "2018-01-31"));
        for quotients in [vec![old, new], vec![new, old]] {
            let family = Household { quotients, ..Household::default() };
            let on = |day| family.quotient_on(date(day));
            assert_eq!(on("2017-08-31"), QuotientBasis::Missing);
            assert_eq!(on("2017-09-01"), QuotientBasis::Known(old));
            assert_eq!(on("2018-01-01"), QuotientBasis::Known(new));
            assert_eq!(on("2018-01-31"), QuotientBasis::Known(new));
            assert_eq!(on("2018-02-01"), QuotientBasis::Known(old));
            let until = date("2018-08-31");
            assert_eq!(on("2018-09-01"), QuotientBasis::Outdated { until });
        }
    }

    #[test]
    fn a_family_that_moves_is_outside_from_that_day_on() {
        let moved = |day, outside| Residence { from: date(day), outside };
        let residences = vec![moved("2018-03-01", false), moved("2017-10-16", true)];
        let family = Household { residences, ..Household::default() };
        let outside = ["2017-10-15", "2017-10-16", "2018-02-28", "2018-03-01"]
            .map(|day| family.is_outside(date(day)));
        assert_eq!(outside, [false, true, true, false]);
    }
}
