//! What must be true of the data whatever happened, each as a query for the rows of which it is not.
//!
//! A check reads; it never changes a row and takes no lock. Its query gives broken rows only and looks each row's parts up by an
//! index, so that it needs little memory however large the shop is. The rules themselves are in `check_rules`.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value, prelude::Uuid};

use crate::{Error, check_rules, sql::Sql};

/// How many broken rows of a check are named; all of them are counted.
pub const NAMED: u64 = 100;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The data contradict themselves.
    Broken,
    /// The data are right, but something that should have happened did not.
    Warning,
}

/// Something that must be true of every row of a table.
#[derive(Debug, Clone)]
pub struct Check {
    /// A short name that stays.
    pub name: &'static str,
    /// What must be true, as a sentence.
    pub rule: &'static str,
    /// The table whose rows are looked at.
    pub table: &'static str,
    /// How bad it is where it is not true.
    pub level: Level,
    /// A query for the columns of [`Row`].
    query: String,
    values: Vec<Value>,
}

/// A row for which a check does not hold.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    /// Its id, where it has one.
    pub id: Option<Uuid>,
    /// What people call it: an order's number, a SKU, a slug.
    pub label: String,
    /// What it says.
    pub actual: String,
    /// What it should say.
    pub expected: String,
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many rows were looked at.
    pub looked_at: i64,
    /// How many are broken.
    pub broken: i64,
    /// The first [`NAMED`] of them.
    pub rows: Vec<Row>,
}

impl Check {
    pub(crate) fn broken(name: &'static str, table: &'static str, rule: &'static str, query: impl Into<String>) -> Self {
        Self { name, rule, table, level: Level::Broken, query: query.into(), values: Vec::new() }
    }

    pub(crate) fn warning(name: &'static str, table: &'static str, rule: &'static str, query: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::broken(name, table, rule, query) }
    }

    pub(crate) fn with(self, values: impl IntoIterator<Item = Value>) -> Self {
        Self { values: values.into_iter().collect(), ..self }
    }

    /// Looks at every row of its table.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run(&self, conn: &impl ConnectionTrait) -> Result<Found, Error> {
        let looked_at = Sql::new(format!("select count(*) as value from {}", self.table), []).number(conn).await?.unwrap_or(0);
        let rows: Vec<Row> = Sql::new(format!("{} limit {NAMED}", self.query), self.values.clone()).all(conn).await?;
        let named = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let broken = if u64::try_from(rows.len()).is_ok_and(|count| count < NAMED) {
            named
        } else {
            let count = format!("select count(*) as value from ({}) as broken", self.query);
            Sql::new(count, self.values.clone()).number(conn).await?.unwrap_or(named)
        };
        Ok(Found { looked_at, broken, rows })
    }
}

/// Every check; `now` in milliseconds, for what should have happened by then.
#[must_use]
pub fn all(backend: DbBackend, now: i64) -> Vec<Check> {
    let mut all = check_rules::stock();
    all.extend(check_rules::orders());
    all.extend(check_rules::payments());
    all.extend(check_rules::catalogue());
    all.extend(check_rules::accounts());
    all.extend(check_rules::keys(backend));
    all.extend(check_rules::search(backend));
    all.extend(check_rules::late(now));
    all
}

/// A column that points at another table's.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Reference {
    /// The table that points.
    pub child: String,
    /// Its column.
    pub child_column: String,
    /// The table that is pointed at.
    pub parent: String,
    /// Its column.
    pub parent_column: String,
}

/// Every reference of the schema, as the database knows it.
///
/// # Errors
/// What the database says.
pub async fn references(conn: &impl ConnectionTrait) -> Result<Vec<Reference>, Error> {
    let text = match conn.get_database_backend() {
        DbBackend::Postgres => {
            "select c.conrelid::regclass::text as child, a.attname::text as child_column, c.confrelid::regclass::text as parent, \
             b.attname::text as parent_column from pg_constraint c \
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] \
             join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1] \
             where c.contype = 'f' and c.connamespace = (select oid from pg_namespace where nspname = current_schema()) order by 1, 2"
        }
        _ => {
            "select m.name as child, f.\"from\" as child_column, f.\"table\" as parent, f.\"to\" as parent_column \
             from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1, 2"
        }
    };
    Sql::new(text, []).all(conn).await
}

/// The rows that point at nothing.
///
/// # Errors
/// What the database says.
pub async fn orphans(conn: &impl ConnectionTrait, reference: &Reference) -> Result<Found, Error> {
    let Reference { child, child_column, parent, parent_column } = reference;
    let has_id = crate::schema::columns(conn, child).await?.iter().any(|column| column == "id");
    // Without an id of its own a row is known by what it belongs to.
    let id = if has_id { "id" } else { child_column };
    // The names come from the database's own catalogue.
    let from = format!(
        "from {child} c where c.{child_column} is not null and not exists (select 1 from {parent} p where p.{parent_column} = c.{child_column})"
    );
    let query = format!("select c.{id} as id, '{child_column}' as label, 'points at nothing' as actual, 'a row of {parent}' as expected {from}");
    let looked_at = Sql::new(format!("select count(*) as value from {child}"), []).number(conn).await?.unwrap_or(0);
    let rows: Vec<Row> = Sql::new(format!("{query} limit {NAMED}"), []).all(conn).await?;
    let broken = Sql::new(format!("select count(*) as value {from}"), []).number(conn).await?.unwrap_or(0);
    Ok(Found { looked_at, broken, rows })
}
