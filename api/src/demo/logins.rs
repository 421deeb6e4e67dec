//! The demo's logins, for people and for programs.

use std::collections::BTreeMap;

use domain::ids::{ChildId, FamilyId};
use domain::wire::Role;
use serde::Serialize;

use super::PASSWORD;
use crate::store::{Conn, StoreError, accounts, children};

/// One login.
#[derive(Clone, Debug, Serialize)]
pub struct Login {
    pub email: String,
    pub password: &'static str,
    pub role: Role,
    /// The dossier; the first of two for a parent of half-siblings, none for the guichet.
    pub family: Option<FamilyId>,
    pub children: Vec<ChildId>,
}

/// The logins of parents, one of each family first, then the families' other parents; the
/// guichet's come last.
pub async fn logins(conn: &mut Conn) -> Result<(Vec<Login>, Vec<Login>), StoreError> {
    let mut parents: Vec<Login> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for link in children::links(conn).await? {
        let index = *at.entry(link.email.clone()).or_insert_with(|| {
            parents.push(Login {
                email: link.email.clone(),
                password: PASSWORD,
                role: Role::Parent,
                family: Some(link.family),
                children: Vec::new(),
            });
            parents.len() - 1
        });
        parents[index].children.push(link.child);
    }
    let mut seen = std::collections::HashSet::new();
    let (mut first, others): (Vec<_>, Vec<_>) =
        parents.into_iter().partition(|login| seen.insert(login.family));
    first.extend(others);
    let staff = accounts::staff(conn)
        .await?
        .into_iter()
        .map(|account| Login {
            email: account.email,
            password: PASSWORD,
            role: account.role,
            family: None,
            children: Vec::new(),
        })
        .collect();
    Ok((first, staff))
}
