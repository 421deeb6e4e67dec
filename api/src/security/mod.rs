//! Who is calling: passwords, tokens, limits.

pub mod limits;
pub mod passwords;
pub mod tokens;
