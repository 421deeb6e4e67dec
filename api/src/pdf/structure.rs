//! The structure of a document: what a screen reader reads, in which order.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A part of the document: a heading, a paragraph, a table's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part(usize);

/// A text on a page, by its number in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextId(usize);

enum Child {
    Part(Part),
    Text(TextId),
}

struct Entry {
    kind: TagKind,
    children: Vec<Child>,
}

struct Heading {
    words: String,
    page: usize,
    top: f32,
}

/// The parts, in the order of reading.
#[derive(Default)]
pub(super) struct Structure {
    entries: Vec<Entry>,
    roots: Vec<Part>,
    headings: Vec<Heading>,
    texts: usize,
}

impl Structure {
    /// A new part, the last of its parent's.
    pub(super) fn part(&mut self, parent: Option<Part>, kind: impl Into<TagKind>) -> Part {
        let part = Part(self.entries.len());
        self.entries.push(Entry { kind: kind.into(), children: Vec::new() });
        match parent {
            Some(Part(parent)) => self.entries[parent].children.push(Child::Part(part)),
            None => self.roots.push(part),
        }
        part
    }

    /// A new text, the last of its part's.
    pub(super) fn text(&mut self, Part(part): Part) -> TextId {
        let text = TextId(self.texts);
        self.texts += 1;
        self.entries[part].children.push(Child::Text(text));
        text
    }

    /// Notes where a heading stands, for the reader's table of contents.
    pub(super) fn heading(&mut self, words: String, page: usize, top: f32) {
        self.headings.push(Heading { words, page, top });
    }

    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for Heading { words, page, top } in &self.headings {
            let there = XyzDestination::new(*page, Point::from_xy(0.0, *top));
            outline.push_child(OutlineNode::new(words.clone(), there));
        }
        outline
    }

    /// The tree, once all texts are on their pages: `drawn` has what each became, by its number.
    pub(super) fn tree(mut self, drawn: &Drawn, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for root in std::mem::take(&mut self.roots) {
            tree.push(self.group(root, drawn));
        }
        tree
    }

    fn group(&mut self, Part(part): Part, drawn: &Drawn) -> TagGroup {
        let entry = &mut self.entries[part];
        let kind = entry.kind.clone();
        let children: Vec<Node> = std::mem::take(&mut entry.children)
            .into_iter()
            .filter_map(|child| match child {
                Child::Part(part) => Some(self.group(part, drawn).into()),
                Child::Text(text) => drawn.get(text).map(Node::from),
            })
            .collect();
        TagGroup::with_children(kind, children)
    }
}

/// What the texts became when they were drawn.
#[derive(Default)]
pub(super) struct Drawn(std::collections::BTreeMap<usize, Identifier>);

impl Drawn {
    pub(super) fn note(&mut self, TextId(text): TextId, identifier: Identifier) {
        self.0.insert(text, identifier);
    }

    fn get(&self, TextId(text): TextId) -> Option<Identifier> {
        self.0.get(&text).copied()
    }
}
