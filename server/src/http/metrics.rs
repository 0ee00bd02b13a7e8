//! `/metrics` for Prometheus. Labels come from closed or bounded sets: routes, not paths; at most so many operation
//! names, which clients choose freely.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use async_graphql::parser::types::OperationType;
use prometheus::{Encoder, Gauge, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use super::Gateway;

/// How many operation names are told apart; the rest is "other".
const NAMES: usize = 200;
const SECONDS: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// Counters of this process.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    request_seconds: HistogramVec,
    operations: IntCounterVec,
    operation_seconds: HistogramVec,
    /// Sockets open now.
    pub(super) sockets: IntGauge,
    names: Mutex<HashSet<String>>,
}

impl Metrics {
    /// # Errors
    /// Two metrics of the same name; cannot happen with a registry of its own.
    pub fn new() -> prometheus::Result<Self> {
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("appshelf_http_requests_total", "Requests answered."),
                &["method", "route", "status"],
            )?,
            request_seconds: histogram(
                "appshelf_http_request_seconds",
                "Time to the answer's first byte.",
                "route",
            )?,
            operations: IntCounterVec::new(
                Opts::new("appshelf_graphql_operations_total", "GraphQL operations executed."),
                &["kind", "operation", "outcome"],
            )?,
            operation_seconds: histogram(
                "appshelf_graphql_operation_seconds",
                "Time to execute an operation.",
                "operation",
            )?,
            sockets: IntGauge::new("appshelf_sockets_open", "Sockets open now.")?,
            names: Mutex::new(HashSet::new()),
        };
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.request_seconds.clone()))?;
        metrics.registry.register(Box::new(metrics.operations.clone()))?;
        metrics.registry.register(Box::new(metrics.operation_seconds.clone()))?;
        metrics.registry.register(Box::new(metrics.sockets.clone()))?;
        Ok(metrics)
    }

    pub fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let method = match method {
            "GET" | "POST" | "PUT" | "HEAD" | "OPTIONS" | "DELETE" => method,
            _ => "other",
        };
        self.requests
            .with_label_values(&[method, route, &status.to_string()])
            .inc();
        self.request_seconds
            .with_label_values(&[route])
            .observe(took.as_secs_f64());
    }

    pub fn operation(&self, kind: OperationType, name: Option<&str>, fine: bool, took: Duration) {
        let name = self.bounded(name.unwrap_or("(unnamed)"));
        let outcome = if fine { "ok" } else { "errors" };
        self.operations
            .with_label_values(&[&kind.to_string(), &name, outcome])
            .inc();
        self.operation_seconds
            .with_label_values(&[&name])
            .observe(took.as_secs_f64());
    }

    fn bounded(&self, name: &str) -> String {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.contains(name) || (names.len() < NAMES && name.len() <= 64 && names.insert(name.to_owned())) {
            name.to_owned()
        } else {
            "other".to_owned()
        }
    }

    fn text(&self, gauges: Vec<super::Gauge>) -> prometheus::Result<Vec<u8>> {
        let registry = Registry::new();
        for gauge in gauges {
            let metric = Gauge::new(gauge.name, gauge.help)?;
            metric.set(gauge.value);
            registry.register(Box::new(metric))?;
        }
        let mut families = self.registry.gather();
        families.extend(registry.gather());
        let mut text = Vec::new();
        TextEncoder::new().encode(&families, &mut text)?;
        Ok(text)
    }
}

fn histogram(name: &str, help: &str, label: &str) -> prometheus::Result<HistogramVec> {
    HistogramVec::new(HistogramOpts::new(name, help).buckets(SECONDS.to_vec()), &[label])
}

pub async fn show(gateway: Data<Gateway>) -> HttpResponse {
    let mut gauges = gateway.probe.gauges();
    gauges.extend(resident_memory().map(|value| super::Gauge {
        name: "process_resident_memory_bytes",
        help: "Memory that the process holds.",
        value,
    }));
    match gateway.metrics.text(gauges) {
        Ok(text) => HttpResponse::Ok()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(text),
        Err(e) => {
            tracing::error!(error = %e, "metrics could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Bytes, where the operating system tells.
fn resident_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .trim()
        .parse::<f64>()
        .ok()
        .map(|kib| kib * 1024.0)
}
