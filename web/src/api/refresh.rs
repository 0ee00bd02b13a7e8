//! The one refresh that everybody waits for: exchanging the refresh cookie for a new access token. The cookie may be used only
//! once, so two refreshes never run at a time, and a page that is left in the middle of one costs nobody the session.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    Problem, connection,
    operation::{Answer, Outcome, bare, only_field},
    schema,
    select::Select,
    session::{self, Session, Viewer, keep},
    token, transport,
};
use crate::browser;

/// Since when a refresh is on its way. Found by a page that is alone, it was left by one that went away in the middle: the
/// answer, and with it the next cookie, may still be coming.
const UNDER_WAY: &str = "appshelf.refreshing";

/// Names the remote maintenance that this tab is in (D31). Its token is entered for anew with each refresh, since only the
/// person's own session has a cookie.
const MAINTENANCE: &str = "appshelf.maintenance";

/// How long such an answer is waited for.
const LEFT_BEHIND_MS: i64 = 3_000;

thread_local! {
    static REFRESHING: RefCell<Option<js_sys::Promise>> = const { RefCell::new(None) };
    static REFRESHED: RefCell<Option<Viewer>> = const { RefCell::new(None) };
    static ENDED: ArcTrigger = ArcTrigger::new();
    static LEFT: ArcTrigger = ArcTrigger::new();
}

/// Fires when a refresh was refused: the session is over.
pub fn ended() -> ArcTrigger {
    ENDED.with(Clone::clone)
}

/// Fires when the remote maintenance that this tab was in is over and the person is themselves again.
pub fn left() -> ArcTrigger {
    LEFT.with(Clone::clone)
}

/// Who was here after the last refresh.
pub fn refreshed() -> Option<Viewer> {
    REFRESHED.with_borrow(Clone::clone)
}

pub(super) fn remember_maintenance(id: &str) {
    browser::keep(MAINTENANCE, Some(id));
}

pub(super) fn forget_maintenance() {
    browser::keep(MAINTENANCE, None);
}

/// Leaves the remote maintenance that this tab is in: the person's own session again.
pub async fn leave() -> Result<Viewer, Problem> {
    let inside = browser::kept(MAINTENANCE);
    forget_maintenance();
    let answer = refresh().await;
    if matches!(answer, Err(Problem::Lost)) {
        browser::keep(MAINTENANCE, inside.as_deref());
    }
    answer
}

/// Exchanges the refresh cookie for a new token. Whoever calls while one is under way waits for that one, in this tab and,
/// where the browser has locks, in its other tabs too: the cookie may be used only once.
pub async fn refresh() -> Result<Viewer, Problem> {
    let running = REFRESHING.with_borrow(Clone::clone);
    let promise = running.unwrap_or_else(|| {
        let promise = alone_among_tabs();
        REFRESHING.set(Some(promise.clone()));
        promise
    });
    let outcome = JsFuture::from(promise).await;
    REFRESHING.set(None);
    match (outcome, REFRESHED.with_borrow(Clone::clone)) {
        (Ok(_), Some(viewer)) => Ok(viewer),
        (Err(reason), _) if reason.as_string().as_deref() == Some("lost") => Err(Problem::Lost),
        _ => Err(Problem::SignedOut),
    }
}

fn alone_among_tabs() -> js_sys::Promise {
    let locks = browser::window()
        .map(|window| browser::property(&window.navigator(), "locks"))
        .unwrap_or(JsValue::UNDEFINED);
    let Ok(request) = browser::property(&locks, "request").dyn_into::<js_sys::Function>() else {
        return future_to_promise(exchange());
    };
    let task = Closure::once_into_js(|| future_to_promise(exchange()));
    let promise = request
        .call2(&locks, &"appshelf-refresh".into(), &task)
        .ok()
        .and_then(|value| value.dyn_into().ok());
    promise.unwrap_or_else(|| future_to_promise(exchange()))
}

/// Waits until the refresh of a page that went away has had the time to end. Nothing tells this page when it does: the
/// cookie is not for scripts to see.
async fn wait_for_one_left_behind() {
    let since = browser::stored(UNDER_WAY).and_then(|since| since.parse::<i64>().ok());
    let left = since.map_or(0, |since| since + LEFT_BEHIND_MS - now_ms());
    // A clock that was set back must not hold anybody up.
    if (1..=LEFT_BEHIND_MS).contains(&left) {
        gloo_timers::future::TimeoutFuture::new(u32::try_from(left).unwrap_or_default()).await;
    }
}

/// Whole milliseconds: reading and writing fractions would cost the first visit 20 KB.
#[allow(clippy::cast_possible_truncation)]
fn now_ms() -> i64 {
    browser::now_ms() as i64
}

async fn exchange() -> Result<JsValue, JsValue> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Mutation {
        refresh_session: Renewed,
    }
    type Renewed = Outcome<schema::RefreshSessionResult, Session>;
    wait_for_one_left_behind().await;
    browser::store(UNDER_WAY, Some(&now_ms().to_string()));
    // The cookie speaks for itself: a token that the server takes no longer would have it refused.
    token::expire();
    let answer = transport::send_to_the_end(&bare("mutation", "refresh_session", Renewed::select)).await;
    browser::store(UNDER_WAY, None);
    match answer.and_then(|data| Renewed::read(only_field(data)?)) {
        Ok(session) => {
            connection::note(false);
            go_on(keep(session)).await
        }
        Err(Problem::Lost) => {
            connection::note(true);
            Err("lost".into())
        }
        Err(_) => {
            token::clear();
            forget_maintenance();
            REFRESHED.set(None);
            ENDED.with(|ended| ended.notify());
            Err("ended".into())
        }
    }
}

/// What the tab goes on as: the person themselves or, inside a remote maintenance, in a session that is entered anew. Where
/// that is over, it is the person themselves, and who watches is told.
async fn go_on(own: Viewer) -> Result<JsValue, JsValue> {
    let Some(inside) = browser::kept(MAINTENANCE) else {
        REFRESHED.set(Some(own));
        return Ok(JsValue::TRUE);
    };
    match session::enter(cynic::Id::new(inside)).await {
        Ok(session) => REFRESHED.set(Some(keep(session))),
        Err(Problem::Lost) => {
            // The own token must not be taken for that of the maintenance.
            token::expire();
            connection::note(true);
            return Err("lost".into());
        }
        Err(_) => {
            forget_maintenance();
            REFRESHED.set(Some(own));
            LEFT.with(|left| left.notify());
        }
    }
    Ok(JsValue::TRUE)
}
