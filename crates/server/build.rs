//! Lists the pictures of the demo shop, so that the binary carries them.
#![expect(clippy::expect_used, reason = "a build that cannot read its own files stops")]

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder");
    let pictures = Path::new(&root).join("demo/pictures");
    println!("cargo:rerun-if-changed={}", pictures.display());
    let mut names: Vec<String> = ["", "320/", "640/"].iter().flat_map(|folder| names(&pictures, folder)).collect();
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        writeln!(list, "    ({:?}, include_bytes!({:?})),", format!("pictures/{name}"), pictures.join(&name)).expect("a text grows");
    }
    list.push(']');
    let out = env::var("OUT_DIR").expect("cargo sets the folder");
    fs::write(Path::new(&out).join("pictures.rs"), list).expect("the build folder can be written");
}

fn names(pictures: &Path, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(pictures.join(folder)).expect("the pictures are committed");
    let files = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    files.filter(|name| name.ends_with(".webp")).map(|name| format!("{folder}{name}")).collect()
}
