//! Operations as functions. `query!`, `mutation!` and `subscription!` each make one: the document is checked against
//! `schema.graphql` when the crate is compiled, and the answer is the field's own type or a `Problem`.

use std::{marker::PhantomData, sync::Arc};

use cynic::{
    QueryFragment,
    queries::SelectionBuilder,
    schema::{HasSubtype, NamedType},
};
use serde_json::Value;

use super::{
    problem::{Issue, Problem, Refused},
    read::{Fields, Misshapen, Read},
    refusal, schema,
};

macro_rules! outcome {
    ($($refusal:ident),*) => {
        /// The answer of a field whose result is a union of one success type and the refusals.
        pub struct Outcome<Union, Success>(PhantomData<fn() -> (Union, Success)>);

        impl<Union, Success> QueryFragment for Outcome<Union, Success>
        where
            Success: QueryFragment<VariablesFields = ()>,
            Success::SchemaType: NamedType,
            Union: HasSubtype<Success::SchemaType>,
            $(Union: HasSubtype<schema::$refusal>,)*
        {
            type SchemaType = Union;
            type VariablesFields = ();

            fn query(mut builder: SelectionBuilder<'_, Self::SchemaType, ()>) {
                Success::query(builder.inline_fragment().on::<Success::SchemaType>().select_children());
                $(refusal::$refusal::query(builder.inline_fragment().on::<schema::$refusal>().select_children());)*
            }
        }

        const REFUSALS: &[&str] = &[$(stringify!($refusal)),*];
    };
}
outcome!(
    ValidationFailed,
    TransitionRefused,
    RuleRefused,
    Stale,
    PermissionDenied,
    NotFound
);

/// What an operation's field gives to its caller.
pub trait Answer {
    type Value;
    /// Reads the field.
    fn read(value: Value) -> Result<Self::Value, Problem>;
}

impl<Union, Success: Read> Answer for Outcome<Union, Success> {
    type Value = Success;
    fn read(value: Value) -> Result<Success, Problem> {
        match Refused::of(&value) {
            Some(refused) => Err(Problem::Refused(Arc::new(refused))),
            None => decode(value),
        }
    }
}

