//! Running the shop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{
    HttpServer,
    dev::{Server, ServerHandle},
    http::header::HeaderValue,
    web,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::{FutureExt, future::Either};
use novashop_api::{
    app, cache,
    live::Live,
    metrics::{self, Metrics, Told},
    network::{self, Listen},
    routes::admin_system::Process,
};
use novashop_jobs::{mails, metrics::Metrics as JobMetrics, queue::Place, relay, worker};
use novashop_links::{Answers, Link};
use novashop_services::{Context, Stopping};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::Instant,
};

use crate::{Failed, accounts, commands::Role, config::Config, context, demo, first_steps, port::Port, shared, starting, web_role, web_role::Window};

/// From the signal on, how long the worker may take for what it has in hand. A supervisor kills after ten seconds.
const LAST_WORK: Duration = Duration::from_secs(8);

/// How long it may take in any case once the servers have ended, and what is left of it until it is gone.
const LAST_MOMENT: Duration = Duration::from_millis(700);

/// Runs the roles until a signal ends the process; requests in flight are finished, and so is what the worker has in hand: a mail that the server
/// has and that we have not written down would be sent again.
pub(crate) async fn run(config: &Config, roles: &[Role], with_demo: bool) -> Result<(), Failed> {
    allow_open_files();
    let mut ctx = context::build(config).await?;
    ensure_schema(&ctx, config).await?;
    let link = shared::link(&mut ctx, config)?;
    let mut first_password = None;
    if with_demo {
        demo::refuse_in_production(config, false)?;
        novashop_db::patiently(crate::A_STATEMENT, demo::load_if_empty(&ctx)).await?;
    }
    let counted = novashop_web::Metrics::new()?;
    let metrics = Metrics::new()?;
    let metrics = if roles.contains(&Role::Web) { metrics.beside(counted.registry().clone()) } else { metrics };
    let job_metrics = JobMetrics::new()?;
    let metrics = if roles.contains(&Role::Worker) { metrics.beside(job_metrics.registry().clone()) } else { metrics };
    let told = Told { ctx: web::Data::new(ctx.clone()), metrics, watch: Arc::default() };
    told.metrics.read_pools(&ctx)?;
    if let Some(link) = &link {
        told.metrics.read_link(link, ctx.events.hearing())?;
    }
    let operators = metrics_server(&told, config)?;
    let public = roles.contains(&Role::Api) || roles.contains(&Role::Web);
    let drain = if public { config.drain } else { Duration::ZERO };
    ask_on_signal(&ctx.stopping, drain)?;
    let answers = cache_settings(config, roles).map(cache::Cache::new).map(|answers| match &link {
        Some(link) => answers.sharing(Answers::new(Arc::clone(link))),
        None => answers,
    });
    if let Some(answers) = &answers {
        told.metrics.read_cache(answers)?;
        // It listens before the first event and before the first answer.
        actix_web::rt::spawn(answers.listener(&ctx.events).run());
    }
    let live = Live::default();
    told.metrics.read_live(&live)?;
    let mut background = if roles.contains(&Role::Worker) { start_worker(&ctx, config, job_metrics) } else { Vec::new() };
    // With Redis all processes hear what any of them hands on: the shop's word does not depend on one worker.
    if roles.contains(&Role::Api) && !roles.contains(&Role::Worker) && link.is_some() {
        background.push(("relay", actix_web::rt::spawn(relay::stand_in(ctx.clone()))));
    }
    let mut servers = Vec::new();
    let (mut api, mut window) = (None, None);
    // What only this process knows: with it its own pages are believed whom they ask for.
    let pass = roles.contains(&Role::Web).then(|| secret_pass(&ctx)).transpose()?;
    if roles.contains(&Role::Api) {
        let (server, address) = api_server(&told, config, roles, answers, live, pass.clone(), link.as_ref())?;
        shared::listen(&ctx, link.as_ref());
        servers.push(server);
        api = Some(address);
    }
    if roles.contains(&Role::Web) {
        let opened = Window::open(config, api, pass, counted, &ctx.stopping)?;
        servers.push(opened.server);
        window = Some(opened.shown);
    }
    if with_demo {
        // Told once and never again: only when every port is ours.
        first_password = accounts::first_admin(&ctx).await?;
    }
    welcome(config, api, window.as_ref(), operators.is_some(), first_password.as_deref());
    if api.is_some() {
        first_steps::tell(&ctx).await;
    }
    let work = match servers.is_empty() {
        false => Either::Left(futures_util::future::try_join_all(servers).map(|ended| ended.map(drop))),
        true => Either::Right(ctx.stopping.wait().map(Ok)),
    };
    let ended = tokio::select! {
        ended = work => ended.map_err(Failed::from),
        error = first_to_fail(&ctx, &mut background) => Err(error),
    };
    ctx.stopping.ask();
    let at_work: Vec<_> = background.iter().map(|(name, task)| (*name, task.abort_handle())).collect();
    let last = async {
        futures_util::future::join_all(background.into_iter().map(|(_, task)| task)).await;
        ctx.db.clone().close().await
    };
    let now = Instant::now();
    let until = ctx.stopping.asked_at().unwrap_or(now) + LAST_WORK.saturating_sub(drain);
    match tokio::time::timeout_at(until.max(now + LAST_MOMENT), last).await {
        Ok(closed) => closed?,
        // Nothing is lost: what is not committed is done again.
        Err(_) => {
            let late: Vec<_> = at_work.iter().filter(|(_, task)| !task.is_finished()).map(|(name, _)| *name).collect();
            let late = if late.is_empty() { "the connections to the database".to_owned() } else { late.join(", ") };
            tracing::warn!(late, "the background work did not end in time and was left");
            // While there is a runtime: the connection of a statement that is dropped goes back by a task, and panics where none can run.
            at_work.iter().for_each(|(_, task)| task.abort());
            let dropped = async {
                while at_work.iter().any(|(_, task)| !task.is_finished()) {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let _in_time = tokio::time::timeout(LAST_MOMENT, dropped).await;
        }
    }
    if let Some(operators) = operators {
        operators.stop(false).await;
    }
    ended
}

fn secret_pass(ctx: &Context) -> Result<HeaderValue, Failed> {
    let mut secret = [0_u8; 32];
    ctx.ids.secret(&mut secret);
    Ok(HeaderValue::from_str(&URL_SAFE_NO_PAD.encode(secret))?)
}

/// Has everybody told when the process is asked to end, by SIGTERM or with Ctrl-C. For the time of `drain` it only takes its leave; a second
/// signal ends that.
pub(crate) fn ask_on_signal(stopping: &Stopping, drain: Duration) -> Result<(), Failed> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stopping = stopping.clone();
    let mut asked = async move || tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} };
    actix_web::rt::spawn(async move {
        asked().await;
        stopping.leave();
        if !drain.is_zero() {
            tracing::info!(seconds = drain.as_secs(), "leaving: requests are answered, but no connection is kept");
            let _another_signal = tokio::time::timeout(drain, asked()).await;
        }
        tracing::info!("stopping: requests in flight are finished, new ones are refused");
        stopping.ask();
    });
    Ok(())
}

