//! Demo communes on either database, and their parents.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use api::demo;
use api::security::tokens::Tokens;
use api::store::accounts::{self, Account};
use api::store::audit::{Actor, Origin};
use api::store::days::SessionKey;
use api::store::sign_ins::SignedIn;
use api::store::waiting::Line;
use api::store::{Address, Db, audit, check, sessions};
use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::ActivitySlug;
use domain::cell::CellState;
use domain::ids::{AccountId, ChildId};
use domain::seats::Seats;
use domain::wire::{Client, WeekView};
use sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::http::{Http, request};
use crate::server::{NOW, Server};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    pub(crate) const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Where communes are made.
pub(crate) struct Place {
    /// The release binary.
    pub(crate) preau: PathBuf,
    /// A superuser on the maintenance database.
    pub(crate) postgres: String,
}

/// A commune in a database of its own.
pub(crate) struct Commune<'p> {
    place: &'p Place,
    backend: Backend,
    pub(crate) url: String,
    folder: TempDir,
}

/// A parent who is signed in.
pub(crate) struct Parent {
    pub(crate) account: AccountId,
    pub(crate) token: String,
}

/// A seat that a parent can take and give back.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) account: AccountId,
    pub(crate) token: String,
    pub(crate) child: ChildId,
    pub(crate) session: SessionKey,
}

impl Seat {
    pub(crate) fn request(&self, method: &str) -> Vec<u8> {
        let Self { child, session: SessionKey { activity, date }, .. } = self;
        let path = format!("/api/v1/children/{child}/inscriptions/{}/{date}", activity.as_str());
        request(method, &path, &self.token)
    }
}

impl<'p> Commune<'p> {
    /// Makes a demo commune with so many families, as `preau demo` does.
    pub(crate) async fn found(place: &'p Place, backend: Backend, families: usize) -> Result<Self> {
        let empty = Self::empty(place, backend, None).await?;
        let made = Command::new(&place.preau)
            .args(["demo", "--year=2017", "--logins=0", &format!("--families={families}")])
            .env("PREAU_DATABASE_URL", &empty.url)
            .env("PREAU_NOW", NOW)
            .current_dir(empty.folder())
            .output()
            .with_context(|| format!("cannot start {}", place.preau.display()))?;
        let said = String::from_utf8_lossy(&made.stderr);
        ensure!(made.status.success(), "no demo was made: {said}");
        Ok(empty)
    }

    /// The same commune again, as long as nobody uses this one.
    pub(crate) async fn copy(&self) -> Result<Self> {
        let copy = Self::empty(self.place, self.backend, Some(&self.url)).await?;
        if self.backend == Backend::Sqlite {
            std::fs::copy(self.sqlite_file(), copy.sqlite_file())?;
        }
        Ok(copy)
    }

