//! English.

use super::{Accessibility, Account, AccountWords, Calendar, Password, Reminders};

pub(super) const ACCOUNT: AccountWords = AccountWords {
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
        changed: "Password changed. Your other devices are signed out within ten minutes.",
        current_missing: "Type your current password.",
        new_missing: "Type the new password.",
        language: "Language",
        theme: "Appearance",
        theme_system: "As on the device",
        theme_light: "Light",
        theme_dark: "Dark",
        sign_out_hint: "On a shared device, sign out when you leave.",
    },
    calendar: Calendar {
        title: "In my calendar",
        text: "Your children's bookings in your phone's calendar, always up to date.",
        secret: "The address is secret: whoever knows it can read these bookings. If it has got \
                 around, change it.",
        show: "Show the address",
        address: "Address of the calendar",
        subscribe: "Subscribe",
        renew: "Change the address",
        renewed: "New address: the old one leads nowhere any more.",
    },
    reminders: Reminders {
        title: "Reminder by e-mail",
        text: "On the day before the deadline, at 18:00, what is booked for the week and what is \
               not yet.",
        deadline: "Remind me of the deadline the evening before",
        failed: "Your choice is not saved",
    },
};

pub(super) const PASSWORD: Password = Password {
    ask: "First visit, or password forgotten? Give the e-mail address that the guichet knows: you get \
          a link to choose your password.",
    send: "Get the link",
    sending: "Sending…",
    sent: |email| {
        format!("If {email} is an account's address, the link gets there within a few minutes.")
    },
    not_come: "Nothing comes? Look into your spam folder, then ask the guichet which address it knows.",
    to_sign_in: "Back to the sign-in",
    ended: "This link was used or has ended. Ask for another one here.",
    unread: "The link could not be checked",
    choose_for: "Choose the password of",
    choose: "Save and sign in",
    choosing: "Saving…",
};

pub(super) const ACCESSIBILITY: Accessibility = Accessibility {
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
};
