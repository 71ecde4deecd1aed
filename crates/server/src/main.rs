//! The binary `novashop`: configuration, telemetry, subcommands.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]
#![expect(clippy::print_stdout, reason = "a command line speaks to people on standard output")]

mod accounts;
mod archive;
mod backup;
mod commands;
mod config;
mod context;
mod demo;
mod first_steps;
mod healthcheck;
mod import;
mod jobs;
mod mail_config;
mod media;
mod move_shop;
mod port;
mod restore;
mod selftest;
mod serve;
mod shared;
mod starting;
mod telemetry;
mod traces;
mod variables;
mod verify;
mod web_role;

use std::{collections::BTreeMap, process::ExitCode, time::Duration};

use clap::{CommandFactory, Parser};
use commands::{Cli, Command, Migrate, Selftest, User};
use novashop_services::Context;

/// How long a statement of a command may take.
const A_STATEMENT: Duration = Duration::from_secs(60 * 60);

/// A command that could not do its work, in words for the person at the keyboard.
#[derive(Debug)]
pub(crate) struct Failed(String);

impl Failed {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn main() -> ExitCode {
    let system = actix_web::rt::System::new();
    let runtime = system.runtime().tokio_runtime().handle().clone();
    let code = system.block_on(program());
    // What is left goes where tasks can still be begun: the mailer ends its connections by one, and panics where none can run.
    let _inside = runtime.enter();
    drop(system);
    code
}

async fn program() -> ExitCode {
    // Clients for HTTPS are built without a library for TLS of their own. Installed a second time it would be refused, which harms nothing.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    // A missing .env is fine; a broken one is not.
    let dotenv = dotenvy::dotenv();
    if let Err(error) = &dotenv
        && !error.not_found()
    {
        // Never what stands in the line: it may be a secret.
        match error {
            dotenvy::Error::LineParse(_, place) => {
                eprintln!("The file .env cannot be read: the line with its character {place} is not NAME=value. Put a value with blanks in quotes.")
            }
            error => eprintln!("The file .env cannot be read: {error}."),
        }
        return ExitCode::from(2);
    }
    let command = Cli::parse().command;
    let ended = match command {
        Command::Serve { .. } => run(command).await,
        // Nobody waits for a command but whoever runs it, and it may read the whole shop.
        _ => novashop_db::patiently(A_STATEMENT, run(command)).await,
    };
    traces::finish();
    match ended {
        Ok(code) => code,
        Err(Failed(text)) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Failed> {
    match command {
        Command::Openapi => print!("{}", novashop_api::openapi::document_json()?),
        Command::Config => print!("{}", variables::help()),
        Command::Completions { shell } => clap_complete::generate(shell, &mut Cli::command(), "novashop", &mut std::io::stdout()),
        Command::Serve { role, demo } => match role.as_slice() {
            // It knows the shop by its API alone: no database, no secret.
            [commands::Role::Web] if !demo => web_role::run(&configured_by(config::read_without_secret)?).await?,
            roles => serve::run(&configured()?, roles, demo).await?,
        },
        Command::Healthcheck { role } => {
            healthcheck::run(&config::read_without_secret(&std::env::vars().collect()).map_err(Failed::new)?, role).await?;
        }
        Command::Migrate { action: Migrate::Up } => {
            let config = configured()?;
            let up = async |ctx: &Context| {
                ctx.db.migrate_up().await.map_err(|error| starting::unusable(&config, &error))?;
                migrate(ctx, Migrate::Up).await
            };
            with(context::build(&config).await?, up).await?;
        }
        Command::Migrate { action } => with(existing().await?, async |ctx| migrate(ctx, action).await).await?,
        Command::Demo { size, yes } => {
            let config = configured()?;
            demo::refuse_in_production(&config, yes)?;
            with(migrated(&config).await?, async |ctx| demo::load(ctx, size).await).await?;
        }
        Command::Verify { json } => return with(existing().await?, async |ctx| verify::run(ctx, json).await).await,
        Command::Selftest { test: Selftest::Oversell { buyers, stock, database_url } } => {
            return selftest::oversell(usize::from(buyers), i64::from(stock), database_url.as_deref()).await;
        }
        Command::Backup { file, force } => {
            backup::run(&configured()?, &file, force, context::now()).await?;
        }
        Command::Restore { file } => restore::run(&configured()?, &file).await?,
        Command::Move { to } => move_shop::run(&configured()?, &to).await?,
        Command::Jobs { action } => with(existing().await?, async |ctx| jobs::run(ctx, action).await).await?,
        Command::Import { file } => return with(migrated(&configured()?).await?, async |ctx| import::run(ctx, &file).await).await,
        Command::User { action: User::CreateAdmin { username, email } } => {
            with(migrated(&configured()?).await?, async |ctx| accounts::create_admin(ctx, username, email).await).await?;
        }
        Command::User { action: User::SetPassword { login } } => {
            with(existing().await?, async |ctx| accounts::set_password(ctx, &login).await).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What the program was told, and where to log.
fn configured() -> Result<config::Config, Failed> {
    configured_by(config::read)
}

fn configured_by(read: impl Fn(&BTreeMap<String, String>) -> Result<config::Config, String>) -> Result<config::Config, Failed> {
    let config = read(&std::env::vars().collect()).map_err(Failed::new)?;
    telemetry::start(config.json_logs);
    Ok(config)
}

/// For what only looks or takes away: on SQLite it makes no shop where there is none.
async fn existing() -> Result<Context, Failed> {
    let config = configured()?;
    if let Some(file) = config.sqlite_file().filter(|file| !file.exists()) {
        return Err(Failed::new(format!("There is no shop here: {} does not exist. Set DATA_DIR or DATABASE_URL.", file.display())));
    }
    context::build(&config).await
}

/// A database that a command can work with: brought up to date where `serve` would do so too.
async fn migrated(config: &config::Config) -> Result<Context, Failed> {
    let ctx = context::build(config).await?;
    serve::ensure_schema(&ctx, config).await?;
    Ok(ctx)
}

/// Does a command's work and closes the database, whatever came of it: SQLite then leaves one file behind and no `-wal` beside it.
async fn with<T>(ctx: Context, work: impl AsyncFnOnce(&Context) -> Result<T, Failed>) -> Result<T, Failed> {
    let done = work(&ctx).await;
    let closed = ctx.db.close().await;
    // What the work has to say comes first.
    let done = done?;
    closed?;
    Ok(done)
}

async fn migrate(ctx: &Context, action: Migrate) -> Result<(), Failed> {
    match action {
        Migrate::Down { yes: false, .. } => {
            return Err(Failed::new(
                "This takes migrations back, and what is in their tables is deleted. Make a backup first (`novashop backup shop.novashop`), \
                 stop the shop, then repeat with `--yes`.",
            ));
        }
        Migrate::Down { steps, yes: true } => ctx.db.migrate_down(steps).await?,
        Migrate::Up | Migrate::Status => {}
    }
    for (name, applied) in ctx.db.migrations().await? {
        println!("{} {name}", if applied { "applied" } else { "pending" });
    }
    Ok(())
}
