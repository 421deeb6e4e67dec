//! The frame of *Facturation*: its menu, and the room of the address.

use leptos::prelude::*;

use super::family_page::{FamiliesPage, FamilyPage};
use super::journal_page::JournalPage;
use super::office_page::OfficePage;
use super::room::{self, Room};
use super::run_page::RunPage;
use super::run_start::RunsPage;
use super::tariff_form::TariffPage;
use super::tariffs_page::TariffsPage;
use super::unpaid_page::UnpaidPage;
use super::words::use_billing_words;
use crate::components::PageTitle;

#[component]
pub(in crate::guichet) fn BillingPage(room: Room) -> impl IntoView {
    let words = use_billing_words();
    let (title, page) = match room {
        Room::Runs => (words.runs.title, view! { <RunsPage/> }.into_any()),
        Room::Run(run) => (words.run.title, view! { <RunPage run=run/> }.into_any()),
        Room::Unpaid => (words.unpaid.title, view! { <UnpaidPage/> }.into_any()),
        Room::Journal => (words.journal.title, view! { <JournalPage/> }.into_any()),
        Room::Families => (words.family.search_title, view! { <FamiliesPage/> }.into_any()),
        Room::Family(family) => {
            (words.family.title, view! { <FamilyPage family=family/> }.into_any())
        }
        Room::Tariffs => (words.tariffs.title, view! { <TariffsPage/> }.into_any()),
        Room::Tariff(service, from) => {
            let title = if from.is_some() { words.tariffs.change } else { words.tariffs.new };
            (title, view! { <TariffPage service=service from=from/> }.into_any())
        }
        Room::Office => (words.office.title, view! { <OfficePage/> }.into_any()),
    };
    view! {
        <PageTitle title=title/>
        <Sections room=room/>
        <div class="stack billing">{page}</div>
    }
}

#[component]
fn Sections(room: Room) -> impl IntoView {
    let words = use_billing_words();
    let sections = [
        (room::BILLING, words.runs.title),
        (room::UNPAID, words.unpaid.title),
        (room::JOURNAL, words.journal.title),
        (room::FAMILIES, words.family.search_title),
        (room::TARIFFS, words.tariffs.title),
        (room::OFFICE, words.office.title),
    ];
    let entries = sections.map(|(href, label)| {
        let current = (room.section() == href).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    });
    view! {
        <nav class="sections" aria-label=words.billing>
            <ul>{entries.collect_view()}</ul>
        </nav>
    }
}
