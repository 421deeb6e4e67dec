//! What surrounds the pages: menu, way to the content, footer.

use domain::calendar::SchoolYear;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{ConnectionBar, Icon, IconView};
use crate::api::{Session, State};
use crate::i18n::{Words, use_words};
use crate::planning::Planning;
use crate::route::{ACCESSIBILITY, PLANNING, Room, Route};

/// An entry of the menu.
struct Entry {
    room: Room,
    href: &'static str,
    icon: Icon,
    label: fn(&Words) -> &'static str,
    /// For the bar at the bottom of a phone.
    short: fn(&Words) -> &'static str,
}

/// The rooms, in the order of the manual (2.1).
const MENU: &[Entry] = &[Entry {
    room: Room::Planning,
    href: PLANNING,
    icon: Icon::Calendar,
    label: |words| words.common.my_planning,
    short: |words| words.common.planning,
}];

#[component]
pub(crate) fn Shell(children: Children) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let has_menu = Memo::new(move |_| !matches!(session.state(), State::SignedOut(_)));
    let main_menu = move || {
        has_menu.get().then(|| {
            view! {
                <nav class="nav" aria-label=words.common.main_menu>{entries(words, false)}</nav>
            }
        })
    };
    let bottom_menu = move || {
        has_menu.get().then(|| view! {
            <nav class="tab-bar" aria-label=words.common.bottom_menu>{entries(words, true)}</nav>
        })
    };
    view! {
        <div class="app">
            <a class="btn primary skip" href="#main" on:click=skip>{words.common.skip}</a>
            <header class="side"><Logo/>{main_menu}</header>
            <main class="main" id="main" tabindex="-1">
                <ConnectionBar/>
                {children()}
            </main>
            <Footer/>
            {bottom_menu}
        </div>
    }
}

#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! { <div class="logo"><IconView icon=Icon::Roof/>"Préau"</div> }
}

fn entries(words: &'static Words, short: bool) -> Vec<AnyView> {
    let route: Memo<Route> = expect_context();
    MENU.iter()
        .map(|entry| {
            let room = entry.room;
            let label = if short { entry.short } else { entry.label };
            let current = move || (route.get().room() == room).then_some("page");
            view! {
                <a href=entry.href aria-current=current><IconView icon=entry.icon/>{label(words)}</a>
            }
            .into_any()
        })
        .collect()
}

/// Moves the focus, which following the link would not.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

#[component]
fn Footer() -> impl IntoView {
    let session: Session = expect_context();
    let planning: Planning = expect_context();
    let words = use_words();
    let place = move || {
        session.me().map(|me| {
            let year = planning.clock.now().map(|_| SchoolYear::of(planning.clock.today()));
            match year {
                Some(year) => format!("{} · {year}", me.commune),
                None => me.commune,
            }
        })
    };
    view! {
        <footer class="foot">
            <span>{place}</span>
            <a href=ACCESSIBILITY>{words.common.accessibility}</a>
        </footer>
    }
}
