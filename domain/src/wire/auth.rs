//! Signing in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::AccountId;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A guardian: the children linked to them, and nothing else.
    Parent,
    /// The guichet.
    Coordinator,
    /// Lists and attendance alone.
    Attendant,
}

impl Role {
    /// The name in JSON, in tokens and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Coordinator => "coordinator",
            Self::Attendant => "attendant",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Parent, Self::Coordinator, Self::Attendant].into_iter().find(|r| r.as_str() == text)
    }
}

/// Who signs in: a browser keeps the refresh token in a cookie that scripts can't read, an app
/// gets it in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Client {
    Browser,
    App,
}

impl Client {
    /// The name in JSON, in tokens and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::App => "app",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Browser, Self::App].into_iter().find(|client| client.as_str() == text)
    }
}

/// A sign-in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    #[cfg_attr(feature = "openapi", schema(example = "camille.delorme@example.org"))]
    pub email: String,
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: String,
    pub client: Client,
}

/// Tokens: the access token goes into `Authorization: Bearer …`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    pub access_token: String,
    /// Seconds from now until the access token ends.
    pub expires_in: u32,
    /// For apps alone: 30 days, good for one use. A browser has it in its cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// An app's refresh or sign-out; a browser sends `{}` and its cookie.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// Asks for an e-mail with a link to choose a password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordLinkRequest {
    #[cfg_attr(feature = "openapi", schema(example = "camille.delorme@example.org"))]
    pub email: String,
}

/// A link from an e-mail.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordLink {
    /// What follows `#` in its address.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub link: String,
}

/// Whose password a link lets choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordLinkView {
    pub email: String,
    pub ends_at: DateTime<Utc>,
}

/// The password chosen by a link, and a sign-in with it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPasswordRequest {
    /// What follows `#` in the link's address.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub link: String,
    /// As with `POST /auth/password`.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub new_password: String,
    pub client: Client,
}

/// A password change.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordRequest {
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub current_password: String,
    /// 10 to 200 characters, at least four of them different, without the e-mail address, and not
    /// well known.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub new_password: String,
    /// For apps alone: this device's, so that no copy of it outlives the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub account_id: AccountId,
    pub email: String,
    pub role: Role,
    pub first_name: String,
    pub last_name: String,
    pub commune: String,
    /// Whether this server sends e-mails: it promises none otherwise.
    pub sends_email: bool,
}
