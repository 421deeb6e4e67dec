//! The report that a person reads before deciding.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use domain::roster::{AccountStep, File, Finding, Place, Plan, Severity};

use super::files::{Files, Source};
use super::words;

/// Names listed one by one; above, they are counted.
const LISTED: usize = 30;

/// The report on a plan, as text.
pub struct Report<'a> {
    pub files: &'a Files,
    pub plan: &'a Plan,
    /// It is done, not only planned.
    pub applied: bool,
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let title = if self.applied { "Import" } else { "Essai d'import : rien n'est écrit" };
        writeln!(f, "{title} — {}\n", self.plan.school)?;
        for (file, Source { lines, charset }) in
            [(File::Pupils, self.files.pupils), (File::Guardians, self.files.guardians)]
        {
            writeln!(f, "  {} : {}, {}", words::file(file), count(lines, "ligne"), charset.0)?;
        }
        self.open(f, Severity::Error, "À corriger")?;
        self.open(f, Severity::Decision, "À décider")?;
        self.decided(f)?;
        self.warnings(f)?;
        self.children(f)?;
        self.guardians(f)?;
        self.missing(f)?;
        self.summary(f)
    }
}

impl Report<'_> {
    fn open(&self, f: &mut Formatter<'_>, severity: Severity, title: &str) -> fmt::Result {
        let open: Vec<_> = self.plan.open().filter(|o| o.what.severity() == severity).collect();
        heading(f, title, open.len())?;
        for Finding { place, what, .. } in open {
            writeln!(f, "  {} : {}", words::place(*place), words::what(what))?;
            for way in words::ways_out(*place, what) {
                writeln!(f, "      {way}")?;
            }
        }
        Ok(())
    }

    fn decided(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let settled: Vec<_> = self.plan.findings.iter().filter(|found| found.settled).collect();
        heading(f, "Décidé", settled.len() + self.plan.skipped.len())?;
        for (place, name) in &self.plan.skipped {
            writeln!(f, "  {} : {name} — ligne écartée", words::place(*place))?;
        }
        for Finding { place, what, .. } in settled {
            let (found, decided) = (words::what(what), words::accepted(what));
            writeln!(f, "  {} : {found} — {decided}", words::place(*place))?;
        }
        Ok(())
    }

    /// What is said of many lines is said once, with their numbers.
    fn warnings(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut lines: BTreeMap<(File, String), Vec<u32>> = BTreeMap::new();
        let warnings = self.plan.findings.iter();
        let warnings = warnings.filter(|found| found.what.severity() == Severity::Warning);
        for Finding { place, what, .. } in warnings {
            lines.entry((place.file, words::what(what))).or_default().push(place.line);
        }
        heading(f, "À savoir", lines.len())?;
        for ((file, words), lines) in lines {
            let noun = if lines.len() == 1 { "ligne" } else { "lignes" };
            let lines: Vec<_> = lines.iter().map(u32::to_string).collect();
            writeln!(f, "  {}, {noun} {} : {words}", words::file(file), lines.join(", "))?;
        }
        Ok(())
    }

    fn children(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let children = &self.plan.children;
        let new: Vec<_> = children.iter().filter(|child| child.new).collect();
        heading(f, self.done("Enfants à créer", "Enfants créés"), new.len())?;
        list(
            f,
            new.into_iter().map(|child| {
                let place = words::place(Place::pupil(child.line));
                format!("{}, {} ({place})", child.values.name(), child.values.level)
            }),
        )?;
        let updated: Vec<_> =
            children.iter().filter(|child| !child.new && !child.unchanged()).collect();
        heading(f, self.done("Enfants à mettre à jour", "Enfants mis à jour"), updated.len())?;
        for child in updated {
            let mut changes: Vec<_> = child.changes.iter().map(words::change).collect();
            if !child.links.is_empty() {
                changes.push(format!("{} en plus", count(child.links.len(), "responsable")));
            }
            if child.moved_from.is_some() {
                changes.push("change de dossier".to_owned());
            }
            if child.back {
                changes.push("de retour".to_owned());
            }
            let place = words::place(Place::pupil(child.line));
            writeln!(f, "  {} ({place}) : {}", child.values.name(), changes.join(" ; "))?;
        }
        Ok(())
    }

    fn guardians(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let guardians = &self.plan.guardians;
        let new: Vec<_> = guardians.iter().filter(|guardian| guardian.new).collect();
        heading(f, self.done("Responsables à créer", "Responsables créés"), new.len())?;
        list(
            f,
            new.into_iter().map(|guardian| {
                let place = words::place(Place::guardian(guardian.line));
                format!("{} ({place})", guardian.values.name())
            }),
        )?;
        let updated: Vec<_> = guardians
            .iter()
            .filter(|guardian| !guardian.new && !guardian.changes.is_empty())
            .collect();
        heading(
            f,
            self.done("Responsables à mettre à jour", "Responsables mis à jour"),
            updated.len(),
        )?;
        for guardian in updated {
            let place = words::place(Place::guardian(guardian.line));
            let changes: Vec<_> = guardian.changes.iter().map(words::change).collect();
            writeln!(f, "  {} ({place}) : {}", guardian.values.name(), changes.join(" ; "))?;
        }
        let kept: Vec<_> = guardians.iter().filter(|guardian| !guardian.kept.is_empty()).collect();
        heading(f, "Modifié au portail, gardé", kept.len())?;
        for guardian in kept {
            let place = words::place(Place::guardian(guardian.line));
            let kept: Vec<_> = guardian.kept.iter().map(words::kept).collect();
            writeln!(f, "  {} ({place}) : {}", guardian.values.name(), kept.join(" ; "))?;
        }
        Ok(())
    }

    fn missing(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let missing = &self.plan.missing;
        heading(f, "Absents des fichiers : départ à confirmer au guichet", missing.len())?;
        for child in missing {
            let since = child.since.map(|date| date.format(", depuis le %d/%m/%Y").to_string());
            writeln!(f, "  {} ({}){}", child.name, child.class, since.unwrap_or_default())?;
        }
        Ok(())
    }

    fn summary(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Counts { children, guardians, families, invitations, missing } = Counts::of(self.plan);
        writeln!(f, "\nBilan")?;
        for (noun, [new, updated, same]) in [("enfants", children), ("responsables", guardians)] {
            let (create, update) =
                (self.done("à créer", "créés"), self.done("à mettre à jour", "mis à jour"));
            writeln!(f, "  {noun} : {new} {create}, {updated} {update}, {same} inchangés")?;
        }
        writeln!(f, "  nouveaux dossiers : {families}")?;
        writeln!(f, "  comptes invités à choisir un mot de passe : {invitations}")?;
        writeln!(f, "  nouveaux absents : {missing}\n")?;
        let open = self.plan.open().count();
        if open > 0 {
            let points = if open == 1 { "Un point reste" } else { "Des points restent" };
            writeln!(f, "{points} à régler ({open}) : rien ne peut être importé avant.")
        } else if self.plan.is_empty() {
            writeln!(f, "Rien ne change.")
        } else if self.applied {
            writeln!(f, "C'est fait.")
        } else {
            writeln!(f, "Tout est prêt. Pour importer, relancez avec --apply.")
        }
    }

    fn done(&self, planned: &'static str, done: &'static str) -> &'static str {
        if self.applied { done } else { planned }
    }
}

