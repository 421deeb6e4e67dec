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

/// After the last letter typed.
const PAUSE: Duration = Duration::from_millis(150);

/// `Chevallay Anouk · CE2`.
pub(super) fn told(child: &ChildView) -> String {
    format!("{} {} · {}", child.last_name, child.first_name, child.level)
}

#[component]
pub(super) fn ChildSearch(
    /// The child that was chosen last.
    child: RwSignal<Option<ChildView>>,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = &use_desk_words().form;
    let input = NodeRef::<Input>::new();
    let found = RwSignal::new(None::<FoundChildren>);
    let marked = RwSignal::new(0_usize);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // An answer to what was typed before is dropped.
    let asked = StoredValue::new(0_u32);

    Effect::new(move || {
        if let (Some(input), Some(child)) = (input.get(), child.get()) {
            input.set_value(&told(&child));
        }
    });
    let choose = Callback::new(move |chosen: ChildView| {
        found.set(None);
        child.set(Some(chosen));
    });
    let search = move || {
        asked.update_value(|asked| *asked += 1);
        let this = asked.get_value();
        let Some(name) = input.get_untracked().map(|input| input.value()) else { return };
        spawn_local(async move {
            let answer = if name.trim().is_empty() {
                None
            } else {
                desk.session.find_children(&name).await.ok()
            };
            if asked.get_value() == this {
                marked.set(0);
                found.set(answer);
            }
        });
    };
    let typed = move |_| {
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let key = move |event: KeyboardEvent| {
        let count = found.with(|found| found.as_ref().map_or(0, |found| found.children.len()));
        match event.key().as_str() {
            "ArrowDown" if count > 0 => marked.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => marked.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let chosen = found
                    .with(|found| found.as_ref()?.children.get(marked.get_untracked()).cloned());
                if let Some(chosen) = chosen {
                    choose.run(chosen);
                }
            }
            "Escape" if found.with(Option::is_some) => found.set(None),
            _ => return,
        }
        event.prevent_default();
    };
    focus_on_slash(input);
    let has_options =
        move || found.with(|found| found.as_ref().is_some_and(|found| !found.children.is_empty()));
    let counted = move || {
        found.with(|found| {
            found.as_ref().map(|found| match found.children.len() {
                0 => words.nobody.to_owned(),
                count => (words.found)(count),
            })
        })
    };
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
                        has_options().then(|| format!("child-{}", marked.get()))
                    }
                    aria-describedby="child-hint"
                    node_ref=input
                    on:input=typed
                    on:keydown=key
                    on:blur=move |_| found.set(None)
                />
                <Options found=found marked=marked choose=choose/>
            </div>
            <p class="hint" id="child-hint">{words.search_hint}</p>
            <p class="sr" role="status">{counted}</p>
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
fn Options(
    found: RwSignal<Option<FoundChildren>>,
    /// The one that Enter chooses.
    marked: RwSignal<usize>,
    choose: Callback<ChildView>,
) -> impl IntoView {
    let words = &use_desk_words().form;
    let option = move |(at, child): (usize, &ChildView)| {
        let chosen = child.clone();
        view! {
            <li
                role="option"
                id=format!("child-{at}")
                aria-selected=move || (marked.get() == at).to_string()
                on:mousedown=move |event| {
                    event.prevent_default();
                    choose.run(chosen.clone());
                }
            >
                <span>{child.last_name.clone()}" "{child.first_name.clone()}</span>
                <small class="soft">{child.class_name.clone()}</small>
            </li>
        }
    };
    move || {
        found.get().map(|found| {
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
