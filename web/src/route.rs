//! The addresses of the parents' pages, and who may be where.

use chrono::{Datelike, NaiveDate};
use domain::billing::{DocumentNumber, Series};
use domain::ids::{FamilyId, TermId};
use domain::week::Week;

use crate::api::{SignedOut, State};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Home,
    SignIn,
    /// Without a week, the current one.
    Planning(Option<Week>),
    Subscriptions,
    /// The form of a dossier and term, at one of its steps.
    Subscribing(Form, Step),
    Invoices,
    /// An invoice or a credit note.
    Document(DocumentNumber),
    Account,
    /// A password is chosen by a link from an e-mail, or such a link asked for.
    Password,
    Accessibility,
    NotFound,
}

/// Which subscription form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) family: FamilyId,
    pub(crate) term: TermId,
}

/// Where in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// From 0, in the order of the form.
    Child(usize),
    Summary,
    /// What came of it.
    Done,
}

/// A page, whatever it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    SignIn,
    Planning,
    Subscribing,
    Billing,
    Account,
    Password,
    Accessibility,
    NotFound,
}

pub(crate) const PLANNING: &str = "/planning";
pub(crate) const SUBSCRIPTIONS: &str = "/abonnements";
pub(crate) const INVOICES: &str = "/factures";
pub(crate) const ACCOUNT: &str = "/compte";
/// In e-mails too.
pub(crate) const PASSWORD: &str = "/mot-de-passe";
pub(crate) const ACCESSIBILITY: &str = "/accessibilite";
pub(crate) const SIGN_IN: &str = "/connexion";
/// The guichet's app.
pub(crate) const GUICHET: &str = "/guichet";
/// The page to go to after the sign-in.
pub(crate) const NEXT: &str = "suite";

/// The last steps of a form.
const SUMMARY: &str = "recapitulatif";
const DONE: &str = "confirmation";

/// Beyond these, an address is a typing error.
const SCHOOL_YEARS: std::ops::Range<i32> = 2000..2100;

/// The address of a week.
pub(crate) fn week(week: Week) -> String {
    format!("{PLANNING}/{}", week.monday())
}

/// The address of a form's step.
pub(crate) fn subscribing(Form { family, term }: Form, step: Step) -> String {
    let form = format!("{SUBSCRIPTIONS}/{family}/{term}");
    match step {
        Step::Child(0) => form,
        Step::Child(index) => format!("{form}/{}", index + 1),
        Step::Summary => format!("{form}/{SUMMARY}"),
        Step::Done => format!("{form}/{DONE}"),
    }
}

/// The address of an invoice or a credit note.
pub(crate) fn document(number: DocumentNumber) -> String {
    format!("{INVOICES}/{number}")
}

fn read_form(path: &str) -> Option<Route> {
    let mut parts = path.strip_prefix(SUBSCRIPTIONS)?.strip_prefix('/')?.split('/');
    let family = parts.next()?.parse().ok()?;
    let term = parts.next()?.parse().ok()?;
    let step = match parts.next() {
        None => Step::Child(0),
        Some(SUMMARY) => Step::Summary,
        Some(DONE) => Step::Done,
        // The first one has no number.
        Some(number) => Step::Child(number.parse::<usize>().ok()?.checked_sub(1)?),
    };
    parts.next().is_none().then_some(Route::Subscribing(Form { family, term }, step))
}

fn read_document(path: &str) -> Option<Route> {
    let number = path.strip_prefix(INVOICES)?.strip_prefix('/')?;
    let number = DocumentNumber::parse(number).ok()?;
    let is_printed = matches!(number.series(), Series::Invoice | Series::CreditNote);
    is_printed.then_some(Route::Document(number))
}

fn read_week(path: &str) -> Option<Route> {
    let date = path.strip_prefix(PLANNING)?.strip_prefix('/')?.parse::<NaiveDate>().ok()?;
    SCHOOL_YEARS.contains(&date.year()).then(|| Route::Planning(Some(Week::of(date))))
}

impl Route {
    pub(crate) fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            "" => Self::Home,
            SIGN_IN => Self::SignIn,
            PLANNING => Self::Planning(None),
            SUBSCRIPTIONS => Self::Subscriptions,
            INVOICES => Self::Invoices,
            ACCOUNT => Self::Account,
            PASSWORD => Self::Password,
            ACCESSIBILITY => Self::Accessibility,
            other => read_week(other)
                .or_else(|| read_form(other))
                .or_else(|| read_document(other))
                .unwrap_or(Self::NotFound),
        }
    }

    pub(crate) fn room(self) -> Room {
        match self {
            Self::SignIn => Room::SignIn,
            Self::Home | Self::Planning(_) => Room::Planning,
            Self::Subscriptions | Self::Subscribing(..) => Room::Subscribing,
            Self::Invoices | Self::Document(_) => Room::Billing,
            Self::Account => Room::Account,
            Self::Password => Room::Password,
            Self::Accessibility => Room::Accessibility,
            Self::NotFound => Room::NotFound,
        }
    }

    fn is_public(self) -> bool {
        matches!(self, Self::SignIn | Self::Password | Self::Accessibility | Self::NotFound)
    }
}

