//! The roster import, from the bytes of the two files to the rows of the database.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use api::roster::{self, ImportError};
use api::store::audit::{Actor, Origin};
use api::store::{Db, Undo};
use domain::roster::{Decisions, Plan};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::support::{db_test, monday_morning};

const PUPILS: &str = "\
Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Niveau;Libellé classe
MARTIN;;Léa;17/08/2009;F;111111111AA;CE2;CE2 Mme Roux
MARTIN;;Tom;2011-02-01;M;222222222BB;CP;CP M. Blanc
FAVRE;;Zoé;03/03/2012;H;333333333CC;GS;GS Mme Petit
";

const GUARDIANS: &str = "\
Civilité Responsable;Nom responsable;Prénom responsable;Adresse responsable;Courriel;\
Téléphone portable;Nom de famille enfant;Prénom enfant;Classes enfants;\
Nom de famille enfant;Prénom enfant;Classes enfants;Nom de famille enfant;Prénom enfant;Classes enfants
MME;MARTIN;Anne;1 rue du Lac;Anne@Exemple.fr;0600000001;MARTIN;Lea;CLASSE  CE2;MARTIN;Tom;CP;FAVRE;Zoe;GS
M.;MARTIN;Paul;1 rue du Lac;;;MARTIN;LEA;CLASSE  CE2;MARTIN;TOM;CLASSE  CP;;;;;;
M.;FAVRE;Luc;2 rue du Lac;luc@exemple.fr;;FAVRE;ZOE;CLASSE  GS
";

async fn import(db: &Db, pupils: &str, guardians: &str) -> Result<Plan, ImportError> {
    import_as(db, pupils, guardians, Decisions::default(), None).await
}

async fn import_as(
    db: &Db,
    pupils: &str,
    guardians: &str,
    decisions: Decisions,
    school: Option<&str>,
) -> Result<Plan, ImportError> {
    let files = roster::read(pupils.as_bytes(), guardians.as_bytes()).unwrap();
    let actor = Actor::system(Origin::Import, monday_morning());
    roster::import(db, files, decisions, school.map(str::to_owned), actor).await
}

/// Every row of every table, as JSON.
type Dump = BTreeMap<String, Vec<Value>>;

async fn dump(db: &Db) -> Dump {
    let url = db.address().as_str();
    let mut dump = BTreeMap::new();
    let parse = |rows: Vec<String>| {
        rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect::<Vec<Value>>()
    };
    if db.is_postgres() {
        let mut conn = PgConnection::connect(url).await.unwrap();
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        for table in tables {
            let query = format!("SELECT to_jsonb(t)::text FROM {table} AS t ORDER BY 1");
            let rows = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut conn).await;
            dump.insert(table, parse(rows.unwrap()));
        }
    } else {
        let mut conn = SqliteConnection::connect(url).await.unwrap();
        let tables: Vec<(String, String)> = sqlx::query_as(
            "SELECT m.name, group_concat('''' || c.name || ''', ' || CASE c.type
                 WHEN 'BLOB' THEN 'hex(' || c.name || ')' ELSE c.name END)
             FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
             WHERE m.type = 'table' GROUP BY m.name",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        for (table, columns) in tables {
            let query = format!("SELECT json_object({columns}) FROM {table} ORDER BY 1");
            let rows = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut conn).await;
            dump.insert(table, parse(rows.unwrap()));
        }
    }
    dump
}

/// One statement by hand, as the portal or the guichet would.
async fn edit(db: &Db, sql: &'static str) {
    let url = db.address().as_str();
    let rows = if db.is_postgres() {
        let mut conn = PgConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut conn).await.unwrap().rows_affected()
    } else {
        let mut conn = SqliteConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut conn).await.unwrap().rows_affected()
    };
    assert!(rows > 0, "{sql}");
}

/// The values of one column, in order.
fn column(dump: &Dump, table: &str, column: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut values: Vec<_> = dump[table].iter().map(|row| text(&row[column])).collect();
    values.sort();
    values
}

fn row<'a>(dump: &'a Dump, table: &str, column: &str, value: &str) -> &'a Value {
    dump[table].iter().find(|row| row[column] == value).unwrap()
}

