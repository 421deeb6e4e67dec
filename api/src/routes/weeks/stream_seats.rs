use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{Error, HttpResponse, get, web};
use domain::problem::{Problem, ProblemCode};
use domain::week::Week;
use domain::wire::SessionSeats;
use futures_util::stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::live::{News, told};
use crate::planning;
use crate::state::App;
use crate::store::{StoreError, sessions};

/// Something is sent at least so often, so that nobody on the way takes the connection for dead.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Streams a week's seats as they change
///
/// Server-sent events. The first is `seats` with all sessions of the week; then `seats` with those
/// that have changed, each as it is now. Says nothing of who has a seat. The stream ends with the
/// access token: connect again with a new one, and the first event makes up for what was missed.
#[utoipa::path(
    tag = "planning",
    operation_id = "stream_week_seats",
    params(("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18")),
    security(("token" = [])),
    responses(
        (status = 200, description = "Events `seats`; the data of each is this list", body = Vec<SessionSeats>, content_type = "text/event-stream"),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: the server is ending", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/weeks/{monday}/seats")]
pub(crate) async fn stream_seats(
    app: web::Data<App>,
    caller: Caller,
    monday: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let week = planning::parse_week(&monday)?;
    let left = (caller.0.ends_at() - app.clock.now()).to_std().unwrap_or_default();
    // Listened to before the first reading: nothing falls in between.
    let news = app.live.listen().ok_or(ProblemCode::Unavailable)?;
    let first = whole(&app, week).await?;
    let listener = Listener { app: app.into_inner(), week, news, until: Instant::now() + left };
    let events = stream::unfold((Some(first), listener), |(first, mut listener)| async move {
        let event = match first {
            Some(first) => first,
            None => listener.next().await?,
        };
        Some((Ok::<_, Error>(event), (None, listener)))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Asks proxies not to hold the events back.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(events))
}

struct Listener {
    app: Arc<App>,
    week: Week,
    news: Receiver<News>,
    until: Instant,
}

impl Listener {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let news = tokio::select! {
                news = self.news.recv() => news,
                () = tokio::time::sleep(HEARTBEAT) => return Some(Bytes::from_static(b":\n\n")),
                () = tokio::time::sleep_until(self.until) => return None,
            };
            match news {
                Ok(News::Seats(changed)) => {
                    let mine: Vec<_> =
                        changed.iter().filter(|seats| Week::of(seats.date) == self.week).collect();
                    if !mine.is_empty() {
                        return Some(event(&mine));
                    }
                }
                Ok(News::Lost) | Err(RecvError::Lagged(_)) => {
                    // Without the database, the client connects again and sees for itself.
                    return whole(&self.app, self.week).await.ok();
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

async fn whole(app: &App, week: Week) -> Result<Bytes, StoreError> {
    let mut conn = app.db.read().await?;
    let seats = sessions::seats_between(&mut conn, week.monday(), week.sunday()).await?;
    Ok(event(&seats.into_iter().map(told).collect::<Vec<_>>()))
}

fn event(seats: &impl serde::Serialize) -> Bytes {
    // Names, dates and numbers always serialise, on one line.
    let data = serde_json::to_string(seats).unwrap_or_default();
    format!("event: seats\ndata: {data}\n\n").into()
}
