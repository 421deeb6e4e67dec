//! One activity of one child: the whole week at once, and the type week (manual, 3.4).

use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{TypeWeekItem, TypeWeekRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::CellKey;
use super::store::{Planning, TypeWeekNews};
use super::type_week_preview::{Preview, PreviewView, is_news};
use crate::components::{Icon, IconView, Sheet};
use crate::i18n::use_words;

/// The row whose button was tapped.
#[derive(Clone, PartialEq)]
pub(super) struct SheetRow {
    pub(super) week: Week,
    pub(super) child: ChildId,
    pub(super) child_name: String,
    pub(super) activity: ActivitySlug,
    pub(super) title: String,
    pub(super) cells: Vec<CellKey>,
}

impl SheetRow {
    fn request(&self) -> TypeWeekRequest {
        let item = TypeWeekItem { child_id: self.child, activity: self.activity.clone() };
        TypeWeekRequest { monday: self.week, items: vec![item] }
    }
}

/// Opens the sheet.
#[derive(Clone, Copy)]
pub(super) struct RowSheetOpener(pub(super) RwSignal<Option<SheetRow>>);

#[component]
pub(super) fn RowSheet() -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let RowSheetOpener(shown) = expect_context();
    let preview = RwSignal::new(Preview::Loading);
    let join = RwSignal::new(false);
    let close = Callback::new(move |()| shown.set(None));
    let ask = move |row: SheetRow| {
        preview.set(Preview::Loading);
        spawn_local(async move {
            let answer = planning.session.preview_type_week(&row.request()).await;
            // Another row may have been opened meanwhile.
            if shown.with_untracked(|now| now.as_ref() == Some(&row)) {
                preview.set(answer.map_or_else(Preview::Failed, Preview::Here));
            }
        });
    };
    Effect::new(move || {
        let Some(row) = shown.get() else { return };
        join.set(false);
        ask(row);
    });
    let change = move || match preview.get() {
        Preview::Here(view) => view.items.into_iter().next(),
        _ => None,
    };
    let ready = Memo::new(move |_| change().is_some_and(|change| is_news(&change)));
    let confirm = move |_| {
        if !ready.get_untracked() {
            return;
        }
        if let Some(row) = shown.get_untracked() {
            let news = TypeWeekNews { child: row.child_name.clone(), title: row.title.clone() };
            close.run(());
            planning.update_type_week(row.request(), news, join.get_untracked());
        }
    };
    let title = Signal::derive(move || {
        let row = shown.get();
        row.map_or_else(String::new, |row| format!("{} · {}", row.child_name, row.title))
    });
    let close_button = move || {
        view! {
            <button
                class="btn icon quiet"
                type="button"
                aria-label=words.common.close
                on:click=move |_| close.run(())
            >
                <IconView icon=Icon::Close/>
            </button>
        }
    };
    let footer = move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close.run(())>
                {words.common.cancel}
            </button>
            <button
                class="btn primary"
                type="button"
                aria-disabled=move || (!ready.get()).then_some("true")
                on:click=confirm
            >
                {words.row.confirm}
            </button>
        }
    };
    view! {
        <Sheet
            id="row-title"
            is_open=Signal::derive(move || shown.with(Option::is_some))
            on_close=close
            start=|| view! { <IconView icon=Icon::Repeat/> }
            title=title
            end=close_button
            footer=footer
        >
            <WholeWeek shown=shown done=close/>
            <h3>{words.row.type_week}</h3>
            <p class="soft">{words.row.type_week_text}</p>
            <div class="preview" aria-live="polite">
                <PreviewView preview=preview join=join/>
            </div>
        </Sheet>
    }
}

/// All days of the shown week at once.
#[component]
fn WholeWeek(shown: RwSignal<Option<SheetRow>>, done: Callback<()>) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let change = move |book: bool| {
        move |_| {
            if let Some(row) = shown.get_untracked() {
                // First, so that the news finds the focus back on the page.
                done.run(());
                planning.change_all(row.cells, book);
            }
        }
    };
    view! {
        <div class="pair">
            <button class="btn" type="button" on:click=change(true)>
                <IconView icon=Icon::Check/>
                {words.row.tick_all}
            </button>
            <button class="btn" type="button" on:click=change(false)>
                <IconView icon=Icon::Minus/>
                {words.row.untick_all}
            </button>
        </div>
    }
}
