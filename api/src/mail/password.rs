//! A link to choose a password: an invitation, or because one was forgotten.

use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use domain::password::{FORGOTTEN, INVITED};
use domain::problem::Language;
use serde::Deserialize;

use super::letter::{Letter, Part};
use super::sender::{Composed, NotMade};
use super::settings::MailSettings;
use super::words::words;
use crate::security::password_links::PasswordLinks;
use crate::store::accounts::{self, Account};
use crate::store::settings::Cache;
use crate::store::{Conn, StoreError};

/// Where a password is chosen, and a link to do so is asked for.
const PAGE: &str = "/mot-de-passe";

/// To somebody who has no password yet.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct InvitationMail {
    account_id: AccountId,
}

/// To whoever asked for it, if there is an account of that address.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ForgottenMail {
    email: String,
    /// In which it was asked for.
    language: Option<String>,
}

/// The invitation as things are now.
pub(super) async fn invite(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    InvitationMail { account_id }: InvitationMail,
    now: DateTime<Utc>,
) -> Result<Composed, NotMade> {
    match accounts::by_id(conn, account_id).await? {
        None => Ok(Composed::Nothing("there is no such account")),
        Some(account) if account.password_hash.is_some() => {
            Ok(Composed::Nothing("a password is chosen already"))
        }
        Some(account) => compose(conn, cache, mail, account, now).await,
    }
}

/// The e-mail that somebody asked for, as things are now. Who asked longer ago than a link would hold
/// expects none any more.
pub(super) async fn remind(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    ForgottenMail { email, language }: ForgottenMail,
    asked_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Composed, NotMade> {
    if now - asked_at >= FORGOTTEN {
        return Ok(Composed::Nothing("it was asked for too long ago"));
    }
    let Some(account) = accounts::by_email(conn, &email).await? else {
        return Ok(Composed::Nothing("no account has this address"));
    };
    let asked_in = language.as_deref().and_then(Language::of_tag);
    let language = asked_in.unwrap_or(account.language);
    compose(conn, cache, mail, Account { language, ..account }, now).await
}

async fn compose(
    conn: &mut Conn,
    cache: &Cache,
    mail: &MailSettings,
    account: Account,
    now: DateTime<Utc>,
) -> Result<Composed, NotMade> {
    let key = accounts::known_token_key(conn).await?;
    let key = key.ok_or_else(|| StoreError::corrupt("token_key", "secret", "none"))?;
    let is_first = account.password_hash.is_none();
    let ends_at = now + if is_first { INVITED } else { FORGOTTEN };
    let link = PasswordLinks::new(&key).make(&account, ends_at)?;
    let commune = cache.current(conn).await?.commune.clone();

    let words = words(account.language);
    let said = &words.password;
    let (page, until) = (mail.page(PAGE), words.instant(ends_at));
    let (subject, text, last) = if is_first {
        ((said.invitation)(&commune), (said.invited)(&account.email), (said.again)(&page))
    } else {
        (said.forgotten.to_owned(), (said.asked)(&account.email), said.ignore.to_owned())
    };
    // Behind the `#`, it stands in no server's log.
    let open = Part::Link(said.choose.to_owned(), format!("{page}#{link}"));
    let parts = vec![
        Part::Paragraph(text),
        open,
        Part::Paragraph((said.until)(&until)),
        Part::Note(last),
        Part::Note((words.signature)(&commune)),
    ];
    let letter =
        Letter { tag: words.language.tag(), link: words.link, subject, parts, attached: None };
    Ok(Composed::Letter { to: account.email, letter })
}
