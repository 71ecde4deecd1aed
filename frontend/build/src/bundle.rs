//! One bundle: its WebAssembly, the glue that loads it, its styles.

use std::{fs, path::Path};

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::{Bundle, Outcome, files, parts, tools};

/// Starts a bundle: the addresses stand on the script's own tag, so that the page needs no script of its own. Where a page has a main picture, that is
/// drawn before the app is asked for (two frames, since the first is only begun): an app on its way takes the picture's share of a slow line, and
/// one that starts keeps the browser from drawing anything. A tab that is not looked at draws nothing, so the wait ends by itself.
const START: &str = "\
const own = document.querySelector('script[data-wasm]');
const picture = document.querySelector('img[fetchpriority=high]');
const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
const drawn = picture?.decode().catch(() => {}).then(frame).then(frame);
Promise.race([drawn, drawn && new Promise((next) => setTimeout(next, 1500))])
  .then(() => {
    const module_or_path = fetch(own.dataset.wasm);
    return import(own.dataset.js).then((glue) => glue.default({ module_or_path }));
  });
";

/// Writes the files of a bundle; their names, and how many bytes a browser downloads (brotli).
pub(crate) fn make(home: &Path, dist: &Path, bundle: &Bundle, dev: bool) -> Outcome<(Value, usize)> {
    let work = home.join("target/bundles").join(bundle.name);
    files::empty(&work)?;
    let mut compiled = home.join("target/wasm32-unknown-unknown").join(tools::profile(dev)).join(format!("novashop-{}.wasm", bundle.name));
    let parts = bundle.parts.then(|| parts::split(&compiled, &work, bundle.name)).transpose()?;
    let mut later = Vec::new();
    if let Some(parts) = &parts {
        compiled.clone_from(&parts.main);
        later.clone_from(&parts.later);
    }
    let mut bindgen = Bindgen::new();
    bindgen.keep_lld_exports(bundle.parts);
    bindgen.input_path(&compiled).out_name(bundle.name).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(!dev).remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(&work)).map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    let wasm = work.join(format!("{}_bg.wasm", bundle.name));
    if !dev {
        for wasm in later.iter().chain([&wasm]) {
            tools::optimise(home, wasm, wasm)?;
        }
    }
    let mut styles = String::new();
    for name in bundle.styles {
        styles.push_str(&files::read_text(&home.join("styles").join(format!("{name}.css")))?);
    }
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut glue = files::read_text(&work.join(format!("{}.js", bundle.name)))?;
    if parts.is_some() {
        let mut names = Vec::new();
        for path in &later {
            let kept = files::keep(dist, &format!("{}-later", bundle.name), "wasm", &read(path)?, !dev)?;
            let written = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            println!("{:<6} {:>4} KiB after brotli, fetched when it is needed: {written}", bundle.name, kept.compressed.div_ceil(1024));
            names.push((written, kept.address));
        }
        glue = parts::join(&glue, &work, &names)?;
    }
    if !dev {
        let whole = work.join(format!("{}.whole.js", bundle.name));
        fs::write(&whole, &glue).map_err(|error| format!("{}: {error}", whole.display()))?;
        tools::minify(home, &whole)?;
        glue = files::read_text(&whole)?;
    }
    let mut bytes = 0;
    let mut keep = |ending: &str, content: &[u8]| -> Outcome<String> {
        let kept = files::keep(dist, bundle.name, ending, content, !dev)?;
        bytes += kept.compressed;
        Ok(kept.address)
    };
    let entry = json!({
        "js": keep("js", glue.as_bytes())?,
        "wasm": keep("wasm", &read(&wasm)?)?,
        "css": [keep("css", files::without_comments(&styles).as_bytes())?],
        "start": keep("start.js", START.as_bytes())?,
    });
    Ok((entry, bytes))
}
