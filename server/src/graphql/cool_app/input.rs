//! What the form of a cool app sends: everything that was typed so far, complete or not.

use async_graphql::{ID, InputObject};

use crate::domain::cool_app_content::{CoolAppContent, CoolAppEntry, CoolAppRobot, CoolAppRole, EntryOpenMode};
use crate::domain::product_content::Industry;
use crate::domain::refusal::Refusal;
use crate::graphql::given_id::GivenIds;

/// An entry.
#[derive(Clone, Debug, InputObject)]
pub struct CoolAppEntryInput {
    /// 1 to 6 characters.
    #[graphql(default)]
    pub name: String,
    /// An https address.
    #[graphql(default)]
    pub url: String,
    /// A picture that was uploaded as COOL_APP_ENTRY_ICON.
    pub icon_id: Option<ID>,
    /// How it opens.
    pub open_mode: Option<EntryOpenMode>,
}

/// A robot.
#[derive(Clone, Debug, InputObject)]
pub struct CoolAppRobotInput {
    /// 1 to 6 characters.
    #[graphql(default)]
    pub name: String,
    /// A picture that was uploaded as COOL_APP_ICON.
    pub icon_id: Option<ID>,
}

/// The form (L21). Everything may be incomplete or wrong in a draft; characters are counted as people see them.
#[derive(Clone, Debug, InputObject)]
pub struct CoolAppContentInput {
    /// 1 to 6 characters.
    #[graphql(default)]
    pub name: String,
    /// 1 to 12 characters.
    #[graphql(default)]
    pub intro: String,
    /// A picture that was uploaded as COOL_APP_ICON: PNG, 240 × 240.
    pub icon_id: Option<ID>,
    /// A picture that was uploaded as COOL_APP_ENTRY_ICON: PNG, 48 × 48.
    pub entry_icon_id: Option<ID>,
    /// At most 3; empty is all of them.
    #[graphql(default)]
    pub industries: Vec<Industry>,
    /// At most 3; empty is everybody.
    #[graphql(default)]
    pub roles: Vec<CoolAppRole>,
    /// Exactly 3 pictures that were uploaded as COOL_APP_THUMBNAIL, each smaller than 100 KB.
    #[graphql(default)]
    pub thumbnail_ids: Vec<ID>,
    /// 1 or 2 pictures that were uploaded as COOL_APP_CASE, each smaller than 100 KB.
    #[graphql(default)]
    pub case_ids: Vec<ID>,
    /// 1 to 100 characters.
    #[graphql(default)]
    pub function_text: String,
    /// 1 to 30 characters, as an employee would say it.
    #[graphql(default)]
    pub invite_line: String,
    /// 1 to 3.
    #[graphql(default)]
    pub entries: Vec<CoolAppEntryInput>,
    /// Null is none.
    pub robot: Option<CoolAppRobotInput>,
}

impl CoolAppContentInput {
    /// As the domain reads it; ids that are none are named.
    pub fn read(self) -> Result<CoolAppContent, Refusal> {
        let mut given = GivenIds::default();
        let numbered = self.entries.into_iter().enumerate();
        let content = CoolAppContent {
            name: self.name,
            intro: self.intro,
            icon_id: given.id("iconId", self.icon_id),
            entry_icon_id: given.id("entryIconId", self.entry_icon_id),
            industries: self.industries,
            roles: self.roles,
            thumbnail_ids: given.ids("thumbnailIds", self.thumbnail_ids),
            case_ids: given.ids("caseIds", self.case_ids),
            function_text: self.function_text,
            invite_line: self.invite_line,
            entries: numbered
                .map(|(at, entry)| CoolAppEntry {
                    name: entry.name,
                    url: entry.url,
                    icon_id: given.id(&format!("entries.{at}.iconId"), entry.icon_id),
                    open_mode: entry.open_mode,
                })
                .collect(),
            robot: self.robot.map(|robot| CoolAppRobot {
                name: robot.name,
                icon_id: given.id("robot.iconId", robot.icon_id),
            }),
        };
        given.check()?;
        Ok(content)
    }
}
