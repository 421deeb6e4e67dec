//! From text to glyphs: the two weights of the PDFs' typeface.

use std::ops::Range;

use harfrust::{
    BufferFlags, Direction, Feature, FontRef, GlyphBuffer, ShapeOptions, ShapePlan, ShaperData,
    Tag, UnicodeBuffer, script,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::PdfError;

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf");

/// What stands for letters that the typeface does not have.
const UNKNOWN: char = '?';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both weights.
pub(super) struct Typefaces {
    regular: Typeface,
    bold: Typeface,
}

impl Typefaces {
    pub(super) fn new() -> Result<Self, PdfError> {
        Ok(Self { regular: Typeface::new(REGULAR)?, bold: Typeface::new(BOLD)? })
    }

    pub(super) fn get(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// One weight: as it is embedded, and as it is read to place glyphs.
pub(super) struct Typeface {
    pub(super) font: Font,
    face: FontRef<'static>,
    shaper: ShaperData,
    /// Made once: it takes longer than the shaping.
    plan: ShapePlan,
}

/// Text on one line, as glyphs.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// At a size of 1.
    pub(super) width: f32,
}

impl Typeface {
    fn new(data: &'static [u8]) -> Result<Self, PdfError> {
        let font = Font::new(data.into(), 0).ok_or(PdfError::Typeface)?;
        let face = FontRef::new(data).map_err(|_| PdfError::Typeface)?;
        let shaper = ShaperData::new(&face);
        let plan = ShapePlan::new(
            &shaper.shaper(&face).build(),
            Direction::LeftToRight,
            Some(script::LATIN),
            None,
            &features(),
        );
        Ok(Self { font, face, shaper, plan })
    }

    /// One line of text; letters that the typeface does not have are replaced.
    pub(super) fn run(&self, text: &str) -> Run {
        let run = self.shaped(plain(text));
        let unknown: Vec<_> = run
            .glyphs
            .iter()
            .filter(|glyph| glyph.glyph_id.to_u32() == 0)
            .map(|glyph| glyph.text_range.clone())
            .collect();
        if unknown.is_empty() { run } else { self.shaped(replaced(&run.text, &unknown)) }
    }

    fn shaped(&self, text: String) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let features = features();
        let options = ShapeOptions::new().features(&features).plan(Some(&self.plan));
        let shaper = self.shaper.shaper(&self.face).build();
        let per_em = number(shaper.units_per_em());
        let glyphs = placed(&shaper.shape(buffer, options), text.len(), per_em);
        Run { width: glyphs.iter().map(|glyph| glyph.x_advance).sum(), glyphs, text }
    }
}

/// Figures of one width, so that amounts stand below each other.
fn features() -> [Feature; 1] {
    [Feature::new(Tag::new(b"tnum"), 1, ..)]
}

/// The glyphs of a text of so many bytes, in units of an em.
fn placed(shaped: &GlyphBuffer, bytes: usize, per_em: f32) -> Vec<KrillaGlyph> {
    // From left to right they rise.
    let starts: Vec<_> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    let end_of = |start: usize| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(bytes)
    };
    let infos = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    infos
        .zip(&starts)
        .map(|((info, position), start)| {
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                number(position.x_advance) / per_em,
                number(position.x_offset) / per_em,
                number(position.y_offset) / per_em,
                number(position.y_advance) / per_em,
                *start..end_of(*start),
                None,
            )
        })
        .collect()
}

/// A font's figures are of 16 bits.
fn number(units: i32) -> f32 {
    i16::try_from(units).map_or(0.0, f32::from)
}

/// Without control characters, and with the spaces and hyphens that the typeface has.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{202f}' | '\u{2007}' => '\u{a0}',
            '\u{2010}' | '\u{2011}' => '-',
            '\u{2000}'..='\u{200a}' | '\u{3000}' => ' ',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect()
}

/// The text with one sign for each stretch of what is unknown.
fn replaced(text: &str, unknown: &[Range<usize>]) -> String {
    let mut known = String::with_capacity(text.len());
    let mut end = 0;
    for range in unknown {
        let between = text.get(end..range.start).unwrap_or_default();
        known.push_str(between);
        if !between.is_empty() || end == 0 {
            known.push(UNKNOWN);
        }
        end = end.max(range.end);
    }
    known.push_str(text.get(end..).unwrap_or_default());
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        Typefaces::new().unwrap().get(Weight::Bold).run(text).text
    }

    #[test]
    fn names_of_europe_are_set_as_they_are() {
        for name in ["Zoë Lefèvre-Œuvrard d’Été", "Łukasz Żółć", "Ayşe Yıldız-Çağğ", "Ștefan Ő"]
        {
            assert_eq!(text(name), name);
        }
    }

    #[test]
    fn what_the_typeface_lacks_is_replaced_once_a_stretch() {
        for (given, set) in [
            ("Léa 🎉🎂 Roux", "Léa ? Roux"),
            ("👩‍👧", "?"),
            ("Иван", "?"),
            ("Ли Roux Ли", "? Roux ?"),
            ("1\u{202f}120", "1\u{a0}120"),
            ("a\tb\u{0}\nc", "a b  c"),
        ] {
            assert_eq!(text(given), set, "{given:?}");
        }
    }

    #[test]
    fn letters_of_two_characters_are_one() {
        let faces = Typefaces::new().unwrap();
        let [composed, parts] =
            ["É", "E\u{301}"].map(|text| faces.get(Weight::Regular).run(text).width);
        assert!((composed - parts).abs() < 0.001, "{composed} {parts}");
    }
}
