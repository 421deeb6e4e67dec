//! Configuration: a file, then `PREAU_…` variables, checked at start with every error at once.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;

use crate::clock::Clock;
use crate::mail::MailSettings;
use crate::store::Address;

/// As written, before it is checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    database_url: Option<String>,
    listen: Option<String>,
    trusted_proxies: Option<String>,
    log_format: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    public_url: Option<String>,
    now: Option<String>,
}

const SETTINGS: [&str; 8] = [
    "database_url",
    "listen",
    "trusted_proxies",
    "log_format",
    "smtp_url",
    "mail_from",
    "public_url",
    "now",
];

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// `PREAU_DATABASE_URL`; `sqlite:preau.sqlite` when absent.
    pub database: Address,
    /// `PREAU_LISTEN`; `127.0.0.1:8080` when absent.
    pub listen: SocketAddr,
    /// `PREAU_TRUSTED_PROXIES`: addresses, separated by commas.
    pub trusted_proxies: Vec<IpAddr>,
    /// `PREAU_LOG_FORMAT`: `text` or `json`.
    pub log_json: bool,
    /// `PREAU_SMTP_URL`, `PREAU_MAIL_FROM`, `PREAU_PUBLIC_URL`; without the first, e-mails wait.
    pub mail: Option<MailSettings>,
    /// `PREAU_NOW`: for the demo alone.
    pub clock: Option<Clock>,
}

/// Everything that is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not usable:\n  - {}", .0.join("\n  - "))]
pub struct InvalidConfig(pub Vec<String>);

impl Config {
    /// Reads the file and the environment, which goes before it. Without a file named,
    /// `preau.toml` is read if there is one.
    pub fn load(file: Option<&Path>) -> Result<Self, InvalidConfig> {
        if let Some(named) = file
            && !named.is_file()
        {
            return Err(InvalidConfig(vec![format!("there is no file {}", named.display())]));
        }
        let toml = Toml::file(file.unwrap_or(Path::new("preau.toml")));
        // Other programs may have variables of that prefix; a file is ours alone.
        let env = Env::prefixed("PREAU_").only(&SETTINGS);
        Self::from(&Figment::new().merge(toml).merge(env))
    }

    fn from(figment: &Figment) -> Result<Self, InvalidConfig> {
        let written: Written = figment.extract().map_err(|error| {
            InvalidConfig(error.into_iter().map(|error| error.to_string()).collect())
        })?;
        let mut errors = Vec::new();
        let url = written.database_url.unwrap_or_else(|| "sqlite:preau.sqlite".to_owned());
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|kind| url.starts_with(kind)) {
            errors.push(format!(
                "database_url: {url:?} is neither sqlite:FILE nor postgres://USER@HOST/NAME"
            ));
        }
        let listen = written.listen.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen = listen.parse().map_err(|_| {
            errors.push(format!("listen: {listen:?} is no address and port, as 127.0.0.1:8080"));
        });
        let mut trusted_proxies = Vec::new();
        for text in written.trusted_proxies.unwrap_or_default().split(',').map(str::trim) {
            match text.parse() {
                Ok(address) => trusted_proxies.push(address),
                Err(_) if text.is_empty() => {}
                Err(_) => errors.push(format!("trusted_proxies: {text:?} is no IP address")),
            }
        }
        let log_json = match written.log_format.as_deref() {
            None | Some("text") => false,
            Some("json") => true,
            Some(other) => {
                errors.push(format!("log_format: {other:?} is neither text nor json"));
                false
            }
        };
        let mail = MailSettings::read(
            written.smtp_url.as_deref(),
            written.mail_from.as_deref(),
            written.public_url.as_deref(),
            &mut errors,
        );
        let clock = written.now.and_then(|text| {
            Clock::parse(&text).map_err(|error| errors.push(format!("now: {error}"))).ok()
        });
        match listen {
            Ok(listen) if errors.is_empty() => {
                let database = Address::new(url);
                Ok(Self { database, listen, trusted_proxies, log_json, mail, clock })
            }
            _ => Err(InvalidConfig(errors)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<Config, InvalidConfig> {
        Config::from(&Figment::new().merge(Toml::string(toml)))
    }

    #[test]
    fn nothing_written_serves_this_machine_from_one_file() {
        let config = read("").unwrap();
        assert!(!config.database.is_postgres());
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.trusted_proxies.is_empty() && config.clock.is_none());
        assert!(config.mail.is_none());
    }

    #[test]
    fn all_errors_are_told_at_once() {
        let InvalidConfig(errors) = read(
            "database_url = 'mysql://x'\nlisten = '8080'\ntrusted_proxies = '10.0.0.1, proxy'\n\
             log_format = 'xml'\nsmtp_url = 'smtp://localhost'\nmail_from = 'x'\n\
             public_url = 'x'\nnow = 'soon'",
        )
        .unwrap_err();
        let fields: Vec<_> = errors.iter().filter_map(|e| e.split(':').next()).collect();
        assert_eq!(
            fields,
            [
                "database_url",
                "listen",
                "trusted_proxies",
                "log_format",
                "mail_from",
                "public_url",
                "now"
            ]
        );
    }

    #[test]
    fn a_misspelt_setting_and_a_missing_file_are_told() {
        let InvalidConfig(errors) = read("trusted_proxy = '10.0.0.1'").unwrap_err();
        assert!(errors[0].contains("trusted_proxy"), "{errors:?}");
        let InvalidConfig(errors) = Config::load(Some(Path::new("/nowhere.toml"))).unwrap_err();
        assert!(errors[0].contains("/nowhere.toml"), "{errors:?}");
    }

    #[test]
    fn a_city_is_read() {
        let config = read(
            "database_url = 'postgres://preau@db/preau'\nlisten = '[::]:80'\n\
             trusted_proxies = '10.0.0.1, 10.0.0.2'\nlog_format = 'json'",
        )
        .unwrap();
        assert!(config.database.is_postgres() && config.log_json);
        assert_eq!(config.trusted_proxies.len(), 2);
    }
}
