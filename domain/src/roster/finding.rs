//! What a person should know about a line, or must decide.

use std::collections::BTreeSet;

use super::lines::{File, Place};
use super::values::Field;

/// One thing found, at a line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub place: Place,
    pub what: What,
    /// A person has decided it.
    pub settled: bool,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The line must be corrected in the file, or skipped.
    Error,
    /// A person must decide: accept what is proposed, choose, correct the file or skip the line.
    Decision,
    /// Imported all the same.
    Warning,
}

/// What was found. Lines named inside are of the same file unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A quotation mark that is opened and not closed.
    UnclosedQuote,
    /// A cell that must not be empty.
    Missing(Field),
    /// Neither of the two forms of a date, or not a day of the calendar.
    BadDate(String),
    /// Born after today.
    FutureDate(String),
    /// The same pupil as on another line, with other values.
    PupilTwice {
        line: u32,
    },
    /// More than one child of the database can be meant.
    AmbiguousChild,
    /// More than one guardian of the database can be meant.
    AmbiguousGuardian,
    /// A guardian's line that names no child.
    NoChild,
    /// None of the children that a guardian's line names is a pupil.
    NoSuchChildren {
        children: Vec<String>,
    },
    /// An option names a line that does not exist, or on which there is nothing to decide.
    Pointless,

    /// Two pupils bear the name of a guardian's child: the pupils' lines.
    Homonyms {
        child: String,
        pupils: Vec<u32>,
    },
    /// One of a guardian's children is no pupil; the others are. Accepted: without that child.
    NoSuchChild {
        child: String,
    },
    /// The only pupil of that name is on another level than the guardian's line says. Accepted: it
    /// is that pupil.
    OtherLevel {
        child: String,
        pupil: u32,
        class: String,
    },
    /// The guardian has a child of that name in the database, and the only pupil of that name is
    /// another. Accepted: it is that pupil.
    OtherNamesake {
        child: String,
        pupil: u32,
    },
    /// A pupil without a guardian. Accepted: a dossier without a guardian.
    NoGuardian,
    /// Accepted: kept as written.
    UnknownLevel(String),
    /// Another guardian who sees other children has this address. Accepted: no account.
    SharedEmail {
        email: String,
        with: String,
    },
    /// Two lines of the same guardian that differ. Accepted: the first line's values hold.
    GuardiansDiffer {
        line: u32,
        fields: Vec<Field>,
    },
    /// Text in cells beyond the header's. Accepted: ignored.
    ExtraCells(String),
    /// Looks like a child of the database, born on another day, who would be missing. Accepted:
    /// another child.
    LooksLike {
        child: String,
        born: String,
    },
    /// A child of the database with another name and birth date has this INE. Accepted: the same
    /// child, both corrected.
    SameIne {
        child: String,
        born: String,
    },
    /// The child's guardians are no longer those of the dossier's other children. Accepted: the
    /// child moves to a dossier that matches.
    OtherDossier,
    /// The same of a child that its dossier is billed for: papers do not change hands.
    BilledInDossier,

    /// A column that no use is known for.
    UnknownColumn(String),
    /// The same line again: ignored.
    SameLine {
        line: u32,
    },
    /// Two lines of the same guardian: taken as one.
    SameGuardian {
        line: u32,
    },
    /// Two guardians of the same name without a child or an address in common: taken as two.
    SameName {
        line: u32,
    },
    /// None of the guardian's children is imported, so neither is the guardian.
    LeftOut,
    NoEmail,
    BadEmail(String),
    /// Two guardians of the same children share an address: the account is the first one's.
    SharedAccount {
        email: String,
        with: String,
    },
    /// The school has a new address; the account in use keeps the old one for signing in.
    LoginKept {
        login: String,
    },
    UnknownSex(String),
    NoClass,
    /// Taken off the child in the portal since the last import: stays off.
    UnlinkedSince {
        child: String,
    },
    /// No longer named for the child in the files: the link stays until the guichet removes it.
    NoLongerNamed {
        guardian: String,
    },
}

