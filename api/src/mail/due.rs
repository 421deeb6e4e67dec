//! What falls due by the clock: reminders, put into the outbox once for all replicas.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::billing::PaymentReminder;
use domain::reminder::Reminder;
use domain::week::Week;

use crate::store::billing::reminders as payments;
use crate::store::settings::Cache;
use crate::store::{Db, StoreError, reminders};

/// Between two looks for invoices whose reminder is due.
const MINUTE: TimeDelta = TimeDelta::minutes(1);
/// Invoices reminded of in one transaction.
const PAGE: i64 = 100;

/// What this replica knows to be written.
#[derive(Default)]
pub(super) struct Due {
    /// The weeks whose reminders are due and written.
    weeks: HashSet<Week>,
    /// When no invoice's reminder was left to be written.
    nothing_at: Option<DateTime<Utc>>,
}

impl Due {
    /// Writes what is due now. Answers how many effects it has put into the outbox.
    pub(super) async fn write(
        &mut self,
        db: &Db,
        cache: &Cache,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        Ok(self.of_weeks(db, cache, now).await? + self.of_invoices(db, now).await?)
    }

    async fn of_weeks(
        &mut self,
        db: &Db,
        cache: &Cache,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let settings = cache.current(&mut db.read().await?).await?;
        let due: Vec<_> = Reminder::due(&settings, now).map(|reminder| reminder.week).collect();
        self.weeks.retain(|week| due.contains(week));
        let mut all = 0;
        for week in due {
            if self.weeks.contains(&week) {
                continue;
            }
            let written = db
                .write(move |conn| {
                    Box::pin(async move { Ok(reminders::write(conn, week, now).await?) })
                })
                .await?;
            if written > 0 {
                tracing::info!(%week, written, "reminders of the deadline are due");
            }
            all += written;
            self.weeks.insert(week);
        }
        Ok(all)
    }

    async fn of_invoices(&mut self, db: &Db, now: DateTime<Utc>) -> Result<usize, StoreError> {
        // A clock may be set back.
        let just_looked = |then| (now - MINUTE..=now).contains(&then) && then != now - MINUTE;
        if self.nothing_at.is_some_and(just_looked) {
            return Ok(0);
        }
        let Some(today) = PaymentReminder::day(now) else { return Ok(0) };
        let due = payments::unwritten(&mut db.read().await?, today, PAGE).await?;
        if due.is_empty() {
            self.nothing_at = Some(now);
            return Ok(0);
        }
        let written = db
            .write(move |conn| Box::pin(async move { Ok(payments::write(conn, &due, now).await?) }))
            .await?;
        tracing::info!(written, "reminders of what is due");
        Ok(written)
    }
}
