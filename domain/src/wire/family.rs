//! A guardian's children.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{ChildId, FamilyId};

/// A child as its guardian sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildView {
    pub id: ChildId,
    /// The dossier: half-siblings have two.
    pub family_id: FamilyId,
    pub first_name: String,
    pub last_name: String,
    pub birth_date: Option<NaiveDate>,
    /// `CE2`.
    pub level: String,
    /// `CE2 Mme Favre`.
    pub class_name: String,
}

/// The children linked to the caller, eldest first, in however many dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyView {
    pub children: Vec<ChildView>,
}
