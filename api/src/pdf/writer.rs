//! From marks on pages to the bytes of a PDF file.

use chrono::{Datelike, NaiveDate};
use domain::problem::Language;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::{Page, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use super::PdfError;
use super::sheet::{Align, Mark, Role, Sheet};
use super::structure::Drawn;
use super::style::{Colour, Column, PAGE_HEIGHT, PAGE_WIDTH, SMALL, WIDE};
use super::typeface::Typefaces;
use super::words::{page, words};

/// What a file says of itself.
pub(super) struct About {
    pub(super) title: String,
    /// On the left of each page's foot.
    pub(super) foot: String,
    pub(super) author: String,
    pub(super) issued_on: NaiveDate,
    pub(super) language: Language,
}

pub(super) fn write(mut sheet: Sheet, about: &About) -> Result<Vec<u8>, PdfError> {
    feet(&mut sheet, about);
    let mut document = Document::new_with(SerializeSettings {
        configuration: standards()?,
        ..SerializeSettings::default()
    });
    let (typefaces, structure, pages) = sheet.into_parts();
    let mut drawn = Drawn::default();
    for marks in &pages {
        let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or(PdfError::Settings)?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, &typefaces, &mut drawn);
        }
        surface.finish();
        for mark in marks {
            link(&mut page, mark, &mut drawn);
        }
        page.finish();
    }
    document.set_outline(structure.outline());
    document.set_tag_tree(structure.tree(&drawn, words(about.language).tag));
    document.set_metadata(metadata(about));
    Ok(document.finish()?)
}

fn standards() -> Result<Configuration, PdfError> {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|_| PdfError::Settings)
}

fn metadata(about: &About) -> Metadata {
    Metadata::new()
        .title(printable(&about.title))
        .authors(vec![printable(&about.author)])
        .creator("Préau".to_owned())
        .language(words(about.language).tag.to_owned())
        .creation_date(date(about.issued_on))
}

/// XML has no place for control characters.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn date(day: NaiveDate) -> DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    DateTime::new(year).month(small(day.month())).day(small(day.day()))
}

/// Every page says what it belongs to, and which one it is.
fn feet(sheet: &mut Sheet, about: &About) {
    let of = sheet.pages();
    for index in 0..of {
        let number = page(index + 1, of, about.language);
        let left = WIDE.width - sheet.width(&number, SMALL) - 2.0 * SMALL.leading;
        let own = Column { width: left, ..WIDE };
        sheet.foot(index, &about.foot, own, Align::Left, ArtifactType::Footer);
        sheet.foot(index, &number, WIDE, Align::Right, ArtifactType::PageNumber);
    }
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, typefaces: &Typefaces, drawn: &mut Drawn) {
    match mark {
        Mark::Link { .. } => return,
        Mark::Text { left, baseline, run, style, role } => {
            surface.set_fill(Some(fill(style.colour)));
            let identifier = surface.start_tagged(match role {
                Role::Content(_) => ContentTag::Span(SpanTag::empty()),
                Role::Artifact(kind) => ContentTag::Artifact(Artifact::with_kind(*kind)),
            });
            if let Role::Content(text) = role {
                drawn.note(*text, identifier);
            }
            let font = typefaces.get(style.weight).font.clone();
            let start = Point::from_xy(*left, *baseline);
            surface.draw_glyphs(start, &run.glyphs, font, &run.text, style.size, false);
        }
        Mark::Box { column, top, height, radius, colour } => {
            surface.set_fill(Some(fill(*colour)));
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            if let Some(path) = rounded(*column, *top, *height, *radius) {
                surface.draw_path(&path);
            }
        }
    }
    surface.end_tagged();
}

/// Pages take links when all is drawn.
fn link(page: &mut Page<'_>, mark: &Mark, drawn: &mut Drawn) {
    let Mark::Link { column, top, height, address, text } = mark else { return };
    let Some(area) = Rect::from_xywh(column.left, *top, column.width, *height) else { return };
    let target = Target::Action(LinkAction::new(format!("mailto:{address}")).into());
    let link = LinkAnnotation::new(area, target);
    let annotation = Annotation::new_link(link, Some(address.clone()));
    drawn.note(*text, page.add_tagged_annotation(annotation));
}

fn fill(Colour(red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

/// A rectangle with round corners.
fn rounded(column: Column, top: f32, height: f32, radius: f32) -> Option<Path> {
    let (left, right, bottom) = (column.left, column.right(), top + height);
    let mut path = PathBuilder::new();
    if radius <= 0.0 {
        path.push_rect(Rect::from_ltrb(left, top, right, bottom)?);
        return path.finish();
    }
    // The control points that make a curve nearly a quarter of a circle.
    let near = radius * 0.448;
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - near, top, right, top + near, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - near, right - near, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + near, bottom, left, bottom - near, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + near, left + near, top, left + radius, top);
    path.close();
    path.finish()
}
