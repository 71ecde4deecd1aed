//! `novashop import FILE`: products from a file, with a progress bar and a report.

use std::{
    io::IsTerminal as _,
    path::Path,
    process::ExitCode,
    sync::Mutex,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};
use novashop_services::{
    Context,
    imports::{self, Folder, Outcome},
};

use crate::Failed;

/// Some rows were refused, the others are in.
const SOME_REFUSED: u8 = 1;
/// The file cannot be read at all.
const UNREADABLE: u8 = 2;
/// Without a terminal, a line every so often.
const LINE_EVERY: Duration = Duration::from_secs(2);

/// Brings a file in. Exit code 0: every row was good; 1: some were refused; 2: the file cannot be read.
pub(crate) async fn run(ctx: &Context, file: &Path) -> Result<ExitCode, Failed> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{} cannot be read: {error}.", file.display());
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let parsed = match imports::parse(&bytes, ctx.shop.currency) {
        Ok(parsed) => parsed,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    println!("{name}: {}", parsed.format);
    let pictures = Folder(file.parent().unwrap_or(Path::new(".")).to_owned());
    let shown = Shown::new();
    let outcome = imports::apply(ctx, &name, parsed, &pictures, &|what, done, total| shown.show(what, done, total)).await?;
    shown.finish();
    report(&outcome);
    Ok(if outcome.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_REFUSED) })
}

/// What became of a file, bad rows first so that the numbers stay in sight.
pub(crate) fn report(outcome: &Outcome) {
    for row in &outcome.refused {
        println!("{row}");
    }
    println!("created {}, updated {}, unchanged {}, refused {}", outcome.created, outcome.updated, outcome.unchanged, outcome.refused.len());
    let notes = [
        (outcome.reviews, "review", "came with the new products"),
        (outcome.pictures, "picture", "added"),
        (outcome.remote_images, "remote image", "not fetched: only files beside the import file are taken"),
        (outcome.reviews_left_out, "review", "left out: its author has one for the same product already"),
    ];
    for (count, what, became) in notes.into_iter().filter(|note| note.0 > 0) {
        println!("{count} {what}{} {became}", if count == 1 { "" } else { "s" });
    }
}

/// A bar on a terminal, elsewhere a line now and then. It goes to standard error, so that the report can be piped.
pub(crate) struct Shown {
    bar: Option<ProgressBar>,
    stage: Mutex<Option<(String, Instant)>>,
}

impl Shown {
    /// Shows nothing until there is something to show.
    pub(crate) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            if let Ok(style) = ProgressStyle::with_template("{msg:10} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, stage: Mutex::new(None) }
    }

    /// How far `what` is.
    pub(crate) fn show(&self, what: &str, done: usize, total: usize) {
        let Ok(mut stage) = self.stage.lock() else { return };
        let is_new = stage.as_ref().is_none_or(|(name, _)| name != what);
        if let Some(bar) = &self.bar {
            if is_new {
                bar.reset();
                bar.set_message(what.to_owned());
                *stage = Some((what.to_owned(), Instant::now()));
            }
            bar.set_length(u64::try_from(total).unwrap_or_default());
            bar.set_position(u64::try_from(done).unwrap_or_default());
            return;
        }
        let is_due = stage.as_ref().is_some_and(|(_, last)| last.elapsed() >= LINE_EVERY);
        if is_due || done == total {
            eprintln!("{what}: {done} of {total}");
        }
        if is_new || is_due {
            *stage = Some((what.to_owned(), Instant::now()));
        }
    }

    /// How many of `what` there are by now, where nobody knows how many there will be. A terminal only: it is soon over.
    pub(crate) fn count(&self, what: &str, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
            bar.set_position(done);
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
