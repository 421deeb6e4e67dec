//! Live seats of the shown week, as long as somebody looks at it.

use std::time::Duration;

use domain::week::Week;
use domain::wire::SessionSeats;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ApiError, Connection, Session};
use crate::browser;

/// Before the connection is made again; twice as long after each failure.
const SOON: Duration = Duration::from_secs(2);
const LATE: Duration = Duration::from_mins(1);

/// Follows the week that `shown` names, and none while it names none, nobody looks, or the server
/// does not answer. What is heard is told to `hear`.
pub(crate) fn follow_seats(
    session: Session,
    connection: Connection,
    shown: Memo<Option<Week>>,
    hear: impl Fn(Week, &[SessionSeats]) + Copy + 'static,
) {
    let visible = RwSignal::new(browser::is_visible());
    let listener = window_event_listener_untyped("visibilitychange", move |_| {
        visible.set(browser::is_visible());
    });
    on_cleanup(move || listener.remove());
    let wanted = Memo::new(move |_| shown.get().filter(|_| visible.get() && !connection.is_lost()));
    let running = StoredValue::new(None::<AbortHandle>);
    Effect::new(move || {
        let before = running.try_update_value(Option::take).flatten();
        if let Some(before) = before {
            before.abort();
        }
        if let Some(week) = wanted.get() {
            let (following, handle) = abortable(follow(session, week, hear));
            running.set_value(Some(handle));
            spawn_local(async move {
                // Aborted when another week is shown.
                let _ = following.await;
            });
        }
    });
}

async fn follow(session: Session, week: Week, hear: impl Fn(Week, &[SessionSeats])) {
    let mut wait = SOON;
    loop {
        match session.seats(week).await {
            Ok(mut stream) => {
                while let Some(seats) = stream.next().await {
                    wait = SOON;
                    hear(week, &seats);
                }
            }
            Err(ApiError::SignedOut) => return,
            Err(_) => {}
        }
        browser::sleep(wait).await;
        wait = LATE.min(wait * 2);
    }
}
