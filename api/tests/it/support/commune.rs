//! A small commune: its families, and what the database holds of them.

use std::fmt::Write;
use std::sync::OnceLock;

use api::security::passwords;
use api::store::accounts::{self, Account};
use api::store::billing::{households, office, tariffs};
use api::store::changes::{self, Wish};
use api::store::days::SessionKey;
use api::store::waiting::Line;
use api::store::{Db, inscriptions, outbox, sessions, settings, subscriptions};
use api::{demo, roster};
use domain::bus::BusPackage;
use domain::calendar::{SchoolYear, Zone};
use domain::ids::{AccountId, ChildId, FamilyId, GuardianId};
use domain::problem::Language;
use domain::settings::Settings;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::{TypeWeek, dates_in_term};
use domain::wire::Role;
use uuid::Uuid;

use super::{PASSWORD, date, monday_morning, session, slug, system};

/// A guardian with a login.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) account: AccountId,
    pub(crate) guardian: GuardianId,
    pub(crate) children: Vec<ChildId>,
}

/// Neuvecelle in 2017-2018, with as many families as a test wants: the first has three children, the last
/// of them under six,
/// the others one each. All are subscribed to canteen and bus now and then, the very first child
/// also to the theatre. The guichet has a coordinator.
pub(crate) struct Commune {
    pub(crate) db: Db,
    pub(crate) settings: Settings,
    pub(crate) people: Vec<Person>,
    pub(crate) coordinator: AccountId,
}

pub(crate) fn files(families: usize) -> (String, String) {
    let mut pupils =
        String::from("Nom élève;Prénom élève;Date naissance;Sexe;INE;Niveau;Libellé classe\n");
    let mut guardians = String::from(
        "Civilité Responsable;Nom responsable;Prénom responsable;Courriel;\
         Nom de famille enfant;Prénom enfant;Classes enfants;\
         Nom de famille enfant;Prénom enfant;Classes enfants;\
         Nom de famille enfant;Prénom enfant;Classes enfants\n",
    );
    for family in 0..families {
        let last = letters(family);
        write!(guardians, "MME;FAMILLE{last};Anne;anne.{last}@example.org").unwrap();
        for (child, first) in
            ["Lou", "Max", "Zoé"].iter().enumerate().take(if family == 0 { 3 } else { 1 })
        {
            let birth = [2008, 2009, 2013][child];
            let number = family * 10 + child;
            writeln!(pupils, "FAMILLE{last};{first};01/02/{birth};F;{number:09}AB;CE2;CE2 A")
                .unwrap();
            write!(guardians, ";FAMILLE{last};{first};CE2 A").unwrap();
        }
        guardians.push('\n');
    }
    (pupils, guardians)
}

fn letters(mut number: usize) -> String {
    let mut text = String::new();
    for _ in 0..3 {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    text
}

fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash_now(PASSWORD).unwrap())
}

impl Commune {
    pub(crate) async fn found(db: Db, families: usize) -> Self {
        let this = Self::unsubscribed(db, families).await;
        this.subscribe_all().await;
        this
    }

