//! Signing in, refreshing, changing the password, signing out.

use domain::wire::{Me, Role, TokenResponse};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Answer, Commune, PASSWORD, Site, db_test, serve, serve_as};

async fn login(site: &Site, email: &str, password: &str, client: &str) -> Answer {
    let body = json!({ "email": email, "password": password, "client": client });
    site.post("/api/v1/auth/login", body).await
}

async fn app_login(site: &Site, email: &str) -> TokenResponse {
    login(site, email, PASSWORD, "app").await.json()
}

async fn refresh(site: &Site, token: &str) -> Answer {
    site.post("/api/v1/auth/refresh", json!({ "refresh_token": token })).await
}

async fn me(site: &Site, access_token: &str) -> Answer {
    site.send(site.request(Method::GET, "/api/v1/me").bearer_auth(access_token)).await
}

/// The refresh cookie of an answer, as `name=value`, and its attributes.
fn cookie(answer: &Answer) -> (String, String) {
    let set = answer.headers["set-cookie"].to_str().unwrap();
    let (pair, attributes) = set.split_once(';').unwrap();
    (pair.to_owned(), attributes.to_owned())
}

async fn browser_refresh(site: &Site, cookie: &str, fetch_site: Option<&str>) -> Answer {
    let request = site.request(Method::POST, "/api/v1/auth/refresh").json(&json!({}));
    let request = request.header("cookie", cookie);
    site.send(match fetch_site {
        Some(value) => request.header("sec-fetch-site", value),
        None => request,
    })
    .await
}

db_test! {
    async fn an_app_signs_in(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let tokens = app_login(&site, &person.email.to_uppercase()).await;
        assert_eq!(tokens.expires_in, 600);
        assert!(tokens.refresh_token.is_some());
        let me: Me = me(&site, &tokens.access_token).await.json();
        assert_eq!((me.account_id, me.role), (person.account, Role::Parent));
        assert_eq!(me.commune, "Neuvecelle");
        let coordinator = app_login(&site, "guichet@example.org").await;
        let me: Me = self::me(&site, &coordinator.access_token).await.json();
        assert_eq!(me.role, Role::Coordinator);
    }
}

db_test! {
    async fn a_browsers_refresh_token_is_out_of_scripts_reach(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let answer = login(&site, &commune.people[0].email, PASSWORD, "browser").await;
        let tokens: TokenResponse = answer.json();
        assert!(tokens.refresh_token.is_none());
        let (pair, attributes) = cookie(&answer);
        for attribute in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/api/v1/auth"] {
            assert!(attributes.contains(attribute), "{attributes}");
        }
        for elsewhere in [None, Some("cross-site"), Some("same-site"), Some("none")] {
            let answer = browser_refresh(&site, &pair, elsewhere).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "cross_site"));
        }
        let answer = browser_refresh(&site, &pair, Some("same-origin")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_ne!(cookie(&answer).0, pair, "rotated");
    }
}

db_test! {
    async fn wrong_credentials_do_not_say_which(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let wrong = login(&site, &commune.people[0].email, "not the password", "app").await;
        let unknown = login(&site, "nobody@example.org", PASSWORD, "app").await;
        assert_eq!((wrong.status, wrong.code()), (StatusCode::UNAUTHORIZED, "invalid_credentials"));
        assert_eq!(wrong.problem(), unknown.problem());
    }
}

db_test! {
    async fn malformed_sign_ins_are_explained(db) {
        Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let missing = site.post("/api/v1/auth/login", json!({ "email": "a@example.org" })).await;
        assert_eq!(missing.status, StatusCode::BAD_REQUEST);
        let problem = missing.problem();
        assert_eq!(problem.code.as_str(), "invalid_request");
        assert!(problem.errors[0].detail.contains("password"), "{problem:?}");
        let client = login(&site, "a@example.org", PASSWORD, "toaster").await;
        assert_eq!(client.code(), "invalid_request");
        let form = site.request(Method::POST, "/api/v1/auth/login").body("email=a");
        assert_eq!(site.send(form).await.code(), "unsupported_media_type");
    }
}

db_test! {
    async fn too_many_tries_wait(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve_as(&db, false).await;
        let email = &commune.people[0].email;
        // Ten, and those that have come free meanwhile on a slow machine.
        let mut last = login(&site, email, "not the password", "app").await;
        for _ in 0..100 {
            if last.status != StatusCode::UNAUTHORIZED {
                break;
            }
            last = login(&site, email, "not the password", "app").await;
        }
        assert_eq!((last.status, last.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
        let seconds: u64 = last.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds));
        // Not even the right password, so that a guess can't be told from a refusal.
        assert_eq!(login(&site, email, PASSWORD, "app").await.code(), "rate_limited");
    }
}

