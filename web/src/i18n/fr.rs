//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use domain::activity::ServiceKind;
use domain::problem::Language;

use super::words::{
    Accessibility, Account, Cells, Common, Connection, Others, Planning, SignIn, Words,
};

pub(super) const WORDS: Words = Words {
    language: Language::French,
    tag: "fr",
    own_name: "Français",
    common: Common {
        skip: "Aller au contenu",
        main_menu: "Menu principal",
        bottom_menu: "Menu principal, en bas",
        footer: "Bas de page",
        my_planning: "Mon planning",
        planning: "Planning",
        my_account: "Mon compte",
        accessibility: "Accessibilité",
        close: "Fermer",
        undo: "Annuler",
        retry: "Réessayer",
        loading: "Chargement…",
        sign_out: "Se déconnecter",
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
        trying: "Nouvel essai…",
        back: "La connexion est revenue.",
        unknown: "Nous ne savons pas si votre choix est enregistré. Le planning le montrera dès que la \
                  connexion sera revenue.",
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
        first_time: "Première visite, ou mot de passe oublié ? Le guichet périscolaire vous remet \
                     vos identifiants.",
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
        closed_day: |day, label| format!("Fermé {day} : {label}"),
        closed_week: |label| format!("{label} : aucun service cette semaine"),
        closed_week_advice: "Il n'y a rien à inscrire. Passez à la semaine suivante.",
        closed: "fermé",
        table: |child, range| format!("Semaine de {child}, du {range}"),
        no_child: "Aucun enfant n'est rattaché à votre compte",
        no_child_advice: "Adressez-vous au guichet périscolaire, qui rattachera vos enfants à \
                          votre dossier.",
        no_activity: |child| format!("{child} n'a aucune activité ce trimestre."),
        no_activity_advice: "Si une activité manque, adressez-vous à la coordinatrice périscolaire.",
        out_of_term: "Hors des trimestres",
        before_first: "L'année scolaire n'a pas encore commencé. Vous pouvez déjà préparer la \
                       première semaine.",
        after_last: "L'année scolaire est finie. Le planning de la suivante s'ouvrira avec ses \
                     inscriptions.",
        between_terms: "Aucun service périscolaire n'est prévu cette semaine. Choisissez-en une \
                        autre avec les flèches.",
        go_to: |range| format!("Aller à la semaine du {range}"),
        failed: "Le planning n'a pas pu être chargé",
        stale: "Le planning affiché n'est peut-être plus à jour.",
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
        refused: |activity, day| format!("{activity}, {day} : rien n'a changé"),
        unanswered: |activity, day| format!("{activity}, {day} : pas de réponse"),
        locked_since: |deadline| format!("Le délai est passé depuis le {deadline}."),
        full_title: |activity, day| format!("{activity}, {day} : complet"),
        full_text: |child| {
            format!(
                "Toutes les places sont prises. Tant que d'autres parents n'en libèrent pas, il \
                 n'est pas possible d'inscrire {child}."
            )
        },
        full_advice: "Une place se libère dès qu'une famille se désinscrit : revenez voir avant la \
                      fin du délai.",
        check_again: "Vérifier maintenant",
        checking: "Vérification…",
        still_full: "C'est toujours complet.",
        waiting_text: "Votre enfant est sur la liste d'attente de cette séance.",
    },
    account: Account {
        signed_in_as: "Votre compte",
        name: "Nom",
        email: "E-mail",
        commune: "Commune",
        password: "Changer de mot de passe",
        current: "Mot de passe actuel",
        new: "Nouveau mot de passe",
        rules: "De 10 à 200 caractères ; ni votre adresse e-mail, ni un mot de passe courant.",
        change: "Changer le mot de passe",
        changing: "Changement…",
        changed: "Mot de passe changé. Vos autres appareils sont déconnectés.",
        current_missing: "Saisissez votre mot de passe actuel.",
        new_missing: "Saisissez le nouveau mot de passe.",
        language: "Langue",
        theme: "Apparence",
        theme_system: "Comme l'appareil",
        theme_light: "Claire",
        theme_dark: "Sombre",
        sign_out_hint: "Sur un appareil partagé, déconnectez-vous en partant.",
        sign_out_failed: "Vous êtes toujours connecté",
    },
    accessibility: Accessibility {
        intro: "Préau est fait pour que chaque parent puisse s'en servir, au doigt, à la souris, au \
                clavier ou avec un lecteur d'écran.",
        parts: &[
            (
                "La règle suivie",
                &[
                    "Le référentiel général d'amélioration de l'accessibilité, RGAA 4.1, qui \
                     applique les règles WCAG 2.1 au niveau AA.",
                    "Aucun audit extérieur n'a encore eu lieu : cette page ne déclare donc pas de \
                     taux de conformité.",
                ],
            ),
            (
                "Comment nous vérifions",
                &[
                    "À chaque changement, un contrôle automatique (axe) parcourt toutes les pages \
                     dans tous leurs états, en thème clair et sombre ; il ne doit rien trouver.",
                    "Des parcours complets sont rejoués au clavier seul, à 320 pixels de large et à \
                     200 % de zoom.",
                ],
            ),
            (
                "Ce que vous pouvez régler",
                &[
                    "La langue et le thème clair ou sombre, dans « Mon compte ». Les animations \
                     suivent le réglage de votre appareil.",
                    "Au clavier, la touche Tab passe d'une case à l'autre du planning, les flèches \
                     aussi ; Espace ou Entrée coche et décoche.",
                ],
            ),
            (
                "Un obstacle ?",
                &[
                    "Dites-le au guichet périscolaire : il vous donnera l'information autrement et \
                     nous transmettra le problème.",
                    "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits \
                     (defenseurdesdroits.fr).",
                ],
            ),
        ],
    },
    others: Others {
        not_found: "Page introuvable",
        not_found_advice: "L'adresse ne mène à rien. Elle est peut-être incomplète, ou la page a \
                           changé de place.",
        to_planning: "Aller à mon planning",
        staff: |name| format!("Bonjour {name}"),
        staff_text: "Cet espace est celui des parents d'élèves. Les écrans du guichet périscolaire \
                     viendront sur une page à part.",
        staff_advice: "Si vous cherchez le planning de vos propres enfants, connectez-vous avec \
                       votre adresse de parent.",
    },
};
