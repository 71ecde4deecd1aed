//! Mails: rows that the relay writes from the outbox and that the worker hands to the mail server. Where no mail server is configured they are
//! kept, and an administrator reads them.

mod accounts;
mod delivery;
mod html;
mod letter;
mod mailer;
mod orders;
mod recipients;
mod record;
mod resending;
mod staff;
mod text;
mod words;
mod writing;

pub use delivery::deliver_due;
pub use mailer::{MailServer, Mailer, Security, is_sender};
pub(crate) use orders::{Canceller, OrderMail, order_mail};
pub use recipients::{Anybody, Recipients};
pub use record::{find, list, read};
pub use resending::resend;
pub use staff::LowStock;
pub use writing::write;
