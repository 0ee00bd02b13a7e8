//! Products as operators of their category see them: what waits for a decision, one product with everything that its partner
//! typed, and every decision about it.

pub use super::product::{
    ProductAction, ProductDecision, ProductEvent, ProductEventKind, ProductStatus, ProductTab, RevisionStatus,
    rendered_markdown,
};
use super::{
    DateTime, Problem,
    application::ApplicationName,
    category::{CategoryName, PreTask},
    operation::{Plain, body},
    page::PageInfo,
    product_content::ProductContent,
    schema,
    select::{Root, Select},
    self_test::SelfTestStatus,
    session::{OrganizationName, Person},
    transport,
};

read! {
    /// Where something would change; both sides are read from the contents.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductChange {
        pub path: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SelfTestItem")]
    pub struct TestedItem {
        pub passed: Option<bool>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SelfTest")]
    pub struct TestOfVersion {
        pub status: SelfTestStatus,
        pub passed_at: Option<DateTime>,
        pub created_by: Person,
        pub test_organization: OrganizationName,
        pub items: Vec<TestedItem>,
    }
}

read! {
    /// What is sold, with how it was tried.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct ReviewedVersion {
        pub number: String,
        pub description: String,
        pub published_at: Option<DateTime>,
        pub self_test_passed: bool,
        pub latest_self_test: Option<TestOfVersion>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRevision")]
    pub struct Revision {
        pub id: cynic::Id,
        pub number: i32,
        pub status: RevisionStatus,
        pub content: ProductContent,
        pub changes: Vec<ProductChange>,
        pub application_version: Option<ReviewedVersion>,
        pub category: Option<CategoryName>,
        pub submitted_by: Option<Person>,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub first_approved_by: Option<Person>,
        pub decided_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductTask {
        pub task: PreTask,
        pub done: bool,
        pub done_at: Option<DateTime>,
        pub done_by: Option<Person>,
        pub note: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Seller {
        pub name: String,
        pub corp_id: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct ReviewedProduct {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProductStatus,
        pub status_reason: Option<String>,
        pub application: ApplicationName,
        pub partner: Seller,
        pub category: Option<CategoryName>,
        pub open_revision: Option<Revision>,
        pub approved_revision: Option<Revision>,
        pub tasks: Vec<ProductTask>,
        pub listed_at: Option<DateTime>,
        pub delisting_applied_at: Option<DateTime>,
        pub delisting_applied_by: Option<Person>,
        pub delisting_reason: Option<String>,
        pub available_actions: Vec<ProductAction>,
        pub updated_at: DateTime,
    }
}

impl ReviewedProduct {
    pub fn may(&self, action: ProductAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    /// The product of a revision that waits.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct QueuedProduct {
        pub id: cynic::Id,
        pub partner: OrganizationName,
        pub status: ProductStatus,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductContent")]
    pub struct ContentName {
        pub name: String,
        pub icon_id: Option<cynic::Id>,
    }
}

read! {
    /// A revision that waits for a decision.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRevision")]
    pub struct QueuedRevision {
        pub id: cynic::Id,
        pub number: i32,
        pub content: ContentName,
        pub category: Option<CategoryName>,
        pub product: QueuedProduct,
        pub submitted_by: Option<Person>,
        pub submitted_at: Option<DateTime>,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub first_approved_by: Option<Person>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductReviewConnection")]
    pub struct ReviewQueue {
        pub nodes: Vec<QueuedRevision>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

read! {
    /// A product as a list names it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct ProductRow {
        pub id: cynic::Id,
        pub name: String,
        pub status: ProductStatus,
        pub tab: ProductTab,
        pub partner: OrganizationName,
        pub category: Option<CategoryName>,
        pub delisting_applied_at: Option<DateTime>,
        pub delisting_applied_by: Option<Person>,
        pub delisting_reason: Option<String>,
        pub updated_at: DateTime,
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

crate::pages!(ReviewQueue of QueuedRevision, ProductPage of ProductRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductEventConnection")]
    pub struct ProductTimeline {
        pub nodes: Vec<ProductEvent>,
    }
}

read! {
    /// What a decision answers; the page reads the whole again.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct ProductState {
        pub id: cynic::Id,
        pub status: ProductStatus,
        pub open_revision: Option<OpenState>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRevision")]
    pub struct OpenState {
        pub status: RevisionStatus,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct FieldReasonInput {
    pub path: String,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReviewProductInput {
    pub revision_id: cynic::Id,
    pub decision: ProductDecision,
    pub reason: Option<String>,
    pub field_reasons: Vec<FieldReasonInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AnswerProductTaskInput {
    pub id: cynic::Id,
    pub task_id: cynic::Id,
    pub done: bool,
    pub note: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DecideDelistingInput {
    pub id: cynic::Id,
    pub approve: bool,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct WithdrawProductInput {
    pub id: cynic::Id,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ShowProductInput {
    pub id: cynic::Id,
}

operation! { $ Query:
    product_reviews(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        categoryId = category_id: Option<cynic::Id>
    ) => ReviewQueue
}
operation! { $ Query:
    products(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        tab = tab: Option<ProductTab>, delistingApplied = delisting_applied: bool
    ) => ProductPage
}
operation! { $ Query: product(id = id: cynic::Id) => Option<ReviewedProduct> }
operation! { $ Mutation: review_product(input = input: ReviewProductInput) -> ReviewProductResult / ProductState }
operation! { $ Mutation: answer_product_task(input = input: AnswerProductTaskInput) -> AnswerProductTaskResult / ProductState }
operation! { $ Mutation: decide_delisting(input = input: DecideDelistingInput) -> DecideDelistingResult / ProductState }
operation! { $ Mutation: hide_product(input = input: WithdrawProductInput) -> HideProductResult / ProductState }
operation! { $ Mutation: show_product(input = input: ShowProductInput) -> ShowProductResult / ProductState }
operation! { $ Mutation: delist_product(input = input: WithdrawProductInput) -> DelistProductResult / ProductState }

/// Of which product, and how much of its timeline.
#[derive(cynic::QueryVariables, Clone, Debug)]
struct TimelineVariables {
    id: cynic::Id,
    first: i32,
}

/// The newest steps of a product's timeline; nothing where there is no such product.
pub async fn timeline(id: cynic::Id, first: i32) -> Result<Option<ProductTimeline>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Product", variables = "TimelineVariables", no_deserialize)]
    struct Holder {
        #[arguments(first: $first)]
        timeline: ProductTimeline,
    }
    read!(@fields Holder timeline: ProductTimeline);
    impl Select for Holder {
        fn select(document: &mut String) {
            document.push_str("{timeline(first:$first)");
            ProductTimeline::select(document);
            document.push('}');
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "TimelineVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        product: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "product",
        arguments: &["id"],
        variables: <TimelineVariables as cynic::QueryVariables>::VARIABLES,
        select: Holder::select,
    };
    let variables = TimelineVariables { id, first };
    let holder = transport::ask::<Plain<Option<Holder>>>(body(&root, &variables), true).await?;
    Ok(holder.map(|holder| holder.timeline))
}
