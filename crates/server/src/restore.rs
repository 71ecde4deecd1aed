//! `novashop restore FILE`: a backup becomes a shop again, on a machine that has none. Nothing is put in place before all of it is checked.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use novashop_db::snapshot;

use crate::{
    Failed,
    archive::{self, Content, DATABASE, FORMAT, Hashing, MANIFEST, MEDIA, Manifest, Places, SECRET, Temporary},
    config::Config,
};

const ON_POSTGRES: &str = "This shop keeps its data in PostgreSQL, which restores its own backups:
  pg_restore --no-owner --dbname=\"$DATABASE_URL\" shop.dump
  {in}
To bring a backup of an embedded shop to PostgreSQL: restore it without DATABASE_URL, then `novashop move --to \"postgres://…\"`.";
/// A manifest names every picture: a million of them fit.
const MAX_MANIFEST: u64 = 256 * 1024 * 1024;
/// No file system takes a longer path.
const MAX_NAME: u64 = 4096;

/// Restores a backup.
pub(crate) async fn run(config: &Config, file: &Path) -> Result<(), Failed> {
    let places = Places::of(config, ON_POSTGRES)?;
    refuse_what_is_there(&places)?;
    let unusable = |error: &dyn std::fmt::Display| Failed::new(format!("{}: {error}. Nothing was restored.", file.display()));
    let opened = File::open(file).map_err(|error| unusable(&format!("cannot be read: {error}")))?;
    let _folders = new_folders(&places).map_err(|error| unusable(&format!("DATA_DIR cannot be made: {error}")))?;
    let staged = Staged::beside(&places);
    let manifest = staged.unpack(opened).map_err(|error| unusable(&format!("is damaged or no backup of a shop: {error}")))?;
    let newer: Vec<&String> = manifest.schema.iter().filter(|name| !snapshot::known_migrations().contains(name)).collect();
    if let Some(name) = newer.first() {
        let version = &manifest.version;
        return Err(unusable(&format!("was made by NovaShop {version}, whose schema this program does not know yet ({name}). Use that version")));
    }
    let contents = snapshot::inspect(&staged.database.0).await.map_err(|error| unusable(&format!("its database is damaged: {error}")))?;
    if contents.rows != manifest.rows || contents.migrations != manifest.schema {
        return Err(unusable(&"its database does not hold what its manifest says"));
    }
    staged.put_in_place(&places, config.secret_key.is_none()).map_err(|error| Failed::new(format!("The shop cannot be put in place: {error}.")))?;
    report(config, &manifest, &places);
    Ok(())
}

fn report(config: &Config, manifest: &Manifest, places: &Places) {
    let pictures = manifest.files.keys().filter(|name| name.starts_with(MEDIA)).count();
    let rows = |table| manifest.rows.get(table).copied().unwrap_or_default();
    let (products, orders, users) = (rows("products"), rows("orders"), rows("users"));
    println!("The shop of {} is back: {products} products, {orders} orders, {users} accounts, {pictures} files of pictures.", manifest.created_at);
    println!("It is in {}.", places.database.display());
    if places.media.is_none() {
        println!("Its pictures are those in {}.", config.media);
    }
    match (manifest.files.contains_key(SECRET), config.secret_key.is_some()) {
        (true, false) => println!("Its secret came with it: logins and order links stay valid."),
        (true, true) => println!("SECRET_KEY is set and is used instead of the secret in the backup: logins and order links of then end."),
        (false, _) => println!("Set SECRET_KEY to what it was when the backup was made, and logins and order links stay valid."),
    }
    println!("\nStart it:\n  DATA_DIR={} novashop serve", config.data_dir.display());
}

/// A shop is never replaced: whoever wants that moves the old one away first.
fn refuse_what_is_there(places: &Places) -> Result<(), Failed> {
    let beside = |ending: &str| {
        let mut name = places.database.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    let pictures = places.media.clone().filter(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()));
    let there = [places.database.clone(), beside("-wal"), beside("-journal"), places.secret.clone()].into_iter().find(|path| path.exists());
    match there.or(pictures) {
        None => Ok(()),
        Some(path) => Err(Failed::new(format!(
            "{} exists already, and a shop is never overwritten. Set DATA_DIR to an empty folder, or move the old shop away first.",
            path.display()
        ))),
    }
}

/// Makes the folders that the places lie in; those that are still empty when this is dropped go again.
fn new_folders(places: &Places) -> io::Result<NewFolders> {
    let mut made = NewFolders(Vec::new());
    for place in [Some(&places.database), Some(&places.secret), places.media.as_ref()].into_iter().flatten() {
        let missing: Vec<&Path> = place.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            let mut builder = std::fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
            made.0.push(folder.to_owned());
        }
    }
    Ok(made)
}

struct NewFolders(Vec<PathBuf>);

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Refused where something is in it, which is what we want.
            let _gone = std::fs::remove_dir(folder);
        }
    }
}

/// The parts of a backup, each beside its place.
struct Staged {
    database: Temporary,
    secret: Temporary,
    /// `None` where pictures are in a bucket.
    media: Option<Temporary>,
}

impl Staged {
    fn beside(places: &Places) -> Self {
        let beside = |place: &PathBuf| Temporary::beside(place, "restoring");
        Self { database: beside(&places.database), secret: beside(&places.secret), media: places.media.as_ref().map(beside) }
    }

