//! The part of the configuration that says by which server mails are sent.

use novashop_services::mails::{MailServer, Security, is_sender};

use crate::config::Reader;

/// Reads the mail server; `None` where none is named.
pub(crate) fn read(r: &mut Reader<'_>) -> Option<MailServer> {
    let security = r.parsed("SMTP_TLS", Security::StartTls, "`none`, `starttls` or `tls`", |text| match text {
        "none" => Some(Security::None),
        "starttls" => Some(Security::StartTls),
        "tls" => Some(Security::Tls),
        _ => None,
    });
    let usual = match security {
        Security::None => 25,
        Security::StartTls => 587,
        Security::Tls => 465,
    };
    let port = r.parsed("SMTP_PORT", usual, "a port number from 1 to 65535", |text| text.parse::<u16>().ok().filter(|port| *port > 0));
    let from = r.parsed("MAIL_FROM", None, "an e-mail address, with or without a name: `NovaShop <shop@example.com>`", |text| {
        is_sender(text).then(|| Some(text.to_owned()))
    });
    let host = r.parsed("SMTP_HOST", None, "the name of a server", |text| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte)).then(|| Some(text.to_owned()))
    })?;
    let login = match (r.text("SECRET_EMAIL_USER"), r.text("SECRET_EMAIL_USER_PSWD")) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ => {
            r.mistake("SECRET_EMAIL_USER and SECRET_EMAIL_USER_PSWD go together: set both or neither.");
            None
        }
    };
    // The account of a mail server is nearly always the address itself.
    let from = from.or_else(|| login.as_ref().map(|(user, _)| user.clone()).filter(|user| is_sender(user)).map(|user| format!("NovaShop <{user}>")));
    let Some(from) = from else {
        r.mistake("MAIL_FROM is missing: mails need a sender such as `NovaShop <shop@example.com>`.");
        return None;
    };
    Some(MailServer { host, port, security, authorities: None, login, from })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{self, Config};

    fn config(pairs: &[(&str, &str)]) -> Result<Config, String> {
        config::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn without_a_host_there_is_no_mail_server() {
        let settings = [("SMTP_PORT", "2525"), ("SECRET_EMAIL_USER", "shop@example.com"), ("MAIL_FROM", "shop@example.com")];
        assert!(config(&settings).unwrap().mail_server.is_none());
    }

    #[test]
    fn each_way_to_the_server_has_its_usual_port() {
        for (word, security, port) in [("none", Security::None, 25), ("starttls", Security::StartTls, 587), ("tls", Security::Tls, 465)] {
            let server = config(&[("SMTP_HOST", "mail.example.com"), ("SMTP_TLS", word), ("MAIL_FROM", "shop@example.com")]).unwrap();
            let server = server.mail_server.unwrap();
            assert_eq!((server.security, server.port), (security, port));
        }
        let plain = config(&[("SMTP_HOST", "mail.example.com"), ("MAIL_FROM", "shop@example.com")]).unwrap().mail_server.unwrap();
        assert_eq!(plain.security, Security::StartTls, "nothing goes out in the clear unless somebody says so");
    }

    #[test]
    fn the_account_is_the_sender_where_no_other_is_named() {
        let login = [("SMTP_HOST", "mail.example.com"), ("SECRET_EMAIL_USER", "shop@example.com"), ("SECRET_EMAIL_USER_PSWD", "a password")];
        assert_eq!(config(&login).unwrap().mail_server.unwrap().from, "NovaShop <shop@example.com>");
    }

    #[test]
    fn mistakes_are_told_and_no_password_is_repeated() {
        for (wrong, told) in [
            (vec![("SMTP_HOST", "mail.example.com")], "MAIL_FROM is missing"),
            (vec![("SMTP_HOST", "https://mail.example.com/")], "SMTP_HOST must be"),
            (vec![("SMTP_TLS", "ssl")], "SMTP_TLS must be"),
            (vec![("SMTP_PORT", "0")], "SMTP_PORT must be"),
            (vec![("MAIL_FROM", "the shop")], "MAIL_FROM must be"),
            (
                vec![("SMTP_HOST", "mail.example.com"), ("MAIL_FROM", "a@b.example"), ("SECRET_EMAIL_USER_PSWD", "hunter2hunter2")],
                "set both or neither",
            ),
        ] {
            let text = config(&wrong).err().unwrap_or_default();
            assert!(text.contains(told) && !text.contains("hunter2"), "{text}");
        }
    }
}
