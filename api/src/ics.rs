//! iCalendar (RFC 5545), as far as a feed needs it.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::feed::Event;

/// The media type.
pub const TEXT_CALENDAR: &str = "text/calendar; charset=utf-8";

/// No line is longer (RFC 5545, 3.1), in octets without its end.
const LINE: usize = 75;

/// A calendar without a component would be none (RFC 5545, 3.6): one of no event names its zone.
const NOTHING_BUT_UTC: [&str; 8] = [
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// Writes a calendar of that name, which asks to be read again every hour.
#[must_use]
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut out = String::with_capacity(256 + events.len() * 320);
    let name = escaped(name);
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Préau//Calendar feed//FR"] {
        line(&mut out, text);
    }
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, &format!("NAME:{name}"));
    line(&mut out, &format!("X-WR-CALNAME:{name}"));
    line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    line(&mut out, "X-PUBLISHED-TTL:PT1H");
    if events.is_empty() {
        for text in NOTHING_BUT_UTC {
            line(&mut out, text);
        }
    }
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escaped(&event.uid)));
        line(&mut out, &format!("DTSTAMP:{}", instant(event.stamp)));
        line(&mut out, &format!("DTSTART:{}", instant(event.start)));
        line(&mut out, &format!("DTEND:{}", instant(event.end)));
        line(&mut out, &format!("SUMMARY:{}", escaped(&event.summary)));
        // A child's meal does not make its parent busy.
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// `20170918T093000Z`.
fn instant(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y%m%dT%H%M%SZ")
}

/// A value of type TEXT (RFC 5545, 3.3.11). Control characters, which it can't hold, are left out.
fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '\\' | ';' | ',') && !c.is_control();
    if text.chars().all(plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.into()
}

/// Appends a line, folded between characters where it is too long.
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_at_75_octets_and_never_within_a_character() {
        for length in [1, 74, 75, 76, 149, 150, 224] {
            for letter in ["a", "é", "老", "🚌"] {
                let text = letter.repeat(length);
                let mut out = String::new();
                line(&mut out, &text);
                let lines: Vec<_> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
                assert!(lines.iter().all(|line| line.len() <= LINE), "{length} {letter}");
                assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
                assert_eq!(lines.join("\r\n").replace("\r\n ", ""), text);
            }
        }
        let mut whole = String::new();
        line(&mut whole, &"a".repeat(75));
        assert_eq!(whole.len(), 77, "what fits is not folded");
    }

    #[test]
    fn text_keeps_its_meaning() {
        assert_eq!(escaped("Léa · Cantine"), "Léa · Cantine");
        assert_eq!(escaped("a,b;c\\d\ne"), r"a\,b\;c\\d\ne");
        assert_eq!(escaped("a\r\nBEGIN:VEVENT\0\tb\u{7f}"), "a\\nBEGIN:VEVENT\tb");
        assert_eq!(escaped("10:30 \"x\""), "10:30 \"x\"");
    }

    #[test]
    fn a_calendar_reads_as_the_standard_has_it() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let event = Event {
            uid: "7-cantine-2017-09-18@preau".into(),
            summary: "Léa · Cantine".into(),
            stamp: at("2017-09-01T10:00:00.25Z"),
            start: at("2017-09-18T09:30:00Z"),
            end: at("2017-09-18T11:30:00Z"),
        };
        let text = calendar("Préau · Neuvecelle", &[event]);
        let expected = [
            "BEGIN:VEVENT",
            "UID:7-cantine-2017-09-18@preau",
            "DTSTAMP:20170901T100000Z",
            "DTSTART:20170918T093000Z",
            "DTEND:20170918T113000Z",
            "SUMMARY:Léa · Cantine",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert!(text.ends_with(&expected.join("\r\n")), "{text}");
        assert!(text.contains("\r\nX-WR-CALNAME:Préau · Neuvecelle\r\n"));
        assert!(!text.contains("VTIMEZONE"));
        assert!(calendar("x", &[]).contains("BEGIN:VTIMEZONE"));
    }
}
