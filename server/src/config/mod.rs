//! What the server was told at start: one typed value, checked once.
//!
//! A flag beats an environment variable, that beats the file, that beats the default. Every wrong value is refused
//! here by name, all of them at once, so that nothing later meets a setting that it cannot use. This module reads
//! the settings file and nothing else: folders, keys and databases are opened by those who own them.

mod limits;
mod mail;
mod parse;
mod settings;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

pub use limits::Limits;
pub use mail::{MailConfig, Security, SmtpServer};
use parse::Parser;
pub use settings::Settings;

/// The settings of one process, ready to use.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where HTTP listens.
    pub bind: SocketAddr,
    /// The folder for everything that the server makes for itself.
    pub data: PathBuf,
    /// `sqlite://PATH` or `postgres://…`; secret because it may hold a password.
    pub database_url: SecretString,
    /// How many database connections each pool may open.
    pub database_connections: u32,
    /// Demo accounts, demo data and printed tokens are allowed.
    pub demo: bool,
    /// What browsers and third parties call this server, without a slash at the end. Issuer of its tokens.
    pub base_url: String,
    /// Other origins whose pages may call the API, for a front end hosted elsewhere.
    pub cors_origins: Vec<String>,
    /// The folder of Ed25519 signing keys.
    pub keys: PathBuf,
    /// What distribution links are signed with, when it was configured; at least 32 bytes.
    pub link_secret: Option<SecretString>,
    /// Takes payments besides bank transfers.
    pub payment_gateway: Option<PaymentGateway>,
    /// What secrets of connectors are sealed with, when it was configured; at least 32 bytes.
    pub secret_key: Option<SecretString>,
    /// Where uploaded files are kept: `file://…` or a URL that `object_store` knows.
    pub files: Url,
    /// How mails are sent; none are without it.
    pub mail: Option<MailConfig>,
    /// How many threads answer HTTP.
    pub http_workers: usize,
    /// How many durable jobs run at once in this process.
    pub job_workers: usize,
    /// How long a job is held without renewal: after a crash, it goes on that much later.
    pub job_lease: Duration,
    /// How many proxies in front of the server append to `X-Forwarded-For`; 0 takes the peer's own address.
    pub trusted_proxies: usize,
    pub log_format: LogFormat,
    /// A `tracing` filter such as `info,appshelf=debug`.
    pub log_filter: String,
    /// How many passwords are hashed at once.
    pub password_parallelism: usize,
    /// How many sign-ins may wait for a hash before more are turned away.
    pub password_queue: usize,
    pub access_token_lifetime: Duration,
    pub refresh_token_lifetime: Duration,
    /// A folder with the front end's files, served instead of those inside the binary.
    pub web_root: Option<PathBuf>,
    /// How long running requests may take to finish when the server is told to stop.
    pub shutdown_timeout: Duration,
    pub limits: Limits,
}

/// A gateway that takes payments and tells of them.
#[derive(Clone, Debug)]
pub struct PaymentGateway {
    /// Where customers pay.
    pub url: String,
    /// Signs what both sides tell each other.
    pub secret: SecretString,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Every setting that was refused, a line each, with its name and what is allowed.
#[derive(Debug, thiserror::Error)]
#[error("the configuration was refused:\n{}", .0.join("\n"))]
pub struct ConfigRefused(pub Vec<String>);

impl Config {
    /// Reads the settings file if one is named, adds the defaults and checks everything.
    pub fn load(settings: Settings) -> Result<Self, ConfigRefused> {
        let settings = match settings.config.clone() {
            Some(path) => settings.or(Settings::from_file(&path)?),
            None => settings,
        };
        Self::check(settings)
    }

