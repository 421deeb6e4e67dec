//! Nothing acknowledged is lost: `kill -9` in the middle of a rush.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use api::store::Db;
use domain::ids::ChildId;
use futures_util::StreamExt;
use futures_util::stream;
use reqwest::StatusCode;

use crate::support::{Commune, db_test, free_port, inscription, serve};

const DAYS: [&str; 5] = ["2017-09-18", "2017-09-19", "2017-09-20", "2017-09-21", "2017-09-22"];

/// The real binary, ended by its process id.
pub(crate) struct Process(Child);

impl Process {
    fn serve(db: &Db, port: u16) -> Self {
        Self::serve_with(db, port, &[])
    }

    /// Serves with more settings than the others have.
    pub(crate) fn serve_with(db: &Db, port: u16, settings: &[(&str, &str)]) -> Self {
        let child = preau(db)
            .args(["serve", "--demo"])
            .env("PREAU_LISTEN", format!("127.0.0.1:{port}"))
            .env("PREAU_NOW", "2017-09-11T08:00:00Z")
            .envs(settings.iter().copied())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Killing a process that has ended already fails, and that is as good.
        drop(self.0.kill());
        self.0.wait().unwrap();
    }
}

/// Runs a command until something has happened, then kills it. Answers whether that cut it off.
pub(crate) async fn killed_in(mut command: Command, happened: impl AsyncFn() -> bool) -> bool {
    let mut process = Process(command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    loop {
        if process.0.try_wait().unwrap().is_some() {
            return false;
        }
        if happened().await {
            process.0.kill().unwrap();
            return true;
        }
        actix_web::rt::time::sleep(Duration::from_millis(1)).await;
    }
}

pub(crate) fn preau(db: &Db) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_preau"));
    command.env("PREAU_DATABASE_URL", db.address().as_str());
    command
}

pub(crate) async fn until_ready(http: &reqwest::Client, base: &str) {
    for _ in 0..600 {
        if let Ok(answer) = http.get(format!("{base}/readyz")).send().await
            && answer.status() == StatusCode::OK
        {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server does not get ready");
}

db_test! {
    async fn every_acknowledged_tick_survives(db) {
        let commune = Commune::found(db.clone(), 100).await;
        for day in DAYS {
            commune.leave_seats("bus-0830", day, 1000).await;
        }
        // Signs with the key that the process below reads from the same database.
        let signer = serve(&db).await;
        let http = reqwest::Client::new();
        let port = free_port();
        let base = format!("http://127.0.0.1:{port}");
        let mut process = Process::serve(&db, port);
        until_ready(&http, &base).await;

        let acknowledged = AtomicUsize::new(0);
        let wishes = DAYS.iter().flat_map(|day| commune.people.iter().map(move |person| (person, *day)));
        let ticks = stream::iter(wishes)
            .map(|(person, day)| {
                let child = person.children[0];
                let request = http
                    .put(format!("{base}{}", inscription(child, "bus-0830", day)))
                    .bearer_auth(signer.token(person));
                let acknowledged = &acknowledged;
                async move {
                    let status = request.send().await.ok()?.status();
                    assert_eq!(status, StatusCode::OK);
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                    Some((child, day))
                }
            })
            .buffer_unordered(32)
            .filter_map(|kept| async move { kept });
        let killer = async {
            while acknowledged.load(Ordering::Relaxed) < 150 {
                actix_web::rt::time::sleep(Duration::from_millis(1)).await;
            }
            process.0.kill().unwrap();
        };
        let (kept, ()) = tokio::join!(ticks.collect::<Vec<(ChildId, &str)>>(), killer);
        drop(process);
        assert!((150..500).contains(&kept.len()), "{} acknowledged", kept.len());

        let again = Process::serve(&db, port);
        until_ready(&http, &base).await;
        for (child, day) in &kept {
            let days = commune.days(*child).await;
            assert!(days.contains(&format!("bus-0830 {day}")), "{child} {day} is lost");
        }
        let check = preau(&db).arg("check").output().unwrap();
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
        drop(again);
    }
}
