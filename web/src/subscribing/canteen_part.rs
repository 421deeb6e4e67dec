//! The canteen of a child: none, regularly or now and then.

use domain::activity::ServiceKind;
use domain::billing::{Item, document};
use domain::subscribing::CanteenChoice;
use domain::subscription::Rhythm;
use leptos::prelude::*;

use super::filling::Filling;
use super::part::{Part, RadioChoice};
use super::totals::price_of;
use super::week_grid::WeekGrid;
use super::words::use_subscribing_words;
use crate::i18n::use_words;

#[component]
pub(super) fn CanteenPart(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let rhythm = Memo::new(move |_| {
        let rhythm = |canteen: &CanteenChoice| canteen.rhythm;
        filling.sheet(at, |sheet| sheet.choices.canteen.as_ref().map(rhythm)).flatten()
    });
    let choice = move |value, label: &'static str, hint: &'static str, wished: Option<Rhythm>| {
        let checked = Signal::derive(move || rhythm.get() == wished);
        let choose = Callback::new(move |()| filling.change(at, |sheet| sheet.set_canteen(wished)));
        view! {
            <RadioChoice
                name="canteen"
                value=value
                label=label
                hint=hint
                checked=checked
                choose=choose
            />
        }
    };
    let grid = move || {
        (rhythm.get() == Some(Rhythm::Regular))
            .then(|| view! { <WeekGrid at=at service=ServiceKind::Canteen/> })
    };
    view! {
        <Part at=at service=ServiceKind::Canteen hint=own.canteen_question.to_owned()>
            <fieldset>
                <legend class="sr">{own.rhythm}</legend>
                <div class="options three">
                    {choice("none", own.no_canteen, own.no_meal, None)}
                    {choice("regular", own.regular, own.regular_hint, Some(Rhythm::Regular))}
                    {choice("occasional", own.occasionally, own.occasional_hint, Some(Rhythm::Occasional))}
                </div>
            </fieldset>
            {grid}
            <p class="soft" role="status"><MealPrice at=at/></p>
        </Part>
    }
}

/// `2 repas par semaine à 4,86 €, facturés chaque mois selon ce qui a été pris.`
#[component]
fn MealPrice(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    move || {
        let form = filling.form();
        let choices = filling.choices();
        let own_choices = choices.get(at)?;
        let canteen = own_choices.canteen.as_ref()?;
        let Ok(price) = price_of(&form, &choices, own_choices.child, Item::Meal) else {
            return Some(own.no_meal_price.to_owned());
        };
        let each = document::amount(price.unit, words.language);
        let meals = canteen.type_week.iter().map(|(_, days)| days.iter().count()).sum();
        let text = match canteen.rhythm {
            Rhythm::Regular if meals > 0 => (own.meals)(meals, &each),
            _ => (own.each_meal)(&each),
        };
        let reduction = document::reduction(&price.rule, words.language);
        Some(reduction.map_or(text.clone(), |less| format!("{text} {}", (own.counted)(&less))))
    }
}
