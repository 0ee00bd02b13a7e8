//! The settings as they are written down: flags, environment variables and the keys of the settings file.
//!
//! Everything is text here; `Config` turns it into values. One list makes all three, so none can be forgotten.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigRefused;

macro_rules! settings {
    ($( $(#[$meta:meta])* $name:ident = $env:literal, $value:literal; )*) => {
        /// Settings as text, each absent unless given. The field's name is its key in the settings file.
        #[derive(Clone, Default, clap::Args, Deserialize)]
        #[command(next_help_heading = "Settings")]
        #[serde(deny_unknown_fields)]
        pub struct Settings {
            /// A TOML file with any of the settings below, named as the flags with `_` for `-`
            #[arg(long, global = true, env = "APPSHELF_CONFIG", value_name = "FILE")]
            #[serde(skip)]
            pub config: Option<PathBuf>,
            $(
                $(#[$meta])*
                #[arg(long, global = true, env = $env, value_name = $value)]
                #[serde(default, deserialize_with = "scalar")]
                pub $name: Option<String>,
            )*
        }

        impl Settings {
            /// These settings, and the other's where these are silent. An empty text counts as silence.
            pub(super) fn or(self, other: Self) -> Self {
                Self {
                    config: self.config,
                    $( $name: self.$name.filter(|text| !text.is_empty()).or(other.$name), )*
                }
            }
        }

        /// The environment variable of a setting.
        pub(super) fn variable(name: &str) -> &'static str {
            match name {
                $( stringify!($name) => $env, )*
                _ => "APPSHELF_CONFIG",
            }
        }
    };
}

settings! {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    bind = "APPSHELF_BIND", "IP:PORT";
    /// Folder for the database, keys and files that the server makes itself [default: ./data]
    data = "APPSHELF_DATA", "FOLDER";
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://<data>/appshelf.sqlite3]
    #[arg(hide_env_values = true)]
    database_url = "DATABASE_URL", "URL";
    /// Database connections at most, 1 to 500 [default: 8]
    database_connections = "APPSHELF_DATABASE_CONNECTIONS", "COUNT";
    /// Allow demo accounts, demo data and printed tokens; never on a public server [default: false]
    #[arg(num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    demo = "APPSHELF_DEMO", "true|false";
    /// What browsers call this server; links and tokens carry it [default: http://<bind>]
    base_url = "APPSHELF_BASE_URL", "URL";
    /// Origins of separately hosted front ends that may call the API, separated by commas [default: none]
    cors_origins = "APPSHELF_CORS_ORIGINS", "ORIGINS";
    /// Folder of Ed25519 keys (PKCS#8 PEM); the last name signs, all verify [default: <data>/keys]
    keys = "APPSHELF_KEYS", "FOLDER";
    /// Secret that signs distribution links, at least 32 bytes [default: a random one kept in <data>]
    #[arg(hide_env_values = true)]
    link_secret = "APPSHELF_LINK_SECRET", "SECRET";
    /// Seals the secrets of customers' connectors, 32 bytes or more; whoever loses it fills them in again [default: a random one kept in <data>]
    #[arg(hide_env_values = true)]
    secret_key = "APPSHELF_SECRET_KEY", "SECRET";
    /// Where uploaded files are kept: file:///FOLDER or s3://BUCKET/PREFIX [default: <data>/files]
    files = "APPSHELF_FILES", "URL";
    /// Server that sends mails: smtps://USER:PASSWORD@HOST, smtp://…?tls=required (STARTTLS) or smtp://HOST [default: none; no mails]
    #[arg(hide_env_values = true)]
    smtp_url = "APPSHELF_SMTP_URL", "URL";
    /// File with the password of the user in the URL of the mail server [default: none]
    smtp_password_file = "APPSHELF_SMTP_PASSWORD_FILE", "FILE";
    /// Certificates (PEM) that the mail server may prove itself by besides the public ones [default: none]
    smtp_ca = "APPSHELF_SMTP_CA", "FILE";
    /// Sender of mails, such as AppShelf <no-reply@example.com>; required with a mail server
    mail_from = "APPSHELF_MAIL_FROM", "ADDRESS";
    /// Where a payment gateway takes payments, such as https://pay.example.com/checkout [default: none; bank transfers alone]
    payment_url = "APPSHELF_PAYMENT_URL", "URL";
    /// Secret that the payment gateway signs its messages with (Standard Webhooks), 32 bytes or more; required with a gateway
    #[arg(hide_env_values = true)]
    payment_secret = "APPSHELF_PAYMENT_SECRET", "SECRET";
    /// Threads that answer HTTP, 1 to 256 [default: one a core, at most 8]
    http_workers = "APPSHELF_HTTP_WORKERS", "COUNT";
    /// Durable jobs that run at once, 1 to 64 [default: 2]
    job_workers = "APPSHELF_JOB_WORKERS", "COUNT";
    /// Rest of a job whose worker was killed, 1s to 10m [default: 6s]
    job_lease = "APPSHELF_JOB_LEASE", "TIME";
    /// Proxies in front of this server that append to X-Forwarded-For, 0 to 10 [default: 0]
    trusted_proxies = "APPSHELF_TRUSTED_PROXIES", "COUNT";
    /// text or json [default: text]
    log_format = "APPSHELF_LOG_FORMAT", "FORMAT";
    /// What is logged, such as info or warn,appshelf=debug [default: info]
    log_filter = "APPSHELF_LOG", "FILTER";
    /// Passwords hashed at once, 1 to 64 [default: half the cores]
    password_parallelism = "APPSHELF_PASSWORD_PARALLELISM", "COUNT";
    /// Sign-ins that may wait for a hash, 0 to 10000 [default: 64]
    password_queue = "APPSHELF_PASSWORD_QUEUE", "COUNT";
    /// Life of an access token, 30s to 1h [default: 10m]
    access_token_lifetime = "APPSHELF_ACCESS_TOKEN_LIFETIME", "TIME";
    /// Life of a refresh token, 1m to 400d [default: 30d]
    refresh_token_lifetime = "APPSHELF_REFRESH_TOKEN_LIFETIME", "TIME";
    /// Folder with the front end's files, instead of those in the binary [default: none]
    web_root = "APPSHELF_WEB_ROOT", "FOLDER";
    /// Time for running requests to finish at shutdown, 1s to 10m [default: 20s]
    shutdown_timeout = "APPSHELF_SHUTDOWN_TIMEOUT", "TIME";
    /// Size of a GraphQL request body, 1KiB to 64MiB [default: 1MiB]
    max_body = "APPSHELF_MAX_BODY", "SIZE";
    /// Tokens in a GraphQL document, 100 to 100000 [default: 4000]
    max_tokens = "APPSHELF_MAX_TOKENS", "COUNT";
    /// Depth of a GraphQL operation, 3 to 64 [default: 15]
    max_depth = "APPSHELF_MAX_DEPTH", "COUNT";
    /// Aliases in a GraphQL operation, 0 to 10000 [default: 30]
    max_aliases = "APPSHELF_MAX_ALIASES", "COUNT";
    /// Directives in a GraphQL operation, 0 to 10000 [default: 30]
    max_directives = "APPSHELF_MAX_DIRECTIVES", "COUNT";
    /// Fields at the root of one mutation, 1 to 100 [default: 5]
    max_root_mutations = "APPSHELF_MAX_ROOT_MUTATIONS", "COUNT";
    /// Cost of a GraphQL operation, 100 to 100000000 [default: 20000]
    max_cost = "APPSHELF_MAX_COST", "POINTS";
    /// Entries on one page, 1 to 100 [default: 100]
    max_page = "APPSHELF_MAX_PAGE", "COUNT";
    /// Time for one GraphQL operation, 1s to 5m [default: 15s]
    max_time = "APPSHELF_MAX_TIME", "TIME";
    /// Subscriptions open on one socket, 1 to 1000 [default: 20]
    max_subscriptions = "APPSHELF_MAX_SUBSCRIPTIONS", "COUNT";
    /// Sign-in attempts a minute for one account, 1 to 100000 [default: 10]
    sign_ins_per_account = "APPSHELF_SIGN_INS_PER_ACCOUNT", "COUNT";
    /// Sign-in attempts a minute from one client address, 1 to 100000 [default: 60]
    sign_ins_per_address = "APPSHELF_SIGN_INS_PER_ADDRESS", "COUNT";
    /// Openings of promotion links a minute from one client address, 1 to 100000 [default: 60]
    promotion_opens_per_address = "APPSHELF_PROMOTION_OPENS_PER_ADDRESS", "COUNT";
    /// Size of an application package, 1KiB to 64MiB [default: 64MiB]
    max_package = "APPSHELF_MAX_PACKAGE", "SIZE";
    /// Size of a contract file, 1KiB to 64MiB [default: 20MiB]
    max_contract = "APPSHELF_MAX_CONTRACT", "SIZE";
    /// Size of a file of a record, 1KiB to 64MiB [default: 20MiB]
    max_record_file = "APPSHELF_MAX_RECORD_FILE", "SIZE";
    /// Size of a table of records to import, 1KiB to 5MiB [default: 5MiB]
    max_record_import = "APPSHELF_MAX_RECORD_IMPORT", "SIZE";
}

impl Settings {
    /// Reads a settings file; an unreadable file, bad TOML or an unknown key is refused with its place.
    pub(super) fn from_file(path: &Path) -> Result<Self, ConfigRefused> {
        let refused = |why: String| ConfigRefused(vec![format!("APPSHELF_CONFIG: {}: {why}", path.display())]);
        let text = std::fs::read_to_string(path).map_err(|e| refused(e.to_string()))?;
        toml::from_str(&text).map_err(|e| refused(e.message().to_owned()))
    }
}

/// A string, number or truth value as text, so that a file may write `max_page = 50` without quotes.
fn scalar<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Scalar {
        Flag(bool),
        Number(i64),
        Text(String),
        List(Vec<String>),
    }
    Ok(Some(match Scalar::deserialize(from)? {
        Scalar::Flag(flag) => flag.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Text(text) => text,
        Scalar::List(texts) => texts.join(","),
    }))
}
