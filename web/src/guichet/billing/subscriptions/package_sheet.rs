//! Another bus package for a term.

use domain::wire::PackageRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::form::{Form, LinesField, Verdict, buttons, reason_mistake};
use super::super::words::use_billing_words;
use super::Changes;
use super::changed::Outcome;
use super::preview::{Preview, Tried, label};
use crate::api::Session;
use crate::components::Sheet;
use crate::i18n::use_words;

#[component]
pub(super) fn PackageSheet(changes: Changes) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let own = &use_billing_words().held;
    let family_words = &use_billing_words().family;
    let repacks = changes.repacks;
    let form = Form::new("package-form");
    let reason = RwSignal::new(String::new());
    let tried = Tried::new();
    Effect::new(move || {
        if repacks.with(Option::is_some) {
            form.start();
            reason.set(String::new());
            tried.forget();
        }
    });
    let close = Callback::new(move |()| repacks.set(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((held, package)) = repacks.get_untracked() else { return };
        if !form.start() {
            return;
        }
        let text = reason.get_untracked();
        if let Some(mistake) = reason_mistake(&text, words.language) {
            return form.refuse(vec![mistake]);
        }
        let wish = PackageRequest {
            child_id: held.subscription.child,
            term_id: held.term.id,
            package,
            reason: text,
            dry: tried.is_open(),
        };
        form.send();
        let asked = tried.asked();
        spawn_local(async move {
            match session.set_package(&wish).await {
                Ok(made) if wish.dry => {
                    tried.show(asked, made, form);
                }
                Ok(made) => {
                    form.done();
                    repacks.try_set(None);
                    let what = (own.package_set)(&held.name(words), package.as_str());
                    changes.made(Outcome { what, frees: false, made });
                }
                Err(error) => form.refused(error),
            }
        });
    };
    // It stays while the sheet closes.
    let title = Memo::new(move |before: Option<&String>| match repacks.get() {
        Some((_, package)) => (own.package_title)(package.as_str()),
        None => before.cloned().unwrap_or_default(),
    });
    view! {
        <Sheet
            id="package-title"
            is_open=Signal::derive(move || repacks.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=title
            footer=buttons(form, close, label(tried, own.change_package))
        >
            <form class="form" id=form.id novalidate on:submit=submit>
                <p><b>{move || repacks.get().map(|(held, _)| held.name(words))}</b></p>
                <p>{own.package_text}</p>
                <LinesField
                    id="package-reason" label=family_words.reason rows="2" value=reason form=form
                    pointer="/reason" hint=own.signed
                />
                <Preview tried=tried frees=false/>
                <Verdict form=form/>
            </form>
        </Sheet>
    }
}
