//! Live updates: one graphql-transport-ws connection a subscription, kept until the screen goes away. A lost connection
//! comes back by itself with growing pauses; a server without WebSockets is noticed so that the screen can ask instead.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::StoredValue;
use serde_json::Value;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::{
    Problem,
    operation::{Answer, only_field},
    refresh, token, transport,
};
use crate::browser;

/// What a subscription tells its screen.
#[derive(Debug)]
pub enum Update<T> {
    /// A new state.
    Value(T),
    /// The server has said everything.
    Complete,
    /// The connection is gone for now; ask by query until values come again.
    Interrupted,
}

/// A running subscription; it ends when this is dropped.
pub struct Live(Rc<RefCell<State>>);

impl Drop for Live {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.stopped = true;
        if let Some(socket) = state.socket.take() {
            let _ = socket.close();
        }
    }
}

/// Keeps a subscription for as long as the part of the screen that asked for it.
pub fn while_shown(live: Live) {
    StoredValue::new_local(live);
}

type Deliver = Rc<dyn Fn(Signal)>;

/// What the untyped half hands to the typed one.
enum Signal {
    Data(Value),
    Complete,
    Interrupted,
}

struct State {
    stopped: bool,
    /// Connections that ended since the last value.
    failures: u32,
    socket: Option<WebSocket>,
    /// Keeps the event handlers of the present socket alive.
    handlers: Vec<Box<dyn std::any::Any>>,
}

const LONGEST_PAUSE_MS: u32 = 15_000;

/// Subscribes with the body of an operation.
pub fn subscribe<A: Answer>(body: String, handle: impl Fn(Update<A::Value>) + 'static) -> Live {
    let deliver: Deliver = Rc::new(move |signal| match signal {
        Signal::Complete => handle(Update::Complete),
        Signal::Interrupted => handle(Update::Interrupted),
        Signal::Data(data) => match only_field(data).and_then(A::read) {
            Ok(value) => handle(Update::Value(value)),
            Err(_) => handle(Update::Interrupted),
        },
    });
    let state = Rc::new(RefCell::new(State {
        stopped: false,
        failures: 0,
        socket: None,
        handlers: Vec::new(),
    }));
    connect(state.clone(), Rc::from(body), deliver);
    Live(state)
}

fn connect(state: Rc<RefCell<State>>, body: Rc<str>, deliver: Deliver) {
    wasm_bindgen_futures::spawn_local(async move {
        if token::valid().is_none() && matches!(refresh::refresh().await, Err(Problem::SignedOut)) {
            return;
        }
        if state.borrow().stopped {
            return;
        }
        let url = format!("{}/graphql/ws", transport::base().replacen("http", "ws", 1));
        match WebSocket::new_with_str(&url, "graphql-transport-ws") {
            Ok(socket) => attach(&state, &socket, &body, &deliver),
            Err(_) => reconnect(&state, &body, &deliver),
        }
    });
}

fn attach(state: &Rc<RefCell<State>>, socket: &WebSocket, body: &Rc<str>, deliver: &Deliver) {
    let on_open = {
        let socket = socket.clone();
        Closure::<dyn FnMut()>::new(move || {
            let bearer = token::valid().unwrap_or_default();
            let _ = socket.send_with_str(&format!(
                r#"{{"type":"connection_init","payload":{{"authorization":"Bearer {bearer}"}}}}"#
            ));
        })
    };
    let on_message = {
        let (state, socket, body, deliver) = (state.clone(), socket.clone(), body.clone(), deliver.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                receive(&state, &socket, &body, &deliver, &text);
            }
        })
    };
    let on_close = {
        let (state, body, deliver) = (state.clone(), body.clone(), deliver.clone());
        Closure::<dyn FnMut(CloseEvent)>::new(move |_| reconnect(&state, &body, &deliver))
    };
    socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
    let mut state = state.borrow_mut();
    state.socket = Some(socket.clone());
    let old = std::mem::replace(
        &mut state.handlers,
        vec![Box::new(on_open), Box::new(on_message), Box::new(on_close)],
    );
    // The close handler that led here still runs: its closure is freed a turn later.
    browser::after(0, move || drop(old));
}

fn receive(state: &Rc<RefCell<State>>, socket: &WebSocket, body: &str, deliver: &Deliver, text: &str) {
    let Ok(mut message) = serde_json::from_str::<Value>(text) else {
        return;
    };
    match message.get("type").and_then(Value::as_str).unwrap_or_default() {
        "connection_ack" => drop(socket.send_with_str(&format!(r#"{{"id":"1","type":"subscribe","payload":{body}}}"#))),
        "ping" => drop(socket.send_with_str(r#"{"type":"pong"}"#)),
        "next" => {
            state.borrow_mut().failures = 0;
            let data = message.pointer_mut("/payload/data").map(Value::take);
            if let Some(data) = data.filter(Value::is_object) {
                deliver(Signal::Data(data));
            }
        }
        "complete" => {
            state.borrow_mut().stopped = true;
            let _ = socket.close();
            deliver(Signal::Complete);
        }
        "error" => {
            state.borrow_mut().stopped = true;
            let _ = socket.close();
            deliver(Signal::Interrupted);
        }
        _ => {}
    }
}

fn reconnect(state: &Rc<RefCell<State>>, body: &Rc<str>, deliver: &Deliver) {
    let pause = {
        let mut state = state.borrow_mut();
        if state.stopped {
            return;
        }
        state.socket = None;
        state.failures += 1;
        (500u32 << state.failures.min(5)).min(LONGEST_PAUSE_MS)
    };
    deliver(Signal::Interrupted);
    let (state, body, deliver) = (state.clone(), body.clone(), deliver.clone());
    browser::after(pause, move || {
        if !state.borrow().stopped {
            connect(state, body, deliver);
        }
    });
}
