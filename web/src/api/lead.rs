//! Leads (商机, L24): who is interested in a product, with what they agreed to pass on.

use super::{DateTime, order::OrderParty, page::PageInfo, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadSource {
    Consultation,
    Trial,
    AskAdmins,
    Promotion,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadStatus {
    New,
    Contacted,
    Won,
    Lost,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadAction {
    Assign,
    Contact,
    Win,
    Lose,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadEventKind {
    Created,
    AskedAgain,
    Assigned,
    Contacted,
    Won,
    Lost,
}

read_enums!(LeadSource, LeadStatus, LeadAction, LeadEventKind);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct LeadPartner {
        pub name: String,
    }
}

read! {
    /// A line of the lists.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Lead")]
    pub struct LeadRow {
        pub id: cynic::Id,
        pub product_name: String,
        pub source: LeadSource,
        pub channel_code: Option<String>,
        pub organization_name: String,
        pub person_name: String,
        pub email: String,
        pub phone: String,
        pub message: String,
        pub status: LeadStatus,
        pub partner: LeadPartner,
        pub assigned_to: Option<Person>,
        pub created_at: DateTime,
        pub contacted_at: Option<DateTime>,
        pub closed_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "LeadConnection")]
    pub struct LeadPage {
        pub nodes: Vec<LeadRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(LeadPage of LeadRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct LeadEvent {
        pub kind: LeadEventKind,
        pub user: Person,
        pub assigned_to: Option<Person>,
        pub note: String,
        pub at: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "LeadEventConnection")]
    pub struct LeadEvents {
        pub nodes: Vec<LeadEvent>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Lead {
        pub id: cynic::Id,
        pub product_id: cynic::Id,
        pub product_name: String,
        pub source: LeadSource,
        pub channel_code: Option<String>,
        pub organization_name: String,
        pub person_name: String,
        pub email: String,
        pub phone: String,
        pub message: String,
        pub status: LeadStatus,
        pub assigned_to: Option<Person>,
        pub created_at: DateTime,
        pub contacted_at: Option<DateTime>,
        pub closed_at: Option<DateTime>,
        pub timeline: LeadEvents,
        pub available_actions: Vec<LeadAction>,
    }
}

read! {
    /// What a step answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Lead")]
    pub struct ChangedLead {
        pub id: cynic::Id,
    }
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub struct LeadFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<LeadStatus>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub source: Option<LeadSource>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ConsultPartnerInput {
    pub product_id: cynic::Id,
    pub message: String,
    pub phone: Option<String>,
    pub consent: bool,
    pub promotion: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AssignLeadInput {
    pub id: cynic::Id,
    pub user_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LeadStepInput {
    pub id: cynic::Id,
    pub note: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct LoseLeadInput {
    pub id: cynic::Id,
    pub note: String,
}

operation! { $ Query:
    leads(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<LeadFilter>
    ) => LeadPage
}
operation! { $ Query: lead(id = id: cynic::Id) => Option<Lead> }
operation! { $ Mutation:
    consult_partner(input = input: ConsultPartnerInput, idempotencyKey = idempotency_key: Option<String>)
        -> ConsultPartnerResult / ChangedLead
}
operation! { $ Mutation: assign_lead(input = input: AssignLeadInput) -> AssignLeadResult / ChangedLead }
operation! { $ Mutation: contact_lead(input = input: LeadStepInput) -> ContactLeadResult / ChangedLead }
operation! { $ Mutation: win_lead(input = input: LeadStepInput) -> WinLeadResult / ChangedLead }
operation! { $ Mutation: lose_lead(input = input: LoseLeadInput) -> LoseLeadResult / ChangedLead }
