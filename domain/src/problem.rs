//! Every refusal that the server can answer with: one table of stable code, status and words.
//!
//! RFC 9457. The words say what happened and what a person can do about it, in French and English.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::utc_to_paris;
use crate::inscription::Refusal;

/// The language of the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    French,
    English,
}

impl Language {
    /// The first of the two that an `Accept-Language` header names; French without one.
    #[must_use]
    pub fn from_accept_language(header: Option<&str>) -> Self {
        header.and_then(Self::named).unwrap_or_default()
    }

    /// The first of the two that an `Accept-Language` header names.
    #[must_use]
    pub fn named(header: &str) -> Option<Self> {
        header
            .split(',')
            .find_map(|range| Self::of_tag(&range.trim().get(..2)?.to_ascii_lowercase()))
    }

    /// As in `lang`, and in the database.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The inverse of [`Self::tag`].
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::French, Self::English].into_iter().find(|language| language.tag() == tag)
    }
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal
        $fr_title:literal, $fr:literal; $en_title:literal, $en:literal;)+) => {
        /// What went wrong: the stable `code` of a problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)+
        }

        impl ProblemCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The HTTP status.
            #[must_use]
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// A short title.
            #[must_use]
            pub fn title(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::French) => $fr_title,
                      (Self::$name, Language::English) => $en_title),+
                }
            }

            /// What to do about it.
            #[must_use]
            pub fn advice(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::French) => $fr,
                      (Self::$name, Language::English) => $en),+
                }
            }
        }
    };
}

