//! Who bills and who is billed, as an invoice names them.

use serde::{Deserialize, Serialize};

use crate::mistake::FieldMistake;

/// The commune's cash desk (*régie*) with what a public invoice must say of it: *Code général des
/// collectivités territoriales*, art. D1617-23, and *Livre des procédures fiscales*, art. L281, for
/// the ways of appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevenueOffice {
    /// `Commune de Neuvecelle`.
    pub name: String,
    /// `Régie périscolaire`.
    pub desk: String,
    /// Street, then postcode and town.
    pub address: Vec<String>,
    /// 14 digits.
    pub siret: String,
    pub email: String,
    pub phone: String,
    /// To whose order cheques are made out: `Trésor Public`.
    pub payable_to: String,
    /// Who collects what is not paid in time: `Service de gestion comptable de Thonon-les-Bains`.
    pub treasury: String,
    /// To whom the family can appeal: `tribunal administratif de Grenoble`.
    pub court: String,
}

impl RevenueOffice {
    /// Characters in a field at most.
    pub const LONGEST: usize = 200;
    /// Lines of the address at most.
    pub const LINES: usize = 6;

    /// What is wrong with it, by the name of the field.
    #[must_use]
    pub fn mistakes(&self) -> Vec<(&'static str, FieldMistake)> {
        let fields = [
            ("/name", &self.name),
            ("/desk", &self.desk),
            ("/email", &self.email),
            ("/phone", &self.phone),
            ("/payable_to", &self.payable_to),
            ("/treasury", &self.treasury),
            ("/court", &self.court),
        ];
        let lines = self.address.iter().map(|line| ("/address", line));
        let mut mistakes: Vec<_> = fields
            .into_iter()
            .chain(lines)
            .filter_map(|(name, text)| {
                if text.trim().is_empty() {
                    Some((name, FieldMistake::Missing))
                } else if text.chars().count() > Self::LONGEST {
                    Some((name, FieldMistake::TooLong(Self::LONGEST)))
                } else {
                    None
                }
            })
            .collect();
        if self.address.is_empty() {
            mistakes.push(("/address", FieldMistake::Missing));
        } else if self.address.len() > Self::LINES {
            mistakes.push(("/address", FieldMistake::TooMuch(6)));
        }
        if !is_siret(&self.siret) {
            mistakes.push(("/siret", FieldMistake::NoSiret));
        }
        mistakes
    }
}

/// 14 digits whose last is the check of Luhn's algorithm (INSEE's rule).
fn is_siret(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let weighed = digits.iter().rev().enumerate().map(|(at, digit)| {
            let twice = if at % 2 == 1 { digit * 2 } else { *digit };
            if twice > 9 { twice - 9 } else { twice }
        });
        digits.len() == 14 && weighed.sum::<u32>() % 10 == 0
    })
}

/// The adult to whom a family's invoices are made out: its billing address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payer {
    /// `Mme Camille Delorme`.
    pub name: String,
    /// Street, then postcode and town; lines that are not known are left out.
    pub address: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> RevenueOffice {
        RevenueOffice {
            name: "Commune de Neuvecelle".into(),
            desk: "Régie périscolaire".into(),
            address: vec!["12, place du Préau".into()],
            siret: "21400000000007".into(),
            email: "periscolaire@neuvecelle.example".into(),
            phone: "04 65 71 20 15".into(),
            payable_to: "Trésor Public".into(),
            treasury: "Service de gestion comptable".into(),
            court: "tribunal administratif".into(),
        }
    }

    #[test]
    fn a_siret_has_its_check_digit() {
        assert!(is_siret("73282932000074"));
        for wrong in ["73282932000075", "7328293200007", "732 829 320 00074", "", "٧3282932000074"]
        {
            assert!(!is_siret(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_field_is_needed() {
        assert_eq!(office().mistakes(), []);
        let wrong = RevenueOffice {
            desk: " ".into(),
            court: "x".repeat(201),
            address: vec![],
            siret: "1".into(),
            ..office()
        };
        assert_eq!(
            wrong.mistakes(),
            [
                ("/desk", FieldMistake::Missing),
                ("/court", FieldMistake::TooLong(200)),
                ("/address", FieldMistake::Missing),
                ("/siret", FieldMistake::NoSiret),
            ]
        );
    }
}
