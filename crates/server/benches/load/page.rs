//! What was measured, as a page with tables and a chart: `docs/load.md`.

use std::{fmt::Write as _, process::Command};

use crate::{Extent, Side, attack::Outcome};

/// What the layers may cost at most: a quarter.
const AIM: f64 = 0.75;
const BAR: usize = 40;

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = processor.lines().find_map(|line| line.strip_prefix("model name")).map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{cores} cores ({}), {} GiB of memory, Linux {}", name.unwrap_or("unknown processor"), kib / 1024 / 1024, said("uname", &["-r"]))
}

fn milliseconds(microseconds: u64) -> String {
    format!("{:.1} ms", microseconds as f64 / 1000.0)
}

fn row(name: &str, outcome: &Outcome) -> String {
    let [half, most, nearly] = outcome.within.map(milliseconds);
    format!("| {name} | {:.0} | {half} | {most} | {nearly} | {} of {} |\n", outcome.rate(), outcome.failed, outcome.requests)
}

/// Prints the page and writes it down.
pub(crate) fn write(extent: &Extent, sides: &[Side; 2]) {
    let build = if cfg!(debug_assertions) { " **A debug build: these figures mean nothing.**" } else { "" };
    let mut text = format!(
        "# Load\n\nWritten by `make load`; do not edit by hand. Nothing here is a promise about another machine: that is what the ratio is for.{build}\n\n\
         {}, commit {}. {}. {} turns of {} s for each side, {} shoppers who never pause, {} products and the demo shop. \
         goose, nginx with TLS, the processes, PostgreSQL (every commit on the disk) and Redis share these cores.\n\n",
        said("date", &["-u", "+%Y-%m-%d"]),
        said("git", &["rev-parse", "--short", "HEAD"]),
        machine(),
        extent.turns,
        extent.seconds,
        extent.users,
        extent.products,
    );
    let [whole, direct] = sides;
    let ratio = whole.outcome.rate() / direct.outcome.rate();
    let mark = if ratio >= AIM { "" } else { " **missed**" };
    let _written = writeln!(text, "**3 processes behind nginx ÷ 1 asked directly: {ratio:.2}**{mark} (aim ≥ {AIM}): the price of the layers.\n");
    text.push_str("| | answers/s | p50 | p95 | p99 | failed |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for side in sides {
        text.push_str(&row(side.name, &side.outcome));
    }
    text.push_str("\np50, p95 and p99 are those of the worse turn.\n\n```\n");
    let most = whole.outcome.rate().max(direct.outcome.rate());
    for side in sides {
        let bar = "█".repeat((side.outcome.rate() / most * BAR as f64).round() as usize);
        let _written = writeln!(text, "{:<24} {bar:<BAR$} {:.0}/s", side.name, side.outcome.rate());
    }
    text.push_str("```\n");
    for side in sides {
        let _written =
            writeln!(text, "\n## {}\n\n| request | answered | failed | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: | ---: | ---: |", side.name);
        for (name, kind) in &side.outcome.kinds {
            let [half, most, nearly] = kind.within.map(milliseconds);
            let _written = writeln!(text, "| {name} | {} | {} | {half} | {most} | {nearly} |", kind.requests - kind.failed, kind.failed);
        }
        text.push_str("\n| process | of one core | memory | requests |\n| --- | ---: | ---: | ---: |\n");
        for used in &side.used {
            let requests = used.requests.map(|requests| format!("{requests:.0}")).unwrap_or_default();
            let share = used.cpu_seconds / side.outcome.seconds.max(1.0) * 100.0;
            let _written = writeln!(text, "| {} | {share:.0} % | {:.0} MiB | {requests} |", used.name, used.memory_mib);
        }
    }
    println!("\n{text}");
    // A try is not written down.
    if cfg!(debug_assertions) {
        return;
    }
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/load.md"), text).expect("docs/load.md can be written");
    println!("Written to docs/load.md");
}
