//! As much of SMTP as a client needs to send: everything is taken.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::Kept;

pub(super) fn listen(listener: &TcpListener, kept: &Kept) {
    for stream in listener.incoming().map_while(Result::ok) {
        let kept = kept.clone();
        // A client that goes away ends its own conversation alone.
        thread::spawn(move || drop(converse(&stream, &kept)));
    }
}

fn converse(mut stream: &TcpStream, kept: &Kept) -> io::Result<()> {
    let mut lines = Lines(BufReader::new(stream));
    stream.write_all(b"220 mailbox\r\n")?;
    while let Some(line) = lines.next()? {
        let command = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match command.as_slice() {
            // Addresses and texts in any letters.
            b"EHLO" => b"250-mailbox\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            b"DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let Some(raw) = lines.message()? else { return Ok(()) };
                kept.add(raw);
                b"250 kept\r\n"
            }
            b"QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer)?;
    }
    Ok(())
}

/// Lines of bytes, whatever their letters are written in.
struct Lines<R>(R);

impl<R: BufRead> Lines<R> {
    /// The next line without its end; none where the client has gone.
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        self.0.read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Ok(None);
        }
        line.pop_if(|last| *last == b'\r');
        Ok(Some(line))
    }

    /// What follows up to the single dot; none where the client has gone before.
    fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut raw = Vec::new();
        while let Some(line) = self.next()? {
            if line == b"." {
                return Ok(Some(raw));
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            raw.extend_from_slice(b"\r\n");
        }
        Ok(None)
    }
}
