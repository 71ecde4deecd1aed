//! What Prometheus is told, and the small application that tells it on a port of its own.
//!
//! Labels come from fixed sets (methods, our routes, statuses, error codes): however odd the requests, there are no more series.

use std::{collections::HashMap, sync::Arc, time::Duration};

use actix_web::{
    App, HttpResponse,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
    web,
};
use novashop_links::{Hearing, Link, Pulse};
use novashop_services::{
    Context,
    vitals::{Watch, waited_seconds},
};
use novashop_types::{ErrorCode, jobs::JobStatus};
use prometheus::{
    HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, Result, TEXT_FORMAT, TextEncoder,
    core::{Collector, Desc},
    proto,
};

use crate::{
    cache::{Cache, CacheStats},
    live::Live,
    routes,
};

/// Seconds: from an answer out of the cache to one that somebody gave up waiting for.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The counters of this process; clones are the same ones.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    /// Those of other roles of this process.
    beside: Vec<Registry>,
    requests: IntCounterVec,
    durations: HistogramVec,
    in_flight: IntGauge,
    problems: IntCounterVec,
    orders: IntCounterVec,
    sign_ins: IntCounterVec,
    stock_conflicts: IntCounter,
    outbox: IntGaugeVec,
    outbox_lag: IntGauge,
    jobs: IntGaugeVec,
    jobs_lag: IntGauge,
    mails: IntGauge,
    mails_lag: IntGauge,
}

/// How a request ended.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// Its method.
    pub method: &'a Method,
    /// The pattern of its address: `/api/v1/products/{id}`; `unmatched` where there is none.
    pub route: &'a str,
    /// The answer's status.
    pub status: StatusCode,
    /// Why it was refused, where it was.
    pub refused: Option<ErrorCode>,
    /// Whether the answer is that of an earlier request.
    pub replayed: bool,
    /// Until the answer's head was ready.
    pub elapsed: Duration,
}

