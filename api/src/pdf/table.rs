//! The table of a document's lines: a child after the other, then the totals.
//!
//! Each cell names its headers by their ids: a child's row heads those below it, which a scope
//! alone can't say.

use std::num::NonZeroU32;

use domain::billing::document::{self, Labels};
use domain::cents::Cents;
use domain::problem::Language;
use domain::wire::{BilledChildView, LineView};
use krilla::tagging::{TableHeaderScope, Tag, TagId};

use super::sheet::{Align, Cursor, Sheet};
use super::structure::Part;
use super::style::{BODY, Column, HEADING, INK, LINE, SMALL, Style, WIDE};
use super::words;

/// Between columns.
const GAP: f32 = 15.0;
/// Above a line.
const ABOVE: f32 = 5.0;
const COLUMNS: u32 = 5;
const HEAD: Style = SMALL.coloured(INK).bold();
const TOTAL: Style = Style { size: 12.5, leading: 19.0, ..HEADING };

pub(super) struct Table<'a> {
    pub(super) labels: Labels,
    pub(super) children: &'a [BilledChildView],
    pub(super) lines: &'a [LineView],
    pub(super) totals: Vec<Total>,
    pub(super) language: Language,
}

/// A line below the others; the last one is what matters.
pub(super) struct Total {
    pub(super) name: String,
    pub(super) amount: Cents,
    pub(super) strong: bool,
}

/// The columns of what is billed, and of its four figures.
struct Columns {
    item: Column,
    figures: [Column; 4],
}

impl Table<'_> {
    pub(super) fn put(&self, sheet: &mut Sheet) {
        let columns = self.columns(sheet);
        let table = sheet.part(None, Tag::Table);
        self.head(sheet, table, &columns);
        for (at, lines) in self.lines.chunk_by(|a, b| a.line.child == b.line.child).enumerate() {
            self.child(sheet, table, &columns, at, lines);
        }
        sheet.repeat_no_more();
        self.totals(sheet, table);
    }

    fn figures(&self, line: &LineView) -> [String; 4] {
        let LineView { line, quantity, amount } = line;
        let reduction = document::reduction(&line.rule, self.language);
        [
            quantity.to_string(),
            document::amount(line.rule.full_price, self.language),
            reduction.unwrap_or_else(|| "—".to_owned()),
            document::amount(*amount, self.language),
        ]
    }

    fn titles(&self) -> [&'static str; 4] {
        let Labels { quantity, unit_price, reduction, amount, .. } = self.labels;
        [quantity, unit_price, reduction, amount]
    }

    /// As wide as their widest figure; what is billed takes what is left.
    fn columns(&self, sheet: &Sheet) -> Columns {
        let mut widths = self.titles().map(|title| sheet.width(title, HEAD));
        for line in self.lines {
            for (width, figure) in widths.iter_mut().zip(self.figures(line)) {
                *width = width.max(sheet.width(&figure, BODY));
            }
        }
        let mut right = WIDE.right();
        let mut figures = widths.map(|width| Column { left: 0.0, width });
        for column in figures.iter_mut().rev() {
            column.left = right - column.width;
            right = column.left - GAP;
        }
        Columns { item: Column { left: WIDE.left, width: right - WIDE.left }, figures }
    }

    fn head(&self, sheet: &mut Sheet, table: Part, columns: &Columns) {
        let group = sheet.part(Some(table), Tag::THead);
        let row = sheet.part(Some(group), Tag::TR);
        let start = sheet.cursor;
        let titles = std::iter::once(self.labels.item).chain(self.titles());
        for (at, (title, (column, align))) in titles.zip(columns.all()).enumerate() {
            let tag = Tag::TH(TableHeaderScope::Column).with_id(Some(id("column", at)));
            let cell = sheet.part(Some(row), tag);
            sheet.cursor = start;
            sheet.lines(cell, title, HEAD, column, align);
        }
        sheet.space(4.0);
        sheet.rule(WIDE, 1.2, INK);
        sheet.space(2.0);
        sheet.repeat_from(start);
    }

    fn child(
        &self,
        sheet: &mut Sheet,
        table: Part,
        columns: &Columns,
        at: usize,
        lines: &[LineView],
    ) {
        let Some(first) = lines.first() else { return };
        if at > 0 {
            sheet.space(5.0);
            sheet.rule(WIDE, 0.6, LINE);
        }
        sheet.keep(6.0 + HEADING.leading + self.line_height(sheet, columns, first));
        let start = sheet.cursor;
        sheet.space(6.0);
        let group = sheet.part(Some(table), Tag::TBody);
        let child = self.children.iter().find(|child| child.id == first.line.child);
        let name = child.map_or("—", |child| &child.name);
        let row = sheet.part(Some(group), Tag::TR);
        let tag = Tag::TH(TableHeaderScope::Column)
            .with_id(Some(id("child", at)))
            .with_col_span(NonZeroU32::new(COLUMNS));
        let cell = sheet.part(Some(row), tag);
        let level = child.map_or("", |child| &child.level);
        name_and_level(sheet, cell, name, level);
        sheet.repeat_from(start);
        for (number, line) in lines.iter().enumerate() {
            let headers = Headers { child: at, line: number };
            self.line(sheet, group, columns, headers, line);
        }
        sheet.repeat_no_more();
    }

    fn details(&self, line: &LineView) -> [String; 2] {
        let mut rule = line.line.rule.words(self.language);
        if line.line.rule.percent > 0 {
            let price = words::reduced_to(line.line.unit_price, self.language);
            rule = format!("{rule} · {price}");
        }
        [document::taken(&line.line.taken, self.language), rule]
    }

    fn line_height(&self, sheet: &Sheet, columns: &Columns, line: &LineView) -> f32 {
        let item = line.line.item.words(self.language);
        let details = self.details(line);
        let details = details.iter().map(|words| sheet.height(words, SMALL, WIDE.width));
        ABOVE + sheet.height(item, BODY, columns.item.width) + details.sum::<f32>()
    }

    /// What is billed and its figures, then, across the table, its days and the price's rule.
    fn line(
        &self,
        sheet: &mut Sheet,
        group: Part,
        columns: &Columns,
        headers: Headers,
        line: &LineView,
    ) {
        sheet.keep(self.line_height(sheet, columns, line));
        sheet.space(ABOVE);
        let row = sheet.part(Some(group), Tag::TR);
        let start = sheet.cursor;
        let tag = Tag::TH(TableHeaderScope::Row)
            .with_id(Some(headers.own()))
            .with_headers(Some(headers.of_item()));
        let cell = sheet.part(Some(row), tag);
        sheet.lines(cell, line.line.item.words(self.language), BODY, columns.item, Align::Left);
        let end = sheet.cursor;
        for (at, figure) in self.figures(line).iter().enumerate() {
            sheet.cursor = start;
            let tag = Tag::TD.with_headers(Some(headers.of_figure(at + 1)));
            let cell = sheet.part(Some(row), tag);
            sheet.lines(cell, figure, BODY, columns.figures[at], Align::Right);
        }
        sheet.cursor = end;
        let row = sheet.part(Some(group), Tag::TR);
        let tag = Tag::TD
            .with_headers(Some(headers.of_details()))
            .with_col_span(NonZeroU32::new(COLUMNS));
        let cell = sheet.part(Some(row), tag);
        for words in self.details(line) {
            let part = sheet.part(Some(cell), Tag::P);
            sheet.lines(part, &words, SMALL, WIDE, Align::Left);
        }
    }

    fn totals(&self, sheet: &mut Sheet, table: Part) {
        let height: f32 = self.totals.iter().map(|total| total.style().leading).sum();
        sheet.keep(height + 12.0);
        sheet.space(8.0);
        sheet.rule(WIDE, 1.2, INK);
        sheet.space(5.0);
        let group = sheet.part(Some(table), Tag::TFoot);
        for (at, total) in self.totals.iter().enumerate() {
            let row = sheet.part(Some(group), Tag::TR);
            let own = id("total", at);
            let tag = Tag::TH(TableHeaderScope::Row)
                .with_id(Some(own.clone()))
                .with_col_span(NonZeroU32::new(COLUMNS - 1));
            let name = sheet.part(Some(row), tag);
            let start = sheet.cursor;
            sheet.lines(name, &total.name, total.style(), WIDE, Align::Left);
            sheet.cursor = start;
            let amount = sheet.part(Some(row), Tag::TD.with_headers(Some([own])));
            let words = document::amount(total.amount, self.language);
            sheet.lines(amount, &words, total.style(), WIDE, Align::Right);
        }
    }
}

