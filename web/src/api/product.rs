//! Products (商品) as their partner sees them: the shelves, a product with its revisions, and what is done with it. What the wizard
//! sends is `product_content`; operators' reading is their own.

use super::{
    DateTime, Problem,
    operation::{Plain, bare},
    page::PageInfo,
    product_content::{ProductContent, ProductContentInput, PromotionMode},
    schema,
    select::Select,
    session::Person,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductStatus {
    Draft,
    InReview,
    Approved,
    Rejected,
    Listed,
    Hidden,
    Delisted,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionStatus {
    Draft,
    InReview,
    Approved,
    Rejected,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductTab {
    NotListed,
    InReview,
    Listed,
    Delisted,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductDecision {
    Approve,
    Reject,
    SendBack,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductAction {
    AnswerTask,
    ApplyToDelist,
    DecideDelisting,
    Delist,
    Discard,
    Edit,
    Hide,
    List,
    Review,
    Revise,
    Show,
    Submit,
    WithdrawDelisting,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductEventKind {
    Approved,
    Created,
    Delisted,
    DelistingApplied,
    DelistingRefused,
    DelistingWithdrawn,
    FirstApproved,
    Hidden,
    Listed,
    Rejected,
    RevisionBegun,
    RevisionDiscarded,
    SentBack,
    Shown,
    Submitted,
    TaskDone,
    TaskReopened,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListingStep {
    Precondition,
    Details,
    Specification,
    Promotion,
}

read_enums!(
    ProductStatus,
    RevisionStatus,
    ProductTab,
    ProductDecision,
    ProductAction,
    ProductEventKind,
    ListingStep
);

read! {
    /// A category as partners choose it; a retired one takes no new products.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Category")]
    pub struct CategoryChoice {
        pub id: cynic::Id,
        pub name: String,
        pub retired: bool,
    }
}

read! {
    /// The version that is sold, and whether it passed its self-test (L2).
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct SoldVersion {
        pub id: cynic::Id,
        pub number: String,
        pub self_test_passed: bool,
    }
}

read! {
    /// The application that a product sells.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Application")]
    pub struct SoldApplication {
        pub id: cynic::Id,
        pub name: String,
        pub published_version: Option<SoldVersion>,
    }
}

read! {
    /// How a product stands, for whoever leads there.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct ProductState {
        pub id: cynic::Id,
        pub status: ProductStatus,
    }
}

read! {
    /// An application that may become a product, or is one.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Application")]
    pub struct Sellable {
        pub id: cynic::Id,
        pub name: String,
        pub published_version: Option<SoldVersion>,
        pub product: Option<ProductState>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationConnection")]
    pub struct SellablePage {
        pub nodes: Vec<Sellable>,
        pub page_info: PageInfo,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRevision")]
    pub struct RevisionState {
        pub status: RevisionStatus,
        pub overdue: bool,
        pub due_at: Option<DateTime>,
    }
}

read! {
    /// A product as the shelves list it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct ProductRow {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProductStatus,
        pub application: super::application::ApplicationName,
        pub category: Option<CategoryChoice>,
        pub open_revision: Option<RevisionState>,
        pub delisting_applied_at: Option<DateTime>,
        pub updated_at: DateTime,
        pub available_actions: Vec<ProductAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductConnection")]
    pub struct ProductPage {
        pub nodes: Vec<ProductRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ProductPage of ProductRow);

read! {
    /// One thing that keeps a revision from being handed in (L5). `path` is empty for what is no field.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ListingIssue {
        pub step: ListingStep,
        pub path: String,
        pub code: String,
        pub message: String,
        pub next_step: String,
    }
}

read! {
    /// What an operator said beside a field.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct FieldReason {
        pub path: String,
        pub reason: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRevision")]
    pub struct Revision {
        pub number: i32,
        pub status: RevisionStatus,
        pub version: i32,
        pub content: ProductContent,
        pub decision: Option<ProductDecision>,
        pub decided_at: Option<DateTime>,
        pub reason: Option<String>,
        pub field_reasons: Vec<FieldReason>,
        pub submitted_at: Option<DateTime>,
        pub submitted_by: Option<Person>,
        pub first_approved_by: Option<Person>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub updated_at: DateTime,
    }
}

read! {
    /// A product while it is written.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct Draft {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProductStatus,
        pub was_submitted: bool,
        pub application: SoldApplication,
        pub open_revision: Option<Revision>,
        pub preflight: Vec<ListingIssue>,
        pub available_actions: Vec<ProductAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PreTask")]
    pub struct TaskName {
        pub name: String,
        pub retired: bool,
    }
}

read! {
    /// A task before the marketplace (L9).
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductTask {
        pub task: TaskName,
        pub done: bool,
        pub done_at: Option<DateTime>,
        pub note: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductEvent {
        pub at: DateTime,
        pub kind: ProductEventKind,
        pub note: Option<String>,
        pub user: Option<Person>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductEventConnection")]
    pub struct ProductEvents {
        pub nodes: Vec<ProductEvent>,
        pub page_info: PageInfo,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Product {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProductStatus,
        pub was_submitted: bool,
        pub application: SoldApplication,
        pub category: Option<CategoryChoice>,
        pub promotion_mode: Option<PromotionMode>,
        pub status_reason: Option<String>,
        pub listed_at: Option<DateTime>,
        pub updated_at: DateTime,
        pub delisting_applied_at: Option<DateTime>,
        pub delisting_applied_by: Option<Person>,
        pub delisting_reason: Option<String>,
        pub open_revision: Option<Revision>,
        pub approved_revision: Option<Revision>,
        pub preflight: Vec<ListingIssue>,
        pub tasks: Vec<ProductTask>,
        pub timeline: ProductEvents,
        pub available_actions: Vec<ProductAction>,
    }
}

impl Product {
    pub fn may(&self, action: ProductAction) -> bool {
        self.available_actions.contains(&action)
    }

    /// The revision that waits for an operator.
    pub fn in_review(&self) -> Option<&Revision> {
        self.open_revision
            .as_ref()
            .filter(|open| open.status == RevisionStatus::InReview)
    }
}

read! {
    /// What is left of a product whose open revision was thrown away; nothing where it went as well.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DiscardedProductRevision {
        pub product: Option<ProductState>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateProductInput {
    pub application_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProductActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ApplyToDelistProductInput {
    pub id: cynic::Id,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SaveProductDraftInput {
    pub id: cynic::Id,
    pub version: i32,
    pub content: ProductContentInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SubmitProductInput {
    pub id: cynic::Id,
    pub version: i32,
}

operation! { $ Query:
    products(
        tab = tab: Option<ProductTab>,
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>
    ) => ProductPage
}
operation! { $ Query: product(id = id: cynic::Id) => Option<Product> }
operation! { $ Query: applications(first = first: Option<i32>, search = search: Option<String>) => SellablePage }
operation! { $ Query: rendered_markdown(text = text: String) => String }
operation! { $ Mutation:
    create_product(input = input: CreateProductInput, idempotencyKey = idempotency_key: Option<String>) -> CreateProductResult / ProductState
}
operation! { $ Mutation: save_product_draft(input = input: SaveProductDraftInput) -> SaveProductDraftResult / Draft }
operation! { $ Mutation: submit_product(input = input: SubmitProductInput) -> SubmitProductResult / ProductState }
operation! { $ Mutation: revise_product(input = input: ProductActionInput) -> ReviseProductResult / ProductState }
operation! { $ Mutation:
    discard_product_draft(input = input: ProductActionInput) -> DiscardProductDraftResult / DiscardedProductRevision
}
operation! { $ Mutation: list_product(input = input: ProductActionInput) -> ListProductResult / ProductState }
operation! { $ Mutation:
    apply_to_delist_product(input = input: ApplyToDelistProductInput) -> ApplyToDelistProductResult / ProductState
}
operation! { $ Mutation: withdraw_delisting(input = input: ProductActionInput) -> WithdrawDelistingResult / ProductState }

/// Every category, retired ones included.
pub async fn categories() -> Result<Vec<CategoryChoice>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        categories: Vec<CategoryChoice>,
    }
    let body = bare("query", "categories", CategoryChoice::select);
    transport::ask::<Plain<Vec<CategoryChoice>>>(body, true).await
}

/// Reading a product for the wizard: less than its page needs.
pub mod draft {
    use super::Draft;

    operation! { $ Query: product(id = id: cynic::Id) => Option<Draft> }
}
