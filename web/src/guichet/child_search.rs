//! Finding a child by name, by keyboard alone too.

use std::time::Duration;

use domain::wire::{ChildView, FoundChildren};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::words::use_desk_words;
use crate::api::ApiError;
use crate::components::ErrorNotice;

/// After the last letter typed.
const PAUSE: Duration = Duration::from_millis(150);

/// `Chevallay Anouk · CE2`.
pub(super) fn told(child: &ChildView) -> String {
    format!("{} {} · {}", child.last_name, child.first_name, child.level)
}

/// A search and what it has found.
#[derive(Clone, Copy)]
struct Search {
    desk: Desk,
    input: NodeRef<Input>,
    child: RwSignal<Option<ChildView>>,
    found: RwSignal<Option<FoundChildren>>,
    /// The one that Enter chooses.
    marked: RwSignal<usize>,
    failed: RwSignal<Option<ApiError>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// An answer to what was typed before is dropped, and so is one that nobody waits for.
    asked: StoredValue<u32>,
}

impl Search {
    fn new(child: RwSignal<Option<ChildView>>) -> Self {
        Self {
            desk: expect_context(),
            input: NodeRef::new(),
            child,
            found: RwSignal::new(None),
            marked: RwSignal::new(0),
            failed: RwSignal::new(None),
            timer: StoredValue::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// Nothing that was typed before is searched for any more.
    fn stop(self) {
        if let Some(timer) = self.timer.try_get_value().flatten() {
            timer.clear();
        }
        self.asked.try_update_value(|asked| *asked += 1);
        self.found.set(None);
    }

    fn choose(self, chosen: ChildView) {
        self.stop();
        self.child.set(Some(chosen));
    }

    fn typed(self) {
        // What stands in the field is nobody until somebody is chosen.
        self.child.set(None);
        self.failed.set(None);
        self.stop();
        self.timer.set_value(set_timeout_with_handle(move || self.ask(), PAUSE).ok());
    }

    fn ask(self) {
        let this = self.asked.get_value();
        let name = self.input.get_untracked().map(|input| input.value()).unwrap_or_default();
        if name.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            let answer = self.desk.session.find_children(&name).await;
            if self.asked.try_get_value() != Some(this) {
                return;
            }
            self.marked.set(0);
            match answer {
                Ok(children) => self.found.set(Some(children)),
                Err(error) => self.failed.set(Some(error)),
            }
        });
    }

    fn count(self) -> usize {
        self.found.with(|found| found.as_ref().map_or(0, |found| found.children.len()))
    }

    fn key(self, event: &KeyboardEvent) {
        let count = untrack(|| self.count());
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.marked.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => self.marked.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let at = self.marked.get_untracked();
                let chosen =
                    self.found.with_untracked(|found| found.as_ref()?.children.get(at).cloned());
                if let Some(chosen) = chosen {
                    self.choose(chosen);
                }
            }
            "Escape" if count > 0 => self.stop(),
            _ => return,
        }
        event.prevent_default();
    }
}

#[component]
pub(super) fn ChildSearch(
    /// The child that is chosen.
    child: RwSignal<Option<ChildView>>,
) -> impl IntoView {
    let words = &use_desk_words().form;
    let search = Search::new(child);
    on_cleanup(move || search.stop());
    focus_on_slash(search.input);
    Effect::new(move || {
        if let (Some(input), Some(child)) = (search.input.get(), child.get()) {
            input.set_value(&told(&child));
        }
    });
    let has_options = move || search.count() > 0;
    let counted = move || {
        search.found.with(Option::is_some).then(|| match search.count() {
            0 => words.nobody.to_owned(),
            count => (words.found)(count),
        })
    };
    let trouble = move || search.failed.get().map(|error| view! { <ErrorNotice error=error/> });
    view! {
        <div class="field">
            <label for="child">{words.child}</label>
            <div class="search">
                <input
                    class="input"
                    id="child"
                    type="search"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded=move || has_options().to_string()
                    aria-controls=move || has_options().then_some("children")
                    aria-activedescendant=move || {
                        has_options().then(|| format!("child-{}", search.marked.get()))
                    }
                    aria-describedby="child-hint"
                    node_ref=search.input
                    on:input=move |_| search.typed()
                    on:keydown=move |event| search.key(&event)
                    on:blur=move |_| search.stop()
                />
                <Options search=search/>
            </div>
            <p class="hint" id="child-hint">{words.search_hint}</p>
            <p class="sr" role="status">{counted}</p>
            {trouble}
        </div>
    }
}

/// `/` leads to the search, from anywhere on the page but a field.
fn focus_on_slash(input: NodeRef<Input>) {
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let here = document().active_element().map(|here| here.tag_name());
        let is_field = here.is_some_and(|tag| matches!(&*tag, "INPUT" | "TEXTAREA" | "SELECT"));
        let with = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() == "/"
            && !is_field
            && !with
            && let Some(input) = input.get_untracked()
        {
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    });
    on_cleanup(move || slash.remove());
}

/// The children found, to be chosen with the mouse; the input has the keyboard.
#[component]
fn Options(search: Search) -> impl IntoView {
    let words = &use_desk_words().form;
    let option = move |(at, child): (usize, &ChildView)| {
        let chosen = child.clone();
        view! {
            <li
                role="option"
                id=format!("child-{at}")
                aria-selected=move || (search.marked.get() == at).to_string()
                on:mousedown=move |event| {
                    event.prevent_default();
                    search.choose(chosen.clone());
                }
            >
                <span>{child.last_name.clone()}" "{child.first_name.clone()}</span>
                <small class="soft">{child.class_name.clone()}</small>
            </li>
        }
    };
    move || {
        search.found.get().map(|found| {
            if found.children.is_empty() {
                return view! { <p class="options pad soft">{words.nobody}</p> }.into_any();
            }
            let options = found.children.iter().enumerate().map(option).collect_view();
            view! {
                <div class="options">
                    <ul role="listbox" id="children" aria-label=words.child>{options}</ul>
                    {found.more.then(|| view! { <p class="hint">{words.more}</p> })}
                </div>
            }
            .into_any()
        })
    }
}
