//! E-mails of the waiting list: told to the right people, at least once, and never in vain.

use std::time::Duration;

use api::clock::Clock;
use api::mail::{MailSettings, Sender};
use api::store::outbox::{self, SEAT_MAIL, SERVED, Written};
use api::store::waiting::Line;
use api::store::{Address, Db, sessions};
use chrono::TimeDelta;
use domain::wire::Me;
use futures_util::future::join_all;
use uuid::Uuid;

use crate::crash::{Process, until_ready};
use crate::smtp_sink::Sink;
use crate::support::{
    Commune, FreshDb, Person, Site, db_test, free_port, monday_morning, serve, session, system,
};

const DAY: &str = "2017-09-18";

pub(crate) fn sender(db: &Db, clock: &Clock, sink: &Sink) -> Sender {
    let from = "Périscolaire de Neuvecelle <periscolaire@example.org>";
    let mut errors = Vec::new();
    let mail = MailSettings::read(
        Some(&sink.url()),
        Some(from),
        Some("https://preau.example"),
        &mut errors,
    );
    assert!(errors.is_empty(), "{errors:?}");
    Sender::new(db.clone(), clock.clone(), mail.unwrap())
}

/// Runs a statement of two values, behind the server's back.
pub(crate) async fn behind(db: &Db, statement: &'static str, id: Uuid, text: Option<&str>) {
    use sqlx::Connection;
    let url = db.address().as_str();
    if db.is_postgres() {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(id).bind(text).execute(&mut conn).await.unwrap();
    } else {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(id).bind(text).execute(&mut conn).await.unwrap();
    }
}

/// A child is the child of one more guardian, who has this e-mail address.
async fn second_guardian(db: &Db, person: &Person, email: Option<&str>) {
    let guardian = Uuid::now_v7();
    behind(
        db,
        "INSERT INTO guardian (id, civility, last_name, usage_name, first_name, email, home_phone,
             work_phone, mobile_phone, address, postcode, city, country, imported)
         VALUES ($1, 'M', 'PAPA', '', 'Paul', $2, '', '', '', '', '', '', '', '{}')",
        guardian,
        email,
    )
    .await;
    let statement = if db.is_postgres() {
        "INSERT INTO child_guardian (guardian_id, child_id) VALUES ($1, $2::uuid)"
    } else {
        "INSERT INTO child_guardian (guardian_id, child_id) VALUES ($1, unhex($2, '-'))"
    };
    behind(db, statement, guardian, Some(&person.children[0].to_string())).await;
}

/// The second of two families waits for the bus, and the first gives its seat back.
async fn serve_the_line(commune: &Commune, site: &Site) {
    let [seated, waits, ..] = &commune.people[..] else { panic!("two families") };
    commune.leave_seats("bus-0830", DAY, 1).await;
    site.tick(seated, "bus-0830", DAY).await;
    site.join(waits, "bus-0830", DAY).await;
    site.untick(seated, "bus-0830", DAY).await;
}

pub(crate) async fn rows(db: &Db, kind: &str) -> Vec<Written> {
    outbox::of_kind(&mut db.read().await.unwrap(), kind).await.unwrap()
}

db_test! {
    async fn each_guardian_is_told_once_of_a_seat(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let waits = &commune.people[1];
        second_guardian(&db, waits, Some("paul@example.org")).await;
        // The same mailbox as another's, and none at all.
        second_guardian(&db, waits, Some("Paul@example.org")).await;
        second_guardian(&db, waits, None).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 2);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert_eq!(sink.addresses(), [waits.email.as_str(), "paul@example.org"]);

        let mail = &sink.received()[0];
        let subject = "Une place pour Lou\u{a0}: Bus 8h30, lundi 18 septembre";
        assert_eq!(mail.header("Subject"), subject);
        let from = mail.header("From");
        assert!(from.ends_with("<periscolaire@example.org>"), "{from}");
        assert_eq!(mail.header("Date"), "Mon, 11 Sep 2017 08:00:00 +0000");
        let text = mail.text();
        for said in [
            "Lou a maintenant sa place (Bus 8h30, lundi 18 septembre)",
            "rendez-la avant le mardi 12 septembre à 12\u{a0}h\u{a0}00",
            "https://preau.example/planning/2017-09-18",
            "Neuvecelle",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let html = mail.html();
        assert!(html.contains("<html lang=\"fr\">") && html.contains("Lou a maintenant sa place"));
        assert!(html.contains("href=\"https://preau.example/planning/2017-09-18\""), "{html}");
        let ids: Vec<_> = sink.received().iter().map(|mail| mail.header("Message-ID")).collect();
        assert!(ids[0] != ids[1] && ids[0].ends_with("@example.org>"), "{ids:?}");
    }
}

