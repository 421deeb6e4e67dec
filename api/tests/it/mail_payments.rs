//! Reminders of what is due: before the last day to pay and after it, once each.

use api::mail::Sender;
use api::store::outbox::PAYMENT_MAIL;
use api::store::{Address, Db};
use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::mail::{rows, sender};
use crate::mail_papers::{at, billing, bus, pay};
use crate::smtp_sink::Sink;
use crate::support::{FreshDb, db_test, utc};

db_test! {
    async fn one_before_and_one_after_the_last_day_to_pay(db) {
        let (commune, site) = billing(&db, 2).await;
        let me = &commune.people[0];
        bus(&site, &commune, me, 0, "1AR").await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 1, "the invoice");
        // To be paid until the 23rd: nothing on the 19th, nor before eight on the 20th.
        for early in ["2017-11-19T20:00:00Z", "2017-11-20T06:59:00Z"] {
            site.clock.set(utc(early));
            assert_eq!(sender.send_due().await.unwrap(), 0, "{early}");
        }
        site.clock.set(utc("2017-11-20T07:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let before = sink.received().pop().unwrap();
        assert_eq!(before.to, me.email);
        assert_eq!(
            before.header("Subject"),
            "Rappel\u{a0}: 66,00\u{a0}€ à payer jusqu'au jeudi 23 novembre (facture F2017000001)"
        );
        let text = before.text();
        for said in [
            "(Bus et TAP, 2e trimestre 2017-2018)",
            "à l'ordre de\u{a0}: Trésor Public",
            "https://preau.example/factures/F2017000001",
        ] {
            assert!(text.contains(said), "{said}\n---\n{text}");
        }
        assert!(!text.contains("recouvrement"), "{text}");

        // No more of them until the seventh day after.
        let mut afresh = crate::mail::sender(&db, &site.clock, &sink);
        for day in ["2017-11-20", "2017-11-23", "2017-11-24", "2017-11-29"] {
            site.clock.set(at(day));
            assert_eq!(sender.send_due().await.unwrap(), 0, "{day}");
            assert_eq!(afresh.send_due().await.unwrap(), 0, "{day}");
        }
        site.clock.set(at("2017-11-30"));
        assert_eq!(afresh.send_due().await.unwrap(), 1);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let after = sink.received().pop().unwrap();
        assert_eq!(
            after.header("Subject"),
            "Facture F2017000001\u{a0}: 66,00\u{a0}€ en attente de paiement depuis le jeudi 23 novembre"
        );
        let text = after.text();
        for said in [
            "recouvrement au comptable public\u{a0}: Service de gestion comptable de Thonon-les-Bains",
            "04 65 71 20 15",
        ] {
            assert!(text.contains(said), "{said}\n---\n{text}");
        }
        for day in ["2017-12-01", "2017-12-23", "2018-03-01"] {
            site.clock.set(at(day));
            assert_eq!(sender.send_due().await.unwrap(), 0, "{day}");
        }
    }
}

db_test! {
    async fn nobody_is_reminded_of_what_is_settled(db) {
        let (commune, site) = billing(&db, 3).await;
        let [credited, paid, partly] = &commune.people[..] else { panic!("three") };
        bus(&site, &commune, credited, 1, "1AR").await;
        bus(&site, &commune, paid, 0, "1AR").await;
        bus(&site, &commune, partly, 0, "1AR").await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 3);
        // Written for all, and refused for now.
        sink.refuse("", "451 not now");
        site.clock.set(at("2017-11-20"));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert_eq!(rows(&db, PAYMENT_MAIL).await.len(), 3);
        // Meanwhile one is credited and billed anew, another one is paid.
        bus(&site, &commune, credited, 0, "1AR").await;
        pay(&site, &commune, "F2017000002", 6600).await;
        sink.refuse_nobody();
        site.clock.set(at("2017-11-20") + TimeDelta::minutes(10));
        sender.send_due().await.unwrap();
        let reminded: Vec<_> = sink
            .received()
            .iter()
            .map(|mail| (mail.to.clone(), mail.header("Subject")))
            .filter(|(_, subject)| subject.starts_with("Rappel"))
            .collect();
        assert!(reminded.len() == 1 && reminded[0].0 == partly.email, "{reminded:?}");
        let why = rows(&db, PAYMENT_MAIL).await;
        let settled = Some("nothing is due any more");
        assert_eq!(why.iter().filter(|row| row.last_error.as_deref() == settled).count(), 2, "{why:?}");
        assert!(why.iter().all(|row| row.sent_at.is_some()), "{why:?}");

        // What was settled is reminded of no more; the new invoice is to be paid until 30 November.
        site.clock.set(at("2017-11-30"));
        sender.send_due().await.unwrap();
        let payloads = commune.outbox(PAYMENT_MAIL).await;
        let of: Vec<_> = payloads[3..].iter().map(|p| p["number"].as_str().unwrap()).collect();
        assert_eq!(of, ["F2017000003", "F2017000004"]);
    }
}

db_test! {
    async fn a_server_that_was_down_reminds_late_but_never_of_a_day_that_is_over(db) {
        let (commune, site) = billing(&db, 1).await;
        bus(&site, &commune, &commune.people[0], 0, "1AR").await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sender.send_due().await.unwrap();
        sink.refuse("", "451 not now");
        site.clock.set(at("2017-11-23"));
        sender.send_due().await.unwrap();
        sink.refuse_nobody();
        site.clock.set(at("2017-11-24"));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let row = &rows(&db, PAYMENT_MAIL).await[0];
        assert_eq!(row.last_error.as_deref(), Some("the last day to pay is over"));
        site.clock.set(at("2017-12-20"));
        assert_eq!(sender.send_due().await.unwrap(), 1);
    }
}

db_test! {
    async fn where_nothing_is_due_it_is_looked_for_once_a_minute(db) {
        let (_commune, site) = billing(&db, 1).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        let mut statements = async |second| {
            site.clock.set(at("2017-11-20") + TimeDelta::seconds(second));
            let before = db.statements();
            sender.send_due().await.unwrap();
            db.statements() - before
        };
        statements(0).await;
        let usual = statements(5).await;
        assert_eq!(statements(59).await, usual);
        assert_eq!(statements(60).await, usual + 1);
        assert_eq!(statements(65).await, usual);
    }
}

#[actix_web::test]
async fn replicas_remind_of_each_invoice_once() {
    let fresh = FreshDb::postgres().await;
    let db = fresh.db().await;
    let (commune, site) = billing(&db, 12).await;
    for person in &commune.people {
        bus(&site, &commune, person, 0, "1AR").await;
    }
    let sink = Sink::start().await;
    let other = Db::open(&Address::new(fresh.url.clone())).await.unwrap();
    let mut senders = [&db, &other, &other].map(|db| sender(db, &site.clock, &sink));
    senders[0].send_due().await.unwrap();
    site.clock.set(at("2017-11-20"));
    let sent = join_all(senders.iter_mut().map(Sender::send_due)).await;
    assert_eq!(sent.into_iter().map(Result::unwrap).sum::<usize>(), 12);
    let (mails, everyone) = (sink.received(), commune.people.iter().map(|p| p.email.clone()));
    let mut reminded: Vec<_> = mails[12..].iter().map(|mail| mail.to.clone()).collect();
    reminded.sort();
    assert_eq!(reminded, everyone.collect::<Vec<_>>(), "each once");
    other.close().await;
    db.close().await;
    fresh.discard().await;
}
