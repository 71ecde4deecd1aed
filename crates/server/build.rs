//! Lists the pictures of the demo shop, so that the binary carries them.
#![expect(clippy::expect_used, reason = "a build that cannot read its own files stops")]

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder");
    let pictures = Path::new(&root).join("demo/pictures");
    println!("cargo:rerun-if-changed={}", pictures.display());
    let mut names: Vec<String> = fs::read_dir(&pictures)
        .expect("the pictures are committed")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".webp"))
        .collect();
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        let path = pictures.join(&name);
        writeln!(list, "    ({:?}, include_bytes!({:?})),", format!("pictures/{name}"), path).expect("a text grows");
    }
    list.push(']');
    let out = env::var("OUT_DIR").expect("cargo sets the folder");
    fs::write(Path::new(&out).join("pictures.rs"), list).expect("the build folder can be written");
}
