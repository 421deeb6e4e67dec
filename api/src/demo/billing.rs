//! The demo's tariffs, quotients and papers: six brackets, prices of a small commune.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::activity::ServiceKind;
use domain::billing::{
    DocumentNumber, FamilyQuotient, Item, ItemPrices, QuotientSource, Residence, RevenueOffice,
    Tariff,
};
use domain::calendar::{SchoolYear, paris_to_utc};
use domain::cents::Cents;
use domain::ids::FamilyId;
use domain::settings::Settings;
use fastrand::Rng;

use super::DemoError;
use crate::billing::settle_term;
use crate::receipts;
use crate::store::audit::{Actor, Origin};
use crate::store::billing::{households, office, tariffs};
use crate::store::{Conn, StoreError, accounts, outbox, subscriptions};

/// Of its own, so that the children's days are the same with and without it.
const SEED: u64 = 74_500;
/// The first quotient of each bracket.
const BRACKETS: [u32; 6] = [0, 401, 701, 1001, 1401, 1801];

/// An item, its price in each bracket and for families from outside, in cents.
type Prices = (Item, [i64; 6], i64);

const CANTEEN: [Prices; 2] = [
    (Item::Meal, [100, 235, 335, 540, 590, 640], 760),
    (Item::UnexpectedMeal, [250, 385, 485, 690, 740, 790], 910),
];
const BUS: [Prices; 2] = [
    (Item::OneRoundTrip, [2400, 3300, 4200, 5400, 6000, 6600], 8400),
    (Item::TwoRoundTrips, [4200, 5800, 7400, 9600, 10_600, 11_600], 14_800),
];
const TAP: [Prices; 2] = [
    (Item::OneTap, [900, 1500, 2100, 2700, 3000, 3300], 4200),
    (Item::TwoTaps, [1700, 2800, 3900, 5100, 5700, 6300], 8000),
];

/// The demo's tariffs, from the summer before the school year.
#[must_use]
pub fn demo_tariffs(year: SchoolYear) -> Vec<Tariff> {
    let from = day(year.0, 7, 1);
    let tariff = |service, items: &[Prices], reductions: &[u8]| Tariff {
        service,
        from,
        brackets: BRACKETS.to_vec(),
        prices: items
            .iter()
            .map(|(item, prices, outside)| ItemPrices {
                item: *item,
                by_bracket: prices.iter().copied().map(Cents).collect(),
                outside: Some(Cents(*outside)),
            })
            .collect(),
        reductions: reductions.to_vec(),
    };
    vec![
        tariff(ServiceKind::Canteen, &CANTEEN, &[0, 10, 25]),
        tariff(ServiceKind::Bus, &BUS, &[0, 20, 40]),
        tariff(ServiceKind::Tap, &TAP, &[0, 20, 40]),
    ]
}