impl Refused {
    /// The refusal, where the answer is one.
    fn of(value: &Value) -> Option<Self> {
        let kind = value.get("__typename").and_then(Value::as_str).unwrap_or_default();
        if !REFUSALS.contains(&kind) {
            return None;
        }
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let texts = |value: &Value, name: &str| {
            let items = value
                .get(name)
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let issues = value
            .get("issues")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        Some(Self {
            kind: kind.to_owned(),
            code: text(value, "code"),
            message: text(value, "message"),
            next_step: text(value, "nextStep"),
            path: texts(value, "path"),
            issues: issues
                .iter()
                .map(|issue| Issue {
                    code: text(issue, "code"),
                    message: text(issue, "message"),
                    path: texts(issue, "path"),
                })
                .collect(),
            details: texts(value, "details"),
            barrier: value.get("barrier").and_then(Value::as_str).map(str::to_owned),
        })
    }
}

/// A field without refusals: it is the value.
pub struct Plain<T>(PhantomData<fn() -> T>);

impl<T: Read> Answer for Plain<T> {
    type Value = T;
    fn read(value: Value) -> Result<T, Problem> {
        decode(value)
    }
}

/// A node that counts only where it is of one type.
pub struct NodeOf<T>(pub Option<T>);

impl<T> QueryFragment for NodeOf<T>
where
    T: QueryFragment<VariablesFields = ()>,
    T::SchemaType: NamedType,
    schema::Node: HasSubtype<T::SchemaType>,
{
    type SchemaType = schema::Node;
    type VariablesFields = ();

    fn query(mut builder: SelectionBuilder<'_, Self::SchemaType, ()>) {
        T::query(builder.inline_fragment().on::<T::SchemaType>().select_children());
    }
}

impl<T: QueryFragment + Read> Read for NodeOf<T>
where
    T::SchemaType: NamedType,
{
    fn read(value: Value) -> Result<Self, Misshapen> {
        let fields = Fields::of(value)?;
        if fields.type_name() != T::SchemaType::NAME {
            return Ok(Self(None));
        }
        T::read(fields.into_value()).map(|node| Self(Some(node)))
    }
}

/// Reads what the contract promises. What does not fit is a fault of the server, not of the person.
fn decode<T: Read>(value: Value) -> Result<T, Problem> {
    T::read(value).map_err(|Misshapen(what)| {
        leptos::logging::error!("unexpected answer: {what}");
        Problem::Fault { request_id: None }
    })
}

/// The single field of `{"field": …}`.
pub fn only_field(data: Value) -> Result<Value, Problem> {
    match data {
        Value::Object(fields) => fields
            .into_iter()
            .next()
            .map(|(_, value)| value)
            .ok_or(Problem::Fault { request_id: None }),
        _ => Err(Problem::Fault { request_id: None }),
    }
}

/// Turns a document and its variables into the body of a request.
pub fn body(operation: &impl serde::Serialize) -> String {
    // Serialising plain structs into a string has no way to fail.
    serde_json::to_string(operation).unwrap_or_default()
}

/// One operation as a function.
///
/// ```text
/// operation! { $ Query: application(id = id: cynic::Id) => Option<Application> }
/// operation! { $ Mutation: submit_project(input = input: ProjectActionInput) -> SubmitProjectResult / Project }
/// ```
/// `=>` names a field's type, `->` a result union and the type of its success. The leading `$` is written because the
/// arguments of a document need it. The arms differ in how the field is wrapped: the derive reads that from the tokens.
#[macro_export]
macro_rules! operation {
    ($d:tt $kind:ident: $(#[$doc:meta])* $name:ident($($argument:ident = $variable:ident: $type:ty),+) -> $union:ident / $success:ty) => {
        $(#[$doc])*
        pub async fn $name($($variable: $type),+) -> Result<$success, $crate::api::Problem> {
            #[allow(unused_imports)]
            use $crate::api::schema;
            type Field = $crate::api::operation::Outcome<schema::$union, $success>;
            #[derive(cynic::QueryVariables)]
            struct Variables { $($variable: $type),+ }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = "Variables", no_deserialize)]
            #[allow(dead_code)]
            struct $kind { #[arguments($($argument: $d $variable),+)] $name: Field }
            let operation = $crate::operation!(@build $kind, Variables { $($variable),+ });
            $crate::api::transport::ask::<Field>($crate::api::operation::body(&operation), $crate::operation!(@repeat $kind)).await
        }
    };
    ($d:tt Query: $(#[$doc:meta])* $name:ident($($argument:ident = $variable:ident: $type:ty),+) => Option<$field:ty>) => {
        $(#[$doc])*
        pub async fn $name($($variable: $type),+) -> Result<Option<$field>, $crate::api::Problem> {
            #[allow(unused_imports)]
            use $crate::api::schema;
            type Field = $field;
            #[derive(cynic::QueryVariables)]
            struct Variables { $($variable: $type),+ }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = "Variables", no_deserialize)]
            #[allow(dead_code)]
            struct Query { #[arguments($($argument: $d $variable),+)] $name: Option<Field> }
            let operation = $crate::operation!(@build Query, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Option<Field>>>($crate::api::operation::body(&operation), true).await
        }
    };
    ($d:tt Query: $(#[$doc:meta])* $name:ident($($argument:ident = $variable:ident: $type:ty),+) => Vec<$field:ty>) => {
        $(#[$doc])*
        pub async fn $name($($variable: $type),+) -> Result<Vec<$field>, $crate::api::Problem> {
            #[allow(unused_imports)]
            use $crate::api::schema;
            type Field = $field;
            #[derive(cynic::QueryVariables)]
            struct Variables { $($variable: $type),+ }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = "Variables", no_deserialize)]
            #[allow(dead_code)]
            struct Query { #[arguments($($argument: $d $variable),+)] $name: Vec<Field> }
            let operation = $crate::operation!(@build Query, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Vec<Field>>>($crate::api::operation::body(&operation), true).await
        }
    };
    ($d:tt Query: $(#[$doc:meta])* $name:ident($($argument:ident = $variable:ident: $type:ty),+) => $field:ty) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub async fn $name($($variable: $type),+) -> Result<$field, $crate::api::Problem> {
            #[allow(unused_imports)]
            use $crate::api::schema;
            type Field = $field;
            #[derive(cynic::QueryVariables)]
            struct Variables { $($variable: $type),+ }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = "Variables", no_deserialize)]
            #[allow(dead_code)]
            struct Query { #[arguments($($argument: $d $variable),+)] $name: Field }
            let operation = $crate::operation!(@build Query, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Field>>($crate::api::operation::body(&operation), true).await
        }
    };
    // Subscriptions are not awaited: they tell `handle` until the returned value is dropped.
    ($d:tt Subscription: $(#[$doc:meta])* $name:ident($($argument:ident = $variable:ident: $type:ty),+) => $field:ty) => {
        $(#[$doc])*
        pub fn $name($($variable: $type,)+ handle: impl Fn($crate::api::live::Update<$field>) + 'static) -> $crate::api::live::Live {
            #[allow(unused_imports)]
            use $crate::api::schema;
            type Field = $field;
            #[derive(cynic::QueryVariables)]
            struct Variables { $($variable: $type),+ }
            #[derive(cynic::QueryFragment)]
            #[cynic(variables = "Variables", no_deserialize)]
            #[allow(dead_code)]
            struct Subscription { #[arguments($($argument: $d $variable),+)] $name: Field }
            let operation = <Subscription as cynic::SubscriptionBuilder<_>>::build(Variables { $($variable),+ });
            $crate::api::live::subscribe::<$crate::api::operation::Plain<Field>>($crate::api::operation::body(&operation), handle)
        }
    };
    (@build Query, $variables:expr) => { <Query as cynic::QueryBuilder<_>>::build($variables) };
    (@build Mutation, $variables:expr) => { <Mutation as cynic::MutationBuilder<_>>::build($variables) };
    (@repeat Query) => { true };
    (@repeat Mutation) => { false };
}
