use actix_web::{put, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::SubscriptionDraft;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::households;
use crate::store::drafts;
use crate::subscribing::Form;

/// Keeps a form that is not confirmed yet
///
/// As it is: it need not be complete. With the version that it follows, 0 for the first. It takes the
/// place of what was kept of the caller's children; what another guardian has kept of others stays.
#[utoipa::path(
    tag = "subscriptions",
    operation_id = "save_subscription_draft",
    params(
        ("family" = String, Path, description = "The dossier's id", format = Uuid),
        ("term" = String, Path, description = "The term's id", format = Uuid),
    ),
    request_body = SubscriptionDraft,
    security(("token" = [])),
    responses(
        (status = 200, description = "The draft, with its version", body = SubscriptionDraft),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`, `term_not_found`, `child_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`draft_changed`: another version was kept meanwhile", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: too many children", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/families/{family}/terms/{term}/subscription-draft")]
pub(crate) async fn save_subscription_draft(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String)>,
    body: web::Json<SubscriptionDraft>,
) -> Result<web::Json<SubscriptionDraft>, Failure> {
    let draft = body.into_inner();
    let form = {
        let mut conn = app.db.read().await?;
        Form::read(&mut conn, &app.settings, parent.guardian, &path).await?
    };
    form.check_children(&draft.children)?;
    let (family, term, now, own) = (form.family, form.term.id, app.clock.now(), form.own());
    let kept = draft.clone();
    let version = app
        .db
        .write(move |conn| {
            Box::pin(async move {
                // Of those who keep theirs at once, each follows what the other has kept.
                households::hold(conn, family).await?;
                Ok(drafts::keep(conn, family, term, &own, kept, now).await?)
            })
        })
        .await?
        .ok_or(ProblemCode::DraftChanged)?;
    Ok(web::Json(SubscriptionDraft { version, ..draft }))
}
