//! What single cells may hold.

use chrono::NaiveDate;

/// A date as the school exports it: `17/08/2016` or `2016-08-17`, the year in four digits.
#[must_use]
pub fn date(cell: &str) -> Option<NaiveDate> {
    let (day, month, year) = match *cell.split('/').collect::<Vec<_>>() {
        [day, month, year] => (day, month, year),
        _ => match *cell.split('-').collect::<Vec<_>>() {
            [year, month, day] => (day, month, year),
            _ => return None,
        },
    };
    let number = |text: &str| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// `F` or `M`; the school's software also writes `H` for a boy.
#[must_use]
pub fn sex(cell: &str) -> Option<&'static str> {
    match cell.to_uppercase().as_str() {
        "" => Some(""),
        "F" => Some("F"),
        "M" | "H" => Some("M"),
        _ => None,
    }
}

/// `M.` or `Mme`, however it is written; anything else as it is.
#[must_use]
pub fn civility(cell: &str) -> String {
    match super::name::key(cell).as_str() {
        "m" | "mr" | "monsieur" => "M.".to_owned(),
        "mme" | "madame" => "Mme".to_owned(),
        _ => cell.to_owned(),
    }
}

/// An e-mail address in lower case, if the text looks like a single one. Whether it is right only
/// the invitation shows.
#[must_use]
pub fn email(cell: &str) -> Option<String> {
    let email = cell.to_lowercase();
    let (local, domain) = email.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let dots = |text: &str| text.split('.').all(|part| !part.is_empty());
    let good = local.chars().all(plain)
        && dots(local)
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && domain.contains('.')
        && dots(domain);
    good.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_forms_and_no_other() {
        let expected = NaiveDate::from_ymd_opt(2016, 8, 17);
        for cell in ["17/08/2016", "2016-08-17", "17/8/2016"] {
            assert_eq!(date(cell), expected, "{cell}");
        }
        for cell in [
            "",
            "31/02/2016",
            "17/08/16",
            "2016/08/17",
            "17-08-2016",
            "08/2016",
            "17/08/2016/1",
            "+7/08/2016",
            "0x/08/2016",
            "17 août 2016",
            "29/02/2015",
        ] {
            assert_eq!(date(cell), None, "{cell}");
        }
        assert!(date("29/02/2016").is_some());
    }

    #[test]
    fn sexes() {
        assert_eq!(
            ["F", "m", "H", "", "X"].map(sex),
            [Some("F"), Some("M"), Some("M"), Some(""), None]
        );
    }

    #[test]
    fn civilities() {
        assert_eq!(["M.", "MME", "Mme", "m", "Me"].map(civility), ["M.", "Mme", "Mme", "M.", "Me"]);
    }

    #[test]
    fn one_address_or_none() {
        assert_eq!(
            email("Lea.Martin+ecole@Exemple.fr").as_deref(),
            Some("lea.martin+ecole@exemple.fr")
        );
        for cell in [
            "",
            "lea",
            "lea@",
            "@exemple.fr",
            "lea@exemple",
            "lea@exemple.",
            "a@b.fr; c@d.fr",
            "lea martin@exemple.fr",
            "lea@exemple..fr",
            "<lea@exemple.fr>",
            "a@b@c.fr",
        ] {
            assert_eq!(email(cell), None, "{cell}");
        }
    }
}
