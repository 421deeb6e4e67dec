//! The demo's two files, in the shape in which a school exports them.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::NaiveDate;
use domain::calendar::SchoolYear;
use fastrand::Rng;

use super::FAMILIES;
use super::names::{CHILDREN, CLASSES, FATHERS, LAST, MOTHERS, STREETS};

/// How many children the first families have, then over again: 420 in 300.
const SIZES: [usize; 10] = [2, 1, 1, 2, 1, 1, 2, 1, 2, 1];

struct Child {
    first: &'static str,
    last: String,
    sex: char,
    birth: NaiveDate,
    /// Index into [`CLASSES`].
    class: usize,
}

struct Adult {
    civility: &'static str,
    first: &'static str,
    last: String,
    email: String,
    address: String,
    mobile: String,
    children: Vec<usize>,
}

/// Writes the pupils' and the guardians' file.
pub(super) fn write(rng: &mut Rng, year: SchoolYear, families: usize) -> (Vec<u8>, Vec<u8>) {
    let mut people = People { year, ..People::default() };
    people.first_family(rng);
    for number in 1..families {
        let last = last_name(rng, number);
        people.family(rng, last, SIZES[number % SIZES.len()]);
    }
    (people.pupils_file().into_bytes(), people.guardians_file().into_bytes())
}

struct People {
    year: SchoolYear,
    children: Vec<Child>,
    adults: Vec<Adult>,
    used: HashSet<(String, &'static str)>,
    emails: HashSet<String>,
}

impl Default for People {
    fn default() -> Self {
        Self {
            year: SchoolYear(2017),
            children: Vec::new(),
            adults: Vec::new(),
            used: HashSet::new(),
            emails: HashSet::new(),
        }
    }
}

impl People {
    /// The family whose login is printed: two children, one in CE2 and one in GS.
    fn first_family(&mut self, rng: &mut Rng) {
        let last = LAST[0].to_owned();
        let lea = self.child(rng, &last, CHILDREN[0], 10);
        let tom = self.child(rng, &last, CHILDREN[1], 4);
        let address = address(rng);
        self.adult(rng, "MME", MOTHERS[0], &last, &address, vec![lea, tom]);
        self.adult(rng, "M.", FATHERS[0], &last, &address, vec![lea, tom]);
    }

    fn family(&mut self, rng: &mut Rng, last: String, size: usize) {
        let mut children = Vec::new();
        for _ in 0..size {
            let class = rng.usize(..CLASSES.len());
            let free: Vec<_> = CHILDREN
                .iter()
                .filter(|(first, _)| !self.used.contains(&(last.clone(), *first)))
                .copied()
                .collect();
            let name = free[rng.usize(..free.len())];
            children.push(self.child(rng, &last, name, class));
        }
        let home = address(rng);
        let mother = MOTHERS[rng.usize(..MOTHERS.len())];
        self.adult(rng, "MME", mother, &last, &home, children.clone());
        // A quarter of the families have one guardian; in a tenth the parents live apart.
        if rng.u8(..4) > 0 {
            let apart = rng.u8(..10) == 0;
            let (name, home) = if apart {
                (LAST[rng.usize(..LAST.len())].to_owned(), address(rng))
            } else {
                (last, home)
            };
            let father = FATHERS[rng.usize(..FATHERS.len())];
            self.adult(rng, "M.", father, &name, &home, children);
        }
    }

