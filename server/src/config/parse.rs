//! Text into values: one small function a kind of setting, each saying what it allows. No defaults that matter to
//! behaviour live here, only those that follow from another setting.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::settings::variable;
use super::{ConfigRefused, LogFormat, MailConfig, PaymentGateway, mail};

/// Why a text was refused: what is wrong with it and what is allowed. Never contains the text itself when secret.
type Parsed<T> = Result<T, String>;

/// Collects every refusal, so that a person fixes all of them in one go.
#[derive(Default)]
pub struct Parser {
    refused: Vec<String>,
}

impl Parser {
    /// The setting's value, or its default when absent (or refused: the refusal is kept and `finish` reports it).
    pub fn value<T>(
        &mut self,
        name: &str,
        given: Option<String>,
        default: T,
        parse: impl FnOnce(&str) -> Parsed<T>,
    ) -> T {
        self.optional(name, given, parse).unwrap_or(default)
    }

    pub fn optional<T>(
        &mut self,
        name: &str,
        given: Option<String>,
        parse: impl FnOnce(&str) -> Parsed<T>,
    ) -> Option<T> {
        let given = given.filter(|text| !text.is_empty())?;
        match parse(&given) {
            Ok(value) => Some(value),
            Err(why) => {
                self.refuse(name, &why);
                None
            }
        }
    }

    fn refuse(&mut self, name: &str, why: &str) {
        let flag = name.replace('_', "-");
        self.refused
            .push(format!("  {} (--{flag}, {name} in the file): {why}", variable(name)));
    }

    /// How mails are sent, from the settings that belong together.
    pub fn mail(
        &mut self,
        url: Option<String>,
        password_file: Option<String>,
        trusted: Option<String>,
        from: Option<String>,
    ) -> Option<MailConfig> {
        let wanted = url.as_ref().is_some_and(|url| !url.is_empty());
        let sent_as = from.as_ref().is_some_and(|from| !from.is_empty());
        let server = self.optional("smtp_url", url, mail::server);
        let password_file = self.optional("smtp_password_file", password_file, path);
        let trusted = self.optional("smtp_ca", trusted, path);
        let from = self.optional("mail_from", from, mail::sender);
        if wanted && !sent_as {
            self.refuse("mail_from", "required where APPSHELF_SMTP_URL is given");
        }
        let (server, from) = (server?, from?);
        if password_file.is_some() && (server.user.is_none() || server.password.is_some()) {
            let why = "the URL names the user and leaves the password to this file: smtps://USER@HOST";
            self.refuse("smtp_password_file", why);
        }
        if server.user.is_some() && server.password.is_none() && password_file.is_none() {
            self.refuse(
                "smtp_url",
                "the password of the user is missing; give it here or in APPSHELF_SMTP_PASSWORD_FILE",
            );
        }
        Some(MailConfig {
            server,
            password_file,
            trusted,
            from,
        })
    }

    /// The payment gateway, from the two settings that belong together.
    pub fn payment_gateway(&mut self, url: Option<String>, secret: Option<SecretString>) -> Option<PaymentGateway> {
        let wanted = url.as_ref().is_some_and(|url| !url.is_empty());
        let url = self.optional("payment_url", url, base_url);
        if wanted && secret.is_none() {
            self.refuse("payment_secret", "required where APPSHELF_PAYMENT_URL is given");
        }
        Some(PaymentGateway {
            url: url?,
            secret: secret?,
        })
    }

    pub fn finish(self) -> Result<(), ConfigRefused> {
        if self.refused.is_empty() {
            Ok(())
        } else {
            Err(ConfigRefused(self.refused))
        }
    }
}

pub fn address(text: &str) -> Parsed<SocketAddr> {
    text.parse()
        .map_err(|_| format!("{text:?} is not an address with a port; allowed: IP:PORT such as 127.0.0.1:8080"))
}

pub fn path(text: &str) -> Parsed<PathBuf> {
    Ok(PathBuf::from(text))
}

pub fn existing_folder(text: &str) -> Parsed<PathBuf> {
    let folder = PathBuf::from(text);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{text:?} is not a folder that exists"))
    }
}

pub fn flag(text: &str) -> Parsed<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(format!("{text:?} is neither true nor false; allowed: true, false")),
    }
}

/// The text may hold a password, so a refusal never repeats it.
pub fn database(text: &str) -> Parsed<String> {
    let known = ["postgres://", "postgresql://", "sqlite://"];
    let rest = known.iter().find_map(|scheme| text.strip_prefix(scheme));
    match rest {
        Some(rest) if !rest.is_empty() => Ok(text.to_owned()),
        _ => Err("not a database address; allowed: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME".to_owned()),
    }
}

pub fn default_database(data: &Path) -> String {
    format!("sqlite://{}", data.join("appshelf.sqlite3").display())
}