db_test! {
    async fn refused_for_an_hour_it_arrives_afterwards_once(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        sink.refuse("", "451 try again later");
        for minute in 0..180 {
            if minute == 60 {
                sink.refuse_nobody();
            }
            site.clock.set(monday_morning() + TimeDelta::minutes(minute));
            let sent = sender.send_due().await.unwrap();
            assert!(sent == 0 || minute >= 60);
            if minute == 59 {
                let row = &rows(&db, SEAT_MAIL).await[0];
                assert!(row.sent_at.is_none() && (6..10).contains(&row.attempts), "{row:?}");
                assert!(row.last_error.as_deref().unwrap().contains("451"), "{row:?}");
            }
        }
        assert_eq!(sink.addresses(), [commune.people[1].email.as_str()]);
        let row = &rows(&db, SEAT_MAIL).await[0];
        assert!(row.sent_at.unwrap() < monday_morning() + TimeDelta::minutes(91), "{row:?}");
        assert_eq!(row.last_error, None);
    }
}

db_test! {
    async fn a_mailbox_that_is_none_keeps_nobody_else_waiting(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        second_guardian(&db, &commune.people[1], Some("paul@example.org")).await;
        second_guardian(&db, &commune.people[1], Some("not an address")).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse(&commune.people[1].email, "550 5.1.1 no such user");
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), ["paul@example.org"]);
        let rows = rows(&db, SEAT_MAIL).await;
        assert!(rows.iter().all(|row| row.sent_at.is_some()), "{rows:?}");
        assert!(rows[0].last_error.as_deref().unwrap().contains("550"), "{rows:?}");
        assert_eq!(rows[1].last_error, None);
        assert_eq!(rows[2].last_error.as_deref(), Some("this is no e-mail address"));
    }
}

db_test! {
    async fn a_password_that_the_server_refuses_loses_nothing(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse("", "530 authentication required");
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 0);
        sink.refuse_nobody();
        site.clock.set(monday_morning() + TimeDelta::seconds(30));
        assert_eq!(sender.send_due().await.unwrap(), 1);
    }
}

db_test! {
    async fn what_is_refused_on_our_account_is_sent_later(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        for (hour, answer) in [
            "550 relaying denied",
            "550 5.7.1 you are on a list",
            "553 5.1.8 bad sender",
            "554 5.2.0 SendAsDenied",
        ].into_iter().enumerate() {
            sink.refuse("", answer);
            site.clock.set(monday_morning() + TimeDelta::hours(i64::try_from(hour).unwrap()));
            assert_eq!(sender.send_due().await.unwrap(), 0);
            let row = &rows(&db, SEAT_MAIL).await[0];
            assert!(row.sent_at.is_none(), "{answer}: {row:?}");
            assert!(row.last_error.as_deref().unwrap().contains(&answer[4..]), "{row:?}");
        }
        sink.refuse_nobody();
        site.clock.set(monday_morning() + TimeDelta::hours(4));
        assert_eq!(sender.send_due().await.unwrap(), 1);
    }
}

db_test! {
    async fn an_address_that_the_server_cannot_take_keeps_nobody_else_waiting(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let waits = &commune.people[1];
        let statement = "UPDATE guardian SET email = $2 WHERE id = $1";
        behind(&db, statement, waits.guardian.0, Some("zoé@example.org")).await;
        second_guardian(&db, waits, Some("paul@example.org")).await;
        // It does not offer SMTPUTF8.
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), ["paul@example.org"]);
        let row = &rows(&db, SEAT_MAIL).await[0];
        assert!(row.sent_at.is_none(), "another server may take it");
        assert!(row.last_error.as_deref().unwrap().contains("SMTPUTF8"), "{row:?}");
    }
}

db_test! {
    async fn nobody_is_told_of_a_seat_that_is_gone(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        site.untick(&commune.people[1], "bus-0830", DAY).await;
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let row = &rows(&db, SEAT_MAIL).await[0];
        assert!(row.sent_at.is_some(), "it is done with");
        assert_eq!(row.last_error.as_deref(), Some("the child has given the seat back"));

        // Had the server been down until the day was over:
        serve_the_line(&commune, &site).await;
        let friday = monday_morning() + TimeDelta::days(11);
        site.clock.set(friday);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert_eq!(sink.received().len(), 0);
        assert_eq!(rows(&db, SEAT_MAIL).await[1].last_error.as_deref(), Some("the day is over"));
    }
}

db_test! {
    async fn after_the_deadline_the_seat_is_the_guichets_matter(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        site.clock.set(monday_morning() + TimeDelta::days(2));
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let text = sink.received()[0].text();
        assert!(text.contains("adressez-vous au guichet") && !text.contains("rendez-la"), "{text}");
    }
}

