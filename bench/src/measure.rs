//! Clients that call again and again, and what is made of their times.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;

/// Somebody who calls and checks the answer.
pub(crate) trait Client {
    async fn call(&mut self) -> Result<()>;
}

/// What so many clients did in a while.
pub(crate) struct Sample {
    seconds: f64,
    /// Shortest first.
    times: Vec<Duration>,
}

impl Sample {
    pub(crate) fn new(lasted: Duration, mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self { seconds: lasted.as_secs_f64(), times }
    }

    /// What clients on several threads did in the same while.
    pub(crate) fn together(samples: Vec<Self>) -> Self {
        let seconds = samples.iter().map(|sample| sample.seconds).fold(0.0, f64::max);
        let times = samples.into_iter().flat_map(|sample| sample.times).collect();
        Self::new(Duration::from_secs_f64(seconds), times)
    }

    pub(crate) fn calls(&self) -> usize {
        self.times.len()
    }

    /// Calls a second.
    pub(crate) fn rate(&self) -> f64 {
        as_f64(self.calls()) / self.seconds
    }

    /// The time that so many per cent of the calls kept within, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let last = self.times.len().saturating_sub(1);
        let time = self.times.get(last * percent / 100).copied().unwrap_or_default();
        time.as_secs_f64() * 1e3
    }
}

/// Lets all clients call for a while, each as soon as it has its answer.
pub(crate) async fn run<C: Client>(clients: &mut [C], time: Duration) -> Result<Sample> {
    let started = Instant::now();
    let all = clients.iter_mut().map(|client| async move {
        let mut times = Vec::new();
        while started.elapsed() < time {
            let asked = Instant::now();
            client.call().await?;
            times.push(asked.elapsed());
        }
        anyhow::Ok(times)
    });
    let times = try_join_all(all).await?.concat();
    Ok(Sample::new(started.elapsed(), times))
}

/// Rounds of the measured and its yardstick, one after the other, so that whatever else the
/// machine does befalls both.
#[derive(Default)]
pub(crate) struct Rounds(Vec<(f64, f64)>);

impl Rounds {
    pub(crate) fn add(&mut self, measured: f64, yardstick: f64) {
        self.0.push((measured, yardstick));
    }

    pub(crate) fn measured(&self) -> f64 {
        median(self.0.iter().map(|(measured, _)| *measured))
    }

    pub(crate) fn yardstick(&self) -> f64 {
        median(self.0.iter().map(|(_, yardstick)| *yardstick))
    }

    /// The median round's measured, in yardsticks.
    pub(crate) fn ratio(&self) -> f64 {
        median(self.0.iter().map(|(measured, yardstick)| measured / yardstick))
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run of some minutes")]
pub(crate) fn as_f64(count: usize) -> f64 {
    count as f64
}
