//! A letter: what is said, once, written out as plain text and as HTML.

use std::fmt::Write;

use lettre::message::header::{ContentType, ContentTypeErr, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Message, error};

/// One part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    /// What it leads to, and its address.
    Link(String, String),
    /// In small print.
    Note(String),
}

/// A PDF that goes with a letter.
#[derive(Clone)]
pub(super) struct Pdf {
    /// As the file is called.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Why a letter is no e-mail.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoMessage {
    #[error(transparent)]
    Message(#[from] error::Error),
    #[error(transparent)]
    ContentType(#[from] ContentTypeErr),
}

/// A letter in one language.
pub(super) struct Letter {
    /// As in `lang`.
    pub(super) tag: &'static str,
    /// What a link leads to and its address, on a line of plain text.
    pub(super) link: fn(&str, &str) -> String,
    pub(super) subject: String,
    pub(super) parts: Vec<Part>,
    pub(super) attached: Option<Pdf>,
}

const STYLE: &str = "font:16px/1.5 sans-serif;color:#1d1d1f;background:#fff;max-width:36em;\
                     margin:0 auto;padding:1em";
const BUTTON: &str = "display:inline-block;padding:.6em 1.2em;border-radius:.4em;\
                      color:#fff;background:#a03c00";
const SMALL: &str = "font-size:14px;color:#55555c";

impl Letter {
    /// As plain text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            // Writing to a string can't fail.
            let _ = match part {
                Part::Heading(words) | Part::Paragraph(words) | Part::Note(words) => {
                    writeln!(text, "{words}\n")
                }
                Part::List(entries) => {
                    for entry in entries {
                        let _ = writeln!(text, "- {entry}");
                    }
                    writeln!(text)
                }
                Part::Link(words, address) => {
                    writeln!(text, "{}\n", (self.link)(words, address))
                }
            };
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    /// As a page of HTML that loads nothing.
    pub(super) fn html(&self) -> String {
        let subject = escaped(&self.subject);
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{subject}</title></head>\n\
             <body style=\"{STYLE}\">\n<h1 style=\"font-size:20px\">{subject}</h1>\n",
            self.tag
        );
        for part in &self.parts {
            let _ = match part {
                Part::Heading(words) => {
                    writeln!(html, "<h2 style=\"font-size:17px\">{}</h2>", escaped(words))
                }
                Part::Paragraph(words) => writeln!(html, "<p>{}</p>", escaped(words)),
                Part::Note(words) => writeln!(html, "<p style=\"{SMALL}\">{}</p>", escaped(words)),
                Part::List(entries) => {
                    html.push_str("<ul>");
                    for entry in entries {
                        let _ = write!(html, "<li>{}</li>", escaped(entry));
                    }
                    writeln!(html, "</ul>")
                }
                Part::Link(words, address) => writeln!(
                    html,
                    "<p><a style=\"{BUTTON}\" href=\"{}\">{}</a></p>",
                    escaped(address),
                    escaped(words)
                ),
            };
        }
        html.push_str("</body>\n</html>\n");
        html
    }

    /// As an e-mail. The same `id` tells a mail server that it is the same e-mail again.
    pub(super) fn message(
        &self,
        from: Mailbox,
        to: Mailbox,
        id: &str,
        date: std::time::SystemTime,
    ) -> Result<Message, NoMessage> {
        let by_a_program = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".into(),
        );
        let message = Message::builder()
            .message_id(Some(format!("<{id}@{}>", from.email.domain())))
            .from(from)
            .to(to)
            .date(date)
            .subject(&self.subject)
            // No answering machine is to answer.
            .raw_header(by_a_program)
            .multipart(self.body()?)?;
        Ok(message)
    }

