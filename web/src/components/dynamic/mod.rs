//! Parts of a view that change. Boxed, so that the module carries the machinery of following signals once and not once for
//! every closure.

use std::sync::Arc;

use leptos::prelude::*;

/// Shows what `view` answers and follows the signals that it read: `{dynamic(move || …)}` instead of `{move || …}`.
pub fn dynamic<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}

/// The value of an attribute that is `true` at times and else absent, such as `aria-invalid`.
pub fn said(holds: impl Fn() -> bool + Send + Sync + 'static) -> Arc<dyn Fn() -> Option<&'static str> + Send + Sync> {
    Arc::new(move || holds().then_some("true"))
}

/// The value of an attribute that is a text at times and else absent, such as `aria-describedby`.
pub fn told(
    text: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> Arc<dyn Fn() -> Option<String> + Send + Sync> {
    Arc::new(text)
}