/// Where somebody who asks for `path` is sent instead; `next` is the page wished at the sign-in.
pub(crate) fn redirect(path: &str, next: Option<&str>, state: State) -> Option<String> {
    let route = Route::of(path);
    match (route, state) {
        (Route::SignIn, State::SignedIn) => {
            Some(next.filter(|next| is_own_page(next)).unwrap_or(PLANNING).to_owned())
        }
        (_, State::SignedOut(why)) if !route.is_public() => {
            let plain = matches!(route, Route::Home | Route::Planning(None));
            if plain || why == SignedOut::OnPurpose {
                Some(SIGN_IN.to_owned())
            } else {
                Some(format!("{SIGN_IN}?{NEXT}={path}"))
            }
        }
        (Route::Home, _) => Some(PLANNING.to_owned()),
        // A week has one address: its Monday's.
        (Route::Planning(Some(shown)), _) if path != week(shown) => Some(week(shown)),
        _ => None,
    }
}

/// Whether an address is of the guichet's app.
pub(crate) fn is_guichet(path: &str) -> bool {
    path.strip_prefix(GUICHET).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Never an address elsewhere, which somebody could have put into a link.
fn is_own_page(path: &str) -> bool {
    is_guichet(path)
        || path.starts_with('/')
            && !path.starts_with("//")
            && !matches!(Route::of(path), Route::SignIn | Route::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUT: State = State::SignedOut(SignedOut::NotYet);

    fn monday() -> Week {
        Week::of("2017-09-18".parse().unwrap())
    }

    #[test]
    fn addresses_are_read() {
        for (path, route) in [
            ("/", Route::Home),
            ("/planning", Route::Planning(None)),
            ("/planning/", Route::Planning(None)),
            ("/planning/2017-09-18", Route::Planning(Some(monday()))),
            ("/planning/2017-09-20", Route::Planning(Some(monday()))),
            ("/planning/demain", Route::NotFound),
            ("/planning/+262142-12-30", Route::NotFound),
            ("/planningx", Route::NotFound),
            ("/compte", Route::Account),
            ("/mot-de-passe", Route::Password),
            ("/accessibilite", Route::Accessibility),
            ("/connexion", Route::SignIn),
            ("/abonnements", Route::Subscriptions),
            ("/factures/", Route::Invoices),
            ("/dossier", Route::NotFound),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }

    #[test]
    fn a_week_is_found_by_its_monday() {
        assert_eq!(Route::of(&week(monday())), Route::Planning(Some(monday())));
        assert_eq!(
            redirect("/planning/2017-09-20", None, State::SignedIn).as_deref(),
            Some("/planning/2017-09-18")
        );
        assert_eq!(redirect("/planning/2017-09-18", None, State::SignedIn), None);
        assert_eq!(redirect("/", None, State::SignedIn).as_deref(), Some("/planning"));
    }

    #[test]
    fn each_step_of_a_form_has_its_address() {
        let family = "0190f2a4-0000-7000-8000-000000000001";
        let term = "0190f2a4-0000-7000-8000-000000000002";
        let form = Form { family: family.parse().unwrap(), term: term.parse().unwrap() };
        for step in [Step::Child(0), Step::Child(1), Step::Summary, Step::Done] {
            let path = subscribing(form, step);
            assert_eq!(Route::of(&path), Route::Subscribing(form, step), "{path}");
        }
        let first = format!("/abonnements/{family}/{term}");
        assert_eq!(subscribing(form, Step::Child(0)), first);
        assert_eq!(subscribing(form, Step::Child(1)), format!("{first}/2"));
        for wrong in ["/0", "/x", "/2/3", "/recapitulatif/2"] {
            assert_eq!(Route::of(&format!("{first}{wrong}")), Route::NotFound, "{wrong}");
        }
        assert_eq!(Route::of(&format!("/abonnements/{family}")), Route::NotFound);
    }

    #[test]
    fn documents_are_found_by_their_number() {
        for number in ["F2017000012", "A2017000003"] {
            let number = DocumentNumber::parse(number).unwrap();
            assert_eq!(Route::of(&document(number)), Route::Document(number));
        }
        for wrong in ["/factures/Q2017000001", "/factures/F2017", "/factures/f2017000012"] {
            assert_eq!(Route::of(wrong), Route::NotFound, "{wrong}");
        }
    }

    #[test]
    fn the_sign_in_remembers_the_page_wished() {
        let to = |path, state| redirect(path, None, state);
        assert_eq!(to("/compte", OUT).as_deref(), Some("/connexion?suite=/compte"));
        assert_eq!(
            to("/planning/2017-09-18", State::SignedOut(SignedOut::Expired)).as_deref(),
            Some("/connexion?suite=/planning/2017-09-18")
        );
        assert_eq!(to("/planning", OUT).as_deref(), Some("/connexion"));
        assert_eq!(
            to("/compte", State::SignedOut(SignedOut::OnPurpose)).as_deref(),
            Some("/connexion")
        );
        for path in ["/connexion", "/accessibilite", "/nulle-part"] {
            assert_eq!(to(path, OUT), None, "{path}");
        }
        assert_eq!(to("/compte", State::Starting), None);
    }

    #[test]
    fn after_the_sign_in_nobody_is_sent_elsewhere() {
        let to = |next| redirect("/connexion", next, State::SignedIn);
        for next in ["/compte", "/guichet", "/guichet/semaine/2017-09-18"] {
            assert_eq!(to(Some(next)).as_deref(), Some(next));
        }
        for next in [
            None,
            Some("//autre.example"),
            Some("https://autre.example"),
            Some("/connexion"),
            Some("/\\x"),
            Some("/guichetx"),
        ] {
            assert_eq!(to(next).as_deref(), Some("/planning"), "{next:?}");
        }
    }
}
