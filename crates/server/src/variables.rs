//! The variables of the environment: what people are told of them.

use std::fmt::Write as _;

/// A variable: its name, its default as people read it, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// As in the environment.
    pub name: &'static str,
    /// The default in words or as a value.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Every variable the program reads; `.env.example` and `--help` say the same.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "ENVIRONMENT",
        default: "development",
        meaning: "`development` or `production`; in production a weak or missing secret refuses to start.",
    },
    Variable { name: "DATA_DIR", default: "data", meaning: "Where the embedded default keeps database, images and the generated secret." },
    Variable {
        name: "DATABASE_URL",
        default: "SQLite in DATA_DIR",
        meaning: "`sqlite://path/to/file.db` or `postgres://user:password@host/database`.",
    },
    Variable { name: "DATABASE_CONNECTIONS", default: "16", meaning: "How many connections this process opens at most, 1 to 500." },
    Variable {
        name: "REDIS_URL",
        default: "none: one process needs none",
        meaning: "What several processes share and tell each other goes through this Redis, 6.2 or newer: `redis://` or `rediss://user:password@host:6379/0`.",
    },
    Variable {
        name: "REDIS_PREFIX",
        default: "novashop",
        meaning: "What this shop's keys in Redis begin with, so that shops can share one: letters, digits, `-`, `_`.",
    },
    Variable {
        name: "SECRET_KEY",
        default: "made once in DATA_DIR (development only)",
        meaning: "Signs tokens and cursors: at least 32 bytes nobody can guess, e.g. from `openssl rand -hex 32`.",
    },
    Variable { name: "API_ADDR", default: "127.0.0.1:2002", meaning: "Where the API listens." },
    Variable { name: "WEB_ADDR", default: "127.0.0.1:3000", meaning: "Where the app and its pages are served." },
    Variable {
        name: "PORT",
        default: "none",
        meaning: "Set by platforms such as Heroku: the app, or the API in a process without the role `web`, listens on it on all interfaces.",
    },
    Variable {
        name: "API_URL",
        default: "the API of the same process, else http://127.0.0.1:8000",
        meaning: "Where the role `web` finds the API: `http://host:port`.",
    },
    Variable {
        name: "WEB_FILES",
        default: "frontend/dist, else the folder `dist` beside the program",
        meaning: "The app's files, as `make app` builds them.",
    },
    Variable {
        name: "METRICS_ADDR",
        default: "127.0.0.1:9100",
        meaning: "Where Prometheus finds `/metrics`, for operators only; `none` switches it off.",
    },
    Variable { name: "PUBLIC_URL", default: "http://localhost:3000", meaning: "Where shoppers find the app, for links in mails." },
    Variable {
        name: "CORS_ORIGINS",
        default: "none",
        meaning: "Other sites whose scripts may call the API, separated by commas: `https://shop.example.com`.",
    },
    Variable {
        name: "RATE_LIMITS",
        default: "on",
        meaning: "`on`, or `off` for load tests: how many requests a client may send is told in docs/limits.md.",
    },
    Variable {
        name: "CACHE_MEGABYTES",
        default: "32",
        meaning: "How much memory answers of the catalogue may take, so that reading them again asks no database, 0 to 4096; 0 keeps none.",
    },
    Variable {
        name: "TRUSTED_PROXIES",
        default: "none",
        meaning: "Proxies in front, as addresses or networks separated by commas: only theirs is the `X-Forwarded-For` that names the client.",
    },
    Variable {
        name: "DRAIN_SECONDS",
        default: "3 with TRUSTED_PROXIES, else 0",
        meaning: "How long, once asked to end, it goes on answering without keeping connections, so that a proxy in front loses no request, 0 to 60.",
    },
    Variable {
        name: "MEDIA_URL",
        default: "a folder in DATA_DIR",
        meaning: "Where images are kept: `file:///absolute/folder`, or `s3://bucket/prefix` with the variables `AWS_*`.",
    },
    Variable { name: "AWS_REGION", default: "us-east-1", meaning: "The bucket's region." },
    Variable {
        name: "AWS_ACCESS_KEY_ID",
        default: "the role of the machine",
        meaning: "An account that may read, write and delete in the bucket; machines of AWS have a role instead (EC2, ECS, EKS).",
    },
    Variable { name: "AWS_SECRET_ACCESS_KEY", default: "the role of the machine", meaning: "Its secret." },
    Variable {
        name: "AWS_ENDPOINT_URL",
        default: "that of AWS",
        meaning: "Where the bucket is, elsewhere than at AWS: `https://minio.example.com`.",
    },
    Variable { name: "AWS_ALLOW_HTTP", default: "false", meaning: "`true` where that endpoint has no TLS and the network is yours alone." },
    Variable { name: "CURRENCY", default: "EUR", meaning: "The shop's currency, an ISO 4217 code. Do not change it once there are products." },
    Variable { name: "UNPAID_ORDER_MINUTES", default: "30", meaning: "How long an unpaid order holds its stock, 1 to 10080 minutes." },
    Variable {
        name: "PAYMENT_INSTRUCTIONS",
        default: "none",
        meaning: "How a transfer reaches the shop, e.g. its bank account: shown with an order that waits for its money, up to 1000 characters.",
    },
    Variable {
        name: "SMTP_HOST",
        default: "none: mails are kept, and administrators read them",
        meaning: "The mail server that mails are sent by; every process of the shop is told the same.",
    },
    Variable { name: "SMTP_PORT", default: "587, with `tls` 465, with `none` 25", meaning: "Its port." },
    Variable {
        name: "SMTP_TLS",
        default: "starttls",
        meaning: "`starttls`, `tls` (from the beginning) or `none` (only on this machine or in a network that you trust).",
    },
    Variable { name: "SMTP_CA_FILE", default: "none", meaning: "Certificates (PEM) to trust beside those of the public authorities." },
    Variable { name: "SECRET_EMAIL_USER", default: "none: no login", meaning: "The account at the mail server." },
    Variable { name: "SECRET_EMAIL_USER_PSWD", default: "none", meaning: "Its password." },
    Variable {
        name: "MAIL_FROM",
        default: "SECRET_EMAIL_USER, where that is an address",
        meaning: "Who writes: an address, with or without a name; answers go there.",
    },
    Variable {
        name: "MIGRATE_ON_START",
        default: "true in development, false in production",
        meaning: "Whether `serve` brings the schema up to date by itself.",
    },
    Variable { name: "NOVASHOP_ADMIN_PASSWORD", default: "asked for", meaning: "The password for `novashop user create-admin`." },
    Variable {
        name: "OTEL_EXPORTER_OTLP_ENDPOINT",
        default: "none",
        meaning: "Where traces are sent (OTLP over HTTP), e.g. `http://collector:4318`; the other `OTEL_*` count too, as OpenTelemetry names them.",
    },
    Variable { name: "RUST_LOG", default: "info", meaning: "What is logged, e.g. `info,novashop_api=debug`." },
    Variable { name: "LOG_FORMAT", default: "text, in production json", meaning: "`text` or `json`." },
];

/// The table of variables for `--help`.
#[must_use]
pub fn help() -> String {
    let mut text = String::from("Environment (a file `.env` in the working folder is read first):\n");
    for Variable { name, default, meaning } in VARIABLES {
        let _written = writeln!(text, "  {name}\n      {meaning} Default: {default}.");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_explains_every_variable_and_no_other() {
        let example = include_str!("../../../.env.example");
        let named: Vec<&str> = example
            .lines()
            .filter_map(|line| line.trim_start_matches("# ").trim_start_matches('#').split_once('='))
            .map(|(name, _)| name.trim())
            .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
            .collect();
        let known: Vec<&str> = VARIABLES.iter().map(|variable| variable.name).collect();
        assert_eq!(named, known);
        for variable in VARIABLES {
            assert!(example.contains(variable.meaning), "{} is not explained as --help does", variable.name);
        }
    }
}
