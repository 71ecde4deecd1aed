//! The configuration: from the environment, `.env` read first. Every mistake is told at once, with what would be right.

use std::{collections::BTreeMap, fmt::Write as _, net::SocketAddr, path::PathBuf, time::Duration};

use novashop_api::extract::TrustedProxies;
use novashop_db::sqlite_url;
use novashop_links::Link;
use novashop_services::mails::MailServer;
use novashop_types::Currency;

use crate::{mail_config, media, traces};

/// What the program was told.
#[derive(Clone)]
pub struct Config {
    /// Whether mistakes that are fine at home are refused.
    pub production: bool,
    /// Where the embedded default keeps things.
    pub data_dir: PathBuf,
    /// Which database.
    pub database_url: String,
    /// How many connections.
    pub database_connections: u32,
    /// The Redis that processes share, if there is one. A password may stand in it.
    pub redis_url: Option<String>,
    /// What its keys begin with.
    pub redis_prefix: String,
    /// Signs tokens and cursors; `None` means: made once in `data_dir`.
    pub secret_key: Option<Vec<u8>>,
    /// Where the API listens.
    pub api_addr: SocketAddr,
    /// Where the app is served.
    pub web_addr: SocketAddr,
    /// Where the platform wants the public role to listen, on all interfaces.
    pub port: Option<u16>,
    /// Where the role `web` finds the API; `None` where that is of the same process.
    pub api_url: Option<String>,
    /// The app's files, where somebody chose them.
    pub web_files: Option<PathBuf>,
    /// Where the metrics are told, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    /// Whether somebody chose that address: then it has to work.
    pub metrics_addr_chosen: bool,
    /// Where the app lives.
    pub public_url: String,
    /// Whether somebody chose it.
    pub public_url_chosen: bool,
    /// Who else may call from a browser.
    pub cors_origins: Vec<String>,
    /// Whether clients are held to the rate limits.
    pub rate_limits: bool,
    /// What the read cache may take; 0 for no cache.
    pub cache_bytes: u64,
    /// Whose word counts on whom a request comes from.
    pub trusted_proxies: TrustedProxies,
    /// How long a process that was asked to end goes on answering.
    pub drain: Duration,
    /// Where the images are kept.
    pub media: media::Place,
    /// The shop's currency.
    pub currency: Currency,
    /// How long an unpaid order holds its stock.
    pub unpaid_order_seconds: i64,
    /// How a transfer reaches the shop.
    pub payment_instructions: Option<String>,
    /// By which server mails are sent, if any.
    pub mail_server: Option<MailServer>,
    /// A file of certificates that it may have.
    pub mail_authorities: Option<PathBuf>,
    /// Whether `serve` migrates.
    pub migrate_on_start: bool,
    /// Whether log lines are JSON.
    pub json_logs: bool,
}

/// Reads one variable after the other, and keeps the mistakes.
pub(crate) struct Reader<'a> {
    values: &'a BTreeMap<String, String>,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    /// A variable, unless it is blank.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.values.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// A value that `parse` takes, or the default; what it does not take is a mistake, told with what would be right.
    pub(crate) fn parsed<T>(&mut self, name: &str, default: T, right: &str, parse: impl Fn(&str) -> Option<T>) -> T {
        let Some(text) = self.text(name) else { return default };
        parse(&text).unwrap_or_else(|| {
            // A secret is never repeated, not even a wrong one.
            let shown = if ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"].contains(&name) { String::new() } else { format!(" (it is `{text}`)") };
            self.mistakes.push(format!("{name} must be {right}{shown}."));
            default
        })
    }

    /// A mistake in words.
    pub(crate) fn mistake(&mut self, text: &str) {
        self.mistakes.push(text.to_owned());
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn web_url(text: &str) -> Option<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = !host.is_empty() && !host.starts_with('/') && !text.contains(char::is_whitespace);
    fits.then(|| text.trim_end_matches('/').to_owned())
}

fn strong(secret: &str) -> bool {
    let different: std::collections::HashSet<u8> = secret.bytes().collect();
    secret.len() >= 32 && different.len() >= 8
}

impl Config {
    /// Where the role that the world should see listens: where the platform wants it, else at its own address.
    pub fn public_addr(&self, own: SocketAddr) -> SocketAddr {
        self.port.map_or(own, |port| SocketAddr::from(([0, 0, 0, 0], port)))
    }

    /// How many seconds requests in flight may take when the draining is over: with it seven, for the server looks once a second whether they are
    /// done, and all of it has to fit into the ten after which a supervisor kills.
    pub fn last_requests_seconds(&self) -> u64 {
        7_u64.saturating_sub(self.drain.as_secs()).max(2)
    }

    /// The file of the embedded database; `None` on PostgreSQL.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        sqlite_url::path(&self.database_url)
    }
}

