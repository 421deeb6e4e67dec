//! The form as it is being filled in: in memory, on its way to the server, and judged.

use std::sync::Arc;
use std::time::Duration;

use domain::activity::{Activity, ServiceKind};
use domain::billing::BillingError;
use domain::problem::ProblemCode;
use domain::subscribing::{Choices, Fault, faults};
use domain::wire::{
    ChildView, ConfirmationRequest, ConfirmationView, SubscriptionDraft, SubscriptionForm,
};
use leptos::leptos_dom::helpers::{TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::overview::lacks_something;
use super::saving::{NotSaved, Saving, Told};
use super::sheet::{Sheet, judged, still_possible};
use super::totals::{self, Totals};
use crate::api::{ApiError, Session};
use crate::browser;
use crate::route::Form;

/// A draft is sent when nothing has changed for so long.
const SETTLED: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
pub(super) struct Filling {
    pub(super) of: Form,
    session: Session,
    form: RwSignal<Arc<SubscriptionForm>>,
    sheets: RwSignal<Vec<Sheet>>,
    saving: RwSignal<Saving>,
    timer: StoredValue<Option<TimeoutHandle>>,
    pub(super) totals: Memo<Result<Totals, BillingError>>,
    pub(super) faults: Memo<Vec<Fault>>,
    /// The faults are shown from the summary on: nobody is told off while filling in.
    pub(super) is_judged: RwSignal<bool>,
    pub(super) is_confirming: RwSignal<bool>,
    pub(super) refused: RwSignal<Option<ApiError>>,
    pub(super) done: RwSignal<Option<ConfirmationView>>,
    /// The last confirmation asked for, and its key: asked again, it is still the same.
    attempt: StoredValue<Option<(ConfirmationRequest, String)>>,
}

impl Filling {
    pub(super) fn provide(of: Form, session: Session, form: SubscriptionForm) -> Self {
        let version = form.draft.as_ref().map_or(0, |draft| draft.version);
        let sheets = RwSignal::new(sheets(&form));
        let form = RwSignal::new(Arc::new(form));
        let totals = Memo::new(move |_| {
            sheets.with(|sheets| {
                form.with(|form| totals::totals(form, sheets.iter().map(|sheet| &sheet.choices)))
            })
        });
        let faults = Memo::new(move |_| {
            let choices = sheets.with(|sheets| choices(sheets));
            form.with(|form| faults(&choices, &form.held, &activities(form)))
        });
        let filling = Self {
            of,
            session,
            form,
            sheets,
            saving: RwSignal::new(Saving::new(version)),
            timer: StoredValue::new(None),
            totals,
            faults,
            is_judged: RwSignal::new(false),
            is_confirming: RwSignal::new(false),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            attempt: StoredValue::new(None),
        };
        provide_context(filling);
        // Whoever leaves within that second loses nothing: the form, or the page. A phone that
        // puts a page away may say no more than that it is hidden.
        on_cleanup(move || filling.save_now());
        let hidden = window_event_listener_untyped("visibilitychange", move |_| {
            if !browser::is_visible() {
                filling.save(true);
            }
        });
        let left = window_event_listener_untyped("pagehide", move |_| filling.save(true));
        on_cleanup(move || [hidden, left].into_iter().for_each(WindowListenerHandle::remove));
        filling
    }

    /// Tracked.
    pub(super) fn form(self) -> Arc<SubscriptionForm> {
        self.form.get()
    }

    /// Tracked: whether the children have all services, and nothing is left to choose or to bill.
    pub(super) fn is_all_held(self) -> bool {
        let lacks = self.form.with(|form| lacks_something(&form.children, &form.term, &form.held));
        !lacks && self.totals.with(|totals| totals.as_ref().is_ok_and(Totals::is_nothing))
    }

    /// Tracked.
    pub(super) fn child(self, at: usize) -> Option<ChildView> {
        self.form.with(|form| form.children.get(at).cloned())
    }

    /// Tracked.
    pub(super) fn sheet<T>(self, at: usize, look: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.sheets.with(|sheets| sheets.get(at).map(look))
    }

    /// Tracked.
    pub(super) fn choices(self) -> Vec<Choices> {
        self.sheets.with(|sheets| choices(sheets))
    }

    /// Tracked.
    pub(super) fn told(self) -> Told {
        self.saving.get().told()
    }

    /// Tracked: what is wrong with a child's service, once that is looked at.
    pub(super) fn faults_of(self, at: usize, service: ServiceKind) -> Vec<Fault> {
        if !self.is_judged.get() {
            return Vec::new();
        }
        let is_here =
            |fault: &&Fault| fault.place.at == at && fault.place.field.service() == Some(service);
        self.faults.with(|faults| faults.iter().filter(is_here).cloned().collect())
    }

    /// Tracked: whether nothing of a child is to be corrected.
    pub(super) fn is_right(self, at: usize) -> bool {
        self.faults.with(|faults| faults.iter().all(|fault| fault.place.at != at))
    }

    /// The parent changes something of a child.
    pub(super) fn change(self, at: usize, change: impl FnOnce(&mut Sheet)) {
        self.sheets.update(|sheets| {
            if let Some(sheet) = sheets.get_mut(at) {
                change(sheet);
            }
        });
        self.refused.set(None);
        if self.saving.try_update(Saving::changed) == Some(true) {
            self.save_later();
        }
    }

    fn save_later(self) {
        self.clear_timer();
        let timer = set_timeout_with_handle(move || self.save_now(), SETTLED);
        self.timer.set_value(timer.ok());
    }

    fn clear_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Sends the draft, if it is not on the server.
    pub(super) fn save_now(self) {
        self.save(false);
    }

    fn save(self, is_leaving: bool) {
        self.clear_timer();
        let Some(version) = self.saving.try_update(Saving::send).flatten() else { return };
        let children = self.sheets.with_untracked(|sheets| choices(sheets));
        let draft = SubscriptionDraft { children, version };
        spawn_local(async move {
            let answer = match self.session.save_draft(self.of, &draft, is_leaving).await {
                Ok(saved) => Ok(saved.version),
                Err(error) if error.code() == Some(ProblemCode::DraftChanged) => {
                    Err(NotSaved::Overtaken)
                }
                Err(_) => Err(NotSaved::Failed),
            };
            // The screen may be gone by now.
            if self.saving.try_update(|saving| saving.answered(answer)) == Some(true) {
                self.save_later();
            }
        });
    }

    /// Confirms all that is chosen, at the total that is shown.
    pub(super) fn confirm(self) {
        let total = self.totals.with_untracked(|totals| totals.as_ref().map(|of| of.total).ok());
        if self.is_confirming.get_untracked() || total.is_none() {
            return;
        }
        let children = self.sheets.with_untracked(|sheets| choices(sheets));
        let request = ConfirmationRequest { children, expected_total: total };
        let key = self.key_of(&request);
        self.clear_timer();
        self.is_confirming.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let answer = self.session.confirm(self.of, &request, &key).await;
            if self.is_confirming.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(view) => {
                    self.saving.update(Saving::end);
                    self.done.set(Some(view));
                }
                Err(ApiError::SignedOut) => {}
                Err(error) => {
                    if !error.is_unsure() {
                        self.attempt.set_value(None);
                        self.renew().await;
                    }
                    let _ = self.refused.try_set(Some(error));
                }
            }
        });
    }

    /// The key of a request: the same as long as it is not known what became of it.
    fn key_of(self, request: &ConfirmationRequest) -> String {
        let known = self.attempt.with_value(|attempt| {
            let (asked, key) = attempt.as_ref()?;
            (asked == request).then(|| key.clone())
        });
        known.unwrap_or_else(|| {
            let key = format!("{}-{}", browser::random_number(), browser::random_number());
            self.attempt.set_value(Some((request.clone(), key.clone())));
            key
        })
    }

    /// Prices, seats and what the children have may be others by now; what is filled in stays.
    async fn renew(self) {
        if let Ok(form) = self.session.subscription_form(self.of).await {
            let activities = activities(&form);
            self.sheets.update(|sheets| {
                for sheet in sheets {
                    let choices = sheet.choices.clone();
                    sheet.choices = still_possible(choices, &form.held, &activities);
                }
            });
            self.form.set(Arc::new(form));
        }
    }
}

/// A sheet for each child: the draft's, as far as it can still be chosen.
fn sheets(form: &SubscriptionForm) -> Vec<Sheet> {
    let activities = activities(form);
    let drafts = form.draft.as_ref().map_or(&[][..], |draft| &draft.children);
    let sheet = |child: &ChildView| {
        let draft = drafts.iter().find(|choices| choices.child == child.id).cloned();
        draft.map_or_else(
            || Sheet::empty(child.id),
            |draft| Sheet::new(still_possible(draft, &form.held, &activities)),
        )
    };
    form.children.iter().map(sheet).collect()
}

fn choices(sheets: &[Sheet]) -> Vec<Choices> {
    sheets.iter().map(|sheet| sheet.choices.clone()).collect()
}

pub(super) fn activities(form: &SubscriptionForm) -> Vec<Activity> {
    form.activities.iter().map(judged).collect()
}
