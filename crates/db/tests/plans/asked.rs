//! What the program asks its database, explained by the database itself.

use std::{future::Future, time::Duration};

use novashop_db::{Database, DbBackend, Error, patiently, statements};
use novashop_testing::TestDatabase;
use sea_orm::{ConnectionTrait, Statement};

/// Selects and tables that are small by their nature: reading them from end to end is right.
const SMALL: [&str; 23] = [
    "categories",
    "page",
    "found",
    "size",
    "CONSTANT",
    "up",
    "by_category",
    "by_value",
    "by_price",
    "tree",
    "t",
    "h",
    "hits",
    "f",
    "held",
    "asked",
    "n",
    "c",
    "received",
    "product_fts",
    "product_trigrams",
    "5",
    "(subquery-2)",
];

/// A shop with rows in every table.
pub struct Shop {
    /// The database.
    pub db: Database,
    _database: TestDatabase,
}

impl Shop {
    /// PostgreSQL keeps its statistics up to date by itself. Of SQLite nobody can say whether somebody ran `analyze`.
    pub async fn every_kind() -> Vec<Self> {
        let mut shops = vec![Self::new(true).await];
        if shops[0].db.backend() != DbBackend::Postgres {
            shops.push(Self::new(false).await);
        }
        shops
    }

    async fn new(analyzed: bool) -> Self {
        let database = TestDatabase::new().await;
        let db = Database::connect(&database.options).await.expect("the test's database can be reached");
        let run = async |sql: &str| {
            patiently(Duration::from_secs(120), db.writer().execute_unprepared(sql)).await.unwrap_or_else(|error| panic!("{error}"));
        };
        run(&rows(db.backend())).await;
        if analyzed {
            // PostgreSQL's full-text index takes new rows in by a vacuum.
            run(if db.backend() == DbBackend::Postgres { "vacuum analyze" } else { "analyze" }).await;
        }
        Self { db, _database: database }
    }

    /// Stops the test where the work, which is run, reads a table from end to end, or does without one of these indexes.
    #[track_caller]
    pub fn finds<'a, T>(&'a self, work: impl Future<Output = Result<T, Error>> + 'a, indexes: &'a [&'a str]) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let plan = self.explain(work).await;
            for index in indexes {
                assert!(plan.position(index).is_some(), "{caller}: {index} is not used\n{plan}");
            }
            assert_eq!(plan.full_scans(), [""; 0], "{caller}: whole tables are read\n{plan}");
        }
    }

    /// The same, and stops the test where the rows do not come in the order of this index but are sorted.
    #[track_caller]
    pub fn walks<'a, T>(&'a self, work: impl Future<Output = Result<T, Error>> + 'a, index: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let plan = self.explain(work).await;
            let position = plan.position(index).unwrap_or_else(|| panic!("{caller}: {index} is not used\n{plan}"));
            assert!(!plan.sorts(position), "{caller}: what {index} gives is sorted\n{plan}");
            assert_eq!(plan.full_scans(), [""; 0], "{caller}: whole tables are read\n{plan}");
        }
    }

    /// Stops the test where PostgreSQL could run a locking select several times: it takes other rows each time, and so more than its limit.
    #[track_caller]
    pub fn picks_once<'a, T>(&'a self, work: impl Future<Output = Result<T, Error>> + 'a) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let plan = self.explain(work).await;
            let has = |words: &str| plan.lines.iter().any(|line| line.text.contains(words));
            assert!(!plan.postgres || has("InitPlan") && has("LockRows"), "{caller}: it is a part of a join\n{plan}");
        }
    }

    async fn explain<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Plan {
        let (done, asked) = statements::recorded(work).await;
        drop(done.expect("the work is done"));
        let postgres = self.db.backend() == DbBackend::Postgres;
        let mut lines = Vec::new();
        for statement in asked {
            let sql = format!("{} {}", if postgres { "explain (costs off)" } else { "explain query plan" }, statement.sql);
            let explained = Statement { sql, ..statement };
            for row in self.db.writer().query_all_raw(explained).await.unwrap_or_else(|error| panic!("{error}")) {
                let number = |column| row.try_get_by_index::<i64>(column).expect("a number");
                let text = |column| row.try_get_by_index::<String>(column).expect("a text");
                lines.push(if postgres {
                    let text = text(0);
                    Line { parent: i64::try_from(text.len() - text.trim_start().len()).expect("short"), text: text.trim_start().to_owned() }
                } else {
                    Line { parent: number(1), text: text(3) }
                });
            }
        }
        Plan { postgres, lines }
    }
}

/// A step of a plan. On SQLite `parent` is the step it belongs to, on PostgreSQL how far it is indented.
struct Line {
    parent: i64,
    text: String,
}

struct Plan {
    postgres: bool,
    lines: Vec<Line>,
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{:>4} {}", line.parent, line.text))
    }
}

impl Plan {
    /// Where an index is used; by its name on PostgreSQL.
    fn position(&self, index: &str) -> Option<usize> {
        let known = match index.strip_suffix("_pkey") {
            Some(table) if !self.postgres => format!("sqlite_autoindex_{table}_1"),
            _ => index.to_owned(),
        };
        self.lines.iter().position(|line| line.text.split_whitespace().any(|word| word == known))
    }

    /// The steps that read a table from end to end, but for small ones.
    fn full_scans(&self) -> Vec<&str> {
        let begins = if self.postgres { "Seq Scan on " } else { "SCAN " };
        let whole = |line: &&str| {
            let table = line.split_once(begins).and_then(|(_, rest)| rest.split_whitespace().next());
            table.is_some_and(|table| !SMALL.contains(&table)) && !line.contains(" USING ")
        };
        self.lines.iter().map(|line| line.text.as_str()).filter(whole).collect()
    }

    /// Whether the rows of a step are sorted before they are cut to a page.
    fn sorts(&self, position: usize) -> bool {
        let step = &self.lines[position];
        if !self.postgres {
            return self.lines.iter().any(|line| line.parent == step.parent && line.text.starts_with("USE TEMP B-TREE FOR"));
        }
        let mut indented = step.parent;
        for above in self.lines[..position].iter().rev().filter(|line| line.text.starts_with("-> ") || line.parent == 0) {
            if above.parent < indented {
                indented = above.parent;
                match above.text.trim_start_matches("->").split_whitespace().next() {
                    Some("Limit") => return false,
                    Some("Sort" | "Incremental") => return true,
                    _ => {}
                }
            }
        }
        false
    }
}

/// The rows of `fill.sql` in the words of a database.
fn rows(backend: DbBackend) -> String {
    let (id, hash) = match backend {
        DbBackend::Postgres => ("lpad(to_hex(@), 32, '0')::uuid", "decode(lpad(to_hex(@), 64, '0'), 'hex')"),
        _ => ("unhex(printf('%032x', @))", "unhex(printf('%064x', @))"),
    };
    let mut text = String::new();
    for (n, part) in include_str!("fill.sql").split('{').enumerate() {
        match (n, part.split_once('}').and_then(|(call, rest)| Some((call.split_once(':')?, rest)))) {
            (1.., Some((("id", number), rest))) => text.extend([&id.replace('@', number), rest]),
            (1.., Some((("hash", number), rest))) => text.extend([&hash.replace('@', number), rest]),
            (0, _) => text.push_str(part),
            _ => text.extend(["{", part]),
        }
    }
    text
}
