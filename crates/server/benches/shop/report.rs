//! What was measured, as a table and a chart, on the screen and in `docs/benchmarks.md`.

use std::{fmt::Write as _, process::Command};

use crate::{Size, shop::Shop};

/// Which way is good.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    AtLeast(f64),
    AtMost(f64),
    /// Told, not aimed at.
    Told,
}

struct Row {
    what: String,
    value: f64,
    unit: &'static str,
    aim: Aim,
    how: String,
}

/// What a shop needed at most.
struct Peak {
    database: &'static str,
    shop: String,
    mib: f64,
}

/// The rows as they come.
pub(crate) struct Report {
    rows: Vec<Row>,
    peaks: Vec<Peak>,
    preface: String,
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

impl Report {
    pub(crate) fn new(size: &Size) -> Self {
        let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let name = processor.lines().find_map(|line| line.strip_prefix("model name")).map(|rest| rest.trim_start_matches([' ', '\t', ':']));
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kib: u64 = memory.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
        let preface = format!(
            "{}, commit {}. {cores} cores ({}), {} GiB of memory, Linux {}. {} turns of {} s each; what is compared takes turns, A B B A, and of the ratios of neighbours the middle one counts (the rates beside it are medians); the load generator and PostgreSQL run on the same cores.\n\nThe shop is run in production (`ENVIRONMENT`) with `RUST_LOG=warn` and `RATE_LIMITS=off`: without a line of the log a request, and without counting them. Rows that say so measure it as it is delivered: `RUST_LOG=info`, limits on, the requests from many clients by `X-Forwarded-For`, the log to nowhere (`/dev/null`).",
            output("date", &["-u", "+%Y-%m-%d"]),
            output("git", &["rev-parse", "--short", "HEAD"]),
            name.unwrap_or("unknown processor"),
            kib / 1024 / 1024,
            output("uname", &["-r"]),
            size.turns,
            size.turn.as_secs(),
        );
        Self { rows: Vec::new(), peaks: Vec::new(), preface }
    }

    /// Adds a figure, and shows it at once.
    pub(crate) fn add(&mut self, what: impl Into<String>, value: f64, unit: &'static str, aim: Aim, how: impl Into<String>) {
        let row = Row { what: what.into(), value, unit, aim, how: how.into() };
        println!("{:<58} {:>12} {}", row.what, shown(row.value, row.unit), row.how);
        self.rows.push(row);
    }

    /// Closes a shop, and keeps in mind how much memory it needed at most.
    pub(crate) fn close(&mut self, shop: Shop, database: &'static str, what: impl Into<String>) {
        self.peaks.push(Peak { database, shop: what.into(), mib: shop.memory("VmHWM") });
    }

    /// A row a database: the shop of all that were closed which needed most, and what the others needed.
    pub(crate) fn add_memory(&mut self) {
        for database in ["PostgreSQL", "SQLite"] {
            let mut peaks: Vec<&Peak> = self.peaks.iter().filter(|peak| peak.database == database).collect();
            peaks.sort_by(|one, other| other.mib.total_cmp(&one.mib));
            let how = peaks.iter().map(|peak| format!("{} {:.0}", peak.shop, peak.mib)).collect::<Vec<_>>().join("; ");
            if let Some(most) = peaks.first().map(|peak| peak.mib) {
                self.add(format!("memory at most, {database}"), most, "MiB", Aim::AtMost(128.0), format!("resident, in MiB: {how}"));
            }
        }
    }

    fn chart(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            // The bar shows how far the aim is reached: a full one reaches it.
            let reached = match row.aim {
                Aim::AtLeast(aim) => row.value / aim,
                Aim::AtMost(aim) => aim / row.value,
                Aim::Told => continue,
            };
            let filled = (reached.min(1.5) * 20.0).round() as usize;
            let bar: String = (0..30)
                .map(|place| {
                    if place < filled {
                        '█'
                    } else if place == 20 {
                        '│'
                    } else {
                        '·'
                    }
                })
                .collect();
            let _written = writeln!(text, "{:<58} {bar} {}", row.what, shown(row.value, row.unit));
        }
        text
    }

    /// Prints the whole and writes it down.
    pub(crate) fn finish(&self, whole: bool) {
        let mut text = String::from(
            "# Benchmarks\n\nWritten by `make bench`; do not edit by hand. Nothing here is a promise about another machine: that is what the ratios are for.\n\n",
        );
        let _written = writeln!(text, "{}\n", self.preface);
        text.push_str("| what | reached | aim | how |\n| --- | ---: | ---: | --- |\n");
        for row in &self.rows {
            let (aim, good) = match row.aim {
                Aim::AtLeast(aim) => (format!("≥ {}", shown(aim, row.unit)), row.value >= aim),
                Aim::AtMost(aim) => (format!("≤ {}", shown(aim, row.unit)), row.value <= aim),
                Aim::Told => (String::new(), true),
            };
            let mark = if good { "" } else { " **missed**" };
            let _written = writeln!(text, "| {} | {}{mark} | {aim} | {} |", row.what, shown(row.value, row.unit), row.how);
        }
        let chart = self.chart();
        let _written = writeln!(text, "\nHow far each aim is reached; the line is the aim.\n\n```\n{chart}```");
        println!("\n{chart}");
        if !whole {
            return;
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/benchmarks.md");
        std::fs::write(file, text).expect("docs/benchmarks.md can be written");
        println!("Written to docs/benchmarks.md");
    }
}

fn shown(value: f64, unit: &str) -> String {
    let number = if value >= 1000.0 {
        grouped(value)
    } else if value >= 20.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    };
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
