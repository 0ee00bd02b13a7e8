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
    select::{Root, Select},
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

        impl<Union, Success> Select for Outcome<Union, Success>
        where
            Success: QueryFragment + Select,
            Success::SchemaType: NamedType,
        {
            fn select(document: &mut String) {
                document.push_str("{__typename ...on ");
                document.push_str(Success::SchemaType::NAME);
                Success::select(document);
                select_refusals(document);
                document.push('}');
            }
        }

        fn select_refusals(document: &mut String) {
            $(
                document.push_str(concat!("...on ", stringify!($refusal)));
                refusal::$refusal::select(document);
            )*
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

impl<T: QueryFragment + Select> Select for NodeOf<T>
where
    T::SchemaType: NamedType,
{
    fn select(document: &mut String) {
        document.push_str("{__typename ...on ");
        document.push_str(T::SchemaType::NAME);
        T::select(document);
        document.push('}');
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

/// The body of a request: the document and the values of its variables.
pub fn body(root: &Root, values: &impl serde::Serialize) -> String {
    // Serialising plain structs into a string has no way to fail.
    assemble(&root.document(), &serde_json::to_string(values).unwrap_or_default())
}

fn assemble(document: &str, values: &str) -> String {
    // A document holds names and punctuation only: nothing in it has to be escaped.
    format!(r#"{{"query":"{document}","variables":{values}}}"#)
}

/// The body of an operation without variables.
pub fn bare(kind: &'static str, field: &'static str, select: fn(&mut String)) -> String {
    assemble(
        &Root {
            kind,
            field,
            arguments: &[],
            variables: &[],
            select,
        }
        .document(),
        "null",
    )
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
            let body = $crate::operation!(@body $kind $name [$($argument),+] Field, Variables { $($variable),+ });
            $crate::api::transport::ask::<Field>(body, $crate::operation!(@repeat $kind)).await
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
            let body = $crate::operation!(@body Query $name [$($argument),+] Field, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Option<Field>>>(body, true).await
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
            let body = $crate::operation!(@body Query $name [$($argument),+] Field, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Vec<Field>>>(body, true).await
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
            let body = $crate::operation!(@body Query $name [$($argument),+] Field, Variables { $($variable),+ });
            $crate::api::transport::ask::<$crate::api::operation::Plain<Field>>(body, true).await
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
            let body = $crate::operation!(@body Subscription $name [$($argument),+] Field, Variables { $($variable),+ });
            $crate::api::live::subscribe::<$crate::api::operation::Plain<Field>>(body, handle)
        }
    };
    (@body $kind:ident $name:ident [$($argument:ident),+] $field:ty, $variables:expr) => {
        $crate::api::operation::body(
            &$crate::api::select::Root {
                kind: $crate::operation!(@kind $kind),
                field: stringify!($name),
                arguments: &[$(stringify!($argument)),+],
                variables: <Variables as cynic::QueryVariables>::VARIABLES,
                select: <$field as $crate::api::select::Select>::select,
            },
            &$variables,
        )
    };
    (@kind Query) => { "query" };
    (@kind Mutation) => { "mutation" };
    (@kind Subscription) => { "subscription" };
    (@repeat Query) => { true };
    (@repeat Mutation) => { false };
}