pub fn base_url(text: &str) -> Parsed<String> {
    let allowed = "allowed: http:// or https:// with a host and no query, such as https://apps.example.com";
    let url = Url::parse(text).map_err(|e| format!("{text:?} is not a URL ({e}); {allowed}"))?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let plain =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if web && plain {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!("{text:?} cannot be a base address; {allowed}"))
    }
}

/// An unspecified address is no name that a browser could call, so the default says loopback instead.
pub fn default_base(bind: SocketAddr) -> String {
    if bind.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", bind.port())
    } else {
        format!("http://{bind}")
    }
}

pub fn origins(text: &str) -> Parsed<Vec<String>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(origin)
        .collect()
}

fn origin(text: &str) -> Parsed<String> {
    let parsed = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.path() == "/");
    match parsed {
        Some(url) if url.query().is_none() => Ok(url.origin().ascii_serialization()),
        _ => Err(format!(
            "{text:?} is not an origin; allowed: http(s)://HOST[:PORT], several separated by commas"
        )),
    }
}

pub fn files(text: &str) -> Parsed<Url> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "file" | "s3") => Ok(url),
        Ok(_) | Err(_) if !text.contains("://") => folder_url(Path::new(text)),
        _ => Err("not a place for files; allowed: a folder, file:///FOLDER or s3://BUCKET/PREFIX".to_owned()),
    }
}

pub fn default_files(data: &Path) -> Url {
    folder_url(&data.join("files")).unwrap_or_else(|_| Url::parse("file:///files").expect("a constant URL parses"))
}

fn folder_url(folder: &Path) -> Parsed<Url> {
    let absolute = std::path::absolute(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Url::from_directory_path(&absolute).map_err(|()| format!("{} cannot be written as a URL", absolute.display()))
}

pub fn count<N>(least: N, most: N) -> impl FnOnce(&str) -> Parsed<N>
where
    N: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    move |text| match text.replace('_', "").parse::<N>() {
        Ok(number) if number >= least && number <= most => Ok(number),
        _ => Err(format!(
            "{text:?} is not allowed; allowed: a whole number from {least} to {most}"
        )),
    }
}

/// Bytes, or a number with KiB, MiB or GiB.
pub fn size(least: usize, most: usize) -> impl FnOnce(&str) -> Parsed<usize> {
    move |text| {
        let units = [("GiB", 1usize << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1)];
        let (number, unit) = units
            .iter()
            .find_map(|(name, unit)| text.strip_suffix(name).map(|n| (n, *unit)))
            .unwrap_or((text, 1));
        let bytes = number.trim().parse::<usize>().ok().and_then(|n| n.checked_mul(unit));
        bytes.filter(|b| (least..=most).contains(b)).ok_or_else(|| {
            format!("{text:?} is not allowed; allowed: {least} to {most} bytes, also as 512KiB or 20MiB")
        })
    }
}

/// A whole number with s, m, h or d.
pub fn lifetime(least: Duration, most: Duration) -> impl FnOnce(&str) -> Parsed<Duration> {
    move |text| {
        let units = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];
        let seconds = units.iter().find_map(|(name, unit)| {
            text.strip_suffix(name)
                .and_then(|n| n.trim().parse::<u64>().ok()?.checked_mul(*unit))
        });
        seconds
            .map(Duration::from_secs)
            .filter(|d| (least..=most).contains(d))
            .ok_or_else(|| {
                let (least, most) = (least.as_secs(), most.as_secs());
                format!("{text:?} is not allowed; allowed: {least}s to {most}s, written as 30s, 10m, 2h or 30d")
            })
    }
}

pub fn log_format(text: &str) -> Parsed<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("{text:?} is not a log format; allowed: text, json")),
    }
}

pub fn log_filter(text: &str) -> Parsed<String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(e) => Err(format!(
            "{text:?} is not a filter ({e}); allowed: error, warn, info, debug, trace or appshelf=debug"
        )),
    }
}

/// Long enough to sign with and, outside demo mode, not one that stands in a manual. A refusal never repeats it.
pub fn secret(text: &str, demo: bool) -> Parsed<String> {
    if text.len() < 32 {
        return Err(format!(
            "{} bytes are too few; allowed: at least 32 random bytes",
            text.len()
        ));
    }
    let plain: String = text
        .to_ascii_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let known = [
        "changeme",
        "changethis",
        "placeholder",
        "example",
        "default",
        "development",
        "insecure",
        "password",
        "appshelf",
        "secret",
        "test",
    ];
    let distinct = text.bytes().collect::<std::collections::BTreeSet<_>>().len();
    if !demo && (distinct < 10 || known.iter().any(|word| plain.contains(word))) {
        return Err(
            "looks like a default secret, which only demo mode accepts; allowed: at least 32 random bytes".to_owned(),
        );
    }
    Ok(text.to_owned())
}
