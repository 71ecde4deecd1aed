//! The versions of the schema: which have run, and running those that have not.
//!
//! Several processes may begin at once, and an older program may run beside a newer one while they are exchanged.

use std::collections::BTreeSet;

use novashop_migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};
use sea_orm_migration::MigratorTrait;

use crate::{Database, Error, connection::retried, schema, snapshot::known_migrations, sql::Sql};

/// Where the migrations note that they have run.
const TABLE: &str = "seaql_migrations";

/// The advisory lock of PostgreSQL under which the schema changes: the letters `novashop`, which nobody else takes.
const LOCK: i64 = 0x6e6f_7661_7368_6f70;

impl Database {
    /// Brings the schema up to date: all of it or nothing. Whoever comes while another process is at it waits, and finds it done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn migrate_up(&self) -> Result<(), Error> {
        self.migrate(async |tx| {
            let applied = applied(tx).await?;
            if known_migrations().iter().all(|known| applied.contains(known)) {
                return Ok(());
            }
            Migrator::up(tx, None).await.map_err(Error::from)
        })
        .await
    }

    /// Takes back the last `steps` migrations.
    ///
    /// # Errors
    /// What the database says.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), Error> {
        self.migrate(async |tx| Migrator::down(tx, Some(steps)).await.map_err(Error::from)).await
    }

    /// Does it in one transaction, in which statements may take as long as they will.
    async fn migrate(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<(), Error>) -> Result<(), Error> {
        retried(async || {
            let tx = self.begin_writing().await?;
            wait_for_turn(&tx).await?;
            work(&tx).await?;
            tx.commit().await.map_err(Error::from)
        })
        .await
    }

    /// Every migration that this program knows by name, and whether it has run. Changes nothing, also where there is no schema yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>, Error> {
        let applied = applied(self.reader()).await?;
        let status = |name: String| {
            let has_run = applied.contains(&name);
            (name, has_run)
        };
        Ok(known_migrations().into_iter().map(status).collect())
    }

    /// What a newer program has run here and this one does not know.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newer_migrations(&self) -> Result<Vec<String>, Error> {
        let known = known_migrations();
        Ok(applied(self.reader()).await?.into_iter().filter(|name| !known.contains(name)).collect())
    }
}

/// On SQLite a transaction that writes is alone already.
async fn wait_for_turn(tx: &DatabaseTransaction) -> Result<(), Error> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("select pg_advisory_xact_lock({LOCK})")).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Version {
    version: String,
}

/// What has run, by name.
async fn applied(conn: &impl ConnectionTrait) -> Result<BTreeSet<String>, Error> {
    if schema::columns(conn, TABLE).await?.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows = Sql::new(format!("select version from {TABLE}"), []).all::<Version>(conn).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}
