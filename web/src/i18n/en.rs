//! English. Names of activities and of people stay as the commune writes them.

use domain::activity::ServiceKind;
use domain::problem::Language;

use super::words::{
    Accessibility, Account, Cells, Common, Connection, Others, Planning, SignIn, Words,
};

pub(super) const WORDS: Words = Words {
    language: Language::English,
    tag: "en",
    own_name: "English",
    common: Common {
        skip: "Skip to content",
        main_menu: "Main menu",
        bottom_menu: "Main menu, at the bottom",
        footer: "Page footer",
        my_planning: "My planning",
        planning: "Planning",
        my_account: "My account",
        accessibility: "Accessibility",
        close: "Close",
        undo: "Undo",
        retry: "Try again",
        loading: "Loading…",
        sign_out: "Sign out",
        show: "Show",
        hide: "Hide",
        show_password: "Show password",
        hide_password: "Hide password",
        server_fault: |status| {
            format!(
                "The server gave an unexpected answer ({status}). Try again in a moment; if it \
                 persists, tell the guichet."
            )
        },
        wait: |seconds| format!("Try again in {seconds} s."),
        reference: |number| format!("Number to quote to the guichet: {number}."),
        fault_title: "Something went wrong",
    },
    connection: Connection {
        title: "No connection",
        lost: "Nothing will be saved until it is back.",
        trying: "Trying again…",
        back: "The connection is back.",
        unknown: "We do not know whether your choice is saved. The planning will show it as soon as the \
                    connection is back.",
    },
    sign_in: SignIn {
        page: "Sign in",
        tagline: "Canteen, bus, TAP: all settled here, in two minutes.",
        hello: "Hello!",
        intro: "The space of the pupils' parents.",
        email: "E-mail address",
        password: "Password",
        submit: "Sign in",
        submitting: "Signing in…",
        email_missing: "Type your e-mail address.",
        password_missing: "Type your password.",
        expired: "Your session has expired. Sign in again to go on.",
        signed_out: "You are signed out.",
        offline: "No connection to the server. Check your network, then try again: what you typed \
                  stays here.",
        first_time: "First visit, or password forgotten? The guichet périscolaire gives you your \
                     sign-in details.",
        help: "A problem? Ask the guichet périscolaire at your town hall.",
        other_language: "Français",
    },
    planning: Planning {
        week_of: |range| format!("Week of {range}"),
        previous_week: "Previous week",
        next_week: "Next week",
        this_week: "This week",
        today: "today",
        open_until: |deadline| format!("Can be changed until {deadline}"),
        time_left: |left| format!("{left} left"),
        locked_since: |deadline| format!("Locked since {deadline}"),
        locked_advice: "For an exceptional change, ask the guichet périscolaire.",
        just_locked: "The deadline has just passed: this week can no longer be changed.",
        closed_day: |day, label| format!("Closed on {day}: {label}"),
        closed_week: |label| format!("{label}: nothing runs this week"),
        closed_week_advice: "There is nothing to book. Go on to the next week.",
        closed: "closed",
        table: |child, range| format!("{child}'s week, {range}"),
        no_child: "No child is linked to your account",
        no_child_advice: "Ask the guichet périscolaire to link your children to your account.",
        no_activity: |child| format!("{child} has no activity this term."),
        no_activity_advice: "If an activity is missing, ask the after-school coordinator.",
        out_of_term: "Outside the terms",
        before_first: "The school year has not started yet. You can already prepare its first week.",
        after_last: "The school year is over. The next one opens with its subscriptions.",
        between_terms: "No after-school service is planned this week. Choose another one with the \
                        arrows.",
        go_to: |range| format!("Go to the week of {range}"),
        failed: "The planning could not be loaded",
        stale: "The planning shown may be out of date.",
        legend: "Key",
    },
    cells: Cells {
        service: |service| match service {
            ServiceKind::Canteen => "Canteen",
            ServiceKind::Bus => "Bus",
            ServiceKind::Tap => "TAP",
        },
        booked_open: "booked, can be changed",
        free_open: "free, can be changed",
        full: "full",
        full_short: "Full",
        waiting: "on the waiting list",
        waiting_short: "wait",
        booked_locked: "booked, locked",
        free_locked: "not booked, locked",
        fixed: "booked for the term",
        closed: "closed",
        not_running: "no service",
        seats: |left| if left == 1 { format!("{left} seat") } else { format!("{left} seats") },
        seats_short: |left| format!("{left} left"),
        named: |place, state| format!("{place}: {state}"),
        of_child: |child, news| format!("{child} · {news}"),
        added: |activity, day| format!("{activity}, {day}: booked"),
        removed: |activity, day| format!("{activity}, {day}: booking removed"),
        refused: |activity, day| format!("{activity}, {day}: nothing has changed"),
        unanswered: |activity, day| format!("{activity}, {day}: no answer"),
        locked_since: |deadline| format!("The deadline passed on {deadline}."),
        full_title: |activity, day| format!("{activity}, {day}: full"),
        full_text: |child| {
            format!(
                "All seats are taken. As long as other parents free none, {child} cannot be booked."
            )
        },
        full_advice: "A seat comes free as soon as a family cancels: look again before the deadline.",
        check_again: "Check now",
        checking: "Checking…",
        still_full: "It is still full.",
        waiting_text: "Your child is on the waiting list of this session.",
    },
    account: Account {
        signed_in_as: "Your account",
        name: "Name",
        email: "E-mail",
        commune: "Commune",
        password: "Change your password",
        current: "Current password",
        new: "New password",
        rules: "10 to 200 characters; neither your e-mail address nor a common password.",
        change: "Change the password",
        changing: "Changing…",
        changed: "Password changed. Your other devices are signed out.",
        current_missing: "Type your current password.",
        new_missing: "Type the new password.",
        language: "Language",
        theme: "Appearance",
        theme_system: "As on the device",
        theme_light: "Light",
        theme_dark: "Dark",
        sign_out_hint: "On a shared device, sign out when you leave.",
        sign_out_failed: "You are still signed in",
    },
    accessibility: Accessibility {
        intro: "Préau is made so that every parent can use it, by touch, by mouse, by keyboard or \
                with a screen reader.",
        parts: &[
            (
                "The standard",
                &[
                    "The French accessibility standard RGAA 4.1, which applies WCAG 2.1 at level AA.",
                    "No external audit has taken place yet, so this page declares no rate of \
                     conformity.",
                ],
            ),
            (
                "How we check",
                &[
                    "At each change an automatic check (axe) goes through all pages in all their \
                     states, in the light and the dark theme; it must find nothing.",
                    "Whole journeys are replayed with the keyboard alone, at 320 pixels wide and at \
                     200% zoom.",
                ],
            ),
            (
                "What you can set",
                &[
                    "The language and the light or dark theme, under “My account”. Animations \
                     follow your device's setting.",
                    "With a keyboard, Tab goes from cell to cell of the planning, and so do the \
                     arrow keys; Space or Enter ticks and unticks.",
                ],
            ),
            (
                "An obstacle?",
                &[
                    "Tell the guichet périscolaire: it gives you the information in another way and \
                     passes the problem on to us.",
                    "Without a satisfactory answer you can turn to the Défenseur des droits \
                     (defenseurdesdroits.fr).",
                ],
            ),
        ],
    },
    others: Others {
        not_found: "Page not found",
        not_found_advice: "The address leads nowhere. It may be incomplete, or the page has moved.",
        to_planning: "Go to my planning",
        staff: |name| format!("Hello {name}"),
        staff_text: "This is the space of the pupils' parents. The guichet's screens will come on a \
                     page of their own.",
        staff_advice: "If you look for your own children's planning, sign in with your address as \
                       a parent.",
    },
};
