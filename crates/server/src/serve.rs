//! Running the shop.

use std::sync::Arc;

use actix_web::web;
use novashop_api::{
    app, cache,
    limits::Limits,
    network::{self, Listen},
};
use novashop_jobs::{relay, schedule};
use novashop_services::Context;

use crate::{Failed, accounts, commands::Role, config::Config, context, demo};

/// Runs the roles until a signal ends the process; requests in flight are finished.
pub(crate) async fn run(config: &Config, roles: &[Role], with_demo: bool) -> Result<(), Failed> {
    allow_open_files();
    let ctx = context::build(config).await?;
    ensure_schema(&ctx, config).await?;
    let mut first_password = None;
    if with_demo {
        demo::load_if_empty(&ctx).await?;
        first_password = accounts::first_admin(&ctx).await?;
    }
    let answers = cache::Cache::new(cache_settings(config, roles));
    // It listens before the first event and before the first answer.
    let listener = answers.listener(&ctx.events);
    let mut background = if roles.contains(&Role::Worker) { start_worker(&ctx) } else { Vec::new() };
    let ended = if roles.contains(&Role::Api) {
        background.push(actix_web::rt::spawn(listener.run()));
        let server = api_server(&ctx, config, answers)?;
        welcome(config, first_password.as_deref());
        tokio::select! {
            ended = server => ended.map_err(Failed::from),
            error = first_to_end(&mut background) => Err(error),
        }
    } else {
        println!("The worker is running.");
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(Failed::from),
            _ = terminate.recv() => Ok(()),
            error = first_to_end(&mut background) => Err(error),
        }
    };
    for task in background {
        task.abort();
    }
    ctx.db.clone().close().await?;
    ended
}

type Tasks = Vec<actix_web::rt::task::JoinHandle<()>>;

fn start_worker(ctx: &Context) -> Tasks {
    vec![actix_web::rt::spawn(relay::run(ctx.clone())), actix_web::rt::spawn(schedule::run(ctx.clone()))]
}

/// Waits for a background task that should run for ever. Without it no mail goes out: better to stop loudly and be started anew.
async fn first_to_end(tasks: &mut Tasks) -> Failed {
    if tasks.is_empty() {
        return std::future::pending().await;
    }
    let (_ended, index, _others) = futures_util::future::select_all(tasks.iter_mut()).await;
    tasks.remove(index);
    Failed::new("A background task ended. The process stops so that it can be started anew.")
}

/// A shop on SQLite has one worker: where that is this process, it hears of every change. Elsewhere another relay may be told.
fn cache_settings(config: &Config, roles: &[Role]) -> cache::Settings {
    if config.database_url.starts_with("sqlite:") && roles.contains(&Role::Worker) {
        cache::Settings::HEARS_EVERYTHING
    } else {
        cache::Settings::HEARS_NOT_ALL
    }
}

fn api_server(ctx: &Context, config: &Config, cache: cache::Cache) -> Result<actix_web::dev::Server, Failed> {
    let options = app::Options {
        cors_origins: config.cors_origins.clone(),
        server_timing: !config.production,
        cache: Some(cache),
        limits: config.rate_limits.then(|| Arc::new(Limits::new(Arc::clone(&ctx.clock)))),
        trusted_proxies: config.trusted_proxies.clone(),
        ..app::Options::default()
    };
    let listen = Listen { address: config.api_addr, workers: None, signals: true, shutdown_seconds: 8 };
    let listening = network::listen(web::Data::new(ctx.clone()), options, &listen);
    let (server, _address) =
        listening.map_err(|error| Failed::new(format!("{} cannot be listened on: {error}. Set API_ADDR to another address.", config.api_addr)))?;
    Ok(server)
}

/// Each connection takes two open files, and the soft limit is meant for programs that cannot take more than 1024.
fn allow_open_files() {
    // Where it cannot be raised, fewer connections can be open at once: no reason not to start.
    let _raised = rlimit::increase_nofile_limit(u64::MAX);
}

/// Brings the schema up to date, or says how to.
pub(crate) async fn ensure_schema(ctx: &Context, config: &Config) -> Result<(), Failed> {
    let pending = ctx.db.migrations().await?.iter().filter(|(_, applied)| !applied).count();
    if pending == 0 {
        return Ok(());
    }
    if config.migrate_on_start {
        return Ok(ctx.db.migrate_up().await?);
    }
    Err(Failed::new(format!(
        "The schema is {pending} {} behind. Run `novashop migrate up` first, or set MIGRATE_ON_START=true.",
        if pending == 1 { "migration" } else { "migrations" }
    )))
}

fn welcome(config: &Config, first_password: Option<&str>) {
    let base = format!("http://{}", config.api_addr).replace("0.0.0.0", "127.0.0.1");
    println!("\nNovaShop is open.\n");
    println!("  API            {base}/api/v1");
    println!("  Documentation  {base}/documentation/");
    if let Some(password) = first_password {
        println!("\n  Staff login    admin / {password}");
        println!("                 shown only this once; change it with PUT /api/v1/users/me/password");
    }
    println!("\nTry next:");
    println!("  curl '{base}/api/v1/products?limit=3'");
    println!("  curl '{base}/api/v1/products?q=mug&sort=price'");
    println!("  curl '{base}/api/v1/search/suggest?q=lapm'");
    println!("\nStop with Ctrl-C.\n");
}
