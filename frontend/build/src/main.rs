//! Builds the app's files into `dist/`: WebAssembly and its glue, styles, pictures, each under a name that changes with its
//! content and with its compressed forms beside it, and `manifest.json`, the list of names that the server reads.
//!
//! `cargo run -p novashop-app-build -- [--dev] [--check]`: `--dev` builds quickly and without optimising; `--check` also fails
//! where the bundles are larger than their budget.
#![expect(clippy::print_stdout, reason = "a build task speaks to people on standard output")]

mod bundle;
#[cfg(test)]
mod contrast;
mod files;
mod parts;
mod tools;

use std::{path::Path, process::ExitCode};

use serde_json::{Map, json};

/// What a step could not do, in words.
pub(crate) type Outcome<T> = Result<T, String>;

/// The bundles, the styles of each in order, and how many bytes each may have after brotli when it is opened.
const BUNDLES: [Bundle; 2] = [
    Bundle { name: "shop", styles: &["tokens", "base", "components", "shop", "account"], parts: true, budget: 300 * 1024 },
    Bundle { name: "admin", styles: &["tokens", "base", "components", "admin", "admin-orders"], parts: false, budget: 500 * 1024 },
];

/// One of the two programs in the browser.
pub(crate) struct Bundle {
    pub(crate) name: &'static str,
    pub(crate) styles: &'static [&'static str],
    /// Whether some of its pages are in a part of their own.
    pub(crate) parts: bool,
    /// More than this is refused by `--check`: see docs/app-size.md.
    pub(crate) budget: usize,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = words.iter().find(|word| !["--dev", "--check"].contains(&word.as_str())) {
        eprintln!("There is no option {unknown}: --dev builds quickly, --check holds the bundles to their budget.");
        return ExitCode::from(2);
    }
    let has = |word: &str| words.iter().any(|given| given == word);
    match build(has("--dev"), has("--check")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn build(dev: bool, check: bool) -> Outcome<()> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the build task lies outside of frontend/")?;
    tools::compile(home, dev)?;
    // Made beside the old one and put in its place when it is whole: a server that runs never sees half of it.
    let (fresh, dist) = (home.join("dist.new"), home.join("dist"));
    files::empty(&fresh)?;
    let mut manifest = Map::new();
    let mut too_large = Vec::new();
    // Beside each other: most of their steps use one core.
    let made = std::thread::scope(|scope| {
        let begun = BUNDLES.each_ref().map(|bundle| scope.spawn(|| bundle::make(home, &fresh, bundle, dev)));
        begun.map(|making| making.join().unwrap_or_else(|_| Err("a bundle was given up".into())))
    });
    for (bundle, made) in BUNDLES.iter().zip(made) {
        let (entry, bytes) = made?;
        println!("{:<6} {:>4} KiB after brotli, of {} KiB", bundle.name, bytes.div_ceil(1024), bundle.budget / 1024);
        if bytes > bundle.budget {
            too_large.push(bundle.name);
        }
        manifest.insert(bundle.name.into(), entry);
    }
    manifest.insert("files".into(), files::assets(&home.join("assets"), &fresh)?);
    files::write(&fresh.join("manifest.json"), serde_json::to_string_pretty(&json!(manifest)).unwrap_or_default().as_bytes())?;
    files::replace(&fresh, &dist)?;
    if check && !too_large.is_empty() {
        return Err(format!("Larger than the budget: {}. See BUNDLES in frontend/build/src/main.rs.", too_large.join(", ")));
    }
    Ok(())
}
