//! Amounts as they are typed.

use domain::cents::Cents;
use domain::problem::Language;

/// As it stands in a field: `5,40`, `5.40`.
pub(super) fn typed(amount: Cents, language: Language) -> String {
    let comma = match language {
        Language::French => ',',
        Language::English => '.',
    };
    let sign = if amount.0 < 0 { "-" } else { "" };
    let cents = amount.0.unsigned_abs();
    format!("{sign}{}{comma}{:02}", cents / 100, cents % 100)
}

/// Reads `5,40`, `5.4`, `5` and `5,40 €`; euros and cents with either sign between them.
pub(super) fn read(text: &str) -> Option<Cents> {
    let text: String =
        text.chars().filter(|letter| !letter.is_whitespace() && *letter != '€').collect();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let (euros, cents) = digits.split_once([',', '.']).unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || !is_number(euros) || !is_number(cents) {
        return None;
    }
    let euros: i64 = euros.parse().ok()?;
    let cents = match cents.len() {
        0 if !digits.contains([',', '.']) => 0,
        1 => cents.parse::<i64>().ok()? * 10,
        2 => cents.parse().ok()?,
        _ => return None,
    };
    let amount = euros.checked_mul(100)?.checked_add(cents)?;
    Some(Cents(if negative { -amount } else { amount }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_a_comma_or_a_point() {
        for (text, cents) in [
            ("5,40", 540),
            ("5.40", 540),
            ("5,4", 540),
            ("5", 500),
            (" 1 234,50 € ", 123_450),
            ("1\u{202f}234,50", 123_450),
            ("0", 0),
            ("-1,05", -105),
            ("−1", -100),
        ] {
            assert_eq!(read(text), Some(Cents(cents)), "{text}");
        }
        for text in
            ["", "€", ",40", "5,", "5,405", "5,4,0", "cinq", "1e3", "--1", "99999999999999999999"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_stands_in_a_field_reads_back() {
        for cents in [0, 5, 540, 123_450, -5] {
            for language in [Language::French, Language::English] {
                assert_eq!(read(&typed(Cents(cents), language)), Some(Cents(cents)));
            }
        }
        assert_eq!(typed(Cents(540), Language::French), "5,40");
        assert_eq!(typed(Cents(540), Language::English), "5.40");
    }
}
