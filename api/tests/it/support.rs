//! A small commune to test with, on either database, behind a real HTTP server.

use std::fmt::Write;
use std::net::TcpListener;
use std::sync::OnceLock;

use actix_web::dev::ServerHandle;
use actix_web::web;
use api::clock::Clock;
use api::security::passwords;
use api::state::{App, AppOptions};
use api::store::accounts::{self, Account};
use api::store::audit::{Actor, Origin};
use api::store::changes::{self, Wish};
use api::store::days::SessionKey;
use api::store::sign_ins::SignedIn;
use api::store::waiting::Line;
use api::store::{Address, Db, check, inscriptions, sessions, settings, subscriptions};
use api::{demo, roster, server};
use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::ActivitySlug;
use domain::bus::BusPackage;
use domain::calendar::{SchoolYear, Zone};
use domain::ids::{AccountId, ChildId, GuardianId};
use domain::problem::Problem;
use domain::settings::Settings;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::{TypeWeek, dates_in_term};
use domain::wire::{Client, Role};
use reqwest::{Method, StatusCode};
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

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

/// A guardian with a login.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) account: AccountId,
    pub(crate) guardian: GuardianId,
    pub(crate) children: Vec<ChildId>,
}

/// Neuvecelle in 2017-2018, with as many families as a test wants: the first has three children,
/// the others one each. All are subscribed to canteen and bus now and then, the very first child
/// also to the theatre. The guichet has a coordinator.
pub(crate) struct Commune {
    pub(crate) db: Db,
    pub(crate) settings: Settings,
    pub(crate) people: Vec<Person>,
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

fn files(families: usize) -> (String, String) {
    let mut pupils =
        String::from("Nom élève;Prénom élève;Date naissance;Sexe;INE;Niveau;Libellé classe\n");
    let mut guardians = String::from(
        "Civilité Responsable;Nom responsable;Prénom responsable;Courriel;\
         Nom de famille enfant;Prénom enfant;Classes enfants;\
         Nom de famille enfant;Prénom enfant;Classes enfants;\
         Nom de famille enfant;Prénom enfant;Classes enfants\n",
    );
    for family in 0..families {
        let last = letters(family);
        write!(guardians, "MME;FAMILLE{last};Anne;anne.{last}@example.org").unwrap();
        for (child, first) in
            ["Lou", "Max", "Zoé"].iter().enumerate().take(if family == 0 { 3 } else { 1 })
        {
            let birth = 2008 + child;
            let number = family * 10 + child;
            writeln!(pupils, "FAMILLE{last};{first};01/02/{birth};F;{number:09}AB;CE2;CE2 A")
                .unwrap();
            write!(guardians, ";FAMILLE{last};{first};CE2 A").unwrap();
        }
        guardians.push('\n');
    }
    (pupils, guardians)
}

fn letters(mut number: usize) -> String {
    let mut text = String::new();
    for _ in 0..3 {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    text
}

fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash_now(PASSWORD).unwrap())
}

