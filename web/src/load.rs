//! Data of a page: asked for when the page opens and whenever what it depends on changes, shown as a skeleton, then as
//! itself, then as it was while newer data comes. A lost connection is asked again when it is back.
//!
//! The machinery holds values of any type behind one pointer, so that the module carries it once and not once a page.

use std::{any::Any, cell::Cell, future::Future, marker::PhantomData, pin::Pin, rc::Rc, sync::Arc};

use leptos::prelude::*;

use crate::{
    api::{Problem, connection, notification::Inbox},
    browser,
    components::{
        alert::{ProblemPanel, problem_title},
        dynamic::dynamic,
        layout::screen_reader_heading,
        skeleton::Skeleton,
    },
    inbox,
};

/// What a page has of its data.
#[derive(Clone, Debug, PartialEq)]
pub enum State<T> {
    Waiting,
    Ready(T),
    Failed(Problem),
}

type Value = Arc<dyn Any + Send + Sync>;
type Answer = Result<Value, Problem>;
type View = Box<dyn Fn(Value) -> AnyView + Send>;
type Source = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Answer>>>>;

/// The state of data of any type, and the bell that asks for it again.
#[derive(Clone, Copy)]
struct Held {
    state: RwSignal<State<Value>>,
    again: RwSignal<u32>,
}

/// Data under way or here. Copies are handles of the same data.
pub struct Loaded<T: Send + Sync + 'static> {
    held: Held,
    of: PhantomData<fn() -> T>,
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
    let source: Source = Box::new(move || {
        let answer = source();
        Box::pin(async move { answer.await.map(|value| Arc::new(value) as Value) })
    });
    Loaded {
        held: hold(source),
        of: PhantomData,
    }
}

fn hold(source: Source) -> Held {
    let held = Held {
        state: RwSignal::new(State::Waiting),
        again: RwSignal::new(0),
    };
    let newest = Rc::new(Cell::new(0u32));
    Effect::new(move |_| {
        held.again.track();
        let answer = source();
        let newest = newest.clone();
        let mine = newest.get() + 1;
        newest.set(mine);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = answer.await;
            // Answers may overtake each other; only the latest question counts. The page may also be gone.
            if newest.get() == mine {
                held.settle(answer);
            }
        });
    });
    held.reload_when_back();
    held
}

impl Held {
    fn settle(self, answer: Answer) {
        let is_here = |state: &State<Value>| matches!(state, State::Ready(_));
        let lost_but_here =
            matches!(answer, Err(Problem::Lost)) && self.state.try_with_untracked(is_here).unwrap_or(true);
        // What was read before stays on the screen while the connection is lost; the banner says so.
        if !lost_but_here {
            let _ = self.state.try_set(match answer {
                Ok(value) => State::Ready(value),
                Err(problem) => State::Failed(problem),
            });
        }
    }

    fn reload_when_back(self) {
        Effect::new(move |was_lost: Option<bool>| {
            let lost = connection::is_lost();
            let failed = |state: &State<Value>| matches!(state, State::Failed(Problem::Lost));
            if was_lost == Some(true) && !lost && self.state.with_untracked(failed) {
                self.reload();
            }
            lost
        });
    }

    fn reload(self) {
        let _ = self.again.try_update(|count| *count += 1);
    }

    fn reload_while(self, milliseconds: u32, wanted: Box<dyn Fn(&Value) -> bool>) {
        browser::after(milliseconds, move || {
            let asks = self.state.try_with_untracked(|state| match state {
                State::Ready(value) => wanted(value),
                _ => false,
            });
            let Some(asks) = asks else { return };
            let seen = browser::document().is_none_or(|document| !document.hidden());
            if asks && seen {
                self.reload();
            }
            self.reload_while(milliseconds, wanted);
        });
    }

    fn reload_at_bell(self) {
        Effect::new(move |before: Option<Option<Inbox>>| {
            let now = inbox::now();
            // Learning what there is already is no ring.
            if let (Some(Some(before)), Some(now)) = (before, &now)
                && before.newest != now.newest
            {
                self.reload();
            }
            now
        });
    }

