//! What surrounds the pages: menu, way to the content, footer.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{ConnectionBar, Icon, IconView};
use crate::api::{Session, State};
use crate::i18n::use_words;
use crate::route::ACCESSIBILITY;

/// An entry of the menu.
pub(crate) struct MenuEntry {
    pub(crate) href: &'static str,
    pub(crate) icon: Icon,
    pub(crate) label: &'static str,
    /// For the bar at the bottom of a phone.
    pub(crate) short: &'static str,
    pub(crate) is_current: Signal<bool>,
    /// Leads to the other app.
    pub(crate) leaves: bool,
}

#[component]
pub(crate) fn Shell(
    menu: fn() -> Vec<MenuEntry>,
    /// Where this is: the commune, and the school year.
    #[prop(into)]
    place: Signal<Option<String>>,
    /// The page on accessibility is the other app's.
    #[prop(optional)]
    is_guichet: bool,
    children: Children,
) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let has_menu = Memo::new(move |_| !matches!(session.state(), State::SignedOut(_)));
    let main_menu = move || {
        has_menu.get().then(|| {
            view! {
                <nav class="nav" aria-label=words.common.main_menu>{entries(&menu(), false)}</nav>
            }
        })
    };
    let bottom_menu = move || {
        has_menu.get().then(|| view! {
            <nav class="tab-bar" aria-label=words.common.bottom_menu>{entries(&menu(), true)}</nav>
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
            <footer class="foot">
                <span>{place}</span>
                <a href=ACCESSIBILITY rel=external(is_guichet)>{words.common.accessibility}</a>
            </footer>
            {bottom_menu}
        </div>
    }
}

#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! { <div class="logo"><IconView icon=Icon::Roof/>"Préau"</div> }
}

/// The `rel` of a link that the browser itself is to follow, to another app's page.
pub(crate) fn external(leaves: bool) -> Option<&'static str> {
    leaves.then_some("external")
}

fn entries(menu: &[MenuEntry], short: bool) -> Vec<AnyView> {
    menu.iter()
        .map(|entry| {
            let label = if short { entry.short } else { entry.label };
            let is_current = entry.is_current;
            let current = move || is_current.get().then_some("page");
            view! {
                <a href=entry.href rel=external(entry.leaves) aria-current=current>
                    <IconView icon=entry.icon/>
                    {label}
                </a>
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
