//! Very many rows at once.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, IntoActiveModel, Iterable, Value,
    sea_query::value::sea_value_to_json_value,
};

use crate::{
    Error,
    sql::{Sql, insert_all},
};

/// How many rows go into one statement at most: some megabytes of text.
const ROWS: usize = 4_000;

/// Inserts rows, a few thousand in a statement.
///
/// A column of JSON must not hold a bare `null`, which PostgreSQL would take for no value at all. PostgreSQL gets the rows as one JSON value, which it reads several times as fast as it plans a statement with tens of thousands of placeholders.
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
    let table = E::default();
    let names = E::Column::iter().map(|column| format!("\"{}\"", column.as_str())).collect::<Vec<_>>().join(", ");
    let table = table.table_name();
    let statement = format!("insert into \"{table}\" ({names}) select {names} from json_populate_recordset(null::\"{table}\", $1::json)");
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut json = String::from("[");
        for row in rows.by_ref().take(ROWS) {
            if json.len() > 1 {
                json.push(',');
            }
            object::<E>(&mut json, row.into_active_model());
        }
        json.push(']');
        Sql::new(&statement, [json.into()]).execute(conn).await?;
    }
    Ok(())
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

fn object<E: EntityTrait>(json: &mut String, mut row: impl ActiveModelTrait<Entity = E>) {
    json.push('{');
    for (n, column) in E::Column::iter().enumerate() {
        if n > 0 {
            json.push(',');
        }
        json.push('"');
        json.push_str(column.as_str());
        json.push_str("\":");
        json.push_str(&row.take(column).into_value().map_or_else(|| "null".into(), |value| text(&value)));
    }
    json.push('}');
}

/// A value in JSON, in the form that PostgreSQL reads back as the same.
fn text(value: &Value) -> String {
    match value {
        Value::Bytes(Some(bytes)) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("\"\\\\x{hex}\"")
        }
        value => sea_value_to_json_value(value).to_string(),
    }
}
