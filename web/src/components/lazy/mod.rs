//! Parts of the app in chunks of their own, which are loaded when they are first shown.

mod sheet;

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Connection;
use crate::browser;
use crate::i18n::Words;

pub(crate) use leptos::wasm_split::{SplitLoaderError, wasm_split};
pub(crate) use sheet::LazySheet;

/// A part on its way.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<Part, SplitLoaderError>>>>;
/// What makes its view.
pub(crate) type Part = fn() -> AnyView;

/// How to load a part: `chunk!(account, AccountPage)` puts a component without properties into the
/// chunk `account`, with all that nothing outside of that chunk uses.
macro_rules! chunk {
    ($name:ident, $component:ident) => {{
        #[$crate::components::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $name() -> Result<$crate::components::Part, $crate::components::SplitLoaderError> {
            Ok(|| ::leptos::prelude::view! { <$component/> }.into_any())
        }
        || -> $crate::components::Loading { Box::pin($name()) }
    }};
}
pub(crate) use chunk;

#[derive(Clone, Copy)]
pub(crate) enum Progress {
    Asleep,
    Loading,
    Here(Part),
    /// Not now: the server does not answer.
    Failed,
    /// It answers, and still the part does not come: it is another version's by now.
    Gone,
}

impl Progress {
    /// What can be done about a part that did not come, and what the button for it says.
    pub(crate) fn advice(self, words: &'static Words) -> (&'static str, &'static str) {
        if matches!(self, Self::Gone) {
            (words.lazy.gone, words.lazy.reload)
        } else {
            (words.lazy.unreachable, words.common.retry)
        }
    }
}

/// A part, from the first wish for it.
#[derive(Clone, Copy)]
pub(crate) struct Lazy {
    load: fn() -> Loading,
    progress: RwSignal<Progress>,
    connection: Connection,
}

impl Lazy {
    pub(crate) fn new(load: fn() -> Loading) -> Self {
        let connection: Connection = expect_context();
        let lazy = Self { load, progress: RwSignal::new(Progress::Asleep), connection };
        Effect::new(move |before: Option<u32>| {
            let times = connection.restored();
            let is_due = before.is_some_and(|before| before != times);
            if is_due && matches!(lazy.progress.get_untracked(), Progress::Failed) {
                lazy.start(true);
            }
            times
        });
        lazy
    }

    /// Tracked.
    pub(crate) fn progress(self) -> Progress {
        self.progress.get()
    }

    /// Does nothing where it was done before.
    pub(crate) fn wake(self) {
        if matches!(self.progress.get_untracked(), Progress::Asleep) {
            self.start(false);
        }
    }

    /// `is_up` where the server has just answered.
    fn start(self, is_up: bool) {
        self.progress.set(Progress::Loading);
        spawn_local(async move {
            let progress = match (self.load)().await {
                Ok(part) => Progress::Here(part),
                Err(_) if is_up => Progress::Gone,
                Err(_) => Progress::Failed,
            };
            let _ = self.progress.try_set(progress);
            if matches!(progress, Progress::Failed) {
                // Which tells when to try again.
                self.connection.failed();
            }
        });
    }

    pub(crate) fn retry(self) {
        if matches!(self.progress.get_untracked(), Progress::Gone) {
            browser::reload();
        } else {
            self.start(false);
        }
    }
}
