//! What a screen asks for, and what has come of it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ApiError;

/// Something that is asked of the server.
#[derive(Clone, Debug)]
pub(crate) enum Load<T> {
    Loading,
    Failed(ApiError),
    Shown(Arc<T>),
}

impl<T> Load<T> {
    pub(crate) fn shown(&self) -> Option<Arc<T>> {
        match self {
            Self::Shown(shown) => Some(Arc::clone(shown)),
            Self::Loading | Self::Failed(_) => None,
        }
    }

    /// Takes an answer. What is shown stays, rather than giving way to an error.
    pub(crate) fn answered(&mut self, answer: Result<T, ApiError>) {
        match answer {
            Ok(answer) => *self = Self::Shown(Arc::new(answer)),
            Err(error) if !matches!(self, Self::Shown(_)) => *self = Self::Failed(error),
            Err(_) => {}
        }
    }
}

/// Something that is asked for again and again: of two answers on their way, the younger one holds.
pub(crate) struct Asked<T: Send + Sync + 'static> {
    shown: RwSignal<Load<T>>,
    /// Numbers of the last question, and of the last one answered.
    last: StoredValue<u32>,
    answered: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: Clone + Send + Sync + 'static> Asked<T> {
    pub(crate) fn new() -> Self {
        Self {
            shown: RwSignal::new(Load::Loading),
            last: StoredValue::new(0),
            answered: StoredValue::new(0),
        }
    }

    /// Tracked.
    pub(crate) fn get(self) -> Load<T> {
        self.shown.get()
    }

    pub(crate) fn known(self) -> Option<Arc<T>> {
        self.shown.with_untracked(Load::shown)
    }

    /// Something else is to be shown: what is on its way is dropped.
    pub(crate) fn clear(self) {
        self.answered.set_value(self.last.get_value());
        self.shown.set(Load::Loading);
    }

    pub(crate) fn ask(self, question: impl Future<Output = Result<T, ApiError>> + 'static) {
        self.last.update_value(|last| *last += 1);
        let this = self.last.get_value();
        spawn_local(async move {
            let answer = question.await;
            // Gone with its screen, or overtaken.
            if self.answered.try_get_value().is_some_and(|answered| this > answered) {
                self.answered.set_value(this);
                self.shown.update(|shown| shown.answered(answer));
            }
        });
    }
}
