//! What an e-mail says, read from its bytes.

use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use super::Mail;

/// An e-mail, read.
pub(super) struct Read {
    pub(super) id: u64,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) date: String,
    pub(super) text: String,
    /// None where it has plain text alone.
    pub(super) html: Option<String>,
    pub(super) attached: Vec<File>,
}

/// A file that came with it.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What can't be read stays empty.
pub(super) fn read(mail: &Mail) -> Read {
    let message = MessageParser::default().parse(&mail.raw[..]).unwrap_or_default();
    let html = (message.html_body != message.text_body).then(|| message.body_html(0)).flatten();
    Read {
        id: mail.id,
        from: addresses(message.from()),
        to: addresses(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().map(mail_parser::DateTime::to_rfc3339).unwrap_or_default(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: html.map(std::borrow::Cow::into_owned),
        attached: files(&message),
    }
}

fn files(message: &Message<'_>) -> Vec<File> {
    message
        .attachments()
        .map(|part| File {
            name: part.attachment_name().unwrap_or("file").to_owned(),
            bytes: part.contents().to_vec(),
        })
        .collect()
}

fn addresses(addresses: Option<&Address<'_>>) -> String {
    let all = addresses.into_iter().flat_map(Address::iter).map(|one| {
        let address = one.address().unwrap_or_default();
        one.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
    });
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_are_found() {
        let raw = "From: =?utf-8?b?UMOpcmk=?= <a@example.org>\r\nTo: b@example.org\r\n\
            Subject: =?utf-8?b?w6l0w6k=?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\n\
            --m\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n\
            --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour\r\n\
            --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Bonjour</p>\r\n--a--\r\n\
            --m\r\nContent-Disposition: attachment; filename=\"F1.pdf\"\r\n\
            Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n\
            JVBERg==\r\n--m--\r\n";
        let read = read(&Mail { id: 7, raw: raw.as_bytes().into() });
        assert_eq!((read.id, read.from.as_str()), (7, "Péri <a@example.org>"));
        assert_eq!((read.to.as_str(), read.subject.as_str()), ("b@example.org", "été"));
        assert_eq!(read.text.trim(), "Bonjour");
        assert_eq!(read.html.as_deref().map(str::trim), Some("<p>Bonjour</p>"));
        let files: Vec<_> =
            read.attached.iter().map(|file| (file.name.as_str(), &file.bytes[..])).collect();
        assert_eq!(files, [("F1.pdf", &b"%PDF"[..])]);
    }
}
