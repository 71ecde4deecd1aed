//! A whole shop from SQLite to PostgreSQL, and the proof that nothing was lost on the way.
//!
//! Rows travel as JSON objects: SQLite writes them, PostgreSQL reads a batch of them and gives each column its type. Tables, columns
//! and foreign keys are asked of the databases themselves, so that a new table cannot be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, StreamTrait};
use serde_json::Value;

use crate::{Database, Error, checksum::Checksum, schema, sql::Sql};

/// Columns that only one of the databases has, each for its own way of searching.
const OF_ONE: [(&str, &str); 2] = [("product_search", "doc"), ("product_search", "words")];
/// The one table that the migrations themselves put a row into.
const SEEDED: &str = "counters";
/// How much text goes into one statement.
const BATCH_BYTES: usize = 2 * 1024 * 1024;

/// Why a shop was not copied. Whatever it is, the target is as empty as before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target has rows already.
    #[error("the table {0} of the target has rows already")]
    NotEmpty(String),
    /// The two databases do not have the same tables and columns.
    #[error("the two schemas differ: {0}")]
    Schemas(String),
    /// Rows of a table could not be read or written.
    #[error("{table}: {source}")]
    Rows {
        /// The table.
        table: String,
        /// What the database says.
        source: Error,
    },
    /// What arrived is not what was sent.
    #[error("the copy differs from the original")]
    Differs(Vec<Copied>),
    /// What else a database says.
    #[error(transparent)]
    Database(#[from] Error),
}

/// A table that was copied.
#[derive(Debug, Clone)]
pub struct Copied {
    /// Its name.
    pub table: String,
    /// What was read from SQLite.
    pub source: Checksum,
    /// What PostgreSQL has now.
    pub target: Checksum,
}

impl Copied {
    /// Whether both sides have the same rows.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.source == self.target
    }
}

/// A column and its type, as PostgreSQL names it.
#[derive(Debug, FromQueryResult)]
struct Column {
    name: String,
    kind: String,
}

impl Column {
    /// How SQLite writes it: everything JSON has no word for as text.
    fn read(&self) -> String {
        let name = &self.name;
        match self.kind.as_str() {
            "uuid" => format!("'{name}', iif(t.\"{name}\" is null, null, lower(hex(t.\"{name}\")))"),
            "bytea" => format!("'{name}', iif(t.\"{name}\" is null, null, '\\x' || lower(hex(t.\"{name}\")))"),
            _ => format!("'{name}', t.\"{name}\""),
        }
    }

