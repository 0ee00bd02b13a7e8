//! How mails are sent: which server, how the connection is protected, who the sender is. Values only; `mail` opens them.

use std::net::IpAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;

/// Everything that sending mails needs.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub server: SmtpServer,
    /// Holds the password where the URL has none.
    pub password_file: Option<PathBuf>,
    /// Certificates that are trusted besides the public ones, PEM.
    pub trusted: Option<PathBuf>,
    pub from: Mailbox,
}

/// The server that takes our mails.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<SecretString>,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on this machine or in a network of one's own.
    Plain,
    /// Begins in the clear and goes on encrypted, or not at all.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
}

const ALLOWED: &str = "allowed: smtps://USER:PASSWORD@HOST:PORT, smtp://…?tls=required (STARTTLS) or smtp://HOST:PORT";

/// Reads the URL of a server. It may hold a password, so a refusal never repeats it.
pub fn server(text: &str) -> Result<SmtpServer, String> {
    let url = Url::parse(text).map_err(|_| format!("not a URL; {ALLOWED}"))?;
    let query = url.query().unwrap_or_default();
    let (security, port) = match (url.scheme(), query) {
        ("smtps", "") => (Security::Tls, 465),
        ("smtp", "tls=required") => (Security::StartTls, 587),
        ("smtp", "") => (Security::Plain, 25),
        _ => return Err(format!("not the URL of a mail server; {ALLOWED}")),
    };
    let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
        return Err(format!("the host is missing; {ALLOWED}"));
    };
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(format!("a path means nothing here; {ALLOWED}"));
    }
    let user = decoded(url.username()).filter(|user| !user.is_empty());
    let password = url.password().and_then(decoded);
    if password.is_some() && user.is_none() {
        return Err(format!("a password without a user; {ALLOWED}"));
    }
    let server = SmtpServer {
        host: host.to_owned(),
        port: url.port().unwrap_or(port),
        security,
        user,
        password: password.map(Into::into),
    };
    match server.user.is_some() && server.security == Security::Plain && !server.is_local() {
        true => Err("the password would travel unencrypted; use smtps:// or smtp://…?tls=required".to_owned()),
        false => Ok(server),
    }
}

impl SmtpServer {
    fn is_local(&self) -> bool {
        let address = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

fn decoded(text: &str) -> Option<String> {
    let bytes = percent_encoding::percent_decode_str(text);
    bytes.decode_utf8().ok().map(Into::into)
}

/// An address, or a name with an address in angle brackets.
pub fn sender(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| {
        format!("{text:?} is not a sender; allowed: no-reply@example.com or AppShelf <no-reply@example.com>")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_read_from_its_url() {
        let found = server("smtps://ann%40x:p%2Fw@mail.example").unwrap();
        assert_eq!((found.port, found.security), (465, Security::Tls));
        assert_eq!(found.user.as_deref(), Some("ann@x"));
        let found = server("smtp://mail.example:2525?tls=required").unwrap();
        assert_eq!((found.port, found.security), (2525, Security::StartTls));
        let found = server("smtp://u:p@127.0.0.1:1025").unwrap();
        assert_eq!((found.port, found.security), (1025, Security::Plain));
        assert!(server("smtp://[::1]").is_ok());
    }

    #[test]
    fn p9_what_would_not_do_is_refused_without_its_password() {
        for text in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://u:hunter2@mail.example",
            "smtps://:hunter2@mail.example",
            "smtps://mail.example/?tls=none",
            "smtps://u:hunter2@mail.example/inbox",
        ] {
            let refused = server(text).expect_err(text);
            assert!(!refused.contains("hunter2"), "{refused}");
        }
        assert!(sender("no-reply").is_err());
        assert!(sender("AppShelf <no-reply@example.com>").is_ok());
    }
}