impl Columns {
    fn all(&self) -> impl Iterator<Item = (Column, Align)> {
        let figures = self.figures.iter().map(|column| (*column, Align::Right));
        std::iter::once((self.item, Align::Left)).chain(figures)
    }
}

impl Total {
    fn style(&self) -> Style {
        if self.strong { TOTAL } else { BODY }
    }
}

/// Whose line it is, and which of the child's.
#[derive(Clone, Copy)]
struct Headers {
    child: usize,
    line: usize,
}

impl Headers {
    fn own(self) -> TagId {
        TagId::from(format!("line {} {}", self.child, self.line).into_bytes())
    }

    fn of_item(self) -> [TagId; 2] {
        [id("column", 0), id("child", self.child)]
    }

    fn of_figure(self, column: usize) -> [TagId; 3] {
        [id("column", column), id("child", self.child), self.own()]
    }

    fn of_details(self) -> [TagId; 2] {
        [id("child", self.child), self.own()]
    }
}

fn id(kind: &str, number: usize) -> TagId {
    TagId::from(format!("{kind} {number}").into_bytes())
}

/// The level stands behind the name where there is space for it, below otherwise.
fn name_and_level(sheet: &mut Sheet, cell: Part, name: &str, level: &str) {
    const GAP: f32 = 4.0;
    let style = HEADING;
    let named = format!("{name} ");
    let (width, start) = (sheet.width(&named, style) + GAP, sheet.cursor);
    let beside = Column { left: WIDE.left + width, width: WIDE.width - width };
    if sheet.width(level, SMALL) <= beside.width {
        sheet.line(cell, &named, style, WIDE, Align::Left);
        let lower = (style.size - SMALL.size) * 0.334;
        let Cursor { page, y } = start;
        let end = std::mem::replace(
            &mut sheet.cursor,
            Cursor { page, y: y + lower + (style.leading - SMALL.leading) / 2.0 },
        );
        sheet.lines(cell, level, SMALL, beside, Align::Left);
        sheet.cursor = end;
    } else {
        sheet.lines(cell, name, style, WIDE, Align::Left);
        sheet.lines(cell, level, SMALL, WIDE, Align::Left);
    }
}
