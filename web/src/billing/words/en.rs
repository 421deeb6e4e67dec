//! English.

use super::BillingWords;
use crate::components::FileWords;

pub(super) const WORDS: BillingWords = BillingWords {
    failed: "Your invoices could not be loaded",
    document_failed: "This document could not be loaded",
    empty: "No invoice yet",
    empty_text: "The first one comes when you confirm subscriptions to the bus or to TAP, or at \
                 the end of the first month of canteen.",
    to_pay: "To be paid",
    sum: |count, amount| {
        format!("{count} {} · {amount}", if count == 1 { "invoice" } else { "invoices" })
    },
    nothing_due: "Nothing to pay at the moment.",
    pay_until: |day| format!("To be paid by {day}"),
    was_due: |day| format!("Was due by {day}"),
    due_elsewhere: |amount| format!("{amount} more on older invoices, further down."),
    see: "View",
    see_document: |name, number| format!("View: {name} {number}"),
    cheque_hint: "By cheque handed in at the guichet périscolaire, for the exact amount. Each \
                  invoice says how.",
    history: "History",
    of_year: |year| format!("Invoices and credit notes of {year}"),
    document: "Invoice",
    amount: "Amount",
    state: "State",
    pdf: "PDF",
    pdf_of: |name, number| format!("Download as PDF: {name} {number}"),
    file: FileWords {
        coming: "The PDF is being made…", failed: "The PDF could not be downloaded"
    },
    more: "Show more",
    loading_more: "Loading…",
    before: |day| format!("by {day}"),
    since: |day| format!("since {day}"),
    of_which_due: |amount| format!("{amount} left"),
    left: |amount| format!("{amount} in your favour"),
    used_up: "Used up",
    back: "My invoices",
    print: "Print",
    details: |number| format!("Details of {number}"),
    cheque: "Pay by cheque",
    order: "Payable to",
    exactly: |amount| format!("exactly {amount}"),
    on_the_back: "On the back",
    hand_in: "Hand it in",
    at_the_guichet: "at the guichet périscolaire",
    settled: "Nothing to pay",
    settled_text: "This invoice is settled. There is nothing for you to do.",
    in_your_favour: "In your favour",
    reduced_to: |price| format!("so {price}"),
    care: |year| format!("Tax certificate {year}"),
    care_text: |year| {
        format!(
            "What you paid in {year} for the care of your children under six: TAP, without meals \
             and bus. For your tax return."
        )
    },
    care_pdf: "Download the certificate",
    care_of: |year, child| format!("Download the certificate of {year}: {child}"),
};
