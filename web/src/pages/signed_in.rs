//! Pages for somebody who is known: until then a skeleton. The coordinator is sent to the guichet's
//! app, attendants are told where to go.

use domain::wire::{Me, Role};
use leptos::prelude::*;

use crate::api::{ApiError, Session};
use crate::browser;
use crate::components::{ErrorCard, PageTitle};
use crate::i18n::use_words;
use crate::pages::account::SignOutButton;
use crate::planning::Planning;
use crate::route::GUICHET;

/// Which of the views is due.
#[derive(Clone, Debug, PartialEq)]
enum Who {
    Unknown,
    Trouble(ApiError),
    Known,
    Staff(Me),
}

#[component]
pub(crate) fn SignedIn(
    /// For parents alone.
    #[prop(optional)]
    parents: bool,
    /// The page has headings of its own: the title is for what is shown before it.
    #[prop(optional)]
    titled: bool,
    title: &'static str,
    page: fn() -> AnyView,
) -> impl IntoView {
    let session: Session = expect_context();
    let planning: Planning = expect_context();
    let words = use_words();
    let who = Memo::new(move |_| match (session.me(), session.trouble()) {
        (Some(me), _) if parents && me.role != Role::Parent => Who::Staff(me),
        (Some(_), _) => Who::Known,
        (None, Some(error)) => Who::Trouble(error),
        // A server that does not answer keeps nobody from what is known.
        (None, None) if parents && planning.has_recalled() => Who::Known,
        (None, None) => Who::Unknown,
    });
    let retry = Callback::new(move |()| session.start());
    let content = move || match who.get() {
        Who::Known => page(),
        Who::Staff(me) if me.role == Role::Coordinator => {
            browser::open(GUICHET);
            view! { <Skeleton bars=2/> }.into_any()
        }
        Who::Staff(me) => view! { <StaffPage me=me/> }.into_any(),
        Who::Trouble(error) => {
            view! { <ErrorCard title=words.common.fault_title error=error retry=retry/> }.into_any()
        }
        Who::Unknown => view! { <Skeleton bars=2/> }.into_any(),
    };
    let heading = move || {
        let is_own = titled && who.get() == Who::Known;
        (!is_own).then(|| view! { <PageTitle title=title/> })
    };
    view! {
        {heading}
        {content}
    }
}

/// The shape of a page that is on its way.
#[component]
pub(crate) fn Skeleton(
    /// Above the children's cards.
    bars: usize,
) -> impl IntoView {
    let words = use_words();
    let bars = (0..bars).map(|_| view! { <span class="bone bar"></span> }).collect_view();
    view! {
        <p class="sr" role="status">{words.common.loading}</p>
        <div class="skeleton" aria-hidden="true">
            {bars}
            <CardSkeleton/>
            <CardSkeleton/>
        </div>
    }
}

/// The shape of a child's card.
#[component]
pub(crate) fn CardSkeleton() -> impl IntoView {
    let rows = (0..6).map(|_| view! { <span class="bone row"></span> }).collect_view();
    view! { <div class="card child" aria-hidden="true"><span class="bone head"></span>{rows}</div> }
}

#[component]
fn StaffPage(me: Me) -> impl IntoView {
    let words = use_words();
    view! {
        <section class="card pad">
            <h2>{(words.others.staff)(&me.first_name)}</h2>
            <p>{words.others.staff_text}</p>
            <p class="soft">{words.others.staff_advice}</p>
            <SignOutButton/>
        </section>
    }
}
