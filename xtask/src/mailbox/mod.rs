//! A mailbox for what the demo sends: an SMTP server that keeps everything, and pages that show it.
//! It lives in this process alone, on loopback ports, and forgets all when it ends.

mod message;
mod page;
mod smtp;

use std::collections::VecDeque;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::Server;

/// Where the pages are, unless that is taken.
const PORT: u16 = 8025;
/// The oldest make room for more.
const MOST: usize = 1000;

/// An open mailbox.
pub(crate) struct Mailbox {
    smtp: u16,
    pages: u16,
}

impl Mailbox {
    /// Opens one, which stays open until this process ends.
    pub(crate) fn open() -> Result<Self> {
        let smtp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let pages = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .context("no port is free for the e-mails")?;
        let this = Self { smtp: smtp.local_addr()?.port(), pages: pages.local_addr()?.port() };
        let server = Server::from_listener(pages, None)
            .map_err(|why| anyhow!("the e-mails can't be shown: {why}"))?;
        let kept = Kept::default();
        let keeps = kept.clone();
        thread::spawn(move || smtp::listen(&smtp, &keeps));
        thread::spawn(move || page::serve(&server, &kept));
        Ok(this)
    }

    /// Where e-mails are to be sent.
    pub(crate) fn smtp_url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.smtp)
    }

    /// Where they are seen.
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}", self.pages)
    }
}

/// An e-mail as it came.
#[derive(Clone)]
struct Mail {
    id: u64,
    raw: Arc<[u8]>,
}

/// The e-mails that came, the oldest first.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<VecDeque<Mail>>>);

impl Kept {
    fn mails(&self) -> MutexGuard<'_, VecDeque<Mail>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, raw: Vec<u8>) {
        let mut mails = self.mails();
        let id = mails.back().map_or(1, |last| last.id + 1);
        mails.push_back(Mail { id, raw: raw.into() });
        if mails.len() > MOST {
            mails.pop_front();
        }
    }

    fn get(&self, id: u64) -> Option<Mail> {
        self.mails().iter().find(|mail| mail.id == id).cloned()
    }

    /// The latest first.
    fn all(&self) -> Vec<Mail> {
        self.mails().iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn the_oldest_make_room() {
        let kept = Kept::default();
        for _ in 0..=MOST {
            kept.add(Vec::new());
        }
        let all = kept.all();
        assert_eq!((all.len(), all[0].id, all[MOST - 1].id), (MOST, 1001, 2));
        assert!(kept.get(1).is_none() && kept.get(2).is_some());
    }

    #[test]
    fn what_is_sent_is_shown() {
        let mailbox = Mailbox::open().unwrap();
        let mut smtp = TcpStream::connect(("127.0.0.1", mailbox.smtp)).unwrap();
        smtp.write_all(
            b"EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\
              To: b@example.org\r\nSubject: Bonjour <b>\r\n\r\n..un\r\n.\r\nQUIT\r\n",
        )
        .unwrap();
        let mut said = String::new();
        smtp.read_to_string(&mut said).unwrap();
        assert!(said.contains("354 ") && said.ends_with("221 bye\r\n"), "{said}");

        let get = |path: &str| {
            let mut http = TcpStream::connect(("127.0.0.1", mailbox.pages)).unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            http.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            http.read_to_string(&mut answer).unwrap();
            answer
        };
        let list = get("/");
        assert!(list.contains("Bonjour &lt;b&gt;") && list.contains("/mail/1"), "{list}");
        assert!(list.contains("Content-Security-Policy: default-src 'none'"), "{list}");
        assert!(get("/mail/1").contains("<pre>.un"), "{}", get("/mail/1"));
        assert!(get("/mail/1/html").contains("sandbox"));
        for none in ["/mail/2", "/mail/x", "/mail/1/0", "/x"] {
            assert!(get(none).starts_with("HTTP/1.1 404"), "{none}");
        }
    }
}