db_test! {
    async fn a_first_import(db) {
        let plan = import(&db, PUPILS, GUARDIANS).await.unwrap();
        assert!(plan.ready());
        let rows = dump(&db).await;
        assert_eq!(column(&rows, "child", "first_name"), ["Léa", "Tom", "Zoé"]);
        assert_eq!(column(&rows, "child", "sex"), ["F", "M", "M"]);
        assert_eq!(column(&rows, "child", "birth_date"), ["2009-08-17", "2011-02-01", "2012-03-03"]);
        assert_eq!(column(&rows, "class", "name"), ["CE2 Mme Roux", "CP M. Blanc", "GS Mme Petit"]);
        assert_eq!(column(&rows, "school", "name"), ["École primaire"]);
        // Half-siblings: two dossiers, and one account that sees all three children.
        assert_eq!(rows["family"].len(), 2);
        assert_eq!(rows["family_guardian"].len(), 4);
        assert_eq!(rows["child_guardian"].len(), 6);
        let lea = row(&rows, "child", "first_name", "Léa");
        let tom = row(&rows, "child", "first_name", "Tom");
        let zoe = row(&rows, "child", "first_name", "Zoé");
        assert_eq!(lea["family_id"], tom["family_id"]);
        assert_ne!(lea["family_id"], zoe["family_id"]);
        let anne = row(&rows, "guardian", "first_name", "Anne");
        assert_eq!((&anne["civility"], &anne["email"]), (&"Mme".into(), &"anne@exemple.fr".into()));
        for member in &rows["family_guardian"] {
            let first = member["guardian_id"] == anne["id"];
            for flag in ["billing", "emergency"] {
                assert_eq!(member[flag] == true || member[flag] == 1, first);
            }
        }
        // An account and an invitation for each address.
        assert_eq!(column(&rows, "account", "email"), ["anne@exemple.fr", "luc@exemple.fr"]);
        assert_eq!(column(&rows, "account", "password_hash"), ["null", "null"]);
        let account = row(&rows, "account", "email", "anne@exemple.fr");
        assert_eq!((&account["guardian_id"], &account["role"]), (&anne["id"], &"parent".into()));
        assert_eq!(column(&rows, "outbox", "kind"), ["mail.invitation", "mail.invitation"]);
        let invited: Vec<uuid::Uuid> = column(&rows, "outbox", "payload")
            .iter()
            .map(|payload| serde_json::from_str::<Value>(payload).unwrap()["account_id"].clone())
            .map(|id| id.as_str().unwrap().parse().unwrap())
            .collect();
        let id = account["id"].as_str().unwrap().parse().unwrap();
        assert!(invited.contains(&id), "{invited:?} {id}");
        assert_eq!(column(&rows, "audit", "action"), ["roster.imported"]);
        assert!(column(&rows, "audit", "after")[0].contains("\"children\":[3,0,0]"));
    }
}

db_test! {
    async fn the_same_files_again_write_nothing(db) {
        import(&db, PUPILS, GUARDIANS).await.unwrap();
        let before = dump(&db).await;
        let statements = db.statements();
        let plan = import(&db, PUPILS, GUARDIANS).await.unwrap();
        assert!(plan.ready() && plan.is_empty());
        assert_eq!(dump(&db).await, before);
        assert!(db.statements() - statements < 10, "reads alone");
        // In the other encoding neither.
        let (pupils, ..) = encoding_rs::WINDOWS_1252.encode(PUPILS);
        let files = roster::read(&pupils, GUARDIANS.as_bytes()).unwrap();
        let actor = Actor::system(Origin::Import, monday_morning());
        roster::import(&db, files, Decisions::default(), None, actor).await.unwrap();
        assert_eq!(dump(&db).await, before);
    }
}

db_test! {
    async fn nothing_is_written_while_a_decision_is_open(db) {
        let before = dump(&db).await;
        let homonym = format!("{PUPILS}MARTIN;;Léa;01/01/2010;F;444444444DD;CE2;CE2 bis\n");
        let bad = homonym.replace("2011-02-01", "2011-02-31");
        let plan = import(&db, &bad, GUARDIANS).await.unwrap();
        assert_eq!(plan.open().count(), 3, "{:?}", plan.open().collect::<Vec<_>>());
        assert_eq!(dump(&db).await, before);

        let decisions = Decisions {
            skip: ["pupils:3".parse().unwrap()].into(),
            accept: ["pupils:5".parse().unwrap()].into(),
            choose: [(2, 2), (3, 2)].into(),
        };
        let plan = import_as(&db, &bad, GUARDIANS, decisions, None).await.unwrap();
        assert!(plan.ready(), "{:?}", plan.open().collect::<Vec<_>>());
        let rows = dump(&db).await;
        assert_eq!(column(&rows, "child", "ine"), ["111111111AA", "333333333CC", "444444444DD"]);
        // The child without a guardian has a dossier of its own.
        assert_eq!(rows["family"].len(), 3);

        // The line that was skipped is corrected; what was decided is not asked again.
        let plan = import(&db, &homonym, GUARDIANS).await.unwrap();
        assert!(plan.ready(), "{:?}", plan.open().collect::<Vec<_>>());
        assert_eq!(dump(&db).await["child"].len(), 4);
    }
}

