//! The mail server: how it is reached, what is handed to it, and what it says.

use std::time::{Duration, SystemTime};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error as SmtpError, PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters, TlsParametersBuilder},
    },
};
use novashop_types::Timestamp;

use crate::{Error, Result};

/// How long the server may take for one answer.
const ANSWER: Duration = Duration::from_secs(20);
/// How long it may take for a whole mail.
const WHOLE: Duration = Duration::from_secs(60);
/// How long a connection is kept for the next mail.
const IDLE: Duration = Duration::from_secs(30);

/// How the way to the mail server is kept from other eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on this machine or in a network that one trusts.
    None,
    /// By STARTTLS; without it nothing is sent.
    StartTls,
    /// TLS from the beginning.
    Tls,
}

/// Where the mail server is and how it takes mails.
#[derive(Clone)]
pub struct MailServer {
    /// Its name; certificates have to bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept.
    pub security: Security,
    /// Certificates in PEM that are trusted beside those of the public authorities.
    pub authorities: Option<Vec<u8>>,
    /// The account's name and password.
    pub login: Option<(String, String)>,
    /// Who writes: an address, with or without a name.
    pub from: String,
}

/// Whether a text names who writes: `shop@example.com` or `NovaShop <shop@example.com>`.
#[must_use]
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// Hands mails to the mail server. Clones share its connections.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

/// A mail as it goes out.
pub(super) struct Outgoing<'a> {
    /// What it is known by, whatever happens on its way: of two with the same one many servers drop the second.
    pub(super) id: String,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: String,
    pub(super) html: Option<String>,
    pub(super) written_at: Timestamp,
}

/// Why a mail was not taken.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Not now: the server wants to be asked again later.
    Later(String),
    /// The connection broke, or the server wants something of us first: no other mail would fare better now.
    Broken(String),
    /// Never.
    Refused(String),
}

impl Mailer {
    /// A way to the mail server; nothing is sent yet.
    ///
    /// # Errors
    /// Where the sender is no address, or the certificates cannot be read.
    pub fn new(server: MailServer) -> Result<Self> {
        let MailServer { host, port, security, authorities, login, from } = server;
        let from = from.parse().map_err(|error| Error::internal("MAIL_FROM", error))?;
        let failed = |error: SmtpError| Error::internal("the certificates of the mail server", error);
        let parameters = || -> Result<TlsParameters> {
            let mut parameters: TlsParametersBuilder = TlsParameters::builder(host.clone());
            if let Some(pem) = &authorities {
                parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(failed)?);
            }
            parameters.build_rustls().map_err(failed)
        };
        let tls = match security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.clone()).port(port).tls(tls).timeout(Some(ANSWER));
        if let Some((name, password)) = login {
            builder = builder.credentials(Credentials::new(name, password));
        }
        Ok(Self { transport: builder.pool_config(PoolConfig::new().max_size(4).idle_timeout(IDLE)).build(), from })
    }

    /// That the server answers and takes our login.
    ///
    /// # Errors
    /// Why not, without anything that is secret or personal.
    pub(super) async fn reach(&self) -> std::result::Result<(), String> {
        match tokio::time::timeout(WHOLE, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("the mail server ended the connection".to_owned()),
            // What a server says to a login may name the account.
            Ok(Err(error)) => Err(error
                .status()
                .map_or_else(|| format!("the mail server cannot be reached: {error}"), |code| format!("the mail server refuses us: {code}"))),
            Err(_) => Err("the mail server does not answer".to_owned()),
        }
    }

    /// Hands a mail over. Once this is `Ok` the mail is the server's.
    pub(super) async fn send(&self, mail: Outgoing<'_>) -> std::result::Result<(), Trouble> {
        let (to, message) = self.message(mail).map_err(Trouble::Refused)?;
        let envelope =
            lettre::address::Envelope::new(Some(self.from.email.clone()), vec![to]).map_err(|error| Trouble::Refused(error.to_string()))?;
        match tokio::time::timeout(WHOLE, self.transport.send_raw(&envelope, &message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(trouble(&error)),
            Err(_) => Err(Trouble::Broken("the mail server took too long".to_owned())),
        }
    }

    /// The mail in the form that mail servers take (RFC 5322).
    fn message(&self, mail: Outgoing<'_>) -> std::result::Result<(Address, Vec<u8>), String> {
        let to: Address = mail.to.parse().map_err(|_| "this is no e-mail address".to_owned())?;
        let written_at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.written_at.0).unwrap_or(0));
        let builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .date(written_at)
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(mail.subject))
            // So that no absent person's machine answers (RFC 3834).
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
        let message = match mail.html {
            Some(html) => builder.multipart(MultiPart::alternative_plain_html(mail.text, html)),
            None => builder.singlepart(SinglePart::plain(mail.text)),
        };
        Ok((to, message.map_err(|error| error.to_string())?.formatted()))
    }
}

/// Nothing that is put into a head may begin a line of its own there.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What an error of the way there means for a mail.
fn trouble(error: &SmtpError) -> Trouble {
    let said = error.to_string();
    match error.status().map(|code| code.to_string()).as_deref() {
        // It asks for a login or for TLS: mending the configuration helps, another mail does not.
        Some("530" | "534" | "535" | "538" | "421") => Trouble::Broken(said),
        // A verdict about us and our sender (RFC 3463, X.7): no mail is given up for it at once.
        Some("550" | "553" | "554") if said.contains("5.7.") => Trouble::Later(said),
        Some(_) if error.is_permanent() => Trouble::Refused(said),
        Some(_) => Trouble::Later(said),
        // The server does not take such an address.
        None if error.is_client() => Trouble::Refused(said),
        None => Trouble::Broken(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(one_line("Order 1001\r\nBcc: all@example.com\u{85}x\u{2028}y\0"), "Order 1001 Bcc: all@example.com x y");
        assert_eq!(one_line("Tu pedido nº 1001"), "Tu pedido nº 1001");
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        assert!(is_sender("shop@example.com") && is_sender("NovaShop <shop@example.com>"));
        assert!(!is_sender("NovaShop") && !is_sender("a@b.example\r\nBcc: c@d.example") && !is_sender(""));
    }
}
