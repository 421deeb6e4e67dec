//! A term's subscription form: what a family chooses for its children, before it is confirmed
//! (manual, 4; product rule, “Subscriptions”).
//!
//! Confirming is one act for all children: no fault, and the whole form becomes subscriptions; one
//! fault, and nothing does.

mod check;
mod fault;
mod window;

use crate::activity::{Activity, ActivitySlug};
use crate::bus::BusPackage;
use crate::ids::{ChildId, TermId};
use crate::subscription::{Choice, Rhythm, Subscription};
use crate::type_week::TypeWeek;

pub use check::{OverPackage, faults, over_package};
pub use fault::{Fault, Field, Mistake, Place};
pub use window::{WindowClosed, WindowFault, may_subscribe, open_terms, window_fault};

/// What is chosen for one child, as far as the form has been filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    pub child: ChildId,
    /// `None`: no canteen.
    pub canteen: Option<CanteenChoice>,
    /// `None`: no bus.
    pub bus: Option<BusChoice>,
    /// TAP activities: none, one or two.
    pub taps: Vec<ActivitySlug>,
}

/// Meals at school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanteenChoice {
    pub rhythm: Rhythm,
    /// Looked at where the child is regular.
    pub type_week: TypeWeek,
}

/// Trips by bus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusChoice {
    pub rhythm: Rhythm,
    /// Looked at where the child is regular.
    pub type_week: TypeWeek,
    /// `None`: not chosen yet.
    pub package: Option<BusPackage>,
}

impl Choices {
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
            .map(|choice| Subscription { child, term, choice })
            .collect()
    }
}

/// The subscriptions of a form, in its order, or every fault in it.
pub fn confirm(
    form: &[Choices],
    activities: &[Activity],
    term: TermId,
) -> Result<Vec<Subscription>, Vec<Fault>> {
    let faults = faults(form, activities);
    if faults.is_empty() {
        Ok(form.iter().flat_map(|choices| choices.draft(term)).collect())
    } else {
        Err(faults)
    }
}