db_test! {
    async fn a_write_that_fails_leaves_nothing(db) {
        let before = dump(&db).await;
        let files = roster::read(PUPILS.as_bytes(), GUARDIANS.as_bytes()).unwrap();
        let actor = Actor::system(Origin::Import, monday_morning());
        let outcome: Result<(), _> = db.write(move |conn| Box::pin(async move {
            let decisions = Decisions::default();
            let plan = roster::plan(conn, &files, &decisions, None, actor.now).await.unwrap();
            roster::apply(conn, &plan, &actor).await?;
            // The same rows once more break the keys.
            roster::apply(conn, &plan, &actor).await.map_err(Undo::Failed)
        })).await;
        assert!(outcome.is_err());
        assert_eq!(dump(&db).await, before);
    }
}

db_test! {
    async fn updates_follow_the_school_and_keep_the_portal(db) {
        import(&db, PUPILS, GUARDIANS).await.unwrap();
        edit(&db, "UPDATE guardian SET mobile_phone = '06 99 99 99 99' WHERE first_name = 'Anne'").await;
        let before = dump(&db).await;

        let pupils = PUPILS.replace("CP;CP M. Blanc", "CE1;CE1 M. Noir");
        let guardians = GUARDIANS
            .replace("0600000001", "0600000002")
            .replace("luc@exemple.fr", "l.favre@exemple.fr");
        let plan = import(&db, &pupils, &guardians).await.unwrap();
        assert_eq!(plan.guardians[0].kept.len(), 1);
        let rows = dump(&db).await;
        let tom = row(&rows, "child", "first_name", "Tom");
        assert_eq!((&tom["level"], &tom["version"]), (&"CE1".into(), &2.into()));
        assert_eq!(row(&rows, "class", "id", tom["class_id"].as_str().unwrap())["name"], "CE1 M. Noir");
        let anne = row(&rows, "guardian", "first_name", "Anne");
        assert_eq!(anne["mobile_phone"], "06 99 99 99 99");
        assert_eq!(anne["version"], 1, "no edit of the dossier");
        assert!(anne["imported"].as_str().unwrap().contains("0600000002"));
        // An account that was never used follows the address, and is invited again.
        assert_eq!(column(&rows, "account", "email"), ["anne@exemple.fr", "l.favre@exemple.fr"]);
        assert_eq!(rows["outbox"].len(), 3);
        assert_eq!(
            column(&rows, "audit", "action"),
            ["child.imported", "guardian.imported", "roster.imported", "roster.imported"]
        );
        let change = row(&rows, "audit", "action", "child.imported");
        assert_eq!(change["child_id"], tom["id"]);
        let json = |text: &Value| serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap();
        assert_eq!(json(&change["before"])["level"], "CP");
        assert_eq!(json(&change["after"])["level"], "CE1");
        // Who is not in it stays as they were.
        assert_eq!(row(&rows, "child", "first_name", "Léa"), row(&before, "child", "first_name", "Léa"));

        let plan = import(&db, &pupils, &guardians).await.unwrap();
        assert!(plan.is_empty());
        assert_eq!(dump(&db).await, rows);
    }
}

db_test! {
    async fn a_child_leaves_and_comes_back(db) {
        import(&db, PUPILS, GUARDIANS).await.unwrap();
        let shorter = PUPILS.replace("MARTIN;;Tom;2011-02-01;M;222222222BB;CP;CP M. Blanc\n", "");
        for _ in 0..2 {
            let plan = import(&db, &shorter, GUARDIANS).await.unwrap();
            assert!(plan.ready(), "{:?}", plan.findings);
            assert_eq!(plan.missing.len(), 1);
            let rows = dump(&db).await;
            assert_eq!(row(&rows, "child", "first_name", "Tom")["missing_since"], "2017-09-11");
            assert_eq!(rows["child_guardian"].len(), 6, "nothing is deleted");
            assert_eq!(rows["audit"].len(), 3, "listed once");
        }
        import(&db, PUPILS, GUARDIANS).await.unwrap();
        let rows = dump(&db).await;
        assert_eq!(row(&rows, "child", "first_name", "Tom")["missing_since"], Value::Null);
    }
}