problems! {
    /// The request can't be read: JSON, a date, an identifier.
    InvalidRequest "invalid_request" 400
        "Demande illisible", "La demande est mal formée. Vérifiez les champs signalés, puis recommencez.";
        "Unreadable request", "The request is malformed. Check the fields named, then try again.";
    /// A date that is none, or not a Monday where one is needed.
    InvalidDate "invalid_date" 400
        "Date illisible", "Écrivez la date sous la forme AAAA-MM-JJ ; une semaine se nomme par son lundi.";
        "Unreadable date", "Write the date as YYYY-MM-DD; a week is named by its Monday.";
    /// A field's content is refused.
    ValidationFailed "validation_failed" 422
        "Saisie à corriger", "Corrigez les champs signalés, puis recommencez.";
        "Input to correct", "Correct the fields named, then try again.";
    /// No token.
    TokenMissing "token_missing" 401
        "Connexion nécessaire", "Connectez-vous, puis recommencez.";
        "Sign-in needed", "Sign in, then try again.";
    /// A token that this server did not sign.
    TokenInvalid "token_invalid" 401
        "Session non reconnue", "Connectez-vous à nouveau.";
        "Unknown session", "Sign in again.";
    /// The access token has ended: refresh it.
    TokenExpired "token_expired" 401
        "Session expirée", "Renouvelez la session, ou connectez-vous à nouveau.";
        "Session expired", "Refresh the session, or sign in again.";
    /// Unknown e-mail address or wrong password; which one is not said.
    InvalidCredentials "invalid_credentials" 401
        "Identifiants refusés", "L'adresse e-mail ou le mot de passe n'est pas le bon. Vérifiez-les, ou demandez de l'aide au guichet périscolaire.";
        "Sign-in refused", "The e-mail address or the password is wrong. Check them, or ask the guichet for help.";
    /// The current password given for a change is wrong.
    WrongPassword "wrong_password" 422
        "Mot de passe actuel refusé", "Le mot de passe actuel n'est pas le bon. Saisissez celui avec lequel vous vous êtes connecté.";
        "Current password refused", "The current password is wrong. Type the one that you signed in with.";
    /// A link to choose a password that was used, has ended, or never was one.
    LinkEnded "link_ended" 410
        "Lien expiré", "Ce lien a déjà servi ou n'est plus valable. Demandez-en un autre : il arrive par e-mail.";
        "Link ended", "This link was used or has ended. Ask for another one: it comes by e-mail.";
    /// The commune's server sends no e-mails.
    NoEmail "no_email" 409
        "Pas d'envoi d'e-mails", "Ce portail n'envoie pas d'e-mails. Le guichet périscolaire vous remet un mot de passe.";
        "No e-mails", "This portal sends no e-mails. The guichet gives you a password.";
    /// The account's role does not allow it.
    Forbidden "forbidden" 403
        "Accès réservé", "Votre compte ne permet pas cette action. Adressez-vous au guichet périscolaire.";
        "Not allowed", "Your account does not allow this. Ask the guichet.";
    /// A cookie sent from another site's page.
    CrossSite "cross_site" 403
        "Demande d'un autre site", "Ouvrez le portail dans votre navigateur et recommencez depuis ses pages.";
        "Request from another site", "Open the portal in your browser and try again from its own pages.";
    /// No such page or thing, or not one of yours.
    NotFound "not_found" 404
        "Introuvable", "L'adresse ne mène à rien que vous puissiez voir. Revenez à votre planning.";
        "Not found", "The address leads to nothing that you can see. Go back to your planning.";
    /// No such child among yours.
    ChildNotFound "child_not_found" 404
        "Enfant introuvable", "Aucun enfant de votre dossier ne porte cet identifiant. Si un enfant manque, adressez-vous au guichet périscolaire.";
        "Child not found", "None of your children has this identifier. If a child is missing, ask the guichet.";
    /// No such dossier among yours.
    FamilyNotFound "family_not_found" 404
        "Dossier introuvable", "Aucun de vos dossiers ne porte cet identifiant. Revenez à la liste.";
        "Dossier not found", "None of your dossiers has this identifier. Go back to the list.";
    /// No such term.
    TermNotFound "term_not_found" 404
        "Trimestre introuvable", "Aucun trimestre ne porte cet identifiant. Revenez à la liste.";
        "Term not found", "No term has this identifier. Go back to the list.";
    /// No such invoice or credit note among yours.
    DocumentNotFound "document_not_found" 404
        "Facture introuvable", "Aucune de vos factures ne porte ce numéro. Revenez à la liste.";
        "Invoice not found", "None of your invoices has this number. Go back to the list.";
    /// No such activity.
    ActivityNotFound "activity_not_found" 404
        "Activité introuvable", "Aucune activité ne porte ce nom. Rechargez le planning pour voir celles qui existent.";
        "Activity not found", "No activity has this name. Reload the planning to see those that exist.";
    /// The path exists, the method does not.
    MethodNotAllowed "method_not_allowed" 405
        "Méthode refusée", "Cette adresse ne connaît pas cette méthode. Voyez la référence de l'API.";
        "Method not allowed", "This address does not know this method. See the API's reference.";
    /// Too late.
    DeadlinePassed "deadline_passed" 409
        "Trop tard pour ce jour", "Le délai de modification est passé. Pour un changement exceptionnel, adressez-vous au guichet périscolaire.";
        "Too late for this day", "The deadline has passed. For an exceptional change, ask the guichet.";
    /// No seat left.
    SessionFull "session_full" 409
        "Séance complète", "Toutes les places sont prises. Inscrivez-vous sur la liste d'attente : la première place libérée va à la première famille inscrite.";
        "Session full", "All seats are taken. Join the waiting list: the first seat that comes free goes to the first family in line.";
    /// A holiday, a bridge, a strike.
    ClosedDay "closed_day" 409
        "Jour fermé", "Aucun service ce jour-là. Choisissez un autre jour.";
        "Closed day", "Nothing runs on that day. Choose another one.";
    /// The activity does not take place on that day.
    NotRunning "not_running" 409
        "Pas de service ce jour-là", "Cette activité n'a pas lieu ce jour-là. Choisissez un autre jour.";
        "No service on that day", "This activity does not take place on that day. Choose another one.";
    /// The child is not subscribed to it.
    NotSubscribed "not_subscribed" 409
        "Pas d'abonnement", "Votre enfant n'est pas abonné à cette activité pour ce trimestre. Adressez-vous au guichet périscolaire.";
        "No subscription", "Your child is not subscribed to this activity for this term. Ask the guichet.";
    /// TAP.
    FixedForTerm "fixed_for_term" 409
        "Fixé pour le trimestre", "Cette activité vaut pour tout le trimestre. Pour un changement exceptionnel, adressez-vous au guichet périscolaire.";
        "Fixed for the term", "This activity holds for the whole term. For an exceptional change, ask the guichet.";
    /// The child has it already.
    AlreadySubscribed "already_subscribed" 409
        "Déjà abonné", "L'enfant est déjà abonné à cette activité pour ce trimestre.";
        "Subscribed already", "The child is already subscribed to this activity for this term.";
    /// A third TAP activity.
    TwoTaps "two_taps" 409
        "Deux TAP au plus", "L'enfant a déjà deux activités TAP ce trimestre. Une troisième n'est pas possible.";
        "Two TAP at most", "The child already has two TAP activities in this term. There can be no third.";
    /// Two TAP activities on one day.
    SameDayTap "same_day_tap" 409
        "Deux TAP le même jour", "L'enfant a déjà une activité TAP ce jour-là. Choisissez une activité d'un autre jour.";
        "Two TAP on one day", "The child already has a TAP activity on that day. Choose one of another day.";
    /// Of a list that is to be done whole or not at all, some can't be done.
    ChangesRefused "changes_refused" 409
        "Rien n'a changé", "Une partie de la liste ne peut pas être faite, donc rien ne l'a été. Corrigez les lignes signalées, puis recommencez.";
        "Nothing has changed", "Part of the list can't be done, so none of it was. Correct the entries named, then try again.";
    /// Parents can't subscribe to the term now: its window is not open.
    SubscriptionsClosed "subscriptions_closed" 409
        "Abonnements clos", "On ne peut pas s'abonner à ce trimestre en ce moment. Adressez-vous au guichet périscolaire.";
        "Subscriptions closed", "This term can't be subscribed to at the moment. Ask the guichet.";
    /// Another device was quicker.
    DraftChanged "draft_changed" 412
        "Brouillon modifié ailleurs", "Ce brouillon a été modifié sur un autre appareil. Rechargez-le avant de continuer.";
        "Draft changed elsewhere", "This draft was changed on another device. Reload it before you go on.";
    /// Another total than the family was shown.
    TotalChanged "total_changed" 409
        "Le total a changé", "Rien n'est enregistré : entre-temps, un prix ou une situation a changé. Relisez le nouveau total, puis confirmez.";
        "The total has changed", "Nothing was saved: a price or a situation has changed meanwhile. Read the new total, then confirm.";
    /// A price is missing.
    NoTariff "no_tariff" 409
        "Tarif manquant", "Aucun tarif n'est fixé pour ces dates, donc rien ne peut être facturé. Adressez-vous au guichet périscolaire.";
        "No tariff", "No tariff is set for these dates, so nothing can be billed. Ask the guichet.";
    /// Nobody of the dossier is its billing address.
    NoPayer "no_payer" 409
        "Dossier sans responsable", "Ce dossier n'a pas de responsable à qui adresser la facture. Adressez-vous au guichet périscolaire.";
        "Dossier without a guardian", "This dossier has no guardian to whom an invoice could be made out. Ask the guichet.";
    /// Who bills has not been entered.
    NoOffice "no_office" 409
        "Régie non renseignée", "Les coordonnées de la régie manquent, donc rien ne peut être facturé. Adressez-vous au guichet périscolaire.";
        "No revenue office", "The revenue office has not been entered, so nothing can be billed. Ask the guichet.";
    /// The month goes on.
    MonthNotOver "month_not_over" 409
        "Mois en cours", "Un mois se facture à partir de son dernier jour. Attendez-le, ou faites un essai à blanc.";
        "Month not over", "A month is billed from its last day on. Wait for it, or make a dry run.";
    /// Something was billed by the tariff, or it would hold for days that may have been billed.
    TariffInUse "tariff_in_use" 409
        "Tarif en vigueur", "Un tarif qui a servi à facturer ne change plus, et un nouveau commence un jour à venir. Choisissez un jour à venir.";
        "Tariff in use", "A tariff by which something was billed is not changed any more, and a new one begins on a day to come. Choose a day to come.";
    /// No such run.
    RunNotFound "run_not_found" 404
        "Facturation introuvable", "Aucune facturation ne porte cet identifiant. Revenez à la liste.";
        "Run not found", "No invoice run has this identifier. Go back to the list.";
    /// No such tariff.
    TariffNotFound "tariff_not_found" 404
        "Tarif introuvable", "Aucun tarif de ce service ne commence ce jour-là. Revenez à la liste.";
        "Tariff not found", "No tariff of this service begins on that day. Go back to the list.";
    /// No such quotient of the dossier.
    QuotientNotFound "quotient_not_found" 404
        "Quotient introuvable", "Aucun quotient de ce dossier ne commence ce jour-là. Rechargez la page pour voir ceux qui sont saisis.";
        "Quotient not found", "No quotient of this dossier begins on that day. Reload the page to see those entered.";
    /// A cheque of another amount than what is due.
    OtherAmount "other_amount" 409
        "Montant inexact", "Un chèque se prend pour le montant exact de la facture. Refusez celui-ci, ou corrigez la saisie.";
        "Not the exact amount", "A cheque is taken for the invoice's exact amount. Refuse this one, or correct what was typed.";
    /// Nothing is left to pay.
    NothingDue "nothing_due" 409
        "Rien à payer", "Cette facture est déjà réglée. Rendez le chèque à la famille.";
        "Nothing due", "This invoice is settled already. Give the cheque back to the family.";
    /// A receipt is taken back once, and a contra entry never.
    TakenBack "taken_back" 409
        "Écriture déjà annulée", "Cette écriture est déjà annulée, ou en annule une autre. Voyez le journal.";
        "Taken back already", "This entry is taken back already, or takes another back. See the journal.";
    /// No such receipt.
    ReceiptNotFound "receipt_not_found" 404
        "Quittance introuvable", "Aucune écriture du journal ne porte ce numéro. Revenez au journal.";
        "Receipt not found", "No entry of the journal has this number. Go back to the journal.";
    /// The certificate of a year comes after it.
    YearNotOver "year_not_over" 409
        "Année en cours", "L'attestation d'une année se fait quand elle est finie. Revenez en janvier.";
        "Year not over", "A year's certificate is made when the year is over. Come back in January.";
    /// Nothing was paid for that child's care in that year.
    NothingPaid "nothing_paid" 404
        "Rien à attester", "Aucune somme n'a été payée cette année-là pour la garde de cet enfant avant ses six ans.";
        "Nothing to certify", "Nothing was paid in that year for the care of this child under six.";
    /// The key of another request.
    IdempotencyKeyReused "idempotency_key_reused" 422
        "Clé déjà utilisée", "Cette clé « Idempotency-Key » a servi pour une autre demande. Envoyez-en une nouvelle.";
        "Key used already", "This “Idempotency-Key” was another request's. Send a new one.";
    /// The body is larger than the address takes.
    PayloadTooLarge "payload_too_large" 413
        "Envoi trop volumineux", "L'envoi dépasse la taille permise. Réduisez-le, puis recommencez.";
        "Body too large", "The body is larger than allowed. Make it smaller, then try again.";
    /// Another type than JSON.
    UnsupportedMediaType "unsupported_media_type" 415
        "Format refusé", "Envoyez du JSON, avec l'en-tête « Content-Type: application/json ».";
        "Format refused", "Send JSON, with the header “Content-Type: application/json”.";
    /// Too many tries; `Retry-After` says when.
    RateLimited "rate_limited" 429
        "Trop de tentatives", "Patientez un peu avant de recommencer.";
        "Too many tries", "Wait a little before you try again.";
    /// A fault of the server's.
    Internal "internal" 500
        "Erreur du serveur", "L'erreur est de notre côté. Rechargez la page : elle montre ce qui est enregistré. Si l'erreur persiste, donnez ce numéro au guichet périscolaire.";
        "Server error", "The fault is ours. Reload the page: it shows what is saved. If the fault persists, give this number to the guichet.";
    /// Starting, stopping, or without its database.
    Unavailable "unavailable" 503
        "Service momentanément indisponible", "Réessayez dans quelques instants.";
        "Temporarily unavailable", "Try again in a moment.";
}