impl What {
    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::UnclosedQuote
            | Self::Missing(_)
            | Self::BadDate(_)
            | Self::FutureDate(_)
            | Self::PupilTwice { .. }
            | Self::AmbiguousChild
            | Self::AmbiguousGuardian
            | Self::NoChild
            | Self::NoSuchChildren { .. }
            | Self::BilledInDossier
            | Self::Pointless => Severity::Error,
            Self::Homonyms { .. }
            | Self::NoSuchChild { .. }
            | Self::OtherLevel { .. }
            | Self::OtherNamesake { .. }
            | Self::NoGuardian
            | Self::UnknownLevel(_)
            | Self::SharedEmail { .. }
            | Self::GuardiansDiffer { .. }
            | Self::ExtraCells(_)
            | Self::LooksLike { .. }
            | Self::SameIne { .. }
            | Self::OtherDossier => Severity::Decision,
            Self::UnknownColumn(_)
            | Self::SameLine { .. }
            | Self::SameGuardian { .. }
            | Self::SameName { .. }
            | Self::LeftOut
            | Self::NoEmail
            | Self::BadEmail(_)
            | Self::SharedAccount { .. }
            | Self::LoginKept { .. }
            | Self::UnknownSex(_)
            | Self::NoClass
            | Self::UnlinkedSince { .. }
            | Self::NoLongerNamed { .. } => Severity::Warning,
        }
    }
}

/// What a person has decided, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Lines to leave out.
    pub skip: BTreeSet<Place>,
    /// Lines to import as proposed.
    pub accept: BTreeSet<Place>,
    /// A guardian's line and the pupil's line that it means.
    pub choose: BTreeSet<(u32, u32)>,
}

impl Decisions {
    pub(super) fn skips(&self, place: Place) -> bool {
        self.skip.contains(&place)
    }
}

/// Gathers findings, and settles those that a person has decided.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    pub(super) decisions: &'a Decisions,
    list: Vec<Finding>,
    accepted: BTreeSet<Place>,
    chosen: BTreeSet<(u32, u32)>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(decisions: &'a Decisions) -> Self {
        let (accepted, chosen) = (BTreeSet::new(), BTreeSet::new());
        Self { decisions, list: Vec::new(), accepted, chosen }
    }

    pub(super) fn add(&mut self, place: Place, what: What) {
        let choice = matches!(what, What::Homonyms { .. });
        let decision = what.severity() == Severity::Decision && !choice;
        let settled = decision && self.decisions.accept.contains(&place);
        if settled {
            self.accepted.insert(place);
        }
        self.list.push(Finding { place, what, settled });
    }

    /// The one of some pupils' lines that a person chose for a guardian's line.
    pub(super) fn choose(&mut self, guardian: u32, pupils: &[u32]) -> Option<u32> {
        let choices = self.decisions.choose.iter().filter(|(line, _)| *line == guardian);
        let mut choices = choices.filter(|(_, pupil)| pupils.contains(pupil));
        let (choice, None) = (*choices.next()?, choices.next()) else {
            return None;
        };
        self.chosen.insert(choice);
        Some(choice.1)
    }

    pub(super) fn settle(&mut self, place: Place, what: What) {
        self.list.push(Finding { place, what, settled: true });
    }

    /// All findings by file and line, decisions without an object among them.
    pub(super) fn finish(mut self, lines: &BTreeSet<Place>) -> Vec<Finding> {
        let skip = self.decisions.skip.difference(lines);
        let accept = self.decisions.accept.difference(&self.accepted);
        let choose = self.decisions.choose.difference(&self.chosen);
        let choose = choose.map(|(line, _)| Place::guardian(*line));
        let pointless: BTreeSet<_> = skip.chain(accept).copied().chain(choose).collect();
        for place in pointless {
            self.add(place, What::Pointless);
        }
        self.list
            .sort_by_key(|finding| (finding.place.file == File::Guardians, finding.place.line));
        self.list
    }
}
