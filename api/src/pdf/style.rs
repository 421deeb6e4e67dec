//! Sizes, colours and distances, in points: the look of the portal's screens, on A4.

use super::typeface::Weight;

pub(super) const MILLIMETRE: f32 = 72.0 / 25.4;

pub(super) const PAGE_WIDTH: f32 = 210.0 * MILLIMETRE;
pub(super) const PAGE_HEIGHT: f32 = 297.0 * MILLIMETRE;
pub(super) const TOP: f32 = 18.0 * MILLIMETRE;
/// Below it stands the foot alone.
pub(super) const BOTTOM: f32 = 277.0 * MILLIMETRE;
pub(super) const FOOT: f32 = 282.0 * MILLIMETRE;

/// Where text stands across the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) left: f32,
    pub(super) width: f32,
}

impl Column {
    pub(super) fn right(self) -> f32 {
        self.left + self.width
    }
}

/// The whole width between the margins.
pub(super) const WIDE: Column = Column { left: 20.0 * MILLIMETRE, width: 170.0 * MILLIMETRE };
/// Who writes, and what about.
pub(super) const SENDER: Column = Column { left: 20.0 * MILLIMETRE, width: 78.0 * MILLIMETRE };
/// To whom: behind the window of an envelope 110 by 220 mm, however the letter lies in it.
pub(super) const WINDOW: Column = Column { left: 105.0 * MILLIMETRE, width: 85.0 * MILLIMETRE };
pub(super) const WINDOW_TOP: f32 = 51.0 * MILLIMETRE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const INK: Colour = Colour(0x24, 0x21, 0x1d);
pub(super) const SOFT: Colour = Colour(0x63, 0x5c, 0x52);
pub(super) const BRAND: Colour = Colour(0x0d, 0x5f, 0x57);
pub(super) const BRAND_SOFT: Colour = Colour(0xe0, 0xf0, 0xed);
pub(super) const LINE: Colour = Colour(0xe3, 0xdc, 0xd0);

#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    pub(super) colour: Colour,
}

impl Style {
    const fn new(weight: Weight, size: f32, leading: f32, colour: Colour) -> Self {
        Self { weight, size, leading, colour }
    }

    /// From a line's top to the feet of its letters: capitals stand in its middle.
    pub(super) fn baseline(self) -> f32 {
        const CAPITALS: f32 = 0.668;
        f32::midpoint(self.leading, CAPITALS * self.size)
    }

    pub(super) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }
}

pub(super) const TITLE: Style = Style::new(Weight::Bold, 22.0, 27.0, BRAND);
pub(super) const HEADING: Style = Style::new(Weight::Bold, 10.5, 15.0, INK);
pub(super) const BODY: Style = Style::new(Weight::Regular, 10.0, 14.5, INK);
pub(super) const LARGE: Style = Style::new(Weight::Regular, 11.0, 15.0, INK);
pub(super) const SUM: Style = Style::new(Weight::Bold, 20.0, 25.0, INK);
pub(super) const SMALL: Style = Style::new(Weight::Regular, 8.5, 11.5, SOFT);
