//! The guichet's app: its parts that last, and who may be here.

use domain::calendar::SchoolYear;
use domain::wire::Role;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use super::billing::{BillingPage, Room, use_billing_words};
use super::change_form::Wish;
use super::desk::Desk;
use super::route::{self, Route};
use super::week_page::WeekPage;
use super::words::use_desk_words;
use crate::api::{Connection, Session, SignedOut, State, follow_seats};
use crate::browser;
use crate::components::{
    ErrorCard, Icon, MenuEntry, PageTitle, Shell, ToastArea, Toasts, Visits, external,
};
use crate::i18n::{I18n, use_i18n, use_words};
use crate::pages::Skeleton;
use crate::planning::Clock;
use crate::route::{NEXT, PLANNING, SIGN_IN};

#[component]
pub(crate) fn App() -> impl IntoView {
    let i18n = I18n::provide();
    let session = Session::provide(Connection::provide(), i18n);
    Toasts::provide();
    Visits::provide();
    session.start();
    view! {
        <Router>
            <Pages/>
        </Router>
        <ToastArea/>
    }
}

#[component]
fn Pages() -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let i18n = use_i18n();
    let location = use_location();
    let navigate = use_navigate();
    let browser_url: Option<BrowserUrl> = use_context();
    let clock = Clock::new();
    let route = Memo::new(move |_| Route::of(&location.pathname.get()));
    provide_context(route);
    let week = Memo::new(move |_| route.get().week().unwrap_or_else(|| clock.this_week()));
    let desk = Desk::provide(session, clock, week);
    Wish::provide();

    Effect::new(move || {
        let path = location.pathname.get();
        if let Some(browser_url) = &browser_url {
            browser_url.ready_to_complete();
        }
        match session.state() {
            State::SignedOut(SignedOut::OnPurpose) => browser::open(SIGN_IN),
            State::SignedOut(_) => browser::open(&format!("{SIGN_IN}?{NEXT}={path}")),
            State::Starting | State::SignedIn => {
                if let Some(address) = Route::of(&path).address().filter(|right| *right != path) {
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate(&address, options);
                }
            }
        }
    });
    let is_here = Memo::new(move |_| {
        session.me().is_some_and(|me| me.role == Role::Coordinator)
            && session.state() == State::SignedIn
    });
    let at_desk = Memo::new(move |_| !matches!(route.get(), Route::Billing(_)));
    Effect::new(move || {
        connection.restored();
        week.track();
        match (is_here.get(), at_desk.get()) {
            (true, true) => untrack(|| desk.turn()),
            // Its answer tells the server's time, which every page goes by.
            (true, false) => untrack(|| desk.load_seats(week.get())),
            (false, _) => {}
        }
    });
    let followed = Memo::new(move |_| (is_here.get() && at_desk.get()).then(|| week.get()));
    follow_seats(session, connection, followed, move |week, _| desk.load_seats(week));
    let place = Signal::derive(move || {
        let commune = session.me()?.commune;
        let year = clock.now().map(|_| SchoolYear::of(clock.today()));
        Some(year.map_or_else(|| commune.clone(), |year| format!("{commune} · {year}")))
    });
    move || {
        i18n.track();
        view! {
            <Shell menu=menu place=place is_guichet=true>
                <Page/>
            </Shell>
        }
    }
}

fn menu() -> Vec<MenuEntry> {
    let (words, billing_words) = (use_desk_words(), use_billing_words());
    let route: Memo<Route> = expect_context();
    let in_billing = Memo::new(move |_| matches!(route.get(), Route::Billing(_)));
    vec![
        MenuEntry {
            href: route::WEEK,
            icon: Icon::Calendar,
            label: words.week,
            short: words.week,
            is_current: Signal::derive(move || !in_billing.get()),
            leaves: false,
        },
        MenuEntry {
            href: route::BILLING,
            icon: Icon::Euro,
            label: billing_words.billing,
            short: billing_words.billing,
            is_current: in_billing.into(),
            leaves: false,
        },
    ]
}

/// What the coordinator sees.
#[derive(Clone, PartialEq)]
enum Place {
    Desk,
    Billing(Room),
    Nowhere,
}

/// What somebody sees here depends on who it is.
#[derive(Clone, PartialEq)]
enum Who {
    Unknown,
    Trouble(crate::api::ApiError),
    Coordinator,
    Stranger,
}

#[component]
fn Page() -> impl IntoView {
    let session: Session = expect_context();
    let route: Memo<Route> = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let who = Memo::new(move |_| match (session.me(), session.trouble()) {
        (Some(me), _) if me.role == Role::Coordinator => Who::Coordinator,
        (Some(_), _) => Who::Stranger,
        (None, Some(error)) => Who::Trouble(error),
        (None, None) => Who::Unknown,
    });
    // Another week is the same page.
    let place = Memo::new(move |_| match route.get() {
        Route::Home | Route::Week(_) | Route::Session(..) => Place::Desk,
        Route::Billing(room) => Place::Billing(room),
        Route::NotFound => Place::Nowhere,
    });
    let retry = Callback::new(move |()| session.start());
    move || {
        match (who.get(), place.get()) {
        (Who::Coordinator, Place::Desk) => view! { <WeekPage/> }.into_any(),
        (Who::Coordinator, Place::Billing(room)) => view! { <BillingPage room=room/> }.into_any(),
        (Who::Coordinator, Place::Nowhere) => view! {
            <PageTitle title=words.others.not_found/>
            <section class="card pad">
                <p>{words.others.not_found_advice}</p>
                <a class="btn primary" href=route::WEEK>{desk_words.to_week}</a>
            </section>
        }
        .into_any(),
        (Who::Stranger, _) => view! {
            <PageTitle title=desk_words.reserved/>
            <section class="card pad">
                <p>{desk_words.reserved_advice}</p>
                <a class="btn primary" href=PLANNING rel=external(true)>{words.common.my_planning}</a>
            </section>
        }
        .into_any(),
        (Who::Trouble(error), _) => view! {
            <ErrorCard title=words.common.fault_title error=error retry=retry/>
        }
        .into_any(),
        (Who::Unknown, _) => view! { <Skeleton bars=2/> }.into_any(),
    }
    }
}
