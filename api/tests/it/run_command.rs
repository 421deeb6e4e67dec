//! `preau invoice-run`: what it bills, and that it waits for a run that goes on elsewhere.

use std::process::{Output, Stdio};

use api::clock::Clock;
use api::invoice_run::Runner;
use api::store::Db;
use api::store::billing::runs;
use domain::billing::Period;
use domain::cents::Cents;
use domain::wire::{DocumentsView, UnpaidView};
use reqwest::Method;

use crate::canteen_run::{OCTOBER, TOWN, see, town};
use crate::crash::preau;
use crate::support::{Commune, db_test, serve, utc};

fn invoice_run(db: &Db, args: &[&str]) -> Output {
    preau(db).arg("invoice-run").args(args).env("PREAU_NOW", OCTOBER).output().unwrap()
}

fn told(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{out}{err}")
}

db_test! {
    async fn a_term_is_billed_by_a_day_of_it(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let term = ["--term", "2017-09-04"];
        let unknown = invoice_run(&db, &term);
        assert!(told(&unknown).contains("revenue office"), "{}", told(&unknown));
        commune.bills().await;
        for (args, words) in [
            (&["--term", "2017-9-4"][..], "written as 2017-09-04"),
            (&["--term", "2019-09-04"], "no term has the 2019-09-04"),
            (&["2017-09-04"], "written as 2017-10"),
            (&["2017-10"], "is not over"),
            (&["2017-09", "--term", "2017-09-04"], "cannot be used with"),
            (&[], "required"),
        ] {
            let refused = invoice_run(&db, args);
            assert_eq!(refused.status.code(), Some(2), "{args:?}");
            assert!(told(&refused).contains(words), "{args:?}: {}", told(&refused));
        }
        let site = serve(&db).await;
        let me = &commune.people[1];
        let papers = async || -> DocumentsView { site.get(me, "/api/v1/family/invoices").await.json() };
        let dry = invoice_run(&db, &[&term[..], &["--dry-run"]].concat());
        assert!(told(&dry).contains("2 families: 2 invoices"), "{}", told(&dry));
        assert!(papers().await.documents.is_empty());
        let real = invoice_run(&db, &term);
        assert!(real.status.success() && real.stdout == dry.stdout, "{}", told(&real));
        let [paper] = &papers().await.documents[..] else { panic!("one") };
        assert_eq!(paper.total, Cents(11_600));
        let run = &runs::latest(&mut db.read().await.unwrap(), 1).await.unwrap()[0];
        assert_eq!(run.period, Period::Term(commune.settings.calendar.terms()[0].id));
        let again = invoice_run(&db, &term);
        assert!(told(&again).contains("2 families: 0 invoices"), "{}", told(&again));
        let guichet = site.guichet(&commune, Method::GET, "/unpaid-invoices");
        assert_eq!(site.send(guichet).await.json::<UnpaidView>().count, 2);
    }
}

db_test! {
    async fn a_command_whose_lead_is_taken_waits_for_the_runs_end(db) {
        let (commune, site) = town(&db).await;
        let mut first = preau(&db);
        first.args(["invoice-run", "2017-09"]).env("PREAU_NOW", OCTOBER);
        let first = first.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let goes_on = async || {
            let latest = runs::latest(&mut db.read().await.unwrap(), 1).await.unwrap();
            latest.first().is_some_and(|run| run.done > 0)
        };
        while !goes_on().await {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        // By this clock, the first one's word holds no more.
        let later = Clock::still(utc("2017-10-02T08:05:00Z"));
        Runner::new(db.clone(), later).lead_next().await.unwrap();
        let first = first.wait_with_output().unwrap();
        assert!(first.status.success(), "{}", told(&first));
        assert!(told(&first).contains("120 families: 120 invoices"), "{}", told(&first));
        let unpaid: UnpaidView = see(&site, &commune, "/unpaid-invoices").await;
        assert_eq!(unpaid.count as usize, TOWN);
    }
}
