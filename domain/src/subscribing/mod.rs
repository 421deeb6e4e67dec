//! A term's subscription form: what a family chooses for its children, before it is confirmed
//! (manual, 4; product rule, “Subscriptions”).
//!
//! Confirming is one act for all children: no fault, and the whole form becomes subscriptions; one
//! fault, and nothing does.

mod check;
mod days;
mod fault;
mod window;

use serde::{Deserialize, Serialize};

use crate::activity::{Activity, ActivitySlug, ServiceKind};
use crate::bus::BusPackage;
use crate::ids::{ChildId, TermId};
use crate::subscription::{Choice, Rhythm, Subscription};
use crate::type_week::TypeWeek;

pub use check::{OverPackage, faults, over_package};
pub use days::{added_days, days_to_book};
pub use fault::{Fault, Field, Mistake, Place};
pub use window::{WindowClosed, WindowFault, may_subscribe, open_terms, window_fault};

/// What is chosen for one child, as far as the form has been filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choices {
    #[serde(rename = "child_id")]
    pub child: ChildId,
    /// Null: no canteen.
    #[serde(default)]
    pub canteen: Option<CanteenChoice>,
    /// Null: no bus.
    #[serde(default)]
    pub bus: Option<BusChoice>,
    /// TAP activities: none, one or two.
    #[serde(default)]
    pub taps: Vec<ActivitySlug>,
}

/// Meals at school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CanteenChoice {
    pub rhythm: Rhythm,
    /// Looked at where the child is regular.
    #[serde(default)]
    pub type_week: TypeWeek,
}

/// Trips by bus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BusChoice {
    pub rhythm: Rhythm,
    /// Looked at where the child is regular.
    #[serde(default)]
    pub type_week: TypeWeek,
    /// Null: not chosen yet.
    #[serde(default)]
    pub package: Option<BusPackage>,
}

impl Choices {
    /// The services that are chosen, in the order of the screen.
    pub fn services(&self) -> impl Iterator<Item = ServiceKind> + use<> {
        let canteen = self.canteen.is_some().then_some(ServiceKind::Canteen);
        let bus = self.bus.is_some().then_some(ServiceKind::Bus);
        let tap = (!self.taps.is_empty()).then_some(ServiceKind::Tap);
        [canteen, bus, tap].into_iter().flatten()
    }

    /// What the choices amount to so far, for a running total: faults are not looked for, and a bus
    /// without a package is left out. A child that comes now and then has no type week.
    #[must_use]
    pub fn draft(&self, term: TermId) -> Vec<Subscription> {
        let week = |rhythm, week: &TypeWeek| match rhythm {
            Rhythm::Regular => week.clone(),
            Rhythm::Occasional => TypeWeek::default(),
        };
        let canteen = self.canteen.as_ref().map(|canteen| Choice::Canteen {
            rhythm: canteen.rhythm,
            type_week: week(canteen.rhythm, &canteen.type_week),
        });
        let bus = self.bus.as_ref().and_then(|bus| {
            let type_week = week(bus.rhythm, &bus.type_week);
            Some(Choice::Bus { rhythm: bus.rhythm, type_week, package: bus.package? })
        });
        let tap = (!self.taps.is_empty()).then(|| Choice::Tap { activities: self.taps.clone() });
        let child = self.child;
        [canteen, bus, tap]
            .into_iter()
            .flatten()
            .map(|choice| Subscription::new(child, term, choice))
            .collect()
    }
}

/// The new subscriptions of a form, in its order, or every fault in it. `held` are those that the
/// children have in the term already: they are the guichet's to change.
pub fn confirm(
    form: &[Choices],
    held: &[Subscription],
    activities: &[Activity],
    term: TermId,
) -> Result<Vec<Subscription>, Vec<Fault>> {
    let faults = faults(form, held, activities);
    if faults.is_empty() {
        Ok(form.iter().flat_map(|choices| choices.draft(term)).collect())
    } else {
        Err(faults)
    }
}
