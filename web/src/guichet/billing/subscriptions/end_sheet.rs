//! The end of a service, or of one TAP activity.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::dates;
use domain::guichet::may_end;
use domain::problem::Language;
use domain::wire::EndSubscriptionRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::form::{
    Form, LinesField, Mistake, MistakeBelow, TextField, Verdict, buttons, missing, mistake,
    reason_mistake,
};
use super::super::words::use_billing_words;
use super::Changes;
use super::changed::Outcome;
use super::held::Held;
use super::preview::{Preview, Tried, label};
use crate::api::Session;
use crate::components::Sheet;
use crate::guichet::desk::Desk;
use crate::i18n::use_words;

#[component]
pub(super) fn EndSheet(changes: Changes) -> impl IntoView {
    let session: Session = expect_context();
    let desk: Desk = expect_context();
    let words = use_words();
    let own = &use_billing_words().held;
    let ends = changes.ends;
    let form = Form::new("end-form");
    let [last_day, reason] = [(); 2].map(|()| RwSignal::new(String::new()));
    let chosen = RwSignal::new(None::<What>);
    let tried = Tried::new();
    Effect::new(move || {
        if let Some(held) = ends.get() {
            form.start();
            let today = untrack(|| desk.clock.today());
            // What has not begun yet never does.
            let before = held.term.first_day.pred_opt().unwrap_or(today);
            last_day.set(today.max(before).to_string());
            reason.set(String::new());
            chosen.set(None);
        }
    });
    // What was tried is not what would be done any more.
    Effect::new(move || {
        last_day.track();
        chosen.track();
        ends.track();
        tried.forget();
    });
    let close = Callback::new(move |()| ends.set(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(held) = ends.get_untracked() else { return };
        if !form.start() {
            return;
        }
        let typed = Typed {
            what: chosen.get_untracked(),
            last_day: last_day.get_untracked(),
            reason: reason.get_untracked(),
            dry: tried.is_open(),
        };
        let wish = match read(&held, typed, words.language) {
            Ok(wish) => wish,
            Err(mistakes) => return form.refuse(mistakes),
        };
        form.send();
        let asked = tried.asked();
        spawn_local(async move {
            match session.end_subscription(&wish).await {
                Ok(made) if wish.dry => {
                    tried.show(asked, made, form);
                }
                Ok(made) => {
                    form.done();
                    ends.try_set(None);
                    let mut what = held.name(words);
                    if let Some(activity) = &wish.activity {
                        what = format!("{}, {what}", held.activity(activity));
                    }
                    let day = dates::full(wish.last_day, words.language);
                    let begun = wish.last_day >= held.term.first_day;
                    let what = (own.ended)(&what, begun.then_some(day.as_str()));
                    changes.made(Outcome { what, frees: true, made });
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let family_words = &use_billing_words().family;
    view! {
        <Sheet
            id="end-title"
            is_open=Signal::derive(move || ends.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(own.end_title.to_owned())
            footer=buttons(form, close, label(tried, own.end))
        >
            <form class="form" id=form.id novalidate on:submit=submit>
                <p><b>{move || ends.get().map(|held| held.name(words))}</b></p>
                {move || ends.get().map(|held| view! { <WhichTap held=held chosen=chosen form=form/> })}
                <TextField
                    id="end-day" label=own.last_day kind="date" value=last_day form=form
                    pointer="/last_day" hint=own.last_day_hint
                />
                <p class="hint">{move || ends.get().map(|held| (own.credits)(held.service()))}</p>
                <LinesField
                    id="end-reason" label=family_words.reason rows="2" value=reason form=form
                    pointer="/reason" hint=own.reason_hint
                />
                <Preview tried=tried frees=true/>
                <Verdict form=form/>
            </form>
        </Sheet>
    }
}

/// What was typed.
struct Typed {
    what: Option<What>,
    last_day: String,
    reason: String,
    dry: bool,
}

/// A request, or the fields that are to be filled in first.
fn read(
    held: &Held,
    Typed { what, last_day, reason, dry }: Typed,
    language: Language,
) -> Result<EndSubscriptionRequest, Vec<Mistake>> {
    let day = last_day.parse::<NaiveDate>();
    let is_open = what.is_none() && held.activities.len() > 1;
    let no_choice = is_open.then(|| missing(ACTIVITY, language));
    let no_day = day.is_err().then(|| missing("/last_day", language));
    let too_late = day.ok().and_then(|day| may_end(&held.term, day).err());
    let too_late = too_late.map(|late| mistake("/last_day", late, language));
    let mistakes: Vec<_> = no_choice
        .into_iter()
        .chain(no_day)
        .chain(too_late)
        .chain(reason_mistake(&reason, language))
        .collect();
    match day {
        Ok(last_day) if mistakes.is_empty() => Ok(EndSubscriptionRequest {
            child_id: held.subscription.child,
            term_id: held.term.id,
            service: held.service(),
            activity: what.and_then(What::activity),
            last_day,
            reason,
            dry,
        }),
        _ => Err(mistakes),
    }
}

const ACTIVITY: &str = "/activity";
const ERROR: &str = "end-activity-error";

/// What ends of two activities.
#[derive(Clone, PartialEq, Eq)]
enum What {
    One(ActivitySlug),
    Both,
}

impl What {
    fn activity(self) -> Option<ActivitySlug> {
        match self {
            Self::One(activity) => Some(activity),
            Self::Both => None,
        }
    }
}

/// Of two activities: one, or both; neither is taken for granted.
#[component]
fn WhichTap(held: Held, chosen: RwSignal<Option<What>>, form: Form) -> impl IntoView {
    let own = &use_billing_words().held;
    if held.activities.len() < 2 {
        return ().into_any();
    }
    let each = held.activities.iter().map(|one| (What::One(one.slug.clone()), one.name.clone()));
    let choices = each.chain([(What::Both, own.whole_tap.to_owned())]).map(|(value, label)| {
        let this = value.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="end-activity"
                    prop:checked=move || chosen.get().as_ref() == Some(&this)
                    on:change=move |_| chosen.set(Some(value.clone()))
                />
                <span>{label}</span>
            </label>
        }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset
            class="field"
            role="radiogroup"
            tabindex="-1"
            aria-required="true"
            aria-invalid=move || form.mistake(ACTIVITY).map(|_| "true")
            aria-describedby=ERROR
        >
            <legend class="label">{own.what}</legend>
            <div class="choices">{choices}</div>
            <MistakeBelow form=form pointer=ACTIVITY id=ERROR.to_owned()/>
        </fieldset>
    }
    .into_any()
}
