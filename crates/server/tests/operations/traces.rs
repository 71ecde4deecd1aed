//! Traces go where the standard variables say, with nothing of a person in them, and a collector that is away harms nobody.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::any_value::Value,
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use prost::Message as _;

use super::{PATIENCE, Shop, until};

/// A request: its head and its body.
type Got = (String, Vec<u8>);

/// A collector on a port of this machine: every request it got.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Got>>>);

impl Collector {
    fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self::default();
        let heard = collector.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let heard = heard.clone();
                std::thread::spawn(move || heard.hear(connection));
            }
        });
        (collector, address)
    }

    fn hear(&self, mut connection: TcpStream) {
        let mut got = Vec::new();
        let mut part = [0; 16 * 1024];
        loop {
            if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&got[..end]).to_lowercase();
                let length: usize = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
                if got.len() >= end + 4 + length {
                    self.0.lock().unwrap().push((head, got[end + 4..end + 4 + length].to_vec()));
                    got.drain(..end + 4 + length);
                    connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n").unwrap();
                    continue;
                }
            }
            match connection.read(&mut part) {
                Ok(count) if count > 0 => got.extend_from_slice(&part[..count]),
                _ => return,
            }
        }
    }

    /// Every span it got, with the names and texts of what each was sent by.
    fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        for (head, body) in self.0.lock().unwrap().iter() {
            assert!(head.starts_with("post /v1/traces ") && head.contains("content-type: application/x-protobuf"), "{head}");
            let request = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
            for resource in request.resource_spans {
                let attributes = resource.resource.unwrap().attributes;
                assert!(
                    attributes.iter().any(|a| a.key == "service.name" && text(a.value.as_ref().unwrap().value.as_ref()) == "the-shop"),
                    "{attributes:?}"
                );
                spans.extend(resource.scope_spans.into_iter().flat_map(|scope| scope.spans));
            }
        }
        spans
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("neither text nor number: {other:?}"),
    }
}

fn attributes(span: &Span) -> Vec<(String, String)> {
    let mut all: Vec<_> = span.attributes.iter().map(|a| (a.key.clone(), text(a.value.as_ref().and_then(|value| value.value.as_ref())))).collect();
    all.sort();
    all
}

#[test]
fn every_request_is_a_span_under_the_ids_of_the_log_and_tells_nothing_of_a_person() {
    let (collector, address) = Collector::start();
    let mut shop = Shop::open(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &address),
        ("OTEL_SERVICE_NAME", "the-shop"),
        ("LOG_FORMAT", "json"),
        // What the log hides is told all the same.
        ("RUST_LOG", "warn"),
    ]);
    let parent = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nUser-Agent: browser-of-maya\r\nX-Request-Id: of-maya\r\n";
    assert_eq!(shop.ask("GET", "/api/v1/products?q=Lindqvist", parent, "").0, 200);
    let wrong = r#"{"login": "maya.lindqvist@example.com", "password": "another secret word"}"#;
    assert_eq!(shop.ask("POST", "/api/v1/auth/login", "", wrong).0, 401);
    // Who sent this one keeps no trace of it.
    assert_eq!(shop.ask("GET", "/healthz", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\n", "").0, 200);
    shop.signal("TERM");
    assert_eq!(shop.wait().code(), Some(0));

    // Not even five seconds passed, after which a batch would have gone out by itself: the end sent what was left.
    let spans = collector.spans();
    let list = spans.iter().find(|span| span.name == "GET /api/v1/products").unwrap_or_else(|| panic!("no such span: {spans:?}"));
    assert_eq!(list.trace_id, 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes());
    assert_eq!(list.parent_span_id, 0x00f0_67aa_0ba9_02b7_u64.to_be_bytes());
    assert!(list.kind() == SpanKind::Server && list.end_time_unix_nano > list.start_time_unix_nano);
    let told = |list: &[(&str, &str)]| list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>();
    assert_eq!(attributes(list), told(&[("http.request.method", "GET"), ("http.response.status_code", "200"), ("http.route", "/api/v1/products")]));
    let login = spans.iter().find(|span| span.name == "POST /api/v1/auth/login").unwrap();
    assert!(login.parent_span_id.is_empty() && login.trace_id != list.trace_id && login.trace_id != [0; 16] && login.span_id != [0; 8]);
    assert_eq!(
        attributes(login),
        told(&[
            ("http.request.method", "POST"),
            ("http.response.status_code", "401"),
            ("http.route", "/api/v1/auth/login"),
            ("novashop.problem", "invalid_credentials")
        ])
    );
    // It is the client's mistake, not ours.
    assert_ne!(login.status.clone().unwrap_or_default().code(), StatusCode::Error);
    assert!(!spans.iter().any(|span| span.name == "GET /healthz"), "{spans:?}");
    let sent =
        format!("{:?}", collector.0.lock().unwrap().iter().map(|(head, body)| head.clone() + &String::from_utf8_lossy(body)).collect::<Vec<_>>());
    for word in ["Lindqvist", "lindqvist", "maya", "secret", "q=L", "127.0.0.1"] {
        assert!(!sent.replace(&address.replace("http://", ""), "").contains(word), "the traces tell {word:?}: {sent}");
    }
}

#[test]
fn a_collector_that_is_away_or_silent_harms_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for address in [away, silent.local_addr().unwrap()] {
        let endpoint = format!("http://{address}");
        let mut shop = Shop::open(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("OTEL_BSP_SCHEDULE_DELAY", "100")]);
        for _ in 0..50 {
            assert_eq!(shop.ask("GET", "/api/v1/products", "", "").0, 200);
        }
        if address == away {
            until("it says so", || shop.log().contains("traces cannot be sent"));
        }
        let asked = Instant::now();
        shop.signal("TERM");
        assert_eq!(shop.wait().code(), Some(0));
        assert!(asked.elapsed() < PATIENCE, "it took {:?}", asked.elapsed());
        assert!(shop.log().matches("traces cannot be sent").count() <= 1, "told once: {}", shop.log());
        assert!(asked.elapsed() < Duration::from_secs(5), "it took {:?}", asked.elapsed());
    }
}
