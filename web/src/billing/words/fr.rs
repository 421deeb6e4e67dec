//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use super::BillingWords;
use crate::components::FileWords;

pub(super) const WORDS: BillingWords = BillingWords {
    failed: "Vos factures n'ont pas pu être chargées",
    document_failed: "Ce document n'a pas pu être chargé",
    empty: "Pas encore de facture",
    empty_text: "La première arrive quand vous confirmez des abonnements au bus ou aux TAP, ou à la \
                 fin du premier mois de cantine.",
    to_pay: "À payer",
    sum: |count, amount| {
        format!("{count} {} · {amount}", if count < 2 { "facture" } else { "factures" })
    },
    nothing_due: "Rien à payer en ce moment.",
    pay_until: |day| format!("À payer jusqu'au {day}"),
    was_due: |day| format!("Attendue pour le {day}"),
    due_elsewhere: |amount| format!("{amount} de plus sur des factures plus anciennes, plus bas."),
    see: "Voir",
    see_document: |name, number| format!("Voir : {name} {number}"),
    cheque_hint: "Par chèque remis au guichet périscolaire, au montant exact. Chaque facture dit \
                  comment.",
    history: "Historique",
    of_year: |year| format!("Factures et avoirs de {year}"),
    document: "Facture",
    amount: "Montant",
    state: "État",
    pdf: "PDF",
    pdf_of: |name, number| format!("Télécharger en PDF : {name} {number}"),
    file: FileWords {
        coming: "Le PDF se prépare…", failed: "Le PDF n'a pas pu être téléchargé"
    },
    more: "Afficher plus",
    loading_more: "Chargement…",
    before: |day| format!("jusqu'au {day}"),
    since: |day| format!("depuis le {day}"),
    of_which_due: |amount| format!("reste {amount}"),
    left: |amount| format!("{amount} en votre faveur"),
    used_up: "Entièrement utilisé",
    back: "Mes factures",
    print: "Imprimer",
    details: |number| format!("Détail de {number}"),
    cheque: "Payer par chèque",
    order: "Ordre",
    exactly: |amount| format!("{amount} exactement"),
    on_the_back: "Au dos",
    hand_in: "À remettre",
    at_the_guichet: "au guichet périscolaire",
    settled: "Rien à payer",
    settled_text: "Cette facture est réglée. Vous n'avez rien à faire.",
    in_your_favour: "En votre faveur",
    reduced_to: |price| format!("soit {price}"),
    care: |year| format!("Attestation fiscale {year}"),
    care_text: |year| {
        format!(
            "Ce que vous avez payé en {year} pour la garde de vos enfants de moins de six ans : les \
             TAP, sans les repas ni le bus. Pour votre déclaration de revenus."
        )
    },
    care_pdf: "Télécharger l'attestation",
    care_of: |year, child| format!("Télécharger l'attestation {year} : {child}"),
};
