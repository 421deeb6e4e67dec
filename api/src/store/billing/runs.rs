//! Invoice runs: who leads one and how far it has come.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::billing::{Month, Period};
use domain::cents::Cents;
use domain::ids::{AccountId, FamilyId, RunId, TermId};
use sqlx::FromRow;
use uuid::Uuid;

use super::{read, write};
use crate::store::dialect::pick;
use crate::store::{Conn, StoreError, changed, each_db};

/// A run, as it stands.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: RunId,
    pub period: Period,
    pub dry: bool,
    pub started_at: DateTime<Utc>,
    pub account: Option<AccountId>,
    pub finished_at: Option<DateTime<Utc>>,
    pub last_family: Option<FamilyId>,
    pub families: i32,
    pub done: i32,
    pub tally: Tally,
}

/// What a run has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub invoices: i32,
    pub credit_notes: i32,
    pub failures: i32,
    pub anomalies: i32,
    pub billed: Cents,
    pub credited: Cents,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    month: Option<NaiveDate>,
    term_id: Option<Uuid>,
    dry: bool,
    started_at: DateTime<Utc>,
    account_id: Option<Uuid>,
    finished_at: Option<DateTime<Utc>>,
    last_family: Option<Uuid>,
    families: i32,
    done: i32,
    invoices: i32,
    credit_notes: i32,
    failures: i32,
    anomalies: i32,
    billed: i64,
    credited: i64,
}

impl TryFrom<Row> for Run {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let period = match (row.month, row.term_id) {
            (Some(month), None) => Period::Month(Month::of(month)),
            (None, Some(term)) => Period::Term(TermId(term)),
            _ => return Err(StoreError::corrupt("invoice_run", "month", row.id)),
        };
        Ok(Self {
            id: RunId(row.id),
            period,
            dry: row.dry,
            started_at: row.started_at,
            account: row.account_id.map(AccountId),
            finished_at: row.finished_at,
            last_family: row.last_family.map(FamilyId),
            families: row.families,
            done: row.done,
            tally: Tally {
                invoices: row.invoices,
                credit_notes: row.credit_notes,
                failures: row.failures,
                anomalies: row.anomalies,
                billed: Cents(row.billed),
                credited: Cents(row.credited),
            },
        })
    }
}

macro_rules! columns {
    () => {
        "id, month, term_id, dry, started_at, account_id, finished_at, last_family, families, done,
             invoices, credit_notes, failures, anomalies, billed, credited"
    };
}

macro_rules! start_statement {
    ($of:literal) => {
        concat!(
            "INSERT INTO invoice_run (id, month, term_id, dry, started_at, account_id, families)
             VALUES ($1, $2, $3, $4, $5, $6, (SELECT CAST(COUNT(*) AS INTEGER) FROM family))
             ON CONFLICT (",
            $of,
            ", dry) WHERE finished_at IS NULL DO UPDATE SET dry = excluded.dry RETURNING ",
            columns!()
        )
    };
}
/// Starts a run, unless one of its kind goes on. Answers the one that goes on now.
pub async fn start(
    conn: &mut Conn,
    period: Period,
    dry: bool,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Run, StoreError> {
    let (month, term) = match period {
        Period::Month(month) => (Some(month.first_day()), None),
        Period::Term(term) => (None, Some(term.0)),
    };
    // Where one goes on, it is answered, untouched; it may come to its end at the same time, and then
    // another one is started.
    let statement = match period {
        Period::Month(_) => start_statement!("month"),
        Period::Term(_) => start_statement!("term_id"),
    };
    let row: Row = each_db!(conn, c => sqlx::query_as(statement)
        .bind(Uuid::now_v7())
        .bind(month)
        .bind(term)
        .bind(dry)
        .bind(now)
        .bind(account.map(|id| id.0))
        .fetch_one(c)
        .await)?;
    row.try_into()
}

/// One run.
pub async fn get(conn: &mut Conn, id: RunId) -> Result<Option<Run>, StoreError> {
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM invoice_run WHERE id = $1"
    ))
    .bind(id.0)
    .fetch_optional(c)
    .await)?;
    row.map(Run::try_from).transpose()
}

