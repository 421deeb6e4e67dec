//! Live seats: server-sent events, read by `fetch`, as the browser's `EventSource` can't send
//! a token.

use domain::week::Week;
use domain::wire::SessionSeats;
use futures_util::StreamExt;
use futures_util::stream::LocalBoxStream;

use super::{ApiError, Session};

/// A week's seats as they change. The connection ends when it is dropped.
pub(crate) struct SeatStream {
    chunks: LocalBoxStream<'static, Vec<u8>>,
    events: Events,
}

impl SeatStream {
    /// Seats as they are now: all of the week's first, then those that have changed. `None` once
    /// the connection has ended.
    pub(crate) async fn next(&mut self) -> Option<Vec<SessionSeats>> {
        loop {
            if let Some(seats) = self.events.next() {
                return Some(seats);
            }
            self.events.read(&self.chunks.next().await?);
        }
    }
}

impl Session {
    /// Follows a week's seats.
    pub(crate) async fn seats(self, week: Week) -> Result<SeatStream, ApiError> {
        let path = format!("/weeks/{}/seats", week.monday());
        let chunks = self.open(&path).await?;
        Ok(SeatStream { chunks: chunks.boxed_local(), events: Events::default() })
    }
}

/// What has come and is not yet a whole event.
#[derive(Default)]
struct Events(Vec<u8>);

impl Events {
    fn read(&mut self, chunk: &[u8]) {
        self.0.extend_from_slice(chunk);
    }

    /// The seats of the next whole event; comments, which keep the connection alive, are skipped.
    fn next(&mut self) -> Option<Vec<SessionSeats>> {
        loop {
            let end = self.0.windows(2).position(|pair| pair == b"\n\n")?;
            let event: Vec<u8> = self.0.drain(..end + 2).collect();
            let data = event.strip_prefix(b"event: seats\ndata: ");
            if let Some(seats) = data.and_then(|data| serde_json::from_slice(data).ok()) {
                return Some(seats);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_any_pieces() {
        let seat = r#"{"activity":"bus-0830","date":"2017-09-18","seats_left":3,"waiting":0}"#;
        let wire = format!(":\n\nevent: seats\ndata: [{seat}]\n\nevent: seats\ndata: []\n\n:\n\n");
        for size in [1, 7, 1000] {
            let mut events = Events::default();
            let mut came = Vec::new();
            for chunk in wire.as_bytes().chunks(size) {
                events.read(chunk);
                while let Some(seats) = events.next() {
                    came.push(seats);
                }
            }
            assert_eq!(came.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0]);
            assert_eq!(came[0][0].seats_left, 3);
        }
    }
}
