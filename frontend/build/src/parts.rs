//! The parts of a bundle that are fetched when a page needs them (`#[wasm_split]`), and what fetches them.

use std::path::{Path, PathBuf};

use crate::{Outcome, files};

/// Under this name the program asks for what fetches its parts.
const LINK: &str = "./parts.js";

/// A compiled program in its parts.
pub(crate) struct Parts {
    /// What is always needed, for `wasm-bindgen`.
    pub(crate) main: PathBuf,
    /// The others.
    pub(crate) later: Vec<PathBuf>,
}

/// Takes a compiled program apart.
pub(crate) fn split(compiled: &Path, work: &Path, name: &str) -> Outcome<Parts> {
    let wasm = std::fs::read(compiled).map_err(|error| format!("{}: {error}", compiled.display()))?;
    let (main, glue) = (work.join(format!("{name}.wasm")), format!("./{name}.js"));
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.link_name = LINK;
    let split = wasm_split_cli_support::transform(options).map_err(|error| format!("wasm-split: {error:#}"))?;
    Ok(Parts { later: split.split_modules, main })
}

/// The glue with what fetches the parts in it: one script to download, and none that imports the other by a name with its digest.
/// `names` are the parts' names as they were written, and as they are kept.
pub(crate) fn join(glue: &str, work: &Path, names: &[(String, String)]) -> Outcome<String> {
    let mut link = files::read_text(&work.join(LINK))?;
    for (written, kept) in names {
        link = link.replace(&format!("\"./{written}\""), &format!("\"{kept}\""));
    }
    let mut loaders = Vec::new();
    let mut joined = String::new();
    for line in link.lines().filter(|line| !line.starts_with("import ")) {
        let own = line.strip_prefix("export ").unwrap_or(line);
        if let Some((name, _)) = line.strip_prefix("export const ").and_then(|line| line.split_once(' ')) {
            loaders.push(name.to_owned());
        }
        joined.push_str(own);
        joined.push('\n');
    }
    let from = format!(" from \"{LINK}\"");
    for line in glue.lines() {
        let import = line.trim_end_matches(';').strip_suffix(&from).and_then(|line| line.strip_prefix("import * as "));
        match import {
            Some(space) => joined.push_str(&format!("const {space} = {{ {} }};", loaders.join(", "))),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    if loaders.is_empty() || joined.contains(&from) {
        return Err("The glue and what fetches the parts do not fit together: see frontend/build/src/parts.rs.".into());
    }
    Ok(joined)
}
