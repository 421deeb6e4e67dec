//! What keeps the form from being confirmed, each with the way to its place.

use std::time::Duration;

use domain::activity::ServiceKind;
use domain::problem::ProblemCode;
use domain::subscribing::Fault;
use leptos::prelude::*;

use super::filling::Filling;
use super::part::anchor;
use super::words::use_subscribing_words;
use crate::api::ApiError;
use crate::browser;
use crate::components::{ErrorNotice, Icon, IconView};
use crate::i18n::use_words;
use crate::route::{Step, subscribing};

/// The page's heading takes the focus first.
const AFTER_HEADING: Duration = Duration::from_millis(50);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    at: usize,
    service: Option<ServiceKind>,
    text: String,
}

#[component]
pub(super) fn FaultsList() -> impl IntoView {
    let filling: Filling = expect_context();
    let language = use_words().language;
    let own = use_subscribing_words();
    let entries = Memo::new(move |_| {
        let mut entries: Vec<_> = filling.faults.with(|faults| {
            let entry = |fault: &Fault| Entry {
                at: fault.place.at,
                service: fault.place.field.service(),
                text: fault.mistake.advice(language),
            };
            faults.iter().map(entry).collect()
        });
        entries.dedup();
        entries
    });
    move || {
        let entries = entries.get();
        (!entries.is_empty()).then(|| view! { <Entries title=own.faults entries=entries/> })
    }
}

/// Why the server has refused, with the places that it names.
#[component]
pub(super) fn Refused() -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    move || {
        let error = filling.refused.get()?;
        let entries = named(&error);
        let told = match (error.code(), entries.is_empty()) {
            (Some(ProblemCode::SessionFull | ProblemCode::ValidationFailed), false) => {
                view! { <Entries title=own.refused entries=entries/> }.into_any()
            }
            _ if error.is_unsure() => view! {
                <div class="notice bad" role="alert">
                    <IconView icon=Icon::Unplugged/>
                    <p><b>{own.unsure}</b>" "{own.unsure_text}</p>
                </div>
            }
            .into_any(),
            _ => view! { <ErrorNotice error=error/> }.into_any(),
        };
        Some(told)
    }
}

fn named(error: &ApiError) -> Vec<Entry> {
    let ApiError::Refused(refused) = error else { return Vec::new() };
    let errors = refused.problem.errors.iter();
    errors
        .filter_map(|error| {
            let (at, service) = place_of(&error.pointer)?;
            Some(Entry { at, service, text: error.detail.clone() })
        })
        .collect()
}

/// The child and the service of a JSON pointer: `/children/0/taps/1`.
fn place_of(pointer: &str) -> Option<(usize, Option<ServiceKind>)> {
    let mut parts = pointer.strip_prefix("/children/")?.split('/');
    let at = parts.next()?.parse().ok()?;
    let service = match parts.next() {
        Some("canteen") => Some(ServiceKind::Canteen),
        Some("bus") => Some(ServiceKind::Bus),
        Some("taps") => Some(ServiceKind::Tap),
        _ => None,
    };
    Some((at, service))
}

#[component]
fn Entries(title: &'static str, entries: Vec<Entry>) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let entry = |Entry { at, service, text }: Entry| {
        let name = untrack(|| filling.child(at)).map(|child| child.first_name);
        let name = name.unwrap_or_default();
        let place = service
            .map_or(name.clone(), |service| format!("{name}, {}", (words.cells.service)(service)));
        let go = move |_| {
            if let Some(service) = service {
                set_timeout(move || browser::focus_soon(anchor(service)), AFTER_HEADING);
            }
        };
        view! {
            <li>
                <a href=subscribing(filling.of, Step::Child(at)) on:click=go>{place}</a>
                " · "
                {text}
            </li>
        }
    };
    view! {
        <div class="notice bad faults" role="alert">
            <IconView icon=Icon::Alert/>
            <div>
                <p><b>{title}</b></p>
                <ul>{entries.into_iter().map(entry).collect_view()}</ul>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_to_their_place() {
        for (pointer, place) in [
            ("/children/0/taps/1", Some((0, Some(ServiceKind::Tap)))),
            ("/children/2/bus/package", Some((2, Some(ServiceKind::Bus)))),
            ("/children/1/canteen/type_week", Some((1, Some(ServiceKind::Canteen)))),
            ("/children/1/child_id", Some((1, None))),
            ("/expected_total", None),
        ] {
            assert_eq!(place_of(pointer), place, "{pointer}");
        }
    }
}