/// The demo's cash desk, invented.
#[must_use]
pub fn demo_office() -> RevenueOffice {
    RevenueOffice {
        name: "Commune de Neuvecelle".into(),
        desk: "Régie périscolaire".into(),
        address: vec!["12, place du Préau".into(), "74500 Neuvecelle".into()],
        siret: "21400000000007".into(),
        email: "periscolaire@neuvecelle.example".into(),
        phone: "04 65 71 20 15".into(),
        payable_to: "Trésor Public".into(),
        treasury: "Service de gestion comptable de Thonon-les-Bains".into(),
        court: "tribunal administratif de Grenoble".into(),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Sets tariffs and cash desk.
pub(super) async fn found(conn: &mut Conn, year: SchoolYear) -> Result<(), StoreError> {
    office::set(conn, &demo_office()).await?;
    for tariff in demo_tariffs(year) {
        tariffs::set(conn, &tariff).await?;
    }
    Ok(())
}

/// Gives most families a quotient, issues the papers of what they have subscribed to, and lets most
/// of them pay.
pub(super) async fn bill(
    conn: &mut Conn,
    settings: &Settings,
    year: SchoolYear,
    now: DateTime<Utc>,
) -> Result<(), DemoError> {
    let mut rng = Rng::with_seed(SEED);
    let families = families(conn).await?;
    for (at, family) in families.iter().enumerate() {
        for quotient in quotients(&mut rng, year, at == 0) {
            households::set_quotient(conn, *family, quotient).await?;
        }
        if at > 0 && rng.u8(0..12) == 0 {
            let residence = Residence { from: day(year.0, 7, 1), outside: true };
            households::set_residence(conn, *family, residence).await?;
        }
    }
    for term in settings.calendar.terms() {
        let opened = paris_to_utc(term.subscribe_from.and_time(NaiveTime::MIN));
        if opened > now {
            continue;
        }
        // Numbers follow the days.
        let mut confirmed = Vec::new();
        for family in &families {
            let held = subscriptions::of_family(conn, *family, term.id).await?;
            let day = held.iter().filter_map(|held| held.confirmed_on).max();
            let begun = day.map_or(opened, |day| paris_to_utc(day.and_time(NaiveTime::MIN)));
            confirmed.push((begun + TimeDelta::seconds(rng.i64(0..86_400)), *family));
        }
        confirmed.sort_unstable();
        let mut to_pay = Vec::new();
        for (at, family) in confirmed {
            let at = at.min(now);
            let actor = Actor::system(Origin::Subscription, at);
            let made = settle_term(conn, &actor, family, term.id)
                .await
                .map_err(|why| DemoError::Billing(why.to_string()))?;
            let paid = at + TimeDelta::hours(rng.i64(1..24 * 12));
            // The first family shows what late looks like.
            let pays = Some(&family) != families.first() && rng.u8(0..8) != 0;
            to_pay.extend(made.invoice.filter(|_| pays).map(|invoice| (paid, invoice)));
        }
        pay(conn, to_pay, now).await?;
    }
    // They were sent at the time.
    outbox::done_all(conn, outbox::DOCUMENT_MAIL, now).await?;
    Ok(())
}

async fn families(conn: &mut Conn) -> Result<Vec<FamilyId>, StoreError> {
    let mut all = Vec::new();
    loop {
        let more = households::after(conn, all.last().copied(), 100).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}

/// Cheques, at these times, for these invoices; not those to come.
async fn pay(
    conn: &mut Conn,
    mut cheques: Vec<(DateTime<Utc>, (DocumentNumber, Cents))>,
    now: DateTime<Utc>,
) -> Result<(), DemoError> {
    let Some(coordinator) = accounts::staff(conn).await?.into_iter().next() else { return Ok(()) };
    cheques.sort_unstable();
    for (at, (invoice, amount)) in cheques.into_iter().filter(|(at, _)| *at <= now) {
        let actor = Actor::account(coordinator.id, Origin::Guichet, at);
        let entered = async |conn: &mut Conn| {
            let invoice = receipts::hold(conn, invoice).await?;
            receipts::enter_cheque(conn, &actor, coordinator.id, &invoice, amount).await
        };
        entered(conn).await.map_err(|why| DemoError::Billing(why.to_string()))?;
    }
    Ok(())
}

/// The first family's is the mock-up's; of the others some have none, or one that has run out.
fn quotients(rng: &mut Rng, year: SchoolYear, first: bool) -> Vec<FamilyQuotient> {
    let source = match rng.u8(0..10) {
        0 => QuotientSource::TaxNotice,
        1 => QuotientSource::Msa,
        _ => QuotientSource::Caf,
    };
    let value = if first { 1120 } else { rng.u32(180..2400) };
    let until =
        if !first && rng.u8(0..10) == 0 { day(year.0, 9, 30) } else { day(year.0 + 1, 8, 31) };
    let has_one = first || rng.u8(0..8) != 0;
    let quotient = FamilyQuotient { value, from: day(year.0, 7, 1), until, source };
    has_one.then_some(quotient).into_iter().collect()
}