/// How much an import changes: created, updated, left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub children: [usize; 3],
    pub guardians: [usize; 3],
    pub families: usize,
    pub invitations: usize,
    pub missing: usize,
}

impl Counts {
    /// The counts of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let tally = |list: &mut dyn Iterator<Item = (bool, bool)>| {
            let mut counts = [0; 3];
            for (new, unchanged) in list {
                counts[if new { 0 } else { 1 + usize::from(unchanged) }] += 1;
            }
            counts
        };
        let invited = plan.guardians.iter().filter(|g| g.account != AccountStep::Nothing);
        Self {
            children: tally(&mut plan.children.iter().map(|c| (c.new, c.unchanged()))),
            guardians: tally(&mut plan.guardians.iter().map(|g| (g.new, g.changes.is_empty()))),
            families: plan.families.iter().filter(|family| family.new).count(),
            invitations: invited.count(),
            missing: plan.missing.iter().filter(|child| child.since.is_none()).count(),
        }
    }
}

fn heading(f: &mut Formatter<'_>, title: &str, count: usize) -> fmt::Result {
    if count > 0 { writeln!(f, "\n{title} ({count})") } else { Ok(()) }
}

fn list(f: &mut Formatter<'_>, items: impl ExactSizeIterator<Item = String>) -> fmt::Result {
    let rest = items.len().saturating_sub(LISTED);
    for item in items.take(LISTED) {
        writeln!(f, "  {item}")?;
    }
    if rest > 0 { writeln!(f, "  … et {rest} de plus") } else { Ok(()) }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
