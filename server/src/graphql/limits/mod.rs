//! What a document may ask for, decided before anything is executed.
//!
//! Cheapest first: a pass over the characters (tokens, nesting, directives), then the parser, then one walk over the
//! tree that looks at each fragment once, however often it is spread. Types are the schema's matter and do not count
//! here; authorisation is the services'.

mod lexer;
mod measure;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{ErrorExtensionValues, Pos, ServerError, Value, Variables};

use crate::config::Limits;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;

/// A document that may run.
#[derive(Debug)]
pub struct Accepted {
    pub document: ExecutableDocument,
    pub kind: OperationType,
    /// The name of the operation that will run.
    pub name: Option<String>,
    /// Points of the cost model: a field is 1, a page multiplies what it holds by its size.
    pub cost: usize,
}

/// A refusal before execution, with the code that goes into `extensions.code`.
#[derive(Debug)]
pub struct Refused {
    pub code: &'static str,
    pub message: String,
    /// What is allowed, for `LIMIT_…` codes.
    pub limit: Option<usize>,
    pub locations: Vec<Pos>,
}

impl Refused {
    fn limit(code: &'static str, limit: usize, message: String) -> Self {
        Self {
            code,
            message,
            limit: Some(limit),
            locations: Vec::new(),
        }
    }

    fn invalid(message: String, locations: Vec<Pos>) -> Self {
        Self {
            code: "GRAPHQL_VALIDATION_FAILED",
            message,
            limit: None,
            locations,
        }
    }
}

impl Refused {
    /// The error to answer. A code that refusals of use cases have too speaks with their words, in that language.
    pub fn error(self, locale: Locale) -> ServerError {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code);
        let mut message = self.message;
        if let Some(limit) = self.limit {
            extensions.set("limit", Value::from(limit));
            let refusal = Refusal::page_size(limit);
            if refusal.code().as_str() == self.code {
                message = refusal.message(locale);
                extensions.set("nextStep", refusal.next_step(locale));
            }
        }
        let mut error = ServerError::new(message, None);
        error.locations = self.locations;
        error.extensions = Some(extensions);
        error
    }
}

/// Reads and measures a document. `signed_in` callers may look at the schema, others may not.
pub fn accept(
    limits: &Limits,
    query: &str,
    operation_name: Option<&str>,
    variables: &Variables,
    signed_in: bool,
) -> Result<Accepted, Refused> {
    lexer::check(query, limits)?;
    let document = async_graphql::parser::parse_query(query).map_err(|e| Refused {
        code: "GRAPHQL_PARSE_FAILED",
        message: e.to_string(),
        limit: None,
        locations: e.positions().collect(),
    })?;
    let weight = measure::heaviest(&document, limits, variables, signed_in)?;
    let (kind, name) = chosen(&document, operation_name)?;
    let operation = operation(&document, name.as_deref());
    if let Some(operation) = operation {
        check_variables(operation, variables)?;
    }
    Ok(Accepted {
        kind,
        name,
        cost: weight,
        document,
    })
}

/// The operation that will run, chosen as the GraphQL specification says.
fn chosen(document: &ExecutableDocument, wanted: Option<&str>) -> Result<(OperationType, Option<String>), Refused> {
    let mut operations = document.operations.iter();
    let found = match wanted {
        Some(wanted) => operations
            .find(|(name, _)| name.is_some_and(|name| name.as_str() == wanted))
            .ok_or_else(|| Refused::invalid(format!("Unknown operation named \"{wanted}\"."), Vec::new()))?,
        None if operations.len() > 1 => {
            let why = "The document holds several operations: say which one in operationName.".to_owned();
            return Err(Refused::invalid(why, Vec::new()));
        }
        None => operations
            .next()
            .ok_or_else(|| Refused::invalid("The document holds no operation.".to_owned(), Vec::new()))?,
    };
    Ok((found.1.node.ty, found.0.map(ToString::to_string)))
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(&operation.node),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name).map(|operation| &operation.node),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

/// A variable that must have a value has one, also when nothing uses it; the schema checks the values themselves.
fn check_variables(operation: &OperationDefinition, variables: &Variables) -> Result<(), Refused> {
    for variable in &operation.variable_definitions {
        let definition = &variable.node;
        if definition.var_type.node.nullable {
            continue;
        }
        let name = &definition.name.node;
        let missing = match variables.get(name) {
            Some(value) => *value == Value::Null,
            None => definition.default_value.is_none(),
        };
        if missing {
            let why = format!(
                "Variable \"${name}\" of type \"{}\" needs a value that is not null.",
                definition.var_type.node
            );
            return Err(Refused::invalid(why, vec![variable.pos]));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