    fn show(self, state: Signal<State<Value>>, skeleton: Skeleton, view: View) -> AnyView {
        dynamic(move || match state.get() {
            State::Waiting => skeleton.view(),
            State::Ready(value) => view(value),
            State::Failed(problem) => {
                // A page whose heading comes with its data still has one.
                let heading = (skeleton == Skeleton::Page).then(|| screen_reader_heading(problem_title(&problem)));
                view! { {heading}<ProblemPanel problem=problem retry=Callback::new(move |()| self.reload()) /> }
                    .into_any()
            }
        })
    }
}

/// The value behind the pointer. It is of this type, since only `Loaded<T>` puts values there.
fn value_of<T: Clone + 'static>(value: &Value) -> Option<T> {
    value.downcast_ref::<T>().cloned()
}

impl<T: Clone + Send + Sync + 'static> Loaded<T> {
    /// Asks again; what is here stays until the answer comes.
    pub fn reload(&self) {
        self.held.reload();
    }

    /// Puts a newer value in place, for example what a mutation answered.
    pub fn set(&self, value: T) {
        let _ = self.held.state.try_set(State::Ready(Arc::new(value)));
    }

    /// The data, once here; views that read it follow it.
    pub fn get(&self) -> Option<T> {
        match self.held.state.get() {
            State::Ready(value) => value_of(&value),
            _ => None,
        }
    }

    /// The data, once here, read outside of a view and even after the page is gone.
    pub fn peek(&self) -> Option<T> {
        match self.held.state.try_get_untracked()? {
            State::Ready(value) => value_of(&value),
            _ => None,
        }
    }

    pub fn state(&self) -> State<T> {
        match self.held.state.get() {
            State::Waiting => State::Waiting,
            State::Ready(value) => value_of(&value).map_or(State::Waiting, State::Ready),
            State::Failed(problem) => State::Failed(problem),
        }
    }
}

/// Shows data in its three states.
pub fn show<T: Clone + Send + Sync + 'static>(
    loaded: Loaded<T>,
    skeleton: Skeleton,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    loaded.held.show(loaded.held.state.into(), skeleton, boxed(view))
}

fn boxed<T: Clone + 'static>(view: impl Fn(T) -> AnyView + Send + 'static) -> View {
    Box::new(move |value| value_of(&value).map_or_else(|| ().into_any(), &view))
}

/// As `show`, for data that is asked for again and again: what stayed the same is left alone on the screen, with its focus
/// and its open menus.
pub fn show_steadily<T: Clone + PartialEq + Send + Sync + 'static>(
    loaded: Loaded<T>,
    skeleton: Skeleton,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let held = loaded.held;
    let state = Memo::new_with_compare(move |_| held.state.get(), |earlier, now| differs::<T>(earlier, now));
    held.show(state.into(), skeleton, boxed(view))
}

/// Whether two states show something else.
fn differs<T: PartialEq + 'static>(earlier: Option<&State<Value>>, now: Option<&State<Value>>) -> bool {
    match (earlier, now) {
        (Some(State::Waiting), Some(State::Waiting)) => false,
        (Some(State::Ready(earlier)), Some(State::Ready(now))) => {
            earlier.downcast_ref::<T>() != now.downcast_ref::<T>()
        }
        (Some(State::Failed(earlier)), Some(State::Failed(now))) => earlier != now,
        _ => true,
    }
}

/// Asks again whenever the bell rings, since what it tells of often stands on the page; and every `milliseconds`, for what it
/// does not tell, while `wanted` says so of what is here, until the page is gone. A tab that nobody looks at asks nothing on its
/// own.
pub fn reload_while<T: Clone + Send + Sync + 'static>(
    loaded: Loaded<T>,
    milliseconds: u32,
    wanted: impl Fn(&T) -> bool + 'static,
) {
    loaded.held.reload_at_bell();
    loaded.held.reload_while(
        milliseconds,
        Box::new(move |value| value.downcast_ref::<T>().is_some_and(&wanted)),
    );
}
