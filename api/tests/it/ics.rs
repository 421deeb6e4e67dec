//! A reader of iCalendar that takes nothing but what RFC 5545 allows, independent of the writer:
//! every departure from the grammar, the cardinalities or the value types panics with the rule.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDateTime, Utc};

/// A calendar as read.
#[derive(Debug)]
pub(crate) struct Calendar {
    properties: Vec<Property>,
    pub(crate) events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) uid: String,
    pub(crate) summary: String,
    pub(crate) stamp: DateTime<Utc>,
    pub(crate) start: DateTime<Utc>,
    pub(crate) end: DateTime<Utc>,
}

#[derive(Clone, Debug)]
struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

#[derive(Debug)]
struct Component {
    name: String,
    properties: Vec<Property>,
    components: Vec<Component>,
}

impl Calendar {
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = unfold(text).into_iter().map(|line| property(&line));
        let begin = lines.next().expect("3.4: a stream has a calendar");
        assert_eq!((&*begin.name, &*begin.value), ("BEGIN", "VCALENDAR"), "3.4");
        let calendar = component("VCALENDAR", &mut lines);
        assert!(lines.next().is_none(), "one calendar alone");
        calendar_is_whole(&calendar);
        let events = calendar.components.iter().filter(|inner| inner.name == "VEVENT");
        let events: Vec<_> = events.map(event).collect();
        let mut seen = HashSet::new();
        assert!(events.iter().all(|event| seen.insert(&event.uid)), "3.8.4.7: UIDs are unique");
        Self { properties: calendar.properties, events }
    }

    /// The value of a property of the calendar's own, of type TEXT.
    pub(crate) fn text(&self, name: &str) -> String {
        text(&self.properties.iter().find(|property| property.name == name).unwrap().value)
    }

    pub(crate) fn summaries(&self) -> HashSet<&str> {
        self.events.iter().map(|event| &*event.summary).collect()
    }

    pub(crate) fn uids(&self) -> Vec<&str> {
        self.events.iter().map(|event| &*event.uid).collect()
    }

    /// The UIDs that contain a text.
    pub(crate) fn with(&self, part: &str) -> Vec<&Event> {
        self.events.iter().filter(|event| event.uid.contains(part)).collect()
    }
}

