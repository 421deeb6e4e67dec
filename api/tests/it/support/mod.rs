//! A small commune to test with, on either database, behind a real HTTP server.

mod commune;
mod site;

use std::net::TcpListener;

use api::store::audit::{Actor, Origin};
use api::store::days::SessionKey;
use api::store::{Address, Db, check};
use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::ActivitySlug;
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

pub(crate) use commune::{Commune, Person, files};
pub(crate) use site::{Answer, Site, inscription, serve, serve_as, serve_mailing, waiting};

/// Everyone's password here.
pub(crate) const PASSWORD: &str = "quatre poules rousses";

/// Makes `name::sqlite` and `name::postgres` of one test. Afterwards nothing may be wrong with
/// the data.
macro_rules! db_test {
    ($(#[$meta:meta])* async fn $name:ident($db:ident) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn run(fresh: $crate::support::FreshDb) {
                let $db = fresh.db().await;
                let again = $db.clone();
                $body
                $crate::support::nothing_is_wrong(&again).await;
                again.close().await;
                fresh.discard().await;
            }

            $(#[$meta])*
            #[actix_web::test]
            async fn sqlite() {
                run($crate::support::FreshDb::sqlite()).await;
            }

            $(#[$meta])*
            #[actix_web::test]
            async fn postgres() {
                run($crate::support::FreshDb::postgres().await).await;
            }
        }
    };
}
pub(crate) use db_test;

/// An empty database that goes away.
pub(crate) struct FreshDb {
    pub(crate) url: String,
    /// The server on which it was created, and its name there.
    postgres: Option<(String, String)>,
    _folder: Option<tempfile::TempDir>,
}

impl FreshDb {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("preau.sqlite").display());
        Self { url, postgres: None, _folder: Some(folder) }
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("PREAU_TEST_POSTGRES_URL")
            .expect("PREAU_TEST_POSTGRES_URL: `cargo xtask test` starts a server and sets it");
        let name = format!("preau_{}", Uuid::now_v7().simple());
        let mut conn = PgConnection::connect(&server).await.unwrap();
        conn.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        conn.close().await.unwrap();
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let base = base.rsplit_once('/').unwrap().0;
        let url = format!("{base}/{name}?{query}");
        Self { url, postgres: Some((server, name)), _folder: None }
    }

    pub(crate) async fn db(&self) -> Db {
        Db::open(&Address::new(self.url.clone())).await.unwrap()
    }

    pub(crate) async fn discard(self) {
        if let Some((server, name)) = &self.postgres {
            let mut conn = PgConnection::connect(server).await.unwrap();
            conn.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")))
                .await
                .unwrap();
        }
    }
}

pub(crate) async fn nothing_is_wrong(db: &Db) {
    let findings = check::findings(&mut db.read().await.unwrap()).await.unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
}

/// A Monday morning: the week of 18 September is open until the next day at noon.
pub(crate) fn monday_morning() -> DateTime<Utc> {
    utc("2017-09-11T08:00:00Z")
}

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn session(activity: &str, day: &str) -> SessionKey {
    SessionKey { activity: slug(activity), date: date(day) }
}

pub(crate) fn slug(text: &str) -> ActivitySlug {
    ActivitySlug::parse(text).unwrap()
}

pub(crate) fn system() -> Actor {
    Actor::system(Origin::System, monday_morning())
}

/// A free port, for a server that is started as a process.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
