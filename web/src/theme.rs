//! Light or dark: the device's choice, unless this browser was told otherwise.

use crate::browser;

/// `boot.js` reads it too, before the first paint.
const STORED_AS: &str = "preau.theme";
const ATTRIBUTE: &str = "data-theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }

    pub(crate) fn stored() -> Self {
        browser::stored(STORED_AS).and_then(|text| Self::parse(&text)).unwrap_or(Self::System)
    }

    pub(crate) fn choose(self) {
        if self == Self::System {
            browser::forget(STORED_AS);
            browser::remove_root_attribute(ATTRIBUTE);
        } else {
            browser::store(STORED_AS, self.as_str());
            browser::set_root_attribute(ATTRIBUTE, self.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn themes_read_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.as_str()), Some(theme));
        }
        assert_eq!(Theme::parse("sepia"), None);
    }
}