    /// How PostgreSQL writes the same.
    fn read_back(&self) -> String {
        let name = &self.name;
        match self.kind.as_str() {
            "uuid" => format!("'{name}', replace(t.\"{name}\"::text, '-', '')"),
            "bytea" => format!("'{name}', '\\x' || encode(t.\"{name}\", 'hex')"),
            "boolean" => format!("'{name}', t.\"{name}\"::int"),
            "jsonb" => format!("'{name}', t.\"{name}\"::text"),
            _ => format!("'{name}', t.\"{name}\""),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    row: String,
}

/// Copies every row of a SQLite shop into an empty PostgreSQL database with the same schema, compares, and commits only what is equal.
///
/// The source is locked against writers meanwhile, so that no order is placed that would not be copied. `progress` is told each table
/// and how many of its rows have arrived.
///
/// # Errors
/// [`CopyError`]; the target's transaction is rolled back then.
pub async fn copy_shop(source: &Database, target: &Database, progress: &dyn Fn(&str, u64)) -> Result<Vec<Copied>, CopyError> {
    let from = source.begin_writing().await?;
    let to = target.begin_writing().await?;
    same_tables(&from, &to).await?;
    require_empty(&to).await?;
    Sql::new(format!("delete from {SEEDED}"), []).execute(&to).await?;
    let mut copied = Vec::new();
    for table in parents_first(&from).await? {
        let columns = columns(&from, &to, &table).await?;
        let in_rows = |source| CopyError::Rows { table: table.clone(), source };
        let source = copy_table(&from, &to, &table, &columns, progress).await.map_err(in_rows)?;
        let target = read_back(&to, &table, &columns).await.map_err(in_rows)?;
        copied.push(Copied { table, source, target });
    }
    if !copied.iter().all(Copied::is_same) {
        return Err(CopyError::Differs(copied));
    }
    to.commit().await.map_err(Error::from)?;
    from.rollback().await.map_err(Error::from)?;
    Ok(copied)
}

/// Refuses a database in which a table has rows; the row that the migrations put in does not count.
///
/// # Errors
/// [`CopyError::NotEmpty`] with the table.
pub async fn require_empty(target: &impl ConnectionTrait) -> Result<(), CopyError> {
    for table in schema::tables(target).await? {
        let one = Sql::new(format!("select count(*) as value from (select 1 from \"{table}\" limit 1) as found"), []);
        if table != SEEDED && one.number(target).await? != Some(0) {
            return Err(CopyError::NotEmpty(table));
        }
    }
    Ok(())
}

async fn same_tables(from: &impl ConnectionTrait, to: &impl ConnectionTrait) -> Result<(), CopyError> {
    let (ours, theirs) = (schema::tables(from).await?, schema::tables(to).await?);
    let only = |these: &[String], those: &[String]| these.iter().filter(|table| !those.contains(table)).cloned().collect::<Vec<_>>();
    let strangers = [only(&ours, &theirs), only(&theirs, &ours)].concat();
    if strangers.is_empty() { Ok(()) } else { Err(CopyError::Schemas(format!("only one of them has {}", strangers.join(", ")))) }
}

/// The columns that both have; any other that one of them lacks is a mistake.
async fn columns(from: &impl ConnectionTrait, to: &impl ConnectionTrait, table: &str) -> Result<Vec<Column>, CopyError> {
    let of_one = |name: &str| OF_ONE.contains(&(table, name));
    let ours: BTreeSet<String> = schema::columns(from, table).await?.into_iter().filter(|name| !of_one(name)).collect();
    let sql = "select column_name::text as name, data_type::text as kind from information_schema.columns \
               where table_schema = current_schema() and table_name = $1 order by ordinal_position";
    let mut columns: Vec<Column> = Sql::new(sql, [table.into()]).all(to).await?;
    columns.retain(|column| !of_one(&column.name));
    let theirs: BTreeSet<String> = columns.iter().map(|column| column.name.clone()).collect();
    if ours == theirs { Ok(columns) } else { Err(CopyError::Schemas(format!("the columns of {table}"))) }
}

#[derive(FromQueryResult)]
struct ForeignKey {
    parent: String,
    child_column: String,
}

async fn foreign_keys(from: &impl ConnectionTrait, table: &str) -> Result<Vec<ForeignKey>, Error> {
    let sql = "select \"table\" as parent, \"from\" as child_column from pragma_foreign_key_list($1)";
    Sql::new(sql, [table.into()]).all(from).await
}

/// Every table, after those that its rows point at.
async fn parents_first(from: &impl ConnectionTrait) -> Result<Vec<String>, CopyError> {
    let mut waiting = BTreeMap::new();
    for table in schema::tables(from).await? {
        let parents: BTreeSet<String> =
            foreign_keys(from, &table).await?.into_iter().map(|key| key.parent).filter(|parent| *parent != table).collect();
        waiting.insert(table, parents);
    }
    let mut order: Vec<String> = Vec::new();
    while !waiting.is_empty() {
        let ready: Vec<String> =
            waiting.iter().filter(|(_, parents)| parents.iter().all(|parent| order.contains(parent))).map(|(table, _)| table.clone()).collect();
        if ready.is_empty() {
            return Err(CopyError::Schemas("the foreign keys of some tables go in a circle".into()));
        }
        waiting.retain(|table, _| !ready.contains(table));
        order.extend(ready);
    }
    Ok(order)
}

/// The statement that gives each row of a table as one JSON object. Rows that point at rows of their own table come after those.
async fn select(from: &impl ConnectionTrait, table: &str, columns: &[Column]) -> Result<String, Error> {
    let object = columns.iter().map(Column::read).collect::<Vec<_>>().join(", ");
    let own = foreign_keys(from, table).await?.into_iter().find(|key| key.parent == table);
    Ok(match own {
        None => format!("select json_object({object}) as row from \"{table}\" t"),
        Some(ForeignKey { child_column: parent, .. }) => format!(
            "with recursive placed (id, depth) as (select id, 0 from \"{table}\" where \"{parent}\" is null \
             union all select c.id, p.depth + 1 from \"{table}\" c join placed p on c.\"{parent}\" = p.id) \
             select json_object({object}) as row from \"{table}\" t join placed on placed.id = t.id order by placed.depth"
        ),
    })
}

async fn copy_table(
    from: &DatabaseTransaction,
    to: &DatabaseTransaction,
    table: &str,
    columns: &[Column],
    progress: &dyn Fn(&str, u64),
) -> Result<Checksum, Error> {
    let names = columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ");
    let typed = columns.iter().map(|Column { name, kind }| format!("r.\"{name}\"::{kind}")).collect::<Vec<_>>().join(", ");
    let texts = columns.iter().map(|column| format!("\"{}\" text", column.name)).collect::<Vec<_>>().join(", ");
    let insert = format!("insert into \"{table}\" ({names}) select {typed} from json_to_recordset($1::json) as r({texts})");
    let select = select(from, table, columns).await?;
    let mut rows = from.stream_raw(Statement::from_string(DbBackend::Sqlite, select)).await?;
    let (mut sum, mut batch) = (Checksum::default(), String::new());
    progress(table, 0);
    while let Some(found) = rows.try_next().await? {
        let Row { row } = Row::from_query_result(&found, "")?;
        add(&mut sum, &row, columns)?;
        batch.push(if batch.is_empty() { '[' } else { ',' });
        batch.push_str(&row);
        if batch.len() > BATCH_BYTES {
            batch.push(']');
            Sql::new(&insert, [std::mem::take(&mut batch).into()]).execute(to).await?;
            progress(table, sum.rows);
        }
    }
    if !batch.is_empty() {
        batch.push(']');
        Sql::new(&insert, [batch.into()]).execute(to).await?;
    }
    progress(table, sum.rows);
    Ok(sum)
}

async fn read_back(to: &DatabaseTransaction, table: &str, columns: &[Column]) -> Result<Checksum, Error> {
    let object = columns.iter().map(Column::read_back).collect::<Vec<_>>().join(", ");
    let select = format!("select json_build_object({object})::text as row from \"{table}\" t");
    let mut rows = to.stream_raw(Statement::from_string(DbBackend::Postgres, select)).await?;
    let mut sum = Checksum::default();
    while let Some(found) = rows.try_next().await? {
        add(&mut sum, &Row::from_query_result(&found, "")?.row, columns)?;
    }
    Ok(sum)
}

/// Adds a row in the form that does not depend on which database wrote it: values in the order of the columns, JSON in one order of keys.
fn add(sum: &mut Checksum, row: &str, columns: &[Column]) -> Result<(), Error> {
    let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| Error::Other(sea_orm::DbErr::Json(error.to_string())));
    let row = parse(row)?;
    let mut values = Vec::with_capacity(columns.len());
    for column in columns {
        let value = row.get(&column.name).cloned().unwrap_or_default();
        values.push(match &value {
            Value::String(text) if column.kind == "jsonb" => in_one_order(parse(text)?),
            _ => value,
        });
    }
    sum.add(Value::Array(values).to_string().as_bytes());
    Ok(())
}

/// PostgreSQL keeps JSON by meaning: keys in an order of its own, and no negative zero.
fn in_one_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let sorted: BTreeMap<String, Value> = map.into_iter().map(|(key, value)| (key, in_one_order(value))).collect();
            Value::Object(sorted.into_iter().collect())
        }
        Value::Array(values) => values.into_iter().map(in_one_order).collect(),
        Value::Number(number) => number.as_f64().filter(|n| *n == 0.0).map_or(Value::Number(number), |_| Value::from(0)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_checksum_whoever_wrote_it_and_another_once_anything_in_it_changes() {
        let columns = [("id", "uuid"), ("data", "jsonb"), ("note", "text")].map(|(name, kind)| Column { name: name.into(), kind: kind.into() });
        let sum = |row: &str| {
            let mut sum = Checksum::default();
            add(&mut sum, row, &columns).unwrap();
            sum
        };
        let sqlite = sum(r#"{"id":"0a","data":"{\"b\":[1,-0.0],\"a\":null}","note":null}"#);
        assert_eq!(sqlite, sum(r#"{"note" : null, "id" : "0a", "data" : "{\"a\": null, \"b\": [1, 0.0]}"}"#));
        for other in [
            r#"{"id":"0b","data":"{\"b\":[1,-0.0],\"a\":null}","note":null}"#,
            r#"{"id":"0a","data":"{\"b\":[1,-0.0],\"a\":0}","note":null}"#,
            r#"{"id":"0a","data":"{\"b\":[-0.0,1],\"a\":null}","note":null}"#,
            r#"{"id":"0a","data":"{\"b\":[1,-0.0],\"a\":null}","note":""}"#,
        ] {
            assert_ne!(sqlite, sum(other), "{other}");
        }
    }
}
