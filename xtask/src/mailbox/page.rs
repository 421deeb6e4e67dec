//! The pages: the list, an e-mail, its HTML in a frame that can do nothing, its files.

use std::fmt::Write;

use tiny_http::{Header, Response, Server};

use super::message::{File, Read, read};
use super::{Kept, Mail};

/// The pages' own: no script, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";
/// An e-mail's HTML: looks, and links that open beside it.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                           form-action 'none'; frame-ancestors 'self'; \
                           sandbox allow-popups allow-popups-to-escape-sandbox";
const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:0 auto;padding:1rem;\
                     color:#1d1d1f;background:#fff}\
                     li{margin:.5rem 0}pre{white-space:pre-wrap;background:#f4f4f6;padding:1rem}\
                     iframe{width:100%;height:36rem;border:1px solid #77777f}";

pub(super) fn serve(server: &Server, kept: &Kept) {
    for request in server.incoming_requests() {
        // The browser may have gone.
        let _ = match answer(request.url(), kept) {
            Some(page) => request.respond(page.response()),
            None => request.respond(Response::from_string("Not found").with_status_code(404)),
        };
    }
}

struct Page {
    kind: &'static str,
    policy: &'static str,
    /// To be saved under this name.
    saved_as: Option<String>,
    body: Vec<u8>,
}

impl Page {
    fn new(kind: &'static str, policy: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { kind, policy, saved_as: None, body: body.into() }
    }

    fn html(title: &str, head: &str, body: &str) -> Self {
        let title = escaped(title);
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{head}\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
             <link rel=\"stylesheet\" href=\"/style.css\"></head>\n\
             <body><h1>{title}</h1>\n{body}</body></html>\n"
        );
        Self::new("text/html; charset=utf-8", POLICY, html)
    }

    fn file(file: File) -> Self {
        let page = Self::new("application/octet-stream", POLICY, file.bytes);
        Self { saved_as: Some(file.name), ..page }
    }

    fn response(self) -> Response<std::io::Cursor<Vec<u8>>> {
        let saved = self.saved_as.map(|name| {
            let plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
            let name: String = name.chars().filter(plain).collect();
            ("Content-Disposition", format!("attachment; filename=\"{name}\""))
        });
        let headers = [
            ("Content-Type", self.kind.to_owned()),
            ("Content-Security-Policy", self.policy.to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        headers
            .into_iter()
            .chain(saved)
            .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
            .fold(Response::from_data(self.body), Response::with_header)
    }
}

fn answer(path: &str, kept: &Kept) -> Option<Page> {
    let path: Vec<_> = path.split('/').skip(1).collect();
    let mail = |id: &str| kept.get(id.parse().ok()?);
    match path[..] {
        [""] => Some(list(&kept.all())),
        ["style.css"] => Some(Page::new("text/css", POLICY, STYLE)),
        ["mail", id] => Some(shown(&read(&mail(id)?))),
        ["mail", id, "html"] => {
            let read = read(&mail(id)?);
            Some(Page::new("text/html; charset=utf-8", MAIL_POLICY, framed(&read)))
        }
        ["mail", id, at] => {
            let mut attached = read(&mail(id)?).attached.into_iter();
            attached.nth(at.parse().ok()?).map(Page::file)
        }
        _ => None,
    }
}

fn list(mails: &[Mail]) -> Page {
    let mut body = String::new();
    if mails.is_empty() {
        body.push_str(
            "<p>No e-mail has been sent yet. This page looks again every five seconds.</p>",
        );
    }
    body.push_str("<ul>");
    for mail in mails {
        let Read { id, to, subject, date, attached, .. } = read(mail);
        let files = match attached.len() {
            0 => String::new(),
            files => format!(" · {files} attached"),
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            body,
            "<li><a href=\"/mail/{id}\">{}</a><br>{} · {}{files}</li>",
            escaped(&subject),
            escaped(&to),
            escaped(&date),
        );
    }
    body.push_str("</ul>");
    Page::html("E-mails", "<meta http-equiv=\"refresh\" content=\"5\">", &body)
}

fn shown(mail: &Read) -> Page {
    let Read { id, from, to, subject, date, text, html, attached } = mail;
    let mut body = format!(
        "<p><a href=\"/\">All e-mails</a></p><p>From {}<br>To {}<br>{}</p>",
        escaped(from),
        escaped(to),
        escaped(date)
    );
    for (at, file) in attached.iter().enumerate() {
        let (name, size) = (escaped(&file.name), file.bytes.len());
        let _ = write!(body, "<p><a href=\"/mail/{id}/{at}\">{name}</a> ({size} bytes)</p>");
    }
    if html.is_some() {
        let _ = write!(
            body,
            "<h2>HTML</h2><iframe title=\"HTML\" src=\"/mail/{id}/html\" \
             sandbox=\"allow-popups allow-popups-to-escape-sandbox\"></iframe>"
        );
    }
    let _ = write!(body, "<h2>Text</h2><pre>{}</pre>", escaped(text));
    Page::html(subject, "", &body)
}

/// An e-mail's HTML, whose links open beside it.
fn framed(mail: &Read) -> String {
    let html = mail.html.as_deref().unwrap_or_default();
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