db_test! {
    async fn a_replayed_refresh_token_ends_its_line(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let first = app_login(&site, &commune.people[0].email).await.refresh_token.unwrap();
        let renewed: TokenResponse = refresh(&site, &first).await.json();
        let second = renewed.refresh_token.unwrap();
        assert_ne!(first, second);
        // A double click within seconds is forgiven.
        site.clock.set(site.clock.now() + api::store::sign_ins::GRACE - chrono::TimeDelta::seconds(1));
        let third: TokenResponse = refresh(&site, &first).await.json();
        assert!(third.refresh_token.is_some());
        // Later it means that someone has a copy: nobody keeps the line.
        site.clock.set(site.clock.now() + chrono::TimeDelta::seconds(1));
        assert_eq!(refresh(&site, &first).await.code(), "token_invalid");
        assert_eq!(refresh(&site, &second).await.code(), "token_invalid");
        assert_eq!(refresh(&site, &third.refresh_token.unwrap()).await.code(), "token_invalid");
    }
}

db_test! {
    async fn a_refresh_token_ends_after_thirty_days(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let start = site.clock.now();
        let token = app_login(&site, &commune.people[0].email).await.refresh_token.unwrap();
        site.clock.set(start + chrono::TimeDelta::days(30) - chrono::TimeDelta::seconds(1));
        let renewed: TokenResponse = refresh(&site, &token).await.json();
        site.clock.set(site.clock.now() + chrono::TimeDelta::days(30));
        assert_eq!(refresh(&site, &renewed.refresh_token.unwrap()).await.code(), "token_invalid");
        assert_eq!(refresh(&site, "nonsense").await.code(), "token_invalid");
        let nothing = site.post("/api/v1/auth/refresh", json!({})).await;
        assert_eq!(nothing.code(), "token_missing");
    }
}

db_test! {
    async fn signing_out_ends_this_device_alone(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let email = &commune.people[0].email;
        let phone = app_login(&site, email).await.refresh_token.unwrap();
        let browser = login(&site, email, PASSWORD, "browser").await;
        let (pair, _) = cookie(&browser);
        for _ in 0..2 {
            let answer = site.post("/api/v1/auth/logout", json!({ "refresh_token": phone })).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
        }
        assert_eq!(refresh(&site, &phone).await.code(), "token_invalid");
        assert_eq!(browser_refresh(&site, &pair, Some("same-origin")).await.status, StatusCode::OK);
        let out = site
            .request(Method::POST, "/api/v1/auth/logout")
            .json(&json!({}))
            .header("cookie", &pair)
            .header("sec-fetch-site", "same-origin");
        let answer = site.send(out).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert!(cookie(&answer).1.contains("Max-Age=0"), "{answer:?}");
        let again = browser_refresh(&site, &pair, Some("same-origin")).await;
        assert_eq!(again.code(), "token_invalid");
    }
}

db_test! {
    async fn a_new_password_ends_the_other_devices(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let email = &commune.people[0].email;
        let other = app_login(&site, email).await.refresh_token.unwrap();
        let here = app_login(&site, email).await;
        let change = |current: &str, new: &str| {
            let body = json!({ "current_password": current, "new_password": new });
            let request = site.request(Method::POST, "/api/v1/auth/password").json(&body);
            site.send(request.bearer_auth(&here.access_token))
        };
        let wrong = change("not the password", "cinq poules rousses").await;
        assert_eq!(
            (wrong.status, wrong.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "wrong_password")
        );
        for weak in ["trop cour", email, "azertyuiop", &"x".repeat(201)] {
            let problem = change(PASSWORD, weak).await.problem();
            assert_eq!(problem.code.as_str(), "validation_failed", "{weak}");
            assert_eq!(problem.errors[0].pointer, "/new_password");
        }
        let changed = change(PASSWORD, "cinq poules rousses").await;
        assert_eq!(changed.status, StatusCode::NO_CONTENT);
        assert_eq!(refresh(&site, &other).await.code(), "token_invalid");
        let kept = refresh(&site, &here.refresh_token.unwrap()).await;
        assert_eq!(kept.status, StatusCode::OK, "this device stays");
        assert_eq!(login(&site, email, PASSWORD, "app").await.code(), "invalid_credentials");
        let again = login(&site, email, "cinq poules rousses", "app").await;
        assert_eq!(again.status, StatusCode::OK);
    }
}

db_test! {
    async fn a_copied_refresh_token_ends_with_the_password(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let first = app_login(&site, &commune.people[0].email).await.refresh_token.unwrap();
        // Used twice within the grace: by the owner and by whoever has a copy.
        let own: TokenResponse = refresh(&site, &first).await.json();
        let copy: TokenResponse = refresh(&site, &first).await.json();
        let body = json!({
            "current_password": PASSWORD, "new_password": "cinq poules rousses",
            "refresh_token": own.refresh_token,
        });
        let request = site.request(Method::POST, "/api/v1/auth/password").json(&body);
        let changed = site.send(request.bearer_auth(&own.access_token)).await;
        assert_eq!(changed.status, StatusCode::NO_CONTENT);
        let copied = refresh(&site, &copy.refresh_token.unwrap()).await;
        assert_eq!(copied.code(), "token_invalid");
        let kept = refresh(&site, &own.refresh_token.unwrap()).await;
        assert_eq!(kept.status, StatusCode::OK, "this device stays");
    }
}

db_test! {
    async fn a_password_change_needs_a_token(db) {
        Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let body = json!({ "current_password": PASSWORD, "new_password": "cinq poules rousses" });
        let answer = site.post("/api/v1/auth/password", body).await;
        assert_eq!(answer.code(), "token_missing");
    }
}
