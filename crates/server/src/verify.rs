//! `novashop verify`: whether the data are what they must be, row by row, while the shop goes on.

use std::process::ExitCode;

use novashop_services::{
    Context,
    verify::{self, Check, Report},
};

use crate::Failed;

/// Checks everything and says what was found. Exit code 0: nothing is broken; 1: something is, and named.
pub(crate) async fn run(ctx: &Context, json: bool) -> Result<ExitCode, Failed> {
    // It only reads, so it does not bring the schema up to date either.
    if ctx.db.migrations().await?.iter().any(|(_, applied)| !applied) {
        return Err(Failed::new("The schema is behind this program. Run `novashop migrate up` first."));
    }
    let report = verify::run(ctx).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        show(&report);
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Broken rows first, then every check, so that the verdict stays in sight.
fn show(report: &Report) {
    for check in report.checks.iter().filter(|check| check.broken > 0) {
        println!("{}: {}.", if check.warning { "Warning" } else { "Broken" }, check.rule);
        for row in &check.rows {
            let id = row.id.as_deref().unwrap_or("-");
            println!("  {} {id} ({}): is {}, should be {}", check.table, row.label, row.actual, row.expected);
        }
        let named = i64::try_from(check.rows.len()).unwrap_or(i64::MAX);
        if check.broken > named {
            println!("  and {} more", check.broken.saturating_sub(named));
        }
        println!();
    }
    println!("{:>10} {:>8}  check", "rows", "broken");
    for check in &report.checks {
        println!("{:>10} {:>8}  {}", check.looked_at, check.broken, check.rule);
    }
    println!("\n{}", verdict(report));
}

fn verdict(report: &Report) -> String {
    let count = |warning: bool| report.checks.iter().filter(|check| check.warning == warning).map(|check: &Check| check.broken).sum::<i64>();
    let warnings = match count(true) {
        0 => String::new(),
        1 => " There is 1 warning.".into(),
        n => format!(" There are {n} warnings."),
    };
    match count(false) {
        0 => format!("Nothing is broken: {} checks.{warnings}", report.checks.len()),
        1 => format!("1 row is broken.{warnings}"),
        n => format!("{n} rows are broken.{warnings}"),
    }
}
