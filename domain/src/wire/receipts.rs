//! The régie's journal, and what a family has paid for care.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::billing::DocumentNumber;
use crate::cents::Cents;
use crate::ids::{ChildId, FamilyId};

/// A cheque that was handed in at the guichet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChequeRequest {
    /// As on the cheque: no other than what is due is taken.
    pub amount: Cents,
}

/// Why a receipt was a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContraRequest {
    pub reason: String,
}

/// A page of the journal, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptsView {
    pub receipts: Vec<ReceiptView>,
    /// The cursor of the next page: `?before=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<DocumentNumber>,
}

/// Money received, or a contra entry that takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptView {
    pub number: DocumentNumber,
    pub invoice: DocumentNumber,
    pub family_id: FamilyId,
    pub payer: String,
    pub received_on: NaiveDate,
    /// Negative for a contra entry.
    pub amount: Cents,
    /// Who entered it.
    pub by: String,
    /// Of a contra entry: the receipt that it takes back, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contra: Option<DocumentNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was paid in a calendar year for the care of the caller's children who were under six.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CarePaidView {
    pub year: i32,
    pub children: Vec<CarePaid>,
}

/// What was paid for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CarePaid {
    pub child_id: ChildId,
    pub child: String,
    pub paid: Cents,
}