    fn check(given: Settings) -> Result<Self, ConfigRefused> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let mut p = Parser::default();
        let bind = p.value(
            "bind",
            given.bind,
            SocketAddr::from(([127, 0, 0, 1], 8080)),
            parse::address,
        );
        let data = p.value("data", given.data, PathBuf::from("data"), parse::path);
        let demo = p.value("demo", given.demo, false, parse::flag);
        let database_url = p.value(
            "database_url",
            given.database_url,
            parse::default_database(&data),
            parse::database,
        );
        let base_url = p.value("base_url", given.base_url, parse::default_base(bind), parse::base_url);
        let files = p.value("files", given.files, parse::default_files(&data), parse::files);
        let mail = p.mail(given.smtp_url, given.smtp_password_file, given.smtp_ca, given.mail_from);
        let link_secret = p.optional("link_secret", given.link_secret, |text| parse::secret(text, demo));
        let secret_key = p.optional("secret_key", given.secret_key, |text| parse::secret(text, demo));
        let payment_secret = p.optional("payment_secret", given.payment_secret, |text| parse::secret(text, demo));
        let payment_gateway = p.payment_gateway(given.payment_url, payment_secret.map(Into::into));
        let config = Self {
            bind,
            database_url: database_url.into(),
            database_connections: p.value(
                "database_connections",
                given.database_connections,
                8,
                parse::count(1, 500),
            ),
            demo,
            base_url,
            cors_origins: p.value("cors_origins", given.cors_origins, Vec::new(), parse::origins),
            keys: p.value("keys", given.keys, data.join("keys"), parse::path),
            link_secret: link_secret.map(Into::into),
            secret_key: secret_key.map(Into::into),
            payment_gateway,
            files,
            mail,
            http_workers: p.value("http_workers", given.http_workers, cores.min(8), parse::count(1, 256)),
            job_workers: p.value("job_workers", given.job_workers, 2, parse::count(1, 64)),
            job_lease: p.value(
                "job_lease",
                given.job_lease,
                Duration::from_secs(6),
                parse::lifetime(Duration::from_secs(1), Duration::from_secs(600)),
            ),
            trusted_proxies: p.value("trusted_proxies", given.trusted_proxies, 0, parse::count(0, 10)),
            log_format: p.value("log_format", given.log_format, LogFormat::Text, parse::log_format),
            log_filter: p.value(
                "log_filter",
                given.log_filter,
                "info,actix_server=warn".to_owned(),
                parse::log_filter,
            ),
            password_parallelism: p.value(
                "password_parallelism",
                given.password_parallelism,
                (cores / 2).max(1),
                parse::count(1, 64),
            ),
            password_queue: p.value("password_queue", given.password_queue, 64, parse::count(0, 10_000)),
            access_token_lifetime: p.value(
                "access_token_lifetime",
                given.access_token_lifetime,
                Duration::from_secs(600),
                parse::lifetime(Duration::from_secs(30), Duration::from_secs(3600)),
            ),
            refresh_token_lifetime: p.value(
                "refresh_token_lifetime",
                given.refresh_token_lifetime,
                Duration::from_secs(30 * 86_400),
                parse::lifetime(Duration::from_secs(60), Duration::from_secs(400 * 86_400)),
            ),
            web_root: p.optional("web_root", given.web_root, parse::existing_folder),
            shutdown_timeout: p.value(
                "shutdown_timeout",
                given.shutdown_timeout,
                Duration::from_secs(20),
                parse::lifetime(Duration::from_secs(1), Duration::from_secs(600)),
            ),
            limits: Limits {
                body: p.value("max_body", given.max_body, 1 << 20, parse::size(1 << 10, 64 << 20)),
                tokens: p.value("max_tokens", given.max_tokens, 4_000, parse::count(100, 100_000)),
                depth: p.value("max_depth", given.max_depth, 15, parse::count(3, 64)),
                aliases: p.value("max_aliases", given.max_aliases, 30, parse::count(0, 10_000)),
                directives: p.value("max_directives", given.max_directives, 30, parse::count(0, 10_000)),
                root_mutations: p.value("max_root_mutations", given.max_root_mutations, 5, parse::count(1, 100)),
                cost: p.value("max_cost", given.max_cost, 20_000, parse::count(100, 100_000_000)),
                page: p.value("max_page", given.max_page, 100, parse::count(1, 100)),
                time: p.value(
                    "max_time",
                    given.max_time,
                    Duration::from_secs(15),
                    parse::lifetime(Duration::from_secs(1), Duration::from_secs(300)),
                ),
                sign_ins_per_account: p.value(
                    "sign_ins_per_account",
                    given.sign_ins_per_account,
                    10,
                    parse::count(1, 100_000),
                ),
                sign_ins_per_address: p.value(
                    "sign_ins_per_address",
                    given.sign_ins_per_address,
                    60,
                    parse::count(1, 100_000),
                ),
                promotion_opens_per_address: p.value(
                    "promotion_opens_per_address",
                    given.promotion_opens_per_address,
                    60,
                    parse::count(1, 100_000),
                ),
                subscriptions: p.value("max_subscriptions", given.max_subscriptions, 20, parse::count(1, 1000)),
                package: p.value(
                    "max_package",
                    given.max_package,
                    64 << 20,
                    parse::size(1 << 10, 64 << 20),
                ),
                contract: p.value(
                    "max_contract",
                    given.max_contract,
                    20 << 20,
                    parse::size(1 << 10, 64 << 20),
                ),
                record_file: p.value(
                    "max_record_file",
                    given.max_record_file,
                    20 << 20,
                    parse::size(1 << 10, 64 << 20),
                ),
                record_import: p.value(
                    "max_record_import",
                    given.max_record_import,
                    5 << 20,
                    parse::size(1 << 10, 5 << 20),
                ),
            },
            data,
        };
        p.finish().map(|()| config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(settings: Settings) -> String {
        Config::load(settings).expect_err("must be refused").to_string()
    }

    #[test]
    fn defaults_stand_alone() {
        let config = Config::load(Settings::default()).unwrap();
        assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
        assert!(!config.demo);
        assert_eq!(config.access_token_lifetime, Duration::from_secs(600));
        assert_eq!(config.limits.page, 100);
    }

    #[test]
    fn every_wrong_value_is_refused_by_name_and_all_at_once() {
        let text = refused(Settings {
            bind: Some("here".into()),
            database_url: Some("mysql://x".into()),
            max_page: Some("101".into()),
            ..Settings::default()
        });
        for part in [
            "APPSHELF_BIND",
            "127.0.0.1:8080",
            "DATABASE_URL",
            "postgres://",
            "APPSHELF_MAX_PAGE",
            "from 1 to 100",
        ] {
            assert!(text.contains(part), "{part} missing in {text}");
        }
    }

    #[test]
    fn secrets_are_neither_printed_nor_accepted_when_known() {
        let text = refused(Settings {
            link_secret: Some("tiny-secret".into()),
            ..Settings::default()
        });
        assert!(
            text.contains("APPSHELF_LINK_SECRET") && !text.contains("tiny-secret"),
            "{text}"
        );
        let known = "change-me-change-me-change-me-change-me";
        let text = refused(Settings {
            link_secret: Some(known.into()),
            ..Settings::default()
        });
        assert!(text.contains("APPSHELF_LINK_SECRET") && !text.contains(known), "{text}");
        let demo = Settings {
            link_secret: Some(known.into()),
            demo: Some("true".into()),
            ..Settings::default()
        };
        let config = Config::load(demo).unwrap();
        assert!(!format!("{config:?}").contains(known));
        let text = refused(Settings {
            database_url: Some("mysql://u:hunter2@h/d".into()),
            ..Settings::default()
        });
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn p9_mails_need_a_server_and_a_sender() {
        let url = || Some("smtp://ann:hunter2@mail.example?tls=required".to_owned());
        let text = refused(Settings {
            smtp_url: url(),
            ..Settings::default()
        });
        assert!(
            text.contains("APPSHELF_MAIL_FROM") && !text.contains("hunter2"),
            "{text}"
        );
        let text = refused(Settings {
            smtp_url: Some("smtp://ann:hunter2@mail.example".into()),
            mail_from: Some("nobody".into()),
            ..Settings::default()
        });
        assert!(
            text.contains("APPSHELF_SMTP_URL") && text.contains("APPSHELF_MAIL_FROM"),
            "{text}"
        );
        assert!(!text.contains("hunter2"), "{text}");
        let config = Config::load(Settings {
            smtp_url: url(),
            mail_from: Some("AppShelf <no-reply@example.com>".into()),
            ..Settings::default()
        });
        let config = config.unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(config.mail.unwrap().server.host, "mail.example");
        let text = refused(Settings {
            smtp_url: url(),
            smtp_password_file: Some("/run/secrets/smtp".into()),
            mail_from: Some("no-reply@example.com".into()),
            ..Settings::default()
        });
        assert!(text.contains("APPSHELF_SMTP_PASSWORD_FILE"), "{text}");
    }

    #[test]
    fn the_file_gives_way_to_flags_and_refuses_unknown_names() {
        let folder = std::env::temp_dir().join(format!("appshelf-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("appshelf.toml");
        std::fs::write(&path, "bind = \"127.0.0.1:1\"\nmax_page = 50\ndemo = true\n").unwrap();
        let named = |bind: Option<&str>| Settings {
            config: Some(path.clone()),
            bind: bind.map(str::to_owned),
            ..Settings::default()
        };
        let config = Config::load(named(None)).unwrap();
        assert_eq!((config.bind.port(), config.limits.page, config.demo), (1, 50, true));
        assert_eq!(Config::load(named(Some("127.0.0.1:2"))).unwrap().bind.port(), 2);
        std::fs::write(&path, "bnid = \"127.0.0.1:1\"\n").unwrap();
        assert!(refused(named(None)).contains("bnid"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
