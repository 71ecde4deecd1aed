//! Files under names that change with their content, and their compressed forms.

use std::{fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::Outcome;

/// A file that was put into the folder of assets.
pub(crate) struct Kept {
    /// Where the server offers it.
    pub(crate) address: String,
    /// Its bytes after brotli.
    pub(crate) compressed: usize,
}

/// An empty folder, whatever was there.
pub(crate) fn empty(folder: &Path) -> Outcome<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| told(folder, &error))
}

/// Puts a finished folder in the place of the one before.
pub(crate) fn replace(fresh: &Path, place: &Path) -> Outcome<()> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(|error| told(place, &error))?;
    }
    fs::rename(fresh, place).map_err(|error| told(place, &error))
}

/// A text file.
pub(crate) fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| told(path, &error))
}

/// Writes a file.
pub(crate) fn write(path: &Path, content: &[u8]) -> Outcome<()> {
    fs::write(path, content).map_err(|error| told(path, &error))
}

/// Keeps content as `assets/<name>.<hash>.<ending>`, with `.br` and `.gz` beside it where that makes it smaller.
pub(crate) fn keep(dist: &Path, name: &str, ending: &str, content: &[u8], best: bool) -> Outcome<Kept> {
    let hash: String = Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{name}.{hash}.{ending}");
    let folder = dist.join("assets");
    fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
    write(&folder.join(&file), content)?;
    let mut small = content.len();
    for (form, bytes) in [("br", brotli(content, best)?), ("gz", gzip(content)?)] {
        if bytes.len() < content.len() {
            write(&folder.join(format!("{file}.{form}")), &bytes)?;
            small = small.min(bytes.len());
        }
    }
    Ok(Kept { address: format!("/assets/{file}"), compressed: small })
}

/// Every picture and font of the app; their addresses by their own names.
pub(crate) fn assets(from: &Path, dist: &Path) -> Outcome<Value> {
    let mut names = Map::new();
    let mut paths: Vec<_> = fs::read_dir(from).map_err(|error| told(from, &error))?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let Some((name, ending)) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit_once('.')) else { continue };
        let content = fs::read(&path).map_err(|error| told(&path, &error))?;
        names.insert(format!("{name}.{ending}"), Value::String(keep(dist, name, ending, &content, true)?.address));
    }
    Ok(Value::Object(names))
}

/// Styles without their comments: those are for people who read the source.
pub(crate) fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn brotli(content: &[u8], best: bool) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, if best { 11 } else { 4 }, 22);
    writer.write_all(content).map_err(|error| format!("brotli: {error}"))?;
    drop(writer);
    Ok(out)
}

fn gzip(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content).and_then(|()| writer.finish()).map_err(|error| format!("gzip: {error}"))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_rules_stay() {
        assert_eq!(without_comments("/* a\n b */\n.x {\n  color: red; /* c */\n}\n"), ".x {\ncolor: red;\n}");
    }
}
