//! The rule of a price and what is odd about a month, in words.

use super::{
    Anomaly, BillingError, Bracket, PricingRule, QuotientBasis, QuotientSource, Rate, TariffFault,
};
use crate::dates;
use crate::problem::Language::{self, English, French};

impl PricingRule {
    /// As under an invoice's line: `Quotient familial 1 120 (CAF) · tranche 4 (1 001 à 1 400) ·
    /// 2e enfant, −10 % · tarif du 1er septembre 2017`.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let mut parts = Vec::new();
        match self.rate {
            Rate::Outside => parts.push(
                match language {
                    French => "Famille hors commune",
                    English => "Family from outside of the commune",
                }
                .to_owned(),
            ),
            Rate::Bracket { bracket, quotient } => {
                parts.push(quotient.words(language));
                parts.push(bracket.words(language));
            }
        }
        if let Some(rank) = self.rank {
            let child = child_of_rank(rank, language);
            let reduction = match (self.percent, language) {
                (0, _) => String::new(),
                (percent, French) => format!(", −{percent}\u{a0}%"),
                (percent, English) => format!(", −{percent}%"),
            };
            parts.push(format!("{child}{reduction}"));
        }
        let since = dates::full(self.tariff_from, language);
        parts.push(match language {
            French => format!("tarif du {since}"),
            English => format!("tariff of {since}"),
        });
        parts.join(" · ")
    }
}

impl QuotientBasis {
    fn words(self, language: Language) -> String {
        match self {
            Self::Known(quotient) => {
                let value = thousands(quotient.value, language);
                let source = quotient.source.words(language);
                match language {
                    French => format!("Quotient familial {value} ({source})"),
                    English => format!("Family quotient {value} ({source})"),
                }
            }
            Self::Missing => match language {
                French => "Sans quotient familial\u{a0}: tranche la plus haute".to_owned(),
                English => "No family quotient: highest bracket".to_owned(),
            },
            Self::Outdated { until } => {
                let until = dates::full(until, language);
                match language {
                    French => format!(
                        "Quotient familial valable jusqu'au {until}\u{a0}: tranche la plus haute"
                    ),
                    English => format!("Family quotient valid until {until}: highest bracket"),
                }
            }
        }
    }
}

impl QuotientSource {
    /// As on the screen.
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Caf, _) => "CAF",
            (Self::Msa, _) => "MSA",
            (Self::TaxNotice, French) => "avis d'imposition",
            (Self::TaxNotice, English) => "tax notice",
        }
    }
}

impl Bracket {
    /// `tranche 4 (1 001 à 1 400)`.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        let Self { number, from, to } = self;
        let (from, to) =
            (thousands(from, language), to.map(|quotient| thousands(quotient, language)));
        match (to, language) {
            (Some(to), French) => format!("tranche {number} ({from} à {to})"),
            (Some(to), English) => format!("bracket {number} ({from} to {to})"),
            (None, French) => format!("tranche {number} (à partir de {from})"),
            (None, English) => format!("bracket {number} (from {from})"),
        }
    }
}

impl Anomaly {
    /// What the guichet should look at; whose child it is about stands beside it.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        let full = |date| dates::full(date, language);
        match (self, language) {
            (Self::BirthDateMissing { .. }, French) => {
                "Date de naissance inconnue\u{a0}: compté comme dernier de la fratrie.".to_owned()
            }
            (Self::BirthDateMissing { .. }, English) => {
                "Birth date unknown: counted as the youngest.".to_owned()
            }
            (Self::QuotientMissing, French) => {
                "Sans quotient familial\u{a0}: facturé dans la tranche la plus haute.".to_owned()
            }
            (Self::QuotientMissing, English) => {
                "No family quotient: billed in the highest bracket.".to_owned()
            }
            (Self::QuotientOutdated { until }, French) => format!(
                "Quotient familial valable jusqu'au {}\u{a0}: facturé dans la tranche la plus haute.",
                full(until)
            ),
            (Self::QuotientOutdated { until }, English) => format!(
                "Family quotient valid until {}: billed in the highest bracket.",
                full(until)
            ),
            (Self::UnexpectedPresence { date, .. }, French) => {
                format!("Présent sans inscription le {}\u{a0}: repas facturé.", full(date))
            }
            (Self::UnexpectedPresence { date, .. }, English) => {
                format!("Present without an inscription on {}: meal billed.", full(date))
            }
            (Self::NotSubscribed { date, .. }, French) => {
                format!("Pas d'abonnement cantine le {}\u{a0}: facturé sans réduction.", full(date))
            }
            (Self::NotSubscribed { date, .. }, English) => {
                format!("No canteen subscription on {}: billed without a reduction.", full(date))
            }
            (Self::PresentOnClosedDay { date, .. }, French) => {
                format!("Pointé présent le {}, jour fermé\u{a0}: rien n'est facturé.", full(date))
            }
            (Self::PresentOnClosedDay { date, .. }, English) => {
                format!("Ticked as present on {}, a closed day: nothing is billed.", full(date))
            }
        }
    }
}

