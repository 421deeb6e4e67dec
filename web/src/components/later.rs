//! Pieces of a page that come one after the other.

use std::time::Duration;

use leptos::prelude::*;

/// Renders its children in a task of its own: between two of them a slow phone paints what is there
/// and answers a tap.
#[component]
pub(crate) fn Later(
    /// In their place until then.
    #[prop(into)]
    fallback: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let is_due = RwSignal::new(false);
    request_animation_frame(move || {
        // After that frame's paint. The page may be gone by then.
        set_timeout(move || _ = is_due.try_set(true), Duration::ZERO);
    });
    move || if is_due.get() { children() } else { fallback.run() }
}
