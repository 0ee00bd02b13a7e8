//! A part of a view that changes. Boxed, so that the module carries the machinery of following signals once and not once
//! for every closure.

use leptos::prelude::*;

/// Shows what `view` answers and follows the signals that it read: `{dynamic(move || …)}` instead of `{move || …}`.
pub fn dynamic<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}
