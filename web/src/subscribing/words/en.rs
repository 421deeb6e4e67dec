//! English.

use super::SubscribingWords;

pub(super) const WORDS: SubscribingWords = SubscribingWords {
    failed: "Your subscriptions could not be loaded",
    no_term: "No term is planned",
    no_term_text: "The terms of the school year will stand here, with the days for subscribing.",
    is_open: |term| format!("Subscriptions for {term} are open"),
    open_until: |day| format!("Choose canteen, bus and TAP until {day}."),
    subscribe: "Choose subscriptions",
    complete_form: "Add subscriptions",
    subscribe_whom: |names| format!("Choose for {names}"),
    now: "Now",
    later: "To come",
    over: "Over",
    nothing_yet: "No subscription in this term.",
    nothing_for_child: "Nothing in this term.",
    whole_week: "Monday to Friday",
    occasional: "now and then",
    package: |package| format!("package {package}"),
    named: |trip, days| format!("{trip}: {days}"),
    held: "Confirmed already",
    held_advice: "To change something, ask the guichet.",
    form_failed: "The form could not be loaded",
    to_overview: "See my subscriptions",
    term_line: |term, span| format!("{}, {span}", capital(term)),
    confirm_until: |day| format!("to be confirmed by {day}"),
    steps: "Steps",
    summary: "Summary",
    child: "Child",
    of_child: |name| format!("Subscriptions of {name}"),
    go_on: "Continue",
    as_before: |number| {
        number.map_or_else(|| "As before".to_owned(), |number| format!("As in term {number}"))
    },
    taken_over: "The choices of the term before are taken over.",
    taken_over_without: |taps| {
        format!("The choices of the term before are taken over, but for {taps}: full.")
    },
    rhythm: "Rhythm",
    regular: "Regularly",
    regular_hint: "The same days each week.",
    regular_trips: "The same trips each week.",
    occasionally: "Now and then",
    occasional_hint: "You tick as the weeks go by.",
    type_week: |child| format!("Type week of {child}"),
    canteen_question: "On which days is there a meal at school?",
    no_canteen: "No canteen",
    no_meal: "No meal at school.",
    meals: |count, each| {
        let meals = if count == 1 { "meal" } else { "meals" };
        format!("{count} {meals} a week at {each}, billed each month by what was taken.")
    },
    each_meal: |each| format!("{each} a meal, billed each month by what was taken."),
    a_meal: |each| format!("{each} a meal"),
    no_meal_price: "The price of a meal is not set yet for this term. The guichet will tell you.",
    counted: |less| format!("{less} already counted"),
    bus_question: "A package, then the trips of the week.",
    package_choice: "Package of the term",
    no_bus: "No bus",
    no_trip: "No trip.",
    trips_a_day: |trips| format!("{trips} trips a day"),
    tap_question: |child| format!("What does {child} do after school?"),
    tap_choice: "Activities",
    complete: "full",
    tap_full: "All places are taken. Choose another activity.",
    tap_lost: "All places are taken by now. Choose another activity.",
    tap_same_day: |other| format!("On the same day as {other}. Remove {other} first to take it."),
    tap_two: "Two activities are chosen. Remove one first.",
    tap_prices: |one, two| format!("One activity {one}, two activities {two}, for the whole term."),
    total: "Your total",
    term: "Term",
    sibling: "Brother or sister",
    credit_on: |invoice| format!("Credit on {invoice}"),
    invoice_total: "Total of the invoice",
    more_to_pay: "More to pay",
    in_your_favour: "In your favour",
    billed_again: |names| {
        format!(
            "{names}: the reduction for siblings changes. What was billed is credited, then billed \
             at the new price."
        )
    },
    all_held: "Everything is confirmed already: there is nothing to add.",
    not_billed: "No tariff is set for now: nothing is billed.",
    no_total: "A tariff is not set yet: the total can't be worked out, and nothing can be \
               confirmed. Your choices stay saved. Ask the guichet.",
    canteen_apart: "The canteen comes separately, each month.",
    draft_saving: "Saving the draft…",
    draft_saved: "Draft saved",
    draft_unsaved: "Draft not saved. Go on: we will try again.",
    overtaken: "This draft was changed elsewhere.",
    overtaken_text: "On another device, or by the other parent. What you change here is no longer \
                     saved.",
    reload_draft: "Reload the draft",
    edit: "Edit",
    edit_child: |name| format!("Edit the choices for {name}"),
    faults: "To be corrected before confirming",
    refused: "Nothing is confirmed. To be corrected:",
    unsure: "The server does not answer.",
    unsure_text: "We don't know whether your subscriptions are confirmed. Confirm once more: \
                  nothing will be counted twice.",
    nothing_chosen: "Nothing is chosen: there is nothing to confirm.",
    when_due: |day| format!("The invoice comes at once, to be paid by {day}."),
    confirm: "Confirm",
    confirming: "Confirming…",
    done: "It is confirmed",
    done_text: |term| format!("The subscriptions for {term} are saved."),
    booked: |days| match days {
        0 => "No day is booked in advance.".to_owned(),
        1 => "1 seat is booked in the planning.".to_owned(),
        days => format!("{days} seats are booked in the planning."),
    },
    invoice: "Invoice",
    invoice_due: |number, day| format!("Invoice {number}, to be paid by {day}."),
    see_invoice: "See the invoice",
    no_invoice: "Nothing to pay now. The canteen is billed each month, by what was taken.",
    credit_note: |amount| format!("You are given a credit note of {amount}:"),
    full: "Full days",
    full_text: "On these days no seat was left. Open the week to join the waiting list: the first \
                seat that comes free goes to the first family in line.",
    join_line: |activity, day| format!("{activity}, {day}: open the week"),
    to_planning: "Open the term's planning",
};

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}
