//! A category, and a task before the marketplace.

use async_graphql::{Context, ID, Object, Result};

use crate::domain::id::{CategoryId, UserId};
use crate::domain::locale::Locale;
use crate::graphql::context::Ask;
use crate::graphql::loaders::{self, Batch, Users};
use crate::graphql::session::types::User;
use crate::store::conn::Conn;
use crate::store::{self, category, grouped};

/// 应用分类: what a product is filed under, and thereby who reviews it.
#[derive(Clone, Debug)]
pub struct Category(pub category::Category);

/// 前置任务: what has to be done before a product comes onto the marketplace (L9).
#[derive(Clone, Debug)]
pub struct PreTask(pub category::PreTask);

#[Object]
impl Category {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in the caller's language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        match ctx.locale() {
            Locale::ZhCn => &self.0.name_zh,
            Locale::En => &self.0.name_en,
        }
    }

    /// Its Chinese name.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Its English name.
    async fn name_en(&self) -> &str {
        &self.0.name_en
    }

    /// Two different operators approve.
    async fn four_eyes(&self) -> bool {
        self.0.four_eyes
    }

    /// Takes no new products.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// Who reviews its products; for the platform's people, empty for others.
    async fn operators(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let viewer = ctx.viewer()?;
        if viewer.superadmin().is_err() && viewer.category_operator().is_err() {
            return Ok(Vec::new());
        }
        let people = loaders::load::<OperatorsOf>(ctx, self.0.id.clone()).await?;
        let users = loaders::load_many::<Users>(ctx, people.unwrap_or_default()).await?;
        Ok(users.into_iter().map(User).collect())
    }

    /// Whether the viewer is one of them.
    async fn held(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = ctx.viewer()?;
        let people = loaders::load::<OperatorsOf>(ctx, self.0.id.clone()).await?;
        Ok(viewer.category_operator().is_ok() && people.unwrap_or_default().contains(&viewer.user_id))
    }

    /// Grows with every change; send it back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl Category {
    /// The category, by an id that something holds which the viewer was shown.
    pub async fn load(ctx: &Context<'_>, id: CategoryId) -> Result<Self> {
        loaders::get::<CategoriesById>(ctx, id).await.map(Self)
    }

    /// The same where there may be none.
    pub async fn load_if_any(ctx: &Context<'_>, id: Option<CategoryId>) -> Result<Option<Self>> {
        match id {
            Some(id) => Self::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }
}

#[Object]
impl PreTask {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in the caller's language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        match ctx.locale() {
            Locale::ZhCn => &self.0.name_zh,
            Locale::En => &self.0.name_en,
        }
    }

    /// Its Chinese name.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Its English name.
    async fn name_en(&self) -> &str {
        &self.0.name_en
    }

    /// Asked of no product any more.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// Grows with every change; send it back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Categories by id.
pub struct CategoriesById;

impl Batch for CategoriesById {
    type Key = CategoryId;
    type Row = category::Category;

    fn load(conn: &mut Conn, keys: &[CategoryId]) -> store::Result<Vec<(CategoryId, category::Category)>> {
        let rows = category::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Who holds each category; absent where nobody does.
pub struct OperatorsOf;

impl Batch for OperatorsOf {
    type Key = CategoryId;
    type Row = Vec<UserId>;

    fn load(conn: &mut Conn, keys: &[CategoryId]) -> store::Result<Vec<(CategoryId, Vec<UserId>)>> {
        Ok(grouped(category::operators(conn, keys)?).into_iter().collect())
    }
}
