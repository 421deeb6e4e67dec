//! How e-mails leave, as it is configured.

use std::time::Duration;

use actix_web::http::Uri;
use lettre::message::Mailbox;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{AsyncSmtpTransport, Tokio1Executor};

/// For one step of the exchange with the SMTP server.
const STEP: Duration = Duration::from_secs(20);

/// An SMTP server, the sender's address and the portal's. Its `Debug` shows no password.
#[derive(Clone, Debug)]
pub struct MailSettings {
    smtp: AsyncSmtpTransportBuilder,
    /// `Périscolaire de Neuvecelle <periscolaire@example.org>`.
    pub from: Mailbox,
    portal: String,
}

impl MailSettings {
    /// Reads the three; `None` where no SMTP server is named. What is wrong is added to `errors`.
    pub fn read(
        smtp_url: Option<&str>,
        from: Option<&str>,
        public_url: Option<&str>,
        errors: &mut Vec<String>,
    ) -> Option<Self> {
        let before = errors.len();
        let smtp = smtp_url.map(smtp);
        let from = from.map(sender);
        let portal = public_url.map(portal);
        for error in [fault(smtp.as_ref()), fault(from.as_ref()), fault(portal.as_ref())] {
            errors.extend(error);
        }
        if smtp.is_some() {
            if from.is_none() {
                errors.push("mail_from: smtp_url needs it: from whom e-mails come".to_owned());
            }
            if portal.is_none() {
                errors
                    .push("public_url: smtp_url needs it: where links in e-mails lead".to_owned());
            }
        }
        if errors.len() > before {
            return None;
        }
        Some(Self { smtp: smtp?.ok()?, from: from?.ok()?, portal: portal?.ok()? })
    }

    /// The address of one of the portal's pages, by its path.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.portal)
    }

    /// A connection to the SMTP server, kept for the next e-mail. To be called on a runtime.
    #[must_use]
    pub(super) fn transport(&self) -> AsyncSmtpTransport<Tokio1Executor> {
        let one = PoolConfig::new().max_size(1);
        self.smtp.clone().timeout(Some(STEP)).pool_config(one).build()
    }
}

fn fault<T>(read: Option<&Result<T, String>>) -> Option<String> {
    read.and_then(|read| read.as_ref().err().cloned())
}

fn smtp(url: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    // The address may hold a password: it is not repeated.
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| {
        format!(
            "smtp_url: {error}: write smtp://HOST:PORT, smtp://HOST?tls=required or \
             smtps://USER:PASSWORD@HOST"
        )
    })
}

fn sender(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| {
        format!("mail_from: {text:?} is no address, as Guichet <guichet@mairie.example>")
    })
}

/// A portal's address, without the slash at its end.
fn portal(url: &str) -> Result<String, String> {
    let leads_there = |uri: &Uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none()
    };
    if url.parse().is_ok_and(|uri| leads_there(&uri)) {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(format!("public_url: {url:?} is no address, as https://periscolaire.mairie.example"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(given: [Option<&str>; 3]) -> Result<Option<MailSettings>, Vec<String>> {
        let mut errors = Vec::new();
        let settings = MailSettings::read(given[0], given[1], given[2], &mut errors);
        if errors.is_empty() { Ok(settings) } else { Err(errors) }
    }

    const FROM: &str = "Périscolaire de Neuvecelle <periscolaire@example.org>";

    #[test]
    fn a_server_needs_a_sender_and_the_portals_address() {
        assert!(read([None, None, None]).unwrap().is_none());
        assert!(read([None, Some(FROM), Some("https://préau.example")]).is_err(), "not ASCII");
        assert!(read([None, Some(FROM), Some("https://preau.example")]).unwrap().is_none());
        let errors = read([Some("smtp://localhost"), None, None]).unwrap_err();
        let fields: Vec<_> = errors.iter().filter_map(|error| error.split(':').next()).collect();
        assert_eq!(fields, ["mail_from", "public_url"]);
    }

    #[test]
    fn everything_wrong_is_told_and_no_password() {
        let errors = read([
            Some("http://user:secret@mail.example"),
            Some("guichet"),
            Some("periscolaire.example"),
        ])
        .unwrap_err();
        let fields: Vec<_> = errors.iter().filter_map(|error| error.split(':').next()).collect();
        assert_eq!(fields, ["smtp_url", "mail_from", "public_url"]);
        assert!(!errors.concat().contains("secret"), "{errors:?}");
    }

    #[test]
    fn the_manuals_commune_is_read() {
        for url in [
            "smtp://127.0.0.1:25",
            "smtps://user:secret@mail.example:465",
            "smtp://mail.example?tls=required",
        ] {
            let given = [Some(url), Some(FROM), Some("https://preau.example/")];
            let settings = read(given).unwrap().unwrap();
            assert_eq!(settings.from.email.domain(), "example.org");
            assert_eq!(settings.from.name.as_deref(), Some("Périscolaire de Neuvecelle"));
            assert_eq!(settings.page("/compte"), "https://preau.example/compte");
            assert!(!format!("{settings:?}").contains("secret"));
        }
    }
}
