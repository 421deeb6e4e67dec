//! The demo's history: parents who changed a day here and there, in time and as seats allowed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::activity::ServiceKind;
use domain::calendar::utc_to_paris;
use domain::settings::Settings;
use domain::week::Week;
use fastrand::Rng;

use super::Size;
use crate::store::audit::{Actor, Origin};
use crate::store::children;
use crate::store::inscriptions::{self, Freed, Taken};
use crate::store::waiting::Line;
use crate::store::{Conn, StoreError, Undo};

/// Changes a week that are tried.
const CHANGES: usize = 25;
/// Weeks before and after now in which days were changed.
const BEFORE: u64 = 6;
const AFTER: u64 = 3;

/// Changes days around now, each at an instant at which a parent could.
pub(super) async fn change(
    conn: &mut Conn,
    rng: &mut Rng,
    settings: &Settings,
    size: Size,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let children = children::enrolled(conn).await?;
    let shown = Week::of(utc_to_paris(now).date());
    let mut week = (0..BEFORE).fold(shown, |week, _| week.previous());
    let open: Vec<_> = settings
        .activities
        .iter()
        .filter(|activity| activity.service != ServiceKind::Tap)
        .collect();
    for _ in 0..=BEFORE + AFTER {
        let days: Vec<_> =
            week.school_days().filter(|date| settings.calendar.is_school_day(*date)).collect();
        for _ in 0..size.of(CHANGES) {
            // Drawn even where there is no school, so that the calendar alone changes little.
            let (who, what, when) = (
                rng.usize(..children.len().max(1)),
                rng.usize(..open.len().max(1)),
                rng.usize(..5),
            );
            let (minutes, app) = (rng.i64(1..6 * 24 * 60), rng.bool());
            let (Some(child), Some(activity), Some(date)) =
                (children.get(who), open.get(what), days.get(when))
            else {
                continue;
            };
            let day = settings.day(activity, *date, true);
            let Some(deadline) = day.add_until else { continue };
            let at = deadline - TimeDelta::minutes(minutes);
            if at > now || !settings.runs_on(activity, *date) {
                continue;
            }
            let origin = if app { Origin::App } else { Origin::Web };
            let actor = Actor { account: child.account, ..Actor::system(origin, at) };
            let freed =
                inscriptions::free(conn, &actor, child.child, &activity.slug, *date, Line::Served)
                    .await;
            if matches!(kept(freed)?, Freed::Before(_)) {
                let taken =
                    inscriptions::take(conn, &actor, child.child, &activity.slug, *date).await;
                let _: Taken = kept(taken)?;
            }
        }
        week = week.next();
    }
    Ok(())
}

/// Nothing else writes meanwhile, so nothing is ever undone.
fn kept<T>(outcome: Result<T, Undo<T>>) -> Result<T, StoreError> {
    match outcome {
        Ok(answer) | Err(Undo::Answer(answer)) => Ok(answer),
        Err(Undo::Failed(error)) => Err(error),
    }
}
