//! Invoices and credit notes, as their families read them.

pub mod care;
pub mod get_credit_note;
pub mod get_credit_note_pdf;
pub mod get_invoice;
pub mod get_invoice_pdf;
pub mod list_invoices;

use domain::billing::{DocumentNumber, Series};
use domain::calendar::utc_to_paris;
use domain::problem::ProblemCode;
use domain::wire::DocumentView;
use serde::Deserialize;

use crate::billing;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::lists::Before;
use crate::store::billing::{documents, households};

/// Where a page of documents begins.
#[derive(Deserialize)]
pub(crate) struct PageQuery {
    before: Option<String>,
}

impl PageQuery {
    pub(crate) fn before(&self) -> Result<Option<Before>, Failure> {
        let before = self.before.as_deref();
        let before = before.map(|text| Before::parse(text).ok_or(ProblemCode::InvalidRequest));
        Ok(before.transpose()?)
    }
}

/// A document of one of the caller's dossiers.
async fn document(
    app: &App,
    parent: &Parent,
    number: &str,
    series: Series,
) -> Result<DocumentView, Failure> {
    let number = DocumentNumber::parse(number)
        .ok()
        .filter(|number| number.series() == series)
        .ok_or(ProblemCode::DocumentNotFound)?;
    let mut conn = app.db.read().await?;
    let document = documents::get(&mut conn, number).await?.ok_or(ProblemCode::DocumentNotFound)?;
    if !households::is_guardians(&mut conn, document.family, parent.guardian).await? {
        return Err(ProblemCode::DocumentNotFound.into());
    }
    let settings = app.settings.current(&mut conn).await?;
    let today = utc_to_paris(app.clock.now()).date();
    Ok(billing::view(&mut conn, document, &settings, today).await?)
}
