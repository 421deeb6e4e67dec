//! The commands that whoever runs Préau types, as processes.

use std::path::Path;
use std::process::{Command, Output};

use api::store::Db;
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Commune, PASSWORD, db_test, serve};

fn preau(db: &Db, folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_preau"))
        .args(args)
        .current_dir(folder)
        .env("PREAU_DATABASE_URL", db.address().as_str())
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

db_test! {
    async fn a_commune_is_founded_once(db) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "quatre poules rousses\n").unwrap();
        std::fs::write(folder.path().join("weak"), "court\n").unwrap();
        let init = |password: &str| preau(&db, folder.path(), &[
            "init", "--commune", "Neuvecelle", "--zone", "a", "--year", "2017",
            "--coordinator", "guichet@example.org", "--password-file", password,
        ]);
        let weak = init("weak");
        assert_eq!(weak.status.code(), Some(2));
        assert!(told(&weak).contains("at least 10 characters"), "{}", told(&weak));
        let missing = init("nothing");
        assert!(told(&missing).contains("nothing"), "{}", told(&missing));
        let unfounded = preau(&db, folder.path(), &["serve"]);
        assert!(told(&unfounded).contains("holds no commune yet"), "{}", told(&unfounded));
        let founded = init("secret");
        assert!(founded.status.success(), "{}", told(&founded));
        assert!(told(&founded).contains("2017-2018"), "{}", told(&founded));
        let again = init("secret");
        assert_eq!(again.status.code(), Some(2), "{}", told(&again));
        let real = preau(&db, folder.path(), &["demo"]);
        assert!(told(&real).contains("real commune"), "{}", told(&real));
        let served = preau(&db, folder.path(), &["serve", "--demo"]);
        assert!(told(&served).contains("without --demo"), "{}", told(&served));

        let site = serve(&db).await;
        let body = json!({
            "email": "guichet@example.org", "password": "quatre poules rousses", "client": "app",
        });
        assert_eq!(site.post("/api/v1/auth/login", body).await.status, StatusCode::OK);
    }
}

db_test! {
    async fn a_password_is_given(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let email = commune.people[0].email.clone();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "cinq poules rousses").unwrap();
        let site = serve(&db).await;
        let login = |password: &str| site.post(
            "/api/v1/auth/login",
            json!({ "email": email, "password": password, "client": "app" }),
        );
        let before: domain::wire::TokenResponse = login(PASSWORD).await.json();
        let unknown = preau(&db, folder.path(), &[
            "password", "--email", "nobody@example.org", "--password-file", "secret",
        ]);
        assert_eq!(unknown.status.code(), Some(2), "{}", told(&unknown));
        let given = preau(&db, folder.path(), &[
            "password", "--email", &email, "--password-file", "secret",
        ]);
        assert!(given.status.success(), "{}", told(&given));
        assert_eq!(login(PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(login("cinq poules rousses").await.status, StatusCode::OK);
        let old = json!({ "refresh_token": before.refresh_token });
        let refused = site.post("/api/v1/auth/refresh", old).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "its devices are signed out");
    }
}

#[test]
fn a_clock_is_set_for_the_demo_alone() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_preau"))
        .args(["serve"])
        .current_dir(folder.path())
        .env("PREAU_NOW", "2017-09-12T09:59:59.999Z")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("PREAU_NOW"), "{}", told(&output));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing was made");
}
