//! Traces for operators, where the standard `OTEL_*` say where to: a span for each request to the API, under the ids that the log tells.
//! It has method, route, status and error code; nothing of whoever sent it, no address, no query.

use std::{
    cell::Cell,
    fmt,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, KeyValue,
    trace::{
        Span as _, SpanBuilder, SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId, TraceState, Tracer,
        TracerProvider as _,
    },
};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{IdGenerator, SdkTracer, SdkTracerProvider, SpanData, SpanExporter as Exporter},
};
use tracing::{
    Event, Id, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};
use tracing_subscriber::{Layer, filter::Targets, layer, registry::LookupSpan};

/// Where they go; standard, and off without it.
pub(crate) const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// The span of a request, and the line that tells how it ended (`crates/api/src/middleware/observe.rs`).
const REQUEST: &str = "novashop::request";
const ENDED: &str = "novashop::access";
/// What is left to tell when the process ends gets so long.
const LAST_SPANS: Duration = Duration::from_secs(1);

static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// What hands requests on, if somebody said where to. A bad setting keeps no shop closed, but whoever made it is told.
pub(crate) fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> Option<impl Layer<S>> {
    let set = |name: &str| std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    set(ENDPOINT)?;
    if set("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let exporter = match SpanExporter::builder().with_http().build() {
        Ok(exporter) => Watched { exporter, failing: AtomicBool::new(false) },
        Err(error) => {
            eprintln!("No traces are sent: {ENDPOINT} cannot be used ({error}).");
            return None;
        }
    };
    let resource = Resource::builder().with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    let named = set("OTEL_SERVICE_NAME").is_some() || set("OTEL_RESOURCE_ATTRIBUTES").is_some_and(|all| all.contains("service.name="));
    let resource = if named { resource } else { resource.with_service_name("novashop") };
    let provider = SdkTracerProvider::builder().with_id_generator(AsLogged).with_resource(resource.build()).with_batch_exporter(exporter).build();
    let tracer = PROVIDER.get_or_init(|| provider).tracer("novashop");
    // What `RUST_LOG` hides from the log is told here all the same.
    Some(Requests { tracer }.with_filter(Targets::new().with_target(REQUEST, tracing::Level::INFO).with_target(ENDED, tracing::Level::INFO)))
}

/// Sends what is left. A collector that does not answer keeps the process a second longer, no more.
pub(crate) fn finish() {
    if let Some(provider) = PROVIDER.get() {
        // Whether it worked was said by the exporter.
        let _told = provider.shutdown_with_timeout(LAST_SPANS);
    }
}

/// The exporter, telling the log once when it begins to fail and once when it works again. Spans that cannot be sent are lost.
struct Watched {
    exporter: SpanExporter,
    failing: AtomicBool,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

impl Exporter for Watched {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let sent = self.exporter.export(batch).await;
        match (&sent, self.failing.swap(sent.is_err(), Ordering::Relaxed)) {
            (Err(error), false) => tracing::warn!(%error, "traces cannot be sent; the shop goes on without"),
            (Ok(()), true) => tracing::info!("traces are sent again"),
            _ => {}
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

thread_local! {
    /// The ids of the span that this thread is about to make.
    static IDS: Cell<(u128, u64)> = const { Cell::new((0, 0)) };
}

/// The ids that the log told already.
#[derive(Debug)]
struct AsLogged;

impl IdGenerator for AsLogged {
    fn new_trace_id(&self) -> TraceId {
        TraceId::from(IDS.get().0)
    }

    fn new_span_id(&self) -> SpanId {
        SpanId::from(IDS.get().1)
    }
}

/// A request that is being answered, as far as it may be told.
#[derive(Debug)]
struct Request {
    started: SystemTime,
    trace_id: u128,
    span_id: u64,
    parent: Option<u64>,
    unsampled: bool,
    method: String,
    route: String,
    status: Option<u64>,
    problem: Option<String>,
}

impl Visit for Request {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "http.status" {
            self.status = Some(value);
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        if field.name() == "trace.unsampled" {
            self.unsampled = value;
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "http.method" => value.clone_into(&mut self.method),
            "http.route" => value.clone_into(&mut self.route),
            "problem" => self.problem = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let id = |text: String| u64::from_str_radix(&text, 16).ok();
        match field.name() {
            "trace.id" => self.trace_id = u128::from_str_radix(&format!("{value:?}"), 16).unwrap_or_default(),
            "span.id" => self.span_id = id(format!("{value:?}")).unwrap_or_default(),
            "trace.parent" => self.parent = id(format!("{value:?}")),
            _ => {}
        }
    }
}

/// Makes a span of each request when it is over.
struct Requests {
    tracer: SdkTracer,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Requests {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, ctx: layer::Context<'_, S>) {
        if attributes.metadata().target() != REQUEST {
            return;
        }
        let mut request = Request {
            started: now(),
            trace_id: 0,
            span_id: 0,
            parent: None,
            unsampled: false,
            method: String::new(),
            route: String::new(),
            status: None,
            problem: None,
        };
        attributes.record(&mut request);
        if let Some(span) = ctx.span(id) {
            span.extensions_mut().insert(request);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, ctx: layer::Context<'_, S>) {
        if let Some(span) = ctx.span(id)
            && let Some(request) = span.extensions_mut().get_mut::<Request>()
        {
            values.record(request);
        }
    }

    fn on_event(&self, event: &Event<'_>, ctx: layer::Context<'_, S>) {
        if event.metadata().target() == ENDED
            && let Some(span) = ctx.event_span(event)
            && let Some(request) = span.extensions_mut().get_mut::<Request>()
        {
            event.record(request);
        }
    }

    fn on_close(&self, id: Id, ctx: layer::Context<'_, S>) {
        let request = ctx.span(&id).and_then(|span| span.extensions_mut().remove::<Request>());
        if let Some(request) = request.filter(|request| request.trace_id != 0) {
            self.tell(request);
        }
    }
}

impl Requests {
    fn tell(&self, request: Request) {
        let mut attributes = vec![KeyValue::new("http.request.method", request.method.clone()), KeyValue::new("http.route", request.route.clone())];
        attributes
            .extend(request.status.and_then(|status| i64::try_from(status).ok()).map(|status| KeyValue::new("http.response.status_code", status)));
        attributes.extend(request.problem.map(|code| KeyValue::new("novashop.problem", code)));
        let failed = request.status.is_none_or(|status| status >= 500);
        let parent = request.parent.map(|parent| {
            let flags = if request.unsampled { TraceFlags::NOT_SAMPLED } else { TraceFlags::SAMPLED };
            let remote = SpanContext::new(TraceId::from(request.trace_id), SpanId::from(parent), flags, true, TraceState::NONE);
            Context::new().with_remote_span_context(remote)
        });
        let builder = SpanBuilder::from_name(format!("{} {}", request.method, request.route))
            .with_kind(SpanKind::Server)
            .with_start_time(request.started)
            .with_attributes(attributes);
        IDS.set((request.trace_id, request.span_id));
        let mut span = self.tracer.build_with_context(builder, &parent.unwrap_or_default());
        if failed {
            // Why is in the log, under the same ids.
            span.set_status(Status::error(""));
        }
        span.end_with_timestamp(now());
    }
}

#[expect(clippy::disallowed_methods, reason = "a span begins and ends by the machine's clock, to the microsecond")]
fn now() -> SystemTime {
    SystemTime::now()
}
