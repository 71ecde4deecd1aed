//! The programs that the build calls: cargo for WebAssembly, and `wasm-opt` of npm's `binaryen`.

use std::{path::Path, process::Command};

use crate::{BUNDLES, Outcome};

/// The folder below `target/` that a build of this kind goes to.
pub(crate) const fn profile(dev: bool) -> &'static str {
    if dev { "debug" } else { "release" }
}

/// Compiles every bundle to WebAssembly.
pub(crate) fn compile(home: &Path, dev: bool) -> Outcome<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(home).args(["build", "--locked", "--target", "wasm32-unknown-unknown"]);
    for bundle in &BUNDLES {
        cargo.args(["-p", &format!("novashop-{}", bundle.name)]);
    }
    if !dev {
        cargo.arg("--release");
    }
    run(cargo, "cargo build")
}

/// What every browser of the last years can run, and what Rust's compiler writes: with all features wasm-opt would write what is only proposed.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes a WebAssembly file smaller.
pub(crate) fn optimise(home: &Path, from: &Path, to: &Path) -> Outcome<()> {
    let wasm_opt = home.join("node_modules/.bin/wasm-opt");
    if !wasm_opt.exists() {
        return Err("wasm-opt is missing: run scripts/setup, which installs it with npm.".into());
    }
    let mut command = Command::new(wasm_opt);
    command.arg(from).arg("-Oz").args(FEATURES).arg("-o").arg(to);
    run(command, "wasm-opt")
}

fn run(mut command: Command, name: &str) -> Outcome<()> {
    let status = command.status().map_err(|error| format!("{name} did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed")) }
}