impl BillingError {
    /// Why a family can't be billed, for the guichet.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        let full = |date| dates::full(date, language);
        match (self, language) {
            (Self::NoTariff { item, day }, French) => format!(
                "Aucun tarif pour «\u{a0}{}\u{a0}» le {}. Complétez les tarifs, puis recommencez.",
                item.words(language),
                full(day)
            ),
            (Self::NoTariff { item, day }, English) => format!(
                "No tariff for “{}” on {}. Complete the tariffs, then try again.",
                item.words(language),
                full(day)
            ),
            (Self::BadTariff { item, from }, French) => format!(
                "Le tarif du {} n'a pas de prix valable pour «\u{a0}{}\u{a0}». Corrigez-le.",
                full(from),
                item.words(language)
            ),
            (Self::BadTariff { item, from }, English) => format!(
                "The tariff of {} has no sound price for “{}”. Correct it.",
                full(from),
                item.words(language)
            ),
            (Self::NoPayer, French) => {
                "Ce dossier n'a pas de responsable à qui adresser la facture. \
                                        Ajoutez-en un, puis recommencez."
                    .to_owned()
            }
            (Self::NoPayer, English) => "This dossier has no guardian to whom an invoice could be \
                                         made out. Add one, then try again."
                .to_owned(),
            (Self::Unreadable, French) => {
                "Un papier de cette famille est illisible\u{a0}: elle n'est pas facturée. \
                 Signalez-le."
                    .to_owned()
            }
            (Self::Unreadable, English) => {
                "A paper of this family can't be read: it is not billed. Report it.".to_owned()
            }
            (Self::Overflow, French) => {
                "Les montants sont démesurés. Vérifiez les tarifs, puis recommencez.".to_owned()
            }
            (Self::Overflow, English) => {
                "The amounts are beyond measure. Check the tariffs, then try again.".to_owned()
            }
            (other, French) => {
                format!("Les données de cette famille sont incohérentes ({other}). Signalez-le.")
            }
            (other, English) => {
                format!("This family's data contradict each other ({other}). Report it.")
            }
        }
    }
}

impl TariffFault {
    /// Its JSON pointer (RFC 6901) into the tariff.
    #[must_use]
    pub fn pointer(self) -> String {
        match self {
            Self::FirstBracketNotZero => "/brackets/0".to_owned(),
            Self::BracketNotRising { at } => format!("/brackets/{at}"),
            Self::NoPrices => "/prices".to_owned(),
            Self::OtherService { at } | Self::ItemTwice { at } => format!("/prices/{at}/item"),
            Self::PriceCount { at } | Self::NegativePrice { at } | Self::PriceTooHigh { at } => {
                format!("/prices/{at}/by_bracket")
            }
            Self::ReductionAbove100 { at } => format!("/reductions/{at}"),
        }
    }

    /// What to correct, at the place that it names.
    #[must_use]
    pub fn advice(self, language: Language) -> &'static str {
        let (french, english) = match self {
            Self::FirstBracketNotZero => {
                ("La première tranche part de 0.", "The first bracket starts at 0.")
            }
            Self::BracketNotRising { .. } => (
                "Chaque tranche part d'un quotient plus haut que la précédente.",
                "Each bracket starts at a higher quotient than the one before.",
            ),
            Self::NoPrices => ("Donnez au moins un prix.", "Give at least one price."),
            Self::OtherService { .. } => {
                ("Ce tarif est celui d'un autre service.", "This item is another service's.")
            }
            Self::ItemTwice { .. } => {
                ("Ce prix est déjà dans la liste.", "This item is in the list already.")
            }
            Self::PriceCount { .. } => {
                ("Donnez un prix par tranche.", "Give one price for each bracket.")
            }
            Self::NegativePrice { .. } => {
                ("Un prix n'est jamais négatif.", "A price is never negative.")
            }
            Self::PriceTooHigh { .. } => {
                ("Un prix est de 10\u{a0}000\u{a0}€ au plus.", "A price is €10,000 at most.")
            }
            Self::ReductionAbove100 { .. } => {
                ("Une réduction est de 100\u{a0}% au plus.", "A reduction is 100% at most.")
            }
        };
        match language {
            French => french,
            English => english,
        }
    }
}

