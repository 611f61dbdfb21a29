//! In which language somebody reads who is not signed in, and what happens when their account's is another one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nexsent_texts::{Language, current, t};

use crate::AppError;

/// Texts are loaded once a document: where an action let somebody in whose account has another language, the whole page comes anew.
pub(crate) fn anew<S>(action: ServerAction<S>)
where
    S: server_fn::ServerFn<Output = Option<String>, Error = AppError> + Send + Sync + Clone + 'static,
{
    Effect::new(move |_| {
        if let Some(Ok(Some(to))) = action.value().get() {
            drop(window().location().set_href(&to));
        }
    });
}

/// At the foot of pages that strangers see. A plain form: it works without JavaScript, and a GET would have to change nothing.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let at = use_location();
    let (path, query) = (at.pathname.get_untracked(), at.search.get_untracked());
    let back = if query.is_empty() { path } else { format!("{path}?{query}") };
    let choices = Language::ALL.into_iter().enumerate().map(|(i, l)| {
        view! {
            {(i > 0).then(|| view! { <span aria-hidden="true">"·"</span> })}
            <button type="submit" name="to" value=l.as_str() class="quiet" lang=l.as_str() aria-current=(l == current()).then_some("true")>{l.label()}</button>
        }
    });
    view! {
        <form class="languages" method="post" action="/language" aria-label=t!("accounts-language")>
            <input type="hidden" name="back" value=back />
            {choices.collect_view()}
        </form>
    }
}
