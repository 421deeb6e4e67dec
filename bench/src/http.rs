//! HTTP/1.1 as far as a load needs it. Client and server share the cores: a lighter client leaves
//! more of them to what is measured.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request's bytes, without a body.
pub(crate) fn request(method: &str, path: &str, token: &str) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-length: 0\r\n\r\n"
    )
    .into_bytes()
}

/// A request of JSON, from somebody unknown.
pub(crate) fn post(path: &str, json: &str) -> Vec<u8> {
    post_with("", path, json)
}

/// A request of JSON.
pub(crate) fn post_as(path: &str, token: &str, json: &str) -> Vec<u8> {
    post_with(&format!("authorization: Bearer {token}\r\n"), path, json)
}

fn post_with(header: &str, path: &str, json: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\n{header}content-type: application/json\r\n\
         content-length: {}\r\n\r\n{json}",
        json.len()
    )
    .into_bytes()
}

/// An answer, as it stands in the connection's buffer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Answer<'_> {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }
}

/// A connection that is kept.
pub(crate) struct Http {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Http {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("no connection")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(16 * 1024) })
    }

    /// Asks and reads the answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        let head = self.start(request).await?;
        let length = head.length.context("an answer of unknown length")?;
        while self.read.len() < head.end + length {
            self.more().await?;
        }
        ensure!(self.read.len() == head.end + length, "more came than was asked for");
        Ok(Answer { status: head.status, body: &self.read[head.end..] })
    }

    /// Asks for server-sent events.
    pub(crate) async fn listen(mut self, request: &[u8]) -> Result<Events> {
        let head = self.start(request).await?;
        ensure!(head.status == 200, "a stream is refused with {}", head.status);
        self.read.drain(..head.end);
        Ok(Events(self))
    }

    async fn start(&mut self, request: &[u8]) -> Result<Head> {
        self.stream.write_all(request).await?;
        self.read.clear();
        loop {
            self.more().await?;
            if let Some(head) = Head::read(&self.read)? {
                return Ok(head);
            }
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            bail!("the server has closed the connection");
        }
        Ok(())
    }
}

struct Head {
    status: u16,
    /// Where the body begins.
    end: usize,
    /// `None` when it comes in chunks.
    length: Option<usize>,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let Some(end) = find(bytes, b"\r\n\r\n") else { return Ok(None) };
        let text = std::str::from_utf8(&bytes[..end])?;
        let mut lines = text.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status = status.context("no status")?.parse()?;
        let length = lines
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map(|(_, value)| value.parse())
            .transpose()?;
        Ok(Some(Self { status, end: end + 4, length }))
    }
}

/// A stream of events. The server sends each in one chunk, whose frame is skipped.
pub(crate) struct Events(Http);

impl Events {
    /// The data of the next event.
    pub(crate) async fn next(&mut self) -> Result<String> {
        const DATA: &[u8] = b"data: ";
        loop {
            if let Some(at) = find(&self.0.read, DATA)
                && let Some(length) = find(&self.0.read[at..], b"\n\n")
            {
                let event: Vec<u8> = self.0.read.drain(..at + length).skip(at).collect();
                return Ok(String::from_utf8(event[DATA.len()..].to_vec())?);
            }
            self.0.more().await?;
        }
    }
}

pub(crate) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}
