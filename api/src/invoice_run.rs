//! Invoice runs: every family's papers of a month or a term, a page of families at a time.
//!
//! A page is one transaction with the run's progress in it: a process that is killed leaves whole
//! pages, and whoever goes on does so at the next family. Two that do the same page by mistake make
//! nothing twice either: what stands billed is compared anew under each family's lock.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::billing::{
    Anomaly, BillingError, CanteenFacts, Correction, Month, Period, canteen_correction, total,
};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::ids::FamilyId;
use domain::wire::FamilyFindings;
use uuid::Uuid;

use crate::billing::{issue, term_paper};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::store::audit::{Actor, Origin};
use crate::store::billing::documents::{self, Document, Papers};
use crate::store::billing::households::{self, Billed};
use crate::store::billing::runs::{self, Run, Step, Tally};
use crate::store::billing::{canteen, office, tariffs};
use crate::store::settings::Cache;
use crate::store::{Conn, Db, StoreError, Undo};

/// Families in one transaction.
const PAGE: i64 = 20;
/// How long a leader is believed after its last page.
const LEASE: TimeDelta = TimeDelta::seconds(20);
/// Between two looks for a run that waits.
const PAUSE: Duration = Duration::from_secs(1);
/// After an error of the database.
const AFTER_ERROR: Duration = Duration::from_secs(15);

/// Leads the runs of a commune.
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: Clock,
    settings: Arc<Cache>,
    id: Uuid,
}

/// A run can't go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Refused(Failure),
    /// Another process has taken the lead.
    #[error("another process leads this run now")]
    Overtaken,
}

impl From<Failure> for RunError {
    fn from(why: Failure) -> Self {
        match why {
            Failure::Store(error) => Self::Store(error),
            other => Self::Refused(other),
        }
    }
}

