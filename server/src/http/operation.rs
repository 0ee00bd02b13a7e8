//! One GraphQL operation from its parameters to its response, the same for POST, GET and sockets: authenticate,
//! measure, execute within the time allowed, make errors fit to be sent. Knows no status codes.

use std::panic::AssertUnwindSafe;

use async_graphql::parser::types::OperationType;
use async_graphql::{ErrorExtensionValues, Name, PathSegment, Request, Response, ServerError, Variables, value};
use futures_util::FutureExt;
use serde_json::{Map, Value};

use super::Gateway;
use crate::graphql::fault::polish;
use crate::graphql::limits::{self, Accepted};
use crate::graphql::request::{Caller, RequestMeta, Unauthenticated};

/// The parameters of a GraphQL request, their types already checked.
#[derive(Debug)]
pub struct Parameters {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

impl Parameters {
    /// From a JSON object; says what is wrong with the first parameter that does not fit.
    pub fn from_json(mut body: Map<String, Value>) -> Result<Self, String> {
        if body.values().any(holds_nul) {
            return Err("The character U+0000 is not accepted anywhere.".to_owned());
        }
        let query = match body.remove("query") {
            Some(Value::String(query)) => query,
            Some(_) => return Err("\"query\" must be a string.".to_owned()),
            None => return Err("\"query\" is missing.".to_owned()),
        };
        let operation_name = match body.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err("\"operationName\" must be a string or null.".to_owned()),
        };
        let variables = match body.remove("variables") {
            None | Some(Value::Null) => Variables::default(),
            Some(variables @ Value::Object(_)) => Variables::from_json(variables),
            Some(_) => return Err("\"variables\" must be an object or null.".to_owned()),
        };
        if !matches!(body.get("extensions"), None | Some(Value::Null | Value::Object(_))) {
            return Err("\"extensions\" must be an object or null.".to_owned());
        }
        Ok(Self {
            query,
            operation_name,
            variables,
        })
    }
}

/// Whether a text of the value holds the character that no database text may hold, as it is or escaped in a document.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0') || text.contains("\\u0000"),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// An error with a code, as the API's clients see it.
pub fn coded(code: &str, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code);
    error
}

/// Why nothing was executed.
#[derive(Debug)]
pub enum Stopped {
    /// The document or its variables; a request error.
    Request(ServerError),
    /// The caller's token; a request error with a status of its own.
    Unauthenticated(ServerError),
    /// Our own failure.
    Fault(ServerError),
}

impl Stopped {
    pub fn into_error(self) -> ServerError {
        match self {
            Self::Request(error) | Self::Unauthenticated(error) | Self::Fault(error) => error,
        }
    }
}

/// Who calls; a failure to find out is logged here.
pub async fn authenticate(gateway: &Gateway, meta: &RequestMeta) -> Result<Caller, Stopped> {
    gateway
        .authenticator
        .authenticate(meta)
        .await
        .map_err(|refused| match refused {
            Unauthenticated::Refused(message) => Stopped::Unauthenticated(coded("UNAUTHENTICATED", message)),
            Unauthenticated::Fault(chain) => {
                tracing::error!(error = chain, "authentication failed");
                Stopped::Fault(coded("INTERNAL", "Internal error"))
            }
        })
}

/// An operation that may run.
pub struct Prepared {
    request: Request,
    pub kind: OperationType,
    pub name: Option<String>,
    pub cost: usize,
    pub signed_in: bool,
}

/// Measures the document for this caller.
pub fn prepare(
    gateway: &Gateway,
    meta: RequestMeta,
    caller: Caller,
    parameters: Parameters,
) -> Result<Prepared, Stopped> {
    let Parameters {
        query,
        operation_name,
        variables,
    } = parameters;
    let accepted = limits::accept(
        &gateway.config.limits,
        &query,
        operation_name.as_deref(),
        &variables,
        caller.signed_in,
    );
    let Accepted {
        document,
        kind,
        name,
        cost,
    } = accepted.map_err(|refused| Stopped::Request(refused.error(meta.locale())))?;
    let mut request = Request::new(query).variables(variables);
    request.operation_name = operation_name;
    request.set_parsed_query(document);
    if !caller.signed_in {
        request = request.disable_introspection();
    }
    request.data = caller.data;
    request = request.data(meta);
    Ok(Prepared {
        request,
        kind,
        name,
        cost,
        signed_in: caller.signed_in,
    })
}

impl Prepared {
    /// Executes a query or mutation. A panic inside is a fault of ours, not the end of the connection.
    pub async fn execute(self, gateway: &Gateway, request_id: &str) -> Response {
        let (signed_in, cost) = (self.signed_in, self.cost);
        let limit = gateway.config.limits.time;
        let run = AssertUnwindSafe(gateway.graph.execute(self.request)).catch_unwind();
        let mut response = match tokio::time::timeout(limit, run).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                tracing::error!("a resolver panicked");
                Response::from_errors(vec![coded("INTERNAL", "Internal error")])
            }
            Err(_) => {
                let why = format!("The operation took longer than {} s.", limit.as_secs());
                Response::from_errors(vec![coded("LIMIT_TIME", why)])
            }
        };
        for error in &response.errors {
            leave_null(&mut response.data, &error.path);
        }
        polish(&mut response.errors, request_id, signed_in);
        let limit = gateway.config.limits.cost;
        response
            .extensions
            .insert("cost".to_owned(), value!({ "requested": cost, "limit": limit }));
        response
    }

    /// Starts a subscription; errors in its responses still have to be polished.
    pub fn stream(self, gateway: &Gateway) -> futures_util::stream::BoxStream<'static, Response> {
        gateway.graph.stream(self.request)
    }
}

/// The schema's library leaves a field that failed out of its object; GraphQL has it there as null.
pub fn leave_null(data: &mut async_graphql::Value, path: &[PathSegment]) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    match (data, first) {
        (async_graphql::Value::Object(fields), PathSegment::Field(name)) => {
            leave_null(fields.entry(Name::new(name)).or_default(), rest);
        }
        (async_graphql::Value::List(entries), PathSegment::Index(index)) => {
            if let Some(entry) = entries.get_mut(*index) {
                leave_null(entry, rest);
            }
        }
        _ => {}
    }
}

/// Whether execution never began: errors, none of which has a place in the result.
pub fn is_request_error(response: &Response) -> bool {
    response.data == async_graphql::Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_character_that_no_database_text_holds_is_refused_at_the_door() {
        let read = |body: Value| Parameters::from_json(body.as_object().cloned().unwrap_or_default());
        for body in [
            json!({ "query": "{ a(b: \"\\u0000\") }" }),
            json!({ "query": "{ a }", "variables": { "b": [{ "c": "x\0" }] } }),
            json!({ "query": "{ a }", "variables": { "b\0": 1 } }),
        ] {
            assert!(read(body.clone()).is_err(), "{body}");
        }
        assert!(read(json!({ "query": "{ a }", "variables": { "b": "二〇" } })).is_ok());
    }
}
