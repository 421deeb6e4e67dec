//! E-mails about invoices and credit notes: to the billing address, with the document itself.

use api::mail::Sender;
use api::store::outbox::DOCUMENT_MAIL;
use api::store::{Address, Db, accounts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::problem::Language;
use domain::wire::ConfirmationView;
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::mail::{behind, rows, sender};
use crate::smtp_sink::Sink;
use crate::support::{Commune, FreshDb, Person, Site, db_test, serve, utc};

/// A Monday of the second term's window; ten days later is Thursday the 23rd.
pub(crate) const ISSUED: &str = "2017-11-13T08:00:00Z";

/// A commune whose second term can be subscribed to.
pub(crate) async fn billing(db: &Db, families: usize) -> (Commune, Site) {
    let commune = Commune::unsubscribed(db.clone(), families).await;
    commune.bills().await;
    let site = serve(db).await;
    site.clock.set(utc(ISSUED));
    (commune, site)
}

/// Takes the bus for one of a person's children now and then: 66.00 for one round trip, 116.00 for
/// two, less 20 % for the second child.
pub(crate) async fn bus(
    site: &Site,
    commune: &Commune,
    person: &Person,
    child: usize,
    package: &str,
) -> ConfirmationView {
    let bus = json!({ "rhythm": "occasional", "package": package, "type_week": {} });
    let body = json!({ "children": [{ "child_id": person.children[child], "bus": bus }] });
    let (family, term) = (commune.family(person).await, commune.settings.calendar.terms()[1].id);
    let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
    let answer = site.ask(person, Method::POST, &path, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

/// Pays an invoice by a cheque at the guichet.
pub(crate) async fn pay(site: &Site, commune: &Commune, invoice: &str, cents: i64) {
    let path = format!("/invoices/{invoice}/cheques");
    let cheque = site.guichet(commune, Method::POST, &path).json(&json!({ "amount": cents }));
    let answer = site.send(cheque).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
}

pub(crate) fn at(day: &str) -> DateTime<Utc> {
    utc(&format!("{day}T09:00:00Z"))
}

fn said(text: &str) -> String {
    text.replace("\r\n", "\n")
}

db_test! {
    async fn an_invoice_reaches_the_billing_address_once_with_its_pdf(db) {
        let (commune, site) = billing(&db, 2).await;
        let me = &commune.people[0];
        let made = bus(&site, &commune, me, 0, "1AR").await;
        assert_eq!(made.invoice.unwrap().to_string(), "F2017000001");
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert_eq!(sink.addresses(), [me.email.as_str()]);

        let mail = &sink.received()[0];
        assert_eq!(
            mail.header("Subject"),
            "Facture F2017000001\u{a0}: Bus et TAP, 2e trimestre 2017-2018, 66,00\u{a0}€ à payer \
             jusqu'au jeudi 23 novembre"
        );
        let text = said(&mail.text());
        for line in [
            "- Total\u{a0}: 66,00\u{a0}€\n- Reste à payer\u{a0}: 66,00\u{a0}€\n\
             - À payer jusqu'au\u{a0}: 23 novembre 2017\n",
            "Par chèque de 66,00\u{a0}€ exactement, à l'ordre de\u{a0}: Trésor Public. Notez \
             F2017000001 au dos",
            "Voir la facture\u{a0}: https://preau.example/factures/F2017000001",
            "pièce jointe",
            "periscolaire@neuvecelle.example",
        ] {
            assert!(text.contains(line), "{line}\n---\n{text}");
        }
        assert!(!text.contains("Déjà payé") && !text.contains("Avoir"), "{text}");
        let html = mail.html();
        assert!(html.contains("<li>Total\u{a0}: 66,00\u{a0}€</li>"), "{html}");
        let pdf = mail.attached("F2017000001.pdf");
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 10_000, "{}", pdf.len());
        assert!(mail.header("Content-Type").starts_with("multipart/mixed"));
    }
}

db_test! {
    async fn a_credit_note_says_what_it_takes_back_and_what_is_left(db) {
        let (commune, site) = billing(&db, 1).await;
        let me = &commune.people[0];
        bus(&site, &commune, me, 1, "1AR").await;
        pay(&site, &commune, "F2017000001", 6600).await;
        // The elder joins: the younger becomes the second on the bus.
        bus(&site, &commune, me, 0, "1AR").await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 3);
        let mails = sink.received();
        let by_number = |number: &str| {
            mails.iter().find(|mail| mail.header("Subject").contains(number)).unwrap()
        };
        // Paid meanwhile.
        let first = by_number("F2017000001");
        assert!(first.header("Subject").ends_with("2e trimestre 2017-2018, rien à payer"));
        let text = said(&first.text());
        assert!(text.contains("entièrement réglée") && !text.contains("chèque"), "{text}");
        assert!(text.contains("- Déjà payé\u{a0}: 66,00\u{a0}€\n- Reste à payer\u{a0}: 0,00\u{a0}€\n"), "{text}");

        let note = by_number("A2017000001");
        assert!(note.header("Subject").starts_with("Avoir A2017000001\u{a0}: Bus et TAP"));
        let text = said(&note.text());
        for line in [
            "Cet avoir reprend 66,00\u{a0}€ sur la facture F2017000001.",
            "- Déduit de la facture F2017000002\u{a0}: 66,00\u{a0}€\n\
             - Reste en votre faveur\u{a0}: 0,00\u{a0}€\n",
            "entièrement utilisé",
            "Voir l'avoir\u{a0}: https://preau.example/factures/A2017000001",
        ] {
            assert!(text.contains(line), "{line}\n---\n{text}");
        }
        assert!(note.attached("A2017000001.pdf").starts_with(b"%PDF-"));

        let second = by_number("F2017000002");
        let subject = second.header("Subject");
        assert!(subject.starts_with("Facture complémentaire F2017000002\u{a0}:"), "{subject}");
        let text = said(&second.text());
        // 66.00 and 52.80, less the 66.00 of the credit note.
        assert!(text.contains("- Avoir A2017000001 déduit\u{a0}: 66,00\u{a0}€\n- Reste à payer\u{a0}: 52,80\u{a0}€\n"), "{text}");
    }
}

db_test! {
    async fn refused_for_an_hour_an_invoice_arrives_afterwards_once(db) {
        let (commune, site) = billing(&db, 1).await;
        let me = &commune.people[0];
        bus(&site, &commune, me, 0, "1AR").await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse("", "451 try again later");
        for minute in 0..120 {
            if minute == 60 {
                sink.refuse_nobody();
            }
            site.clock.set(utc(ISSUED) + TimeDelta::minutes(minute));
            let sent = sender.send_due().await.unwrap();
            assert!(sent == 0 || minute >= 60);
        }
        assert_eq!(sink.addresses(), [me.email.as_str()]);
        let row = &rows(&db, DOCUMENT_MAIL).await[0];
        assert!(row.sent_at.unwrap() < utc(ISSUED) + TimeDelta::minutes(91), "{row:?}");
    }
}

db_test! {
    async fn a_document_that_is_none_is_told_to_nobody(db) {
        let (commune, site) = billing(&db, 1).await;
        let me = &commune.people[0];
        bus(&site, &commune, me, 0, "1AR").await;
        behind(&db, "UPDATE guardian SET email = $2 WHERE id = $1", me.guardian.0, None).await;
        db.write(|conn| Box::pin(async move {
            for payload in [r#"{"number":"F2017000009"}"#, r#"{"number":"x"}"#] {
                api::store::outbox::add(conn, DOCUMENT_MAIL, payload, utc(ISSUED)).await?;
            }
            Ok(())
        })).await.unwrap();
        let sink = Sink::start().await;
        assert_eq!(sender(&db, &site.clock, &sink).send_due().await.unwrap(), 0);
        let why: Vec<_> = rows(&db, DOCUMENT_MAIL).await.into_iter().map(|row| {
            assert!(row.sent_at.is_some());
            row.last_error.unwrap()
        }).collect();
        assert_eq!(why, [
            "the family's billing address has no e-mail address",
            "there is no such document",
            "what it is about can't be read",
        ]);
    }
}

#[actix_web::test]
async fn replicas_send_each_invoice_once() {
    let fresh = FreshDb::postgres().await;
    let db = fresh.db().await;
    let (commune, site) = billing(&db, 12).await;
    for person in &commune.people {
        bus(&site, &commune, person, 0, "1AR").await;
    }
    let sink = Sink::start().await;
    let other = Db::open(&Address::new(fresh.url.clone())).await.unwrap();
    let mut senders = [&db, &other].map(|db| sender(db, &site.clock, &sink));
    let sent = join_all(senders.iter_mut().map(Sender::send_due)).await;
    assert_eq!(sent.into_iter().map(Result::unwrap).sum::<usize>(), 12);
    let everyone: Vec<_> = commune.people.iter().map(|person| person.email.clone()).collect();
    assert_eq!(sink.addresses(), everyone, "each once");
    other.close().await;
    db.close().await;
    fresh.discard().await;
}

db_test! {
    async fn who_uses_the_portal_in_english_gets_english_papers(db) {
        let (commune, site) = billing(&db, 1).await;
        let me = &commune.people[0];
        let account = me.account;
        db.write(move |conn| Box::pin(async move {
            Ok(accounts::speaks(conn, account, Some(Language::English)).await?)
        })).await.unwrap();
        bus(&site, &commune, me, 0, "1AR").await;
        let sink = Sink::start().await;
        sender(&db, &site.clock, &sink).send_due().await.unwrap();
        let mail = &sink.received()[0];
        assert_eq!(
            mail.header("Subject"),
            "Invoice F2017000001: Bus and TAP, term 2 of 2017-2018, €66.00 to be paid by Thursday \
             23 November"
        );
        assert!(mail.text().contains("Open the invoice: https://preau.example/factures/F2017000001"));
        assert!(mail.attached("F2017000001.pdf").starts_with(b"%PDF-"));
    }
}
