//! The programs that the build calls: cargo for WebAssembly, and of npm `wasm-opt` (`binaryen`) and `terser`.

use std::{path::Path, process::Command};

use crate::{BUNDLES, Outcome};

/// The folder below `target/` that a build of this kind goes to.
pub(crate) const fn profile(dev: bool) -> &'static str {
    if dev { "debug" } else { "release" }
}

/// Rust's library built anew with the app, for size, and a panic that is one instruction instead of a text with all that formats it: see
/// decision 11. Cargo and rustc call this unstable, and do it on a stable version only with `RUSTC_BOOTSTRAP`.
const SMALL: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const SMALL_FLAGS: [&str; 4] = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];
const UNSTABLE: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

/// Compiles every bundle to WebAssembly.
pub(crate) fn compile(home: &Path, dev: bool) -> Outcome<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(home).args(["build", "--locked", "--target", "wasm32-unknown-unknown"]);
    for bundle in &BUNDLES {
        cargo.args(["-p", &format!("novashop-{}", bundle.name)]);
    }
    if !dev {
        cargo.arg("--release");
        match builds_small(home) {
            Ok(()) => {
                // Beside those of frontend/.cargo/config.toml, which RUSTFLAGS would replace.
                let flags = format!("target.wasm32-unknown-unknown.rustflags={SMALL_FLAGS:?}");
                cargo.env(UNSTABLE.0, UNSTABLE.1).args(SMALL).args(["--config", &flags]);
            }
            Err(why) => println!("{why} The app works without, and is larger: see docs/app-size.md."),
        }
    }
    run(cargo, "cargo build")
}

/// Whether this Rust can build its own library for the app; if not, why.
fn builds_small(home: &Path) -> Outcome<()> {
    let rustc = |words: &[&str]| {
        let output = Command::new("rustc").current_dir(home).env(UNSTABLE.0, UNSTABLE.1).args(words).output();
        output.ok().filter(|output| output.status.success()).map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let sysroot = rustc(&["--print", "sysroot"]).unwrap_or_default();
    if !Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").exists() {
        return Err("Rust's own source is missing (scripts/setup installs it where there is rustup), so its library is taken as it comes.".into());
    }
    let asked = [&["--print", "cfg", "--target", "wasm32-unknown-unknown"], SMALL_FLAGS.as_slice()].concat();
    rustc(&asked).map(|_| ()).ok_or_else(|| "This version of Rust does not know the options that make its library small.".into())
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

/// Makes a WebAssembly file smaller. Nothing lies in the first KiB of its memory, which is the far end of the stack (Rust's linker puts the stack
/// first): an address and what is added to it need no instructions of their own then.
pub(crate) fn optimise(home: &Path, from: &Path, to: &Path) -> Outcome<()> {
    let wasm_opt = home.join("node_modules/.bin/wasm-opt");
    if !wasm_opt.exists() {
        return Err("wasm-opt is missing: run scripts/setup, which installs it with npm.".into());
    }
    let mut command = Command::new(wasm_opt);
    command.arg(from).args(["-Oz", "--low-memory-unused"]).args(FEATURES).arg("-o").arg(to);
    run(command, "wasm-opt")
}

/// Makes the glue smaller: what others import from it keeps its name.
pub(crate) fn minify(home: &Path, glue: &Path) -> Outcome<()> {
    let terser = home.join("node_modules/.bin/terser");
    if !terser.exists() {
        return Err("terser is missing: run scripts/setup, which installs it with npm.".into());
    }
    let mut command = Command::new(terser);
    command.arg(glue).args(["--module", "--compress", "--mangle", "--output"]).arg(glue);
    run(command, "terser")
}

fn run(mut command: Command, name: &str) -> Outcome<()> {
    let status = command.status().map_err(|error| format!("{name} did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed")) }
}
