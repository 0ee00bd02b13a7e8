//! A program of a third party: documents over HTTP with an access token of a demo account. What people do in a browser is `browser`.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::process::Product;

/// Somebody's program.
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    /// With a token of the account, as `appshelf token` prints it.
    pub fn of(product: &Product, email: &str) -> Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?,
            url: format!("{}/graphql", product.url()),
            token: product.run(&["token", "--user", email])?.trim().to_owned(),
        })
    }

    /// Sends a document; its data.
    pub async fn ask(&self, document: &str, variables: Value) -> Result<Value> {
        let request = self.http.post(&self.url).bearer_auth(&self.token);
        let answer = request.json(&json!({ "query": document, "variables": variables }));
        let mut answer: Value = answer.send().await?.json().await?;
        ensure!(answer["errors"].is_null(), "{document}: {}", answer["errors"]);
        Ok(answer["data"].take())
    }

    /// Does one mutation that must succeed; `input` names its type. The fields asked for of its result.
    pub async fn act(&self, name: &str, input: &str, value: Value, on_success: &str) -> Result<Value> {
        let document = format!(
            "mutation($input: {input}!) {{ {name}(input: $input) {{ __typename {on_success} ... on UserError {{ code message }} }} }}"
        );
        let mut data = self.ask(&document, json!({ "input": value })).await?;
        let result = data[name].take();
        ensure!(result["code"].is_null(), "{name} was refused: {result}");
        Ok(result)
    }
}

/// A text member of an answer.
pub fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().with_context(|| format!("no text: {value}"))?.to_owned())
}
