//! Pieces that several pages share.

mod connection_bar;
mod field;
mod icon;
mod notice;
mod page_title;
mod shell;
mod toast;

pub(crate) use connection_bar::ConnectionBar;
pub(crate) use field::{Field, PasswordField, value_of};
pub(crate) use icon::{Icon, IconView};
pub(crate) use notice::{ErrorCard, Notice, Tone};
pub(crate) use page_title::{PageTitle, Visits, announce_page};
pub(crate) use shell::{Logo, Shell};
pub(crate) use toast::{Toast, ToastArea, Toasts};