db_test! {
    async fn without_an_address_there_is_nobody_to_tell(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        let guardian = commune.people[1].guardian.0;
        behind(&db, "UPDATE guardian SET email = $2 WHERE id = $1", guardian, None).await;
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let row = &rows(&db, SERVED).await[0];
        assert!(row.sent_at.is_some());
        assert_eq!(row.last_error.as_deref(), Some("no guardian has an e-mail address"));
        assert!(rows(&db, SEAT_MAIL).await.is_empty());
    }
}

db_test! {
    async fn what_another_version_wrote_waits_for_it(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        db.write(|conn| Box::pin(async move {
            for (kind, payload) in [("carrier.pigeon", "{}"), (SERVED, "{}"), (SEAT_MAIL, "?")] {
                outbox::add(conn, kind, payload, monday_morning()).await?;
            }
            Ok(())
        })).await.unwrap();
        serve_the_line(&commune, &site).await;
        assert_eq!(sender.send_due().await.unwrap(), 1, "the others hold nothing up");
        assert!(rows(&db, "carrier.pigeon").await[0].sent_at.is_none());
        for kind in [SERVED, SEAT_MAIL] {
            let row = &rows(&db, kind).await[0];
            assert_eq!(row.last_error.as_deref(), Some("what it is about can't be read"));
        }
        let unknown = outbox::unknown_kinds(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(unknown, ["carrier.pigeon"]);
        let forgotten = db.write(|conn| Box::pin(async move {
            Ok(outbox::forget_done(conn, monday_morning() + TimeDelta::seconds(1)).await?)
        })).await.unwrap();
        assert_eq!(forgotten, 6, "two invitations too: all but the one that waits");
        assert_eq!(rows(&db, "carrier.pigeon").await.len(), 1);
    }
}

db_test! {
    async fn who_dies_before_it_is_written_down_sends_again(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        serve_the_line(&commune, &site).await;
        let (now, lease) = (monday_morning(), TimeDelta::minutes(5));
        // Claimed by a server that is gone, whether or not its e-mail has left: this can't be known,
        // so that it may come twice, under the same name.
        let claim = || db.write(move |conn| {
            Box::pin(async move { Ok(outbox::claim(conn, now, lease).await?) })
        });
        let claimed = claim().await.unwrap().unwrap();
        assert_eq!((claimed.kind.as_str(), claimed.attempts), (SERVED, 1));
        assert_eq!(claim().await.unwrap(), None);
        site.clock.set(now + lease - TimeDelta::microseconds(1));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        site.clock.set(now + lease);
        assert_eq!(sender.send_due().await.unwrap(), 1);
    }
}

db_test! {
    async fn the_server_sends_by_itself(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let port = free_port();
        let process = Process::serve_with(&db, port, &[
            ("PREAU_SMTP_URL", &sink.url()),
            ("PREAU_MAIL_FROM", "periscolaire@example.org"),
            ("PREAU_PUBLIC_URL", "https://preau.example"),
        ]);
        let base = format!("http://127.0.0.1:{port}");
        until_ready(&site.http, &base).await;
        let waits = &commune.people[1];
        let me = site.http.get(format!("{base}/api/v1/me")).bearer_auth(site.token(waits));
        assert!(site.send(me).await.json::<Me>().sends_email);
        serve_the_line(&commune, &site).await;
        for _ in 0..600 {
            if !sink.received().is_empty() {
                break;
            }
            actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(sink.addresses(), [waits.email.as_str()]);
        drop(process);
    }
}

#[actix_web::test]
async fn replicas_send_each_email_once() {
    let fresh = FreshDb::postgres().await;
    let db = fresh.db().await;
    let commune = Commune::found(db.clone(), 31).await;
    let site = serve(&db).await;
    let (seated, waiting) = (&commune.people[0], &commune.people[1..]);
    commune.leave_seats("bus-0830", DAY, 1).await;
    site.tick(seated, "bus-0830", DAY).await;
    for person in waiting {
        site.join(person, "bus-0830", DAY).await;
    }
    db.write(|conn| {
        Box::pin(async move {
            let (actor, session) = (system(), session("bus-0830", DAY));
            Ok(sessions::set_capacity(conn, &actor, &session, 31, Line::Served).await?)
        })
    })
    .await
    .unwrap();
    let sink = Sink::start().await;
    let other = Db::open(&Address::new(fresh.url.clone())).await.unwrap();
    let mut senders = [&db, &other, &other].map(|db| sender(db, &site.clock, &sink));
    let sent = join_all(senders.iter_mut().map(Sender::send_due)).await;
    let sent: Vec<_> = sent.into_iter().map(Result::unwrap).collect();
    assert_eq!(sent.iter().sum::<usize>(), waiting.len());
    assert!(sent.iter().filter(|sent| **sent > 0).count() > 1, "together: {sent:?}");
    let everyone: Vec<_> = waiting.iter().map(|person| person.email.clone()).collect();
    assert_eq!(sink.addresses(), everyone, "each once");
    other.close().await;
    db.close().await;
    fresh.discard().await;
}
