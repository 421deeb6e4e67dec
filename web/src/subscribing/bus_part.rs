//! The bus of a child: a package, and the trips of the week.

use domain::activity::ServiceKind;
use domain::billing::{Item, document};
use domain::bus::BusPackage;
use domain::subscribing::over_package;
use domain::subscription::Rhythm;
use leptos::prelude::*;

use super::filling::Filling;
use super::part::{Part, RadioChoice};
use super::totals::price_of;
use super::week_grid::WeekGrid;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

#[component]
pub(super) fn BusPart(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let package = Memo::new(move |_| {
        filling.sheet(at, |sheet| sheet.choices.bus.as_ref().and_then(|bus| bus.package)).flatten()
    });
    let choice = move |value, label: &'static str, hint: String, wished: Option<BusPackage>| {
        let checked = Signal::derive(move || package.get() == wished);
        let price = Signal::derive(move || {
            wished.map(|package| price(&filling, at, package)).unwrap_or_default()
        });
        let choose = Callback::new(move |()| filling.change(at, |sheet| sheet.set_package(wished)));
        view! {
            <RadioChoice
                name="package"
                value=value
                label=label
                hint=hint
                price=price
                checked=checked
                choose=choose
            />
        }
    };
    let packages = [BusPackage::OneRoundTrip, BusPackage::TwoRoundTrips].map(|package| {
        let hint = (own.trips_a_day)(package.trips_a_day());
        choice(package.as_str(), package.as_str(), hint, Some(package))
    });
    let trips = move || package.get().is_some().then(|| view! { <Trips at=at/> });
    view! {
        <Part at=at service=ServiceKind::Bus hint=own.bus_question.to_owned()>
            <fieldset>
                <legend class="label">{own.package_choice}</legend>
                <div class="options three">
                    {choice("none", own.no_bus, own.no_trip.to_owned(), None)}
                    {packages.into_iter().collect_view()}
                </div>
            </fieldset>
            {trips}
        </Part>
    }
}

/// Nothing where no price can be told: the total says why.
fn price(filling: &Filling, at: usize, package: BusPackage) -> String {
    let language = use_words().language;
    let choices = filling.choices();
    let Some(child) = choices.get(at).map(|choices| choices.child) else { return String::new() };
    let price = price_of(&filling.form(), &choices, child, Item::from(package));
    price.map(|price| document::amount(price.unit, language)).unwrap_or_default()
}

#[component]
fn Trips(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let rhythm = Memo::new(move |_| {
        filling.sheet(at, |sheet| sheet.choices.bus.as_ref().map(|bus| bus.rhythm)).flatten()
    });
    let choice = move |value, label: &'static str, hint: &'static str, wished: Rhythm| {
        let checked = Signal::derive(move || rhythm.get() == Some(wished));
        let choose =
            Callback::new(move |()| filling.change(at, |sheet| sheet.set_bus_rhythm(wished)));
        view! {
            <RadioChoice
                name="bus-rhythm"
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
            .then(|| view! { <WeekGrid at=at service=ServiceKind::Bus/> })
    };
    view! {
        <fieldset>
            <legend class="label">{own.rhythm}</legend>
            <div class="options">
                {choice("regular", own.regular, own.regular_trips, Rhythm::Regular)}
                {choice("occasional", own.occasionally, own.occasional_hint, Rhythm::Occasional)}
            </div>
        </fieldset>
        {grid}
        <div role="status"><BeyondPackage at=at/></div>
    }
}

/// Trips beyond what the package pays for: no fault, but good to know.
#[component]
pub(super) fn BeyondPackage(at: usize) -> impl IntoView {
    let filling: Filling = expect_context();
    let language = use_words().language;
    let advice = Memo::new(move |_| {
        let beyond = filling.sheet(at, |sheet| sheet.choices.bus.as_ref().map(over_package));
        let beyond = beyond.flatten().unwrap_or_default();
        beyond.into_iter().map(|day| day.advice(language)).collect::<Vec<_>>()
    });
    move || {
        let advice = advice.get();
        (!advice.is_empty()).then(|| {
            let lines = advice.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! {
                <div class="notice caution">
                    <IconView icon=Icon::Alert/>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }
}
