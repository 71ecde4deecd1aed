//! What only administrators see: mails and the audit log.

use novashop_services::{audit, mails, orders::Part};
use novashop_types::{
    ErrorCode, Page, Problem,
    admin::{Mail, MailSummary},
    audit::{AuditAction, AuditEntry},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx, Failure,
    extract::{Admin, Input},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/admin/mails", get => list_mails),
        route!("/admin/mails/{id}", get => get_mail),
        route!("/admin/mails/{id}/resend", post => resend_mail),
        route!("/admin/audit", get => list_audit),
    ]
}

/// What a plain list can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(crate) limit: Option<u32>,
    /// Where to go on.
    pub(crate) cursor: Option<String>,
    /// Whether to count all of them.
    pub(crate) include_total: Option<bool>,
}

/// What was mailed
#[utoipa::path(get, path = "/api/v1/admin/mails", tag = "administration", operation_id = "list_mails", params(ListQuery), responses((status = 200, description = "A page, newest first", body = Page<MailSummary>)), security(("bearer" = ["admin"])))]
pub async fn list_mails(ctx: Ctx, _: Admin, input: Input) -> Answer {
    let query: ListQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    Ok(respond::page(&input, &mails::list(&ctx, query.cursor.as_deref(), limit, query.include_total.unwrap_or(false)).await?))
}

/// A mail
///
/// Its secret link is shown only while no mail server is configured. Reading it is audited.
#[utoipa::path(get, path = "/api/v1/admin/mails/{id}", tag = "administration", operation_id = "get_mail", params(("id" = novashop_types::MailId, Path, description = "The mail's id")), responses((status = 200, description = "The mail", body = Mail)), security(("bearer" = ["admin"])))]
pub async fn get_mail(ctx: Ctx, Admin(actor): Admin, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&mails::read(&ctx, &actor, input.path("id")).await?))
}

/// Send a mail again
///
/// A link in it that works once is replaced by a fresh one. The mail goes to the address that it was written to.
#[utoipa::path(post, path = "/api/v1/admin/mails/{id}/resend", tag = "administration", operation_id = "resend_mail", params(("id" = novashop_types::MailId, Path, description = "The mail's id")),
    responses((status = 202, description = "The mail, which waits to be sent", body = Mail),
        (status = 409, description = "`conflict`: no mail server is configured, the mail is on its way already, or its link would not go to the account's present address", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["admin"])))]
pub async fn resend_mail(ctx: Ctx, Admin(actor): Admin, input: Input) -> Answer {
    let id = mails::find(&ctx, input.path("id")).await?;
    input.no_query()?;
    Ok(respond::queued(&mails::resend(&ctx, &actor, id).await?))
}

/// What the audit log can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only what was done to what is called so: words of a product's name or a part of a category's, an order's number, a SKU, a username, an
    /// e-mail address, a file, or an id of anything. Of many products the hundred that fit best.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Only where this was done.
    #[param(inline)]
    action: Option<AuditAction>,
    /// Only what this account did: its id, its username or its e-mail address.
    #[param(max_length = 254, example = "maya")]
    actor: Option<String>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// Who changed what
#[utoipa::path(get, path = "/api/v1/admin/audit", tag = "administration", operation_id = "list_audit", params(AuditQuery), responses((status = 200, description = "A page, newest first", body = Page<AuditEntry>)), security(("bearer" = ["admin"])))]
pub async fn list_audit(ctx: Ctx, _: Admin, input: Input) -> Answer {
    let query: AuditQuery = input.query()?;
    for (name, text, most) in [("q", &query.q, 100), ("actor", &query.actor, 254)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > most) {
            return Err(Failure::new(ErrorCode::InvalidParameter, format!("`{name}` may have up to {most} characters.")));
        }
    }
    let part = Part { limit: input.limit(query.limit)?, cursor: query.cursor.as_deref(), total: query.include_total.unwrap_or(false) };
    let asked = audit::Query { q: query.q.as_deref(), action: query.action, actor: query.actor.as_deref() };
    Ok(respond::page(&input, &audit::list(&ctx, &asked, part).await?))
}
