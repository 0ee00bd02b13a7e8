//! The messages of a service request.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::loaders::FilesOf;
use crate::domain::order::OrderParty;
use crate::domain::service_request::ServiceMessageKind;
use crate::graphql::connection::connection;
use crate::graphql::file::File;
use crate::graphql::loaders;
use crate::graphql::session::types::User;
use crate::store::service_message;

connection! {
    /// Messages of a service request, oldest first.
    ServiceMessageConnection, ServiceMessageEdge, ServiceMessage
}

/// What somebody wrote in a service request, with what it did to the request. Both sides read the same.
#[derive(Clone, Debug)]
pub struct ServiceMessage(pub service_message::ServiceMessage);

#[Object]
impl ServiceMessage {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it did.
    async fn kind(&self) -> ServiceMessageKind {
        self.0.kind
    }

    /// On which side the author stood.
    async fn side(&self) -> OrderParty {
        self.0.side
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.author_id.clone()).await
    }

    /// Plain text with its line ends; empty where a request was closed without a word.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// What is shown with it; downloaded at `GET /files/{id}` by whoever sees the request.
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<File>> {
        let found = loaders::load::<FilesOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default().into_iter().map(File).collect())
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }
}