    fn child(
        &mut self,
        rng: &mut Rng,
        last: &str,
        (first, sex): (&'static str, char),
        class: usize,
    ) -> usize {
        self.used.insert((last.to_owned(), first));
        let born = self.year.0 - CLASSES[class].2;
        let birth = NaiveDate::from_yo_opt(born, rng.u32(1..=365)).unwrap_or_default();
        self.children.push(Child { first, last: last.to_owned(), sex, birth, class });
        self.children.len() - 1
    }

    fn adult(
        &mut self,
        rng: &mut Rng,
        civility: &'static str,
        first: &'static str,
        last: &str,
        address: &str,
        children: Vec<usize>,
    ) {
        let plain = format!("{}.{}", ascii(first), ascii(last));
        let mut email = format!("{plain}@example.org");
        let mut same = 1;
        while self.emails.contains(&email) {
            same += 1;
            email = format!("{plain}{same}@example.org");
        }
        self.emails.insert(email.clone());
        let number = rng.u32(..1_000_000);
        // 06 39 98 is set aside for fiction.
        let mobile = format!("06 39 98 {:02} {:02}", number / 100 % 100, number % 100);
        self.adults.push(Adult {
            civility,
            first,
            last: last.to_owned(),
            email,
            address: address.to_owned(),
            mobile,
            children,
        });
    }

    fn pupils_file(&self) -> String {
        let mut file = String::from(
            "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;\
             Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;\
             Attestation fournie;Autorisation associations;Autorisation photo;Décision de passage\r\n",
        );
        for (number, child) in self.children.iter().enumerate() {
            let (level, class, age) = CLASSES[child.class];
            let cycle = if age < 6 { "CYCLE I" } else { "CYCLE II" };
            let _ = write!(
                file,
                "{};;{};{};{};{:09}A{};;;;;;;;;{cycle};{level};{class};{};Oui;Non;Oui;\r\n",
                child.last.to_uppercase(),
                child.first,
                child.birth.format("%d/%m/%Y"),
                child.sex,
                120_000_000 + number,
                char::from(b'A' + u8::try_from(number % 26).unwrap_or_default()),
                4_000 + child.class,
            );
        }
        file
    }

    fn guardians_file(&self) -> String {
        let group = ";Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants";
        let mut file = format!(
            "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;\
             Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;\
             Téléphone domicile;Téléphone travail;Téléphone portable{}\r\n",
            group.repeat(3)
        );
        for adult in &self.adults {
            let _ = write!(
                file,
                "{};;{};{};{};74500;NEUVECELLE;FRANCE;{};;;{}",
                adult.civility,
                adult.last.to_uppercase(),
                adult.first,
                adult.address,
                adult.email,
                adult.mobile
            );
            for child in adult.children.iter().map(|index| &self.children[*index]) {
                let class = CLASSES[child.class].1;
                let _ =
                    write!(file, ";;{};{};CLASSE  {class}", child.last.to_uppercase(), child.first);
            }
            file.push_str(";;\r\n");
        }
        file
    }
}

/// The demo's own families have simple names; for more of them there are not enough.
fn last_name(rng: &mut Rng, number: usize) -> String {
    let mut simple = || LAST[rng.usize(..LAST.len())];
    let first = simple();
    if number < FAMILIES { first.to_owned() } else { format!("{first}-{}", simple()) }
}

fn address(rng: &mut Rng) -> String {
    format!("{} {}", rng.u8(1..90), STREETS[rng.usize(..STREETS.len())])
}

/// A name as e-mail addresses have it.
fn ascii(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'à' | 'â' | 'ä' => Some('a'),
            'ç' => Some('c'),
            'è' | 'é' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' => Some('i'),
            'ô' | 'ö' => Some('o'),
            'ù' | 'û' | 'ü' => Some('u'),
            ' ' | '\'' => Some('-'),
            'a'..='z' | '-' => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_is_the_same_each_time() {
        let demo = |families| write(&mut Rng::with_seed(7), SchoolYear(2017), families);
        let once = demo(FAMILIES);
        assert_eq!(once, demo(FAMILIES));
        let lines = |file: &[u8]| String::from_utf8_lossy(file).lines().count();
        assert_eq!(lines(&once.0), 1 + 420);
        assert!(lines(&once.1) > 1 + 450);

        let larger = demo(10 * FAMILIES);
        assert!(larger.0.starts_with(&once.0) && larger.1.starts_with(&once.1));
        assert_eq!(lines(&larger.0), 1 + 4200);
    }
}
