//! In which language a text is wanted here and now.

use std::{
    cell::Cell,
    pin::Pin,
    sync::OnceLock,
    task::{Context, Poll},
};

use crate::Language;

thread_local! {
    static WITHIN: Cell<Option<Language>> = const { Cell::new(None) };
}

static HOOK: OnceLock<fn() -> Option<Language>> = OnceLock::new();

/// Says where the language of a request is to be found. Once, at the start.
pub fn set_hook(find: fn() -> Option<Language>) {
    HOOK.get_or_init(|| find);
}

/// The language of whoever is being answered; English where nobody is.
#[must_use]
pub fn current() -> Language {
    #[cfg(target_arch = "wasm32")]
    return crate::bundle::installed();
    #[cfg(not(target_arch = "wasm32"))]
    WITHIN.get().or_else(|| HOOK.get().and_then(|find| find())).unwrap_or_default()
}

/// Puts back what was there, even in a panic.
struct Restore(Option<Language>);

impl Restore {
    fn after(language: Language) -> Self {
        Self(WITHIN.replace(Some(language)))
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        WITHIN.set(self.0);
    }
}

/// Everything that is said meanwhile on this thread is said in this language. A thread of its own knows of no request: it is told so.
pub fn within_sync<T>(language: Language, say: impl FnOnce() -> T) -> T {
    let _restore = Restore::after(language);
    say()
}

/// Everything that a future says is said in this language: mail, and what background work leaves behind.
pub fn within<F: Future>(language: Language, future: F) -> Within<F> {
    Within { language, future: Box::pin(future) }
}

/// See [`within`].
pub struct Within<F> {
    language: Language,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Within<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let _restore = Restore::after(self.language);
        self.future.as_mut().poll(cx)
    }
}
