//! What the planner knows of the tables.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::{Database, Error, patience::patiently, sql::Sql};

/// Tables that PostgreSQL looks at at the same time: the large ones take a core each for most of a second.
const AT_ONCE: usize = 4;

/// How long that may take for one of them.
const A_TABLE: Duration = Duration::from_secs(10 * 60);

#[derive(FromQueryResult)]
struct Table {
    name: String,
}

impl Database {
    /// Has the database look at what its tables hold, so that it plans well after many rows came at once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn analyze(&self) -> Result<(), Error> {
        let conn = self.writer();
        if self.backend() != DbBackend::Postgres {
            // A thousand rows of each index tell SQLite enough.
            conn.execute_unprepared("pragma analysis_limit = 1000; analyze").await?;
            return Ok(());
        }
        let sql = "select quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace \
             where n.nspname = current_schema() and c.relkind = 'r' order by pg_relation_size(c.oid) desc";
        let tables: Vec<Table> = Sql::new(sql, []).all(conn).await?;
        let looks = tables.into_iter().map(async |table| conn.execute_unprepared(&format!("analyze {}", table.name)).await);
        // No more than have a connection: those who wait for one would give up after a while.
        let looks = stream::iter(looks).buffer_unordered(AT_ONCE.min(conn.connections())).try_collect::<Vec<_>>();
        patiently(A_TABLE, looks).await?;
        Ok(())
    }
}
