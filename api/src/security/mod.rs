//! Who is calling: passwords, tokens, limits.

pub mod limits;
pub mod password_links;
pub mod passwords;
pub mod tokens;