/// 3.1: lines end in CRLF, are no longer than 75 octets, and go on after CRLF and a space.
fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let body = text.strip_suffix("\r\n").expect("3.1: the last line ends in CRLF");
    for line in body.split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "3.1: a bare CR or LF in {line:?}");
        assert!(line.len() <= 75, "3.1: {} octets in {line:?}", line.len());
        assert!(!line.is_empty(), "3.1: an empty line");
        match line.strip_prefix([' ', '\t']) {
            Some(rest) => lines.last_mut().expect("3.1: nothing to go on from").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// 3.1: `name *(";" param) ":" value`; no control characters but HTAB.
fn property(line: &str) -> Property {
    assert!(line.chars().all(|c| c == '\t' || !c.is_control()), "3.1: a control in {line:?}");
    let (head, value) = line.split_once(':').expect("3.1: no value");
    assert!(!head.contains('"'), "nothing here needs quotes: {line:?}");
    let mut parts = head.split(';');
    let name = parts.next().unwrap();
    let token = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    assert!(token(name), "3.1: the name in {line:?}");
    let parameters = parts
        .map(|part| {
            let (name, value) = part.split_once('=').expect("3.2: a parameter without a value");
            assert!(token(name) && !value.contains(','), "3.2: {line:?}");
            (name.to_ascii_uppercase(), value.to_owned())
        })
        .collect();
    Property { name: name.to_ascii_uppercase(), parameters, value: value.to_owned() }
}

/// 3.6: what stands between `BEGIN` and its `END`, properties before components.
fn component(name: &str, lines: &mut impl Iterator<Item = Property>) -> Component {
    let mut read =
        Component { name: name.to_owned(), properties: Vec::new(), components: Vec::new() };
    loop {
        let property = lines.next().unwrap_or_else(|| panic!("3.6: {name} has no END"));
        match &*property.name {
            "BEGIN" => read.components.push(component(&property.value, lines)),
            "END" => {
                assert_eq!(property.value, name, "3.6: END of another");
                return read;
            }
            _ => {
                assert!(read.components.is_empty(), "3.4: a property after a component");
                read.properties.push(property);
            }
        }
    }
}

impl Component {
    fn all(&self, name: &str) -> Vec<&Property> {
        self.properties.iter().filter(|property| property.name == name).collect()
    }

    fn one(&self, name: &str) -> &Property {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{} has one {name}", self.name);
        found[0]
    }

    /// Nothing but these, each once at most, and extensions.
    fn only(&self, names: &[&str]) {
        for property in &self.properties {
            let name = &*property.name;
            assert!(name.starts_with("X-") || names.contains(&name), "{name} in {}", self.name);
            assert!(self.all(name).len() == 1, "{name} twice in {}", self.name);
        }
    }
}

/// 3.4, 3.6, 3.7, and RFC 7986 for `NAME` and `REFRESH-INTERVAL`.
fn calendar_is_whole(calendar: &Component) {
    calendar.only(&["PRODID", "VERSION", "CALSCALE", "METHOD", "NAME", "REFRESH-INTERVAL"]);
    assert!(!text(&calendar.one("PRODID").value).is_empty(), "3.7.3");
    assert_eq!(calendar.one("VERSION").value, "2.0", "3.7.4");
    assert_eq!(calendar.one("CALSCALE").value, "GREGORIAN", "3.7.1");
    let refresh = calendar.one("REFRESH-INTERVAL");
    assert_eq!(refresh.parameters, [("VALUE".to_owned(), "DURATION".to_owned())], "RFC 7986, 5.7");
    let hours = refresh.value.strip_prefix("PT").and_then(|value| value.strip_suffix('H'));
    assert!(hours.is_some_and(|hours| hours.parse::<u32>().is_ok()), "3.3.6");
    assert!(!calendar.components.is_empty(), "3.6: a calendar has a component");
    for inner in &calendar.components {
        match &*inner.name {
            "VEVENT" => {}
            "VTIMEZONE" => zone_is_whole(inner),
            other => panic!("{other} has no place in a feed"),
        }
    }
}

/// 3.6.5.
fn zone_is_whole(zone: &Component) {
    zone.only(&["TZID"]);
    zone.one("TZID");
    assert!(!zone.components.is_empty(), "3.6.5: STANDARD or DAYLIGHT");
    for part in &zone.components {
        assert!(matches!(&*part.name, "STANDARD" | "DAYLIGHT"), "3.6.5");
        part.only(&["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"]);
        let start = &part.one("DTSTART").value;
        NaiveDateTime::parse_from_str(start, "%Y%m%dT%H%M%S").expect("3.3.5, form 1");
        for offset in ["TZOFFSETFROM", "TZOFFSETTO"] {
            let value = &part.one(offset).value;
            let signed = value.starts_with(['+', '-']) && value != "-0000";
            assert!(signed && value.len() == 5 && value[1..].parse::<u32>().is_ok(), "3.3.14");
        }
    }
}

/// 3.6.1: UID and DTSTAMP are required, without METHOD so is DTSTART; no alarm.
fn event(event: &Component) -> Event {
    event.only(&["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"]);
    assert!(event.components.is_empty(), "no alarms");
    assert!(event.properties.iter().all(|property| property.parameters.is_empty()));
    assert!(matches!(&*event.one("TRANSP").value, "OPAQUE" | "TRANSPARENT"), "3.8.2.7");
    let (start, end) = (instant(event.one("DTSTART")), instant(event.one("DTEND")));
    assert!(start < end, "3.8.2.2: DTEND is later than DTSTART");
    let (uid, summary) = (text(&event.one("UID").value), text(&event.one("SUMMARY").value));
    assert!(!uid.is_empty() && !summary.is_empty());
    Event { uid, summary, stamp: instant(event.one("DTSTAMP")), start, end }
}

/// 3.3.5, form 2: a date and time in UTC.
fn instant(property: &Property) -> DateTime<Utc> {
    let value = &property.value;
    assert_eq!(value.len(), 16, "3.3.5: {value}");
    NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%SZ").expect("3.3.5, form 2").and_utc()
}

/// 3.3.11: `\\`, `\;`, `\,`, `\n`, `\N`; a bare one of the first three is no TEXT.
fn text(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some(escaped @ ('\\' | ';' | ',')) => escaped,
                Some('n' | 'N') => '\n',
                other => panic!("3.3.11: \\{other:?} in {value:?}"),
            },
            ';' | ',' => panic!("3.3.11: a bare {c} in {value:?}"),
            c => c,
        });
    }
    out
}
