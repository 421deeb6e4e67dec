//! The weekly check of bus packages (product rule, “Bus”).

use std::collections::BTreeSet;

use domain::bus::{BusDay, BusPackage};
use domain::wire::{BusCheckChild, BusCheckView};
use leptos::prelude::*;

use super::billing;
use super::desk::Desk;
use super::words::use_desk_words;
use crate::api::Load;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn BusCheck() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let bus_words = &use_desk_words().buses;
    let subject =
        move || (bus_words.subject)(&i18n::week_range(desk.week.get_untracked(), words.language));
    let write_all = move || {
        let check = desk.buses.get().shown()?;
        // Of two children, a family is one.
        let families: BTreeSet<_> = check.children.iter().map(|it| it.child.family_id).collect();
        let all: BTreeSet<_> = check.children.iter().flat_map(addresses).collect();
        let all = all.into_iter().collect::<Vec<_>>().join(",");
        (!all.is_empty()).then(|| {
            // Families don't see each other's addresses.
            let href = format!("mailto:?bcc={all}&subject={}", encoded(&subject()));
            view! {
                <a class="btn" href=href rel="external">
                    <IconView icon=Icon::Mail/>
                    {(bus_words.write_all)(families.len())}
                </a>
            }
        })
    };
    let content = move || match desk.buses.get() {
        Load::Loading => view! { <p class="pad soft">{words.common.loading}</p> }.into_any(),
        Load::Failed(error) => view! { <p class="pad">{error.words(words).1}</p> }.into_any(),
        Load::Shown(check) if check.children.is_empty() => {
            view! { <p class="pad soft">{bus_words.none}</p> }.into_any()
        }
        Load::Shown(check) => view! { <Table check=check subject=subject()/> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="bus-title">
            <div class="section-head">
                <div>
                    <h2 id="bus-title">{bus_words.title}</h2>
                    <p class="soft">{bus_words.about}</p>
                </div>
                {write_all}
            </div>
            {content}
        </section>
    }
}

#[component]
fn Table(check: std::sync::Arc<BusCheckView>, subject: String) -> impl IntoView {
    let words = use_words();
    let bus_words = &use_desk_words().buses;
    let days: Vec<_> = check.monday.school_days().collect();
    let head = days.iter().map(|date| {
        let weekday = chrono::Datelike::weekday(date);
        view! {
            <th scope="col" abbr=i18n::weekday(weekday, words.language)>
                {i18n::short_weekday(weekday, words.language)}
            </th>
        }
    });
    let head = head.collect_view();
    let rows = check.children.iter().map(|found| {
        let cells = days.iter().map(|date| {
            let day = found.days.iter().find(|day| day.date == *date);
            view! { <td class="num">{day.map(|day| view! { <Trips day=*day/> })}</td> }
        });
        let cells = cells.collect_view();
        let child = &found.child;
        let name = format!("{} {}", child.last_name, child.first_name);
        let package = found.days.iter().find_map(|day| day.package);
        let package = package.map_or(bus_words.no_package, BusPackage::as_str);
        let to = addresses(found).collect::<Vec<_>>().join(",");
        let write = (!to.is_empty()).then(|| {
            let href = format!("mailto:{to}?subject={}", encoded(&subject));
            view! {
                <a class="btn icon quiet" href=href rel="external" aria-label=(bus_words.write_to)(&name)>
                    <IconView icon=Icon::Mail/>
                </a>
            }
        });
        let about = format!("{} · {package}", child.level);
        // Where it gets another package.
        let family = billing::family(child.family_id);
        view! {
            <tr>
                <th scope="row">
                    <a href=family>{name.clone()}</a>
                    <small>{about}</small>
                </th>
                {cells}
                <td class="end">{write}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="list trips">
            <caption class="sr">{bus_words.title}</caption>
            <thead>
                <tr>
                    <th scope="col">{bus_words.child}</th>
                    {head}
                    <th scope="col"><span class="sr">{bus_words.action}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The trips of a day, marked where they are too many.
#[component]
fn Trips(day: BusDay) -> impl IntoView {
    let over = use_desk_words().buses.over;
    if day.excess() == 0 {
        return view! { {day.trips} }.into_any();
    }
    view! {
        <span class="over">
            <span aria-hidden="true">{day.trips}</span>
            <span class="sr">{over(day.trips, day.excess())}</span>
        </span>
    }
    .into_any()
}

fn addresses(found: &BusCheckChild) -> impl Iterator<Item = String> {
    let emails = found.guardians.iter().filter_map(|guardian| guardian.email.as_deref());
    // Not every mail program knows another spelling of the sign in the middle.
    emails.map(|email| encoded(email).replace("%40", "@"))
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