/// The latest runs, the latest first.
pub async fn latest(conn: &mut Conn, most: i64) -> Result<Vec<Run>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM invoice_run ORDER BY id DESC LIMIT $1"
    ))
    .bind(most)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(Run::try_from).collect()
}

/// Whether there is a run that nobody leads: a look that writes nothing.
pub async fn any_waits(conn: &mut Conn, now: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM invoice_run
             WHERE finished_at IS NULL AND (leased_until IS NULL OR leased_until < $1))",
    )
    .bind(now)
    .fetch_one(c)
    .await)?)
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH next AS MATERIALIZED (
                 SELECT id AS waits FROM invoice_run
                 WHERE finished_at IS NULL AND (leased_until IS NULL OR leased_until < $1)
                 ORDER BY id LIMIT 1 ",
            $lock,
            ")
             UPDATE invoice_run SET leader = $2, leased_until = $3
             WHERE id IN (SELECT waits FROM next) RETURNING ",
            columns!()
        )
    };
}

/// Takes the lead of the oldest run that nobody leads.
pub async fn claim(
    conn: &mut Conn,
    leader: Uuid,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Option<Run>, StoreError> {
    let statement = pick(conn, claim!(""), claim!("FOR UPDATE SKIP LOCKED"));
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(statement)
        .bind(now)
        .bind(leader)
        .bind(now + lease)
        .fetch_optional(c)
        .await)?;
    row.map(Run::try_from).transpose()
}

/// One more step of a run: up to which family it is done, and what was made.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub run: RunId,
    pub leader: Uuid,
    pub from: Option<FamilyId>,
    pub to: FamilyId,
    pub families: i32,
    pub made: Tally,
    pub lease_until: DateTime<Utc>,
}

/// Writes a step down, in its transaction. Answers whether it counts: another process may have done
/// the same families meanwhile.
pub async fn advance(conn: &mut Conn, step: Step) -> Result<bool, StoreError> {
    let Tally { invoices, credit_notes, failures, anomalies, billed, credited } = step.made;
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE invoice_run SET last_family = $4, done = done + $5, invoices = invoices + $6,
             credit_notes = credit_notes + $7, failures = failures + $8, anomalies = anomalies + $9,
             billed = billed + $10, credited = credited + $11, leased_until = $12
         WHERE id = $1 AND leader = $2 AND finished_at IS NULL
             AND (last_family = $3 OR (last_family IS NULL AND $3 IS NULL))",
    )
    .bind(step.run.0)
    .bind(step.leader)
    .bind(step.from.map(|family| family.0))
    .bind(step.to.0)
    .bind(step.families)
    .bind(invoices)
    .bind(credit_notes)
    .bind(failures)
    .bind(anomalies)
    .bind(billed.0)
    .bind(credited.0)
    .bind(step.lease_until)
    .execute(c)
    .await)?;
    Ok(rows == 1)
}

/// Ends a run.
pub async fn finish(
    conn: &mut Conn,
    run: RunId,
    leader: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    changed!(conn, c => sqlx::query(
        "UPDATE invoice_run SET finished_at = $3, leader = NULL, leased_until = NULL, families = done
         WHERE id = $1 AND leader = $2 AND finished_at IS NULL",
    )
    .bind(run.0)
    .bind(leader)
    .bind(now)
    .execute(c)
    .await)?;
    Ok(())
}

/// Keeps what a run found about a family.
pub async fn note(
    conn: &mut Conn,
    run: RunId,
    family: FamilyId,
    finding: &impl serde::Serialize,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO invoice_run_finding (run_id, family_id, finding) VALUES ($1, $2, $3)
         ON CONFLICT (run_id, family_id) DO UPDATE SET finding = excluded.finding",
    )
    .bind(run.0)
    .bind(family.0)
    .bind(write(finding))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// A page of what a run found, by family.
pub async fn findings<T: serde::de::DeserializeOwned>(
    conn: &mut Conn,
    run: RunId,
    after: Option<FamilyId>,
    most: i64,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<String> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT finding FROM invoice_run_finding WHERE run_id = $1 AND family_id > $2
         ORDER BY family_id LIMIT $3",
    )
    .bind(run.0)
    .bind(after.map_or(Uuid::nil(), |family| family.0))
    .bind(most)
    .fetch_all(c)
    .await)?;
    rows.iter().map(|json| read(json, "invoice_run_finding", "finding")).collect()
}
