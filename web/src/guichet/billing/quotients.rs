//! A family's quotients, and how another is entered.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::billing::{FamilyQuotient, QuotientSource};
use domain::dates;
use domain::problem::Language;
use domain::wire::{FamilyBillingView, QuotientRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::family_page::Family;
use super::form::{Form, LinesField, Mistake, TextField, Verdict, missing, reason_mistake};
use super::quotient_removal::{Removal, RemovalSheet};
use super::words::{FamilyWords, use_billing_words};
use crate::api::Session;
use crate::components::{Toast, Toasts};
use crate::i18n::use_words;

const SOURCES: [QuotientSource; 3] =
    [QuotientSource::Caf, QuotientSource::Msa, QuotientSource::TaxNotice];

#[component]
pub(super) fn Quotients(family: Family) -> impl IntoView {
    let words = &use_billing_words().family;
    let wish = Removal::new();
    let list = move || family.shown().map(|shown| view! { <List family=shown wish=wish/> });
    view! {
        <section class="card pad" aria-labelledby="quotients-title">
            <h2 id="quotients-title">{words.quotients}</h2>
            <Verdict form=wish.form/>
            {list}
            <details>
                <summary>{words.add_quotient}</summary>
                <QuotientForm family=family/>
            </details>
            <RemovalSheet family=family wish=wish/>
        </section>
    }
}

/// A quotient in words, its figure apart.
pub(super) struct Said {
    pub(super) value: u32,
    pub(super) rest: String,
}

/// `640 · CAF · du 1er septembre 2017 au 31 août 2018`.
pub(super) fn said(quotient: FamilyQuotient, words: &FamilyWords, language: Language) -> Said {
    let FamilyQuotient { value, from, until, source } = quotient;
    let span = (words.from_until)(&dates::full(from, language), &dates::full(until, language));
    Said { value, rest: format!(" · {} · {span}", source.words(language)) }
}

#[component]
fn List(family: Arc<FamilyBillingView>, wish: Removal) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().family;
    let mut quotients = family.household.quotients.clone();
    if quotients.is_empty() {
        return view! { <p class="soft">{words.no_quotient}</p> }.into_any();
    }
    quotients.sort_by_key(|quotient| std::cmp::Reverse(quotient.from));
    let entries = quotients.into_iter().map(|quotient| {
        let Said { value, rest } = said(quotient, words, language);
        let of = format!("\u{a0}: {value}{rest}");
        view! {
            <li>
                <p><b class="num">{value}</b>{rest}</p>
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| wish.quotient.set(Some(quotient))
                >
                    {words.remove}
                    <span class="sr">{of}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="people">{entries.collect_view()}</ul> }.into_any()
}

/// What is typed.
#[derive(Default)]
struct Typed {
    value: String,
    from: String,
    until: String,
    reason: String,
}

/// A request, or the fields that are to be filled in first.
fn read(
    typed: Typed,
    source: QuotientSource,
    no_number: &str,
    language: Language,
) -> Result<QuotientRequest, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut day = |text: &str, pointer| {
        let day = text.parse::<NaiveDate>().ok();
        if day.is_none() {
            mistakes.push(missing(pointer, language));
        }
        day.unwrap_or_default()
    };
    let (from, until) = (day(&typed.from, "/from"), day(&typed.until, "/until"));
    let value = typed.value.trim();
    let number = value.parse::<u32>();
    if value.is_empty() {
        mistakes.insert(0, missing("/value", language));
    } else if number.is_err() {
        mistakes.insert(0, ("/value".to_owned(), no_number.to_owned()));
    }
    mistakes.extend(reason_mistake(&typed.reason, language));
    match number {
        Ok(value) if mistakes.is_empty() => {
            Ok(QuotientRequest { value, from, until, source, reason: typed.reason })
        }
        _ => Err(mistakes),
    }
}

#[component]
fn QuotientForm(family: Family) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_words().language;
    let words = &use_billing_words().family;
    let held = &use_billing_words().held;
    let form = Form::new("quotient-form");
    let [value, from, until, reason] = [(); 4].map(|()| RwSignal::new(String::new()));
    let source = RwSignal::new(QuotientSource::Caf);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !form.start() {
            return;
        }
        let typed = Typed {
            value: value.get_untracked(),
            from: from.get_untracked(),
            until: until.get_untracked(),
            reason: reason.get_untracked(),
        };
        let wish = match read(typed, source.get_untracked(), words.whole_euros, language) {
            Ok(wish) => wish,
            Err(mistakes) => return form.refuse(mistakes),
        };
        form.send();
        spawn_local(async move {
            match session.set_quotient(family.id, &wish).await {
                Ok(now) => {
                    form.done();
                    let told = (words.quotient_set)(&wish.value.to_string());
                    let made = family.changed(now, held, language);
                    toasts.show(Toast::info(format!("{told}. {made}")));
                    for field in [value, from, until, reason] {
                        field.try_set(String::new());
                    }
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let options = SOURCES.map(|source| {
        view! { <option value=source.as_str()>{source.words(language)}</option> }
    });
    let choose = move |event| {
        if let Some(chosen) = QuotientSource::parse(&event_target_value(&event)) {
            source.set(chosen);
        }
    };
    view! {
        <form class="form" id=form.id novalidate on:submit=submit>
            <div class="two pair">
                <TextField
                    id="quotient-value" label=words.quotient_value value=value form=form
                    pointer="/value" hint=words.whole_euros inputmode="numeric"
                />
                <div class="field">
                    <label for="quotient-source">{words.source}</label>
                    <select class="input" id="quotient-source" on:change=choose>
                        {options.collect_view()}
                    </select>
                </div>
                <TextField
                    id="quotient-from" label=words.first_day kind="date" value=from form=form
                    pointer="/from"
                />
                <TextField
                    id="quotient-until" label=words.last_day kind="date" value=until form=form
                    pointer="/until"
                />
            </div>
            <LinesField
                id="quotient-reason" label=words.reason rows="2" value=reason form=form
                pointer="/reason" hint=words.settles
            />
            <Verdict form=form/>
            <button class="btn primary" type="submit" aria-disabled=move || form.is_busy()>
                {words.save_quotient}
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_before_it_can_be_read() {
        let read = |value: &str, from: &str, until: &str| {
            let typed = Typed {
                value: value.into(),
                from: from.into(),
                until: until.into(),
                reason: "CAF".into(),
            };
            read(typed, QuotientSource::Caf, "des euros", Language::French)
        };
        let fields = |mistakes: Vec<Mistake>| {
            mistakes.into_iter().map(|(pointer, _)| pointer).collect::<Vec<_>>()
        };
        let wish = read(" 640 ", "2017-09-01", "2018-08-31").unwrap();
        assert_eq!((wish.value, wish.from.to_string().as_str()), (640, "2017-09-01"));
        assert_eq!(fields(read("", "", "").unwrap_err()), ["/value", "/from", "/until"]);
        assert_eq!(fields(read("640", "2017-09-01", "").unwrap_err()), ["/until"]);
        assert_eq!(
            read("6,40", "2017-09-01", "2018-08-31").unwrap_err(),
            [("/value".to_owned(), "des euros".to_owned())]
        );
    }
}
