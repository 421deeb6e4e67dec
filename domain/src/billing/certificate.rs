//! The yearly certificate of what was paid for the care of young children.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{BilledChild, BillingError, CreditNote, Invoice, InvoiceLine};
use crate::cents::Cents;
use crate::ids::ChildId;

/// An invoice of which nothing is left to pay, and the day from which that was so.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'a> {
    pub invoice: &'a Invoice,
    pub settled_on: NaiveDate,
}

/// What was paid in a calendar year for the care of each child that was under six on 1 January of
/// that year, by child; those for whom nothing was paid are left out.
///
/// Source: tax credit for the care of young children, Code général des impôts, art. 200 quater B;
/// BOI-IR-RICI-300 (§ 30: under six on 1 January of the year of taxation; expenses borne in that
/// year; meals and extras apart). Assumed: TAP is care, for it is supervision outside of class on
/// the school's ground; the canteen is a meal and the bus transport, so neither is. Which year a sum
/// belongs to is told by the day on which its invoice was settled, as an invoice is paid once. A
/// credit note takes from the year in which it was issued, or in which its invoice was settled, if
/// that was later; one for an invoice that nobody has paid takes nothing. A child without a birth
/// date has no certificate.
pub fn care_paid(
    year: i32,
    children: &[BilledChild],
    settled: &[Settled<'_>],
    credit_notes: &[CreditNote],
) -> Result<BTreeMap<ChildId, Cents>, BillingError> {
    let mut paid: BTreeMap<ChildId, Cents> = children
        .iter()
        .filter(|child| child.birth_date.is_some_and(|born| is_under_six(born, year)))
        .map(|child| (child.id, Cents::ZERO))
        .collect();
    let mut count = |lines: &[InvoiceLine], add: bool| {
        for line in lines.iter().filter(|line| line.item.is_care()) {
            if let Some(sum) = paid.get_mut(&line.child) {
                let amount = line.amount()?;
                let new = if add { sum.checked_add(amount) } else { sum.checked_sub(amount) };
                *sum = new.ok_or(BillingError::Overflow)?;
            }
        }
        Ok(())
    };
    for Settled { invoice, settled_on } in settled {
        if settled_on.year() == year {
            count(&invoice.lines, true)?;
        }
        let credited = credit_notes.iter().filter(|note| note.invoice == invoice.number);
        for note in credited.filter(|note| note.issued_on.max(*settled_on).year() == year) {
            count(&note.lines, false)?;
        }
    }
    paid.retain(|_, sum| *sum > Cents::ZERO);
    Ok(paid)
}

/// Whether a child born on that day is under six on 1 January of a year: on its birthday it is six.
fn is_under_six(born: NaiveDate, year: i32) -> bool {
    let sixth_before = year.checked_sub(6).and_then(|then| NaiveDate::from_ymd_opt(then, 1, 1));
    sixth_before.is_some_and(|latest| born > latest)
}

/// The name of a certificate's file, which any system takes: `attestation-fiscale-2017-tom-delorme.pdf`.
#[must_use]
pub fn care_file_name(year: i32, child: &str) -> String {
    // By hand: Unicode's tables would weigh on the browser.
    let plain: String = child
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => "a".to_owned(),
            'è' | 'é' | 'ê' | 'ë' => "e".to_owned(),
            'ì' | 'í' | 'î' | 'ï' => "i".to_owned(),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' => "o".to_owned(),
            'ù' | 'ú' | 'û' | 'ü' => "u".to_owned(),
            'ý' | 'ÿ' => "y".to_owned(),
            'ç' => "c".to_owned(),
            'ñ' => "n".to_owned(),
            'œ' => "oe".to_owned(),
            'æ' => "ae".to_owned(),
            'ß' => "ss".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    let dash = if words.is_empty() { "" } else { "-" };
    format!("attestation-fiscale-{year}{dash}{words}.pdf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::tests::{child, credit_note, invoice, term_line};
    use crate::billing::{Item, Taken};
    use crate::testing::date;

    #[test]
    fn a_file_s_name_is_plain() {
        let name = |child| care_file_name(2017, child);
        assert_eq!(name("Tom DELORME"), "attestation-fiscale-2017-tom-delorme.pdf");
        let accents = "attestation-fiscale-2017-maelle-loeb-d-arc.pdf";
        assert_eq!(name("Maëlle Lœb-d’ARC"), accents);
        assert_eq!(name("Зоя"), "attestation-fiscale-2017.pdf");
    }

    #[test]
    fn six_on_1_january_is_six() {
        for (born, under) in [
            ("2011-12-31", false),
            ("2012-01-01", false),
            ("2012-01-02", true),
            ("2018-05-01", true),
        ] {
            assert_eq!(is_under_six(date(born), 2018), under, "{born}");
        }
    }

    fn children() -> [BilledChild; 3] {
        let born = |number, day: Option<&str>| BilledChild {
            id: child(number),
            birth_date: day.map(date),
        };
        [born(1, Some("2009-05-01")), born(2, Some("2013-05-01")), born(3, None)]
    }

    #[test]
    fn tap_of_young_children_that_was_paid_in_the_year() {
        let term = |number, item| term_line(number, item, 2700);
        let mut meal = term(2, Item::Meal);
        meal.taken = Taken::Days([date("2018-01-08")].into());
        let lines = vec![
            term(1, Item::OneTap),
            term(2, Item::OneTap),
            term(2, Item::OneRoundTrip),
            term(3, Item::OneTap),
            meal,
        ];
        let (one, two) = (invoice(1, "2017-12-20", lines.clone()), invoice(2, "2018-03-01", lines));
        let settled = [
            Settled { invoice: &one, settled_on: date("2018-01-02") },
            Settled { invoice: &two, settled_on: date("2018-03-05") },
        ];
        let paid = |year| care_paid(year, &children(), &settled, &[]).unwrap();
        // Two times 27.00 for child 2.
        assert_eq!(paid(2018), BTreeMap::from([(child(2), Cents(5400))]));
        assert!(paid(2017).is_empty() && paid(2019).is_empty());
    }

    #[test]
    fn a_credit_takes_from_the_year_in_which_it_was_money() {
        let invoice = invoice(
            1,
            "2017-12-10",
            vec![term_line(2, Item::OneTap, 2700), term_line(4, Item::TwoTaps, 4800)],
        );
        let both = [(2, "2013-05-01"), (4, "2014-05-01")]
            .map(|(number, born)| BilledChild { id: child(number), birth_date: Some(date(born)) });
        let note = |day: &str| [credit_note(1, 1, day, vec![term_line(2, Item::OneTap, 2700)])];
        let paid = |year, settled_on: &str, credited: &str| {
            let settled = [Settled { invoice: &invoice, settled_on: date(settled_on) }];
            let paid = care_paid(year, &both, &settled, &note(credited)).unwrap();
            [2, 4].map(|number| paid.get(&child(number)).map_or(0, |sum| sum.0))
        };
        // Credited before it was paid: only 48.00 was ever paid, in 2018.
        assert_eq!(paid(2017, "2018-01-03", "2017-12-20"), [0, 0]);
        assert_eq!(paid(2018, "2018-01-03", "2017-12-20"), [0, 4800]);
        // Paid in 2017, given back in 2018.
        assert_eq!(paid(2017, "2017-12-15", "2018-01-10"), [2700, 4800]);
        assert_eq!(paid(2018, "2017-12-15", "2018-01-10"), [0, 0]);
        // Never settled.
        assert!(care_paid(2018, &both, &[], &note("2018-01-10")).unwrap().is_empty());
    }
}
