//! Who bills and who is billed, as an invoice names them.

use serde::{Deserialize, Serialize};

/// The commune's cash desk (*régie*) with what a public invoice must say of it: *Code général des
/// collectivités territoriales*, art. D1617-23, and *Livre des procédures fiscales*, art. L281, for
/// the ways of appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevenueOffice {
    /// `Commune de Neuvecelle`.
    pub name: String,
    /// `Régie périscolaire`.
    pub desk: String,
    /// Street, then postcode and town.
    pub address: Vec<String>,
    /// 14 digits.
    pub siret: String,
    pub email: String,
    pub phone: String,
    /// To whose order cheques are made out: `Trésor Public`.
    pub payable_to: String,
    /// Who collects what is not paid in time: `Service de gestion comptable de Thonon-les-Bains`.
    pub treasury: String,
    /// To whom the family can appeal: `tribunal administratif de Grenoble`.
    pub court: String,
}

/// The adult to whom a family's invoices are made out: its billing address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payer {
    /// `Mme Camille Delorme`.
    pub name: String,
    /// Street, then postcode and town; lines that are not known are left out.
    pub address: Vec<String>,
}
