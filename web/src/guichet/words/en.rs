//! English.

use super::{Acts, Buses, DeskWords, Form, Missing, Seats, SessionWords};

fn children(count: usize) -> &'static str {
    if count == 1 { "child" } else { "children" }
}

pub(super) const WORDS: DeskWords = DeskWords {
    week: "Week",
    to_week: "See the week",
    reserved: "Not allowed",
    reserved_advice: "These screens are the guichet's. Sign in with an account of the guichet, or go \
                      back to your planning.",
    week_of: |range| format!("Week of {range}"),
    previous_week: "Previous week",
    next_week: "Next week",
    this_week: "This week",
    print: "Print",
    open_until: |instant| format!("Families can change it until {instant}"),
    closed_since: |instant| format!("Families could change it until {instant}"),
    never_open: "Families change nothing in that week",
    still: |left| format!("{left} left"),
    no_school: "Nothing runs in that week.",
    failed: "The week could not be loaded",
    seats: Seats {
        caption: |range| format!("Seats taken, week of {range}"),
        capacity: |count| if count == 1 { "1 seat".to_owned() } else { format!("{count} seats") },
        no_service: "not running",
        full: "full",
        beyond: |count| format!("{count} beyond"),
        waiting: "waiting",
        legend: "Legend",
        some_left: "seats left",
        nearly_full: "nearly full",
        families_wait: "children waiting",
    },
    form: Form {
        title: "Change after the deadline",
        signed: "The change will bear your name.",
        child: "Child",
        search_hint: "A child's or a guardian's name, or an invoice's number. The key “/” leads here.",
        nobody: "Nobody of that name",
        more: "There are others: write more of the name.",
        found: |count| format!("{count} {} found", children(count)),
        activity: "Activity",
        day: "Day",
        state: "Now",
        booked: "Inscribed",
        free: "Not inscribed",
        waits: |position| format!("Waiting, place {position}"),
        taken: |taken, capacity| format!("{taken} of {capacity} seats taken"),
        parents_can: "The family can still do it themselves.",
        beyond: "Give a seat beyond the capacity",
        serve: |count| {
            if count == 1 {
                "Give the seat to the child who waits".to_owned()
            } else {
                format!("Give the seat to the first of {count} children who wait")
            }
        },
        reason: "Reason",
        reason_hint: "The family will see it in its history.",
        add: "Inscribe",
        remove: "Remove",
        leave_line: "Take off the waiting list",
        left_line: |child, what| format!("{child}: {what}, off the waiting list"),
        full: |days| {
            if days.is_empty() {
                "All seats are taken. Tick “Give a seat beyond the capacity” to do it all the same."
                    .to_owned()
            } else {
                format!(
                    "No seat left: {days}. Tick “Give a seat beyond the capacity” to do it all the same."
                )
            }
        },
        choose_child: "Choose a child to see what can be changed.",
        added: |child, what| format!("{child}: {what}, inscribed"),
        removed: |child, what| format!("{child}: {what}, removed"),
    },
    missing: Missing {
        text: "The child is not subscribed to this activity for this term.",
        tap: |from, until| {
            format!("The child will be inscribed from {from} to {until}, the end of the term.")
        },
        package: "Bus package",
        one: "1 round trip a day",
        two: "2 round trips a day",
        add: "Add the activity",
        done: |child, activity| format!("{child}: {activity}, activity added"),
    },
    session: SessionWords {
        serves: "A seat that comes free goes to the first in line by itself.",
        over: "The deadline has passed: it is you who gives the seats.",
        line: |count| format!("{count} {} waiting", children(count)),
        no_line: "Nobody waits.",
        since: |instant| format!("since {instant}"),
        give: "Give a seat",
        give_to: |child| format!("Give {child} a seat"),
        children: |count| format!("{count} {} inscribed", children(count)),
        change: "Change",
        change_for: |child| format!("Change for {child}"),
        capacity: "Capacity of this session",
        below: |count| format!("{count} children have a seat: none of them will lose it."),
        set: "Change the capacity",
        capacity_set: |what, capacity| format!("{what}: a capacity of {capacity} seats"),
    },
    buses: Buses {
        title: "Bus packages exceeded",
        about: "Trips a day beyond the package that is paid for",
        none: "No package exceeded in this week.",
        child: "Child",
        action: "Write",
        over: |trips, excess| format!("{trips} trips, {excess} too many"),
        no_package: "no package",
        write_to: |child| format!("Write to the family of {child}"),
        write_all: |count| {
            if count == 1 {
                "Write to the family".to_owned()
            } else {
                format!("Write to {count} families")
            }
        },
        subject: |range| format!("Bus package exceeded, week of {range}"),
    },
    acts: Acts {
        title: "Latest changes",
        none: "No changes by the guichet.",
        added: |activity, day| format!("{activity}, {day}: inscribed"),
        removed: |activity, day| format!("{activity}, {day}: removed"),
        left_line: |activity, day| format!("{activity}, {day}: off the waiting list"),
        opened: |activity, day| format!("{activity}: activity added from {day}"),
        capacity: |activity, day, before, after| {
            format!("{activity}, {day}: {before} → {after} seats")
        },
    },
};
