//! The roll-call (*pointage*).

use serde::{Deserialize, Serialize};

/// What the roll-call says of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    Present,
    /// A meal is billed all the same.
    Absent,
    /// Marked as justified by the guichet: nothing is billed.
    JustifiedAbsence,
}

impl Attendance {
    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::JustifiedAbsence => "justified_absence",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Present, Self::Absent, Self::JustifiedAbsence]
            .into_iter()
            .find(|attendance| attendance.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for attendance in [Attendance::Present, Attendance::Absent, Attendance::JustifiedAbsence] {
            assert_eq!(Attendance::parse(attendance.as_str()), Some(attendance));
        }
        assert_eq!(Attendance::parse("late"), None);
    }
}
