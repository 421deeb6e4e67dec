//! The icons: one path each, drawn with the text's colour.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Alert,
    Bus,
    Calendar,
    Check,
    CheckLocked,
    Clock,
    Close,
    Download,
    Euro,
    Eye,
    Fork,
    Info,
    Left,
    List,
    Lock,
    Mail,
    Minus,
    Pencil,
    Plus,
    Print,
    Repeat,
    Right,
    Roof,
    SignOut,
    Star,
    Today,
    Undo,
    Unplugged,
}

impl Icon {
    /// In a square of 24.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 3 20h18zM12 10v4M12 17h.01",
            Self::Bus => "M5 5h14v11H5zM5 11h14M8 19v-3M16 19v-3M8 13.5h.01M16 13.5h.01",
            Self::Calendar => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
            Self::Check => "M5 12l5 5 9-10",
            Self::CheckLocked => "M3 11l4 4 7-8M14 16h7v5h-7zM15.500 16v-1.500a2 2 0 0 1 4 0V16",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Download => "M12 4v11M7 11l5 5 5-5M5 20h14",
            Self::Euro => "M18 6a7 7 0 1 0 0 12M3 10h10M3 14h9",
            Self::Eye => {
                "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
            }
            Self::Fork => "M7 3v7a2 2 0 0 0 4 0V3M9 12v9M17 3c-2 2-2 6-2 9h2v9",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 8h.01",
            Self::Left => "M15 5l-7 7 7 7",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
            Self::Lock => "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
            Self::Mail => "M3 6h18v13H3zM3 7l9 7 9-7",
            Self::Minus => "M7 12h10",
            Self::Pencil => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
            Self::Plus => "M12 7v10M7 12h10",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Repeat => {
                "M20 11a8 8 0 0 0-14-4l-2 2M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5"
            }
            Self::Right => "M9 5l7 7-7 7",
            Self::Roof => "M3 11l9-6 9 6M6 11v8M18 11v8M12 11v8",
            Self::SignOut => "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
            Self::Star => {
                "M12 4l2.500 5 5.500.700-4 3.800 1 5.500-5-2.700-5 2.700 1-5.500-4-3.800 5.500-.700z"
            }
            Self::Today => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M12 14v2.500",
            Self::Undo => "M9 8L4 12l5 4M4 12h10a5 5 0 0 1 5 5v2",
            Self::Unplugged => {
                "M3 3l18 18M5 12a10 10 0 0 1 4-2.500M2 8.500a15 15 0 0 1 4-2.500M12 5.500a15 15 0 0 1 10 3\
                 M15 10a10 10 0 0 1 4 2M9 16a4 4 0 0 1 6 0M12 20h.01"
            }
        }
    }
}

#[component]
pub(crate) fn IconView(icon: Icon) -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