fn child_of_rank(rank: u32, language: Language) -> String {
    match language {
        French => format!("{rank}{} enfant", if rank == 1 { "er" } else { "e" }),
        English => {
            let ending = match (rank % 10, rank % 100) {
                (1, tens) if tens != 11 => "st",
                (2, tens) if tens != 12 => "nd",
                (3, tens) if tens != 13 => "rd",
                _ => "th",
            };
            format!("{rank}{ending} child")
        }
    }
}

/// `1 120` with a narrow no-break space, `1,120`.
pub(super) fn thousands(number: impl Into<u64>, language: Language) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(match language {
                French => '\u{202f}',
                English => ',',
            });
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::tests::quotient;
    use crate::cents::Cents;
    use crate::testing::date;

    #[test]
    fn a_rule_reads_as_on_an_invoice() {
        let quotient = QuotientBasis::Known(quotient(1120, "2017-09-01", "2017-12-31"));
        let bracket = Bracket { number: 4, from: 1001, to: Some(1400) };
        let mut rule = PricingRule {
            tariff_from: date("2017-09-01"),
            full_price: Cents(540),
            rate: Rate::Bracket { bracket, quotient },
            rank: Some(2),
            percent: 10,
        };
        assert_eq!(
            rule.words(French),
            "Quotient familial 1\u{202f}120 (CAF) · tranche 4 (1\u{202f}001 à 1\u{202f}400) · \
             2e enfant, −10\u{a0}% · tarif du 1er septembre 2017"
        );
        assert_eq!(
            rule.words(English),
            "Family quotient 1,120 (CAF) · bracket 4 (1,001 to 1,400) · 2nd child, −10% · tariff \
             of 1 September 2017"
        );
        rule.percent = 0;
        rule.rank = Some(1);
        let bracket = Bracket { number: 6, from: 2001, to: None };
        let quotient = QuotientBasis::Outdated { until: date("2017-08-31") };
        rule.rate = Rate::Bracket { bracket, quotient };
        assert_eq!(
            rule.words(French),
            "Quotient familial valable jusqu'au 31 août 2017\u{a0}: tranche la plus haute · tranche 6 \
             (à partir de 2\u{202f}001) · 1er enfant · tarif du 1er septembre 2017"
        );
        rule.rate = Rate::Outside;
        rule.rank = None;
        let words = rule.words(English);
        assert_eq!(words, "Family from outside of the commune · tariff of 1 September 2017");
    }

    #[test]
    fn numbers_and_ranks_are_written_as_each_language_does() {
        let found = [0u32, 999, 1000, 1_234_567].map(|number| thousands(number, English));
        assert_eq!(found, ["0", "999", "1,000", "1,234,567"]);
        let ranks = [1, 2, 3, 4, 11, 12, 13, 21].map(|rank| child_of_rank(rank, English));
        assert_eq!(ranks[..4], ["1st child", "2nd child", "3rd child", "4th child"]);
        assert_eq!(ranks[4..], ["11th child", "12th child", "13th child", "21st child"]);
    }

    #[test]
    fn every_anomaly_is_said_in_both_languages() {
        let (child, date) = (crate::billing::tests::child(1), date("2017-10-16"));
        for anomaly in [
            Anomaly::BirthDateMissing { child },
            Anomaly::QuotientMissing,
            Anomaly::QuotientOutdated { until: date },
            Anomaly::UnexpectedPresence { child, date },
            Anomaly::NotSubscribed { child, date },
            Anomaly::PresentOnClosedDay { child, date },
        ] {
            let [french, english] = [French, English].map(|language| anomaly.words(language));
            assert!(french != english && french.ends_with('.') && english.ends_with('.'));
        }
    }
}
