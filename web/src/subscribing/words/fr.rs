//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use super::SubscribingWords;

pub(super) const WORDS: SubscribingWords = SubscribingWords {
    failed: "Vos abonnements n'ont pas pu être chargés",
    no_term: "Aucun trimestre n'est prévu",
    no_term_text: "Les trimestres de l'année scolaire apparaîtront ici avec leurs dates \
                   d'abonnement.",
    is_open: |term| format!("{term} : les abonnements sont ouverts"),
    open_until: |day| format!("Choisissez cantine, bus et TAP jusqu'au {day}."),
    subscribe: "Choisir les abonnements",
    complete_form: "Compléter les abonnements",
    subscribe_whom: |names| format!("Choisir pour {names}"),
    now: "En cours",
    later: "À venir",
    over: "Terminé",
    nothing_yet: "Aucun abonnement pour ce trimestre.",
    nothing_for_child: "Rien pour ce trimestre.",
    whole_week: "du lundi au vendredi",
    occasional: "de temps en temps",
    package: |package| format!("forfait {package}"),
    named: |trip, days| format!("{trip} : {days}"),
    held: "Déjà confirmé",
    held_advice: "Pour un changement, adressez-vous au guichet.",
    form_failed: "Le formulaire n'a pas pu être chargé",
    to_overview: "Voir mes abonnements",
    term_line: |term, span| format!("{term}, {span}"),
    confirm_until: |day| format!("à confirmer jusqu'au {day}"),
    steps: "Étapes",
    summary: "Récapitulatif",
    child: "Enfant",
    of_child: |name| format!("Abonnements {}", of(name)),
    go_on: "Continuer",
    as_before: |number| match number {
        None => "Comme avant".to_owned(),
        Some(1) => "Comme au 1er trimestre".to_owned(),
        Some(number) => format!("Comme au {number}e trimestre"),
    },
    taken_over: "Les choix du trimestre précédent sont repris.",
    taken_over_without: |taps| {
        format!("Les choix du trimestre précédent sont repris, sauf {taps} : complet.")
    },
    rhythm: "Rythme",
    regular: "Régulièrement",
    regular_hint: "Les mêmes jours chaque semaine.",
    regular_trips: "Les mêmes trajets chaque semaine.",
    occasionally: "De temps en temps",
    occasional_hint: "Vous cochez au fil des semaines.",
    type_week: |child| format!("Semaine-type {}", of(child)),
    canteen_question: "Quels jours déjeuner à l'école ?",
    no_canteen: "Pas de cantine",
    no_meal: "Aucun repas à l'école.",
    meals: |count, each| {
        if count == 1 {
            format!("1 repas par semaine à {each}, facturé chaque mois selon ce qui a été pris.")
        } else {
            format!(
                "{count} repas par semaine à {each}, facturés chaque mois selon ce qui a été pris."
            )
        }
    },
    each_meal: |each| format!("{each} le repas, facturé chaque mois selon ce qui a été pris."),
    a_meal: |each| format!("{each} le repas"),
    no_meal_price: "Le prix du repas n'est pas encore fixé pour ce trimestre. Le guichet vous le \
                    dira.",
    counted: |less| format!("{less} déjà comptés"),
    bus_question: "Un forfait, puis les trajets de la semaine.",
    package_choice: "Forfait du trimestre",
    no_bus: "Pas de bus",
    no_trip: "Aucun trajet.",
    trips_a_day: |trips| format!("{trips} trajets par jour"),
    tap_question: |child| format!("Que fait {child} après la classe ?"),
    tap_choice: "Activités",
    complete: "complet",
    tap_full: "Toutes les places sont prises. Choisissez une autre activité.",
    tap_lost: "Toutes les places sont prises à présent. Choisissez une autre activité.",
    tap_same_day: |other| {
        format!("Le même jour que {other}. Retirez d'abord {other} pour la choisir.")
    },
    tap_two: "Deux activités sont choisies. Retirez-en une d'abord.",
    tap_prices: |one, two| {
        format!("Une activité {one}, deux activités {two}, pour tout le trimestre.")
    },
    total: "Votre total",
    term: "Trimestre",
    sibling: "Frère ou sœur",
    credit_on: |invoice| format!("Avoir sur {invoice}"),
    invoice_total: "Total de la facture",
    more_to_pay: "De plus à payer",
    in_your_favour: "En votre faveur",
    billed_again: |names| {
        format!(
            "{names} : la réduction pour la fratrie change. Ce qui était facturé est crédité, puis \
             facturé au nouveau prix."
        )
    },
    all_held: "Tout est déjà confirmé : il n'y a rien à ajouter.",
    not_billed: "Aucun tarif n'est fixé pour l'instant : rien n'est facturé.",
    no_total: "Un tarif n'est pas encore fixé : le total ne peut pas être calculé, et rien ne peut \
               être confirmé. Vos choix restent enregistrés. Adressez-vous au guichet.",
    canteen_apart: "La cantine vient à part, chaque mois.",
    draft_saving: "Enregistrement du brouillon…",
    draft_saved: "Brouillon enregistré",
    draft_unsaved: "Brouillon non enregistré. Continuez : nous réessaierons.",
    overtaken: "Ce brouillon a été modifié ailleurs.",
    overtaken_text: "Sur un autre appareil, ou par l'autre parent. Ce que vous changez ici n'est plus \
                     enregistré.",
    reload_draft: "Recharger le brouillon",
    edit: "Modifier",
    edit_child: |name| format!("Modifier les choix {}", of(name)),
    faults: "À corriger avant de confirmer",
    refused: "Rien n'est confirmé. À corriger :",
    unsure: "Pas de réponse du serveur.",
    unsure_text: "Nous ne savons pas si vos abonnements sont confirmés. Confirmez encore une fois : \
                  rien ne sera compté deux fois.",
    nothing_chosen: "Rien n'est choisi : il n'y a rien à confirmer.",
    when_due: |day| format!("La facture arrive aussitôt, à payer jusqu'au {day}."),
    confirm: "Confirmer",
    confirming: "Confirmation…",
    done: "C'est confirmé",
    done_text: |term| format!("Les abonnements du {term} sont enregistrés."),
    booked: |days| match days {
        0 => "Aucun jour n'est réservé d'avance.".to_owned(),
        1 => "1 inscription est réservée dans le planning.".to_owned(),
        days => format!("{days} inscriptions sont réservées dans le planning."),
    },
    invoice: "Facture",
    invoice_due: |number, day| format!("Facture {number}, à payer jusqu'au {day}."),
    see_invoice: "Voir la facture",
    no_invoice: "Rien à payer maintenant. La cantine est facturée chaque mois, selon ce qui a été \
                 pris.",
    credit_note: |amount| format!("Un avoir de {amount} vous est accordé :"),
    full: "Jours complets",
    full_text: "Ces jours-là, il n'y avait plus de place. Ouvrez la semaine pour vous mettre en liste \
                d'attente : la première place libérée va à la première famille inscrite.",
    join_line: |activity, day| format!("{activity}, {day} : ouvrir la semaine"),
    to_planning: "Ouvrir le planning du trimestre",
};

/// `de Tom`, `d'Inès`.
fn of(name: &str) -> String {
    let vowels = "aàâeéèêëiîïoôuûAÀÂEÉÈÊËIÎÏOÔUÛ";
    let is_vowel = name.chars().next().is_some_and(|first| vowels.contains(first));
    format!("{}{name}", if is_vowel { "d'" } else { "de " })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_vowel_takes_an_apostrophe() {
        assert_eq!(["Tom", "Inès", "Élise"].map(super::of), ["de Tom", "d'Inès", "d'Élise"]);
    }
}
