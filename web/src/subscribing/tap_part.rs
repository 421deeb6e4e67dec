//! The TAP of a child: none, one or two activities.

use domain::activity::{Activity, ServiceKind};
use domain::billing::{Item, document};
use domain::seats::Seats;
use domain::subscription::{TapClash, may_take_tap};
use domain::wire::OfferedActivity;
use leptos::prelude::*;

use super::filling::{Filling, activities};
use super::part::Part;
use super::totals::price_of;
use super::words::{SubscribingWords, use_subscribing_words};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn TapPart(at: usize, name: String) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    // Without what changes with the seats, so that a tick keeps the focus.
    let slugs = Memo::new(move |_| {
        let form = filling.form();
        let taps = form.activities.iter().filter(|one| one.service == ServiceKind::Tap);
        taps.map(|one| one.slug.clone()).collect::<Vec<_>>()
    });
    let taps = move || {
        let form = untrack(|| filling.form());
        let tap = |slug| form.activities.iter().find(|one| one.slug == slug).cloned();
        let taps = slugs.get().into_iter().filter_map(tap);
        taps.map(|tap| view! { <Tap at=at tap=tap/> }).collect_view()
    };
    view! {
        <Part at=at service=ServiceKind::Tap hint=(own.tap_question)(&name)>
            <fieldset>
                <legend class="sr">{own.tap_choice}</legend>
                <div class="options">{taps}</div>
            </fieldset>
            <p class="soft"><TapPrice at=at/></p>
        </Part>
    }
}

/// Why an activity can't be taken now.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bar {
    Full,
    /// Another one on the same day.
    SameDay(String),
    /// Two are taken.
    Two,
}

impl Bar {
    fn of(wished: &Activity, seats_left: Option<u32>, taken: &[&Activity]) -> Option<Self> {
        if taken.iter().any(|one| one.slug == wished.slug) {
            return None;
        }
        if seats_left == Some(0) {
            return Some(Self::Full);
        }
        match may_take_tap(taken, wished) {
            Ok(()) | Err(TapClash::Already) => None,
            Err(TapClash::TwoTaps) => Some(Self::Two),
            Err(TapClash::SameDay) => {
                let other = taken.iter().find(|one| one.weekdays.meets(wished.weekdays));
                Some(Self::SameDay(other.map(|one| one.name.clone()).unwrap_or_default()))
            }
        }
    }

    fn words(&self, own: &SubscribingWords) -> String {
        match self {
            Self::Full => own.tap_full.to_owned(),
            Self::SameDay(other) => (own.tap_same_day)(other),
            Self::Two => own.tap_two.to_owned(),
        }
    }
}

#[component]
fn Tap(at: usize, tap: OfferedActivity) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let slug = tap.slug.clone();
    let of = slug.clone();
    let is_taken = Memo::new(move |_| {
        filling.sheet(at, |sheet| sheet.choices.taps.contains(&of)).unwrap_or_default()
    });
    let of = slug.clone();
    let seats_left = Memo::new(move |_| {
        let left = filling.form().activities.iter().find(|one| one.slug == of)?.seats_left?;
        // Those of the last seats that a sibling takes.
        let choices = filling.choices().into_iter().enumerate();
        let siblings =
            choices.filter(|(other, choices)| *other != at && choices.taps.contains(&of));
        Some(left.saturating_sub(u32::try_from(siblings.count()).unwrap_or(u32::MAX)))
    });
    let of = slug.clone();
    let bar = Memo::new(move |_| {
        let all = activities(&filling.form());
        let taken = filling.sheet(at, |sheet| sheet.choices.taps.clone()).unwrap_or_default();
        let taken: Vec<_> = all.iter().filter(|one| taken.contains(&one.slug)).collect();
        let wished = all.iter().find(|one| one.slug == of)?;
        Bar::of(wished, seats_left.get(), &taken)
    });
    let days: Vec<_> = tap.weekdays.iter().map(|day| i18n::weekday(day, words.language)).collect();
    let days = days.join(", ");
    let hour = i18n::clock(tap.starts_at, words.language);
    let seats = move || {
        seats_left.get().map(|left| {
            let text = if left == 0 { own.complete.to_owned() } else { (words.cells.seats)(left) };
            view! { " · "<b class:few=Seats::are_few(left)>{text}</b> }
        })
    };
    let why_id = format!("why-{slug}");
    let described_by = why_id.clone();
    let why = move || {
        // One that is taken and full by now is to be given up for another.
        let is_lost = is_taken.get() && seats_left.get() == Some(0);
        let words =
            bar.get().map(|bar| bar.words(own)).or(is_lost.then(|| own.tap_lost.to_owned()));
        words.map(|words| view! { <small class="why">{words}</small> })
    };
    let take = move |event| {
        let take = event_target_checked(&event);
        filling.change(at, |sheet| sheet.take_tap(&slug, take));
    };
    view! {
        <label class="choice option" class:barred=move || bar.get().is_some()>
            <input
                type="checkbox"
                prop:checked=is_taken
                // It can be reached, so that its reason can be read.
                aria-disabled=move || bar.get().map(|_| "true")
                aria-describedby=described_by
                on:click=move |event| {
                    if bar.get_untracked().is_some() {
                        event.prevent_default();
                    }
                }
                on:change=take
            />
            <span>
                {tap.name}
                <small>{days}" "{hour}{seats}</small>
                <span id=why_id>{why}</span>
            </span>
        </label>
    }
}

/// `Une activité 27,00 €, deux 48,00 €, pour tout le trimestre.`
#[component]
fn TapPrice(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    move || {
        let form = filling.form();
        let choices = filling.choices();
        let child = choices.get(at)?.child;
        let price = |item| {
            let price = price_of(&form, &choices, child, item).ok()?;
            Some(document::amount(price.unit, words.language))
        };
        Some((own.tap_prices)(&price(Item::OneTap)?, &price(Item::TwoTaps)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscribing::testing;

    #[test]
    fn an_activity_that_can_t_be_had_says_why() {
        let all = testing::activities();
        let tap = |name: &str| all.iter().find(|one| one.slug == testing::slug(name)).unwrap();
        let (chess, theatre, judo) = (tap("tap-echecs"), tap("tap-theatre"), tap("tap-judo"));
        let garden = tap("tap-jardin");
        assert_eq!(Bar::of(chess, Some(1), &[]), None);
        assert_eq!(Bar::of(chess, Some(0), &[]), Some(Bar::Full));
        assert_eq!(Bar::of(chess, Some(0), &[chess]), None, "it can be given up");
        let same_day = Some(Bar::SameDay("tap-echecs".to_owned()));
        assert_eq!(Bar::of(theatre, Some(5), &[chess]), same_day);
        assert_eq!(Bar::of(garden, Some(5), &[chess, judo]), Some(Bar::Two));
    }
}
