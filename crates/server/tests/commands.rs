//! What an owner can do wrong at the keyboard, with the real program.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::{
    net::TcpListener,
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

/// One line, with what is wrong and what to do, in words of ours.
fn one_sentence(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.trim().lines().count() == 1, "{said}");
    assert!(words.iter().all(|word| said.contains(word)), "no {words:?} in {said}");
    for foreign in
        ["hunter2", "Connection Error", "Execution Error", "Query Error", "(code:", "os error", "pool timed out", "FATAL", "sqlx", "error returned"]
    {
        assert!(!said.contains(foreign), "{foreign} in {said}");
    }
}

#[test]
fn a_file_that_is_no_usable_database_is_told_in_a_sentence() {
    let place = place();
    let path = |name: &str| place.path().join(name).display().to_string();
    let serve = |url: &str| run(place.path(), &["serve"], &[("DATABASE_URL", url)]);
    std::fs::write(path("letter.txt"), "Dear shop, this is a letter and no database. ".repeat(50)).unwrap();
    one_sentence(&serve(&format!("sqlite://{}", path("letter.txt"))), &["letter.txt", "no database of SQLite", "DATABASE_URL"]);
    std::fs::create_dir(path("folder")).unwrap();
    one_sentence(&serve(&format!("sqlite://{}", path("folder"))), &["folder cannot be opened or made", "DATABASE_URL"]);
    one_sentence(&serve("sqlite:///proc/novashop.db"), &["/proc/novashop.db cannot be opened or made", "DATABASE_URL"]);
    assert!(run(place.path(), &["migrate", "up"], &[]).status.success());
    one_sentence(&serve(&format!("sqlite://{}?mode=ro", path("data/novashop.db"))), &["novashop.db cannot be written"]);
    std::fs::write(path("data/novashop.db"), "no database any more").unwrap();
    one_sentence(&serve(""), &["novashop.db", "DATA_DIR"]);
}

#[test]
fn a_server_that_cannot_be_reached_or_does_not_let_one_in_is_told_in_a_sentence() {
    let place = place();
    let migrate = |url: &str| run(place.path(), &["migrate", "up"], &[("DATABASE_URL", url)]);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    one_sentence(&migrate(&format!("postgres://shop:hunter2@{closed}/shop")), &["No PostgreSQL answers", &closed.to_string(), "DATABASE_URL"]);
    one_sentence(
        &migrate("postgres://shop:hunter2@no-such-host.invalid/shop"),
        &["No PostgreSQL answers", "no-such-host.invalid:5432", "DATABASE_URL"],
    );
    one_sentence(&migrate("postgres://shop:hunter2@127.0.0.1:99999/shop"), &["DATABASE_URL cannot be read"]);
    let Ok(server) = std::env::var("NOVASHOP_TEST_POSTGRES") else { return };
    let (place, database) = server.rsplit_once('@').unwrap().1.rsplit_once('/').unwrap();
    // `scripts/test` has this name asked for its password; a server that trusts everybody does not know the name.
    one_sentence(&migrate(&format!("postgres://locked_out:hunter2@{place}/{database}")), &[place, "`locked_out`", "password", "DATABASE_URL"]);
    let elsewhere = format!("{}/no_such_shop", server.rsplit_once('/').unwrap().0);
    one_sentence(&migrate(&elsewhere), &["no database `no_such_shop`", "createdb no_such_shop"]);
}

#[test]
fn a_port_that_is_taken_is_told_in_a_sentence() {
    let place = place();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for setting in ["API_ADDR", "WEB_ADDR", "METRICS_ADDR"] {
        let output = run(place.path(), &["serve"], &[(setting, &address), ("RUST_LOG", "error")]);
        one_sentence(&output, &["Another program listens on", &address, setting]);
    }
}
