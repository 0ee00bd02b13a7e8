//! Categories, their operators and the tasks before the marketplace in the schema (L6, L9).

mod mutation;
pub mod types;

use async_graphql::{Context, Object, Result};

use super::context::read;
use super::loaders;
use super::session::types::User;
use crate::services::category;
pub use mutation::CategoryMutation;
pub use types::{Category, PreTask};

#[derive(Default)]
pub struct CategoryQuery;

#[Object]
impl CategoryQuery {
    /// Every category in the order in which they were made, at most 200; those that are retired take no new products.
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let rows = read(ctx, category::list).await?;
        Ok(rows.into_iter().map(Category).collect())
    }

    /// L9: every task before the marketplace, at most 50; those that are retired are asked of no product.
    async fn pre_tasks(&self, ctx: &Context<'_>) -> Result<Vec<PreTask>> {
        let rows = read(ctx, category::tasks).await?;
        Ok(rows.into_iter().map(PreTask).collect())
    }

    /// L6: who can be made an operator of a category, for a superadmin: the holders of the role on the platform.
    async fn category_operator_candidates(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let people = read(ctx, category::candidates).await?;
        let users = loaders::load_many::<loaders::Users>(ctx, people).await?;
        Ok(users.into_iter().map(User).collect())
    }
}
