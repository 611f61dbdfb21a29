//! `/metrics` in Prometheus' text format, on a listener of its own: figures are not for the public.

use axum::{Router, routing::get};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// Serves the figures until the stop.
///
/// # Errors
/// When another recorder is already installed in this process.
pub fn serve(listener: TcpListener, stop: CancellationToken) -> Result<JoinHandle<()>, String> {
    let handle = PrometheusBuilder::new().install_recorder().map_err(|e| e.to_string())?;
    metrics::gauge!("nexsent_up").set(1.0);
    let app = Router::new().route("/metrics", get(move || std::future::ready(handle.render())));
    Ok(tokio::spawn(async move {
        let served = axum::serve(listener, app).with_graceful_shutdown(async move { stop.cancelled().await }).await;
        if let Err(error) = served {
            tracing::error!(%error, "the metrics listener ended");
        }
    }))
}
