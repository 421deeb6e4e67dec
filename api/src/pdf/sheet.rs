//! A document's pages while they are filled: lines and pages are broken here.

use std::num::NonZeroU16;

use krilla::tagging::{ArtifactType, Tag, TagKind};

use super::lines::Measure;
use super::structure::{Part, Structure, TextId};
use super::style::{BOTTOM, Colour, Column, FOOT, SMALL, Style, TOP};
use super::typeface::{Run, Typefaces};

/// Something on a page.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Text {
        left: f32,
        baseline: f32,
        run: Run,
        style: Style,
        role: Role,
    },
    /// An e-mail address, over its text.
    Link {
        column: Column,
        top: f32,
        height: f32,
        address: String,
        text: TextId,
    },
    /// A filled rectangle: a rule or a background.
    Box {
        column: Column,
        top: f32,
        height: f32,
        radius: f32,
        colour: Colour,
    },
}

/// What a text is to a screen reader.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    Content(TextId),
    /// Not read.
    Artifact(ArtifactType),
}

/// Where the next line begins.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Cursor {
    pub(super) page: usize,
    pub(super) y: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Of a heading.
#[derive(Clone, Copy, Debug)]
pub(super) enum Level {
    /// The document's.
    First,
    Second,
}

impl Level {
    fn number(self) -> NonZeroU16 {
        match self {
            Self::First => NonZeroU16::MIN,
            Self::Second => NonZeroU16::MIN.saturating_add(1),
        }
    }
}

/// What stands again at the head of each further page of a table.
struct Repeated {
    /// As if it stood at the top of all pages.
    marks: Vec<Mark>,
    height: f32,
}

const MOST_REPEATED: f32 = (BOTTOM - TOP) / 4.0;

pub(super) struct Sheet {
    pub(super) typefaces: Typefaces,
    pub(super) structure: Structure,
    pub(super) cursor: Cursor,
    pages: Vec<Vec<Mark>>,
    repeated: Vec<Repeated>,
    /// The sender's e-mail address, which is a link wherever it stands.
    address: String,
}

impl Sheet {
    pub(super) fn new(typefaces: Typefaces, address: &str) -> Self {
        Self {
            typefaces,
            structure: Structure::default(),
            cursor: Cursor { page: 0, y: TOP },
            pages: vec![Vec::new()],
            repeated: Vec::new(),
            address: if address.is_ascii() { address.to_owned() } else { String::new() },
        }
    }

    /// Pages and structure, once all is set.
    pub(super) fn into_parts(self) -> (Typefaces, Structure, Vec<Vec<Mark>>) {
        (self.typefaces, self.structure, self.pages)
    }

    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// White space.
    pub(super) fn space(&mut self, height: f32) {
        self.cursor.y += height;
    }

    /// Begins a new page where so much does not fit on this one but would on the next.
    pub(super) fn keep(&mut self, height: f32) {
        if self.cursor.y + height > BOTTOM && TOP + height <= BOTTOM {
            self.next_page();
        }
    }

    fn next_page(&mut self) {
        self.cursor = Cursor { page: self.cursor.page + 1, y: TOP };
        if self.pages.len() <= self.cursor.page {
            self.pages.push(Vec::new());
        }
        for Repeated { marks, height } in &self.repeated {
            let marks = marks.iter().map(|mark| mark.lower(self.cursor.y));
            self.pages[self.cursor.page].extend(marks);
            self.cursor.y += height;
        }
    }

    /// From now on, pages begin with a copy of what stands on this page from there on too. What is
    /// too high for that, or begins on another page, is not repeated.
    pub(super) fn repeat_from(&mut self, start: Cursor) {
        let height = self.cursor.y - start.y;
        self.repeated.push(if start.page == self.cursor.page && height < MOST_REPEATED {
            let marks = self.pages[start.page].iter().filter(|mark| mark.is_below(start.y));
            Repeated { marks: marks.map(|mark| mark.lower(-start.y).unread()).collect(), height }
        } else {
            Repeated { marks: Vec::new(), height: 0.0 }
        });
    }

    /// What was the last to be repeated no longer is.
    pub(super) fn repeat_no_more(&mut self) {
        self.repeated.pop();
    }

    pub(super) fn mark(&mut self, page: usize, mark: Mark) {
        self.pages[page].push(mark);
    }

    /// A rule across a column, below the last line.
    pub(super) fn rule(&mut self, column: Column, height: f32, colour: Colour) {
        let Cursor { page, y } = self.cursor;
        self.mark(page, Mark::Box { column, top: y, height, radius: 0.0, colour });
        self.cursor.y += height;
    }