impl Commune {
    pub(crate) async fn found(db: Db, families: usize) -> Self {
        let commune = demo::demo_settings(SchoolYear(2017)).unwrap();
        let (pupils, guardians) = files(families);
        let files = roster::read(pupils.as_bytes(), guardians.as_bytes()).unwrap();
        let kept = commune.clone();
        db.write(move |conn| {
            Box::pin(async move {
                settings::found(conn, &commune, Zone::A, true).await?;
                sessions::open_all(conn, &commune).await?;
                roster::enrol(conn, &files, monday_morning()).await?;
                accounts::set_missing_passwords(conn, password_hash()).await?;
                accounts::add_staff(
                    conn,
                    &Account {
                        id: AccountId(Uuid::now_v7()),
                        email: "guichet@example.org".into(),
                        role: Role::Coordinator,
                        first_name: "Claire".into(),
                        last_name: "Morand".into(),
                        guardian: None,
                        password_hash: Some(password_hash().into()),
                    },
                    monday_morning(),
                )
                .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
        let mut conn = db.read().await.unwrap();
        let mut people: Vec<Person> = Vec::new();
        for link in api::store::children::links(&mut conn).await.unwrap() {
            if let Some(person) = people.iter_mut().find(|person| person.email == link.email) {
                person.children.push(link.child);
                continue;
            }
            let account = accounts::by_email(&mut conn, &link.email).await.unwrap().unwrap();
            people.push(Person {
                email: link.email,
                account: account.id,
                guardian: account.guardian.unwrap(),
                children: vec![link.child],
            });
        }
        drop(conn);
        people.sort_by(|a, b| a.email.cmp(&b.email));
        let this = Self { db, settings: kept, people };
        this.subscribe_all().await;
        this
    }

    async fn subscribe_all(&self) {
        let settings = self.settings.clone();
        let children: Vec<_> =
            self.people.iter().flat_map(|person| person.children.clone()).collect();
        self.db
            .write(move |conn| {
                Box::pin(async move {
                    let actor = system();
                    for (number, child) in children.into_iter().enumerate() {
                        for term in settings.calendar.terms() {
                            let none = TypeWeek::default;
                            let rhythm = Rhythm::Occasional;
                            let mut choices = vec![
                                Choice::Canteen { rhythm, type_week: none() },
                                Choice::Bus {
                                    rhythm,
                                    type_week: none(),
                                    package: BusPackage::TwoRoundTrips,
                                },
                            ];
                            if number == 0 {
                                choices.push(Choice::Tap { activities: vec![slug("tap-theatre")] });
                            }
                            for choice in choices {
                                let weekly = choice.weekly(&settings.activities);
                                let days: Vec<_> = weekly
                                    .iter()
                                    .flat_map(|(name, days)| {
                                        let activity = settings.activity(name).unwrap();
                                        dates_in_term(&settings, activity, days, term)
                                            .map(|date| Wish::booked(child, name.clone(), date))
                                    })
                                    .collect();
                                let subscription = Subscription { child, term: term.id, choice };
                                subscriptions::add(conn, &actor, &subscription, &weekly).await?;
                                changes::apply(conn, &actor, &days).await?;
                            }
                        }
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// Sets how many seats a session has left.
    pub(crate) async fn leave_seats(&self, activity: &str, day: &str, left: u32) {
        let session = session(activity, day);
        self.db
            .write(move |conn| {
                Box::pin(async move {
                    let SessionKey { activity, date } = &session;
                    let seats = sessions::seats(conn, activity, *date).await?.unwrap();
                    let capacity = seats.taken + left;
                    let actor = system();
                    sessions::set_capacity(conn, &actor, &session, capacity, Line::Over, None)
                        .await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    pub(crate) async fn seats(&self, activity: &str, day: &str) -> domain::seats::Seats {
        let mut conn = self.db.read().await.unwrap();
        sessions::seats(&mut conn, &slug(activity), date(day)).await.unwrap().unwrap()
    }

    /// The days of a child, as `activity date`.
    pub(crate) async fn days(&self, child: ChildId) -> Vec<String> {
        let mut conn = self.db.read().await.unwrap();
        let days = inscriptions::of_child(&mut conn, child).await.unwrap();
        days.into_iter().map(|(activity, date)| format!("{activity} {date}")).collect()
    }

    /// The payloads of the outbox of a kind, in the order in which they were written.
    pub(crate) async fn outbox(&self, kind: &str) -> Vec<serde_json::Value> {
        let mut conn = self.db.read().await.unwrap();
        let rows = api::store::outbox::of_kind(&mut conn, kind).await.unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
    }

    /// Who waits for a seat, the first in line first.
    pub(crate) async fn line(&self, activity: &str, day: &str) -> Vec<ChildId> {
        let mut conn = self.db.read().await.unwrap();
        let line = api::store::waiting::line(&mut conn, &session(activity, day)).await.unwrap();
        line.into_iter().map(|waits| waits.child).collect()
    }

    pub(crate) async fn changes(&self) -> i64 {
        api::store::audit::count(&mut self.db.read().await.unwrap()).await.unwrap()
    }
}

pub(crate) fn system() -> Actor {
    Actor { account: None, origin: Origin::System, now: monday_morning() }
}

/// A running server and a client of it.
pub(crate) struct Site {
    pub(crate) base: String,
    pub(crate) clock: Clock,
    pub(crate) http: reqwest::Client,
    app: web::Data<App>,
    handle: ServerHandle,
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// Starts a replica on a free port, with a clock that stands at [`monday_morning`].
pub(crate) async fn serve(db: &Db) -> Site {
    serve_as(db, true).await
}

pub(crate) async fn serve_as(db: &Db, demo: bool) -> Site {
    let clock = Clock::still(monday_morning());
    let options =
        AppOptions { clock: clock.clone(), demo, trusted_proxies: Vec::new(), sends_email: false };
    let app = web::Data::new(App::new(db.clone(), options).await.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = server::run(app.clone(), listener).unwrap();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Site { base, clock, http: reqwest::Client::new(), app, handle }
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The code of the problem that it must be.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.text);
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert!(!problem.title.is_empty() && problem.detail.len() > 20, "{problem:?}");
        problem
    }

    pub(crate) fn code(&self) -> &'static str {
        self.problem().code.as_str()
    }
}

impl Site {
    pub(crate) fn token(&self, person: &Person) -> String {
        let who = SignedIn {
            sign_in: Uuid::now_v7(),
            account: person.account,
            guardian: Some(person.guardian),
            role: Role::Parent,
            client: Client::App,
        };
        self.app.tokens.access(&who, self.clock.now()).unwrap()
    }

    pub(crate) fn staff_token(&self, role: Role) -> String {
        let who = SignedIn {
            sign_in: Uuid::now_v7(),
            account: AccountId(Uuid::now_v7()),
            guardian: None,
            role,
            client: Client::Browser,
        };
        self.app.tokens.access(&who, self.clock.now()).unwrap()
    }

    /// As a server does that stops.
    pub(crate) fn end_streams(&self) {
        self.app.live.end();
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) async fn get(&self, person: &Person, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn post(&self, path: &str, body: serde_json::Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A request of a parent's, with a JSON body.
    pub(crate) async fn ask(
        &self,
        person: &Person,
        method: Method,
        path: &str,
        body: serde_json::Value,
    ) -> Answer {
        self.send(self.request(method, path).bearer_auth(self.token(person)).json(&body)).await
    }

    /// Joins the waiting list with the person's first child.
    pub(crate) async fn join(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = waiting(person.children[0], activity, day);
        self.send(self.request(Method::PUT, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn leave(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = waiting(person.children[0], activity, day);
        self.send(self.request(Method::DELETE, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn tick(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = inscription(person.children[0], activity, day);
        self.send(self.request(Method::PUT, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn untick(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = inscription(person.children[0], activity, day);
        self.send(self.request(Method::DELETE, &path).bearer_auth(self.token(person))).await
    }
}

pub(crate) fn inscription(child: impl std::fmt::Display, activity: &str, day: &str) -> String {
    format!("/api/v1/children/{child}/inscriptions/{activity}/{day}")
}

pub(crate) fn waiting(child: impl std::fmt::Display, activity: &str, day: &str) -> String {
    format!("/api/v1/children/{child}/waiting/{activity}/{day}")
}

/// A free port, for a server that is started as a process.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
