//! `novashop backup FILE`: the whole shop in one file, while it goes on selling.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use novashop_db::{Database, Options, snapshot};
use novashop_services::vitals;
use novashop_types::Timestamp;

use crate::{
    Failed,
    archive::{self, Content, DATABASE, FORMAT, Hashing, MANIFEST, MEDIA, Manifest, Places, SECRET, Temporary},
    config::Config,
    import::Shown,
};

const ON_POSTGRES: &str = "This shop keeps its data in PostgreSQL, which makes backups of its own:
  pg_dump --format=custom --file=shop.dump \"$DATABASE_URL\"
  {out}
Take the pictures second, so that each row of the dump finds its file, and keep SECRET_KEY with them.";

/// Writes a backup, under another name until it is complete.
pub(crate) async fn run(config: &Config, file: &Path, force: bool, now: Timestamp) -> Result<(), Failed> {
    let places = Places::of(config, ON_POSTGRES)?;
    if !places.database.is_file() {
        return Err(Failed::new(format!("There is no shop to back up: {} does not exist. Set DATA_DIR.", places.database.display())));
    }
    if file.exists() && !force {
        return Err(Failed::new(format!("{} exists already. Take another name, or say --force to replace it.", file.display())));
    }
    let cannot = |error: io::Error| Failed::new(format!("{} cannot be written: {error}.", file.display()));
    let partial = Temporary::beside(file, "partial");
    let copy = Temporary::beside(file, "snapshot");
    let shown = Shown::new();
    let mut archive = Archive::create(&partial.0).map_err(cannot)?;

    // Pictures before and after the database: one that is deleted meanwhile was there before, one that is added is there afterwards,
    // and none is ever written twice. So each row of the copy finds its file.
    places.media.iter().try_for_each(|folder| archive.add_pictures(folder, &shown)).map_err(cannot)?;
    let db = Database::connect(&Options { connections: 1, ..Options::new(&config.database_url) }).await?;
    shown.show("database", 0, 1);
    snapshot::write(&db, &copy.0).await?;
    db.close().await?;
    places.media.iter().try_for_each(|folder| archive.add_pictures(folder, &shown)).map_err(cannot)?;
    let contents = snapshot::inspect(&copy.0).await?;
    archive.add(DATABASE, &copy.0).map_err(cannot)?;
    shown.show("database", 1, 1);

    let own_secret = config.secret_key.is_none() && places.secret.is_file();
    if own_secret {
        archive.add(SECRET, &places.secret).map_err(cannot)?;
    }
    let pictures = archive.files.keys().filter(|name| name.starts_with(MEDIA)).count();
    archive.finish(&contents, now).map_err(cannot)?;
    archive::put_in_place(&partial.0, file).map_err(cannot)?;
    shown.finish();
    let bytes = std::fs::metadata(file).map_err(cannot)?.len();
    let orders = contents.rows.get("orders").copied().unwrap_or_default();
    println!("{}: {}, with {orders} orders and {pictures} files of pictures.", file.display(), archive::size(bytes));
    if own_secret {
        println!("It holds the secret that signs tokens: keep it where only you can read it.");
    } else {
        println!("SECRET_KEY is not in it: keep that too, sessions and order links depend on it.");
    }
    if places.media.is_none() {
        println!("The pictures stay in {}: turn its versions on, or keep a copy of it ({}).", config.media, config.media.copy_out());
    }
    println!("\nOn an empty machine:\n  novashop restore {}\n  novashop serve", file.display());
    Ok(())
}

/// An archive that is being written.
struct Archive {
    tar: tar::Builder<zstd::Encoder<'static, File>>,
    files: BTreeMap<String, Content>,
}

impl Archive {
    fn create(path: &Path) -> io::Result<Self> {
        let mut encoder = zstd::Encoder::new(archive::new_file(path)?, 3)?;
        encoder.include_checksum(true)?;
        Ok(Self { tar: tar::Builder::new(encoder), files: BTreeMap::new() })
    }

    fn add(&mut self, name: &str, path: &Path) -> io::Result<()> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut reader = Hashing::new(io::Read::take(file, bytes));
        self.tar.append_data(&mut header(bytes), name, &mut reader)?;
        let content = reader.content();
        if content.bytes != bytes {
            return Err(io::Error::other(format!("{} changed while it was read", path.display())));
        }
        self.files.insert(name.to_owned(), content);
        Ok(())
    }

    /// Adds the pictures that are not in the archive yet.
    fn add_pictures(&mut self, folder: &Path, shown: &Shown) -> io::Result<()> {
        let mut found = Vec::new();
        list(folder, MEDIA, &mut found)?;
        found.retain(|(name, _)| !self.files.contains_key(name));
        let total = found.len();
        for (done, (name, path)) in (1..).zip(found) {
            match self.add(&name, &path) {
                // Deleted since it was listed, and its row with it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other?,
            }
            shown.show("pictures", done, total);
        }
        Ok(())
    }

    fn finish(mut self, contents: &snapshot::Contents, created_at: Timestamp) -> io::Result<()> {
        let manifest = Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created_at,
            schema: contents.migrations.clone(),
            rows: contents.rows.clone(),
            files: self.files,
        };
        let text = serde_json::to_vec_pretty(&manifest)?;
        self.tar.append_data(&mut header(u64::try_from(text.len()).unwrap_or_default()), MANIFEST, text.as_slice())?;
        let mut file = self.tar.into_inner()?.finish()?;
        file.flush()?;
        file.sync_all()
    }
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

/// Every picture under a folder, with its name in the archive.
fn list(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else if kind.is_file() && !name.contains('#') && name != vitals::PROBE {
            // With a # in its name it is a picture that is just being written.
            found.push((format!("{prefix}{name}"), entry.path()));
        }
    }
    Ok(())
}
