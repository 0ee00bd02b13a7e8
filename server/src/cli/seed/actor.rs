//! A person of the demo who works over the API: documents go through the schema as requests do, with the person's own roles.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use async_graphql::{Request, Variables};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::file::FilePurpose;
use crate::graphql::request::RequestMeta;
use crate::graphql::{AppSchema, context};
use crate::services::session::{Admission, Asking};
use crate::services::{file, maintenance, session};

/// Somebody who does things.
pub struct Somebody {
    app: Arc<App>,
    schema: AppSchema,
    viewer: crate::auth::viewer::Viewer,
}

impl Somebody {
    /// The person with that account, acting for their first organisation.
    pub async fn find(app: &Arc<App>, schema: &AppSchema, email: &'static str) -> anyhow::Result<Self> {
        let found = app
            .store
            .read(move |conn| session::console_viewer(conn, email, None))
            .await?;
        let (_, viewer) = found.with_context(|| format!("there is no {email}"))?;
        Ok(Self {
            app: Arc::clone(app),
            schema: schema.clone(),
            viewer,
        })
    }

    /// The same person inside a remote maintenance that they were granted.
    pub async fn enter(&self, id: &str) -> anyhow::Result<Self> {
        let (id, viewer) = (id.parse()?, self.viewer.clone());
        let asking = Asking {
            locale: viewer.locale,
            request_id: "seed".to_owned(),
        };
        let begun = self
            .app
            .store
            .write(viewer.actor(), move |tx| {
                maintenance::enter(tx, &viewer, &id, chrono::Duration::minutes(10))
            })
            .await?;
        let now = self.app.store.now();
        let admitted = self
            .app
            .store
            .read(move |conn| session::viewer(conn, &begun, &asking, now))
            .await?;
        let Admission::Admitted(viewer) = admitted else {
            bail!("the maintenance does not let the developer in: {admitted:?}");
        };
        Ok(Self {
            app: Arc::clone(&self.app),
            schema: self.schema.clone(),
            viewer,
        })
    }

    /// Sends a document; its data.
    pub async fn ask(&self, document: &str, variables: Value) -> anyhow::Result<Value> {
        let mut data = context::data_of(&self.app, Some(self.viewer.clone()));
        data.insert(RequestMeta {
            request_id: "seed".to_owned(),
            client_address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            accept_language: None,
            refresh_cookie: None,
            bearer: None,
            // People of the story sit at browsers: who visits a promotion link counts.
            user_agent: Some("Mozilla/5.0 (X11; Linux x86_64)".to_owned()),
            prefetch: false,
        });
        let mut request = Request::new(document).variables(Variables::from_json(variables));
        request.data = data;
        let response = self.schema.execute(request).await;
        ensure!(response.errors.is_empty(), "{document}: {:?}", response.errors);
        Ok(response.data.into_json()?)
    }

    /// Does one mutation that must succeed; the fields asked for of its result. `input` names its type: `ProjectActionInput`.
    pub async fn act(&self, name: &str, input: &str, value: Value, on_success: &str) -> anyhow::Result<Value> {
        let document = format!(
            "mutation Act($input: {input}!) {{ {name}(input: $input) {{ __typename {on_success} \
             ... on UserError {{ code message }} ... on ValidationFailed {{ issues {{ path message }} }} }} }}"
        );
        let mut data = self.ask(&document, json!({ "input": value })).await?;
        let result = data[name].take();
        if result["code"].is_string() {
            bail!("{name} was refused: {result}");
        }
        Ok(result)
    }

    /// Uploads a file; its id.
    pub async fn upload(&self, purpose: FilePurpose, name: &'static str, bytes: Vec<u8>) -> anyhow::Result<String> {
        let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from(bytes))]);
        let stored = self.app.files.put(purpose, stream).await?;
        let viewer = self.viewer.clone();
        let kept = self
            .app
            .store
            .write(viewer.actor(), move |tx| {
                file::keep(tx, &viewer, purpose, name, &stored)
            })
            .await?;
        Ok(kept.id.to_string())
    }

    /// Asks again after everything that happens in the store until the answer is complete; 60 seconds at most.
    pub async fn wait(
        &self,
        document: &str,
        variables: Value,
        complete: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let mut signals = self.app.store.signals();
        let all = async {
            loop {
                let data = self.ask(document, variables.clone()).await?;
                if complete(&data) {
                    return Ok(data);
                }
                // Whatever was committed, it is worth another look.
                let _ = tokio::time::timeout(std::time::Duration::from_secs(1), signals.recv()).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), all)
            .await
            .context("a job of the demo does not end")?
    }
}