impl From<&Refusal> for ProblemCode {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotRunning => Self::NotRunning,
            Refusal::ClosedDay { .. } => Self::ClosedDay,
            Refusal::NotSubscribed => Self::NotSubscribed,
            Refusal::FixedForTerm => Self::FixedForTerm,
            Refusal::DeadlinePassed { .. } => Self::DeadlinePassed,
            Refusal::SessionFull => Self::SessionFull,
        }
    }
}

/// The body of every answer from 400 on: `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short, in the language of `Accept-Language` (French or English).
    pub title: String,
    pub status: u16,
    /// Stable, for programs.
    pub code: ProblemCode,
    /// What happened and what a person can do about it.
    pub detail: String,
    /// The fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The deadline that passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DateTime<Utc>>,
    /// Seats left: 0 with `session_full`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_left: Option<u32>,
    /// The days without a seat, of an activity that is booked for a whole term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full_days: Vec<NaiveDate>,
    /// Why the day is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// With a fault of the server's (from 500 on): to be quoted to the guichet, who finds it in the
    /// log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the request's body: `/new_password`.
    pub pointer: String,
    /// What to correct.
    pub detail: String,
}

impl Problem {
    /// The problem of a code, in a language.
    #[must_use]
    pub fn new(code: ProblemCode, language: Language) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title(language).to_owned(),
            status: code.status(),
            code,
            detail: code.advice(language).to_owned(),
            errors: Vec::new(),
            deadline: None,
            seats_left: None,
            full_days: Vec::new(),
            closed: None,
            request_id: None,
        }
    }

    /// The problem that a refusal is, with what it is about.
    #[must_use]
    pub fn refused(refusal: &Refusal, language: Language) -> Self {
        let mut problem = Self::new(refusal.into(), language);
        match refusal {
            Refusal::DeadlinePassed { deadline } => {
                problem.deadline = Some(*deadline);
                let passed = utc_to_paris(*deadline);
                problem.detail = match language {
                    Language::French => format!(
                        "{} (Limite : le {} à {}.)",
                        problem.detail,
                        passed.format("%d/%m/%Y"),
                        passed.format("%H:%M")
                    ),
                    Language::English => format!(
                        "{} (Deadline: {} at {}.)",
                        problem.detail,
                        passed.format("%d/%m/%Y"),
                        passed.format("%H:%M")
                    ),
                };
            }
            Refusal::SessionFull => problem.seats_left = Some(0),
            Refusal::ClosedDay { label } => problem.closed = Some(label.clone()),
            Refusal::NotRunning | Refusal::NotSubscribed | Refusal::FixedForTerm => {}
        }
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        let mut seen = std::collections::HashSet::new();
        for code in ProblemCode::ALL {
            assert!(seen.insert(code.as_str()));
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{}\"", code.as_str()));
            assert_eq!(serde_json::from_str::<ProblemCode>(&json).unwrap(), *code);
            assert!((400..600).contains(&code.status()));
        }
    }

    #[test]
    fn a_deadline_is_told_in_local_time() {
        let refusal = Refusal::DeadlinePassed { deadline: "2017-09-12T10:00:00Z".parse().unwrap() };
        let detail = Problem::refused(&refusal, Language::French).detail;
        assert!(detail.ends_with("(Limite : le 12/09/2017 à 12:00.)"), "{detail}");
    }

    #[test]
    fn the_first_language_known_wins() {
        for (header, language) in [
            (None, Language::French),
            (Some("en-GB,en;q=0.9,fr;q=0.8"), Language::English),
            (Some("de-DE, fr;q=0.5"), Language::French),
            (Some("*"), Language::French),
            (Some("é"), Language::French),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header:?}");
        }
    }
}
