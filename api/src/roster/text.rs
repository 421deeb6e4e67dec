//! A file's bytes as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How a file was written, in the words of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset(pub &'static str);

/// A byte-order mark says what follows; without one, what is not UTF-8 is Windows-1252. Line ends
/// become `\n`.
pub(super) fn decode(bytes: &[u8]) -> (String, Charset) {
    let (text, charset) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let charset = if encoding == UTF_8 { "UTF-8 avec BOM" } else { "UTF-16" };
            (encoding.decode_without_bom_handling(&bytes[mark..]).0, charset)
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8"),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, "Windows-1252"),
        },
    };
    (text.replace("\r\n", "\n").replace('\r', "\n"), Charset(charset))
}

/// Whether these are the bytes of a spreadsheet program's own file, not of a CSV export.
pub(super) fn is_spreadsheet(bytes: &[u8]) -> bool {
    let (zip, old_office) = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0");
    bytes.starts_with(zip) || bytes.starts_with(old_office)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_from_every_encoding() {
        let text = "Prénom élève;Nom d’usage œuvre €\nZoé;\n";
        let windows = WINDOWS_1252.encode(text).0.replace_line_ends();
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, charset) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{text}").into_bytes(), "UTF-8 avec BOM"),
            (windows, "Windows-1252"),
            (utf16, "UTF-16"),
        ] {
            assert_eq!(decode(&bytes), (text.to_owned(), Charset(charset)));
        }
        assert_eq!(decode(b"").0, "");
    }

    trait LineEnds {
        fn replace_line_ends(&self) -> Vec<u8>;
    }

    impl LineEnds for [u8] {
        fn replace_line_ends(&self) -> Vec<u8> {
            self.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..])
        }
    }

    #[test]
    fn a_spreadsheet_is_no_csv() {
        assert!(is_spreadsheet(b"PK\x03\x04..."));
        assert!(!is_spreadsheet(b"Nom;"));
    }
}
