//! The app's pages and server functions, each with the services in its context and a policy on its answer.

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list, handle_server_fns_with_context};
use nexsent_app::{App, server_ctx::Services, shell};
use nexsent_texts::Language;

use super::{Shared, security, session};

fn provide(services: &Services) {
    provide_context(services.clone());
    // What is said while the page streams is said outside of the request's future: the texts' hook finds it here.
    if let Some(language) = use_context::<axum::http::request::Parts>().and_then(|p| p.extensions.get::<Language>().copied()) {
        provide_context(language);
    }
}

/// Puts our policy, with this page's nonce, on the answer.
fn policy() {
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(value) = HeaderValue::from_str(&security::page_policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// Every page, rendered on the server.
pub fn routes(shared: &Shared) -> Router<Shared> {
    let services = shared.services.clone();
    let assets = shared.services.public.assets.clone();
    let context = move || {
        provide(&services);
        policy();
    };
    let missing = {
        let (context, assets) = (context.clone(), assets.clone());
        move |req: Request<Body>| {
            let (context, assets) = (context.clone(), assets.clone());
            async move {
                let mut res = leptos_axum::render_app_async_with_context(context, move || shell(&assets))(req).await.into_response();
                *res.status_mut() = axum::http::StatusCode::NOT_FOUND;
                res
            }
        }
    };
    Router::new()
        .leptos_routes_with_context(shared, generate_route_list(App), context, move || shell(&assets))
        .layer(middleware::from_fn_with_state(shared.clone(), session::viewer))
        .fallback(missing)
}

/// One server function.
pub async fn server_function(State(shared): State<Shared>, req: Request<Body>) -> Response {
    let services = shared.services.clone();
    handle_server_fns_with_context(move || provide(&services), req).await.into_response()
}