    /// A heading, which is never the last on its page.
    pub(super) fn heading(&mut self, level: Level, words: &str, style: Style, column: Column) {
        self.keep(3.0 * style.leading);
        let Cursor { page, y } = self.cursor;
        self.structure.heading(words.to_owned(), page, y);
        let part = self.structure.part(None, Tag::Hn(level.number(), Some(words.to_owned())));
        self.lines(part, words, style, column, Align::Left);
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, words: &str, style: Style, column: Column) {
        let part = self.structure.part(None, Tag::P);
        self.lines(part, words, style, column, Align::Left);
    }

    /// A new part of a table, or of the document.
    pub(super) fn part(&mut self, parent: Option<Part>, kind: impl Into<TagKind>) -> Part {
        self.structure.part(parent, kind)
    }

    /// Text that is broken into lines, and over pages where it must be.
    pub(super) fn lines(
        &mut self,
        part: Part,
        words: &str,
        style: Style,
        column: Column,
        align: Align,
    ) {
        for line in self.broken(words, style, column.width) {
            self.line(part, &line, style, column, align);
        }
    }

    /// Text on one line, as it is.
    pub(super) fn line(
        &mut self,
        part: Part,
        words: &str,
        style: Style,
        column: Column,
        align: Align,
    ) {
        if self.cursor.y + style.leading > BOTTOM {
            self.next_page();
        }
        let mut left = self.left(words, style, column, align);
        match words.split_once(&self.address) {
            Some((before, after)) if !self.address.is_empty() => {
                left = self.content(part, before, style, left);
                left = self.link(part, style, left);
                self.content(part, after, style, left);
            }
            _ => {
                self.content(part, words, style, left);
            }
        }
        self.cursor.y += style.leading;
    }

    /// Text from there on, and where it ends.
    fn content(&mut self, part: Part, words: &str, style: Style, left: f32) -> f32 {
        if words.is_empty() {
            return left;
        }
        let role = Role::Content(self.structure.text(part));
        self.set(self.cursor, words, style, left, role)
    }

    /// The e-mail address, to be written to.
    fn link(&mut self, part: Part, style: Style, left: f32) -> f32 {
        let part = self.structure.part(Some(part), Tag::Link);
        let address = self.address.clone();
        let right = self.content(part, &address, style, left);
        let Cursor { page, y: top } = self.cursor;
        let (column, height) = (Column { left, width: right - left }, style.leading);
        let text = self.structure.text(part);
        self.mark(page, Mark::Link { column, top, height, address, text });
        right
    }

    /// Text below a page's content, which is not read.
    pub(super) fn foot(
        &mut self,
        page: usize,
        words: &str,
        column: Column,
        align: Align,
        kind: ArtifactType,
    ) {
        let mut y = FOOT;
        for line in self.broken(words, SMALL, column.width) {
            let left = self.left(&line, SMALL, column, align);
            self.set(Cursor { page, y }, &line, SMALL, left, Role::Artifact(kind));
            y += SMALL.leading;
        }
    }

    fn set(
        &mut self,
        Cursor { page, y }: Cursor,
        words: &str,
        style: Style,
        left: f32,
        role: Role,
    ) -> f32 {
        let run = self.typefaces.get(style.weight).run(words);
        let right = left + run.width * style.size;
        self.mark(page, Mark::Text { left, baseline: y + style.baseline(), run, style, role });
        right
    }

    fn left(&self, words: &str, style: Style, column: Column, align: Align) -> f32 {
        match align {
            Align::Left => column.left,
            Align::Right => column.right() - self.width(words, style),
        }
    }

    /// How high a text becomes.
    pub(super) fn height(&self, words: &str, style: Style, width: f32) -> f32 {
        (0..self.broken(words, style, width).len()).map(|_| style.leading).sum()
    }

    /// How wide a text is on one line.
    pub(super) fn width(&self, words: &str, style: Style) -> f32 {
        self.typefaces.get(style.weight).run(words).width * style.size
    }

    fn broken(&self, words: &str, style: Style, width: f32) -> Vec<String> {
        Measure { width_of: |text: &str| self.width(text, style), width }.lines(words)
    }
}

impl Mark {
    fn lower(&self, by: f32) -> Self {
        let mut mark = self.clone();
        match &mut mark {
            Self::Text { baseline: y, .. }
            | Self::Link { top: y, .. }
            | Self::Box { top: y, .. } => *y += by,
        }
        mark
    }

    /// Whether it is seen from there on.
    fn is_below(&self, y: f32) -> bool {
        match self {
            Self::Text { baseline: own, .. } | Self::Box { top: own, .. } => *own >= y,
            Self::Link { .. } => false,
        }
    }

    fn unread(mut self) -> Self {
        if let Self::Text { role, .. } = &mut self {
            *role = Role::Artifact(ArtifactType::PaginationOther);
        }
        self
    }
}
