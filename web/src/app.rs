//! The parents' app: its parts that last, and the page of the address.

use domain::calendar::SchoolYear;
use domain::wire::Role;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::api::{Connection, Session, State, follow_seats};
use crate::billing::BillingPage;
use crate::browser;
use crate::components::{Icon, MenuEntry, PageTitle, Shell, ToastArea, Toasts, Visits};
use crate::i18n::{I18n, use_i18n, use_words};
use crate::pages::{
    AccessibilityPage, AccountPage, NotFoundPage, PasswordPage, SignInPage, SignedIn, lazy_page,
};
use crate::planning::{self, Planning, PlanningPage, ShownWeek};
use crate::route::{
    GUICHET, INVOICES, NEXT, PLANNING, Room, Route, SUBSCRIPTIONS, is_guichet, redirect,
};
use crate::subscribing::SubscribingPage;

#[component]
pub(crate) fn App() -> impl IntoView {
    let i18n = I18n::provide();
    let session = Session::provide(Connection::provide(), i18n);
    let planning = Planning::provide(session);
    Toasts::provide();
    Visits::provide();

    Effect::new(move || {
        if matches!(session.state(), State::SignedOut(_)) {
            planning.forget();
        }
    });
    session.start();
    view! {
        <Router>
            <Pages/>
        </Router>
        <ToastArea/>
    }
}

/// The page of the address, in the frame that it shares with others.
#[component]
fn Pages() -> impl IntoView {
    let session: Session = expect_context();
    let planning: Planning = expect_context();
    let connection: Connection = expect_context();
    let i18n = use_i18n();
    let location = use_location();
    let query = use_query_map();
    let navigate = use_navigate();
    let browser_url: Option<BrowserUrl> = use_context();

    let route = Memo::new(move |_| Route::of(&location.pathname.get()));
    let room = Memo::new(move |_| route.get().room());
    let at_door = Memo::new(move |_| room.get() == Room::SignIn);
    provide_context(route);

    Effect::new(move || {
        let path = location.pathname.get();
        let next = query.with(|query| query.get(NEXT));
        if let Some(browser_url) = &browser_url {
            browser_url.ready_to_complete();
        }
        if let Some(elsewhere) = redirect(&path, next.as_deref(), session.state()) {
            if is_guichet(&elsewhere) {
                browser::open(&elsewhere);
                return;
            }
            navigate(&elsewhere, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let week = Memo::new(move |_| match route.get() {
        Route::Planning(Some(week)) => week,
        _ => planning.clock.this_week(),
    });
    provide_context(ShownWeek(week));
    let recalled = Memo::new(move |_| planning.has_recalled());
    // Asked for while the server still tells who is there, and again when the connection is back.
    Effect::new(move || {
        connection.restored();
        let (state, room, week) = (session.state(), room.get(), week.get());
        let known = state == State::SignedIn || state == State::Starting && recalled.get();
        if known && room == Room::Planning {
            untrack(|| planning.load(week));
        }
    });
    planning::keep_weeks();
    planning::tell_news();
    let followed = Memo::new(move |_| {
        let here = session.state() == State::SignedIn && room.get() == Room::Planning;
        here.then(|| week.get())
    });
    follow_seats(session, connection, followed, move |week, seats| {
        planning.seats_changed(week, seats);
    });

    let place = Signal::derive(move || {
        let commune = session.me()?.commune;
        let year = planning.clock.now().map(|_| SchoolYear::of(planning.clock.today()));
        Some(year.map_or_else(|| commune.clone(), |year| format!("{commune} · {year}")))
    });

    move || {
        i18n.track();
        if at_door.get() {
            return view! { <SignInPage/> }.into_any();
        }
        let words = i18n.words();
        let page = move || match room.get() {
            Room::SignIn => ().into_any(),
            Room::Planning => {
                let page = || view! { <PlanningPage/> }.into_any();
                view! { <SignedIn parents=true title=words.common.my_planning page=page/> }
                    .into_any()
            }
            Room::Subscribing => {
                let page = lazy_page!(subscribing, SubscribingPage);
                let title = words.common.my_subscriptions;
                view! { <SignedIn parents=true titled=true title=title page=page/> }.into_any()
            }
            Room::Billing => {
                let page = lazy_page!(billing, BillingPage);
                let title = words.common.my_invoices;
                view! { <SignedIn parents=true titled=true title=title page=page/> }.into_any()
            }
            Room::Account => {
                let page = lazy_page!(account, AccountPage);
                view! { <SignedIn title=words.common.my_account page=page/> }.into_any()
            }
            Room::Password => {
                let page = lazy_page!(password, PasswordPage);
                view! { <PageTitle title=words.sign_in.password_page/>{page()} }.into_any()
            }
            Room::Accessibility => {
                let page = lazy_page!(accessibility, AccessibilityPage);
                view! { <PageTitle title=words.common.accessibility/>{page()} }.into_any()
            }
            Room::NotFound => view! { <NotFoundPage/> }.into_any(),
        };
        view! { <Shell menu=menu place=place>{page}</Shell> }.into_any()
    }
}

/// The rooms, in the order of the manual (2.1); for the guichet, the way to its own.
fn menu() -> Vec<MenuEntry> {
    let session: Session = expect_context();
    let route: Memo<Route> = expect_context();
    let words = use_words();
    let is_coordinator = session.me().is_some_and(|me| me.role == Role::Coordinator);
    if is_coordinator {
        return vec![MenuEntry {
            href: GUICHET,
            icon: Icon::Calendar,
            label: words.others.guichet,
            short: words.others.guichet,
            is_current: Signal::stored(false),
            leaves: true,
        }];
    }
    let entry = |href, icon, label, short, room| MenuEntry {
        href,
        icon,
        label,
        short,
        is_current: Signal::derive(move || route.get().room() == room),
        leaves: false,
    };
    let common = &words.common;
    vec![
        entry(PLANNING, Icon::Calendar, common.my_planning, common.planning, Room::Planning),
        entry(
            SUBSCRIPTIONS,
            Icon::List,
            common.my_subscriptions,
            common.subscriptions,
            Room::Subscribing,
        ),
        entry(INVOICES, Icon::Euro, common.my_invoices, common.invoices, Room::Billing),
    ]
}
