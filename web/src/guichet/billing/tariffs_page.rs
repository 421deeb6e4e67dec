//! *Tarifs*: what each service costs, since when, and from when on it will cost something else.

use std::sync::Arc;

use domain::activity::ServiceKind;
use domain::billing::Tariff;
use domain::dates;
use domain::wire::TariffsView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::answer::Answer;
use super::form::{Form, Verdict};
use super::room;
use super::tariff_table::TariffTable;
use super::words::use_billing_words;
use crate::api::Asked;
use crate::api::Session;
use crate::browser;
use crate::components::{Icon, IconView, Sheet, Toast, Toasts};
use crate::i18n::use_words;

#[component]
pub(super) fn TariffsPage() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().tariffs;
    let asked = Asked::<TariffsView>::new();
    let ask = Callback::new(move |()| asked.ask(session.tariffs()));
    ask.run(());
    let wish = Removal::new(asked);
    let services = move || {
        asked.get().shown().map(|view| {
            let services = ServiceKind::ALL.into_iter();
            services
                .map(|service| view! { <Service service=service all=Arc::clone(&view) wish=wish/> })
                .collect_view()
        })
    };
    view! {
        <Answer asked=asked failed=words.failed retry=ask>
            <Verdict form=wish.form/>
            {services}
            <RemovalSheet wish=wish/>
        </Answer>
    }
}

#[component]
fn Service(service: ServiceKind, all: Arc<TariffsView>, wish: Removal) -> impl IntoView {
    let words = use_words();
    let tariff_words = &use_billing_words().tariffs;
    let name = (words.cells.service)(service);
    let current = Tariff::on(&all.tariffs, service, all.today).cloned();
    let own = || all.tariffs.iter().filter(|tariff| tariff.service == service);
    let to_come = own().filter(|tariff| tariff.from > all.today).map(|tariff| {
        view! { <ToCome tariff=tariff.clone() name=name wish=wish/> }
    });
    let to_come = to_come.collect_view();
    let began = current.as_ref().map(|tariff| tariff.from);
    let mut past: Vec<_> = own().filter(|tariff| Some(tariff.from) < began).cloned().collect();
    past.reverse();
    let past = (!past.is_empty()).then(|| {
        let tables = past.into_iter().map(|tariff| {
            let since = (tariff_words.since)(&dates::full(tariff.from, words.language));
            let caption = format!("{name}, {since}");
            view! { <h3>{since}</h3> <TariffTable tariff=tariff caption=caption/> }
        });
        view! {
            <details class="part">
                <summary>{tariff_words.past}</summary>
                {tables.collect_view()}
            </details>
        }
    });
    let shown = match current {
        Some(tariff) => {
            let since = (tariff_words.since)(&dates::full(tariff.from, words.language));
            let caption = format!("{name}, {since}");
            let buttons = all.may_change(service, tariff.from).then(|| {
                let of = format!(" {caption}");
                view! { <p class="buttons told"><Buttons tariff=tariff.clone() of=of wish=wish/></p> }
            });
            view! {
                <p class="soft told">{since}</p>
                <TariffTable tariff=tariff caption=caption/>
                {buttons}
            }
            .into_any()
        }
        None => view! { <p class="told">{tariff_words.none}</p> }.into_any(),
    };
    let title = service.as_str();
    view! {
        <section class="card" aria-labelledby=title>
            <div class="section-head">
                <h2 id=title>{name}</h2>
                <a class="btn" href=room::tariff(service, None)>
                    <IconView icon=Icon::Plus/>
                    {tariff_words.new}
                    <span class="sr">" "{name}</span>
                </a>
            </div>
            {shown}
            {to_come}
            {past}
        </section>
    }
}

#[component]
fn ToCome(tariff: Tariff, name: &'static str, wish: Removal) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().tariffs;
    let since = (words.from)(&dates::full(tariff.from, language));
    let caption = format!("{name}, {since}");
    let of = format!(" {caption}");
    view! {
        <div class="part to-come">
            <div class="section-head">
                <h3>{since}</h3>
                <div class="buttons"><Buttons tariff=tariff.clone() of=of wish=wish/></div>
            </div>
            <TariffTable tariff=tariff caption=caption/>
        </div>
    }
}

/// What can be done with a tariff by which nothing has been billed.
#[component]
fn Buttons(
    tariff: Tariff,
    /// Which one, for who does not see it.
    of: String,
    wish: Removal,
) -> impl IntoView {
    let words = &use_billing_words().tariffs;
    let edit = room::tariff(tariff.service, Some(tariff.from));
    let remove = move |_| wish.tariff.set(Some(tariff.clone()));
    view! {
        <a class="btn" href=edit>
            {words.edit}
            <span class="sr">{of.clone()}</span>
        </a>
        <button class="btn" type="button" on:click=remove>
            {words.remove}
            <span class="sr">{of}</span>
        </button>
    }
}

/// A tariff that is to be taken back.
#[derive(Clone, Copy)]
struct Removal {
    tariff: RwSignal<Option<Tariff>>,
    form: Form,
    asked: Asked<TariffsView>,
}

impl Removal {
    fn new(asked: Asked<TariffsView>) -> Self {
        Self { tariff: RwSignal::new(None), form: Form::new("removal"), asked }
    }
}

#[component]
fn RemovalSheet(wish: Removal) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let tariff_words = &use_billing_words().tariffs;
    let named = move || {
        wish.tariff.get().map(|tariff| {
            let service = (words.cells.service)(tariff.service);
            format!("{service}, {}", (tariff_words.from)(&dates::full(tariff.from, words.language)))
        })
    };
    let close = Callback::new(move |()| wish.tariff.set(None));
    let remove = move |_| {
        let Some(tariff) = wish.tariff.get_untracked() else { return };
        if !wish.form.start() {
            return;
        }
        wish.form.send();
        spawn_local(async move {
            let answer = session.remove_tariff(tariff.service, tariff.from).await;
            wish.tariff.try_set(None);
            // The button that was pressed goes with its tariff.
            browser::focus_soon("main");
            match answer {
                Ok(left) => {
                    wish.form.done();
                    toasts.show(Toast::info(tariff_words.removed));
                    wish.asked.ask(async move { Ok(left) });
                }
                Err(error) => wish.form.refused(error),
            }
        });
    };
    let footer = move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close.run(())>{words.common.cancel}</button>
            <button
                class="btn primary"
                type="button"
                aria-disabled=move || wish.form.is_busy()
                on:click=remove
            >
                {tariff_words.remove}
            </button>
        }
    };
    view! {
        <Sheet
            id="removal-title"
            is_open=Signal::derive(move || wish.tariff.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(tariff_words.remove_title.to_owned())
            footer=ViewFn::from(footer)
        >
            <p><b>{named}</b></p>
            <p>{tariff_words.remove_text}</p>
        </Sheet>
    }
}
