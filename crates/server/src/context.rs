//! Puts together what the use cases need. The only place that asks the machine for time and chance.

use std::{cell::RefCell, path::Path, sync::Arc, time::SystemTime};

use novashop_db::Database;
use novashop_links::{Events, Local};
use novashop_services::{
    Clock, Context, IdSource, Mailer, ShopSettings, Stopping, cursors::Cursors, images::Media, passwords::Passwords, tokens::Tokens,
};
use novashop_types::Timestamp;
use uuid::{Builder, Uuid};

use crate::{Failed, config::Config, starting};

/// The machine's clock.
#[derive(Debug)]
struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock of the program")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Now, for what needs no context.
pub(crate) fn now() -> Timestamp {
    SystemClock.now()
}

/// Ids and secrets from the operating system's randomness.
#[derive(Debug)]
struct SystemIds;

thread_local! {
    /// Random bytes for ids, ahead of time: every request takes an id, and one trip to the system is enough for many.
    static FOR_IDS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl IdSource for SystemIds {
    fn id(&self, now: Timestamp) -> Uuid {
        let random: [u8; 10] = FOR_IDS.with_borrow_mut(|ahead| {
            if ahead.is_empty() {
                ahead.resize(100 * 10, 0);
                self.secret(ahead);
            }
            std::array::from_fn(|_| ahead.pop().unwrap_or_default())
        });
        Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &random).into_uuid()
    }

    #[expect(clippy::panic, reason = "without randomness there are no secrets: nothing safe is left to do")]
    fn secret(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}

/// Connects and puts the context together.
pub(crate) async fn build(config: &Config) -> Result<Context, Failed> {
    private_folder(&config.data_dir)
        .map_err(|error| Failed::new(format!("The folder {} (DATA_DIR) cannot be made: {error}.", config.data_dir.display())))?;
    let store = config.media.open()?;
    let secret = secret(config)?;
    if let Some(file) = config.sqlite_file() {
        // What is not there cannot be opened below, in better words than ours.
        let _made = private_file(&file);
    }
    let mut options = novashop_db::Options::new(&config.database_url);
    options.connections = config.database_connections;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // As many as the server has workers.
    options.threads = u32::try_from(cores).unwrap_or(1);
    let db = Database::connect(&options).await.map_err(|error| starting::unusable(config, &error))?;
    let events = Events::default();
    Ok(Context {
        db,
        shop: Arc::new(ShopSettings {
            currency: config.currency,
            public_url: config.public_url.clone(),
            unpaid_order_seconds: config.unpaid_order_seconds,
            payment_instructions: config.payment_instructions.clone(),
            log_mail_links: !config.production && config.mail_server.is_none(),
        }),
        // Half the cores may hash passwords; the other half goes on selling.
        passwords: Passwords::new(cores.div_ceil(2)).map_err(|error| Failed::new(error.to_string()))?,
        tokens: Arc::new(Tokens::new(&secret)),
        cursors: Arc::new(Cursors::new(&secret)),
        carrier: Arc::new(Local(events.clone())),
        events,
        stopping: Stopping::default(),
        media: Media::new(store),
        mailer: mailer(config)?,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    })
}

/// The way to the mail server, where one is configured. It is reached when there is something to send.
fn mailer(config: &Config) -> Result<Option<Mailer>, Failed> {
    let Some(mut server) = config.mail_server.clone() else { return Ok(None) };
    if let Some(file) = &config.mail_authorities {
        let read = std::fs::read(file).map_err(|error| Failed::new(format!("{} (SMTP_CA_FILE) cannot be read: {error}.", file.display())))?;
        server.authorities = Some(read);
    }
    Mailer::new(server).map(Some).map_err(|error| Failed::new(format!("The mail server cannot be used: {error}.")))
}

/// Makes a folder that only its owner can look into: the database holds addresses and links.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file that only its owner can read, where there is none: hashes of passwords and addresses go into it.
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut file = std::fs::OpenOptions::new();
    file.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path)
}

/// What the shop signs with.
pub(crate) fn secret(config: &Config) -> Result<Vec<u8>, Failed> {
    match &config.secret_key {
        Some(secret) => Ok(secret.clone()),
        None => generated_secret(&config.data_dir),
    }
}

/// A secret of the shop's own, made once, readable by its owner only.
fn generated_secret(data_dir: &Path) -> Result<Vec<u8>, Failed> {
    use std::io::Write as _;
    let path = data_dir.join("secret_key");
    if let Ok(secret) = std::fs::read(&path)
        && secret.len() >= 32
    {
        return Ok(secret);
    }
    let mut bytes = [0_u8; 32];
    SystemIds.secret(&mut bytes);
    let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let written = file.open(&path).and_then(|mut file| file.write_all(secret.as_bytes()));
    written.map_err(|error| Failed::new(format!("The secret {} cannot be written: {error}.", path.display())))?;
    Ok(secret.into_bytes())
}
