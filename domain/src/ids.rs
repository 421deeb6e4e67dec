//! Identifiers: one type per kind of thing, so that a child's can't be taken for a family's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// A UUID (version 7 when made by the server), written in lower case with hyphens.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A login: a guardian's, the coordinator's or an attendant's.
    AccountId,
    /// A child (*enfant*).
    ChildId,
    /// A dossier (*dossier*): guardians, third parties, children, documents, invoices.
    FamilyId,
    /// An invoice run (*émission des factures*).
    RunId,
    /// A guardian (*responsable légal*).
    GuardianId,
    /// A term (*trimestre*).
    TermId,
}
