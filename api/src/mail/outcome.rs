//! What an SMTP server's answer means for an e-mail.

use std::error::Error;

use lettre::transport::smtp;

/// What became of an exchange with the SMTP server.
pub(super) enum Outcome {
    Sent,
    /// Never to be tried again.
    Refused(String),
    /// To be tried again.
    NotNow(String),
    /// There is no server to talk to: the other rows need not be tried now.
    NoServer(String),
}

impl Outcome {
    pub(super) fn of(error: &smtp::Error) -> Self {
        let told = error.to_string();
        if error.is_permanent()
            && error.source().is_some_and(|said| is_the_mailboxs(&said.to_string()))
        {
            return Self::Refused(told);
        }
        // An address that this server can't take is an error of the client: there is a server, and
        // it takes others. That it offers no TLS is another such: nothing is given up for either.
        if error.status().is_some() || error.is_client() {
            Self::NotNow(told)
        } else {
            Self::NoServer(told)
        }
    }
}

/// Whether an answer says that the recipient's mailbox is none, or takes nothing (RFC 3463). A mere
/// 550 may as well mean our own address, a relay that is denied or a list that we stand on, as does
/// 5.2.0 with some.
fn is_the_mailboxs(answer: &str) -> bool {
    let status = answer.split_whitespace().next().unwrap_or_default();
    matches!(status, "5.1.1" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1" | "5.2.2" | "5.2.3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_the_mailboxs_is_final() {
        for answer in ["5.1.1 no such user", "5.1.10", "5.2.1 disabled"] {
            assert!(is_the_mailboxs(answer), "{answer}");
        }
        for answer in
            ["", "no such user", "5.1.8 sender", "5.2.0 SendAsDenied", "5.7.1 relaying", "5.1.11"]
        {
            assert!(!is_the_mailboxs(answer), "{answer}");
        }
    }
}
