//! Very many rows at once.

use std::fmt::Write as _;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, IntoActiveModel, Iterable, Value,
    sea_query::{ColumnType, value::sea_value_to_json_value},
};

use crate::{
    Error,
    sql::{Sql, insert_all},
};

/// How many rows go into one statement at most: some megabytes of text.
const ROWS: usize = 4_000;

/// Inserts rows, a few thousand in a statement.
///
/// PostgreSQL gets one array for each column: it reads them several times as fast as it plans a statement with tens of thousands of placeholders,
/// and half as fast again as it reads the rows as JSON.
///
/// # Errors
/// What the database says.
pub async fn insert<E, M>(conn: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), Error>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel> + Send,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    if conn.get_database_backend() != DbBackend::Postgres {
        return insert_all::<E, M>(conn, rows).await;
    }
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names = columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect::<Vec<_>>().join(", ");
    let arrays = (1..).zip(&columns).map(|(n, column)| format!("${n}::text::{}[]", type_name(*column))).collect::<Vec<_>>().join(", ");
    let statement = format!("insert into \"{}\" ({names}) select * from unnest({arrays})", E::default().table_name());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut arrays = vec![Array::default(); columns.len()];
        for row in rows.by_ref().take(ROWS) {
            let mut row = row.into_active_model();
            for (array, column) in arrays.iter_mut().zip(&columns) {
                array.push(row.take(*column).into_value());
            }
        }
        Sql::new(&statement, arrays.into_iter().map(Array::end)).execute(conn).await?;
    }
    Ok(())
}

/// What PostgreSQL calls the type of a column.
fn type_name(column: impl ColumnTrait) -> &'static str {
    match column.def().get_column_type() {
        ColumnType::Uuid => "uuid",
        ColumnType::BigInteger => "bigint",
        ColumnType::Integer => "integer",
        ColumnType::Boolean => "boolean",
        ColumnType::Json | ColumnType::JsonBinary => "jsonb",
        ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob => "bytea",
        _ => "text",
    }
}

/// The values of a column as PostgreSQL writes an array (its manual, 8.15.6).
#[derive(Debug, Clone, Default)]
struct Array(String);

impl Array {
    fn push(&mut self, value: Option<Value>) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        match value {
            Some(Value::String(Some(text))) => self.quote(&text),
            Some(Value::Json(Some(json))) => self.quote(&json.to_string()),
            Some(Value::Bytes(Some(bytes))) => {
                self.0.push_str("\"\\\\x");
                for byte in bytes {
                    let _never = write!(self.0, "{byte:02x}");
                }
                self.0.push('"');
            }
            value => match value.map(|value| sea_value_to_json_value(&value)) {
                None | Some(serde_json::Value::Null) => self.0.push_str("NULL"),
                Some(serde_json::Value::String(text)) => self.quote(&text),
                Some(value) => {
                    let _never = write!(self.0, "{value}");
                }
            },
        }
    }

    fn quote(&mut self, text: &str) {
        self.0.push('"');
        for sign in text.chars() {
            if matches!(sign, '"' | '\\') {
                self.0.push('\\');
            }
            self.0.push(sign);
        }
        self.0.push('"');
    }

    fn end(mut self) -> Value {
        self.0.push('}');
        self.0.into()
    }
}

/// Has this transaction not wait for the disk as it commits. For rows that can be written again; the next one that waits brings them to the disk too.
///
/// # Errors
/// What the database says.
pub async fn commit_without_waiting(tx: &impl ConnectionTrait) -> Result<(), Error> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("set local synchronous_commit = off").await?;
    }
    Ok(())
}