/// Counts a request as being in flight until it is dropped.
#[derive(Debug)]
pub struct InFlight(IntGauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A count as Prometheus wants it: exact up to 2^53.
fn float(count: u64) -> f64 {
    let half = |half: u64| f64::from(u32::try_from(half).unwrap_or(u32::MAX));
    half(count >> 32).mul_add(4_294_967_296.0, half(count & 0xffff_ffff))
}

impl Metrics {
    /// Counters that stand at zero.
    ///
    /// # Errors
    /// Only where two have one name: a defect.
    pub fn new() -> Result<Self> {
        let counters = |name: &str, help: &str, labels: &[&str]| IntCounterVec::new(Opts::new(name, help), labels);
        let durations = HistogramOpts::new("http_request_duration_seconds", "Time until the head of the answer, by method and route.");
        let metrics = Self {
            registry: Registry::new(),
            beside: Vec::new(),
            requests: counters("http_requests_total", "Requests by method, route and status.", &["method", "route", "status"])?,
            durations: HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["method", "route"])?,
            in_flight: IntGauge::new("http_requests_in_flight", "Requests that are being answered.")?,
            problems: counters("novashop_problems_total", "Refusals by error code; each is explained at /problems/<code>.", &["code"])?,
            orders: counters("novashop_orders_total", "Orders that were asked for, by outcome: placed, replayed, or an error code.", &["outcome"])?,
            sign_ins: counters("novashop_sign_ins_total", "Attempts to sign in, by outcome: ok, or an error code.", &["outcome"])?,
            stock_conflicts: IntCounter::new("novashop_stock_conflicts_total", "Carts and orders that asked for more than was in stock.")?,
            outbox: IntGaugeVec::new(Opts::new("novashop_outbox_rows", "Rows that wait to be handed on, and those that failed."), &["state"])?,
            outbox_lag: IntGauge::new("novashop_outbox_lag_seconds", "How long the oldest row has waited to be handed on.")?,
            jobs: IntGaugeVec::new(Opts::new("novashop_jobs", "Jobs that wait, that a worker has in hand, and that are dead."), &["status"])?,
            jobs_lag: IntGauge::new("novashop_jobs_lag_seconds", "How long the first of the jobs that are due has waited for a worker.")?,
            mails: IntGauge::new("novashop_mails_waiting", "Mails that wait to be sent or are being sent.")?,
            mails_lag: IntGauge::new("novashop_mails_lag_seconds", "How long the oldest mail that is not sent has waited since it was written.")?,
        };
        metrics.register()?;
        metrics.begin_at_zero();
        Ok(metrics)
    }

    fn register(&self) -> Result<()> {
        let own: [Box<dyn Collector>; 13] = [
            Box::new(self.requests.clone()),
            Box::new(self.durations.clone()),
            Box::new(self.in_flight.clone()),
            Box::new(self.problems.clone()),
            Box::new(self.orders.clone()),
            Box::new(self.sign_ins.clone()),
            Box::new(self.stock_conflicts.clone()),
            Box::new(self.outbox.clone()),
            Box::new(self.outbox_lag.clone()),
            Box::new(self.jobs.clone()),
            Box::new(self.jobs_lag.clone()),
            Box::new(self.mails.clone()),
            Box::new(self.mails_lag.clone()),
        ];
        own.into_iter().try_for_each(|collector| self.registry.register(collector))?;
        #[cfg(target_os = "linux")]
        self.registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        self.read(Kind::Gauge, "novashop_build_info", "The version of the program.", &[("version", env!("CARGO_PKG_VERSION"))], || 1.0)
    }

    /// A series that first appears with its first event shows no increase: those that alerts watch begin at zero.
    fn begin_at_zero(&self) {
        for code in ErrorCode::ALL {
            self.problems.with_label_values(&[code.code()]);
        }
        for outcome in ["placed", "replayed", ErrorCode::OutOfStock.code()] {
            self.orders.with_label_values(&[outcome]);
        }
        for outcome in ["ok", ErrorCode::InvalidCredentials.code()] {
            self.sign_ins.with_label_values(&[outcome]);
        }
    }

    /// Adds a number that somebody else keeps, such as the size of a cache: it is read whenever Prometheus asks.
    ///
    /// # Errors
    /// Where the name is no name, or taken with the same labels.
    pub fn read(&self, kind: Kind, name: &str, help: &str, labels: &[(&str, &str)], value: impl Fn() -> f64 + Send + Sync + 'static) -> Result<()> {
        let labels: HashMap<String, String> = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let desc = Desc::new(name.to_owned(), help.to_owned(), Vec::new(), labels)?;
        self.registry.register(Box::new(Read { desc, kind, value }))
    }

    /// The same, with those of another role of this process told beside them.
    #[must_use]
    pub fn beside(mut self, registry: Registry) -> Self {
        self.beside.push(registry);
        self
    }

    /// The pools of connections to the database.
    ///
    /// # Errors
    /// Where they are there already.
    pub fn read_pools(&self, ctx: &Context) -> Result<()> {
        for (index, (name, _)) in ctx.db.pools().into_iter().enumerate() {
            let pool = |read: fn(&novashop_db::Pool) -> u32| {
                let db = ctx.db.clone();
                move || db.pools().get(index).map_or(0.0, |(_, pool)| f64::from(read(pool)))
            };
            let labels = [("pool", name)];
            self.read(Kind::Gauge, "novashop_db_connections", "Open connections to the database.", &labels, pool(|p| p.open))?;
            self.read(Kind::Gauge, "novashop_db_connections_idle", "Those of them that nobody uses.", &labels, pool(|p| p.idle))?;
            self.read(Kind::Gauge, "novashop_db_connections_limit", "How many there can be.", &labels, pool(|p| p.limit))?;
        }
        Ok(())
    }

    /// What the read cache did and holds.
    ///
    /// # Errors
    /// Where it is there already.
    pub fn read_cache(&self, cache: &Cache) -> Result<()> {
        let told = |read: fn(&CacheStats) -> u64| {
            let cache = cache.clone();
            move || float(read(&cache.stats()))
        };
        let (kind, name, help) = (Kind::Counter, "novashop_cache_reads_total", "Reads of public answers, by how they were come by.");
        self.read(kind, name, help, &[("outcome", "hit")], told(|stats| stats.hits))?;
        self.read(kind, name, help, &[("outcome", "miss")], told(|stats| stats.misses))?;
        self.read(kind, name, help, &[("outcome", "coalesced")], told(|stats| stats.coalesced))?;
        self.read(kind, name, help, &[("outcome", "shared")], told(|stats| stats.shared_hits))?;
        self.read(kind, "novashop_cache_invalidations_total", "Events that made answers invalid.", &[], told(|stats| stats.invalidations))?;
        self.read(Kind::Gauge, "novashop_cache_entries", "Answers that are kept.", &[], told(|stats| stats.entries))?;
        self.read(Kind::Gauge, "novashop_cache_bytes", "What they take.", &[], told(|stats| stats.bytes))
    }

    /// How many sockets are open.
    ///
    /// # Errors
    /// Where it is there already.
    pub fn read_live(&self, live: &Live) -> Result<()> {
        let live = live.clone();
        let count = move || float(u64::try_from(live.sockets()).unwrap_or(u64::MAX));
        self.read(Kind::Gauge, "novashop_websockets", "Open WebSockets.", &[], count)
    }

    /// How the link to the other processes is.
    ///
    /// # Errors
    /// Where it is there already.
    pub fn read_link(&self, link: &Arc<Link>, hearing: &Arc<Hearing>) -> Result<()> {
        let told = |read: fn(&Pulse) -> u64| {
            let link = Arc::clone(link);
            move || float(read(&link.pulse()))
        };
        let hearing = Arc::clone(hearing);
        self.read(Kind::Gauge, "novashop_redis_up", "Whether Redis answers: 1 or 0.", &[], told(|pulse| u64::from(pulse.up)))?;
        let help = "Whether events of other processes come here: 1 or 0.";
        self.read(Kind::Gauge, "novashop_redis_hearing", help, &[], move || float(u64::from(hearing.is_up())))?;
        let help = "Commands that failed or came too late.";
        self.read(Kind::Counter, "novashop_redis_errors_total", help, &[], told(|pulse| pulse.errors))?;
        let help = "Events that this process gave to all.";
        self.read(Kind::Counter, "novashop_events_published_total", help, &[], told(|pulse| pulse.published))?;
        self.read(Kind::Counter, "novashop_events_heard_total", "Events that came by Redis, its own included.", &[], told(|pulse| pulse.heard))
    }

    /// A request begins.
    #[must_use]
    pub fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// A request ended.
    pub fn end(&self, ended: &Ended<'_>) {
        let method = known(ended.method);
        self.requests.with_label_values(&[method, ended.route, ended.status.as_str()]).inc();
        self.durations.with_label_values(&[method, ended.route]).observe(ended.elapsed.as_secs_f64());
        if let Some(code) = ended.refused {
            self.problems.with_label_values(&[code.code()]).inc();
            if code == ErrorCode::OutOfStock {
                self.stock_conflicts.inc();
            }
        }
        if *ended.method == Method::POST {
            let outcome = |well: &'static str| ended.refused.map_or(well, ErrorCode::code);
            match ended.route {
                "/api/v1/orders" => self.orders.with_label_values(&[outcome(if ended.replayed { "replayed" } else { "placed" })]).inc(),
                "/api/v1/auth/login" => self.sign_ins.with_label_values(&[outcome("ok")]).inc(),
                _ => {}
            }
        }
    }

    /// Every number, in Prometheus' text format 0.0.4.
    ///
    /// # Errors
    /// Where a number cannot be written: a defect.
    pub async fn text(&self, ctx: &Context, watch: &Watch) -> Result<String> {
        let vitals = watch.look(ctx).await;
        // What cannot be read stays as it was last seen: an outage must not look like an empty outbox and end the alert.
        if let Some(backlog) = vitals.backlog {
            self.outbox.with_label_values(&["waiting"]).set(backlog.waiting);
            self.outbox.with_label_values(&["failing"]).set(backlog.failing);
            self.outbox_lag.set(vitals.lag_seconds(ctx.now()));
        }
        if vitals.jobs.is_some() {
            for status in [JobStatus::Queued, JobStatus::Running, JobStatus::Dead] {
                self.jobs.with_label_values(&[status.as_str()]).set(vitals.jobs_count(status));
            }
            self.jobs_lag.set(vitals.jobs_lag_seconds(ctx.now()));
        }
        if let Some(mails) = vitals.mails {
            self.mails.set(mails.mails);
            self.mails_lag.set(waited_seconds(mails.oldest, ctx.now()));
        }
        let mut families = self.registry.gather();
        families.extend(self.beside.iter().flat_map(Registry::gather));
        TextEncoder::new().encode_to_string(&families)
    }
}

