//! Amendments (项目变更): proposed by a project's creator, decided by a reviewer.

use super::{
    Date, DateTime, Money, MoneyInput, Problem,
    file::StoredFile,
    page::PageInfo,
    project::{AmountCheck, ContractFileKind},
    read::{Fields, Misshapen, Read},
    review::{Applicant, ReviewDecision},
    schema,
    select::Select,
    session::Person,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendmentStatus {
    InReview,
    Approved,
    Rejected,
    Withdrawn,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendmentAction {
    Withdraw,
    Approve,
    Reject,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendedField {
    Amount,
    EndOn,
    Description,
}

read_enums!(AmendmentStatus, AmendmentAction, AmendedField);

read! {
    /// One version of what may be amended.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AmendmentTerms {
        pub contract_amount: Money,
        pub end_on: Date,
        pub description: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Amendment {
        pub id: cynic::Id,
        pub number: i32,
        pub status: AmendmentStatus,
        pub before: AmendmentTerms,
        pub proposed: AmendmentTerms,
        pub changes: Vec<AmendedField>,
        pub file: Option<StoredFile>,
        pub file_kind: ContractFileKind,
        pub reason: String,
        pub amount_check: AmountCheck,
        pub proposed_by: Person,
        pub proposed_at: DateTime,
        pub due_at: DateTime,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
        pub decision_reason: Option<String>,
        pub available_actions: Vec<AmendmentAction>,
    }
}

read! {
    /// The project that is amended, as a reviewer reads of it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Project")]
    pub struct AmendedProject {
        pub id: cynic::Id,
        pub name: String,
        pub partner: Applicant,
        pub customer_name: String,
        pub customer_corp_id: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Amendment")]
    pub struct QueuedAmendment {
        pub id: cynic::Id,
        pub number: i32,
        pub status: AmendmentStatus,
        pub project: AmendedProject,
        pub changes: Vec<AmendedField>,
        pub proposed_at: DateTime,
        pub due_at: DateTime,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AmendmentConnection")]
    pub struct AmendmentQueue {
        pub nodes: Vec<QueuedAmendment>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(AmendmentQueue of QueuedAmendment);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Amendment")]
    pub struct AmendmentState {
        pub id: cynic::Id,
        pub status: AmendmentStatus,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProposeAmendmentInput {
    pub project_id: cynic::Id,
    pub contract_amount: MoneyInput,
    pub end_on: Date,
    pub description: String,
    pub file_id: cynic::Id,
    pub file_kind: ContractFileKind,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AmendmentActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReviewAmendmentInput {
    pub id: cynic::Id,
    pub decision: ReviewDecision,
    pub amount_mismatch: bool,
    pub reason: Option<String>,
}

operation! { $ Query:
    amendments(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        status = status: Option<AmendmentStatus>
    ) => AmendmentQueue
}
operation! { $ Mutation:
    propose_amendment(input = input: ProposeAmendmentInput, idempotencyKey = idempotency_key: Option<String>)
        -> ProposeAmendmentResult / AmendmentState
}
operation! { $ Mutation: withdraw_amendment(input = input: AmendmentActionInput) -> WithdrawAmendmentResult / AmendmentState }
operation! { $ Mutation: review_amendment(input = input: ReviewAmendmentInput) -> ReviewAmendmentResult / AmendmentState }

/// One amendment as a reviewer reads it, with its project; nothing where there is none for them.
pub async fn reviewed_amendment(id: cynic::Id) -> Result<Option<(Amendment, AmendedProject)>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize, graphql_type = "Amendment")]
    struct Of {
        project: AmendedProject,
        #[cynic(spread)]
        amendment: Amendment,
    }
    impl Select for Of {
        fn select(document: &mut String) {
            document.push_str("{project");
            AmendedProject::select(document);
            document.push_str("...on Amendment");
            Amendment::select(document);
            document.push('}');
        }
    }
    impl Read for Of {
        fn read(value: serde_json::Value) -> Result<Self, Misshapen> {
            let project = Fields::of(value.clone())?.take("project")?;
            Ok(Self {
                project,
                amendment: Amendment::read(value)?,
            })
        }
    }
    operation! { $ Query: amendment(id = id: cynic::Id) => Option<Of> }
    let found = amendment(id).await?;
    Ok(found.map(|Of { project, amendment }| (amendment, project)))
}
