//! English. Names of activities and of people stay as the commune writes them.

use domain::activity::ServiceKind;
use domain::problem::Language;
use domain::wire::ChangeOrigin;

use super::words::{
    Cells, Common, Connection, History, Lazy, Month, Others, Planning, Row, SignIn, Words,
};

pub(super) const WORDS: Words = Words {
    language: Language::English,
    own_name: "English",
    common: Common {
        skip: "Skip to content",
        main_menu: "Main menu",
        bottom_menu: "Main menu, at the bottom",
        footer: "Page footer",
        my_planning: "My planning",
        planning: "Planning",
        my_subscriptions: "My subscriptions",
        subscriptions: "Subscriptions",
        my_invoices: "My invoices",
        invoices: "Invoices",
        my_account: "My account",
        accessibility: "Accessibility",
        close: "Close",
        cancel: "Cancel",
        undo: "Undo",
        retry: "Try again",
        loading: "Loading…",
        sign_out: "Sign out",
        sign_out_failed: "You are still signed in",
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
        advice: "Check your network, then try again.",
        trying: "Trying again…",
        back: "The connection is back.",
        unknown: "We do not know whether your choice is saved. The planning will show it as soon as the \
                    connection is back.",
        nothing_done: "Nothing has changed",
        not_sent: "Without a connection your choice is neither sent nor kept for later. Make it again \
                   once it is back.",
    },
    lazy: Lazy {
        failed: "This part of Préau could not be loaded",
        unreachable: "Check your network, then try again. It will load by itself once the connection \
                      is back.",
        gone: "Préau has probably been updated. Reload the page.",
        reload: "Reload the page",
    },
    sign_in: SignIn {
        page: "Sign in",
        tagline: "Canteen, bus, TAP: all settled here, in two minutes.",
        hello: "Hello!",
        intro: "For the pupils' parents.",
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
        password_page: "Password",
        first_time: "First visit, or password forgotten?",
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
        next_week_open: |deadline| format!("The next week can be changed until {deadline}"),
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
        before_first: "The planning only starts after this week. Go to the first one that it has.",
        after_last: "The school year is over. The next one opens with its subscriptions.",
        between_terms: "No after-school service is planned this week. Choose another one with the \
                        arrows.",
        go_to: |range| format!("Go to the week of {range}"),
        failed: "The planning could not be loaded",
        last_known: |time| format!("Last known state, of {time}"),
        frozen: "Nothing can be changed in it until the server answers.",
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
        ordinal: |place| {
            let ending = match (place % 10, place % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{place}{ending}")
        },
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
        waits: |activity, day| format!("{activity}, {day}: on the waiting list"),
        left_line: |activity, day| format!("{activity}, {day}: off the waiting list"),
        opened: |activity, day| format!("{activity}: activity added from {day}"),
        ended: |what, day| format!("{what}: the term's subscription ended after {day}"),
        package: |package, day| format!("Bus: package {package} for the term that begins on {day}"),
        refused: |activity, day| format!("{activity}, {day}: nothing has changed"),
        undo_if_free: "“Undo” asks for the seat again, if it is still free.",
        seat_gone: "The session stays full: the seat is no longer free.",
        unanswered: |activity, day| format!("{activity}, {day}: no answer"),
        locked_since: |deadline| format!("The deadline passed on {deadline}."),
        full_title: |activity, day| format!("{activity}, {day}: full"),
        full_text: |child| {
            format!(
                "All seats are taken. As long as other parents free none, {child} cannot be booked."
            )
        },
        full_line: |waiting, child| match waiting {
            0 => format!("Nobody waits yet: {child} would be first on the waiting list."),
            1 => format!("One child waits already: {child} would be second on the waiting list."),
            _ => format!(
                "{waiting} children wait already: {child} would come after them on the waiting list."
            ),
        },
        full_advice: "As soon as a seat comes free before the deadline, it goes to the first on the \
                      list: the booking is made by itself.",
        full_told: "You will be told by e-mail.",
        full_look: "Look again before the deadline.",
        join: "Join the waiting list",
        waiting_title: |activity, day| format!("{activity}, {day}: on the waiting list"),
        waiting_place: |child, place, all| match (place, all) {
            (1, 1) => format!("{child} is alone on the waiting list."),
            _ => format!("{child} is number {place} of {all} on the waiting list."),
        },
        leave: "Leave the waiting list",
        waiting_text: "Your child is on the waiting list of this session.",
    },
    row: Row {
        open: |child, activity| format!("{child}, {activity}: whole week and type week"),
        tick_all: "Tick the whole week",
        untick_all: "Untick all",
        type_week: "Type week",
        type_week_text: "The days booked this week become the type week: they are carried over to \
                         the term's later weeks that can still be changed.",
        no_day: "no day",
        becomes: " becomes ",
        until: |date| format!("until {date}"),
        later_weeks: "The later weeks",
        join_full: "Join the waiting list of the full days",
        confirm: "Confirm the type week",
        nothing: "Nothing would change: the later weeks are like that already.",
        nothing_to_do: "There is nothing to change on this row.",
        added: |days| counted(days, "day added", "days added"),
        removed: |days| counted(days, "day removed", "days removed"),
        kept: |days| counted(days, "day unchanged", "days unchanged"),
        full: |days| counted(days, "day full", "days full"),
        locked: |days| counted(days, "day locked", "days locked"),
        closed: |days| counted(days, "day closed", "days closed"),
        joined: |days| counted(days, "day on the waiting list", "days on the waiting list"),
        not_changed: |days| counted(days, "day could not change", "days could not change"),
        told: |row, news| format!("{row}: {news}"),
        undo_if_free: "“Undo” asks for the seats that are still free.",
        type_week_done: |row| format!("{row}: type week updated."),
        day_added: "added",
        day_removed: "removed",
        day_kept: "unchanged",
        day_locked: "locked",
    },
    month: Month {
        open_calendar: "Choose a week of the month",
        previous: "Previous month",
        next: "Next month",
        week: |range, state| format!("Week of {range}: {state}"),
        open: "can be changed",
        locked: "locked",
        closed: "closed",
        booked: "booked",
    },
    history: History {
        title: |child| format!("History of {child}'s week"),
        nothing: "Nothing was changed in this week.",
        origin: |origin| match origin {
            ChangeOrigin::Web => "on the portal",
            ChangeOrigin::App => "in the app",
            ChangeOrigin::Guichet => "at the guichet",
            ChangeOrigin::WaitingList => "by the waiting list",
            ChangeOrigin::TypeWeek => "by the type week",
            ChangeOrigin::Subscription => "with the subscription",
            ChangeOrigin::Import | ChangeOrigin::System => "by the software",
        },
    },
    others: Others {
        not_found: "Page not found",
        not_found_advice: "The address leads nowhere. It may be incomplete, or the page has moved.",
        to_planning: "Go to my planning",
        guichet: "Guichet",
        staff: |name| format!("Hello {name}"),
        staff_text: "This is the space of the pupils' parents. The roll-calls will come on a \
                     page of their own.",
        staff_advice: "If you look for your own children's planning, sign in with your address as \
                       a parent.",
    },
};

fn counted(days: usize, one: &str, many: &str) -> String {
    format!("{days} {}", if days == 1 { one } else { many })
}
