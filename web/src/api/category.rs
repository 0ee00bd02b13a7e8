//! Categories, who reviews their products, and the tasks before the marketplace: everybody reads them, superadmins keep them.

use super::{
    Problem,
    operation::{Plain, bare},
    schema,
    select::Select,
    session::Person,
    transport,
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Category {
        pub id: cynic::Id,
        pub name: String,
        pub name_zh: String,
        pub name_en: String,
        pub operators: Vec<Person>,
        pub four_eyes: bool,
        pub held: bool,
        pub retired: bool,
        pub version: i32,
    }
}

read! {
    /// A category where it is only named.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Category")]
    pub struct CategoryName {
        pub id: cynic::Id,
        pub name: String,
        pub four_eyes: bool,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PreTask {
        pub id: cynic::Id,
        pub name: String,
        pub name_zh: String,
        pub name_en: String,
        pub retired: bool,
        pub version: i32,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SaveCategoryInput {
    pub id: Option<cynic::Id>,
    pub name_zh: String,
    pub name_en: String,
    pub four_eyes: bool,
    pub retired: bool,
    pub version: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetCategoryOperatorsInput {
    pub id: cynic::Id,
    pub user_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SavePreTaskInput {
    pub id: Option<cynic::Id>,
    pub name_zh: String,
    pub name_en: String,
    pub retired: bool,
    pub version: i32,
}

operation! { $ Mutation: save_category(input = input: SaveCategoryInput) -> SaveCategoryResult / Category }
operation! { $ Mutation: set_category_operators(input = input: SetCategoryOperatorsInput) -> SetCategoryOperatorsResult / Category }
operation! { $ Mutation: save_pre_task(input = input: SavePreTaskInput) -> SavePreTaskResult / PreTask }

/// Every category, those that are retired as well.
pub async fn categories() -> Result<Vec<Category>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        categories: Vec<Category>,
    }
    transport::ask::<Plain<Vec<Category>>>(bare("query", "categories", Category::select), true).await
}

/// Who can be made an operator of a category.
pub async fn candidates() -> Result<Vec<Person>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        category_operator_candidates: Vec<Person>,
    }
    let body = bare("query", "category_operator_candidates", Person::select);
    transport::ask::<Plain<Vec<Person>>>(body, true).await
}

/// Every task before the marketplace.
pub async fn pre_tasks() -> Result<Vec<PreTask>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        pre_tasks: Vec<PreTask>,
    }
    transport::ask::<Plain<Vec<PreTask>>>(bare("query", "pre_tasks", PreTask::select), true).await
}