    /// Nobody is subscribed to anything yet.
    pub(crate) async fn unsubscribed(db: Db, families: usize) -> Self {
        let commune = demo::demo_settings(SchoolYear(2017)).unwrap();
        let (pupils, guardians) = files(families);
        let files = roster::read(pupils.as_bytes(), guardians.as_bytes()).unwrap();
        let kept = commune.clone();
        let coordinator = AccountId(Uuid::now_v7());
        db.write(move |conn| {
            Box::pin(async move {
                settings::found(conn, &commune, Zone::A, true).await?;
                sessions::open_all(conn, &commune).await?;
                roster::enrol(conn, &files, monday_morning()).await?;
                accounts::set_missing_passwords(conn, password_hash()).await?;
                outbox::done_all(conn, outbox::INVITATION_MAIL, monday_morning()).await?;
                accounts::add_staff(
                    conn,
                    &Account {
                        id: coordinator,
                        email: "guichet@example.org".into(),
                        role: Role::Coordinator,
                        first_name: "Claire".into(),
                        last_name: "Morand".into(),
                        guardian: None,
                        password_hash: Some(password_hash().into()),
                        language: Language::default(),
                    },
                    monday_morning(),
                )
                .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
        let mut conn = db.read().await.unwrap();
        let mut people: Vec<Person> = Vec::new();
        for link in api::store::children::links(&mut conn).await.unwrap() {
            if let Some(person) = people.iter_mut().find(|person| person.email == link.email) {
                person.children.push(link.child);
                continue;
            }
            let account = accounts::by_email(&mut conn, &link.email).await.unwrap().unwrap();
            people.push(Person {
                email: link.email,
                account: account.id,
                guardian: account.guardian.unwrap(),
                children: vec![link.child],
            });
        }
        drop(conn);
        people.sort_by(|a, b| a.email.cmp(&b.email));
        Self { db, settings: kept, people, coordinator }
    }

    /// Sets the demo's tariffs and cash desk.
    pub(crate) async fn bills(&self) {
        self.db
            .write(|conn| {
                Box::pin(async move {
                    office::set(conn, &demo::demo_office()).await?;
                    for tariff in demo::demo_tariffs(SchoolYear(2017)) {
                        tariffs::set(conn, &tariff).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// The dossier of a person's first child.
    pub(crate) async fn family(&self, person: &Person) -> FamilyId {
        let mut conn = self.db.read().await.unwrap();
        households::of_child(&mut conn, person.children[0], date("2017-11-20"))
            .await
            .unwrap()
            .unwrap()
    }

    async fn subscribe_all(&self) {
        let settings = self.settings.clone();
        let children: Vec<_> =
            self.people.iter().flat_map(|person| person.children.clone()).collect();
        self.db
            .write(move |conn| {
                Box::pin(async move {
                    let actor = system();
                    for (number, child) in children.into_iter().enumerate() {
                        for term in settings.calendar.terms() {
                            let none = TypeWeek::default;
                            let rhythm = Rhythm::Occasional;
                            let mut choices = vec![
                                Choice::Canteen { rhythm, type_week: none() },
                                Choice::Bus {
                                    rhythm,
                                    type_week: none(),
                                    package: BusPackage::TwoRoundTrips,
                                },
                            ];
                            if number == 0 {
                                choices.push(Choice::Tap { activities: vec![slug("tap-theatre")] });
                            }
                            for choice in choices {
                                let weekly = choice.weekly(&settings.activities);
                                let days: Vec<_> = weekly
                                    .iter()
                                    .flat_map(|(name, days)| {
                                        let activity = settings.activity(name).unwrap();
                                        dates_in_term(&settings, activity, days, term)
                                            .map(|date| Wish::booked(child, name.clone(), date))
                                    })
                                    .collect();
                                let subscription = Subscription::new(child, term.id, choice);
                                subscriptions::add(conn, &actor, &subscription, &weekly, None)
                                    .await?;
                                changes::apply(conn, &actor, &days).await?;
                            }
                        }
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// Sets how many seats a session has left.
    pub(crate) async fn leave_seats(&self, activity: &str, day: &str, left: u32) {
        let session = session(activity, day);
        self.db
            .write(move |conn| {
                Box::pin(async move {
                    let SessionKey { activity, date } = &session;
                    let seats = sessions::seats(conn, activity, *date).await?.unwrap();
                    let capacity = seats.taken + left;
                    let actor = system();
                    sessions::set_capacity(conn, &actor, &session, capacity, Line::Over).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    pub(crate) async fn seats(&self, activity: &str, day: &str) -> domain::seats::Seats {
        let mut conn = self.db.read().await.unwrap();
        sessions::seats(&mut conn, &slug(activity), date(day)).await.unwrap().unwrap()
    }

    /// The days of a child, as `activity date`.
    pub(crate) async fn days(&self, child: ChildId) -> Vec<String> {
        let mut conn = self.db.read().await.unwrap();
        let days = inscriptions::of_child(&mut conn, child).await.unwrap();
        days.into_iter().map(|(activity, date)| format!("{activity} {date}")).collect()
    }

    /// The payloads of the outbox of a kind, in the order in which they were written.
    pub(crate) async fn outbox(&self, kind: &str) -> Vec<serde_json::Value> {
        let mut conn = self.db.read().await.unwrap();
        let rows = outbox::of_kind(&mut conn, kind).await.unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
    }

    /// Who waits for a seat, the first in line first.
    pub(crate) async fn line(&self, activity: &str, day: &str) -> Vec<ChildId> {
        let mut conn = self.db.read().await.unwrap();
        let line = api::store::waiting::line(&mut conn, &session(activity, day)).await.unwrap();
        line.into_iter().map(|waits| waits.child).collect()
    }

    pub(crate) async fn changes(&self) -> i64 {
        api::store::audit::count(&mut self.db.read().await.unwrap()).await.unwrap()
    }
}
