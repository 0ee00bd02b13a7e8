//! Unexpected errors on their way out: logged once with their chain of causes, answered with INTERNAL alone.
//!
//! Expected refusals are results in the schema and never come here.

use std::error::Error as StdError;

use async_graphql::{Error, ErrorExtensionValues, ServerError};

/// The chain of causes, carried beside the error and never sent.
#[derive(Clone, Debug)]
struct Chain(String);

/// What a resolver returns when something failed that should not.
pub fn fault(error: impl StdError) -> Error {
    Error {
        message: error.to_string(),
        source: Some(std::sync::Arc::new(Chain(chain(&error)))),
        extensions: None,
    }
}

/// An error and all its causes on one line.
pub fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}

/// How the errors of values begin that a scalar cannot read.
const UNREAD: [&str; 2] = ["Failed to parse \"", "Expected input type \""];

/// Makes errors fit to be sent: every one has a code and the request's id, and none tells what went wrong inside.
///
/// An error from a resolver that names no code is a fault, except that a value which a scalar cannot read is the
/// caller's mistake. An error without a path comes from validation.
pub fn polish(errors: &mut Vec<ServerError>, request_id: &str, signed_in: bool) {
    /// More would only help an attacker fill our memory.
    const MOST: usize = 20;
    errors.truncate(MOST);
    for error in errors {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            if error.path.is_empty() {
                extensions.set("code", "GRAPHQL_VALIDATION_FAILED");
            } else if error.source.is_none() && UNREAD.iter().any(|start| error.message.starts_with(start)) {
                extensions.set("code", "VALIDATION");
            } else {
                let chain = error.source.as_ref().and_then(|source| source.downcast_ref::<Chain>());
                let chain = chain.map_or(error.message.as_str(), |chain| &chain.0);
                tracing::error!(request_id, path = ?error.path, error = chain, "a resolver failed");
                error.message = "Internal error".to_owned();
                extensions.set("code", "INTERNAL");
            }
        }
        extensions.set("requestId", request_id);
        if !signed_in && let Some(at) = error.message.find(" Did you mean") {
            error.message.truncate(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::scalars::MinorUnits;
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

    #[derive(Debug, thiserror::Error)]
    #[error("the query failed")]
    struct Outer(#[source] std::io::Error);

    struct Query;

    #[Object]
    impl Query {
        async fn broken(&self) -> async_graphql::Result<i32> {
            Err(fault(Outer(std::io::Error::other("disk /secret/path is full"))))
        }

        async fn number(&self) -> i32 {
            1
        }

        async fn cost(&self, amount: MinorUnits) -> MinorUnits {
            amount
        }
    }

    async fn errors(query: &str, signed_in: bool) -> serde_json::Value {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let mut errors = schema.execute(query).await.errors;
        polish(&mut errors, "req-1", signed_in);
        serde_json::to_value(errors).unwrap()
    }

    #[tokio::test]
    async fn a_fault_tells_nothing_but_its_request() {
        let sent = errors("{ broken }", true).await;
        assert!(
            !sent.to_string().contains("secret") && !sent.to_string().contains("query failed"),
            "{sent}"
        );
        assert_eq!(sent[0]["extensions"]["code"], "INTERNAL");
        assert_eq!(sent[0]["extensions"]["requestId"], "req-1");
    }

    #[tokio::test]
    async fn a_value_that_a_scalar_cannot_read_is_the_callers_mistake() {
        for value in ["\"1.5\"", "true", "1.5", "[1]"] {
            let sent = errors(&format!("{{ cost(amount: {value}) }}"), true).await;
            let code = &sent[0]["extensions"]["code"];
            assert!(
                code == "VALIDATION" || code == "GRAPHQL_VALIDATION_FAILED",
                "{value}: {sent}"
            );
        }
        assert_eq!(errors("{ cost(amount: 12800) }", true).await, serde_json::json!([]));
    }

    #[tokio::test]
    async fn strangers_get_no_suggestions() {
        assert!(errors("{ numbr }", true).await.to_string().contains("Did you mean"));
        let sent = errors("{ numbr }", false).await;
        assert!(!sent.to_string().contains("Did you mean"), "{sent}");
        assert_eq!(sent[0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    }

    #[test]
    fn a_chain_names_every_cause_once() {
        assert_eq!(
            chain(&Outer(std::io::Error::other("disk full"))),
            "the query failed: disk full"
        );
    }
}
