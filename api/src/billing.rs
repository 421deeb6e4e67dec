//! Papers: what a rule says is to be billed or credited, issued in one transaction.

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::{
    Balance, BillingError, Correction, DocumentNumber, Payer, Period, SetOff, due_on, set_off,
    set_off_anew, term_correction,
};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::ids::{FamilyId, TermId};
use domain::problem::ProblemCode;
use domain::settings::Settings;
use domain::wire::{
    BalanceView, CreditView, DocumentKind, DocumentSummary, DocumentView, DocumentsView,
    FamilyBillingView, LineView, OfferedActivity, PeriodView,
};

use crate::failure::Failure;
use crate::store::audit::{self, Actor, Entry};
use crate::store::billing::documents::{self, Document, NewDocument, Papers, Printed, What};
use crate::store::billing::households::{self, Billed};
use crate::store::billing::lists::{self, Before, Whose};
use crate::store::billing::{office, tariffs};
use crate::store::{Conn, StoreError, outbox, subscriptions};

/// What was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// With its total.
    pub invoice: Option<(DocumentNumber, Cents)>,
    pub credit_notes: Vec<(DocumentNumber, Cents)>,
}

/// Puts a family's term right: bills what its subscriptions have and no paper says, credits what
/// they have no more. The family's row is to be held. A commune without any tariff does not bill.
pub async fn settle_term(
    conn: &mut Conn,
    actor: &Actor,
    family: FamilyId,
    term: TermId,
) -> Result<Made, Failure> {
    // Before the tariffs are read: they don't change while something is billed by them.
    office::hold(conn).await?;
    let billed = households::billed(conn, family).await?;
    let documents = documents::of_period(conn, family, Period::Term(term)).await?;
    let today = utc_to_paris(actor.now).date();
    let papers = Papers::of(&documents);
    let correction = term_paper(conn, family, term, &billed, &papers, today).await?;
    issue(conn, actor, family, Period::Term(term), &documents, billed, correction).await
}

/// [`settle_term`], where the family's term has papers: before, nothing of it is billed, and what a
/// later run bills is what the family has then.
pub async fn settle_billed_term(
    conn: &mut Conn,
    actor: &Actor,
    family: FamilyId,
    term: TermId,
) -> Result<Made, Failure> {
    if documents::terms(conn, family).await?.contains(&term) {
        settle_term(conn, actor, family, term).await
    } else {
        Ok(Made::default())
    }
}

/// [`settle_term`], of the terms that have papers.
pub async fn settle_terms(conn: &mut Conn, actor: &Actor, family: FamilyId) -> Result<(), Failure> {
    for term in documents::terms(conn, family).await? {
        settle_term(conn, actor, family, term).await?;
    }
    Ok(())
}

/// What puts a family's term right.
pub async fn term_paper(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    billed: &Billed,
    papers: &Papers,
    today: NaiveDate,
) -> Result<Correction, Failure> {
    let tariffs = tariffs::all(conn).await?;
    let held = subscriptions::of_family(conn, family, term).await?;
    Ok(term_correction(&tariffs, &billed.household, term, &held, papers.issued(), today)?)
}

/// Issues what puts a period right: credit notes first, each set off against the invoice that it
/// corrects; then the invoice, against which is set off what is left to the family's credit.
pub async fn issue(
    conn: &mut Conn,
    actor: &Actor,
    family: FamilyId,
    period: Period,
    before: &[Document],
    billed: Billed,
    correction: Correction,
) -> Result<Made, Failure> {
    if correction.is_empty() {
        return Ok(Made::default());
    }
    let printed = Printed {
        office: office::hold(conn).await?.ok_or(ProblemCode::NoOffice)?,
        addressee: households::payer(conn, family).await?.ok_or(BillingError::NoPayer)?,
        children: billed.children,
    };
    let (at, on) = (actor.now, utc_to_paris(actor.now).date());
    let new = |what, lines| NewDocument { family, period, what, lines, printed: &printed, at, on };
    let mut made = Made::default();
    for (invoice, lines) in &correction.credit {
        let note = documents::issue(conn, new(What::CreditNote { of: *invoice }, lines)).await?;
        let corrected = before.iter().find(|document| document.number == *invoice);
        let open = corrected.map(Document::balance).transpose()?.map_or(Cents::ZERO, Balance::due);
        spend(conn, *invoice, set_off([(note.number, note.total)], open)).await?;
        told(conn, actor, &note).await?;
        made.credit_notes.push((note.number, note.total));
    }
    if !correction.bill.is_empty() {
        let what = What::Invoice {
            due_on: due_on(on),
            supplementary: before.iter().any(|one| matches!(one.what, What::Invoice { .. })),
        };
        let invoice = documents::issue(conn, new(what, &correction.bill)).await?;
        tariffs::billed(conn, &correction.bill).await?;
        let credits = documents::open_credits(conn, family).await?;
        spend(conn, invoice.number, set_off(credits, invoice.total)).await?;
        told(conn, actor, &invoice).await?;
        made.invoice = Some((invoice.number, invoice.total));
    }
    Ok(made)
}

/// Sets off what is left to a family's credit against what is due of one of its invoices, the
/// credit notes of that invoice before others. The family's row is to be held.
pub async fn set_off_credits(conn: &mut Conn, invoice: DocumentNumber) -> Result<(), Failure> {
    let found = documents::get(conn, invoice).await?.ok_or(ProblemCode::DocumentNotFound)?;
    let own = documents::credit_notes(conn, invoice).await?;
    let credits = documents::open_credits(conn, found.family).await?;
    let due = found.balance()?.due();
    Ok(spend(conn, invoice, set_off_anew(credits, &own, due)).await?)
}

