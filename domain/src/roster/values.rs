//! The values of a child and of a guardian, field by field.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lines::full_name;
use super::name::NameKey;

/// A field that an import can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Civility,
    LastName,
    UsageName,
    FirstName,
    BirthDate,
    Sex,
    Ine,
    Level,
    Class,
    Email,
    HomePhone,
    WorkPhone,
    MobilePhone,
    Address,
    Postcode,
    City,
    Country,
}

/// One field's old and new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub field: Field,
    pub old: String,
    pub new: String,
}

/// A child's values, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildValues {
    pub last_name: String,
    pub usage_name: String,
    pub first_name: String,
    pub birth_date: Option<NaiveDate>,
    /// `F`, `M` or empty.
    pub sex: String,
    pub ine: Option<String>,
    pub level: String,
    pub class: Option<ClassName>,
}

/// A class, by its school's name and its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassName {
    pub school: String,
    pub name: String,
}

impl ChildValues {
    pub(super) fn key(&self) -> NameKey {
        NameKey::new(&self.last_name, &self.usage_name, &self.first_name)
    }

    /// As a report names the child.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.usage_name)
    }

    /// These values brought up to date: an empty cell says nothing, so the old value stays.
    #[must_use]
    pub fn updated(&self, new: &Self) -> (Self, Vec<Change>) {
        let mut merged = self.clone();
        let mut changes = Vec::new();
        for (field, value, new) in [
            (Field::LastName, &mut merged.last_name, &new.last_name),
            (Field::UsageName, &mut merged.usage_name, &new.usage_name),
            (Field::FirstName, &mut merged.first_name, &new.first_name),
            (Field::Sex, &mut merged.sex, &new.sex),
            (Field::Level, &mut merged.level, &new.level),
        ] {
            if !new.is_empty() && value != new {
                let old = std::mem::replace(value, new.clone());
                changes.push(Change { field, old, new: new.clone() });
            }
        }
        let text = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        if new.birth_date.is_some() && new.birth_date != self.birth_date {
            let (old, new_text) = (text(self.birth_date), text(new.birth_date));
            changes.push(Change { field: Field::BirthDate, old, new: new_text });
            merged.birth_date = new.birth_date;
        }
        if let Some(ine) = new.ine.as_ref().filter(|ine| self.ine.as_ref() != Some(ine)) {
            let old = self.ine.clone().unwrap_or_default();
            changes.push(Change { field: Field::Ine, old, new: ine.clone() });
            merged.ine = Some(ine.clone());
        }
        if let Some(class) = new.class.as_ref().filter(|class| self.class.as_ref() != Some(class)) {
            let old = self.class.as_ref().map(|old| old.beside(class)).unwrap_or_default();
            let new = self.class.as_ref().map_or(class.name.clone(), |old| class.beside(old));
            changes.push(Change { field: Field::Class, old, new });
            merged.class = Some(class.clone());
        }
        (merged, changes)
    }
}

impl ClassName {
    /// The class's name, with the school's where the other class is at another school.
    fn beside(&self, other: &Self) -> String {
        if self.school == other.school {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, self.school)
        }
    }
}

/// A guardian's values: as a file has them, as the last import brought them, or as they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuardianValues {
    pub civility: String,
    pub last_name: String,
    pub usage_name: String,
    pub first_name: String,
    /// Lower case; empty without one.
    pub email: String,
    pub home_phone: String,
    pub work_phone: String,
    pub mobile_phone: String,
    pub address: String,
    pub postcode: String,
    pub city: String,
    pub country: String,
}

impl GuardianValues {
    /// Every field with its value, always in the same order.
    #[must_use]
    pub fn fields(&self) -> [(Field, &str); 12] {
        [
            (Field::Civility, &self.civility),
            (Field::LastName, &self.last_name),
            (Field::UsageName, &self.usage_name),
            (Field::FirstName, &self.first_name),
            (Field::Email, &self.email),
            (Field::HomePhone, &self.home_phone),
            (Field::WorkPhone, &self.work_phone),
            (Field::MobilePhone, &self.mobile_phone),
            (Field::Address, &self.address),
            (Field::Postcode, &self.postcode),
            (Field::City, &self.city),
            (Field::Country, &self.country),
        ]
    }

    /// The same, to be changed.
    pub fn fields_mut(&mut self) -> [(Field, &mut String); 12] {
        [
            (Field::Civility, &mut self.civility),
            (Field::LastName, &mut self.last_name),
            (Field::UsageName, &mut self.usage_name),
            (Field::FirstName, &mut self.first_name),
            (Field::Email, &mut self.email),
            (Field::HomePhone, &mut self.home_phone),
            (Field::WorkPhone, &mut self.work_phone),
            (Field::MobilePhone, &mut self.mobile_phone),
            (Field::Address, &mut self.address),
            (Field::Postcode, &mut self.postcode),
            (Field::City, &mut self.city),
            (Field::Country, &mut self.country),
        ]
    }

    pub(super) fn key(&self) -> NameKey {
        NameKey::new(&self.last_name, &self.usage_name, &self.first_name)
    }

    /// As a report names the guardian.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.usage_name)
    }
}
