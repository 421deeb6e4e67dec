//! What stands above a document's content: who writes, to whom, and what it is; and the small print
//! below it.

use domain::billing::{Payer, RevenueOffice, document};
use krilla::tagging::Tag;

use super::sheet::{Align, Cursor, Level, Mark, Sheet};
use super::style::{
    BODY, BRAND, BRAND_SOFT, Column, HEADING, LARGE, SENDER, SMALL, SOFT, SUM, TITLE, TOP, WIDE,
    WINDOW, WINDOW_TOP,
};

/// Above it stands the sender alone, so that the window of an envelope shows nothing else.
const TITLE_TOP: f32 = WINDOW_TOP;
/// Between the names of facts and what they are.
const GAP: f32 = 12.0;
const PADDING: f32 = 11.0;

pub(super) struct Letterhead<'a> {
    pub(super) office: &'a RevenueOffice,
    pub(super) addressee: &'a Payer,
    /// Above the addressee.
    pub(super) to: &'a str,
    pub(super) title: &'a str,
    pub(super) subject: String,
    pub(super) facts: Vec<Fact>,
    pub(super) sum: Sum,
}

/// A name and what it is; some are to be seen at first sight.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) strong: bool,
}

/// The figure that the document is about.
pub(super) struct Sum {
    pub(super) caption: String,
    pub(super) amount: String,
}

impl Letterhead<'_> {
    /// Puts it on the first page; what follows begins below all of it.
    pub(super) fn put(&self, sheet: &mut Sheet) {
        self.sender(sheet);
        sheet.cursor.y = sheet.cursor.y.max(TITLE_TOP);
        sheet.heading(Level::First, self.title, TITLE, SENDER);
        sheet.paragraph(&self.subject, LARGE.coloured(SOFT), SENDER);
        sheet.space(6.0);
        facts(sheet, &self.facts, SENDER);
        let left = sheet.cursor;
        sheet.cursor = Cursor { page: 0, y: TOP };
        self.sum(sheet);
        sheet.cursor.y = sheet.cursor.y.max(WINDOW_TOP);
        self.addressee(sheet);
        if left > sheet.cursor {
            sheet.cursor = left;
        }
    }

    fn sender(&self, sheet: &mut Sheet) {
        let RevenueOffice { name, desk, address, siret, .. } = self.office;
        let part = sheet.part(None, Tag::Div);
        let mut line = |words: &str, style| {
            let part = sheet.part(Some(part), Tag::P);
            sheet.lines(part, words, style, SENDER, Align::Left);
        };
        line(name, LARGE.bold());
        line(desk, BODY);
        for words in address {
            line(words, BODY);
        }
        line(&format!("SIRET {}", document::siret(siret)), SMALL);
    }

    /// On a tinted ground, so that it is seen first.
    fn sum(&self, sheet: &mut Sheet) {
        let Sum { caption, amount } = &self.sum;
        let within = Column { left: WINDOW.left + PADDING, width: WINDOW.width - 2.0 * PADDING };
        let Cursor { page, y: top } = sheet.cursor;
        let height = sheet.height(caption, SMALL, within.width)
            + sheet.height(amount, SUM, within.width)
            + 2.0 * PADDING;
        let column = WINDOW;
        sheet.mark(page, Mark::Box { column, top, height, radius: 7.0, colour: BRAND_SOFT });
        sheet.space(PADDING);
        sheet.paragraph(caption, SMALL.coloured(BRAND), within);
        sheet.paragraph(amount, SUM, within);
        sheet.space(PADDING);
    }

    fn addressee(&self, sheet: &mut Sheet) {
        sheet.paragraph(self.to, SMALL, WINDOW);
        let part = sheet.part(None, Tag::Div);
        let lines = std::iter::once((&self.addressee.name, LARGE.bold()))
            .chain(self.addressee.address.iter().map(|line| (line, LARGE)));
        for (words, style) in lines {
            let line = sheet.part(Some(part), Tag::P);
            sheet.lines(line, words, style, WINDOW, Align::Left);
        }
    }
}

/// Names on the left, what they are beside them; each is read as one line.
pub(super) fn facts(sheet: &mut Sheet, facts: &[Fact], column: Column) {
    let widths = facts.iter().map(|fact| sheet.width(fact.name, BODY));
    let indent = widths.fold(0.0, f32::max) + GAP;
    let values = Column { left: column.left + indent, width: column.width - indent };
    for Fact { name, value, strong } in facts {
        let style = if *strong { BODY.bold() } else { BODY };
        let part = sheet.part(None, Tag::P);
        sheet.keep(sheet.height(value, style, values.width));
        let start = sheet.cursor;
        // Its space keeps the two apart where the text is copied.
        sheet.line(part, &format!("{name} "), BODY.coloured(SOFT), column, Align::Left);
        sheet.cursor = start;
        sheet.lines(part, value, style, values, Align::Left);
    }
}

/// Small print below a heading of its own, on one page where it fits.
pub(super) fn notes(sheet: &mut Sheet, heading: &str, notes: &[String]) {
    const ABOVE: f32 = 2.0;
    let heights = notes.iter().map(|words| ABOVE + sheet.height(words, SMALL, WIDE.width));
    sheet.keep(HEADING.leading + heights.sum::<f32>());
    sheet.heading(Level::Second, heading, HEADING, WIDE);
    for words in notes {
        sheet.space(ABOVE);
        sheet.paragraph(words, SMALL, WIDE);
    }
}
