//! Pieces that several pages share.

mod connection_bar;
mod field;
mod file_button;
mod icon;
mod later;
mod lazy;
mod notice;
mod page_title;
mod sheet;
mod shell;
mod toast;

pub(crate) use connection_bar::ConnectionBar;
pub(crate) use field::{Field, PasswordField, Tickbox, value_of};
pub(crate) use file_button::{FileButton, FileWords};
pub(crate) use icon::{Icon, IconView};
pub(crate) use later::Later;
pub(crate) use lazy::{
    Lazy, LazySheet, Loading, Part, Progress, SplitLoaderError, chunk, wasm_split,
};
pub(crate) use notice::{ErrorCard, ErrorNotice, Notice, Tone};
pub(crate) use page_title::{PageTitle, Visits, announce_page};
pub(crate) use sheet::Sheet;
pub(crate) use shell::{Logo, MenuEntry, Shell, external};
pub(crate) use toast::{Toast, ToastArea, Toasts};
