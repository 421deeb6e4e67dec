//! French. Before `:` `;` `?` `!` `%` and inside « » stands a no-break space.

use domain::activity::ServiceKind;

use super::{
    AdviceWords, BillingWords, ChequeWords, FamilyWords, HeldWords, JournalWords, OfficeWords,
    RunWords, RunsWords, TariffWords, UnpaidWords,
};
use crate::components::FileWords;

fn s(count: usize) -> &'static str {
    if count > 1 { "s" } else { "" }
}

fn e(rank: usize) -> &'static str {
    if rank == 1 { "er" } else { "e" }
}

pub(super) const WORDS: BillingWords = BillingWords {
    billing: "Facturation",
    of_family: "Facturation de la famille",
    more: "Afficher la suite",
    pdf_of: |document| format!("Télécharger en PDF : {document}"),
    file: FileWords {
        coming: "Le PDF se prépare…", failed: "Le PDF n'a pas pu être téléchargé"
    },
    advice: AdviceWords {
        no_office: "Les coordonnées de la régie manquent : rien ne peut être facturé sans elles.",
        to_office: "Renseigner la régie",
        no_tariff: "Aucun tarif n'est fixé pour ces dates : rien n'a été enregistré.",
        to_tariffs: "Compléter les tarifs",
    },
    runs: RunsWords {
        title: "Facturer",
        failed: "La facturation n'a pas pu être chargée",
        start: "Facturer un mois ou un trimestre",
        about: "L'essai à blanc calcule tout et n'émet rien : vous voyez les montants et ce qui \
                mérite un coup d'œil, puis vous décidez.",
        months: "Cantine, par mois",
        terms: "Bus et TAP, par trimestre",
        goes_on: |month| format!("{month} (en cours)"),
        dry: "Essai à blanc",
        latest: "Dernières facturations",
        none: "Aucune facturation pour l'instant. Choisissez une période, puis faites un essai à blanc.",
        period: "Période",
        started: "Lancée le",
        invoices: "Factures",
        sum: "Montant",
        running: "en cours",
        was_dry: "essai à blanc",
        was_real: "factures émises",
    },
    run: RunWords {
        title: "Facturation",
        failed: "Cette facturation n'a pas pu être chargée",
        dry: "Essai à blanc : aucune facture n'est émise.",
        real: "Émission des factures",
        goes_on: "Facturation en cours",
        progress: |done, families| format!("{done} familles sur {families}"),
        leave: "Vous pouvez quitter cette page : le calcul continue, et vous le retrouverez dans \
                les dernières facturations.",
        nothing: "Rien à facturer : tout est déjà facturé pour cette période.",
        would: "Voici ce qui serait facturé.",
        made: "Les factures sont émises.",
        families_told: "Les familles sont prévenues par e-mail.",
        families: "Familles",
        invoices: "Factures",
        sum: "Montant facturé",
        credit_notes: |count| format!("{count} avoir{}", s(count)),
        failures: |count| {
            if count > 1 {
                format!(
                    "{count} familles ne peuvent pas être facturées : la raison est ci-dessous. \
                     Corrigez, puis relancez la facturation."
                )
            } else {
                "Une famille ne peut pas être facturée : la raison est ci-dessous. Corrigez, puis \
                 relancez la facturation."
                    .to_owned()
            }
        },
        issue: "Émettre les factures",
        issue_count: |count| {
            if count == 0 {
                "Émettre les avoirs".to_owned()
            } else {
                format!("Émettre {count} facture{}", s(count))
            }
        },
        not_over: "Ce mois n'est pas terminé : ses factures s'émettent à partir de son dernier jour.",
        totals: |invoices, sum| format!("{invoices} facture{} pour {sum}.", s(invoices)),
        totals_with_notes: |invoices, sum, notes, credited| {
            format!(
                "{invoices} facture{} pour {sum}, {notes} avoir{} pour {credited}.",
                s(invoices),
                s(notes)
            )
        },
        for_good: "Une facture émise ne change plus : une erreur se corrige par un avoir.",
        findings: "À regarder",
        no_findings: "Rien à signaler.",
        findings_failed: "Les remarques n'ont pas pu être chargées",
        back: "Retour aux facturations",
    },
    unpaid: UnpaidWords {
        title: "Impayés",
        failed: "Les impayés n'ont pas pu être chargés",
        none: "Aucune facture à payer. Tout est réglé.",
        count: |count| format!("{count} facture{} à payer", s(count)),
        as_of: |day| format!("Au {day}, les plus anciennes d'abord"),
        print: "Imprimer",
        family: "Famille",
        due_on: "Échéance",
    },
    family: FamilyWords {
        search_title: "Familles",
        search: "Trouver une famille",
        title: "Famille",
        failed: "Cette famille n'a pas pu être chargée",
        payer: "Adresse de facturation",
        children: "Enfants",
        sums: "Compte de la famille",
        due: "Reste à payer",
        credit: "En faveur de la famille",
        documents: "Factures et avoirs",
        no_documents: "Aucune facture pour l'instant.",
        document: "Document",
        tools: "Actions",
        state: "État",
        left_by: |amount, day| format!("{amount} à payer jusqu'au {day}"),
        credit_left: |amount| format!("Reste {amount}"),
        corrects: |invoice| format!("Corrige {invoice}"),
        quotients: "Quotient familial",
        no_quotient: "Aucun quotient : la famille est facturée dans la tranche la plus haute.",
        add_quotient: "Saisir un quotient",
        quotient_value: "Quotient",
        whole_euros: "En euros entiers.",
        source: "Justificatif",
        first_day: "Valable du",
        last_day: "Jusqu'au",
        from_until: |from, until| format!("du {from} au {until}"),
        save_quotient: "Enregistrer le quotient",
        quotient_set: |value| format!("Quotient {value} enregistré"),
        remove: "Retirer",
        remove_title: "Retirer ce quotient ?",
        remove_text: "Ce qui a été facturé avec ce quotient est rectifié. Pour un trimestre, un avoir et \
                      une facture complémentaire sont émis aussitôt. Un mois de cantine se corrige \
                      quand il est facturé à nouveau.",
        quotient_removed: |value| format!("Quotient {value} retiré"),
        reason: "Motif",
        settles: "Si le prix change pour un trimestre déjà facturé, un avoir et une facture \
                  complémentaire sont émis aussitôt. Un mois de cantine se corrige quand il est \
                  facturé à nouveau.",
        residence: "Domicile",
        always_inside: "Dans la commune.",
        inside: "Dans la commune",
        outside: "Hors commune",
        since: |day| format!("depuis le {day}"),
        change_residence: "Changer le domicile",
        from_day: "À partir du",
        save_residence: "Enregistrer le domicile",
    },
    held: HeldWords {
        title: "Abonnements",
        none: "Aucun abonnement pour les trimestres en cours ou à venir.",
        weekly: "chaque semaine",
        occasional: "de temps en temps",
        package: |package| format!("forfait {package}"),
        until: |day| format!("jusqu'au {day}"),
        end: "Mettre fin",
        to_package: |package| format!("Passer au {package}"),
        change_package: "Changer de forfait",
        end_title: "Mettre fin à un abonnement",
        what: "Ce qui s'arrête",
        whole_tap: "Les deux activités",
        last_day: "Dernier jour",
        last_day_hint: "Les inscriptions après ce jour sont rendues.",
        credits: |service| match service {
            ServiceKind::Canteen => "La cantine reste facturée chaque mois, jusqu'à ce jour.",
            ServiceKind::Bus => "Le forfait du trimestre est crédité en entier par un avoir.",
            ServiceKind::Tap => {
                "Le trimestre est crédité par un avoir. L'activité qui reste, s'il y en a une, est \
                 facturée à nouveau."
            }
        },
        reason_hint: "La famille le verra dans son historique.",
        signed: "Il est noté avec votre nom.",
        package_title: |package| format!("Passer au forfait {package}"),
        package_text: "Pour tout le trimestre : l'ancien forfait est crédité par un avoir, le nouveau \
                       est facturé.",
        ended: |what, day| match day {
            Some(day) => format!("{what}\u{a0}: terminé, dernier jour le {day}."),
            None => format!("{what}\u{a0}: annulé, avant son premier jour."),
        },
        package_set: |what, package| format!("{what} : forfait {package}."),
        freed: |days| match days {
            0 => "Aucune inscription à rendre.".to_owned(),
            days => format!("{days} inscription{} rendue{}.", s(days), s(days)),
        },
        issued: |name, number, total| format!("{name} {number} : {total}."),
        nothing_issued: "Rien à créditer ni à facturer.",
        if_confirmed: "Si vous confirmez :",
        would_credit: |sum| format!("Avoir\u{a0}: {sum}."),
        would_bill: |sum| format!("Facture complémentaire\u{a0}: {sum}."),
        confirm: "Confirmer",
    },
    cheque: ChequeWords {
        word: "Chèque",
        of: |invoice| format!("Saisir un chèque : {invoice}"),
        enter: "Saisir un chèque",
        amount: "Montant du chèque",
        hint: "Tel qu'il est écrit sur le chèque.",
        not_exact: |due| {
            format!(
                "Le chèque doit être de {due} exactement. Corrigez la saisie, ou rendez le chèque à \
                 la famille."
            )
        },
        save: "Enregistrer le chèque",
        entered: |amount, entry| format!("Chèque de {amount} enregistré : écriture {entry}"),
    },
    journal: JournalWords {
        title: "Journal",
        failed: "Le journal n'a pas pu être chargé",
        none: "Aucun encaissement pour l'instant. Un chèque se saisit dans les impayés, ou sur la \
               page de la famille.",
        heading: "Journal de la régie",
        about: "Les derniers encaissements d'abord. Rien ne s'efface : une erreur se corrige par une \
                écriture contraire.",
        entry: "Écriture",
        received_on: "Reçu le",
        by: "Saisi par",
        takes_back: |receipt, reason| format!("Annule {receipt} : {reason}"),
        taken_back: |entry| format!("Annulée par {entry}"),
        correct: "Corriger",
        correct_of: |receipt| format!("Corriger l'écriture {receipt}"),
        correct_title: "Corriger une erreur",
        contra: |back, invoice| {
            format!(
                "Une écriture contraire de {back} est passée sous un nouveau numéro. La facture \
                 {invoice} redevient à payer."
            )
        },
        reason_hint: "Il figure dans le journal.",
        enter_contra: "Passer l'écriture contraire",
        made: |receipt, contra| format!("Écriture {receipt} annulée par {contra}"),
    },
    tariffs: TariffWords {
        title: "Tarifs",
        failed: "Les tarifs n'ont pas pu être chargés",
        none: "Aucun tarif : ce service ne peut pas être facturé.",
        new: "Nouveau tarif",
        change: "Modifier un tarif",
        since: |day| format!("En vigueur depuis le {day}"),
        from: |day| format!("À partir du {day}"),
        past: "Tarifs précédents",
        edit: "Modifier",
        remove: "Retirer",
        remove_title: "Retirer ce tarif ?",
        remove_text: "Un tarif plus ancien, s'il y en a un, continue alors de s'appliquer.",
        removed: "Tarif retiré",
        not_to_change: "Ce tarif n'existe pas, ou il a déjà servi à facturer : on ne le modifie plus.",
        prices: "Prix par tranche",
        item: "Prestation",
        outside: "Hors commune",
        outside_hint: "facultatif",
        as_others: "comme les autres",
        no_reductions: "Sans réduction pour la fratrie.",
        reductions_are: "Fratrie :",
        reduction: |rank, and_later, percent| {
            let later = if and_later { " et suivants" } else { "" };
            format!("{rank}{} enfant{later} −{percent} %", e(rank))
        },
        from_day: "À partir du",
        same_day: "Pour une autre date, retirez ce tarif et créez-en un nouveau.",
        about_new: "Rempli d'après le tarif en vigueur. Le nouveau le remplace en entier à partir de \
                    sa date ; ce qui est facturé avant ne change pas.",
        about_first: "Le premier tarif de ce service peut commencer à n'importe quelle date.",
        bracket: |number| format!("Tranche {number}"),
        bracket_from: |number| format!("Tranche {number}, à partir du quotient"),
        from_quotient: "à partir du quotient",
        add_bracket: "Ajouter une tranche",
        remove_bracket: "Retirer la dernière tranche",
        empty_row: "Montants en euros. Une ligne laissée vide n'a pas de tarif.",
        like_amount: "Écrivez un montant comme 5,40.",
        like_number: "Écrivez un nombre entier.",
        reductions: "Réductions pour la fratrie",
        reductions_hint: "Du plus âgé au plus jeune, parmi les enfants abonnés au service.",
        rank: |rank, is_last| {
            let later = if is_last { " et suivants" } else { "" };
            format!("{rank}{} enfant{later}", e(rank))
        },
        percent: |rank| format!("Réduction, {rank}, en pour cent"),
        add_rank: "Ajouter un rang",
        remove_rank: "Retirer le dernier rang",
        save: "Enregistrer le tarif",
        saved: |service, day| format!("{service} : nouveau tarif à partir du {day}"),
    },
    office: OfficeWords {
        title: "Régie",
        heading: "Qui facture",
        about: "Ces mentions figurent sur les prochaines factures. Celles qui sont émises ne changent \
                pas.",
        failed: "La régie n'a pas pu être chargée",
        first: "Rien ne peut être facturé tant que la régie n'est pas renseignée : une facture \
                publique doit dire qui facture, où payer et à qui s'adresser.",
        name: "Collectivité",
        desk: "Régie",
        address: "Adresse",
        address_hint: "Une ligne par ligne de l'adresse.",
        siret_hint: "14 chiffres.",
        email: "Adresse e-mail",
        phone: "Téléphone",
        payable_to: "Chèques à l'ordre de",
        treasury: "Comptable public",
        treasury_hint: "Qui recouvre les impayés, par exemple : Service de gestion comptable de \
                        Thonon-les-Bains.",
        court: "Tribunal",
        court_hint: "Pour les recours, par exemple : tribunal administratif de Grenoble.",
        save: "Enregistrer la régie",
        saved: "Régie enregistrée",
    },
};
