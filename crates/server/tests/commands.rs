//! What an owner can do wrong at the keyboard, with the real program.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::{
    path::Path,
    process::{Command, Output},
};

/// A folder of its own, gone when the test ends.
fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn run(place: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
    command.env_clear().current_dir(place).args(arguments).env("API_ADDR", "127.0.0.1:0").env("WEB_ADDR", "127.0.0.1:0").env("METRICS_ADDR", "none");
    command.envs(environment.iter().copied()).output().unwrap()
}

fn refused(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(words), "{said}");
}

#[test]
fn a_command_in_the_wrong_folder_makes_no_shop() {
    let place = place();
    for arguments in [&["verify"][..], &["migrate", "status"], &["migrate", "down", "--yes"], &["backup", "shop.novashop"]] {
        refused(&run(place.path(), arguments, &[]), "novashop.db");
    }
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_shop_keeps_its_currency() {
    let place = place();
    assert!(run(place.path(), &["demo", "--size", "10"], &[("CURRENCY", "SEK")]).status.success());
    for arguments in [&["serve"][..], &["demo", "--size", "20"], &["import", "no-file"]] {
        refused(&run(place.path(), arguments, &[("CURRENCY", "USD")]), "Set CURRENCY=SEK");
    }
    assert!(run(place.path(), &["demo", "--size", "20"], &[("CURRENCY", "SEK")]).status.success());
}

#[test]
fn what_cannot_be_undone_is_asked_for_twice() {
    let place = place();
    assert!(run(place.path(), &["migrate", "up"], &[]).status.success());
    refused(&run(place.path(), &["migrate", "down"], &[]), "--yes");
    let production = [("ENVIRONMENT", "production"), ("SECRET_KEY", "0123456789abcdef0123456789abcdef")];
    refused(&run(place.path(), &["demo"], &production), "in production");
    refused(&run(place.path(), &["serve", "--demo"], &production), "in production");
    assert!(run(place.path(), &["migrate", "down", "--yes"], &[]).status.success());
}

#[test]
fn a_mistake_in_the_configuration_repeats_no_secret() {
    let place = place();
    std::fs::write(place.path().join(".env"), "ENVIRONMENT=development\nSECRET_KEY=my very own secret\n").unwrap();
    let output = run(place.path(), &["migrate", "up"], &[]);
    refused(&output, ".env");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("secret\n") && !String::from_utf8_lossy(&output.stderr).contains("my very"));
    std::fs::remove_file(place.path().join(".env")).unwrap();
    let output = run(place.path(), &["migrate", "up"], &[("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:99999/shop")]);
    refused(&output, "address");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("hunter2"));
}

#[cfg(unix)]
#[test]
fn the_database_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = place();
    assert!(run(place.path(), &["migrate", "up"], &[]).status.success());
    let mode = std::fs::metadata(place.path().join("data/novashop.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}
