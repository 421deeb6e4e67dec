//! What a password must be.

use chrono::TimeDelta;

use crate::problem::Language;

/// The shortest and the longest, in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 10..=200;

/// For so long an invitation's link lets its guardian choose a password (1-product, accounts).
pub const INVITED: TimeDelta = TimeDelta::days(7);
/// For so long one does that was asked for because the password was forgotten.
pub const FORGOTTEN: TimeDelta = TimeDelta::hours(2);

/// Tried first by everyone who guesses. Long enough for [`LENGTH`], and known all the same.
const WELL_KNOWN: [&str; 11] = [
    "1234567890",
    "0123456789",
    "12345678910",
    "qwertyuiop",
    "azertyuiop",
    "motdepasse",
    "motdepasse1",
    "password123",
    "passw0rd123",
    "1q2w3e4r5t",
    "abcdefghij",
];

/// Why a password can't be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    /// It contains the e-mail address, or the part before the @ if that has four letters.
    LikeTheAddress,
    WellKnown,
}

impl Weak {
    /// What to choose instead.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        let (least, most) = (LENGTH.start(), LENGTH.end());
        match (self, language) {
            (Self::TooShort, Language::French) => {
                format!("Choisissez au moins {least} caractères.")
            }
            (Self::TooShort, Language::English) => format!("Choose at least {least} characters."),
            (Self::TooLong, Language::French) => format!("Choisissez {most} caractères au plus."),
            (Self::TooLong, Language::English) => format!("Choose at most {most} characters."),
            (Self::LikeTheAddress, Language::French) => {
                "Choisissez un mot de passe sans votre adresse e-mail.".to_owned()
            }
            (Self::LikeTheAddress, Language::English) => {
                "Choose a password without your e-mail address in it.".to_owned()
            }
            (Self::WellKnown, Language::French) => {
                "Ce mot de passe est trop connu : choisissez-en \
                un autre, par exemple quatre mots au hasard."
                    .to_owned()
            }
            (Self::WellKnown, Language::English) => "This password is too well known: choose \
                another, four random words for example."
                .to_owned(),
        }
    }
}

/// Judges a new password for the account of an e-mail address.
pub fn judge(password: &str, email: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Weak::TooShort);
    }
    if length > *LENGTH.end() {
        return Err(Weak::TooLong);
    }
    let (password, email) = (password.to_lowercase(), email.trim().to_lowercase());
    let name = email.split('@').next().unwrap_or_default();
    let like = |text: &str| text.chars().count() >= 4 && password.contains(text);
    if like(&email) || like(name) {
        return Err(Weak::LikeTheAddress);
    }
    let letters: std::collections::BTreeSet<_> = password.chars().collect();
    if letters.len() < 4 || WELL_KNOWN.contains(&password.as_str()) {
        Err(Weak::WellKnown)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_judged_at_the_edges() {
        let email = "camille.delorme@example.org";
        assert_eq!(judge(&"é".repeat(9), email), Err(Weak::TooShort));
        assert_eq!(judge("éàçùéàçùéà", email), Ok(()));
        assert_eq!(judge(&"abcd".repeat(50), email), Ok(()));
        assert_eq!(judge(&"x".repeat(201), email), Err(Weak::TooLong));
        assert_eq!(judge(&" ".repeat(10), email), Err(Weak::WellKnown));
        assert_eq!(judge("abcabcabca", email), Err(Weak::WellKnown), "three letters");
        assert_eq!(judge("Camille.Delorme2026", email), Err(Weak::LikeTheAddress));
        assert_eq!(judge("lea@example.org", "Lea@example.org"), Err(Weak::LikeTheAddress));
        assert_eq!(judge("lea aime le bus", "lea@example.org"), Ok(()));
        assert_eq!(judge("AzertyUiop", email), Err(Weak::WellKnown));
        assert_eq!(judge("quatre poules rousses", email), Ok(()));
    }
}
