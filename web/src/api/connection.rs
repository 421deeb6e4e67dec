//! Whether the server answers. While it does not, it is tried again: soon at first, then less and
//! less often, at once when the device has a network again, and when somebody asks.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// Seconds before each new try; the last one repeats.
const WAITS: [u64; 5] = [2, 4, 8, 15, 30];

#[derive(Clone, Copy)]
pub(crate) struct Connection {
    lost: RwSignal<bool>,
    trying: RwSignal<bool>,
    /// Counts the times that it came back.
    restored: RwSignal<u32>,
    tries: StoredValue<usize>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Asks the server for anything; every answer is told to this connection.
    probe: StoredValue<Option<Callback<()>>>,
}

impl Connection {
    pub(crate) fn provide() -> Self {
        let connection = Self {
            lost: RwSignal::new(false),
            trying: RwSignal::new(false),
            restored: RwSignal::new(0),
            tries: StoredValue::new(0),
            timer: StoredValue::new(None),
            probe: StoredValue::new(None),
        };
        let online = window_event_listener_untyped("online", move |_| connection.try_now());
        on_cleanup(move || online.remove());
        provide_context(connection);
        connection
    }

    pub(crate) fn set_probe(self, probe: Callback<()>) {
        self.probe.set_value(Some(probe));
    }

    pub(crate) fn is_lost(self) -> bool {
        self.lost.get()
    }

    pub(crate) fn is_trying(self) -> bool {
        self.trying.get()
    }

    /// Tracked: changes each time the connection comes back.
    pub(crate) fn restored(self) -> u32 {
        self.restored.get()
    }

    /// Some answer came.
    pub(crate) fn answered(self) {
        self.tries.set_value(0);
        self.clear_timer();
        if self.lost.get_untracked() {
            self.trying.set(false);
            self.lost.set(false);
            self.restored.update(|times| *times += 1);
        }
    }

    /// No answer came.
    pub(crate) fn failed(self) {
        self.trying.set(false);
        self.lost.set(true);
        self.clear_timer();
        let tries = self.tries.get_value();
        self.tries.set_value(tries + 1);
        let timer = set_timeout_with_handle(move || self.try_now(), wait(tries));
        self.timer.set_value(timer.ok());
    }

    /// Does nothing while the connection holds.
    pub(crate) fn try_now(self) {
        if !self.lost.get_untracked() || self.trying.get_untracked() {
            return;
        }
        self.clear_timer();
        if let Some(probe) = self.probe.get_value() {
            self.trying.set(true);
            probe.run(());
        }
    }

    fn clear_timer(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
            self.timer.set_value(None);
        }
    }
}

fn wait(tries: usize) -> Duration {
    Duration::from_secs(WAITS[tries.min(WAITS.len() - 1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_grow_apart_up_to_half_a_minute() {
        let waits: Vec<_> = (0..7).map(|tries| wait(tries).as_secs()).collect();
        assert!(waits.is_sorted());
        assert_eq!((waits[0], waits[6]), (2, 30));
    }
}
