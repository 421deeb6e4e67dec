//! *Mot de passe*: a link is asked for, or, where the address has one, a password is chosen by it.

use domain::problem::ProblemCode;
use domain::wire::PasswordLinkView;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Skeleton;
use super::choose_password::ChoosePassword;
use super::link_form::LinkForm;
use super::words::use_password_words;
use crate::api::{Asked, Load, Session};
use crate::components::{ErrorCard, Icon, Notice, Tone};

#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    let hash = use_location().hash;
    move || {
        let link = hash.with(|hash| hash.trim_start_matches('#').to_owned());
        if link.is_empty() {
            view! { <section class="card pad narrow"><LinkForm/></section> }.into_any()
        } else {
            view! { <Opened link=link/> }.into_any()
        }
    }
}

/// The link of the address, if it is still good.
#[component]
fn Opened(link: String) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_password_words();
    let link = StoredValue::new(link);
    let asked = Asked::<PasswordLinkView>::new();
    let ask = Callback::new(move |()| {
        asked.clear();
        asked.ask(session.read_password_link(link.get_value()));
    });
    ask.run(());
    move || match asked.get() {
        Load::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Load::Shown(account) => {
            let email = account.email.clone();
            view! {
                <section class="card pad narrow">
                    <ChoosePassword link=link.get_value() email=email/>
                </section>
            }
            .into_any()
        }
        Load::Failed(error) if error.code() == Some(ProblemCode::LinkEnded) => view! {
            <section class="card pad narrow">
                <Notice tone=Tone::Bad icon=Icon::Alert role="alert">{words.ended}</Notice>
                <LinkForm/>
            </section>
        }
        .into_any(),
        Load::Failed(error) => {
            view! { <ErrorCard title=words.unread error=error retry=ask/> }.into_any()
        }
    }
}
