//! Data of a page: asked for when the page opens and whenever what it depends on changes, shown as a skeleton, then as
//! itself, then as it was while newer data comes. A lost connection is asked again when it is back.

use std::{cell::Cell, future::Future, rc::Rc};

use leptos::prelude::*;

use crate::{
    api::{Problem, connection},
    browser,
    components::{alert::ProblemPanel, skeleton::Skeleton},
};

/// What a page has of its data.
#[derive(Clone, Debug, PartialEq)]
pub enum State<T> {
    Waiting,
    Ready(T),
    Failed(Problem),
}

/// Data under way or here. Copies are handles of the same data.
pub struct Loaded<T: Send + Sync + 'static> {
    state: RwSignal<State<T>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

/// Asks `source` now and again whenever a signal that it read has changed.
pub fn load<T, F>(source: impl Fn() -> F + 'static) -> Loaded<T>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + 'static,
{
    let state = RwSignal::new(State::Waiting);
    let again = RwSignal::new(0);
    let newest = Rc::new(Cell::new(0u32));
    Effect::new(move |_| {
        again.track();
        let answer = source();
        let newest = newest.clone();
        let mine = newest.get() + 1;
        newest.set(mine);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = answer.await;
            // Answers may overtake each other; only the latest question counts. The page may also be gone.
            if newest.get() == mine {
                settle(state, answer);
            }
        });
    });
    reload_when_back(state, again);
    Loaded { state, again }
}

fn settle<T: Send + Sync + 'static>(state: RwSignal<State<T>>, answer: Result<T, Problem>) {
    let lost_but_here = matches!(answer, Err(Problem::Lost))
        && state
            .try_with_untracked(|state| matches!(state, State::Ready(_)))
            .unwrap_or(true);
    // What was read before stays on the screen while the connection is lost; the banner says so.
    if !lost_but_here {
        let _ = state.try_set(match answer {
            Ok(value) => State::Ready(value),
            Err(problem) => State::Failed(problem),
        });
    }
}

fn reload_when_back<T: Send + Sync + 'static>(state: RwSignal<State<T>>, again: RwSignal<u32>) {
    Effect::new(move |was_lost: Option<bool>| {
        let lost = connection::is_lost();
        if was_lost == Some(true)
            && !lost
            && state.with_untracked(|state| matches!(state, State::Failed(Problem::Lost)))
        {
            again.update(|count| *count += 1);
        }
        lost
    });
}

impl<T: Clone + Send + Sync + 'static> Loaded<T> {
    /// Asks again; what is here stays until the answer comes.
    pub fn reload(&self) {
        let _ = self.again.try_update(|count| *count += 1);
    }

    /// Puts a newer value in place, for example what a mutation answered.
    pub fn set(&self, value: T) {
        let _ = self.state.try_set(State::Ready(value));
    }

    /// The data, once here; views that read it follow it.
    pub fn get(&self) -> Option<T> {
        match self.state.get() {
            State::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// The data, once here, read outside of a view and even after the page is gone.
    pub fn peek(&self) -> Option<T> {
        self.state.try_with_untracked(|state| match state {
            State::Ready(value) => Some(value.clone()),
            _ => None,
        })?
    }

    pub fn state(&self) -> State<T> {
        self.state.get()
    }
}

/// Shows data in its three states.
pub fn show<T: Clone + Send + Sync + 'static>(
    loaded: Loaded<T>,
    skeleton: Skeleton,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    (move || match loaded.state() {
        State::Waiting => skeleton.view(),
        State::Ready(value) => view(value),
        State::Failed(problem) => {
            view! { <ProblemPanel problem=problem retry=Callback::new(move |()| loaded.reload()) /> }.into_any()
        }
    })
    .into_any()
}

/// As `show`, for data that is asked for again and again: what stayed the same is left alone on the screen, with its focus
/// and its open menus.
pub fn show_steadily<T: Clone + PartialEq + Send + Sync + 'static>(
    loaded: Loaded<T>,
    skeleton: Skeleton,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let state = Memo::new(move |_| loaded.state());
    (move || match state.get() {
        State::Waiting => skeleton.view(),
        State::Ready(value) => view(value),
        State::Failed(problem) => {
            view! { <ProblemPanel problem=problem retry=Callback::new(move |()| loaded.reload()) /> }.into_any()
        }
    })
    .into_any()
}

/// Asks again every `milliseconds` while `wanted` says so of what is here, until the page is gone. A tab that nobody looks
/// at asks nothing.
pub fn reload_while<T: Clone + Send + Sync + 'static>(
    loaded: Loaded<T>,
    milliseconds: u32,
    wanted: impl Fn(&T) -> bool + 'static,
) {
    browser::after(milliseconds, move || {
        let asks = loaded.state.try_with_untracked(|state| match state {
            State::Ready(value) => wanted(value),
            _ => false,
        });
        let Some(asks) = asks else { return };
        let seen = browser::document().is_none_or(|document| !document.hidden());
        if asks && seen {
            loaded.reload();
        }
        reload_while(loaded, milliseconds, wanted);
    });
}
