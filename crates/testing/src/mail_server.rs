//! A real mail server for a test, and what it was given.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use novashop_services::mails::{self, Security};
use serde::Deserialize;
use serde_json::Value;

/// How long a mail may take from the server's mouth to the test's ear.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the ear may lag behind what the shop was told.
const SETTLING: Duration = Duration::from_millis(200);
/// Who may send, where the server asks for a login.
pub const LOGIN: (&str, &str) = ("shop@novashop.example", "the mail password");

/// A mail as the server understood it.
#[derive(Debug, Clone, Deserialize)]
pub struct Received {
    /// The sender in the envelope.
    pub from: String,
    /// The recipients in the envelope.
    pub to: Vec<String>,
    /// Names in small letters and values, in order.
    pub headers: Vec<(String, String)>,
    /// The part in plain text.
    pub text: Option<String>,
    /// The part in HTML.
    pub html: Option<String>,
    /// Whether it came by TLS.
    pub encrypted: bool,
    /// Whether the sender had signed in.
    pub authenticated: bool,
}

impl Received {
    /// The value of a header that is there once.
    #[track_caller]
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = values.next().unwrap_or_else(|| panic!("no header {name} in {:?}", self.headers));
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }

    /// The plain text.
    #[track_caller]
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_deref().expect("every mail has a text")
    }

    /// The HTML.
    #[track_caller]
    #[must_use]
    pub fn html(&self) -> &str {
        self.html.as_deref().expect("this mail has HTML")
    }

    /// The first address in the text that begins so.
    #[track_caller]
    #[must_use]
    pub fn link(&self, begin: &str) -> &str {
        self.text().split_whitespace().find(|word| word.starts_with(begin)).unwrap_or_else(|| panic!("no {begin} in {}", self.text()))
    }
}

/// What the server says on its standard output.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Mail(Box<Received>),
    /// Somebody is kept waiting.
    Waits {
        waits: String,
    },
}

/// A running mail server; ended when it is dropped.
#[derive(Debug)]
pub struct MailServer {
    process: Child,
    port: u16,
    security: Security,
    login: bool,
    received: Arc<Mutex<Vec<Received>>>,
    waiting: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    /// A server on this machine that takes every mail.
    #[must_use]
    pub fn start() -> Self {
        Self::with(0, Security::None, false)
    }

    /// A server on a port (0 for any that is free), with TLS or not, that wants [`LOGIN`] or nothing.
    #[must_use]
    pub fn with(port: u16, security: Security, login: bool) -> Self {
        let mut command = Command::new(root().join("scripts/mail-server"));
        command.args(["--port", &port.to_string()]);
        if security != Security::None {
            let (certificate, key) = certificate();
            command.args(["--tls", if security == Security::Tls { "tls" } else { "starttls" }]);
            command.arg("--certificate").arg(certificate).arg("--key").arg(key);
        }
        if login {
            command.args(["--user", LOGIN.0, "--password", LOGIN.1]);
        }
        // It ends when its standard input does, so also where the test is killed.
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("scripts/mail-server can be started");
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines().map_while(Result::ok);
        let first = lines.next().expect("the mail server says where it listens");
        let first: Value = serde_json::from_str(&first).unwrap_or_else(|_| panic!("not a port: {first}"));
        let port = u16::try_from(first["port"].as_u64().expect("a port")).expect("a port");
        let (received, waiting) = (Arc::<Mutex<Vec<Received>>>::default(), Arc::<Mutex<Vec<String>>>::default());
        let into = (Arc::clone(&received), Arc::clone(&waiting));
        std::thread::spawn(move || {
            for line in lines {
                match serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}")) {
                    Said::Mail(mail) => into.0.lock().expect("no reader panics with it").push(*mail),
                    Said::Waits { waits } => into.1.lock().expect("no reader panics with it").push(waits),
                }
            }
        });
        Self { process, port, security, login, received, waiting }
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How a shop reaches it.
    #[must_use]
    pub fn settings(&self) -> mails::MailServer {
        Self::settings_of(self.port, self.security, self.login)
    }

    /// How a shop would reach such a server.
    #[must_use]
    pub fn settings_of(port: u16, security: Security, login: bool) -> mails::MailServer {
        let authorities = (security != Security::None).then(|| std::fs::read(certificate().0).expect("the certificate can be read"));
        mails::MailServer {
            host: "localhost".into(),
            port,
            security,
            authorities,
            login: login.then(|| (LOGIN.0.to_owned(), LOGIN.1.to_owned())),
            from: format!("NovaShop <{}>", LOGIN.0),
        }
    }

    /// The mails it has so far, once there are at least so many.
    #[track_caller]
    #[must_use]
    pub fn received(&self, at_least: usize) -> Vec<Received> {
        let started = Instant::now();
        let so_far = || self.received.lock().expect("no reader panics with it").clone();
        while so_far().len() < at_least {
            assert!(started.elapsed() < PATIENCE, "{} of {at_least} mails came", so_far().len());
            std::thread::sleep(Duration::from_millis(10));
        }
        // One too many may be on its way from the server's mouth.
        std::thread::sleep(SETTLING);
        so_far()
    }

    /// Whether somebody who writes to an address is, or was, kept waiting for an answer.
    #[must_use]
    pub fn keeps_waiting(&self, address: &str) -> bool {
        self.waiting.lock().expect("no reader panics with it").iter().any(|known| known == address)
    }

    /// The newest mail, once there are so many.
    #[track_caller]
    #[must_use]
    pub fn newest(&self, count: usize) -> Received {
        let received = self.received(count);
        assert_eq!(received.len(), count, "so many mails came");
        received.last().expect("there is one").clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A certificate for `localhost` and its key, made once by OpenSSL.
fn certificate() -> (PathBuf, PathBuf) {
    static MADE: std::sync::OnceLock<(PathBuf, PathBuf)> = std::sync::OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("novashop-mail-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the certificate");
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]);
        let output = openssl.arg("-keyout").arg(&key).arg("-out").arg(&certificate).output().expect("openssl can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (certificate, key)
    });
    made.clone()
}
