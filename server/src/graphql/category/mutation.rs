//! Mutations of a superadmin about categories and the tasks before the marketplace.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::{Category, PreTask};
use crate::auth::viewer::Viewer;
use crate::domain::category::BothNames;
use crate::domain::id::{CategoryId, PreTaskId, UserId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, write};
use crate::graphql::error::{outcome, result_union};
use crate::services::category::{self, CategoryFields, TaskFields};
use crate::store::Tx;

/// A category. Without an id one is made.
#[derive(InputObject)]
pub struct SaveCategoryInput {
    /// The category to change.
    pub id: Option<ID>,
    /// The version that was read; needed with an id.
    #[graphql(default)]
    pub version: i32,
    /// 1 to 40 characters, unlike any other category's.
    pub name_zh: String,
    /// 1 to 40 characters, unlike any other category's.
    pub name_en: String,
    /// Two different operators approve.
    #[graphql(default)]
    pub four_eyes: bool,
    /// Takes no new products.
    #[graphql(default)]
    pub retired: bool,
}

/// Who reviews the products of a category.
#[derive(InputObject)]
pub struct SetCategoryOperatorsInput {
    /// The category.
    pub id: ID,
    /// At most 100 people, each a category operator on the platform; nobody else holds the category afterwards.
    pub user_ids: Vec<ID>,
}

/// A task before the marketplace. Without an id one is made.
#[derive(InputObject)]
pub struct SavePreTaskInput {
    /// The task to change.
    pub id: Option<ID>,
    /// The version that was read; needed with an id.
    #[graphql(default)]
    pub version: i32,
    /// 1 to 40 characters, unlike any other task's.
    pub name_zh: String,
    /// 1 to 40 characters, unlike any other task's.
    pub name_en: String,
    /// Asked of no product any more.
    #[graphql(default)]
    pub retired: bool,
}

result_union! {
    /// Result of saving a category.
    SaveCategoryResult = Category
}
result_union! {
    /// Result of choosing operators.
    SetCategoryOperatorsResult = Category
}
result_union! {
    /// Result of saving a task.
    SavePreTaskResult = PreTask
}

#[derive(Default)]
pub struct CategoryMutation;

#[Object]
impl CategoryMutation {
    /// A superadmin makes or changes a category.
    async fn save_category(&self, ctx: &Context<'_>, input: SaveCategoryInput) -> Result<SaveCategoryResult> {
        let fields = CategoryFields {
            names: BothNames {
                zh: input.name_zh,
                en: input.name_en,
            },
            four_eyes: input.four_eyes,
            retired: input.retired,
        };
        let id = input.id.map(|id| id.parse::<CategoryId>().ok());
        let ended = write(ctx, move |tx, viewer| match &id {
            None => category::create(tx, viewer, &fields),
            Some(Some(id)) => category::update(tx, viewer, id, input.version, &fields),
            Some(None) => Err(viewer.superadmin().err().unwrap_or_else(Refusal::not_found).into()),
        });
        outcome(ctx, ended.await?, |row| SaveCategoryResult::Category(Category(row)))
    }

    /// L6: a superadmin chooses who reviews the products of a category.
    async fn set_category_operators(
        &self,
        ctx: &Context<'_>,
        input: SetCategoryOperatorsInput,
    ) -> Result<SetCategoryOperatorsResult> {
        let people: Vec<Option<UserId>> = input.user_ids.iter().map(|id| id.parse().ok()).collect();
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &CategoryId| {
            let unknown = people.iter().position(Option::is_none);
            if let Some(at) = unknown {
                return Err(Refusal::not_found().at(&format!("userIds.{at}")).into());
            }
            let people: Vec<UserId> = people.iter().flatten().cloned().collect();
            category::set_operators(tx, viewer, id, &people)
        };
        let ended = change(ctx, &input.id, Viewer::superadmin, work).await?;
        outcome(ctx, ended, |row| SetCategoryOperatorsResult::Category(Category(row)))
    }

    /// L9: a superadmin makes or changes a task before the marketplace.
    async fn save_pre_task(&self, ctx: &Context<'_>, input: SavePreTaskInput) -> Result<SavePreTaskResult> {
        let fields = TaskFields {
            names: BothNames {
                zh: input.name_zh,
                en: input.name_en,
            },
            retired: input.retired,
        };
        let id = input.id.map(|id| id.parse::<PreTaskId>().ok());
        let ended = write(ctx, move |tx, viewer| match &id {
            None => category::create_task(tx, viewer, &fields),
            Some(Some(id)) => category::update_task(tx, viewer, id, input.version, &fields),
            Some(None) => Err(viewer.superadmin().err().unwrap_or_else(Refusal::not_found).into()),
        });
        outcome(ctx, ended.await?, |row| SavePreTaskResult::PreTask(PreTask(row)))
    }
}
