//! What e-mails about invoices and credit notes say beside the documents' own words.

/// Where nothing else is said, amounts, days and documents are given as they are written out.
pub(in crate::mail) struct Papers {
    /// A document with its number, what it is about, and what is left to do.
    pub(in crate::mail) subject: fn(&str, &str, &str) -> String,
    /// An amount and the last day.
    pub(in crate::mail) to_pay: fn(&str, &str) -> String,
    pub(in crate::mail) settled: &'static str,
    /// A document with its number, what it is about, and its days.
    pub(in crate::mail) attached: fn(&str, &str, &str) -> String,
    pub(in crate::mail) nothing_to_pay: &'static str,
    /// An amount and an invoice's number.
    pub(in crate::mail) takes_back: fn(&str, &str) -> String,
    pub(in crate::mail) open_invoice: &'static str,
    pub(in crate::mail) open_credit_note: &'static str,
    /// The office's e-mail address and telephone.
    pub(in crate::mail) question: fn(&str, &str) -> String,
    pub(in crate::mail) before: Due,
    pub(in crate::mail) after: Due,
    /// Who collects what is not paid.
    pub(in crate::mail) next: fn(&str) -> String,
    /// The office's e-mail address and telephone.
    pub(in crate::mail) hardship: fn(&str, &str) -> String,
    pub(in crate::mail) crossed: &'static str,
}

/// Something is due of an invoice.
pub(in crate::mail) struct Due {
    /// An invoice's number, an amount and the last day.
    pub(in crate::mail) subject: fn(&str, &str, &str) -> String,
    /// The same, and what it is about.
    pub(in crate::mail) text: fn(&str, &str, &str, &str) -> String,
}

pub(super) const FRENCH: Papers = Papers {
    subject: |paper, about, rest| format!("{paper} : {about}, {rest}"),
    to_pay: |due, day| format!("{due} à payer jusqu'au {day}"),
    settled: "rien à payer",
    attached: |paper, about, days| {
        format!("{paper} : {about} ({days}). Vous trouverez le document en pièce jointe.")
    },
    nothing_to_pay: "Cette facture est entièrement réglée : vous n'avez rien à payer.",
    takes_back: |amount, invoice| format!("Cet avoir reprend {amount} sur la facture {invoice}."),
    open_invoice: "Voir la facture",
    open_credit_note: "Voir l'avoir",
    question: |email, phone| {
        format!("Une question, un désaccord ? Le guichet vous répond : {email}, {phone}.")
    },
    before: Due {
        subject: |invoice, due, day| {
            format!("Rappel : {due} à payer jusqu'au {day} (facture {invoice})")
        },
        text: |invoice, due, day, about| {
            format!(
                "Petit rappel, si ce n'est pas déjà fait : il reste {due} à payer sur la facture \
                 {invoice} ({about}), jusqu'au {day} inclus."
            )
        },
    },
    after: Due {
        subject: |invoice, due, day| {
            format!("Facture {invoice} : {due} en attente de paiement depuis le {day}")
        },
        text: |invoice, due, day, about| {
            format!(
                "Sauf erreur de notre part, il reste {due} à payer sur la facture {invoice} \
                 ({about}), dont le délai de paiement s'est terminé le {day}. Nous vous remercions de \
                 la régler dès que possible."
            )
        },
    },
    next: |treasury| {
        format!(
            "Sans paiement de votre part, la facture sera confiée pour recouvrement au comptable \
             public : {treasury}."
        )
    },
    hardship: |email, phone| {
        format!(
            "Vous rencontrez une difficulté ? Parlez-en dès maintenant au guichet : {email}, {phone}."
        )
    },
    crossed: "Si votre paiement et ce message se sont croisés, merci de ne pas en tenir compte.",
};

pub(super) const ENGLISH: Papers = Papers {
    subject: |paper, about, rest| format!("{paper}: {about}, {rest}"),
    to_pay: |due, day| format!("{due} to be paid by {day}"),
    settled: "nothing to pay",
    attached: |paper, about, days| format!("{paper}: {about} ({days}). The document is attached."),
    nothing_to_pay: "This invoice is settled: there is nothing to pay.",
    takes_back: |amount, invoice| {
        format!("This credit note takes back {amount} of invoice {invoice}.")
    },
    open_invoice: "Open the invoice",
    open_credit_note: "Open the credit note",
    question: |email, phone| {
        format!("A question, a disagreement? The guichet answers: {email}, {phone}.")
    },
    before: Due {
        subject: |invoice, due, day| {
            format!("Reminder: {due} to be paid by {day} (invoice {invoice})")
        },
        text: |invoice, due, day, about| {
            format!(
                "A short reminder, in case you have not paid yet: {due} of invoice {invoice} \
                 ({about}) is left to pay, by {day} at the latest."
            )
        },
    },
    after: Due {
        subject: |invoice, due, day| format!("Invoice {invoice}: {due} was to be paid by {day}"),
        text: |invoice, due, day, about| {
            format!(
                "Unless we are mistaken, {due} of invoice {invoice} ({about}) is left to pay; the \
                 last day to pay was {day}. We would be grateful if you paid it as soon as you can."
            )
        },
    },
    next: |treasury| {
        format!(
            "If it is not paid, the invoice will be handed over for collection to the public \
             accountant: {treasury}."
        )
    },
    hardship: |email, phone| {
        format!("Is it difficult for you? Talk to the guichet now: {email}, {phone}.")
    },
    crossed: "If your payment and this message have crossed, please disregard it.",
};
