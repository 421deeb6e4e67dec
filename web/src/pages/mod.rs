//! The pages that are a page each.

mod accessibility;
mod account;
mod calendar_card;
mod choose_password;
mod lazy_page;
mod link_form;
mod not_found;
mod password_form;
mod password_page;
mod reminders_card;
mod scene;
mod sign_in;
mod signed_in;
mod words;

pub(crate) use accessibility::AccessibilityPage;
pub(crate) use account::AccountPage;
pub(crate) use lazy_page::{LazyPage, lazy_page};
pub(crate) use not_found::NotFoundPage;
pub(crate) use password_page::PasswordPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use signed_in::{CardSkeleton, SignedIn, Skeleton};
