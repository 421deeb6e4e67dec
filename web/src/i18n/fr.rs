//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use domain::activity::ServiceKind;
use domain::problem::Language;
use domain::wire::ChangeOrigin;

use super::words::{
    Cells, Common, Connection, History, Lazy, Month, Others, Planning, Row, SignIn, Words,
};

pub(super) const WORDS: Words = Words {
    language: Language::French,
    own_name: "Français",
    common: Common {
        skip: "Aller au contenu",
        main_menu: "Menu principal",
        bottom_menu: "Menu principal, en bas",
        footer: "Bas de page",
        my_planning: "Mon planning",
        planning: "Planning",
        my_subscriptions: "Mes abonnements",
        subscriptions: "Abonnements",
        my_invoices: "Mes factures",
        invoices: "Factures",
        my_account: "Mon compte",
        accessibility: "Accessibilité",
        close: "Fermer",
        cancel: "Annuler",
        undo: "Annuler",
        retry: "Réessayer",
        loading: "Chargement…",
        sign_out: "Se déconnecter",
        sign_out_failed: "Vous êtes toujours connecté",
        show: "Afficher",
        hide: "Masquer",
        show_password: "Afficher le mot de passe",
        hide_password: "Masquer le mot de passe",
        server_fault: |status| {
            format!(
                "Le serveur a répondu de façon inattendue ({status}). Réessayez dans un instant ; \
                 si cela persiste, prévenez le guichet périscolaire."
            )
        },
        wait: |seconds| format!("Réessayez dans {seconds} s."),
        reference: |number| format!("Numéro à donner au guichet : {number}."),
        fault_title: "Quelque chose n'a pas marché",
    },
    connection: Connection {
        title: "Pas de connexion",
        lost: "Rien ne sera enregistré tant qu'elle n'est pas revenue.",
        advice: "Vérifiez votre réseau, puis réessayez.",
        trying: "Nouvel essai…",
        back: "La connexion est revenue.",
        unknown: "Nous ne savons pas si votre choix est enregistré. Le planning le montrera dès que la \
                  connexion sera revenue.",
        nothing_done: "Rien n'a changé",
        not_sent: "Sans connexion, votre choix n'est ni envoyé ni gardé pour plus tard. Refaites-le \
                   quand elle sera revenue.",
    },
    lazy: Lazy {
        failed: "Cette partie de Préau n'a pas pu être chargée",
        unreachable: "Vérifiez votre réseau, puis réessayez. Elle sera chargée d'elle-même quand la \
                      connexion sera revenue.",
        gone: "Préau a sans doute été mis à jour. Rechargez la page.",
        reload: "Recharger la page",
    },
    sign_in: SignIn {
        page: "Connexion",
        tagline: "Cantine, bus, TAP : tout se règle ici, en deux minutes.",
        hello: "Bonjour !",
        intro: "L'espace des parents d'élèves.",
        email: "Adresse e-mail",
        password: "Mot de passe",
        submit: "Se connecter",
        submitting: "Connexion…",
        email_missing: "Saisissez votre adresse e-mail.",
        password_missing: "Saisissez votre mot de passe.",
        expired: "Votre session a expiré. Reconnectez-vous pour continuer.",
        signed_out: "La session est fermée.",
        offline: "Pas de connexion au serveur. Vérifiez votre réseau, puis réessayez : ce que vous \
                  avez saisi reste là.",
        password_page: "Mot de passe",
        first_time: "Première visite, ou mot de passe oublié ?",
        help: "Un souci ? Adressez-vous au guichet périscolaire de votre mairie.",
        other_language: "English",
    },
    planning: Planning {
        week_of: |range| format!("Semaine du {range}"),
        previous_week: "Semaine précédente",
        next_week: "Semaine suivante",
        this_week: "Cette semaine",
        today: "aujourd'hui",
        open_until: |deadline| format!("Modifiable jusqu'au {deadline}"),
        time_left: |left| format!("encore {left}"),
        locked_since: |deadline| format!("Verrouillée depuis le {deadline}"),
        locked_advice: "Pour un changement exceptionnel, adressez-vous au guichet périscolaire.",
        just_locked: "Le délai vient de passer : cette semaine n'est plus modifiable.",
        next_week_open: |deadline| format!("La semaine suivante se règle jusqu'au {deadline}"),
        closed_day: |day, label| format!("Fermé {day} : {label}"),
        closed_week: |label| format!("{label} : aucun service cette semaine"),
        closed_week_advice: "Aucune inscription à faire. Passez à la semaine suivante.",
        closed: "fermé",
        table: |child, range| format!("Semaine de {child}, du {range}"),
        no_child: "Aucun enfant n'est rattaché à votre compte",
        no_child_advice: "Adressez-vous au guichet périscolaire, qui rattachera vos enfants à \
                          votre dossier.",
        no_activity: |child| format!("{child} n'a aucune activité ce trimestre."),
        no_activity_advice: "Si une activité manque, adressez-vous à la coordinatrice périscolaire.",
        out_of_term: "Hors des trimestres",
        before_first: "Le planning ne commence qu'après cette semaine. Passez à la première qu'il \
                       contient.",
        after_last: "L'année scolaire est finie. Le planning de la suivante s'ouvrira avec ses \
                     inscriptions.",
        between_terms: "Aucun service périscolaire n'est prévu cette semaine. Choisissez-en une \
                        autre avec les flèches.",
        go_to: |range| format!("Aller à la semaine du {range}"),
        failed: "Le planning n'a pas pu être chargé",
        last_known: |time| format!("Dernier état connu, du {time}"),
        frozen: "Rien ne peut y être changé tant que le serveur ne répond pas.",
        legend: "Légende",
    },
    cells: Cells {
        service: |service| match service {
            ServiceKind::Canteen => "Cantine",
            ServiceKind::Bus => "Bus",
            ServiceKind::Tap => "TAP",
        },
        booked_open: "inscrit, modifiable",
        free_open: "libre, modifiable",
        full: "complet",
        full_short: "Plein",
        waiting: "en liste d'attente",
        waiting_short: "att.",
        ordinal: |place| if place == 1 { "1er".to_owned() } else { format!("{place}e") },
        booked_locked: "inscrit, verrouillé",
        free_locked: "non inscrit, verrouillé",
        fixed: "inscrit pour le trimestre",
        closed: "fermé",
        not_running: "pas de service",
        seats: |left| if left < 2 { format!("{left} place") } else { format!("{left} places") },
        seats_short: |left| format!("{left} pl."),
        named: |place, state| format!("{place} : {state}"),
        of_child: |child, news| format!("{child} · {news}"),
        added: |activity, day| format!("{activity}, {day} : inscription ajoutée"),
        removed: |activity, day| format!("{activity}, {day} : inscription retirée"),
        waits: |activity, day| format!("{activity}, {day} : sur la liste d'attente"),
        left_line: |activity, day| format!("{activity}, {day} : liste d'attente quittée"),
        opened: |activity, day| format!("{activity} : activité ajoutée à partir de {day}"),
        ended: |what, day| format!("{what} : abonnement du trimestre terminé après le {day}"),
        package: |package, day| {
            format!("Bus : forfait {package} pour le trimestre qui commence le {day}")
        },
        refused: |activity, day| format!("{activity}, {day} : rien n'a changé"),
        undo_if_free: "« Annuler » redemande la place, si elle est encore libre.",
        seat_gone: "La séance reste complète : la place n'est plus libre.",
        unanswered: |activity, day| format!("{activity}, {day} : pas de réponse"),
        locked_since: |deadline| format!("Le délai est passé depuis le {deadline}."),
        full_title: |activity, day| format!("{activity}, {day} : complet"),
        full_text: |child| {
            format!(
                "Toutes les places sont prises. Tant que d'autres parents n'en libèrent pas, il \
                 n'est pas possible d'inscrire {child}."
            )
        },
        full_line: |waiting, child| match waiting {
            0 => format!("Personne n'attend encore : {child} serait 1er sur la liste d'attente."),
            1 => format!("Un enfant attend déjà : {child} serait 2e sur la liste d'attente."),
            _ => format!(
                "{waiting} enfants attendent déjà : {child} serait {}e sur la liste d'attente.",
                waiting + 1
            ),
        },
        full_advice: "Dès qu'une place se libère avant la fin du délai, elle va au premier de la \
                      liste : l'inscription se fait toute seule.",
        full_told: "Vous serez prévenu par e-mail.",
        full_look: "Revenez voir avant la fin du délai.",
        join: "Me mettre en liste d'attente",
        waiting_title: |activity, day| format!("{activity}, {day} : en liste d'attente"),
        waiting_place: |child, place, all| match (place, all) {
            (1, 1) => format!("{child} est seul sur la liste d'attente."),
            (1, _) => format!("{child} est 1er sur {all} dans la liste d'attente."),
            _ => format!("{child} est {place}e sur {all} dans la liste d'attente."),
        },
        leave: "Quitter la liste d'attente",
        waiting_text: "Votre enfant est sur la liste d'attente de cette séance.",
    },
    row: Row {
        open: |child, activity| format!("{child}, {activity} : toute la semaine et semaine-type"),
        tick_all: "Cocher toute la semaine",
        untick_all: "Tout décocher",
        type_week: "Semaine-type",
        type_week_text: "Les jours inscrits cette semaine deviennent la semaine-type : ils sont \
                         reportés sur les semaines suivantes du trimestre qui sont encore \
                         modifiables.",
        no_day: "aucun jour",
        becomes: " devient ",
        until: |date| format!("jusqu'au {date}"),
        later_weeks: "Les semaines suivantes",
        join_full: "M'inscrire sur la liste d'attente des jours complets",
        confirm: "Valider la semaine-type",
        nothing: "Rien ne changerait : les semaines suivantes sont déjà ainsi.",
        nothing_to_do: "Il n'y a rien à changer sur cette ligne.",
        added: |days| counted(days, "jour ajouté", "jours ajoutés"),
        removed: |days| counted(days, "jour retiré", "jours retirés"),
        kept: |days| counted(days, "jour inchangé", "jours inchangés"),
        full: |days| counted(days, "jour complet", "jours complets"),
        locked: |days| counted(days, "jour verrouillé", "jours verrouillés"),
        closed: |days| counted(days, "jour fermé", "jours fermés"),
        joined: |days| counted(days, "jour en liste d'attente", "jours en liste d'attente"),
        not_changed: |days| counted(days, "jour n'a pas pu changer", "jours n'ont pas pu changer"),
        told: |row, news| format!("{row} : {news}"),
        undo_if_free: "« Annuler » redemande les places qui sont encore libres.",
        type_week_done: |row| format!("{row} : semaine-type mise à jour."),
        day_added: "ajouté",
        day_removed: "retiré",
        day_kept: "inchangé",
        day_locked: "verrouillé",
    },
    month: Month {
        open_calendar: "Choisir une semaine dans le mois",
        previous: "Mois précédent",
        next: "Mois suivant",
        week: |range, state| format!("Semaine du {range} : {state}"),
        open: "modifiable",
        locked: "verrouillée",
        closed: "fermée",
        booked: "inscrit",
    },
    history: History {
        title: |child| format!("Historique de la semaine de {child}"),
        nothing: "Rien n'a été changé dans cette semaine.",
        origin: |origin| match origin {
            ChangeOrigin::Web => "sur le portail",
            ChangeOrigin::App => "dans l'application",
            ChangeOrigin::Guichet => "au guichet",
            ChangeOrigin::WaitingList => "par la liste d'attente",
            ChangeOrigin::TypeWeek => "par la semaine-type",
            ChangeOrigin::Subscription => "à l'abonnement",
            ChangeOrigin::Import | ChangeOrigin::System => "par le logiciel",
        },
    },
    others: Others {
        not_found: "Page introuvable",
        not_found_advice: "L'adresse ne mène à rien. Elle est peut-être incomplète, ou la page a \
                           changé de place.",
        to_planning: "Aller à mon planning",
        guichet: "Guichet",
        staff: |name| format!("Bonjour {name}"),
        staff_text: "Cet espace est celui des parents d'élèves. Les listes d'appel viendront sur \
                     une page à part.",
        staff_advice: "Si vous cherchez le planning de vos propres enfants, connectez-vous avec \
                       votre adresse de parent.",
    },
};

fn counted(days: usize, one: &str, many: &str) -> String {
    format!("{days} {}", if days < 2 { one } else { many })
}