async fn spend(
    conn: &mut Conn,
    invoice: DocumentNumber,
    set_offs: Vec<SetOff>,
) -> Result<(), StoreError> {
    for set_off in set_offs {
        documents::set_off(conn, invoice, set_off).await?;
    }
    Ok(())
}

/// Writes a document down in the audit trail, and has the family told by e-mail.
async fn told(conn: &mut Conn, actor: &Actor, document: &Document) -> Result<(), StoreError> {
    let number = document.number.to_string();
    let action = match document.what {
        What::Invoice { .. } => "invoice.issued",
        What::CreditNote { .. } => "credit_note.issued",
    };
    let entry = Entry { action, after: Some(&number), ..Entry::default() };
    audit::write(conn, actor, entry).await?;
    let payload = serde_json::json!({ "number": number }).to_string();
    outbox::add(conn, outbox::DOCUMENT_MAIL, &payload, actor.now).await
}

/// A document in a list.
pub fn summary(
    document: &Document,
    settings: &Settings,
    today: NaiveDate,
) -> Result<DocumentSummary, StoreError> {
    let (kind, supplementary) = match document.what {
        What::Invoice { supplementary, .. } => (DocumentKind::Invoice, supplementary),
        What::CreditNote { .. } => (DocumentKind::CreditNote, false),
    };
    let period = PeriodView::of(document.period, settings.calendar.terms())
        .ok_or_else(|| StoreError::corrupt("document", "term_id", document.number))?;
    let (balance, credit) = match document.what {
        What::Invoice { due_on, .. } => {
            let balance = document.balance()?;
            let view = BalanceView {
                state: balance.state(),
                paid: balance.paid(),
                credited: balance.credited(),
                due: balance.due(),
                due_on,
                late: domain::billing::is_late(due_on, balance, today),
            };
            (Some(view), None)
        }
        What::CreditNote { of } => (None, Some(CreditView { invoice: of, left: document.left()? })),
    };
    Ok(DocumentSummary {
        number: document.number,
        kind,
        family_id: document.family,
        payer: document.printed.addressee.name.clone(),
        period,
        supplementary,
        issued_on: document.issued_on,
        total: document.total,
        balance,
        credit,
    })
}

/// A document with all that is printed.
pub async fn view(
    conn: &mut Conn,
    document: Document,
    settings: &Settings,
    today: NaiveDate,
) -> Result<DocumentView, StoreError> {
    let summary = summary(&document, settings, today)?;
    let set_offs = documents::set_offs(conn, document.number).await?;
    let lines = document
        .lines
        .into_iter()
        .map(|line| Ok(LineView { quantity: line.quantity(), amount: line.amount()?, line }));
    let lines: Vec<_> = lines
        .collect::<Result<_, BillingError>>()
        .map_err(|why| StoreError::corrupt("document", "lines", why))?;
    let Printed { office, addressee, children } = document.printed;
    let named = children.into_iter().filter(|child| lines.iter().any(|l| l.line.child == child.id));
    let children = named.collect();
    Ok(DocumentView { summary, office, addressee, children, lines, set_offs })
}

/// Documents on a page.
const PAGE: usize = 50;

/// A page of documents, the latest first: the first, or the one before a document.
pub async fn list(
    conn: &mut Conn,
    settings: &Settings,
    whose: Whose,
    before: Option<Before>,
    today: NaiveDate,
) -> Result<DocumentsView, StoreError> {
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = lists::page(conn, whose, before, most).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok(DocumentsView {
        today,
        due: lists::due(conn, whose).await?,
        next: found.last().filter(|_| more).map(Before::cursor),
        documents: found
            .iter()
            .map(|document| summary(document, settings, today))
            .collect::<Result<_, _>>()?,
    })
}

/// How a family is billed, what it is billed for, and its papers.
pub async fn family(
    conn: &mut Conn,
    settings: &Settings,
    family: FamilyId,
    now: DateTime<Utc>,
) -> Result<FamilyBillingView, Failure> {
    let today = utc_to_paris(now).date();
    if !households::exists(conn, family).await? {
        return Err(ProblemCode::FamilyNotFound.into());
    }
    let billed = households::billed(conn, family).await?;
    let payer = households::payer(conn, family).await?;
    let payer = payer.unwrap_or_else(|| Payer { name: billed.names(), address: Vec::new() });
    let Billed { household, children, .. } = billed;
    let terms = settings.calendar.terms().iter().filter(|term| today <= term.last_day);
    let papers = list(conn, settings, Whose::Family(family), None, today).await?;
    let credits = documents::open_credits(conn, family).await?;
    Ok(FamilyBillingView {
        family_id: family,
        payer,
        children,
        household,
        terms: terms.cloned().collect(),
        subscriptions: subscriptions::ahead(conn, family, today).await?,
        activities: settings.activities.iter().map(|one| OfferedActivity::of(one, None)).collect(),
        due: papers.due,
        credit: Cents::checked_sum(credits.iter().map(|(_, left)| *left))
            .ok_or(BillingError::Overflow)?,
        documents: papers.documents,
        next: papers.next,
    })
}
