//! The cells of a tariff that is typed: items down, brackets across; and the siblings' reductions.

use leptos::prelude::*;

use super::form::Form;
use super::tariff_draft::Draft;
use super::words::use_billing_words;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

/// One cell: its text in the draft, its mistake below.
#[component]
fn Cell(
    #[prop(into)] label: String,
    #[prop(into)] pointer: String,
    form: Form,
    value: String,
    change: Callback<String>,
    #[prop(default = "decimal")] inputmode: &'static str,
    /// A mistake of the row's, which is said once, marks the cell.
    #[prop(optional, into)]
    row: Option<String>,
) -> impl IntoView {
    let error_id = format!("tariff{}-error", pointer.replace('/', "-"));
    let mistake = Memo::new(move |_| form.mistake(&pointer));
    let is_invalid = move || {
        let of_row = row.as_ref().is_some_and(|row| form.mistake(row).is_some());
        (mistake.get().is_some() || of_row).then_some("true")
    };
    view! {
        <input
            class="input cell"
            type="text"
            inputmode=inputmode
            autocomplete="off"
            aria-label=label
            aria-invalid=is_invalid
            aria-describedby=error_id.clone()
            prop:value=value
            on:input=move |event| change.run(event_target_value(&event))
        />
        <span class="error" id=error_id role="alert">{mistake}</span>
    }
}

/// A button that changes how many columns or ranks there are.
#[component]
fn Count(icon: Icon, label: &'static str, act: Callback<()>) -> impl IntoView {
    view! {
        <button class="btn" type="button" on:click=move |_| act.run(())>
            <IconView icon=icon/>
            {label}
        </button>
    }
}

#[component]
pub(super) fn Grid(draft: RwSignal<Draft>, form: Form) -> impl IntoView {
    let words = &use_billing_words().tariffs;
    // Typing into a cell leaves the table as it is.
    let columns = Memo::new(move |_| draft.with(|draft| draft.brackets.len()));
    let table = move || {
        let columns = columns.get();
        let typed = draft.get_untracked();
        let head = (0..columns).map(|at| {
            let change = Callback::new(move |text| draft.update(|draft| draft.brackets[at] = text));
            view! {
                <th scope="col">
                    {(words.bracket)(at + 1)}
                    <Cell
                        label=(words.bracket_from)(at + 1)
                        pointer=format!("/brackets/{at}")
                        form=form
                        value=typed.brackets[at].clone()
                        change=change
                        inputmode="numeric"
                    />
                </th>
            }
        });
        let head = head.collect_view();
        let rows = (0..typed.rows.len()).map(|at| view! { <Row draft=draft form=form at=at/> });
        view! {
            <table class="list prices typed">
                <caption class="sr">{words.prices}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.item}<small>{words.from_quotient}</small></th>
                        {head}
                        <th scope="col">{words.outside}<small>{words.outside_hint}</small></th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    };
    let none =
        move || form.mistake("/prices").map(|words| view! { <IconView icon=Icon::Alert/>{words} });
    let add = Callback::new(move |()| draft.update(Draft::add_bracket));
    let remove = Callback::new(move |()| draft.update(Draft::remove_bracket));
    let remove = move || {
        (columns.get() > 1).then(|| {
            view! { <Count icon=Icon::Minus label=words.remove_bracket act=remove/> }
        })
    };
    view! {
        <div class="wide-table" role="region" tabindex="0" aria-label=words.prices>{table}</div>
        <p class="error" role="alert">{none}</p>
        <p class="hint">{words.empty_row}</p>
        <div class="buttons">
            <Count icon=Icon::Plus label=words.add_bracket act=add/>
            {remove}
        </div>
    }
}

#[component]
fn Row(draft: RwSignal<Draft>, form: Form, at: usize) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().tariffs;
    let row = draft.with_untracked(|draft| draft.rows[at].clone());
    let name = row.item.words(language);
    let of_row = format!("/prices/{at}/by_bracket");
    let cells = row.by_bracket.into_iter().enumerate().map(|(bracket, value)| {
        let change = Callback::new(move |text| {
            draft.update(|draft| draft.rows[at].by_bracket[bracket] = text);
        });
        view! {
            <td>
                <Cell
                    label=format!("{name}, {}", (words.bracket)(bracket + 1))
                    pointer=format!("/prices/{at}/by_bracket/{bracket}")
                    form=form
                    value=value
                    change=change
                    row=of_row.clone()
                />
            </td>
        }
    });
    let cells = cells.collect_view();
    let change = Callback::new(move |text| draft.update(|draft| draft.rows[at].outside = text));
    let mistake = move || {
        let whole = [format!("/prices/{at}/by_bracket"), format!("/prices/{at}/item")];
        whole.iter().find_map(|pointer| form.mistake(pointer))
    };
    view! {
        <tr>
            <th scope="row">{name}<span class="error" role="alert">{mistake}</span></th>
            {cells}
            <td>
                <Cell
                    label=format!("{name}, {}", words.outside)
                    pointer=format!("/prices/{at}/outside")
                    form=form
                    value=row.outside
                    change=change
                    row=of_row
                />
            </td>
        </tr>
    }
}

#[component]
pub(super) fn Reductions(draft: RwSignal<Draft>, form: Form) -> impl IntoView {
    let words = &use_billing_words().tariffs;
    let ranks = Memo::new(move |_| draft.with(|draft| draft.reductions.len()));
    let fields = move || {
        let count = ranks.get();
        let typed = draft.with_untracked(|draft| draft.reductions.clone());
        let fields = typed.into_iter().enumerate().map(|(at, value)| {
            let change =
                Callback::new(move |text| draft.update(|draft| draft.reductions[at] = text));
            let rank = (words.rank)(at + 1, at + 1 == count);
            view! {
                <li>
                    <span class="label" aria-hidden="true">{rank.clone()}</span>
                    <Cell
                        label=(words.percent)(&rank)
                        pointer=format!("/reductions/{at}")
                        form=form
                        value=value
                        change=change
                        inputmode="numeric"
                    />
                    <span aria-hidden="true">"%"</span>
                </li>
            }
        });
        view! { <ul class="ranks">{fields.collect_view()}</ul> }
    };
    let add = Callback::new(move |()| draft.update(|draft| draft.reductions.push(String::new())));
    let remove = Callback::new(move |()| {
        draft.update(|draft| {
            draft.reductions.pop();
        });
    });
    let remove = move || {
        (ranks.get() > 0).then(|| {
            view! { <Count icon=Icon::Minus label=words.remove_rank act=remove/> }
        })
    };
    view! {
        <fieldset>
            <legend class="label">{words.reductions}</legend>
            <p class="hint">{words.reductions_hint}</p>
            {fields}
            <div class="buttons">
                <Count icon=Icon::Plus label=words.add_rank act=add/>
                {remove}
            </div>
        </fieldset>
    }
}
