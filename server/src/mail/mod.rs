//! Sends mails over SMTP; what they say is `domain::notification`, when and to whom `jobs::mail`. Nothing of a person's
//! address or of a server's answer gets into an error: those go to the log, and an address does not belong there.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use crate::config::{MailConfig, Security};
use crate::domain::notification::Letter;

/// A server that has not taken a mail after that long is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);

/// What sends mails. Every mail has a connection of its own.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It will not be taken later either.
    #[error("{0}")]
    Permanent(String),
    /// It may be taken later.
    #[error("{0}")]
    Temporary(String),
}

impl Mailer {
    /// Reads the files that the configuration names; the server is asked when there is something to send.
    pub fn open(config: &MailConfig, base_url: &str) -> anyhow::Result<Self> {
        let server = &config.server;
        let tls = match server.security {
            Security::Plain => Tls::None,
            Security::StartTls => Tls::Required(tls(config)?),
            Security::Tls => Tls::Wrapper(tls(config)?),
        };
        let host = server.host.trim_start_matches('[').trim_end_matches(']');
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(server.port)
            .tls(tls);
        if let Some(name) = url::Url::parse(base_url)
            .ok()
            .and_then(|url| url.domain().map(str::to_owned))
        {
            builder = builder.hello_name(ClientId::Domain(name));
        }
        if let (Some(user), Some(password)) = (&server.user, password(config)?) {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self {
            transport: builder.build(),
            from: config.from.clone(),
        })
    }

    /// Hands a mail to the server.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let message = self.message(letter)?;
        match timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::Temporary("the mail server does not answer".to_owned())),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, Failure> {
        let unusable = |what: &str| Failure::Permanent(format!("the {what} cannot be used in a mail"));
        let to: Address = letter.to.parse().map_err(|_| unusable("person's address"))?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()]);
        let parts = MultiPart::alternative_plain_html(letter.mail.text.clone(), letter.mail.html.clone());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .envelope(envelope.map_err(|_| unusable("address"))?)
            .date(SystemTime::from(letter.at.utc()))
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .subject(letter.mail.subject.clone())
            // Machines that answer mails leave this one alone.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(parts)
            .map_err(|_| unusable("text"))
    }
}

/// The password from the URL, or from its file without the line end.
fn password(config: &MailConfig) -> anyhow::Result<Option<SecretString>> {
    let Some(path) = &config.password_file else {
        return Ok(config.server.password.clone());
    };
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("APPSHELF_SMTP_PASSWORD_FILE: {} cannot be read", path.display()))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).into()))
}

fn tls(config: &MailConfig) -> anyhow::Result<TlsParameters> {
    let host = config.server.host.trim_start_matches('[').trim_end_matches(']');
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.trusted {
        let refused = || format!("APPSHELF_SMTP_CA: {} holds no certificates", path.display());
        let text = std::fs::read(path).with_context(refused)?;
        anyhow::ensure!(
            String::from_utf8_lossy(&text).contains("-----BEGIN CERTIFICATE"),
            refused()
        );
        let certificates = Certificate::from_pem(&text).with_context(refused)?;
        parameters = parameters.add_root_certificate(certificates);
    }
    parameters.build().context("APPSHELF_SMTP_URL: TLS cannot be set up")
}

/// What a server's refusal means, by its code alone: its text may repeat the address.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let Some(code) = error.status().map(u16::from) else {
        return Failure::Temporary(format!("the mail server cannot be reached: {error}"));
    };
    let told = format!("the mail server answered {code}");
    match code {
        // The server does not take us, whoever the mail is for: whoever runs this has to mend it first.
        421 | 454 | 530 | 534 | 535 | 538 => Failure::Temporary(format!("{told}: check APPSHELF_SMTP_URL")),
        500.. => Failure::Permanent(told),
        _ => Failure::Temporary(told),
    }
}