    /// Text and HTML, a choice of the reader's; around them, what is attached.
    fn body(&self) -> Result<MultiPart, NoMessage> {
        let part = |kind, words| SinglePart::builder().header(kind).body(words);
        let said = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, self.text()))
            .singlepart(part(ContentType::TEXT_HTML, self.html()));
        let Some(Pdf { name, bytes }) = &self.attached else { return Ok(said) };
        let pdf = Attachment::new(name.clone())
            .body(bytes.clone(), ContentType::parse("application/pdf")?);
        Ok(MultiPart::mixed().multipart(said).singlepart(pdf))
    }
}

/// A text within HTML, in an attribute too.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use domain::problem::Language;

    use super::super::words::words;
    use super::*;

    fn letter() -> Letter {
        Letter {
            tag: "fr",
            link: words(Language::French).link,
            subject: "Une place pour <b>Léa</b>".into(),
            parts: vec![
                Part::Paragraph("Bonjour & \"bienvenue\".".into()),
                Part::Heading("Léa".into()),
                Part::List(vec!["lundi".into(), "mardi".into()]),
                Part::Link("Voir".into(), "https://preau.example/?a='1'".into()),
                Part::Note("Fin".into()),
            ],
            attached: None,
        }
    }

    #[test]
    fn the_text_has_all_parts() {
        assert_eq!(
            letter().text(),
            "Bonjour & \"bienvenue\".\n\nLéa\n\n- lundi\n- mardi\n\n\
             Voir\u{a0}: https://preau.example/?a='1'\n\nFin\n"
        );
    }

    #[test]
    fn each_language_has_its_own_colon() {
        let english = Letter { link: words(Language::English).link, ..letter() };
        assert!(english.text().contains("\nVoir: https://"), "{}", english.text());
    }

    #[test]
    fn nobodys_name_is_markup() {
        let html = letter().html();
        assert!(
            html.contains(
                "<h1 style=\"font-size:20px\">Une place pour &lt;b&gt;Léa&lt;/b&gt;</h1>"
            )
        );
        assert!(html.contains("<p>Bonjour &amp; &quot;bienvenue&quot;.</p>"));
        assert!(html.contains("<ul><li>lundi</li><li>mardi</li></ul>"));
        assert!(html.contains("href=\"https://preau.example/?a=&#39;1&#39;\">Voir</a>"));
    }

    fn formatted(letter: &Letter) -> String {
        let from = "Guichet <guichet@example.org>".parse().unwrap();
        let to = "anne@example.org".parse().unwrap();
        let message = letter.message(from, to, "7", std::time::UNIX_EPOCH).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn a_pdf_goes_beside_what_is_said() {
        let plain = formatted(&letter());
        assert!(plain.contains("multipart/alternative") && !plain.contains("multipart/mixed"));
        let attached = Some(Pdf { name: "F2017000001.pdf".into(), bytes: b"%PDF".to_vec() });
        let formatted = formatted(&Letter { attached, ..letter() });
        let at = |words: &str| {
            formatted.find(words).unwrap_or_else(|| panic!("no {words}: {formatted}"))
        };
        let parts = [
            at("multipart/mixed"),
            at("multipart/alternative"),
            at("text/plain"),
            at("text/html"),
            at("application/pdf"),
        ];
        assert!(parts.is_sorted(), "{formatted}");
        at("Content-Disposition: attachment; filename=\"F2017000001.pdf\"");
        at("JVBERg==");
    }

    #[test]
    fn a_name_adds_no_header() {
        let subject = "Une place pour Léa\r\nBcc: other@example.org".into();
        let formatted = formatted(&Letter { subject, ..letter() });
        let (headers, _) = formatted.split_once("\r\n\r\n").unwrap();
        let headers: Vec<_> = headers.lines().collect();
        assert!(!headers.iter().any(|line| line.starts_with("Bcc")), "{headers:#?}");
        for header in ["Message-ID: <7@example.org>", "Auto-Submitted: auto-generated"] {
            assert!(headers.contains(&header), "{headers:#?}");
        }
    }
}
