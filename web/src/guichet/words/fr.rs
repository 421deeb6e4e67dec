//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use super::{Acts, Buses, DeskWords, Form, Missing, Seats, SessionWords};

fn s(count: usize) -> &'static str {
    if count > 1 { "s" } else { "" }
}

pub(super) const WORDS: DeskWords = DeskWords {
    week: "Semaine",
    to_week: "Voir la semaine",
    reserved: "Accès réservé",
    reserved_advice: "Ces écrans sont ceux du guichet périscolaire. Connectez-vous avec un compte \
                      du guichet, ou revenez à votre planning.",
    week_of: |range| format!("Semaine du {range}"),
    previous_week: "Semaine précédente",
    next_week: "Semaine suivante",
    this_week: "Cette semaine",
    print: "Imprimer",
    open_until: |instant| format!("Les familles modifient jusqu'au {instant}"),
    closed_since: |instant| format!("Les familles ne modifient plus depuis le {instant}"),
    never_open: "Les familles ne modifient rien cette semaine-là",
    still: |left| format!("encore {left}"),
    no_school: "Aucun service cette semaine-là.",
    failed: "La semaine n'a pas pu être chargée",
    seats: Seats {
        caption: |range| format!("Places prises, semaine du {range}"),
        capacity: |count| format!("{count} place{}", s(count)),
        no_service: "pas de service",
        full: "complet",
        beyond: |count| format!("{count} au-delà"),
        waiting: "en attente",
        legend: "Légende",
        some_left: "des places",
        nearly_full: "bientôt plein",
        families_wait: "enfants en attente",
    },
    form: Form {
        title: "Modifier après la limite",
        signed: "Le changement sera signé de votre nom.",
        child: "Enfant",
        search_hint: "Un nom d'enfant ou de responsable, ou un numéro de facture. Touche « / » pour y venir.",
        nobody: "Personne de ce nom",
        more: "Il y en a d'autres : précisez le nom.",
        found: |count| format!("{count} enfant{} trouvé{}", s(count), s(count)),
        activity: "Activité",
        day: "Jour",
        state: "Actuellement",
        booked: "A une place",
        free: "N'a pas de place",
        waits: |position| format!("En attente, place {position}"),
        taken: |taken, capacity| format!("Places prises : {taken} sur {capacity}"),
        parents_can: "La famille peut encore le faire elle-même.",
        beyond: "Donner une place au-delà de la capacité",
        serve: |count| {
            if count > 1 {
                format!("Donner la place au premier des {count} enfants en attente")
            } else {
                "Donner la place à l'enfant en attente".to_owned()
            }
        },
        reason: "Motif",
        reason_hint: "La famille le verra dans son historique.",
        add: "Inscrire",
        remove: "Retirer",
        leave_line: "Retirer de la liste d'attente",
        left_line: |child, what| format!("{child} : {what}, retiré de la liste d'attente"),
        full: |days| {
            if days.is_empty() {
                "Toutes les places sont prises. Cochez « Donner une place au-delà de la capacité » \
                 pour passer outre."
                    .to_owned()
            } else {
                format!(
                    "Plus de place : {days}. Cochez « Donner une place au-delà de la capacité » \
                     pour passer outre."
                )
            }
        },
        choose_child: "Choisissez un enfant pour voir ce qui peut être changé.",
        added: |child, what| format!("{child} : {what}, inscription ajoutée"),
        removed: |child, what| format!("{child} : {what}, inscription retirée"),
    },
    missing: Missing {
        text: "L'enfant n'est pas abonné à cette activité ce trimestre.",
        tap: |from, until| {
            format!("L'enfant y sera inscrit du {from} au {until}, la fin du trimestre.")
        },
        package: "Forfait bus",
        one: "1 aller-retour par jour",
        two: "2 allers-retours par jour",
        add: "Ajouter l'activité",
        done: |child, activity| format!("{child} : {activity}, activité ajoutée"),
    },
    session: SessionWords {
        serves: "Une place qui se libère va d'elle-même au premier en attente.",
        over: "La limite est passée : c'est vous qui donnez les places.",
        line: |count| format!("{count} enfant{} en attente", s(count)),
        no_line: "Personne n'attend.",
        since: |instant| format!("depuis le {instant}"),
        give: "Donner une place",
        give_to: |child| format!("Donner une place à {child}"),
        children: |count| format!("{count} enfant{} inscrit{}", s(count), s(count)),
        change: "Modifier",
        change_for: |child| format!("Modifier pour {child}"),
        capacity: "Capacité de cette séance",
        below: |count| format!("{count} enfants ont une place : aucun ne la perdra."),
        set: "Changer la capacité",
        capacity_set: |what, capacity| format!("{what}, capacité : {capacity}"),
    },
    buses: Buses {
        title: "Forfaits bus dépassés",
        about: "Trajets par jour au-delà du forfait payé",
        none: "Aucun forfait dépassé cette semaine.",
        child: "Enfant",
        action: "Écrire",
        over: |trips, excess| format!("{trips} trajets, {excess} de trop"),
        no_package: "sans forfait",
        write_to: |child| format!("Écrire à la famille ({child})"),
        write_all: |count| {
            if count > 1 {
                format!("Écrire aux {count} familles")
            } else {
                "Écrire à la famille".to_owned()
            }
        },
        subject: |range| format!("Forfait bus dépassé, semaine du {range}"),
    },
    acts: Acts {
        title: "Derniers changements",
        none: "Aucun changement par le guichet.",
        added: |activity, day| format!("{activity} du {day} : inscription ajoutée"),
        removed: |activity, day| format!("{activity} du {day} : inscription retirée"),
        left_line: |activity, day| format!("{activity} du {day} : liste d'attente quittée"),
        opened: |activity, day| format!("{activity} : activité ajoutée à partir du {day}"),
        capacity: |activity, day, before, after| {
            format!("{activity} du {day}, capacité : {before} → {after}")
        },
    },
};
