//! One activity of one child: the whole week at once, and the type week (manual, 3.4).

use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{TypeWeekItem, TypeWeekRequest};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::CellKey;
use super::store::{Planning, TypeWeekNews};
use super::type_week_preview::{Preview, PreviewView, is_news};
use crate::browser;
use crate::components::{Icon, IconView};
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
pub(super) fn RowSheet(opener: RowSheetOpener) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let dialog = NodeRef::<Dialog>::new();
    let shown = opener.0;
    let preview = RwSignal::new(Preview::Loading);
    let join = RwSignal::new(false);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
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
        let (Some(dialog), Some(row)) = (dialog.get(), shown.get()) else { return };
        if !dialog.open() {
            join.set(false);
            let _ = dialog.show_modal();
            ask(row);
        }
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
            planning.update_type_week(row.request(), news, join.get_untracked());
            close();
        }
    };
    let is_open = Memo::new(move |_| shown.with(Option::is_some));
    let title = move || shown.get().map(|row| format!("{} · {}", row.child_name, row.title));
    view! {
        <dialog
            class="sheet calm"
            aria-labelledby="row-title"
            node_ref=dialog
            on:click=move |event| browser::close_on_backdrop(&event)
            on:close=move |_| shown.set(None)
        >
            <header>
                <IconView icon=Icon::Repeat/>
                <h2 id="row-title">{title}</h2>
                <button
                    class="btn icon quiet"
                    type="button"
                    aria-label=words.common.close
                    on:click=move |_| close()
                >
                    <IconView icon=Icon::Close/>
                </button>
            </header>
            <div class="body">
                <WholeWeek shown=shown done=Callback::new(move |()| close())/>
                <h3>{words.row.type_week}</h3>
                <p class="soft">{words.row.type_week_text}</p>
                <div class="preview" aria-live="polite">
                    {move || is_open.get().then(|| view! { <PreviewView preview=preview join=join/> })}
                </div>
            </div>
            <footer>
                <button class="btn" type="button" on:click=move |_| close()>
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
            </footer>
        </dialog>
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
                planning.change_all(row.cells, book);
                done.run(());
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
