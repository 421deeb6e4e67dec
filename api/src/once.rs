//! Requests that make papers are done once, however often they are sent with the same
//! `Idempotency-Key`.

use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use domain::problem::ProblemCode;
use serde::Serialize;

use crate::failure::Failure;
use crate::store::Conn;
use crate::store::idempotency::{self, Key, Known};

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 100;

/// The key of a request, if it has one.
#[derive(Clone, Debug)]
pub struct Once(Option<Key>);

impl Once {
    /// Reads the header, and binds it to the path and the body.
    pub fn read(
        request: &HttpRequest,
        account: AccountId,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        let Some(value) = request.headers().get(HEADER) else { return Ok(Self(None)) };
        let text = value.to_str().ok().filter(|text| (1..=LONGEST).contains(&text.len()));
        let text = text.ok_or(ProblemCode::InvalidRequest)?.to_owned();
        let mut bound = request.path().as_bytes().to_vec();
        bound.push(0);
        // A request that was read can be written.
        bound.extend(serde_json::to_vec(body).unwrap_or_default());
        let request = digest::digest(&digest::SHA256, &bound).as_ref().to_vec();
        Ok(Self(Some(Key { account, text, request })))
    }
}

/// What a request is answered with, as JSON: a later version of this software answers it unchanged.
#[derive(Debug)]
pub struct Answer(String);

impl Answer {
    fn of(made: &impl Serialize) -> Self {
        // All answers can be written.
        Self(serde_json::to_string(made).unwrap_or_default())
    }

    /// 201 with it.
    #[must_use]
    pub fn created(self) -> HttpResponse {
        HttpResponse::Created().content_type(ContentType::json()).body(self.0)
    }
}

/// The answer of the request that came first, or else of this one, which is kept with what it makes.
/// Whoever sends the same at the same time has to wait for a row that is held here already.
pub async fn answered<T: Serialize>(
    conn: &mut Conn,
    once: Once,
    now: DateTime<Utc>,
    work: impl AsyncFnOnce(&mut Conn) -> Result<T, Failure>,
) -> Result<Answer, Failure> {
    let Some(key) = once.0 else { return Ok(Answer::of(&work(conn).await?)) };
    match idempotency::look_up(conn, &key).await? {
        Known::Other => Err(ProblemCode::IdempotencyKeyReused.into()),
        Known::Same(answer) => Ok(Answer(answer)),
        Known::No => {
            let answer = Answer::of(&work(conn).await?);
            if idempotency::keep(conn, &key, &answer.0, now).await? {
                Ok(answer)
            } else {
                Err(ProblemCode::IdempotencyKeyReused.into())
            }
        }
    }
}
