//! What resolvers say to their context: who is asking, run this read, run this write. A resolver never names the data
//! behind it.

use std::str::FromStr;
use std::sync::Arc;

use async_graphql::{Context, Data, Error, ErrorExtensions, ID, Result};

use super::fault::fault;
use super::loaders;
use super::request::RequestMeta;
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::idempotency::IdempotencyKey;
use crate::store::page::PageRequest;
use crate::store::{self, Actor, Tx};

/// Short words for resolvers.
pub trait Ask {
    /// What the process was given at start.
    fn app(&self) -> &Arc<App>;

    /// What is known of the request.
    fn meta(&self) -> &RequestMeta;

    /// The language of texts: the person's own, else what the request prefers.
    fn locale(&self) -> Locale;

    /// Who is asking, if somebody is signed in.
    fn viewer_if_any(&self) -> Option<&Viewer>;

    /// Who is asking; nobody is UNAUTHENTICATED.
    fn viewer(&self) -> Result<Viewer>;

    /// The page that the four arguments of a list ask for.
    fn page(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<PageRequest>;
}

impl Ask for Context<'_> {
    fn app(&self) -> &Arc<App> {
        self.data_unchecked()
    }

    fn meta(&self) -> &RequestMeta {
        self.data_unchecked()
    }

    fn locale(&self) -> Locale {
        match (self.viewer_if_any(), &self.meta().accept_language) {
            (Some(viewer), _) => viewer.locale,
            (None, Some(header)) => Locale::from_accept_language(header),
            (None, None) => Locale::default(),
        }
    }

    fn viewer_if_any(&self) -> Option<&Viewer> {
        self.data_opt()
    }

    fn viewer(&self) -> Result<Viewer> {
        self.viewer_if_any()
            .cloned()
            .ok_or_else(|| unauthenticated(self.locale()))
    }

    fn page(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<PageRequest> {
        PageRequest::parse(first, after.as_deref(), last, before.as_deref())
            .map_err(|refusal| query_error(refusal.into(), self.locale()))
    }
}

/// What resolvers find in a request of the viewer, or of nobody: the application, the viewer, and loaders of its own.
pub fn data_of(app: &Arc<App>, viewer: Option<Viewer>) -> Data {
    let mut data = Data::default();
    data.insert(Arc::clone(app));
    loaders::insert(&mut data, &app.store);
    if let Some(viewer) = viewer {
        loaders::insert_seen(&mut data, &app.store, &Arc::new(viewer.clone()));
        data.insert(viewer);
    }
    data
}

/// The error that nobody is signed in: no result of the schema, since it says nothing about the object asked for.
pub fn unauthenticated(locale: Locale) -> Error {
    Error::new(Code::Unauthenticated.text(locale)).extend_with(|_, values| {
        values.set("code", Code::Unauthenticated.as_str());
        values.set("nextStep", Code::Unauthenticated.next_step(locale));
    })
}

/// Runs a read of the signed-in viewer. A refusal in a query becomes a GraphQL error with its code; lists and
/// look-ups have no result union.
pub async fn read<T: Send + 'static>(
    ctx: &Context<'_>,
    work: impl FnOnce(&mut Conn, &Viewer) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    let viewer = ctx.viewer()?;
    let done = ctx.app().store.read(move |conn| work(conn, &viewer)).await;
    done.map_err(|error| query_error(error, ctx.locale()))
}

/// Runs a read that is open to visitors as well: of the viewer, if somebody is signed in.
pub async fn read_publicly<T: Send + 'static>(
    ctx: &Context<'_>,
    work: impl FnOnce(&mut Conn, Option<&Viewer>) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    let viewer = ctx.viewer_if_any().cloned();
    let done = ctx.app().store.read(move |conn| work(conn, viewer.as_ref())).await;
    done.map_err(|error| query_error(error, ctx.locale()))
}

/// Runs a read whose refusal is a result of the schema.
pub async fn try_read<T: Send + 'static>(
    ctx: &Context<'_>,
    work: impl FnOnce(&mut Conn, &Viewer) -> store::Result<T> + Send + 'static,
) -> Result<store::Result<T>> {
    let viewer = ctx.viewer()?;
    Ok(ctx.app().store.read(move |conn| work(conn, &viewer)).await)
}

