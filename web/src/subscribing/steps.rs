//! The way through the form.

use leptos::prelude::*;

use super::filling::Filling;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::route::{Step, subscribing};

#[component]
pub(super) fn Steps(step: Step) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let children = filling.form().children.clone();
    let last = children.len();
    let here = match step {
        Step::Child(at) => at,
        Step::Summary | Step::Done => last,
    };
    let names = children.into_iter().map(|child| child.first_name);
    let entries = names.chain([own.summary.to_owned()]).enumerate().map(|(at, name)| {
        let to = if at == last { Step::Summary } else { Step::Child(at) };
        // What has to be corrected is not done, though nobody is told off before the summary.
        let is_done = Memo::new(move |_| at < here && filling.is_right(at));
        let mark = move || {
            if is_done.get() {
                view! { <IconView icon=Icon::Check/> }.into_any()
            } else {
                (at + 1).into_any()
            }
        };
        view! {
            <li>
                <a
                    class:done=is_done
                    href=subscribing(filling.of, to)
                    aria-current=(at == here).then_some("step")
                >
                    <span class="dot" aria-hidden="true">{mark}</span>
                    <span>{name}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav aria-label=own.steps>
            <ol class="steps">{entries.collect_view()}</ol>
        </nav>
    }
}
