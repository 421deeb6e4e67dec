//! Links to choose a password: by invitation, and because one was forgotten.

use api::store::outbox::{self, INVITATION_MAIL, PASSWORD_MAIL};
use api::store::{Db, accounts};
use chrono::TimeDelta;
use domain::problem::Language;
use domain::wire::{Me, PasswordLinkView, TokenResponse};
use futures_util::future::join;
use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use crate::mail::{behind, rows, sender};
use crate::smtp_sink::Sink;
use crate::support::{
    Answer, Commune, PASSWORD, Site, db_test, monday_morning, serve, serve_mailing,
};

const NEW: &str = "quatre mots au hasard";

async fn ask(site: &Site, email: &str) -> Answer {
    site.post("/api/v1/auth/password-links", json!({ "email": email })).await
}

async fn read(site: &Site, link: &str) -> Answer {
    site.post("/api/v1/auth/password-links/read", json!({ "link": link })).await
}

async fn choose(site: &Site, link: &str, password: &str) -> Answer {
    let body = json!({ "link": link, "new_password": password, "client": "app" });
    site.post("/api/v1/auth/password-links/use", body).await
}

async fn login(site: &Site, email: &str, password: &str) -> StatusCode {
    let body = json!({ "email": email, "password": password, "client": "app" });
    site.post("/api/v1/auth/login", body).await.status
}