db_test! {
    async fn a_second_school(db) {
        import(&db, PUPILS, GUARDIANS).await.unwrap();
        let pupils = "Nom élève;Prénom élève;Date naissance;Niveau;Classe\nMARTIN;Max;05/05/2013;PS;PS\n";
        let guardians = "Nom responsable;Prénom responsable;Courriel;Nom de famille enfant;Prénom enfant\n\
                         MARTIN;Anne;anne@exemple.fr;MARTIN;Max\nMARTIN;Paul;;MARTIN;Max\n";
        let files = |school| import_as(&db, pupils, guardians, Decisions::default(), school);
        let plan = files(Some("Maternelle")).await.unwrap();
        assert!(plan.missing.is_empty(), "the others are at another school");
        let rows = dump(&db).await;
        // Anne is who she was, by her address; Paul has nothing in common with Paul but the name.
        assert_eq!(rows["guardian"].len(), 4);
        assert_eq!(rows["account"].len(), 2);
        let error = files(None).await.unwrap_err().to_string();
        assert!(error.contains("--school (Maternelle, École primaire)"), "{error}");
    }
}

db_test! {
    async fn two_imports_at_once_make_one_commune(db) {
        let (one, other) = (db.clone(), db.clone());
        let both = futures_util::future::join(
            import(&one, PUPILS, GUARDIANS),
            import(&other, PUPILS, GUARDIANS),
        );
        let (one, other) = both.await;
        assert_ne!(one.unwrap().is_empty(), other.unwrap().is_empty());
        assert_eq!(dump(&db).await["child"].len(), 3);
    }
}

fn preau(db: &Db, folder: &std::path::Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_preau"))
        .env("PREAU_DATABASE_URL", db.address().as_str())
        .current_dir(folder)
        .args(["import", "--pupils", "eleves.csv", "--guardians", "responsables.csv"])
        .args(options)
        .output()
        .unwrap()
}

db_test! {
    async fn the_command(db) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
            std::fs::write(folder.path().join(name), bytes).unwrap();
        };
        let run = |options: &[&str]| {
            let output = preau(&db, folder.path(), options);
            let text = |bytes| String::from_utf8(bytes).unwrap();
            (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
        };
        write("eleves.csv", &PUPILS.replace("17/08/2009", "17/13/2009"));
        write("responsables.csv", GUARDIANS);
        let empty = dump(&db).await;

        let (code, report, _) = run(&[]);
        assert_eq!(code, 3, "{report}");
        assert!(report.contains("élèves, ligne 2 : date de naissance « 17/13/2009 » illisible"));
        assert!(report.contains("élèves : 3 lignes, Windows-1252"), "{report}");
        assert_eq!(run(&["--apply"]).0, 3);
        assert_eq!(run(&["--skip", "pupils:2"]).0, 0);
        assert_eq!(dump(&db).await, empty, "without --apply nothing is written");

        write("eleves.csv", PUPILS);
        let (code, report, _) = run(&["--school", "Les Tilleuls", "--apply"]);
        assert_eq!(code, 0);
        assert!(report.starts_with("Import — Les Tilleuls\n"), "{report}");
        assert!(report.contains("enfants : 3 créés, 0 mis à jour, 0 inchangés"), "{report}");
        let imported = dump(&db).await;
        assert_eq!(imported["child"].len(), 3);
        let (code, report, _) = run(&["--apply"]);
        assert_eq!(code, 0);
        assert!(report.contains("enfants : 0 créés, 0 mis à jour, 3 inchangés"), "{report}");
        assert_eq!(dump(&db).await, imported);

        assert_eq!(run(&["--accept", "pupils:2"]).0, 3, "there is nothing to accept");
        assert_eq!(run(&["--decide", "guardians:2=guardians:3"]).0, 2);
        write("eleves.csv", "Nom élève;Prénom élève\n");
        let (code, _, error) = run(&[]);
        assert_eq!(code, 2);
        assert!(error.contains("« Date naissance », « Niveau », « Libellé classe »"), "{error}");
    }
}
