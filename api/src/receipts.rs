//! Money received for invoices, and what it paid for.

use domain::billing::{
    BillingError, ChequeRefused, DocumentNumber, Series, Settled, care_paid, take_cheque,
};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::guichet::Reason;
use domain::ids::{AccountId, ChildId, FamilyId};
use domain::problem::ProblemCode;
use domain::wire::ReceiptView;
use std::collections::BTreeMap;

use crate::billing;
use crate::failure::Failure;
use crate::store::audit::{self, Actor, Entry};
use crate::store::billing::documents::{self, Document, Papers, What};
use crate::store::billing::households;
use crate::store::billing::receipts::{self, NewReceipt};
use crate::store::{Conn, StoreError};

/// Enters a cheque for an invoice that is held: for what is due, to the cent.
pub async fn enter_cheque(
    conn: &mut Conn,
    actor: &Actor,
    account: AccountId,
    invoice: &Document,
    amount: Cents,
) -> Result<ReceiptView, Failure> {
    take_cheque(invoice.balance()?, amount).map_err(|refused| match refused {
        ChequeRefused::NothingDue => Failure::from(ProblemCode::NothingDue),
        ChequeRefused::Exactly(_) => ProblemCode::OtherAmount.into(),
    })?;
    enter(conn, actor, account, invoice.number, amount, None).await
}

/// Takes a receipt back that was a mistake, by an entry of its own.
pub async fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    account: AccountId,
    number: DocumentNumber,
    reason: &Reason,
) -> Result<ReceiptView, Failure> {
    let found = receipts::get(conn, number).await?.ok_or(ProblemCode::ReceiptNotFound)?;
    hold(conn, found.view.invoice).await?;
    // Again, now that nobody else takes it back.
    let found = receipts::get(conn, number).await?.ok_or(ProblemCode::ReceiptNotFound)?;
    if found.taken_back || found.view.contra.is_some() {
        return Err(ProblemCode::TakenBack.into());
    }
    let (amount, invoice) = (Cents(-found.view.amount.0), found.view.invoice);
    let contra = Some((number, reason.as_str()));
    let made = enter(conn, actor, account, invoice, amount, contra).await?;
    // It is to be paid again: what the family has left to its credit pays first.
    billing::set_off_credits(conn, invoice).await?;
    Ok(made)
}

/// An invoice, with its family's row held.
pub async fn hold(conn: &mut Conn, invoice: DocumentNumber) -> Result<Document, Failure> {
    let found = documents::get(conn, invoice).await?.ok_or(ProblemCode::DocumentNotFound)?;
    if invoice.series() != Series::Invoice {
        return Err(ProblemCode::DocumentNotFound.into());
    }
    households::hold(conn, found.family).await?;
    Ok(documents::get(conn, invoice).await?.ok_or(ProblemCode::DocumentNotFound)?)
}

async fn enter(
    conn: &mut Conn,
    actor: &Actor,
    account: AccountId,
    invoice: DocumentNumber,
    amount: Cents,
    contra: Option<(DocumentNumber, &str)>,
) -> Result<ReceiptView, Failure> {
    let (at, on) = (actor.now, utc_to_paris(actor.now).date());
    let new = NewReceipt { invoice, amount, at, on, account, contra };
    let number = receipts::add(conn, new).await?;
    let (before, after) = (invoice.to_string(), number.to_string());
    let action = if contra.is_some() { "receipt.taken_back" } else { "receipt.entered" };
    let entry = Entry { action, before: Some(&before), after: Some(&after), ..Entry::default() };
    audit::write(conn, actor, entry).await?;
    let made = receipts::get(conn, number).await?;
    Ok(made.ok_or_else(|| StoreError::corrupt("receipt", "number", number))?.view)
}

/// What was paid in a year for a young child's care: in its dossier, and in those of before that the
/// same person paid for.
pub async fn care(
    conn: &mut Conn,
    child: ChildId,
    family: FamilyId,
    year: i32,
) -> Result<Option<Cents>, Failure> {
    let mut sums = Vec::new();
    for family in households::of_payer(conn, child, family).await? {
        sums.extend(care_in(conn, family, year).await?.remove(&child));
    }
    if sums.is_empty() {
        return Ok(None);
    }
    Ok(Some(Cents::checked_sum(sums).ok_or(BillingError::Overflow)?))
}

async fn care_in(
    conn: &mut Conn,
    family: FamilyId,
    year: i32,
) -> Result<BTreeMap<ChildId, Cents>, Failure> {
    let documents = documents::of_family(conn, family).await?;
    let Papers { invoices, credit_notes } = Papers::of(&documents);
    let days = receipts::settled(conn, family).await?;
    let mut settled: Vec<Settled<'_>> = Vec::new();
    for document in documents.iter().filter(|one| matches!(one.what, What::Invoice { .. })) {
        // By cheque or by a credit note, which is money that was paid for something else.
        let is_paid = document.balance()?.due() == Cents::ZERO;
        let invoice = invoices.iter().find(|invoice| invoice.number == document.number);
        if let (true, Some(invoice), Some(day)) = (is_paid, invoice, days.get(&document.number)) {
            settled.push(Settled { invoice, settled_on: *day });
        }
    }
    let children = households::billed(conn, family).await?.household.children;
    Ok(care_paid(year, &children, &settled, &credit_notes)?)
}