/// A method's label. Anybody may send any word as a method, so the others share one.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => method.as_str(),
        _ => "OTHER",
    }
}

/// What kind of number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One that goes up and down.
    Gauge,
    /// One that only grows; its name ends in `_total`.
    Counter,
}

struct Read<F> {
    desc: Desc,
    kind: Kind,
    value: F,
}

impl<F: Fn() -> f64 + Send + Sync> Collector for Read<F> {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.desc]
    }

    fn collect(&self) -> Vec<proto::MetricFamily> {
        let mut metric = proto::Metric::default();
        metric.set_label(self.desc.const_label_pairs.clone());
        let mut family = proto::MetricFamily::default();
        match self.kind {
            Kind::Gauge => {
                family.set_field_type(proto::MetricType::GAUGE);
                let mut gauge = proto::Gauge::default();
                gauge.set_value((self.value)());
                metric.set_gauge(gauge);
            }
            Kind::Counter => {
                family.set_field_type(proto::MetricType::COUNTER);
                let mut counter = proto::Counter::default();
                counter.set_value((self.value)());
                metric.set_counter(counter);
            }
        }
        family.set_name(self.desc.fq_name.clone());
        family.set_help(self.desc.help.clone());
        family.set_metric(vec![metric]);
        vec![family]
    }
}

/// What the application of the metrics needs.
#[derive(Debug, Clone)]
pub struct Told {
    /// The shop.
    pub ctx: web::Data<Context>,
    /// The counters.
    pub metrics: Metrics,
    /// How the parts are.
    pub watch: Arc<Watch>,
}

/// The application for the metrics' own port: `GET /metrics`, `GET /healthz`, which asks nobody, and nothing of the shop.
pub fn build(
    told: Told,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = actix_web::Error, InitError = ()>> {
    App::new().app_data(web::Data::new(told)).route("/metrics", web::get().to(metrics)).route("/healthz", web::get().to(routes::health::alive))
}

async fn metrics(told: web::Data<Told>) -> HttpResponse {
    match told.metrics.text(&told.ctx, &told.watch).await {
        Ok(text) => HttpResponse::Ok().content_type(TEXT_FORMAT).body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
