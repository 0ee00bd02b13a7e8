//! What an application to list a cool app holds, as it is read. Pictures are ids: `GET /pictures/{id}` shows them.

use async_graphql::{Context, ID, Result, SimpleObject};

use crate::domain::cool_app_content::{
    CoolAppContent as Content, CoolAppEntry as Entry, CoolAppRobot as Robot, CoolAppRole, EntryOpenMode,
};
use crate::domain::id::{FileId, ProductId};
use crate::domain::product::ProductStatus;
use crate::domain::product_content::Industry;
use crate::graphql::loaders;
use crate::graphql::product::loaders::ProductsById;

/// 入口: where members of a group open a cool app.
#[derive(Clone, Debug, SimpleObject)]
pub struct CoolAppEntry {
    /// At most 6 characters.
    name: String,
    /// An https address.
    url: String,
    /// A picture of 48 × 48 pixels.
    icon_id: Option<ID>,
    /// How it opens.
    open_mode: Option<EntryOpenMode>,
}

/// 机器人: speaks for a cool app in a group.
#[derive(Clone, Debug, SimpleObject)]
pub struct CoolAppRobot {
    /// At most 6 characters.
    name: String,
    /// A picture of 240 × 240 pixels.
    icon_id: Option<ID>,
}

/// The form of a cool app (L21).
#[derive(Clone, Debug, SimpleObject)]
pub struct CoolAppContent {
    /// What it is called.
    name: String,
    /// 一句话简介.
    intro: String,
    /// A picture of 240 × 240 pixels.
    icon_id: Option<ID>,
    /// Under which the app stands in a group: a picture of 48 × 48 pixels.
    entry_icon_id: Option<ID>,
    /// For which industries; empty is all of them.
    industries: Vec<Industry>,
    /// For whom; empty is everybody.
    roles: Vec<CoolAppRole>,
    /// 缩略图.
    thumbnail_ids: Vec<ID>,
    /// 案例图.
    case_ids: Vec<ID>,
    /// 功能介绍.
    function_text: String,
    /// 邀请语: with which an employee invites a group to it.
    invite_line: String,
    /// 入口.
    entries: Vec<CoolAppEntry>,
    /// 机器人; null where there is none.
    robot: Option<CoolAppRobot>,
}

/// The product that a cool app belongs to.
#[derive(Clone, Debug, SimpleObject)]
pub struct CoolAppProduct {
    /// Prefixed id.
    id: ID,
    /// What it is called.
    name: String,
    /// Whether it is on the marketplace.
    listed: bool,
}

fn named(id: FileId) -> ID {
    ID(id.to_string())
}

fn all(ids: Vec<FileId>) -> Vec<ID> {
    ids.into_iter().map(named).collect()
}

impl From<Entry> for CoolAppEntry {
    fn from(entry: Entry) -> Self {
        Self {
            name: entry.name,
            url: entry.url,
            icon_id: entry.icon_id.map(named),
            open_mode: entry.open_mode,
        }
    }
}

impl From<Robot> for CoolAppRobot {
    fn from(robot: Robot) -> Self {
        Self {
            name: robot.name,
            icon_id: robot.icon_id.map(named),
        }
    }
}

impl From<Content> for CoolAppContent {
    fn from(content: Content) -> Self {
        Self {
            name: content.name,
            intro: content.intro,
            icon_id: content.icon_id.map(named),
            entry_icon_id: content.entry_icon_id.map(named),
            industries: content.industries,
            roles: content.roles,
            thumbnail_ids: all(content.thumbnail_ids),
            case_ids: all(content.case_ids),
            function_text: content.function_text,
            invite_line: content.invite_line,
            entries: content.entries.into_iter().map(CoolAppEntry::from).collect(),
            robot: content.robot.map(CoolAppRobot::from),
        }
    }
}

impl CoolAppProduct {
    /// By the id that a cool app holds.
    pub async fn load(ctx: &Context<'_>, id: ProductId) -> Result<Self> {
        let row = loaders::get::<ProductsById>(ctx, id).await?;
        Ok(Self {
            id: ID(row.id.to_string()),
            listed: row.status == ProductStatus::Listed,
            name: row.name,
        })
    }
}
