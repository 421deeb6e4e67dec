//! A small SMTP server on a loopback port that keeps what it is sent, or refuses it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// An e-mail that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) to: String,
    raw: String,
}

#[derive(Default)]
struct Kept {
    received: Vec<Received>,
    /// What each address is answered with, `""` standing for all.
    refusals: HashMap<String, String>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Sink {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

impl Sink {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, kept) = (listener.local_addr().unwrap(), Arc::<Mutex<Kept>>::default());
        let keeps = Arc::clone(&kept);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that goes away ends its own conversation alone.
                let keeps = Arc::clone(&keeps);
                tokio::spawn(async move { drop(converse(stream, &keeps).await) });
            }
        });
        Self { address, kept }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on this address is answered so; with `""`, all are.
    pub(crate) fn refuse(&self, address: &str, answer: &str) {
        self.kept.lock().unwrap().refusals.insert(address.into(), answer.into());
    }

    pub(crate) fn refuse_nobody(&self) {
        self.kept.lock().unwrap().refusals.clear();
    }

    /// What was taken, in the order in which it came.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.kept.lock().unwrap().received.clone()
    }

    /// To whom, sorted.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let mut all: Vec<_> = self.received().into_iter().map(|mail| mail.to).collect();
        all.sort();
        all
    }
}

async fn converse(mut stream: TcpStream, kept: &Mutex<Kept>) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let mut to = String::new();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let refusals = &kept.lock().unwrap().refusals;
                refusals.get(&to).or(refusals.get("")).cloned().unwrap_or("250 ok".into())
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                kept.lock().unwrap().received.push(Received { to: to.clone(), raw });
                "250 kept".into()
            }
            "QUIT" => return write.write_all(b"221 bye\r\n").await,
            _ => "250 ok".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

impl Received {
    /// A header's value as it was sent, encoded words decoded.
    pub(crate) fn header(&self, name: &str) -> String {
        let unfolded = self.raw.replace("\r\n ", " ");
        let value = unfolded
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_else(|| panic!("no {name}: {}", self.raw));
        // White space between two encoded words is none of the text's.
        value.replace("?= =?", "?==?").split("=?utf-8?").map(decoded_word).collect()
    }

    /// The plain text.
    pub(crate) fn text(&self) -> String {
        self.part("text/plain")
    }

    pub(crate) fn html(&self) -> String {
        self.part("text/html")
    }

    /// The bytes of an attached file.
    pub(crate) fn attached(&self, name: &str) -> Vec<u8> {
        let named = format!("filename=\"{name}\"");
        let part = self.raw.split("\r\n--").find(|part| part.contains(&named)).unwrap();
        unbased(part.split_once("\r\n\r\n").unwrap().1)
    }

    fn part(&self, kind: &str) -> String {
        let part = self.raw.split("\r\n--").find(|part| part.contains(kind)).unwrap();
        // The first of the parts stands behind the e-mail's own headers.
        let part = part.rsplit_once("Content-Type").map_or(part, |(_, part)| part);
        let (headers, body) = part.split_once("\r\n\r\n").unwrap();
        if headers.contains("quoted-printable") {
            unquoted(&body.replace("=\r\n", ""))
        } else if headers.contains("base64") {
            String::from_utf8(unbased(body)).unwrap()
        } else {
            body.to_owned()
        }
    }
}

/// What follows `=?utf-8?` up to the next: `b?w6k=?= and then`.
fn decoded_word(piece: &str) -> String {
    let word = piece.strip_prefix("b?").and_then(|rest| rest.split_once("?="));
    word.map_or_else(
        || piece.to_owned(),
        |(word, rest)| String::from_utf8(unbased(word)).unwrap() + rest,
    )
}

fn unquoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'=' {
            let (code, tail) = tail.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(code).unwrap(), 16).unwrap());
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn unbased(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace() && *letter != b'=') {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}
