//! `/livez`, `/readyz`, `/status`, `/metrics` and `/version`.
//!
//! Live means progress: the poll thread ticks, and no partition has work that waits without its offset moving. Ready
//! means that the group has given an assignment and the sketch log is read (or, with `dedup.unavailable = "pass"`, is not
//! waited for any longer).

mod health;
mod status;

pub use status::{PartitionStatus, SketchLogStatus, Status};

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::worker::Shared;

#[derive(Clone)]
struct App {
    worker: Arc<Shared>,
    limits: Limits,
}

/// What `/livez` allows.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time for which work may wait without its offset moving.
    pub stall: Duration,
    /// Longest time for which a rebalance may hold the poll thread.
    pub drain: Duration,
}

/// Serves until `end`; during a drain it still answers, `/readyz` with no.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    listener: TcpListener,
    worker: Arc<Shared>,
    limits: Limits,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/livez", get(livez))
        .route("/readyz", get(readyz))
        .route("/status", get(status))
        .route("/metrics", get(metrics))
        .route("/version", get(version))
        .with_state(App { worker, limits });
    axum::serve(listener, routes).with_graceful_shutdown(end).await
}

async fn livez(State(app): State<App>) -> Response {
    answer(health::live(&app.worker, app.limits))
}

async fn readyz(State(app): State<App>) -> Response {
    answer(health::ready(&app.worker))
}

async fn status(State(app): State<App>) -> Response {
    axum::Json(Status::of(&app.worker)).into_response()
}

async fn metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.worker.metrics.render()).into_response()
}

async fn version() -> Response {
    let (_, librdkafka) = rdkafka::util::get_rdkafka_version();
    axum::Json(serde_json::json!({
        "name": "copydesk",
        "version": crate::VERSION,
        "schemaVersion": crate::article::SCHEMA_VERSION,
        "sketchAlgorithm": crate::dedup::ALGORITHM,
        "librdkafka": librdkafka,
    }))
    .into_response()
}

fn answer(health: Result<String, String>) -> Response {
    match health {
        Ok(text) => (StatusCode::OK, text + "\n").into_response(),
        Err(text) => (StatusCode::SERVICE_UNAVAILABLE, text + "\n").into_response(),
    }
}
