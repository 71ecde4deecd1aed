//! From the path of a SQLite file to the address that names it, and back: in an address `?` begins the settings and `%` a coded byte.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The address of a file.
#[must_use]
pub fn of(path: &Path) -> String {
    format!("sqlite://{}", path.display().to_string().replace('%', "%25").replace('?', "%3F"))
}

/// The same where the file is made if it is not there.
#[must_use]
pub fn of_new(path: &Path) -> String {
    format!("{}?mode=rwc", of(path))
}

/// The file that an address names; nothing where it is another database's.
#[must_use]
pub fn path(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let name = rest.split_once('?').map_or(rest, |(name, _)| name);
    Some(PathBuf::from(percent_decode_str(name).decode_utf8_lossy().into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Database, Options};

    #[test]
    fn a_path_comes_back_from_its_address() {
        for name in ["data/novashop.db", "/srv/50% off?/a#b c/é.db", "%3F%25.db"] {
            assert_eq!(path(&of(Path::new(name))).as_deref(), Some(Path::new(name)));
            assert_eq!(path(&of_new(Path::new(name))).as_deref(), Some(Path::new(name)));
        }
        assert_eq!(path("sqlite:shop.db?mode=rwc").as_deref(), Some(Path::new("shop.db")));
        assert_eq!(path("postgres://host/shop"), None);
    }

    #[tokio::test]
    async fn the_file_that_is_opened_is_the_one_that_was_named() {
        let folder = std::env::temp_dir().join(format!("novashop 50%25 off? #{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("shop.db");
        let db = Database::connect(&Options::new(of_new(&file))).await.unwrap();
        db.migrate_up().await.unwrap();
        db.close().await.unwrap();
        assert!(file.is_file());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