/// Reads the configuration from variables.
///
/// # Errors
/// All mistakes in one text, one a line.
pub fn read(values: &BTreeMap<String, String>) -> Result<Config, String> {
    read_for(values, true)
}

/// The same for what signs nothing, such as the role `web`: it starts without a secret.
///
/// # Errors
/// All mistakes in one text, one a line.
pub fn read_without_secret(values: &BTreeMap<String, String>) -> Result<Config, String> {
    read_for(values, false)
}

fn read_for(values: &BTreeMap<String, String>, signs: bool) -> Result<Config, String> {
    let mut r = Reader { values, mistakes: Vec::new() };
    let production = r.parsed("ENVIRONMENT", false, "`development` or `production`", |text| match text {
        "development" => Some(false),
        "production" => Some(true),
        _ => None,
    });
    let data_dir = PathBuf::from(r.text("DATA_DIR").unwrap_or_else(|| "data".into()));
    let embedded = sqlite_url::of_new(&data_dir.join("novashop.db"));
    let database_url = r.parsed("DATABASE_URL", embedded, "a URL that begins with `sqlite://`, `postgres://` or `postgresql://`", |text| {
        ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)).then(|| text.to_owned())
    });
    let whole = |range: std::ops::RangeInclusive<i64>| move |text: &str| text.parse::<i64>().ok().filter(|n| range.contains(n));
    let connections = r.parsed("DATABASE_CONNECTIONS", 16, "a whole number from 1 to 500", whole(1..=500));
    let redis_url =
        r.parsed("REDIS_URL", None, "a URL such as `redis://127.0.0.1:6379`", |text| Link::new(text, "").is_ok().then(|| Some(text.to_owned())));
    let redis_prefix = r.parsed("REDIS_PREFIX", "novashop".to_owned(), "letters, digits, `-` and `_`, at most 64", |text| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        ((1..=64).contains(&text.len()) && text.chars().all(plain)).then(|| text.to_owned())
    });
    let secret = r.parsed("SECRET_KEY", None, "at least 32 bytes with at least 8 different ones, e.g. from `openssl rand -hex 32`", |text| {
        strong(text).then(|| Some(text.as_bytes().to_vec()))
    });
    if production && signs && r.text("SECRET_KEY").is_none() {
        r.mistakes.push("SECRET_KEY is missing: production needs one, e.g. from `openssl rand -hex 32`.".into());
    }
    let mut address = |name: &str, port: u16| {
        let right = format!("an address and a port such as `127.0.0.1:{port}`");
        r.parsed(name, SocketAddr::from(([127, 0, 0, 1], port)), &right, |text| text.parse().ok())
    };
    let (api_addr, web_addr) = (address("API_ADDR", 2002), address("WEB_ADDR", 3000));
    // Between the two roles there is a network that one trusts, or one machine.
    let api_url = r.parsed("API_URL", None, "an address such as `http://127.0.0.1:8000`, without TLS and without a path", |text| {
        web_url(text).filter(|url| url.starts_with("http://") && url.matches('/').count() == 2).map(Some)
    });
    let web_files = r.text("WEB_FILES").map(PathBuf::from);
    let port = r.parsed("PORT", None, "a port number from 1 to 65535", |text| text.parse::<u16>().ok().filter(|port| *port > 0).map(Some));
    let metrics_addr = SocketAddr::from(([127, 0, 0, 1], 9100));
    let metrics_addr = r.parsed("METRICS_ADDR", Some(metrics_addr), "an address and a port such as `127.0.0.1:9100`, or `none`", |text| {
        if text == "none" { Some(None) } else { text.parse().ok().map(Some) }
    });
    let metrics_addr_chosen = r.text("METRICS_ADDR").is_some();
    let public_url = r.parsed("PUBLIC_URL", "http://localhost:3000".to_owned(), "a web address such as `https://shop.example.com`", web_url);
    let cors_origins = r.parsed("CORS_ORIGINS", Vec::new(), "web addresses without a path, separated by commas", |text| {
        text.split(',').map(|origin| web_url(origin.trim()).filter(|url| url.matches('/').count() == 2)).collect()
    });
    let rate_limits = r.parsed("RATE_LIMITS", true, "`on` or `off`", boolean);
    let cache_megabytes =
        r.parsed("CACHE_MEGABYTES", 32, "a whole number from 0 to 4096", |text| text.parse().ok().filter(|megabytes| *megabytes <= 4096));
    let trusted_proxies = r.parsed(
        "TRUSTED_PROXIES",
        TrustedProxies::default(),
        "addresses or networks separated by commas, such as `10.0.0.0/8, 192.0.2.1`",
        TrustedProxies::parse,
    );
    // Longer than deploy/nginx keeps a connection that nobody uses.
    let drain = if r.text("TRUSTED_PROXIES").is_some() { 3 } else { 0 };
    let drain = r.parsed("DRAIN_SECONDS", drain, "a whole number from 0 to 60", |text| text.parse().ok().filter(|seconds| *seconds <= 60));
    let folder = media::Place::Folder(data_dir.join("media"));
    let media = r.parsed("MEDIA_URL", folder, "`file://` and an absolute folder, or `s3://bucket/prefix`", |text| media::Place::parse(text, values));
    r.mistakes.extend(media::mistakes(&media, values));
    let currency = r.parsed("CURRENCY", Currency::EUR, "an ISO 4217 code of three capital letters", Currency::parse);
    let minutes = r.parsed("UNPAID_ORDER_MINUTES", 30, "a whole number from 1 to 10080", whole(1..=10080));
    let payment_instructions = r.parsed("PAYMENT_INSTRUCTIONS", None, "a text of up to 1000 characters", |text| {
        (text.chars().count() <= 1000).then(|| Some(text.to_owned()))
    });
    let mail_server = mail_config::read(&mut r);
    let mail_authorities = r.text("SMTP_CA_FILE").map(PathBuf::from);
    let migrate_on_start = r.parsed("MIGRATE_ON_START", !production, "`true` or `false`", boolean);
    let json_logs = r.parsed("LOG_FORMAT", production, "`text` or `json`", |text| match text {
        "json" => Some(true),
        "text" => Some(false),
        _ => None,
    });
    // Read by OpenTelemetry itself.
    let _traces = r.parsed(traces::ENDPOINT, None, "a web address such as `http://collector:4318`", |text| web_url(text).map(Some));
    if !r.mistakes.is_empty() {
        let mut text = String::from("The configuration has mistakes:\n");
        for mistake in &r.mistakes {
            // Writing to a String cannot fail.
            let _written = writeln!(text, "  - {mistake}");
        }
        text.push_str("See .env.example for every variable.");
        return Err(text);
    }
    Ok(Config {
        production,
        data_dir,
        database_url,
        database_connections: u32::try_from(connections).unwrap_or(16),
        redis_url,
        redis_prefix,
        secret_key: secret,
        api_addr,
        web_addr,
        port,
        api_url,
        web_files,
        metrics_addr,
        metrics_addr_chosen,
        public_url,
        public_url_chosen: values.contains_key("PUBLIC_URL"),
        cors_origins,
        rate_limits,
        cache_bytes: cache_megabytes * 1024 * 1024,
        trusted_proxies,
        drain: Duration::from_secs(drain),
        media,
        currency,
        unpaid_order_seconds: minutes * 60,
        payment_instructions,
        mail_server,
        mail_authorities,
        migrate_on_start,
        json_logs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn nothing_at_all_is_a_shop_on_sqlite() {
        let config = read(&values(&[])).unwrap();
        assert_eq!(config.database_url, "sqlite://data/novashop.db?mode=rwc");
        assert_eq!((config.api_addr.to_string(), config.web_addr.to_string()), ("127.0.0.1:2002".into(), "127.0.0.1:3000".into()));
        assert!(config.migrate_on_start && !config.production);
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_no_secret_is_repeated() {
        let wrong = [
            ("ENVIRONMENT", "prod"),
            ("RATE_LIMITS", "some"),
            ("TRUSTED_PROXIES", "10.0.0.0/99"),
            ("API_ADDR", "2002"),
            ("REDIS_URL", "localhost hunter2:6379"),
            ("REDIS_PREFIX", "nova:shop"),
            ("WEB_ADDR", "localhost"),
            ("API_URL", "https://api.example.com"),
            ("SECRET_KEY", "hunter2hunter2"),
            ("CURRENCY", "euro"),
            ("CORS_ORIGINS", "example.com"),
            ("MEDIA_URL", "media"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ];
        let text = read(&values(&wrong)).err().unwrap();
        for (name, _) in wrong {
            assert!(text.contains(name), "{name} is not in: {text}");
        }
        assert!(!text.contains("hunter2"));
    }

    #[test]
    fn production_needs_a_strong_secret() {
        assert!(read(&values(&[("ENVIRONMENT", "production")])).err().unwrap().contains("SECRET_KEY is missing"));
        assert!(read_without_secret(&values(&[("ENVIRONMENT", "production")])).is_ok());
        assert!(read_without_secret(&values(&[("ENVIRONMENT", "production"), ("SECRET_KEY", "short")])).is_err());
        assert!(read(&values(&[("ENVIRONMENT", "production"), ("SECRET_KEY", &"a".repeat(40))])).is_err());
        assert!(read(&values(&[("ENVIRONMENT", "production"), ("SECRET_KEY", "0123456789abcdef0123456789abcdef")])).is_ok());
    }
}
