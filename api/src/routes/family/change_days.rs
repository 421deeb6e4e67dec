use std::sync::Arc;

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use domain::activity::Activity;
use domain::ids::GuardianId;
use domain::inscription::{Day, Refusal};
use domain::mistake::ListMistake;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{CellView, Change, ChangeResult, ChangesMode, ChangesRequest, ChangesView};

use crate::caller::Parent;
use crate::failure::{Failure, or_undo};
use crate::planning;
use crate::state::App;
use crate::store::audit::Actor;
use crate::store::changes::{self, To, Wish};
use crate::store::days::SessionKey;
use crate::store::subscriptions::{self, Linked};
use crate::store::waiting::Line;
use crate::store::{Conn, week};

/// Changes several days at once
///
/// In one transaction: what is given back first, then what is wished for, in the order of the
/// list. With `all_or_nothing`, one refusal and nothing is changed; with `each`, what can be done
/// is done, and the results say what was not.
#[utoipa::path(
    tag = "planning",
    operation_id = "create_changes",
    request_body = ChangesRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What became of each change, in the order of the request", body = ChangesView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`changes_refused`: with `all_or_nothing`; `errors` names the changes", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: an empty list, a long one, a day twice", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/family/changes")]
pub(crate) async fn change_days(
    app: web::Data<App>,
    parent: Parent,
    body: web::Json<ChangesRequest>,
) -> Result<web::Json<ChangesView>, Failure> {
    let request = body.into_inner();
    let key = |change: &Change| (change.child_id, change.activity.clone(), change.date);
    if let Some((at, mistake)) = ListMistake::find(&request.changes, ChangesRequest::MOST, key) {
        let pointer = at.map_or_else(|| "/changes".to_owned(), |at| format!("/changes/{at}"));
        return Err(Failure::List { pointer, mistake });
    }
    let now = app.clock.now();
    let (actor, guardian, state) = (parent.actor(now), parent.guardian, app.clone().into_inner());
    let made = app.db.write(move |conn| {
        Box::pin(async move { or_undo(make(conn, &state, guardian, &actor, &request).await) })
    });
    made.await?.map(web::Json)
}

/// Why a change can't be made.
#[derive(Clone)]
enum Wrong {
    /// Nothing of the caller's.
    Unknown(ProblemCode),
    Refused(Refusal),
}

impl Wrong {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Unknown(code) => *code,
            Self::Refused(refusal) => refusal.into(),
        }
    }
}

async fn make(
    conn: &mut Conn,
    app: &Arc<App>,
    guardian: GuardianId,
    actor: &Actor,
    request: &ChangesRequest,
) -> Result<ChangesView, Failure> {
    let linked = subscriptions::linked(conn, &app.settings, guardian, None, None).await?;
    let judged: Vec<_> =
        request.changes.iter().map(|change| judge(&linked, change, actor.now)).collect();
    let whole = request.mode == ChangesMode::AllOrNothing;
    if whole {
        all(judged.iter().map(|wish| wish.as_ref().err().map(Wrong::code)))?;
    }
    let wishes: Vec<_> = judged.iter().flatten().cloned().collect();
    if !wishes.is_empty() {
        changes::apply(conn, actor, &wishes).await?;
    }
    let dates = wishes.iter().map(|wish| wish.session.date);
    let sessions = match (dates.clone().min(), dates.max()) {
        (Some(first), Some(last)) => week::sessions_between(conn, guardian, first, last).await?,
        _ => week::SessionFacts::default(),
    };
    let results: Vec<_> = request
        .changes
        .iter()
        .zip(judged)
        .map(|(change, judged)| {
            let (day, session) = (day(&linked, change).ok(), session(change));
            let place = sessions.place(change.child_id, &session);
            let cell = day.map(|(_, day)| {
                let seats = sessions.seats(&session);
                planning::cell_view(&day, change.child_id, &session, seats, place, actor.now)
            });
            result(change, judged.err(), place.booked, cell)
        })
        .collect();
    if whole {
        all(results.iter().map(|result| result.reason))?;
    }
    Ok(ChangesView { results })
}

/// One refusal refuses all.
fn all(reasons: impl Iterator<Item = Option<ProblemCode>>) -> Result<(), Failure> {
    let refused: Vec<_> = reasons
        .enumerate()
        .filter_map(|(at, code)| Some((format!("/changes/{at}"), code?)))
        .collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Entries(refused)) }
}

fn session(change: &Change) -> SessionKey {
    SessionKey { activity: change.activity.clone(), date: change.date }
}

fn day<'a>(linked: &'a Linked, change: &Change) -> Result<(&'a Activity, Day<'a>), Wrong> {
    if !linked.children.contains(&change.child_id) {
        return Err(Wrong::Unknown(ProblemCode::ChildNotFound));
    }
    let activity = linked
        .settings
        .activity(&change.activity)
        .ok_or(Wrong::Unknown(ProblemCode::ActivityNotFound))?;
    Ok((activity, linked.day(change.child_id, activity, change.date)))
}

fn judge(linked: &Linked, change: &Change, now: DateTime<Utc>) -> Result<Wish, Wrong> {
    let (_, day) = day(linked, change)?;
    let to = if change.book {
        day.may_add(now).map(|()| To::Booked)
    } else {
        day.may_remove(now).map(|()| To::Free(Line::served_if(day.serves_waiting(now))))
    };
    let to = to.map_err(Wrong::Refused)?;
    Ok(Wish { child: change.child_id, session: session(change), to })
}

fn result(
    change: &Change,
    wrong: Option<Wrong>,
    booked: bool,
    cell: Option<CellView>,
) -> ChangeResult {
    let done = wrong.is_none() && booked == change.book;
    let deadline = match &wrong {
        Some(Wrong::Refused(Refusal::DeadlinePassed { deadline })) => Some(*deadline),
        _ => None,
    };
    let reason = match wrong {
        Some(wrong) => Some(wrong.code()),
        // All else was judged before: what is not booked had no seat.
        None if !done => {
            cell.as_ref().and_then(|cell| cell.reason).or(Some(ProblemCode::SessionFull))
        }
        None => None,
    };
    ChangeResult { done, cell, reason, deadline }
}