impl Runner {
    /// A runner for a database.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, settings: Arc::new(Cache::default()), id: Uuid::now_v7() }
    }

    /// Leads whatever run waits, until the task is ended.
    pub async fn run(self) {
        loop {
            let pause = match self.lead_next().await {
                Ok(Some(run)) => {
                    tracing::info!(run = %run.id, dry = run.dry, "invoice run finished");
                    Duration::ZERO
                }
                Ok(None) => PAUSE,
                Err(error) => {
                    tracing::error!(%error, "an invoice run stopped: it goes on later");
                    AFTER_ERROR
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Leads the oldest run that waits, to its end. Answers it, if there was one.
    pub async fn lead_next(&self) -> Result<Option<Run>, RunError> {
        let (now, id) = (self.clock.now(), self.id);
        if !runs::any_waits(&mut self.db.read().await?, now).await? {
            return Ok(None);
        }
        let claimed = self.db.write(move |conn| {
            Box::pin(async move { Ok(runs::claim(conn, id, now, LEASE).await?) })
        });
        let Some(mut run) = claimed.await? else { return Ok(None) };
        while let Some(family) = self.page(&run).await? {
            run.last_family = Some(family);
        }
        Ok(runs::get(&mut self.db.read().await?, run.id).await?)
    }

    /// Does one page. Answers its last family, or nothing where the run is finished.
    async fn page(&self, run: &Run) -> Result<Option<FamilyId>, RunError> {
        let (this, run) = (self.clone(), run.clone());
        let made = self.db.write(move |conn| {
            Box::pin(async move {
                match this.try_page(conn, &run).await {
                    Ok(last) => Ok(Ok(last)),
                    Err(RunError::Store(error)) => Err(Undo::Failed(error)),
                    Err(other) => Err(Undo::Answer(Err(other))),
                }
            })
        });
        made.await?
    }

    async fn try_page(&self, conn: &mut Conn, run: &Run) -> Result<Option<FamilyId>, RunError> {
        let families = households::after(conn, run.last_family, PAGE).await?;
        let Some(to) = families.last().copied() else {
            runs::finish(conn, run.id, self.id, self.clock.now()).await?;
            return Ok(None);
        };
        // All of them first: whoever confirms holds a family and waits for the next number.
        for family in &families {
            households::hold(conn, *family).await?;
        }
        if !run.dry {
            // Before the tariffs are read.
            office::hold(conn).await?;
        }
        let mut made = Tally::default();
        for family in &families {
            self.family(conn, run, *family, &mut made).await?;
        }
        let step = Step {
            run: run.id,
            leader: self.id,
            from: run.last_family,
            to,
            families: i32::try_from(families.len()).unwrap_or(i32::MAX),
            made,
            lease_until: self.clock.now() + LEASE,
        };
        if runs::advance(conn, step).await? { Ok(Some(to)) } else { Err(RunError::Overtaken) }
    }

    async fn family(
        &self,
        conn: &mut Conn,
        run: &Run,
        family: FamilyId,
        tally: &mut Tally,
    ) -> Result<(), RunError> {
        let billed = households::billed(conn, family).await?;
        let payer = households::payer(conn, family).await?;
        let worked_out = self.work_out(conn, run, family, &billed).await;
        let (worked_out, anomalies) = worked_out.or_else(|error| match error {
            // The families after it are billed all the same.
            RunError::Store(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(%family, %error, "a family can't be billed");
                Ok((Err(BillingError::Unreadable), BTreeSet::new()))
            }
            other => Err(other),
        })?;
        let worked_out = worked_out.and_then(|(documents, correction)| {
            if payer.is_none() && !correction.is_empty() {
                return Err(BillingError::NoPayer);
            }
            let worth = Worth::of(&correction)?;
            tally.count(&worth)?;
            Ok((documents, correction))
        });
        let failure = worked_out.as_ref().err().copied();
        if failure.is_some() || !anomalies.is_empty() {
            tally.failures += i32::from(failure.is_some());
            tally.anomalies += i32::from(!anomalies.is_empty());
            let finding = FamilyFindings {
                family_id: family,
                name: payer.map_or_else(|| billed.names(), |payer| payer.name),
                anomalies: anomalies.into_iter().collect(),
                failure,
                children: billed.first_names.clone(),
            };
            runs::note(conn, run.id, family, &finding).await?;
        }
        if let Ok((documents, correction)) = worked_out
            && !run.dry
        {
            let actor =
                Actor { account: run.account, ..Actor::system(Origin::System, self.clock.now()) };
            issue(conn, &actor, family, run.period, &documents, billed, correction).await?;
        }
        Ok(())
    }

    /// What puts the family's period right, and what looks odd about it.
    async fn work_out(
        &self,
        conn: &mut Conn,
        run: &Run,
        family: FamilyId,
        billed: &Billed,
    ) -> Result<(Result<WorkedOut, BillingError>, BTreeSet<Anomaly>), RunError> {
        let documents = documents::of_period(conn, family, run.period).await?;
        documents.iter().try_for_each(Document::adds_up)?;
        let papers = Papers::of(&documents);
        let month = match run.period {
            Period::Month(month) => month,
            Period::Term(term) => {
                let today = utc_to_paris(self.clock.now()).date();
                let found = term_paper(conn, family, term, billed, &papers, today).await;
                return match found {
                    Ok(correction) => Ok((Ok((documents, correction)), BTreeSet::new())),
                    Err(Failure::Billing(why)) => Ok((Err(why), BTreeSet::new())),
                    Err(other) => Err(other.into()),
                };
            }
        };
        match self.canteen(conn, family, month, billed, &papers).await? {
            Ok((correction, anomalies)) => Ok((Ok((documents, correction)), anomalies)),
            Err(why) => Ok((Err(why), BTreeSet::new())),
        }
    }

    async fn canteen(
        &self,
        conn: &mut Conn,
        family: FamilyId,
        month: Month,
        billed: &Billed,
        papers: &Papers,
    ) -> Result<Result<(Correction, BTreeSet<Anomaly>), BillingError>, RunError> {
        let settings = self.settings.current(conn).await?;
        let tariffs = tariffs::all(conn).await?;
        let facts = CanteenFacts {
            month,
            meals: &canteen::meals(conn, family, month).await?,
            subscribed: &canteen::subscribed(conn, family, month).await?,
            calendar: &settings.calendar,
        };
        Ok(canteen_correction(&tariffs, &billed.household, facts, papers.issued()))
    }
}

/// A family's documents and what is to be issued beside them.
type WorkedOut = (Vec<Document>, Correction);

/// What a correction comes to.
struct Worth {
    invoice: Option<Cents>,
    credit_notes: Vec<Cents>,
}

impl Worth {
    fn of(correction: &Correction) -> Result<Self, BillingError> {
        let bill = &correction.bill;
        let credit = correction.credit.values();
        Ok(Self {
            invoice: (!bill.is_empty()).then(|| total(bill)).transpose()?,
            credit_notes: credit.map(total).collect::<Result<_, _>>()?,
        })
    }
}

impl Tally {
    /// Adds all of it, or nothing where the sums would be too large.
    fn count(&mut self, made: &Worth) -> Result<(), BillingError> {
        let billed = Cents::checked_sum([self.billed].into_iter().chain(made.invoice));
        let credited =
            Cents::checked_sum([self.credited].into_iter().chain(made.credit_notes.clone()));
        let (Some(billed), Some(credited)) = (billed, credited) else {
            return Err(BillingError::Overflow);
        };
        (self.billed, self.credited) = (billed, credited);
        self.invoices += i32::from(made.invoice.is_some());
        self.credit_notes += i32::try_from(made.credit_notes.len()).unwrap_or(i32::MAX);
        Ok(())
    }
}
