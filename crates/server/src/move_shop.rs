//! `novashop move --to postgres://…`: an embedded shop goes to PostgreSQL, every row of it, compared on both sides before it counts.

use novashop_db::{
    Database, Error, Options,
    copying::{self, Copied, CopyError},
    opening,
};

use crate::{Failed, archive::Places, config::Config, import::Shown};

const ON_POSTGRES: &str =
    "This shop is on PostgreSQL already. `novashop move` brings a shop from SQLite there: unset DATABASE_URL, or set it to the SQLite file.
From one PostgreSQL server to another go pg_dump and pg_restore.";

/// Copies the shop, or leaves the target as empty as it was.
pub(crate) async fn run(config: &Config, to: &str) -> Result<(), Failed> {
    let places = Places::of(config, ON_POSTGRES)?;
    if !to.starts_with("postgres://") && !to.starts_with("postgresql://") {
        return Err(Failed::new("Say where to: `--to postgres://user:password@host/database`, a database with nothing in it."));
    }
    if !places.database.is_file() {
        return Err(Failed::new(format!("There is no shop to move: {} does not exist. Set DATA_DIR.", places.database.display())));
    }
    let alone = Options { alone: true, ..Options::new(&config.database_url) };
    let source = Database::connect(&alone).await.map_err(|error| match error {
        Error::Busy(_) => Failed::new("The shop is running. Stop it first, so that no order is placed that would not move with it."),
        error => Failed::from(error),
    })?;
    let pending = source.migrations().await?.iter().filter(|(_, applied)| !applied).count();
    if pending > 0 {
        return Err(Failed::new("The shop's schema is behind. Run `novashop migrate up` first."));
    }
    let target = Database::connect(&Options { connections: 1, ..Options::new(to) })
        .await
        .map_err(|error| Failed::new(opening::why_not(&error, to, "--to")))?;
    copying::require_empty(target.reader()).await.map_err(told)?;
    target.migrate_up().await.map_err(|error| Failed::new(opening::why_not(&error, to, "--to")))?;
    println!("Nobody can use the shop while it moves.");
    let shown = Shown::new();
    let copied = copying::copy_shop(&source, &target, &|table, rows| shown.count(table, rows)).await;
    shown.finish();
    let copied = copied.map_err(told)?;
    print(&copied);
    if let Err(error) = target.analyze().await {
        // Everything has moved: PostgreSQL looks at its tables by itself within minutes.
        eprintln!("The new database was not analysed ({error}); it plans badly until it has done so by itself.");
    }
    source.close().await?;
    target.close().await?;
    let rows: u64 = copied.iter().map(|table| table.source.rows).sum();
    println!("\n{rows} rows in {} tables have moved; both sides are the same.", copied.len());
    println!("\nFrom now on set\n  DATABASE_URL   to the address you gave as --to");
    if config.secret_key.is_none() {
        println!("  SECRET_KEY     to what is in {}, where DATA_DIR does not come along", places.secret.display());
    } else {
        println!("  SECRET_KEY     to what it is now");
    }
    println!("The pictures stay in {} (MEDIA_URL).", config.media);
    println!("\nThen `novashop serve`. Keep {} until you have seen the shop run; do not start it again.", places.database.display());
    Ok(())
}

fn told(error: CopyError) -> Failed {
    Failed::new(match error {
        CopyError::NotEmpty(table) => format!("The target is not empty: its table {table} has rows. Nothing was moved; give a new database."),
        CopyError::Schemas(text) => format!("The two databases do not fit each other: {text}. Nothing was moved; give a new database."),
        CopyError::Differs(copied) => {
            print(&copied);
            "The copy differs from the original, so it was taken back: the target is empty. Please report this.".into()
        }
        CopyError::Rows { table, source } => format!("A row of {table} cannot be moved: {source}. Nothing was moved."),
        CopyError::Database(error) => format!("{error}. Nothing was moved."),
    })
}

fn print(copied: &[Copied]) {
    println!("{:18} {:>10} {:>10}  {:34}", "table", "SQLite", "PostgreSQL", "checksum");
    for table in copied {
        let verdict = if table.is_same() { "same" } else { "DIFFERENT" };
        println!("{:18} {:>10} {:>10}  {:34} {verdict}", table.table, table.source.rows, table.target.rows, table.source.to_string());
    }
}
