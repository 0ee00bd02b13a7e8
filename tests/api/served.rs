//! The routes beside GraphQL over real connections on loopback.

use std::net::TcpListener;

use appshelf::cli::serve;
use appshelf::http;
use appshelf::stop::{self, Stopper};
use appshelf_tests::api::{Someone, TestApp};
use reqwest::{Client, Response};

/// A server of the application, stopped with this value.
pub struct Served {
    pub url: String,
    pub client: Client,
    stopper: Stopper,
}

impl Served {
    pub fn start(app: &TestApp) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stopper, stop) = stop::pair();
        let server = http::serve(serve::gateway(&app.app, stop)?, serve::routes(&app.app), listener)?;
        tokio::spawn(server);
        let client = Client::new();
        Ok(Self { url, client, stopper })
    }

    /// Uploads.
    pub async fn put(&self, by: &Someone, query: &str, body: impl Into<reqwest::Body>) -> anyhow::Result<Response> {
        let request = self.client.put(format!("{}/files?{query}", self.url)).body(body);
        Ok(by.signed(request).send().await?)
    }

    /// Reads what stands at the path.
    pub async fn get(&self, by: &Someone, path: &str) -> anyhow::Result<Response> {
        let request = self.client.get(format!("{}{path}", self.url));
        Ok(by.signed(request).send().await?)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
    }
}

/// Requests by somebody.
pub trait Signed {
    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder;
}

impl Signed for Someone {
    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let request = request.header("accept-language", self.language);
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}
