//! The addresses of *Facturation*.

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::ids::{FamilyId, RunId};

pub(in crate::guichet) const BILLING: &str = "/guichet/facturation";
pub(super) const UNPAID: &str = "/guichet/facturation/impayes";
pub(super) const FAMILIES: &str = "/guichet/facturation/familles";
pub(super) const JOURNAL: &str = "/guichet/facturation/journal";
pub(super) const TARIFFS: &str = "/guichet/facturation/tarifs";
pub(super) const OFFICE: &str = "/guichet/facturation/regie";
const RUNS: &str = "/guichet/facturation/emissions";
const NEW: &str = "nouveau";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::guichet) enum Room {
    Runs,
    Run(RunId),
    Unpaid,
    Journal,
    /// Whose family is looked for.
    Families,
    Family(FamilyId),
    Tariffs,
    /// Of a service: a new one, or the one to come from a day on.
    Tariff(ServiceKind, Option<NaiveDate>),
    Office,
}

pub(super) fn run(run: RunId) -> String {
    format!("{RUNS}/{run}")
}

/// How a family is billed.
pub(in crate::guichet) fn family(family: FamilyId) -> String {
    format!("{FAMILIES}/{family}")
}

pub(super) fn tariff(service: ServiceKind, from: Option<NaiveDate>) -> String {
    let which = from.map_or_else(|| NEW.to_owned(), |from| from.to_string());
    format!("{TARIFFS}/{}/{which}", service.as_str())
}

impl Room {
    /// The room of an address without a slash at its end.
    pub(in crate::guichet) fn of(path: &str) -> Option<Self> {
        match path {
            BILLING => return Some(Self::Runs),
            UNPAID => return Some(Self::Unpaid),
            JOURNAL => return Some(Self::Journal),
            FAMILIES => return Some(Self::Families),
            TARIFFS => return Some(Self::Tariffs),
            OFFICE => return Some(Self::Office),
            _ => {}
        }
        let below = |place: &str| path.strip_prefix(place)?.strip_prefix('/');
        if let Some(id) = below(RUNS) {
            return id.parse().ok().map(Self::Run);
        }
        if let Some(id) = below(FAMILIES) {
            return id.parse().ok().map(Self::Family);
        }
        let (service, which) = below(TARIFFS)?.split_once('/')?;
        let service = ServiceKind::parse(service)?;
        if which == NEW {
            return Some(Self::Tariff(service, None));
        }
        domain::week::parse_date(which).map(|from| Self::Tariff(service, Some(from)))
    }

    /// The entry of the menu under which it stands.
    pub(super) fn section(self) -> &'static str {
        match self {
            Self::Runs | Self::Run(_) => BILLING,
            Self::Unpaid => UNPAID,
            Self::Journal => JOURNAL,
            Self::Families | Self::Family(_) => FAMILIES,
            Self::Tariffs | Self::Tariff(..) => TARIFFS,
            Self::Office => OFFICE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_back() {
        let id = uuid::Uuid::from_u128(7);
        let day: NaiveDate = "2018-01-01".parse().unwrap();
        for (path, room) in [
            (BILLING.to_owned(), Room::Runs),
            (run(RunId(id)), Room::Run(RunId(id))),
            (UNPAID.to_owned(), Room::Unpaid),
            (JOURNAL.to_owned(), Room::Journal),
            (FAMILIES.to_owned(), Room::Families),
            (family(FamilyId(id)), Room::Family(FamilyId(id))),
            (TARIFFS.to_owned(), Room::Tariffs),
            (tariff(ServiceKind::Bus, None), Room::Tariff(ServiceKind::Bus, None)),
            (tariff(ServiceKind::Tap, Some(day)), Room::Tariff(ServiceKind::Tap, Some(day))),
            (OFFICE.to_owned(), Room::Office),
        ] {
            assert_eq!(Room::of(&path), Some(room), "{path}");
            assert!(path.starts_with(room.section()) || room == Room::Run(RunId(id)), "{path}");
        }
        for path in [
            "/guichet/facturation/familles/7",
            "/guichet/facturation/emissions",
            "/guichet/facturation/tarifs/garderie/nouveau",
            "/guichet/facturation/tarifs/bus/2018-1-1",
            "/guichet/semaine",
        ] {
            assert_eq!(Room::of(path), None, "{path}");
        }
    }
}
