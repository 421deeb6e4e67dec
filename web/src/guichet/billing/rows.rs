//! Long lists that come page by page, and stay on the screen as one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::use_billing_words;
use crate::api::ApiError;
use crate::browser;
use crate::components::ErrorNotice;

/// What has come after the first page.
pub(super) struct Rows<T: Send + Sync + 'static> {
    later: RwSignal<Vec<T>>,
    next: RwSignal<Option<String>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    /// Pages of another beginning are dropped.
    beginning: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Rows<T> {}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    pub(super) fn new() -> Self {
        Self {
            later: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            beginning: StoredValue::new(0),
        }
    }

    /// The first page has come: with the cursor of the second, if there is one.
    pub(super) fn begin(self, next: Option<String>) {
        self.beginning.update_value(|beginning| *beginning += 1);
        self.later.set(Vec::new());
        self.error.set(None);
        self.busy.set(false);
        self.next.set(next);
    }

    /// Tracked.
    pub(super) fn later(self) -> Vec<T> {
        self.later.get()
    }

    /// Asks for the next page: its rows, and the cursor of the one after it.
    fn more(self, page: Page<T>, list: &'static str) {
        let Some(after) = self.next.get_untracked().filter(|_| !self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        self.error.set(None);
        let beginning = self.beginning.get_value();
        let asked = page.run(after);
        spawn_local(async move {
            let answer = asked.await;
            if self.beginning.try_get_value() != Some(beginning) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok((rows, next)) => {
                    if next.is_none() {
                        // The button goes with the last page.
                        browser::focus_soon(list);
                    }
                    self.later.update(|later| later.extend(rows));
                    self.next.set(next);
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}

type Answer<T> = Result<(Vec<T>, Option<String>), ApiError>;
pub(super) type PageFuture<T> = std::pin::Pin<Box<dyn Future<Output = Answer<T>>>>;
/// How a page is asked for by its cursor.
pub(super) type Page<T> = Callback<String, PageFuture<T>>;

/// The way to the next page, while there is one.
#[component]
pub(super) fn MoreRows<T: Clone + Send + Sync + 'static>(
    rows: Rows<T>,
    page: Page<T>,
    /// The id of the list, which takes the focus when all of it is there.
    list: &'static str,
) -> impl IntoView {
    let words = use_billing_words();
    let trouble = move || rows.error.get().map(|error| view! { <ErrorNotice error=error/> });
    let button = move || {
        rows.next.with(Option::is_some).then(|| {
            view! {
                <button
                    class="btn more"
                    type="button"
                    aria-disabled=move || rows.busy.get().then_some("true")
                    on:click=move |_| rows.more(page, list)
                >
                    {words.more}
                </button>
            }
        })
    };
    view! {
        {trouble}
        {button}
    }
}
