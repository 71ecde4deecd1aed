//! The audit log.

use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error,
    audit_subjects::Subject,
    entities::shop::audit,
    sql::{Sql, insert_all},
};

/// Something that somebody changed.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Entry {
    /// The entry's id.
    pub id: Uuid,
    /// Who did it; nobody where it was the shop itself.
    pub actor_id: Option<Uuid>,
    /// The username; none where the account was deleted.
    pub actor_name: Option<String>,
    /// What was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// Particulars.
    pub details: Json,
    /// When.
    pub created_at: i64,
}

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// What this account did.
    pub actor: Option<Uuid>,
    /// Where this was done.
    pub action: Option<&'static str>,
    /// What was done to one of these; to none of them where there are none.
    pub subjects: Option<Vec<Subject>>,
}

impl Filter {
    /// Each condition begins with the columns of an index.
    fn narrow(&self, sql: &mut Sql) {
        if let Some(actor) = self.actor {
            sql.push(" and a.actor_id = ").bind(actor);
        }
        if let Some(action) = self.action {
            sql.push(" and a.action = ").bind(action);
        }
        let Some(subjects) = &self.subjects else { return };
        let mut kinds: Vec<&str> = subjects.iter().map(|subject| subject.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        sql.push(if kinds.is_empty() { " and (1 = 0" } else { " and (" });
        for (n, kind) in kinds.into_iter().enumerate() {
            let ids = subjects.iter().filter(|subject| subject.kind == kind).map(|subject| subject.id.as_str());
            sql.push(if n == 0 { "a.subject_kind = " } else { " or a.subject_kind = " }).bind(kind).push(" and a.subject_id in ").bind_list(ids);
        }
        sql.push(")");
    }
}

/// Writes an entry.
///
/// # Errors
/// What the database says.
#[expect(clippy::too_many_arguments, reason = "one argument a column")]
pub async fn insert(
    conn: &impl ConnectionTrait,
    id: Uuid,
    actor_id: Option<Uuid>,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
    details: Json,
    now: i64,
) -> Result<(), Error> {
    let row = audit::Model {
        id,
        actor_id,
        action: action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id: subject_id.to_owned(),
        details,
        created_at: now,
    };
    insert_all::<audit::Entity, _>(conn, vec![row]).await
}

/// Entries from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, filter: &Filter, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Entry>, Error> {
    let mut sql = Sql::new(
        "select a.id, a.actor_id, case when u.deleted_at is null then u.username end as actor_name, a.action, a.subject_kind, a.subject_id, a.details, \
         a.created_at from audit a left join users u on u.id = a.actor_id where 1 = 1",
        [],
    );
    filter.narrow(&mut sql);
    if let Some((at, id)) = after {
        sql.push(" and (a.created_at, a.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by a.created_at desc, a.id desc").limit(limit);
    sql.all(conn).await
}

/// How many a filter leaves.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, filter: &Filter) -> Result<u64, Error> {
    let mut sql = Sql::new("select count(*) as value from audit a where 1 = 1", []);
    filter.narrow(&mut sql);
    Ok(sql.number(conn).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}