    /// Where a file of the archive goes. Names are taken from a list and pictures from one folder: none leads anywhere else.
    fn path(&self, name: &str) -> Option<PathBuf> {
        match name {
            DATABASE => return Some(self.database.0.clone()),
            SECRET => return Some(self.secret.0.clone()),
            _ => {}
        }
        let picture = Path::new(name.strip_prefix(MEDIA)?);
        let plain = picture.components().all(|part| matches!(part, Component::Normal(_)));
        self.media.as_ref().filter(|_| plain && picture.file_name().is_some()).map(|folder| folder.0.join(picture))
    }

    /// Unpacks the archive and compares every file with the manifest.
    fn unpack(&self, file: File) -> io::Result<Manifest> {
        self.media.as_ref().map_or(Ok(()), |folder| std::fs::create_dir(&folder.0))?;
        let mut tar = tar::Archive::new(zstd::Decoder::new(file)?);
        let (mut found, mut manifest, mut long_name) = (BTreeMap::new(), None, None);
        // Raw: a name of a gigabyte, packed into 36 kB, would be read into memory whole. So names that come before their file are read here.
        for entry in tar.entries()?.raw(true) {
            let entry = entry?;
            if entry.header().entry_type() == tar::EntryType::GNULongName {
                long_name = Some(read_name(entry)?);
                continue;
            }
            let name = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
            let name = String::from_utf8(name).map_err(io::Error::other)?;
            if entry.header().entry_type() != tar::EntryType::Regular {
                return Err(io::Error::other(format!("{name} is not a plain file")));
            }
            if name.starts_with(MEDIA) && self.media.is_none() {
                return Err(io::Error::other(
                    "it holds pictures, and MEDIA_URL is a bucket: restore it without MEDIA_URL, then copy the folder there",
                ));
            }
            if name == MANIFEST {
                manifest = Some(read_manifest(entry)?);
            } else {
                let path = self.path(&name).ok_or_else(|| io::Error::other(format!("{name} does not belong into a backup")))?;
                let content = write(entry, &path)?;
                found.insert(name, content);
            }
        }
        // To the end: the checksum of the compressed stream is the last thing in it.
        io::copy(&mut tar.into_inner(), &mut io::sink())?;
        let manifest: Manifest = manifest.ok_or_else(|| io::Error::other("it ends before its manifest"))?;
        if !found.contains_key(DATABASE) {
            return Err(io::Error::other("there is no database in it"));
        }
        match differing(&manifest.files, &found) {
            None => Ok(manifest),
            Some(name) => Err(io::Error::other(format!("{name} is not what the manifest says"))),
        }
    }

    /// The database last: where it is, the shop is complete.
    fn put_in_place(&self, places: &Places, with_secret: bool) -> io::Result<()> {
        if let (Some(staged), Some(place)) = (&self.media, &places.media) {
            archive::put_in_place(&staged.0, place)?;
        }
        if with_secret && self.secret.0.exists() {
            archive::put_in_place(&self.secret.0, &places.secret)?;
        }
        archive::put_in_place(&self.database.0, &places.database)
    }
}

fn read_manifest(entry: impl Read) -> io::Result<Manifest> {
    let mut text = Vec::new();
    entry.take(MAX_MANIFEST).read_to_end(&mut text)?;
    let manifest: Manifest = serde_json::from_slice(&text)?;
    if manifest.format == FORMAT { Ok(manifest) } else { Err(io::Error::other(format!("its form {} is not known to this program", manifest.format))) }
}

/// A name of more than a hundred bytes; a NUL ends it.
fn read_name(entry: impl Read) -> io::Result<Vec<u8>> {
    let mut name = Vec::new();
    entry.take(MAX_NAME + 1).read_to_end(&mut name)?;
    match name.pop() {
        Some(0) => Ok(name),
        _ => Err(io::Error::other("a name in it is too long")),
    }
}

fn write(entry: impl Read, path: &Path) -> io::Result<Content> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A name that comes twice is refused: the file is new, or there is none.
    let mut file = archive::new_file(path)?;
    let mut reader = Hashing::new(entry);
    io::copy(&mut reader, &mut file)?;
    file.sync_all()?;
    Ok(reader.content())
}

/// The first file that only one of them has, or that they tell differently.
fn differing<'a>(said: &'a BTreeMap<String, Content>, found: &'a BTreeMap<String, Content>) -> Option<&'a String> {
    said.iter()
        .find(|(name, content)| found.get(*name) != Some(*content))
        .map(|(name, _)| name)
        .or_else(|| found.keys().find(|name| !said.contains_key(*name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_in_an_archive_leads_out_of_its_place() {
        let places = Places { database: "/shop/novashop.db".into(), secret: "/shop/secret_key".into(), media: Some("/shop/media".into()) };
        let staged = Staged::beside(&places);
        let picture = staged.path("media/products/1/320.webp").unwrap();
        assert!(picture.starts_with(&staged.media.as_ref().unwrap().0) && picture.ends_with("products/1/320.webp"));
        for name in [
            "",
            "media",
            "media/",
            "media/../x",
            "media//etc/passwd",
            "media/a/../../x",
            "../x",
            "/etc/passwd",
            "secret_key/x",
            "other",
            "./novashop.db",
        ] {
            assert_eq!(staged.path(name), None, "{name}");
        }
    }
}
