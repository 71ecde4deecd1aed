//! Handing mails to the mail server: each once, as far as that can be.
//!
//! A worker takes a mail for a while by a conditional update, sends it without holding any lock, and writes down what came of it. A worker that
//! dies with a mail in hand loses its claim after [`LEASE_SECONDS`], and another one sends it. What cannot be closed is the moment between the
//! server's "250, it is mine" and our commit: who dies there sends it twice, both times under the same Message-ID.

use std::time::Duration;

use novashop_db::{self as db, mails::Mail};

use super::{
    accounts,
    letter::HIDDEN_LINK,
    mailer::{Outgoing, Trouble},
    record,
};
use crate::{Context, Error, Mailer, Result, panics::caught};

/// How long a mail is one worker's: longer than sending it and writing that down may take.
const LEASE_SECONDS: i64 = 180;
/// How long a worker tries to write down that a mail was sent.
const WRITING_DOWN: Duration = Duration::from_secs(60);
/// So often a mail is tried that the server puts off: with the pauses between, for some twenty hours.
const MAX_ATTEMPTS: i32 = 16;
/// The longest pause between two attempts.
const MAX_PAUSE_SECONDS: i64 = 2 * 3600;

/// Sends what is due, up to `limit` mails; how many were tried. 0 where nothing is due or no mail server is configured.
///
/// Any number of workers may do this at once.
///
/// # Errors
/// Those of the database, and where the mail server cannot be reached: the mails wait then, untouched, however long it takes.
pub async fn deliver_due(ctx: &Context, limit: u32) -> Result<u64> {
    let Some(mailer) = &ctx.mailer else { return Ok(0) };
    if !db::mails::is_due(ctx.db.reader(), ctx.now().0).await? {
        return Ok(0);
    }
    if let Err(why) = mailer.reach().await {
        db::mails::mark_waiting(ctx.db.writer(), &why, ctx.now().0).await?;
        return Err(Error::internal("mails wait", why));
    }
    let mut tried = 0;
    while tried < u64::from(limit) && !ctx.stopping.is_asked() {
        let now = ctx.now();
        let Some(mail) = db::mails::claim(ctx.db.writer(), now.0, now.plus_seconds(LEASE_SECONDS).0).await? else { break };
        tried += 1;
        if !deliver(ctx, mailer, &mail).await? {
            return Err(Error::internal("mails wait", "the mail server broke off"));
        }
    }
    Ok(tried)
}

/// Sends a mail that is ours; `false` where the next one would fare no better.
async fn deliver(ctx: &Context, mailer: &Mailer, mail: &Mail) -> Result<bool> {
    if mail.attempts > MAX_ATTEMPTS {
        // Nobody got as far as writing down how it went.
        db::mails::mark_failed(ctx.db.writer(), mail, "the worker ended in its middle each time").await?;
        return Ok(true);
    }
    // Whatever panics over one mail may do so over it again: it waits its turn, as one that the server puts off, and the others have theirs.
    let handed_over = match caught(hand_over(ctx, mailer, mail)).await {
        Ok(handed_over) => handed_over?,
        Err(panicked) => Err(Trouble::Later(panicked.to_owned())),
    };
    let said = match handed_over {
        Ok(()) => {
            write_down_sent(ctx, mail).await?;
            tracing::info!(mail.id = %mail.id, mail.kind = %mail.kind, mail.attempts = mail.attempts, "a mail was sent");
            return Ok(true);
        }
        Err(said) => said,
    };
    let (why, goes_on, given_up) = match &said {
        Trouble::Refused(why) => (why, true, true),
        Trouble::Later(why) => (why, true, mail.attempts >= MAX_ATTEMPTS),
        Trouble::Broken(why) => (why, false, mail.attempts >= MAX_ATTEMPTS),
    };
    // What the server said may name the address: it is kept with the mail and not logged.
    if given_up {
        db::mails::mark_failed(ctx.db.writer(), mail, why).await?;
        tracing::warn!(mail.id = %mail.id, mail.kind = %mail.kind, mail.attempts = mail.attempts, "a mail could not be delivered");
    } else {
        db::mails::put_off(ctx.db.writer(), mail, why, ctx.now().plus_seconds(pause_seconds(mail.attempts)).0).await?;
        tracing::info!(mail.id = %mail.id, mail.kind = %mail.kind, mail.attempts = mail.attempts, "a mail was put off");
    }
    Ok(goes_on)
}

/// What the mail server made of it.
async fn hand_over(ctx: &Context, mailer: &Mailer, mail: &Mail) -> Result<std::result::Result<(), Trouble>> {
    Ok(match outgoing(ctx, mail) {
        // The server may have been away for longer than the link is good for.
        Ok(_) if !accounts::link_works(ctx, mail).await? => Err(Trouble::Refused("its link ran out before it could be sent".to_owned())),
        Ok(outgoing) => mailer.send(outgoing).await,
        Err(why) => Err(Trouble::Refused(why)),
    })
}

/// The mail is the server's: whatever the database does now, this must be written down, or it is sent again.
async fn write_down_sent(ctx: &Context, mail: &Mail) -> Result<()> {
    let written = async {
        let mut pause = Duration::from_millis(50);
        while let Err(error) = db::mails::mark_sent(ctx.db.writer(), mail, ctx.now().0).await {
            tracing::warn!(mail.id = %mail.id, %error, "a mail was sent, and that cannot be written down; trying again");
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2);
        }
    };
    let gave_up = |_| Error::internal("a mail was sent, and will be again", "the database did not take that down in time");
    tokio::time::timeout(WRITING_DOWN, written).await.map_err(gave_up)
}

/// The mail as it goes out, or why it must not: it is kept with the mail.
fn outgoing<'a>(ctx: &Context, mail: &'a Mail) -> std::result::Result<Outgoing<'a>, String> {
    let letter = record::letter(mail).map_err(|error| error.to_string())?;
    let link = record::secret_link(ctx, mail, letter.as_ref());
    let needs_link = letter.as_ref().map_or(mail.body.contains(HIDDEN_LINK), |letter| letter.secret_address().is_some());
    if needs_link && link.is_none() {
        return Err("its link was replaced by that of a newer mail".to_owned());
    }
    Ok(Outgoing {
        // What staff have sent again is another message: under the same id the second one might be dropped.
        id: format!("{}.{}", mail.id, mail.resent),
        to: &mail.recipient,
        subject: &mail.subject,
        text: record::text(ctx, mail, letter.as_ref(), link.as_deref()),
        html: letter.as_ref().map(|letter| record::html(ctx, letter, link.as_deref())),
        written_at: ctx.now(),
    })
}

/// 30 seconds, 1, 2, 4 … minutes, at most two hours.
fn pause_seconds(attempts: i32) -> i64 {
    let exponent = u32::try_from(attempts.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    30_i64.saturating_mul(2_i64.saturating_pow(exponent)).min(MAX_PAUSE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_most_of_a_day() {
        assert_eq!((1..=9).map(pause_seconds).collect::<Vec<_>>(), [30, 60, 120, 240, 480, 960, 1920, 3840, 7200]);
        let hours = (1..MAX_ATTEMPTS).map(pause_seconds).sum::<i64>() / 3600;
        assert_eq!(hours, 16);
    }
}