/// What the worker does at the same time, each by its name.
type Tasks = Vec<(&'static str, actix_web::rt::task::JoinHandle<()>)>;

fn start_worker(ctx: &Context, config: &Config, metrics: JobMetrics) -> Tasks {
    let place = config.redis_url.as_ref().map_or(Place::Here, |url| Place::Redis { url: url.clone(), prefix: config.redis_prefix.clone() });
    let jobs = worker::run(ctx.clone(), place, metrics);
    let jobs = async move {
        if let Err(error) = jobs.await {
            tracing::error!(%error, "the queue of jobs cannot be opened");
        }
    };
    vec![
        ("relay", actix_web::rt::spawn(relay::run(ctx.clone()))),
        ("mails", actix_web::rt::spawn(mails::run(ctx.clone()))),
        ("jobs", actix_web::rt::spawn(jobs)),
    ]
}

/// Waits for a background task that ends before it is asked to. Without it no mail goes out: better to stop loudly and be started anew.
async fn first_to_fail(ctx: &Context, tasks: &mut Tasks) -> Failed {
    if !tasks.is_empty() {
        let (_ended, index, _others) = futures_util::future::select_all(tasks.iter_mut().map(|(_, task)| task)).await;
        let (name, _) = tasks.remove(index);
        if !ctx.stopping.is_asked() {
            return Failed::new(format!("The background task \"{name}\" ended. The process stops so that it can be started anew."));
        }
    }
    std::future::pending().await
}

/// A shop on SQLite has one worker: where that is this process, it hears of every change. By Redis every process does. Elsewhere another relay
/// may be told.
fn cache_settings(config: &Config, roles: &[Role]) -> Option<cache::Settings> {
    let alone = config.database_url.starts_with("sqlite:") && roles.contains(&Role::Worker);
    let hears_everything = alone || config.redis_url.is_some();
    let settings = if hears_everything { cache::Settings::HEARS_EVERYTHING } else { cache::Settings::HEARS_NOT_ALL };
    (config.cache_bytes > 0).then_some(cache::Settings { max_bytes: config.cache_bytes, ..settings })
}

/// Each connection takes two open files, and the soft limit is meant for programs that cannot take more than 1024.
pub(crate) fn allow_open_files() {
    // Where it cannot be raised, fewer connections can be open at once: no reason not to start.
    let _raised = rlimit::increase_nofile_limit(u64::MAX);
}

fn api_server(
    told: &Told,
    config: &Config,
    roles: &[Role],
    cache: Option<cache::Cache>,
    live: Live,
    pass: Option<HeaderValue>,
    link: Option<&Arc<Link>>,
) -> Result<(Server, SocketAddr), Failed> {
    let proxies = config.trusted_proxies.clone();
    let process = Process { roles: roles.iter().map(|role| role.name()).collect(), started_at: told.ctx.now() };
    if process.hears_nobody(link.is_some()) {
        tracing::warn!("REDIS_URL is not set: this process has no worker in it, so its WebSockets hear no news, and its cache lasts a second");
    }
    let options = app::Options {
        cors_origins: config.cors_origins.clone(),
        server_timing: !config.production,
        cache,
        limits: shared::limits(&told.ctx, config, link)?,
        link: link.cloned(),
        trusted_proxies: match pass {
            Some(pass) => proxies.with_pass(pass),
            None => proxies,
        },
        metrics: Some(told.metrics.clone()),
        live,
        watch: Arc::clone(&told.watch),
        process,
        ..app::Options::default()
    };
    // The platform's port is the app's, where this process serves it.
    let address = if roles.contains(&Role::Web) { config.api_addr } else { config.public_addr(config.api_addr) };
    let listening = Port::open(address).and_then(|(port, socket)| {
        let listen = Listen { socket, workers: None, shutdown_seconds: config.last_requests_seconds() };
        network::listen(told.ctx.clone(), options, listen, port.closing(&told.ctx.stopping, config.drain))
    });
    listening.map_err(|error| starting::no_port(address, &error, if address == config.api_addr { "API_ADDR" } else { "PORT" }))
}

/// Tells the metrics on their own port.
fn metrics_server(told: &Told, config: &Config) -> Result<Option<ServerHandle>, Failed> {
    let Some(socket) = web_role::metrics_socket(config)? else { return Ok(None) };
    let told = told.clone();
    let server = HttpServer::new(move || metrics::build(told.clone())).workers(1).disable_signals().listen(socket)?;
    Ok(Some(web_role::in_background(server.run())))
}

/// Brings the schema up to date, or says how to; and keeps the shop to its currency.
pub(crate) async fn ensure_schema(ctx: &Context, config: &Config) -> Result<(), Failed> {
    let unusable = |error| starting::unusable(config, &error);
    let newer = ctx.db.newer_migrations().await.map_err(unusable)?;
    if !newer.is_empty() {
        // As while programs are exchanged: what a newer one adds, an older one does not look at.
        tracing::warn!(migrations = newer.join(", "), "the schema is newer than this program");
    }
    let pending = ctx.db.migrations().await.map_err(unusable)?.iter().filter(|(_, applied)| !applied).count();
    if pending == 0 {
        return keep_currency(ctx, config).await;
    }
    if config.migrate_on_start {
        ctx.db.migrate_up().await.map_err(unusable)?;
        return keep_currency(ctx, config).await;
    }
    Err(Failed::new(format!(
        "The schema is {pending} {} behind. Run `novashop migrate up` first, or set MIGRATE_ON_START=true.",
        if pending == 1 { "migration" } else { "migrations" }
    )))
}

/// Prices are numbers: with another currency everything would be sold at another price.
async fn keep_currency(ctx: &Context, config: &Config) -> Result<(), Failed> {
    let wanted = ctx.shop.currency.code();
    let kept = novashop_db::settings::decide(ctx.db.writer(), "currency", wanted).await.map_err(|error| starting::unusable(config, &error))?;
    if kept == wanted {
        return Ok(());
    }
    Err(Failed::new(format!("CURRENCY is {wanted}, but the prices of this shop are in {kept}. Set CURRENCY={kept}.")))
}

fn welcome(config: &Config, api: Option<SocketAddr>, window: Option<&web_role::Shown>, with_metrics: bool, first_password: Option<&str>) {
    if api.is_none() && window.is_none() {
        println!("The worker is running.");
        return;
    }
    println!("\nNovaShop is open.\n");
    if let Some(window) = window {
        window.tell();
    }
    let api = api.map(web_role::reachable);
    if let Some(base) = &api {
        println!("  API            {base}/api/v1");
        println!("  Documentation  {base}/documentation/");
    }
    if let Some(address) = config.metrics_addr.filter(|_| with_metrics) {
        println!("  Metrics        http://{address}/metrics");
    }
    if let Some(password) = first_password {
        println!("\n  Staff login    admin / {password}");
        println!("                 shown only this once; change it with PUT /api/v1/users/me/password");
    }
    if config.production && !config.public_url_chosen {
        tracing::warn!("PUBLIC_URL is not set: links in mails lead to {}", config.public_url);
    }
    if config.production && config.mail_server.is_none() {
        tracing::warn!("SMTP_HOST is not set: mails are kept, and an administrator reads them in the back office");
    }
    if let Some(base) = api {
        println!("\nTry next:");
        println!("  curl '{base}/api/v1/products?limit=3'");
        println!("  curl '{base}/api/v1/products?q=mug&sort=price'");
        println!("  curl '{base}/api/v1/search/suggest?q=lapm'");
    }
    println!("\nStop with Ctrl-C.\n");
}
