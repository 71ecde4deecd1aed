//! Backups that are damaged, made up or from the future: refused, and nothing is left behind.

use std::{
    io::{Read, Write},
    path::Path,
};

use crate::shop::{Folder, novashop, refuse, run};

/// Name and content of each file of a backup.
type Entries = Vec<(String, Vec<u8>)>;

/// A backup of a small shop with one picture.
fn backup(folder: &Folder) -> Vec<u8> {
    let (data, file) = (folder.at("data"), folder.at("good"));
    run(novashop(&data, None).args(["migrate", "up"]));
    std::fs::create_dir_all(data.join("media/products/1")).expect("a folder");
    std::fs::write(data.join("media/products/1/320.webp"), [7; 5000]).expect("a picture");
    run(novashop(&data, None).arg("backup").arg(&file));
    std::fs::read(&file).expect("a backup")
}

fn read(backup: &[u8]) -> Entries {
    let mut tar = tar::Archive::new(zstd::Decoder::new(backup).expect("zstd"));
    let entry = |entry: std::io::Result<tar::Entry<'_, _>>| {
        let mut entry = entry.expect("an entry");
        let (name, mut content) = (String::from_utf8_lossy(&entry.path_bytes()).into_owned(), Vec::new());
        Read::read_to_end(&mut entry, &mut content).expect("its content");
        (name, content)
    };
    tar.entries().expect("entries").map(entry).collect()
}

/// Writes an archive as an attacker would: any name, any kind.
fn write(entries: &Entries, kind: tar::EntryType) -> Vec<u8> {
    let mut tar = tar::Builder::new(zstd::Encoder::new(Vec::new(), 1).expect("zstd"));
    for (n, (name, content)) in entries.iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(u64::try_from(content.len()).expect("a size"));
        header.set_entry_type(if n == 0 { kind } else { tar::EntryType::Regular });
        header.set_cksum();
        tar.append(&header, content.as_slice()).expect("an entry");
    }
    tar.into_inner().expect("a tar file").finish().expect("zstd")
}

/// Restoring must fail with these words, and leave the folder as it was.
#[track_caller]
fn refused(folder: &Folder, archive: &[u8], because: &str) {
    let file = folder.at("bad");
    std::fs::write(&file, archive).expect("a file");
    let before = names(&folder.0);
    refuse(novashop(&folder.at("new/data"), None).arg("restore").arg(&file), because);
    assert_eq!(names(&folder.0), before, "something was left behind");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_backup_with_one_wrong_byte_or_cut_short_is_refused_whole() {
    let folder = Folder::new();
    let good = backup(&folder);
    // Not the fifth and the sixth byte: one holds a bit without a meaning, the other how much memory to decompress with.
    for place in (0..16).map(|n| good.len() * n / 16 + 6).chain([0, good.len() - 1]) {
        let mut bad = good.clone();
        bad[place] ^= 0x10;
        refused(&folder, &bad, "damaged");
    }
    for length in [0, 3, good.len() / 2, good.len() - 4, good.len() - 1] {
        refused(&folder, &good[..length], "damaged");
    }
    // A good one is still taken.
    let file = folder.at("good");
    run(novashop(&folder.at("new/data"), None).arg("restore").arg(file));
    assert_eq!(std::fs::read(folder.at("new/data/media/products/1/320.webp")).expect("the picture"), [7; 5000]);
}

#[test]
fn a_backup_whose_parts_do_not_fit_its_manifest_is_refused() {
    let folder = Folder::new();
    let good = read(&backup(&folder));
    let with = |change: &dyn Fn(&mut Entries)| {
        let mut entries = good.clone();
        change(&mut entries);
        write(&entries, tar::EntryType::Regular)
    };
    let at = |name: &str| good.iter().position(|(known, _)| known == name).expect("it is in the backup");
    let (picture, database, manifest) = (at("media/products/1/320.webp"), at("novashop.db"), at("manifest.json"));
    let edit = |from: &str, to: &str| {
        let text = String::from_utf8(good[manifest].1.clone()).expect("text");
        assert!(text.contains(from), "{text}");
        with(&|entries| entries[manifest].1 = text.replace(from, to).into_bytes())
    };
    refused(&folder, &with(&|entries| entries[picture].1[0] = 8), "320.webp is not what the manifest says");
    refused(&folder, &with(&|entries| drop(entries.remove(picture))), "320.webp is not what the manifest says");
    refused(&folder, &with(&|entries| entries.push(("media/more.webp".into(), vec![1]))), "more.webp is not what the manifest says");
    refused(&folder, &with(&|entries| drop(entries.remove(database))), "no database");
    refused(&folder, &with(&|entries| drop(entries.remove(manifest))), "ends before its manifest");
    refused(&folder, &with(&|entries| entries.push(entries[picture].clone())), "damaged");
    refused(&folder, &edit("\"counters\": 1", "\"counters\": 2"), "does not hold what its manifest says");
    refused(&folder, &edit("\"format\": 1", "\"format\": 9"), "form 9 is not known");
    refused(&folder, &edit("\"schema\": [", "\"schema\": [\"m9999_tomorrow\","), "does not know yet (m9999_tomorrow)");
}

#[test]
fn a_file_with_a_long_name_comes_back_under_it() {
    let folder = Folder::new();
    let data = folder.at("data");
    run(novashop(&data, None).args(["migrate", "up"]));
    // Up to 100 bytes fit into the head of an entry; a longer name is an entry of its own before it. 255 is what a file system takes.
    let names = [84, 85, 86, 200, 255].map(|length| format!("{:n<width$}", "é", width = length - 1));
    let place = |name: &str| Path::new("media/products").join(name);
    std::fs::create_dir_all(data.join("media/products")).expect("a folder");
    for name in &names {
        std::fs::write(data.join(place(name)), name).expect("a picture");
    }
    let (file, restored) = (folder.at("good"), folder.at("new"));
    run(novashop(&data, None).arg("backup").arg(&file));
    run(novashop(&restored, None).arg("restore").arg(&file));
    for name in &names {
        assert_eq!(std::fs::read_to_string(restored.join(place(name))).expect("it is back"), *name);
    }
}

#[test]
fn nothing_in_an_archive_is_written_outside_of_the_shop() {
    let folder = Folder::new();
    let good = read(&backup(&folder));
    for name in ["../evil", "/tmp/novashop-evil", "media/../../evil", "media//tmp/novashop-evil", "media/products/../../../evil", "new/evil"] {
        let mut entries = good.clone();
        entries.insert(0, (name.into(), b"evil".to_vec()));
        refused(&folder, &write(&entries, tar::EntryType::Regular), "does not belong into a backup");
    }
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Directory] {
        let mut entries = good.clone();
        entries.insert(0, ("media/link".into(), Vec::new()));
        refused(&folder, &write(&entries, kind), "is not a plain file");
    }
    // A name of its own is held to the same, and to a length.
    let long = |name: &str| {
        let mut entries = good.clone();
        entries.insert(0, ("././@LongLink".into(), [name.as_bytes(), &[0]].concat()));
        write(&entries, tar::EntryType::GNULongName)
    };
    refused(&folder, &long("media/../../evil"), "does not belong into a backup");
    refused(&folder, &long(&format!("media/{}", "n".repeat(8 * 1024 * 1024))), "a name in it is too long");
    // A bomb: the content does not count, only what the manifest says; it is refused and gone.
    let mut bomb = zstd::Encoder::new(Vec::new(), 1).expect("zstd");
    bomb.write_all(&vec![0; 8 * 1024 * 1024]).expect("zeros");
    refused(&folder, &bomb.finish().expect("zstd"), "damaged");
}
