//! English.

use domain::activity::ServiceKind;

use super::{
    AdviceWords, BillingWords, ChequeWords, FamilyWords, HeldWords, JournalWords, OfficeWords,
    RunWords, RunsWords, TariffWords, UnpaidWords,
};
use crate::components::FileWords;

fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn th(rank: usize) -> &'static str {
    match rank {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    }
}

pub(super) const WORDS: BillingWords = BillingWords {
    billing: "Billing",
    of_family: "The family's billing",
    more: "Show more",
    pdf_of: |document| format!("Download as PDF: {document}"),
    file: FileWords {
        coming: "The PDF is being made…", failed: "The PDF could not be downloaded"
    },
    advice: AdviceWords {
        no_office: "The revenue office has not been entered, and nothing can be billed without it.",
        to_office: "Enter the revenue office",
        no_tariff: "No tariff is set for these dates: nothing was saved.",
        to_tariffs: "Complete the tariffs",
    },
    runs: RunsWords {
        title: "Invoicing",
        failed: "Billing could not be loaded",
        start: "Bill a month or a term",
        about: "The dry run works out everything and issues nothing: you see the amounts and what \
                deserves a look, then you decide.",
        months: "Canteen, by the month",
        terms: "Bus and TAP, by the term",
        goes_on: |month| format!("{month} (not over)"),
        dry: "Dry run",
        latest: "Latest runs",
        none: "No runs yet. Choose a period, then make a dry run.",
        period: "Period",
        started: "Started on",
        invoices: "Invoices",
        sum: "Amount",
        running: "under way",
        was_dry: "dry run",
        was_real: "invoices issued",
    },
    run: RunWords {
        title: "Invoice run",
        failed: "This run could not be loaded",
        dry: "Dry run: no invoice is issued.",
        real: "Issue of invoices",
        goes_on: "Run under way",
        progress: |done, families| format!("{done} of {families} families"),
        leave: "You can leave this page: the run goes on, and you will find it among the latest runs.",
        nothing: "Nothing to bill: all that is due for this period has been billed.",
        would: "This is what would be billed.",
        made: "The invoices are issued.",
        families_told: "Families are told by e-mail.",
        families: "Families",
        invoices: "Invoices",
        sum: "Amount billed",
        credit_notes: |count| format!("{count} credit note{}", s(count)),
        failures: |count| {
            if count == 1 {
                "One family can't be billed: the reason is below. Put it right, then run it \
                 again."
                    .to_owned()
            } else {
                format!(
                    "{count} families can't be billed: the reason is below. Put it right, then run \
                     it again."
                )
            }
        },
        issue: "Issue the invoices",
        issue_count: |count| {
            if count == 0 {
                "Issue the credit notes".to_owned()
            } else {
                format!("Issue {count} invoice{}", s(count))
            }
        },
        not_over: "This month is not over: its invoices are issued from its last day on.",
        totals: |invoices, sum| format!("{invoices} invoice{} of {sum} in all.", s(invoices)),
        totals_with_notes: |invoices, sum, notes, credited| {
            format!(
                "{invoices} invoice{} of {sum} in all, {notes} credit note{} of {credited}.",
                s(invoices),
                s(notes)
            )
        },
        for_good: "An issued invoice never changes: a mistake is put right by a credit note.",
        findings: "To look at",
        no_findings: "Nothing to report.",
        findings_failed: "The findings could not be loaded",
        back: "Back to invoicing",
    },
    unpaid: UnpaidWords {
        title: "Unpaid",
        failed: "The unpaid invoices could not be loaded",
        none: "No invoice to be paid. All is settled.",
        count: |count| format!("{count} invoice{} to be paid", s(count)),
        as_of: |day| format!("On {day}, the oldest first"),
        print: "Print",
        family: "Family",
        due_on: "Due by",
    },
    family: FamilyWords {
        search_title: "Families",
        search: "Find a family",
        title: "Family",
        failed: "This family could not be loaded",
        payer: "Billing address",
        children: "Children",
        sums: "The family's account",
        due: "Left to pay",
        credit: "In the family's favour",
        documents: "Invoices and credit notes",
        no_documents: "No invoices yet.",
        document: "Document",
        tools: "Actions",
        state: "State",
        left_by: |amount, day| format!("{amount} to be paid by {day}"),
        credit_left: |amount| format!("{amount} left"),
        corrects: |invoice| format!("Corrects {invoice}"),
        quotients: "Family quotient",
        no_quotient: "No quotient: the family is billed in the highest bracket.",
        add_quotient: "Enter a quotient",
        quotient_value: "Quotient",
        whole_euros: "In whole euros.",
        source: "Source",
        first_day: "Valid from",
        last_day: "Until",
        from_until: |from, until| format!("{from} to {until}"),
        save_quotient: "Save the quotient",
        quotient_set: |value| format!("Quotient {value} saved"),
        remove: "Take back",
        remove_title: "Take this quotient back?",
        remove_text: "What was billed by this quotient is put right. For a term, a credit note and a \
                      supplementary invoice are issued at once. A canteen month is corrected when it \
                      is billed again.",
        quotient_removed: |value| format!("Quotient {value} taken back"),
        reason: "Reason",
        settles: "Where the price of a term that has been billed changes, a credit note and a \
                  supplementary invoice are issued at once. A month's canteen is put right when it is \
                  billed again.",
        residence: "Home",
        always_inside: "In the commune.",
        inside: "In the commune",
        outside: "Outside of the commune",
        since: |day| format!("since {day}"),
        change_residence: "Change the home",
        from_day: "From",
        save_residence: "Save the home",
    },
    held: HeldWords {
        title: "Subscriptions",
        none: "No subscription for the terms under way or to come.",
        weekly: "every week",
        occasional: "now and then",
        package: |package| format!("package {package}"),
        until: |day| format!("until {day}"),
        end: "End",
        to_package: |package| format!("Change to {package}"),
        change_package: "Change the package",
        end_title: "End a subscription",
        what: "What ends",
        whole_tap: "Both activities",
        last_day: "Last day",
        last_day_hint: "What is booked after that day is given back.",
        credits: |service| match service {
            ServiceKind::Canteen => "The canteen is still billed by the month, up to that day.",
            ServiceKind::Bus => "The term's package is credited in full by a credit note.",
            ServiceKind::Tap => {
                "The term is credited by a credit note. The activity that is left, if there is one, \
                 is billed again."
            }
        },
        reason_hint: "The family will see it in its history.",
        signed: "It is noted with your name.",
        package_title: |package| format!("Change to package {package}"),
        package_text: "For the whole term: the old package is credited by a credit note, the new one \
                       is billed.",
        ended: |what, day| match day {
            Some(day) => format!("{what}: ended, last day {day}."),
            None => format!("{what}: cancelled, before its first day."),
        },
        package_set: |what, package| format!("{what}: package {package}."),
        freed: |days| match days {
            0 => "Nothing booked to give back.".to_owned(),
            days => format!("{days} booked day{} given back.", s(days)),
        },
        issued: |name, number, total| format!("{name} {number}: {total}."),
        nothing_issued: "Nothing to credit or to bill.",
        if_confirmed: "If you confirm:",
        would_credit: |sum| format!("Credit note: {sum}."),
        would_bill: |sum| format!("Supplementary invoice: {sum}."),
        confirm: "Confirm",
    },
    cheque: ChequeWords {
        word: "Cheque",
        of: |invoice| format!("Enter a cheque: {invoice}"),
        enter: "Enter a cheque",
        amount: "Amount of the cheque",
        hint: "As it is written on the cheque.",
        not_exact: |due| {
            format!(
                "The cheque must be for exactly {due}. Correct what was typed, or give the cheque \
                 back to the family."
            )
        },
        save: "Save the cheque",
        entered: |amount, entry| format!("Cheque of {amount} saved: entry {entry}"),
    },
    journal: JournalWords {
        title: "Journal",
        failed: "The journal could not be loaded",
        none: "Nothing received yet. A cheque is entered among the unpaid invoices, or on the \
               family's page.",
        heading: "The revenue office's journal",
        about: "The latest receipts first. No entry is ever deleted: a mistake is put right by a \
                contra entry.",
        entry: "Entry",
        received_on: "Received on",
        by: "Entered by",
        takes_back: |receipt, reason| format!("Takes back {receipt}: {reason}"),
        taken_back: |entry| format!("Taken back by {entry}"),
        correct: "Put right",
        correct_of: |receipt| format!("Put entry {receipt} right"),
        correct_title: "Put a mistake right",
        contra: |back, invoice| {
            format!(
                "A contra entry of {back} is made under a new number. Invoice {invoice} is to be \
                 paid again."
            )
        },
        reason_hint: "It stands in the journal.",
        enter_contra: "Make the contra entry",
        made: |receipt, contra| format!("Entry {receipt} taken back by {contra}"),
    },
    tariffs: TariffWords {
        title: "Tariffs",
        failed: "The tariffs could not be loaded",
        none: "No tariff: this service can't be billed.",
        new: "New tariff",
        change: "Change a tariff",
        since: |day| format!("In force since {day}"),
        from: |day| format!("From {day}"),
        past: "Earlier tariffs",
        edit: "Change",
        remove: "Take back",
        remove_title: "Take this tariff back?",
        remove_text: "An earlier tariff, if there is one, then goes on.",
        removed: "Tariff taken back",
        not_to_change: "This tariff does not exist, or something was billed by it and it is no longer changed.",
        prices: "Prices by bracket",
        item: "Item",
        outside: "Outside of the commune",
        outside_hint: "optional",
        as_others: "as others",
        no_reductions: "No reductions for siblings.",
        reductions_are: "Siblings:",
        reduction: |rank, and_later, percent| {
            let later = if and_later { " and later" } else { "" };
            format!("{rank}{}{later} child −{percent}%", th(rank))
        },
        from_day: "From",
        same_day: "For another day, take this tariff back and make a new one.",
        about_new: "Filled in from the tariff in force. The new one takes its place as a whole from \
                    its day on; what is billed before does not change.",
        about_first: "The first tariff of this service may begin on any day.",
        bracket: |number| format!("Bracket {number}"),
        bracket_from: |number| format!("Bracket {number}, from quotient"),
        from_quotient: "from quotient",
        add_bracket: "Add a bracket",
        remove_bracket: "Remove the last bracket",
        empty_row: "Amounts in euros. A row that is left empty has no tariff.",
        like_amount: "Write an amount like 5.40.",
        like_number: "Write a whole number.",
        reductions: "Reductions for siblings",
        reductions_hint: "From the eldest to the youngest of those subscribed to the service.",
        rank: |rank, is_last| {
            let later = if is_last { " and later" } else { "" };
            format!("{rank}{}{later} child", th(rank))
        },
        percent: |rank| format!("Reduction, {rank}, in percent"),
        add_rank: "Add a rank",
        remove_rank: "Remove the last rank",
        save: "Save the tariff",
        saved: |service, day| format!("{service}: new tariff from {day}"),
    },
    office: OfficeWords {
        title: "Revenue office",
        heading: "Who bills",
        about: "The next invoices say so. Those that are issued do not change.",
        failed: "The revenue office could not be loaded",
        first: "Nothing can be billed before the revenue office is entered: a public invoice has to \
                say who bills, where to pay and whom to ask.",
        name: "Authority",
        desk: "Cash desk",
        address: "Address",
        address_hint: "A line for each line of the address.",
        siret_hint: "14 digits.",
        email: "E-mail address",
        phone: "Phone",
        payable_to: "Cheques payable to",
        treasury: "Public accountant",
        treasury_hint: "Who collects what is unpaid, such as: Service de gestion comptable de \
                        Thonon-les-Bains.",
        court: "Court",
        court_hint: "For appeals, such as: tribunal administratif de Grenoble.",
        save: "Save the revenue office",
        saved: "Revenue office saved",
    },
};
