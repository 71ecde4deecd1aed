//! SQL with its values, written once for both databases.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IdenStatic, IntoActiveModel, Iterable, Statement, Value,
    prelude::Uuid,
};

use crate::Error;

/// A statement that grows with its values; the placeholders number themselves.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A statement that has its placeholders `$1`, `$2`, … already.
    pub fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect() }
    }

    /// A statement that is put together of many parts: with room for them.
    pub(crate) fn roomy() -> Self {
        Self { text: String::with_capacity(2048), values: Vec::with_capacity(8) }
    }

    /// Adds text. Never text from outside: that is what [`Self::bind`] is for.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder and its value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds a `limit`. Written out and not bound: a plan for any limit at all is made for a tenth of the table, so PostgreSQL would think it
    /// dear and plan anew for every run.
    pub fn limit(&mut self, rows: impl Into<i64>) -> &mut Self {
        self.push(" limit ").push(&rows.into().to_string())
    }

    /// Adds `($1, $2, …)`; an empty list becomes `(null)`, which matches nothing.
    pub fn bind_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        let mut first = true;
        for value in values {
            if !first {
                self.push(", ");
            }
            first = false;
            self.bind(value);
        }
        if first {
            self.push("null");
        }
        self.push(")")
    }

    /// Adds `($1, $2), ($3, $4), …`: the rows of a `values`, each an id and a number. There must be one at least.
    pub fn bind_pairs(&mut self, pairs: impl IntoIterator<Item = (Uuid, i64)>) -> &mut Self {
        for (n, (id, number)) in pairs.into_iter().enumerate() {
            self.push(if n == 0 { "(" } else { ", (" }).bind(id).push(", ").bind(number).push(")");
        }
        self
    }

    fn statement(self, conn: &impl ConnectionTrait) -> Statement {
        Statement::from_sql_and_values(conn.get_database_backend(), self.text, self.values)
    }

    /// Every row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all<T: FromQueryResult>(self, conn: &impl ConnectionTrait) -> Result<Vec<T>, Error> {
        T::find_by_statement(self.statement(conn)).all(conn).await.map_err(Error::from)
    }

    /// The first row, where there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn one<T: FromQueryResult>(self, conn: &impl ConnectionTrait) -> Result<Option<T>, Error> {
        T::find_by_statement(self.statement(conn)).one(conn).await.map_err(Error::from)
    }

    /// Runs it; how many rows it changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(self, conn: &impl ConnectionTrait) -> Result<u64, Error> {
        Ok(conn.execute_raw(self.statement(conn)).await?.rows_affected())
    }

    /// The first column of the first row, a whole number named `value`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn number(self, conn: &impl ConnectionTrait) -> Result<Option<i64>, Error> {
        Ok(self.one::<Number>(conn).await?.map(|row| row.value))
    }
}

/// `in (select …)` for rows that one of several workers picks. Two at once pick different ones; on SQLite there is one writer at a time anyway.
///
/// PostgreSQL may run a plain `in (select … limit n for update skip locked)` once for each row, and so pick more than n: an array is made once.
#[must_use]
pub fn picked(conn: &impl ConnectionTrait, select: &str) -> String {
    match conn.get_database_backend() {
        DbBackend::Postgres => format!("= any(array({select} for update skip locked))"),
        _ => format!("in ({select})"),
    }
}

#[derive(FromQueryResult)]
struct Number {
    value: i64,
}

/// Inserts rows, as many at a time as the database takes values in one statement.
///
/// # Errors
/// What the database says.
pub async fn insert_all<E, M>(conn: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), Error>
where
    E: sea_orm::EntityTrait<Model = M>,
    M: sea_orm::IntoActiveModel<E::ActiveModel> + Send,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E> + Send,
{
    use sea_orm::Iterable as _;
    // SQLite's default limit of 32 766 values is the lower one.
    let batch = 30_000 / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let models: Vec<E::ActiveModel> = rows.by_ref().take(batch).map(sea_orm::IntoActiveModel::into_active_model).collect();
        E::insert_many(models).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Rows for several tables, written in one trip to the database: PostgreSQL takes them as one statement, SQLite as one text of several.
#[derive(Debug, Clone, Default)]
pub struct Inserts {
    sql: Sql,
    tables: u32,
}

impl Inserts {
    /// Adds rows of a table. A row may point at one that was added before it.
    pub fn add<E, M>(&mut self, backend: DbBackend, rows: Vec<M>) -> &mut Self
    where
        E: EntityTrait<Model = M>,
        M: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E>,
    {
        if rows.is_empty() {
            return self;
        }
        let postgres = backend == DbBackend::Postgres;
        match (postgres, self.tables) {
            (true, 0) => self.sql.push("with "),
            (true, _) => self.sql.push(", "),
            (false, 0) => &mut self.sql,
            (false, _) => self.sql.push("; "),
        };
        if postgres {
            self.sql.push(&format!("part_{} as (", self.tables));
        }
        let columns: Vec<&str> = E::Column::iter().map(|column| column.as_str()).collect();
        self.sql.push(&format!("insert into {} ({}) values ", E::default().table_name(), columns.join(", ")));
        for (n, row) in rows.into_iter().enumerate() {
            let row = row.into_active_model();
            let values = E::Column::iter().filter_map(|column| row.get(column).into_value());
            self.sql.push(if n == 0 { "" } else { ", " }).bind_list(values);
        }
        if postgres {
            self.sql.push(")");
        }
        self.tables = self.tables.saturating_add(1);
        self
    }

    /// Writes them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run(mut self, conn: &impl ConnectionTrait) -> Result<(), Error> {
        if conn.get_database_backend() == DbBackend::Postgres {
            self.sql.push(" select 1");
        }
        self.sql.execute(conn).await?;
        Ok(())
    }
}