    async fn empty(place: &'p Place, backend: Backend, template: Option<&str>) -> Result<Self> {
        let folder = TempDir::with_prefix("preau-bench-")?;
        let url = match backend {
            Backend::Sqlite => format!("sqlite://{}", folder.path().join("preau.sqlite").display()),
            Backend::Postgres => {
                let (server, _) = place.postgres.rsplit_once('/').context("no database's URL")?;
                let name = format!("preau_{}", Uuid::now_v7().simple());
                let template = template.and_then(|url| url.rsplit('/').next());
                let template = template.unwrap_or("template1");
                let mut conn = PgConnection::connect(&place.postgres).await?;
                let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
                conn.execute(sqlx::AssertSqlSafe(create)).await?;
                conn.close().await?;
                format!("{server}/{name}")
            }
        };
        Ok(Self { place, backend, url, folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn sqlite_file(&self) -> PathBuf {
        self.folder.path().join("preau.sqlite")
    }

    pub(crate) async fn serve(&self) -> Result<Server> {
        Server::start(&self.place.preau, &self.url, self.folder()).await
    }

    /// The database, past the server.
    pub(crate) async fn db(&self) -> Result<Db> {
        Ok(Db::open(&Address::new(self.url.clone())).await?)
    }

    /// One parent of each of so many families. They sign in here: hashing thousands of passwords
    /// would take longer than all that is measured.
    pub(crate) async fn parents(&self, count: usize) -> Result<Vec<Parent>> {
        let db = self.db().await?;
        let tokens = tokens(&db).await?;
        let mut conn = db.read().await?;
        let mut parents = Vec::new();
        for login in demo::logins(&mut conn).await?.0.into_iter().take(count) {
            let account = accounts::by_email(&mut conn, &login.email).await?;
            let account = account.context("a login without an account")?;
            parents.push(Parent { account: account.id, token: signed_in(&tokens, &account)? });
        }
        ensure!(parents.len() == count, "the commune has {} families only", parents.len());
        drop(conn);
        db.close().await;
        Ok(parents)
    }

    /// The coordinator's token.
    pub(crate) async fn coordinator(&self) -> Result<String> {
        let db = self.db().await?;
        let tokens = tokens(&db).await?;
        let staff = accounts::staff(&mut db.read().await?).await?;
        db.close().await;
        signed_in(&tokens, staff.first().context("no coordinator")?)
    }

    /// Sets how many seats a session has left.
    pub(crate) async fn leave_seats(&self, db: &Db, session: &SessionKey, left: u32) -> Result<()> {
        let capacity = seats(db, session).await?.taken + left;
        let (session, now) = (session.clone(), now()?);
        db.write(move |conn| {
            Box::pin(async move {
                let actor = Actor::system(Origin::System, now);
                let line = Line::Over;
                sessions::set_capacity(conn, &actor, &session, capacity, line).await?;
                Ok(())
            })
        })
        .await?;
        Ok(())
    }
}

async fn tokens(db: &Db) -> Result<Tokens> {
    let key = db
        .write(|conn| Box::pin(async move { Ok(accounts::token_key(conn, &[7; 32]).await?) }))
        .await?;
    Ok(Tokens::new(&key))
}

fn signed_in(tokens: &Tokens, account: &Account) -> Result<String> {
    let who = SignedIn {
        sign_in: Uuid::now_v7(),
        account: account.id,
        guardian: account.guardian,
        role: account.role,
        client: Client::App,
    };
    Ok(tokens.access(&who, now()?)?)
}

pub(crate) fn now() -> Result<DateTime<Utc>> {
    Ok(NOW.parse()?)
}

pub(crate) fn session(activity: &str, date: NaiveDate) -> Result<SessionKey> {
    Ok(SessionKey { activity: ActivitySlug::parse(activity)?, date })
}

/// A session's seats, as the database has them.
pub(crate) async fn seats(db: &Db, session: &SessionKey) -> Result<Seats> {
    let mut conn = db.read().await?;
    let seats = sessions::seats(&mut conn, &session.activity, session.date).await?;
    seats.context("no such session")
}

/// How many changes were written down.
pub(crate) async fn changes(db: &Db) -> Result<usize> {
    Ok(audit::count(&mut db.read().await?).await?.try_into()?)
}

/// Fails where anything is in the data that must never be.
pub(crate) async fn nothing_is_wrong(db: &Db) -> Result<()> {
    let findings = check::findings(&mut db.read().await?).await?;
    ensure!(findings.is_empty(), "{}", findings.join("; "));
    Ok(())
}

/// A parent's week, over HTTP.
pub(crate) async fn week(http: &mut Http, parent: &Parent, monday: NaiveDate) -> Result<WeekView> {
    let path = format!("/api/v1/family/weeks/{monday}");
    let answer = http.ask(&request("GET", &path, &parent.token)).await?;
    ensure!(answer.status == 200, "a week is refused: {}", answer.text());
    Ok(serde_json::from_slice(answer.body)?)
}

/// The days of a week that a parent can tick and untick.
pub(crate) fn open_seats<'a>(
    parent: &'a Parent,
    week: &'a WeekView,
) -> impl Iterator<Item = Seat> + 'a {
    week.cells.iter().filter(|cell| cell.state == CellState::FreeOpen).map(|cell| Seat {
        account: parent.account,
        token: parent.token.clone(),
        child: cell.child_id,
        session: SessionKey { activity: cell.activity.clone(), date: cell.date },
    })
}
