//! Reads the text of our PDF files again: as much of the format as krilla writes.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// A file's objects by their number.
pub(super) struct Pdf(BTreeMap<u32, Object>);

struct Object {
    /// All of it but a stream.
    text: String,
    /// Unpacked.
    stream: String,
}

/// What stands on a page, line by line in the order of drawing.
#[derive(Default)]
pub(super) struct Page {
    /// What is read.
    pub(super) content: Vec<String>,
    /// What is not.
    pub(super) artifacts: Vec<String>,
}

impl Pdf {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut objects = BTreeMap::new();
        let mut rest = bytes;
        while let Some((before, after)) = cut(rest, b" 0 obj\n") {
            let start = before.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
            let number = std::str::from_utf8(&before[start..]).unwrap().parse().unwrap();
            let (object, after) = cut(after, b"\nendobj").unwrap();
            objects.insert(number, Object::read(object));
            rest = after;
        }
        Self(objects)
    }

    /// How many structure elements there are of a kind, `/H1`.
    pub(super) fn count(&self, kind: &str) -> usize {
        let start = format!("<</Type/StructElem/S{kind}/");
        self.0.values().filter(|object| object.text.starts_with(&start)).count()
    }

    /// The first object that has that in it.
    pub(super) fn object(&self, part: &str) -> &str {
        &self.0.values().find(|object| object.text.contains(part)).unwrap().text
    }

    pub(super) fn metadata(&self) -> &str {
        &self.0.values().find(|object| object.text.contains("/Type/Metadata")).unwrap().stream
    }

    pub(super) fn pages(&self) -> Vec<Page> {
        let pages = self.object("/Type/Pages");
        let kids = value(pages, "/Kids[").split(" 0 R").filter_map(|kid| kid.trim().parse().ok());
        kids.map(|number: u32| self.page(&self.0[&number].text)).collect()
    }

    /// All that is read, a text a line.
    pub(super) fn text(&self) -> String {
        let pages = self.pages();
        pages.iter().flat_map(|page| &page.content).flat_map(|text| [text, "\n"]).collect()
    }

    fn page(&self, page: &str) -> Page {
        let resources = &self.target(page, "/Resources ").text;
        let mut found = Page::default();
        let mut letters = HashMap::new();
        // Each text is in marked content of its own.
        for marked in self.target(page, "/Contents ").stream.split("EMC") {
            if let Some((font, _)) = value(marked, "/f").split_once(' ') {
                letters = self.letters(self.target(resources, &format!("/f{font} ")));
            }
            let shown = marked.split_once(" Tm").map_or("", |(_, shown)| shown);
            let glyphs = strings(shown);
            let glyphs = glyphs.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
            let text: String = glyphs.filter_map(|glyph| letters.get(&glyph).cloned()).collect();
            if marked.contains("/MCID ") {
                found.content.push(text);
            } else if !text.is_empty() {
                found.artifacts.push(text);
            }
        }
        found
    }

    /// What a font's glyphs stand for.
    fn letters(&self, font: &Object) -> HashMap<u16, String> {
        let map = self.target(&font.text, "/ToUnicode ").stream.lines();
        map.filter_map(|line| {
            let (glyph, letters) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
            let letters: Vec<_> = units(letters).collect();
            Some((units(glyph).next()?, String::from_utf16(&letters).ok()?))
        })
        .collect()
    }

    /// The object that another one names.
    fn target(&self, text: &str, name: &str) -> &Object {
        let number = value(text, name).split(' ').next().unwrap();
        &self.0[&number.parse().unwrap()]
    }
}

impl Object {
    fn read(bytes: &[u8]) -> Self {
        let (text, stream) = cut(bytes, b"\nstream\n").unwrap_or((bytes, b""));
        let text = String::from_utf8_lossy(text).into_owned();
        let mut unpacked = Vec::new();
        if text.contains("/FlateDecode") {
            flate2::read::ZlibDecoder::new(stream).read_to_end(&mut unpacked).unwrap();
        } else {
            unpacked.extend(stream);
        }
        Self { text, stream: String::from_utf8_lossy(&unpacked).into_owned() }
    }
}

/// What stands before and after the first of these bytes.
fn cut<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let start = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..start], &bytes[start + at.len()..]))
}

/// What stands behind a name; nothing where the name is not.
fn value<'a>(text: &'a str, name: &str) -> &'a str {
    text.split_once(name).map_or("", |(_, value)| value)
}

/// Hexadecimal digits, four a number.
fn units(hex: &str) -> impl Iterator<Item = u16> {
    let digits = hex.as_bytes().chunks_exact(4).filter_map(|four| std::str::from_utf8(four).ok());
    digits.filter_map(|four| u16::from_str_radix(four, 16).ok())
}

/// The bytes of the strings, in parentheses or hexadecimal, that an operator shows.
fn strings(shown: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = shown.bytes();
    // Within how many parentheses; those that match stand as they are.
    let mut depth = 0;
    while let Some(byte) = rest.next() {
        match byte {
            b'<' if depth == 0 => {
                let hex: Vec<_> = rest.by_ref().take_while(|byte| *byte != b'>').collect();
                let pairs = hex.chunks_exact(2).map(|two| std::str::from_utf8(two).unwrap());
                bytes.extend(pairs.map(|two| u8::from_str_radix(two, 16).unwrap()));
            }
            b'\\' => bytes.push(escaped(&mut rest)),
            b'(' => {
                bytes.extend((depth > 0).then_some(byte));
                depth += 1;
            }
            b')' => {
                depth -= 1;
                bytes.extend((depth > 0).then_some(byte));
            }
            byte => bytes.extend((depth > 0).then_some(byte)),
        }
    }
    bytes
}

/// What stands behind a backslash: three octal digits, or a letter.
fn escaped(rest: &mut std::str::Bytes<'_>) -> u8 {
    match rest.next().unwrap() {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        digit if digit.is_ascii_digit() => {
            let digits = [digit, rest.next().unwrap(), rest.next().unwrap()];
            u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 8).unwrap()
        }
        other => other,
    }
}