/// The link in the last e-mail.
fn link(sink: &Sink) -> String {
    let mails = sink.received();
    let text = mails.last().unwrap().text();
    let (_, rest) = text.split_once("https://preau.example/mot-de-passe#").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// The account has no password yet, and is invited to choose one.
async fn invite(db: &Db, account: Uuid) {
    behind(db, "UPDATE account SET password_hash = $2 WHERE id = $1", account, None).await;
    let payload = json!({ "account_id": account }).to_string();
    db.write(move |conn| {
        Box::pin(async move {
            Ok(outbox::add(conn, INVITATION_MAIL, &payload, monday_morning()).await?)
        })
    })
    .await
    .unwrap();
}

db_test! {
    async fn an_invitation_leads_to_a_password_once_within_seven_days(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        invite(&db, person.account.0).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), [person.email.as_str()]);
        let mail = &sink.received()[0];
        assert_eq!(
            mail.header("Subject"),
            "Services périscolaires de vos enfants (Neuvecelle)\u{a0}: choisissez votre mot de passe"
        );
        let text = mail.text();
        for said in [
            person.email.as_str(),
            "une seule fois, jusqu'au lundi 18 septembre à 10\u{a0}h\u{a0}00.",
            "Demandez-en un autre\u{a0}: https://preau.example/mot-de-passe",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let link = link(&sink);
        let view: PasswordLinkView = read(&site, &link).await.json();
        assert_eq!(view.email, person.email);
        let week_later = monday_morning() + TimeDelta::days(7);
        assert_eq!(view.ends_at, week_later);

        site.clock.set(week_later);
        for late in [read(&site, &link).await, choose(&site, &link, NEW).await] {
            assert_eq!((late.status, late.code()), (StatusCode::GONE, "link_ended"));
        }
        site.clock.set(week_later - TimeDelta::seconds(1));
        let weak = choose(&site, &link, "azertyuiop").await;
        assert_eq!((weak.status, weak.code()), (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed"));
        assert_eq!(weak.problem().errors[0].pointer, "/new_password");
        let tokens: TokenResponse = choose(&site, &link, NEW).await.json();
        let me = site.request(Method::GET, "/api/v1/me").bearer_auth(&tokens.access_token);
        assert_eq!(site.send(me).await.json::<Me>().email, person.email);
        assert_eq!(login(&site, &person.email, NEW).await, StatusCode::OK);
        for used in [read(&site, &link).await, choose(&site, &link, "cinq mots au hasard").await] {
            assert_eq!((used.status, used.code()), (StatusCode::GONE, "link_ended"));
        }
    }
}

db_test! {
    async fn who_has_a_password_is_not_invited(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        for account in [commune.people[0].account.0, Uuid::now_v7()] {
            let payload = json!({ "account_id": account }).to_string();
            db.write(move |conn| Box::pin(async move {
                Ok(outbox::add(conn, INVITATION_MAIL, &payload, monday_morning()).await?)
            })).await.unwrap();
        }
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let written = rows(&db, INVITATION_MAIL).await;
        let errors: Vec<_> = written.iter().filter_map(|row| row.last_error.as_deref()).collect();
        assert_eq!(errors, ["a password is chosen already", "there is no such account"]);
    }
}

db_test! {
    async fn a_forgotten_password_is_replaced_and_other_devices_signed_out(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let person = &commune.people[0];
        let body = json!({ "email": person.email, "password": PASSWORD, "client": "app" });
        let elsewhere: TokenResponse = site.post("/api/v1/auth/login", body).await.json();
        let asked = ask(&site, &format!(" {} ", person.email.to_uppercase())).await;
        assert_eq!((asked.status, asked.text.as_str()), (StatusCode::ACCEPTED, ""));
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let mail = &sink.received()[0];
        assert_eq!(mail.header("Subject"), "Choisissez un nouveau mot de passe");
        assert!(mail.text().contains("jusqu'au lundi 11 septembre à 12\u{a0}h\u{a0}00."));
        assert!(mail.text().contains("votre mot de passe reste le même"));
        let link = link(&sink);
        assert_eq!(login(&site, &person.email, PASSWORD).await, StatusCode::OK, "until it is used");
        assert_eq!(choose(&site, &link, NEW).await.status, StatusCode::OK);
        assert_eq!(login(&site, &person.email, PASSWORD).await, StatusCode::UNAUTHORIZED);
        let refresh = json!({ "refresh_token": elsewhere.refresh_token });
        let refused = site.post("/api/v1/auth/refresh", refresh).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
}

db_test! {
    async fn a_link_that_nobody_expects_any_more_is_not_sent(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse("", "550 you are on a list");
        for _ in 0..2 {
            ask(&site, &commune.people[0].email).await;
        }
        assert_eq!(sender.send_due().await.unwrap(), 0);
        sink.refuse_nobody();
        site.clock.set(monday_morning() + TimeDelta::hours(2) - TimeDelta::microseconds(1));
        assert_eq!(sender.send_due().await.unwrap(), 2);
        sink.refuse("", "550 you are on a list");
        ask(&site, &commune.people[0].email).await;
        assert_eq!(sender.send_due().await.unwrap(), 0);
        sink.refuse_nobody();
        site.clock.set(site.clock.now() + TimeDelta::hours(2));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let row = &rows(&db, PASSWORD_MAIL).await[2];
        assert!(row.sent_at.is_some());
        assert_eq!(row.last_error.as_deref(), Some("it was asked for too long ago"));
    }
}

db_test! {
    async fn an_invitation_that_is_refused_for_a_month_is_given_up(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        invite(&db, commune.people[0].account.0).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse("", "550 you are on a list");
        let last = async || rows(&db, INVITATION_MAIL).await.pop().unwrap();
        for (hours, is_done) in [(0, false), (30 * 24 - 1, false), (30 * 24, true)] {
            site.clock.set(monday_morning() + TimeDelta::hours(hours));
            assert_eq!(sender.send_due().await.unwrap(), 0);
            let row = last().await;
            assert_eq!(row.sent_at.is_some(), is_done, "{row:?}");
            assert!(row.last_error.unwrap().contains("on a list"));
        }
        sink.refuse_nobody();
        site.clock.set(monday_morning() + TimeDelta::days(60));
        assert_eq!(sender.send_due().await.unwrap(), 0);
    }
}

db_test! {
    async fn nobody_learns_who_has_an_account(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let (known, unknown) =
            (ask(&site, &commune.people[0].email).await, ask(&site, "nobody@example.org").await);
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
        let sink = Sink::start().await;
        assert_eq!(sender(&db, &site.clock, &sink).send_due().await.unwrap(), 1);
        let errors: Vec<_> =
            rows(&db, PASSWORD_MAIL).await.into_iter().map(|row| row.last_error).collect();
        assert_eq!(errors, [None, Some("no account has this address".to_owned())]);
    }
}

db_test! {
    async fn what_is_no_address_and_no_link_is_explained(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let nothing = ask(&site, "camille").await;
        assert_eq!((nothing.status, nothing.code()), (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed"));
        assert_eq!(nothing.problem().errors[0].pointer, "/email");
        let long = ask(&site, &format!("{}@example.org", "a".repeat(250))).await;
        assert_eq!((long.status, long.code()), (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed"));
        let missing = site.post("/api/v1/auth/password-links", json!({})).await;
        assert_eq!((missing.status, missing.code()), (StatusCode::BAD_REQUEST, "invalid_request"));
        for no_link in ["", "a.b.c", &site.token(&commune.people[0])] {
            for answer in [read(&site, no_link).await, choose(&site, no_link, NEW).await] {
                assert_eq!((answer.status, answer.code()), (StatusCode::GONE, "link_ended"));
            }
        }
        let silent = serve(&db).await;
        let refused = ask(&silent, &commune.people[0].email).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "no_email"));
    }
}

db_test! {
    async fn a_letter_box_is_not_filled(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let email = &commune.people[0].email;
        for _ in 0..3 {
            assert_eq!(ask(&site, email).await.status, StatusCode::ACCEPTED);
        }
        let fourth = ask(&site, email).await;
        assert_eq!((fourth.status, fourth.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
    }
}

db_test! {
    async fn of_two_who_use_a_link_at_once_one_does(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        invite(&db, person.account.0).await;
        let sink = Sink::start().await;
        sender(&db, &site.clock, &sink).send_due().await.unwrap();
        let link = link(&sink);
        let (one, other) = join(choose(&site, &link, NEW), choose(&site, &link, NEW)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::GONE]);
        let account = accounts::by_id(&mut db.read().await.unwrap(), person.account).await.unwrap();
        assert!(account.unwrap().password_hash.is_some());
    }
}

db_test! {
    async fn who_signs_in_in_english_is_written_to_in_english(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_mailing(&db).await;
        let person = &commune.people[0];
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        let ask_in = async |language: &'static str| {
            let body = json!({ "email": person.email });
            let asked = site.request(Method::POST, "/api/v1/auth/password-links").json(&body);
            let asked = site.send(asked.header("accept-language", language)).await;
            assert_eq!(asked.status, StatusCode::ACCEPTED);
        };
        let sign_in = async |language: &'static str| {
            let body = json!({ "email": person.email, "password": PASSWORD, "client": "app" });
            let login = site.request(Method::POST, "/api/v1/auth/login").json(&body);
            let answer = site.send(login.header("accept-language", language)).await;
            answer.json::<TokenResponse>().refresh_token
        };
        ask_in("en-GB, fr;q=0.5").await;
        sender.send_due().await.unwrap();
        assert_eq!(sink.received()[0].header("Subject"), "Choose a new password");
        let language = async || {
            let mut conn = db.read().await.unwrap();
            accounts::language_of(&mut conn, person.guardian).await.unwrap()
        };
        assert_eq!(language().await, Language::French, "until a sign-in says otherwise");
        let token = sign_in("en").await;
        assert_eq!(language().await, Language::English);
        // Who says nothing, as a program may, changes nothing.
        login(&site, &person.email, PASSWORD).await;
        assert_eq!(language().await, Language::English);
        let refresh = site.request(Method::POST, "/api/v1/auth/refresh");
        let refresh = refresh.json(&json!({ "refresh_token": token }));
        site.send(refresh.header("accept-language", "fr")).await;
        assert_eq!(language().await, Language::French);
        sign_in("en").await;
        ask_in("de").await;
        sender.send_due().await.unwrap();
        assert_eq!(sink.received()[1].header("Subject"), "Choose a new password");
    }
}
