//! Inputs about service requests.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::domain::refusal::Refusal;
use crate::domain::service_request::{ServiceRequestKind, ServiceRequestStatus};
use crate::services::service_request::NewServiceRequest;
use crate::store::service_request;

/// Opens a service request.
#[derive(InputObject, Serialize)]
pub struct OpenServiceRequestInput {
    /// An application that the person may use.
    pub instance_id: ID,
    /// What it is about.
    pub kind: ServiceRequestKind,
    /// 2 to 80 characters.
    pub title: String,
    /// Plain text, 1 to 5,000 characters.
    pub text: String,
    /// Files that the person uploaded for it (`PUT /files?purpose=SERVICE_ATTACHMENT`), at most 5.
    #[graphql(default)]
    pub file_ids: Vec<ID>,
}

impl OpenServiceRequestInput {
    /// As the use case takes it.
    pub fn fields(self) -> NewServiceRequest {
        NewServiceRequest {
            kind: self.kind,
            title: self.title,
            text: self.text,
            file_ids: texts(self.file_ids),
        }
    }
}

/// Writes in a service request.
#[derive(InputObject, Serialize)]
pub struct ServiceMessageInput {
    /// The request.
    pub id: ID,
    /// Plain text, 1 to 5,000 characters.
    pub text: String,
    /// Files that the person uploaded for it (`PUT /files?purpose=SERVICE_ATTACHMENT`), at most 5.
    #[graphql(default)]
    pub file_ids: Vec<ID>,
}

/// Closes a service request.
#[derive(InputObject)]
pub struct CloseServiceRequestInput {
    /// The request.
    pub id: ID,
    /// What was done, at most 5,000 characters; the partner has to say it, the customer may.
    pub note: Option<String>,
}

/// The ids as they were given.
pub fn texts(ids: Vec<ID>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

/// What a list of requests is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ServiceRequestFilter {
    /// In this state.
    pub status: Option<ServiceRequestStatus>,
    /// About this.
    pub kind: Option<ServiceRequestKind>,
    /// About copies of one application, at whichever customer.
    pub application_id: Option<ID>,
    /// About one application of a customer.
    pub instance_id: Option<ID>,
}

impl ServiceRequestFilter {
    /// Parsed; an id of another noun is an unknown one.
    pub fn parse(self) -> Result<service_request::ServiceRequestFilter, Refusal> {
        let application_id = self.application_id.map(|id| id.parse()).transpose();
        let instance_id = self.instance_id.map(|id| id.parse()).transpose();
        Ok(service_request::ServiceRequestFilter {
            status: self.status,
            kind: self.kind,
            application_id: application_id.map_err(|_| Refusal::not_found().at("filter.applicationId"))?,
            instance_id: instance_id.map_err(|_| Refusal::not_found().at("filter.instanceId"))?,
        })
    }
}