/// Runs a use case of the signed-in viewer in one transaction.
pub async fn write<T: Send + 'static>(
    ctx: &Context<'_>,
    work: impl Fn(&mut Tx<'_>, &Viewer) -> store::Result<T> + Send + 'static,
) -> Result<store::Result<T>> {
    let viewer = ctx.viewer()?;
    Ok(ctx.app().store.write(viewer.actor(), move |tx| work(tx, &viewer)).await)
}

/// Runs a use case of one role on the object that the input names, in one transaction. Whoever has not the role is told so before
/// whether the object exists; what is no id names none.
pub async fn change<I: FromStr + Send + 'static, S, T: Send + 'static>(
    ctx: &Context<'_>,
    id: &ID,
    role: impl Fn(&Viewer) -> std::result::Result<S, Refusal> + Send + 'static,
    work: impl Fn(&mut Tx<'_>, &Viewer, &I) -> store::Result<T> + Send + 'static,
) -> Result<store::Result<T>> {
    let id = id.parse::<I>().ok();
    write(ctx, move |tx, viewer| {
        role(viewer)?;
        let id = id.as_ref().ok_or_else(Refusal::not_found)?;
        work(tx, viewer, id)
    })
    .await
}

/// Runs a use case that creates something, at most once per idempotency key (P8): `make` makes it, `load` reads what the
/// key made before by its id.
pub async fn write_once<T: Send + 'static>(
    ctx: &Context<'_>,
    key: Option<IdempotencyKey>,
    make: impl Fn(&mut Tx<'_>, &Viewer) -> store::Result<(String, T)> + Send + 'static,
    load: impl Fn(&mut Conn, &Viewer, &str) -> store::Result<T> + Copy + Send + 'static,
) -> Result<store::Result<T>> {
    let viewer = ctx.viewer()?;
    let store = &ctx.app().store;
    let Some(key) = key else {
        return Ok(store
            .write(viewer.actor(), move |tx| make(tx, &viewer).map(|(_, made)| made))
            .await);
    };
    // Most repeats come when the first is long done: they need no write transaction.
    let (known, asked, now) = (key.clone(), viewer.clone(), store.now());
    let before = store.read(move |conn| match known.find(conn, &asked, now)? {
        Some(id) => load(conn, &asked, &id).map(Some),
        None => Ok(None),
    });
    match before.await {
        Ok(Some(made)) => return Ok(Ok(made)),
        Ok(None) => {}
        Err(error) => return Ok(Err(error)),
    }
    let written = store.write(viewer.actor(), move |tx| {
        if let Some(id) = key.find(tx.conn, &viewer, tx.now)? {
            return load(tx.conn, &viewer, &id);
        }
        let (id, made) = make(tx, &viewer)?;
        key.keep(tx, &viewer, &id)?;
        Ok(made)
    });
    Ok(written.await)
}

/// The key of a mutation that creates, tied to its name and input.
pub fn idempotency_key<I: serde::Serialize>(
    key: Option<String>,
    operation: &str,
    input: &I,
) -> store::Result<Option<IdempotencyKey>> {
    key.map(|key| IdempotencyKey::new(&key, operation, input)).transpose()
}

/// The system as the actor of a write that no person asked for, such as a sign-in that does not exist yet.
pub fn system_actor(ctx: &Context<'_>) -> Actor {
    Actor {
        request_id: ctx.meta().request_id.clone(),
        ..Actor::default()
    }
}

/// A refusal or fault of a query as a GraphQL error.
pub fn query_error(error: store::Error, locale: Locale) -> Error {
    match error {
        store::Error::Refused(refusal) => Error::new(one_message(&refusal, locale)).extend_with(|_, values| {
            values.set("code", refusal.code().as_str());
            values.set("nextStep", refusal.next_step(locale));
            values.set("path", refusal.path().to_vec());
        }),
        store::Error::Fault(error) => fault(error),
    }
}

/// What is wrong with the one argument that is, else what the refusal says as a whole.
fn one_message(refusal: &Refusal, locale: Locale) -> String {
    match refusal.issues() {
        [issue] => issue.message(locale),
        _ => refusal.message(locale),
    }
}
