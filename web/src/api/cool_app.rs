//! Cool apps: the application of a partner, its review, and the market.

use super::{
    DateTime,
    page::PageInfo,
    product::FieldReason,
    product_content::Industry,
    product_review::{FieldReasonInput, Seller},
    schema,
    session::Person,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoolAppStatus {
    Draft,
    Submitted,
    Approved,
    Rejected,
    UpdateSubmitted,
    Delisted,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoolAppAction {
    Edit,
    Submit,
    Discard,
    Delist,
    Review,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoolAppDecision {
    Approve,
    Reject,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoolAppRole {
    Management,
    HumanResources,
    Administration,
    Finance,
    Sales,
    Marketing,
    ResearchAndDevelopment,
    Production,
    Procurement,
    CustomerService,
    InformationTechnology,
    ProjectManagement,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOpenMode {
    PcSidebar,
    MobileHalfSheet,
}

read_enums!(
    CoolAppStatus,
    CoolAppAction,
    CoolAppDecision,
    CoolAppRole,
    EntryOpenMode
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppEntry {
        pub name: String,
        pub url: String,
        pub icon_id: Option<cynic::Id>,
        pub open_mode: Option<EntryOpenMode>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppRobot {
        pub name: String,
        pub icon_id: Option<cynic::Id>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppContent {
        pub name: String,
        pub intro: String,
        pub icon_id: Option<cynic::Id>,
        pub entry_icon_id: Option<cynic::Id>,
        pub industries: Vec<Industry>,
        pub roles: Vec<CoolAppRole>,
        pub thumbnail_ids: Vec<cynic::Id>,
        pub case_ids: Vec<cynic::Id>,
        pub function_text: String,
        pub invite_line: String,
        pub entries: Vec<CoolAppEntry>,
        pub robot: Option<CoolAppRobot>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppProduct {
        pub id: cynic::Id,
        pub name: String,
        pub listed: bool,
    }
}

read! {
    /// As both sides of the review see it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppApplication {
        pub id: cynic::Id,
        pub code: String,
        pub name: String,
        pub status: CoolAppStatus,
        pub product: CoolAppProduct,
        pub partner: Seller,
        pub content: Option<CoolAppContent>,
        pub approved_content: Option<CoolAppContent>,
        pub changed_fields: Vec<String>,
        pub market_at: Option<DateTime>,
        pub submitted_by: Option<Person>,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decision: Option<CoolAppDecision>,
        pub decided_at: Option<DateTime>,
        pub reason: Option<String>,
        pub field_reasons: Vec<FieldReason>,
        pub delisted_at: Option<DateTime>,
        pub delisting_reason: Option<String>,
        pub version: i32,
        pub available_actions: Vec<CoolAppAction>,
    }
}

impl CoolAppApplication {
    pub fn may(&self, action: CoolAppAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppContent")]
    pub struct IconOfCoolApp {
        pub icon_id: Option<cynic::Id>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppApplication")]
    pub struct CoolAppRow {
        pub id: cynic::Id,
        pub code: String,
        pub name: String,
        pub status: CoolAppStatus,
        pub product: CoolAppProduct,
        pub partner: Seller,
        pub content: Option<IconOfCoolApp>,
        pub submitted_at: Option<DateTime>,
        pub submitted_by: Option<Person>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decision: Option<CoolAppDecision>,
        pub updated_at: DateTime,
        pub available_actions: Vec<CoolAppAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppApplicationConnection")]
    pub struct CoolAppPage {
        pub nodes: Vec<CoolAppRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppReviewConnection")]
    pub struct CoolAppQueue {
        pub nodes: Vec<CoolAppRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(CoolAppPage of CoolAppRow, CoolAppQueue of CoolAppRow);

read! {
    /// As customers and visitors see it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolApp {
        pub id: cynic::Id,
        pub code: String,
        pub name: String,
        pub content: Option<CoolAppContent>,
        pub product: CoolAppProduct,
        pub partner_name: String,
        pub market_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppConnection")]
    pub struct CoolAppMarket {
        pub nodes: Vec<CoolApp>,
        pub page_info: PageInfo,
        pub total_count: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DiscardedCoolApp {
        pub code: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateCoolAppApplicationInput {
    pub product_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct CoolAppEntryInput {
    pub name: String,
    pub url: String,
    pub icon_id: Option<cynic::Id>,
    pub open_mode: Option<EntryOpenMode>,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct CoolAppRobotInput {
    pub name: String,
    pub icon_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct CoolAppContentInput {
    pub name: String,
    pub intro: String,
    pub icon_id: Option<cynic::Id>,
    pub entry_icon_id: Option<cynic::Id>,
    pub industries: Vec<Industry>,
    pub roles: Vec<CoolAppRole>,
    pub thumbnail_ids: Vec<cynic::Id>,
    pub case_ids: Vec<cynic::Id>,
    pub function_text: String,
    pub invite_line: String,
    pub entries: Vec<CoolAppEntryInput>,
    pub robot: Option<CoolAppRobotInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SaveCoolAppDraftInput {
    pub id: cynic::Id,
    pub version: i32,
    pub content: CoolAppContentInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CoolAppVersionInput {
    pub id: cynic::Id,
    pub version: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DelistCoolAppInput {
    pub id: cynic::Id,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReviewCoolAppInput {
    pub id: cynic::Id,
    pub decision: CoolAppDecision,
    pub reason: Option<String>,
    pub field_reasons: Vec<FieldReasonInput>,
}

operation! { $ Query:
    /// The partner's own, or for an operator those that were handed in; newest first.
    cool_app_applications(first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>, status = status: Option<CoolAppStatus>) => CoolAppPage
}
operation! { $ Query:
    /// What waits for the operators, soonest due first.
    cool_app_reviews(first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>) => CoolAppQueue
}
operation! { $ Query: cool_app_application(id = id: cynic::Id) => Option<CoolAppApplication> }
operation! { $ Query:
    /// The market, newest first.
    cool_apps(first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>, search = search: Option<String>, industry = industry: Option<Industry>, role = role: Option<CoolAppRole>) => CoolAppMarket
}
operation! { $ Query: cool_app(id = id: cynic::Id) => Option<CoolApp> }
operation! { $ Mutation:
    create_cool_app_application(input = input: CreateCoolAppApplicationInput, idempotencyKey = idempotency_key: Option<String>)
        -> CreateCoolAppApplicationResult / CoolAppApplication
}
operation! { $ Mutation: save_cool_app_draft(input = input: SaveCoolAppDraftInput) -> SaveCoolAppDraftResult / CoolAppApplication }
operation! { $ Mutation: submit_cool_app_application(input = input: CoolAppVersionInput) -> SubmitCoolAppApplicationResult / CoolAppApplication }
operation! { $ Mutation: discard_cool_app_draft(input = input: CoolAppVersionInput) -> DiscardCoolAppDraftResult / DiscardedCoolApp }
operation! { $ Mutation: delist_cool_app(input = input: DelistCoolAppInput) -> DelistCoolAppResult / CoolAppApplication }
operation! { $ Mutation: review_cool_app(input = input: ReviewCoolAppInput) -> ReviewCoolAppResult / CoolAppApplication }
