//! What a guardian does for one dossier.

pub mod confirm;
pub mod get_form;
pub mod save_draft;
