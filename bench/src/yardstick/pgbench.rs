//! PostgreSQL alone: `pgbench` running the statements of a tick and an untick.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use sqlx::{Connection, Executor, PgConnection};

use crate::commune::{Commune, Seat};

/// Each client first learns which seat is its own. The two transactions do what
/// `store::inscriptions` does, a statement for each table, the audit trail's line included.
const SCRIPT: &str = r"\if :known = 0
SELECT child, account, activity, date FROM bench_seat WHERE client = :client_id \gset
\set known 1
\endif
BEGIN;
UPDATE session SET taken = taken + 1 WHERE activity = :activity AND date = :date AND taken < capacity RETURNING capacity, taken, waiting;
INSERT INTO inscription (child_id, date, activity, origin, created_at) VALUES (:child, :date, :activity, 'app', now()) ON CONFLICT (child_id, date, activity) DO NOTHING;
INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before, after, reason) VALUES (gen_random_uuid(), now(), :account, 'app', 'inscription.added', :child, :activity, :date, 'free', 'booked', NULL);
COMMIT;
BEGIN;
UPDATE session SET taken = taken - 1, overrides = CASE WHEN overrides > 0 THEN overrides - 1 ELSE 0 END WHERE activity = :activity AND date = :date AND taken > 0 AND EXISTS (SELECT 1 FROM inscription AS mine WHERE mine.child_id = :child AND mine.date = :date AND mine.activity = :activity) RETURNING capacity, taken, waiting;
DELETE FROM inscription WHERE child_id = :child AND date = :date AND activity = :activity;
INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before, after, reason) VALUES (gen_random_uuid(), now(), :account, 'app', 'inscription.removed', :child, :activity, :date, 'booked', 'free', NULL);
COMMIT;
";
/// Transactions of a script.
const TRANSACTIONS: usize = 2;

pub(crate) struct Pgbench {
    program: PathBuf,
    url: String,
    script: PathBuf,
    clients: usize,
    /// Transactions so far.
    pub(crate) done: usize,
}

impl Pgbench {
    /// On the database of a commune that nobody serves, a client for each seat.
    pub(crate) async fn prepare(
        program: &Path,
        commune: &Commune<'_>,
        seats: &[Seat],
    ) -> Result<Self> {
        let mut conn = PgConnection::connect(&commune.url).await?;
        conn.execute(
            "CREATE TABLE bench_seat (client INTEGER PRIMARY KEY, child UUID NOT NULL,
                 account UUID NOT NULL, activity TEXT NOT NULL, date DATE NOT NULL)",
        )
        .await?;
        for (client, seat) in (0_i32..).zip(seats) {
            sqlx::query("INSERT INTO bench_seat VALUES ($1, $2, $3, $4, $5)")
                .bind(client)
                .bind(seat.child.0)
                .bind(seat.account.0)
                .bind(seat.session.activity.as_str())
                .bind(seat.session.date)
                .execute(&mut conn)
                .await?;
        }
        conn.close().await?;
        let script = commune.folder().join("ticks.sql");
        std::fs::write(&script, SCRIPT)?;
        let program = program.to_owned();
        Ok(Self { program, url: commune.url.clone(), script, clients: seats.len(), done: 0 })
    }

    /// Transactions a second, over so many seconds.
    pub(crate) fn run(&mut self, time: Duration) -> Result<f64> {
        let output = Command::new(&self.program)
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--define=known=0"])
            .arg(format!("--client={}", self.clients))
            .arg(format!("--time={}", time.as_secs().max(1)))
            .arg("--file")
            .arg(&self.script)
            .arg(&self.url)
            .output()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "pgbench failed: {error}");
        let scripts = figure(&said, "number of transactions actually processed: ");
        let rate = figure(&said, "tps = ");
        let (Some(scripts), Some(rate)) = (scripts, rate) else {
            anyhow::bail!("pgbench says nothing known: {said}");
        };
        self.done += scripts.parse::<usize>()? * TRANSACTIONS;
        Ok(rate.parse::<f64>()? * crate::measure::as_f64(TRANSACTIONS))
    }
}

/// The number after a label.
fn figure<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let rest = text.lines().find_map(|line| line.strip_prefix(label))?;
    rest.split([' ', '/']).next()
}
