//! What is selected of each refusal. `problem::Refused` reads them all, as text: a newer server may know more codes.
#![allow(dead_code)]

use serde::{Deserialize, Serialize};

use super::schema;

#[derive(Serialize, Deserialize)]
pub struct Code(String);
impl cynic::Enum for Code {
    type SchemaType = schema::ErrorCode;
}

#[derive(Serialize, Deserialize)]
pub struct Barrier(String);
impl cynic::Enum for Barrier {
    type SchemaType = schema::DistributionBarrier;
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct Issue {
        code: Code,
        message: String,
        path: Vec<String>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct ValidationFailed {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
        issues: Vec<Issue>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct TransitionRefused {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct RuleRefused {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
        details: Vec<String>,
        barrier: Option<Barrier>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct Stale {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct PermissionDenied {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
    }
}

select! {
    #[derive(cynic::QueryFragment)]
    pub struct NotFound {
        code: Code,
        message: String,
        next_step: String,
        path: Vec<String>,
    }
}

leaves!(Code, Barrier);
