//! One bundle: its WebAssembly, the glue that loads it, its styles.

use std::{fs, path::Path};

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::{Bundle, Outcome, files, tools};

/// Starts a bundle: the addresses stand on the script's own tag, so that the page needs no script of its own.
const START: &str = "const own = document.querySelector('script[data-wasm]');\nimport(own.dataset.js).then((glue) => glue.default({ module_or_path: own.dataset.wasm }));\n";

/// Writes the files of a bundle; their names, and how many bytes a browser downloads (brotli).
pub(crate) fn make(home: &Path, dist: &Path, bundle: &Bundle, dev: bool) -> Outcome<(Value, usize)> {
    let work = home.join("target/bundles").join(bundle.name);
    files::empty(&work)?;
    let compiled = home.join("target/wasm32-unknown-unknown").join(tools::profile(dev)).join(format!("novashop-{}.wasm", bundle.name));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).out_name(bundle.name).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(!dev).remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(&work)).map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    let wasm = work.join(format!("{}_bg.wasm", bundle.name));
    if !dev {
        tools::optimise(home, &wasm, &wasm)?;
    }
    let mut styles = String::new();
    for name in bundle.styles {
        styles.push_str(&files::read_text(&home.join("styles").join(format!("{name}.css")))?);
    }
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut bytes = 0;
    let mut keep = |ending: &str, content: &[u8]| -> Outcome<String> {
        let kept = files::keep(dist, bundle.name, ending, content, !dev)?;
        bytes += kept.compressed;
        Ok(kept.address)
    };
    let entry = json!({
        "js": keep("js", &read(&work.join(format!("{}.js", bundle.name)))?)?,
        "wasm": keep("wasm", &read(&wasm)?)?,
        "css": [keep("css", files::without_comments(&styles).as_bytes())?],
        "start": keep("start.js", START.as_bytes())?,
    });
    Ok((entry, bytes))
}
