//! What an application to list a cool app holds (L21), as it was typed: a draft may be as incomplete as its writer likes. Whether it can
//! be handed in is `cool_app_form`'s matter. Stored as JSON.

use serde::{Deserialize, Serialize};

use super::form_check::FormCheck;
use super::id::FileId;
use super::problem::Problem;
use super::product_content::Industry;
use super::refusal::Issue;
use super::words::words;

words! {
    /// 适用角色: what somebody does for whom a cool app is.
    CoolAppRole {
        /// 管理者.
        Management = "MANAGEMENT",
        /// 人事.
        HumanResources = "HUMAN_RESOURCES",
        /// 行政.
        Administration = "ADMINISTRATION",
        /// 财务.
        Finance = "FINANCE",
        /// 销售.
        Sales = "SALES",
        /// 市场.
        Marketing = "MARKETING",
        /// 产品与研发.
        ResearchAndDevelopment = "RESEARCH_AND_DEVELOPMENT",
        /// 生产.
        Production = "PRODUCTION",
        /// 采购与供应链.
        Procurement = "PROCUREMENT",
        /// 客户服务.
        CustomerService = "CUSTOMER_SERVICE",
        /// 信息技术.
        InformationTechnology = "INFORMATION_TECHNOLOGY",
        /// 项目管理.
        ProjectManagement = "PROJECT_MANAGEMENT",
    }
}

words! {
    /// 打开方式: how an entry of a cool app opens in a group.
    EntryOpenMode {
        /// 电脑端侧边栏: in a panel beside the conversation, on a computer.
        PcSidebar = "PC_SIDEBAR",
        /// 移动端半屏: in a sheet over the lower half of the screen, on a phone.
        MobileHalfSheet = "MOBILE_HALF_SHEET",
    }
}

/// 入口: where members of a group open a cool app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CoolAppEntry {
    pub name: String,
    pub url: String,
    pub icon_id: Option<FileId>,
    pub open_mode: Option<EntryOpenMode>,
}

/// 机器人: speaks for a cool app in a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CoolAppRobot {
    pub name: String,
    pub icon_id: Option<FileId>,
}

/// What an application holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CoolAppContent {
    pub name: String,
    pub intro: String,
    pub icon_id: Option<FileId>,
    /// Under which the app stands among a group's entries.
    pub entry_icon_id: Option<FileId>,
    /// For whom it is; an empty list is everybody.
    pub industries: Vec<Industry>,
    pub roles: Vec<CoolAppRole>,
    pub thumbnail_ids: Vec<FileId>,
    pub case_ids: Vec<FileId>,
    /// What it does.
    pub function_text: String,
    /// With which an employee invites a group to it.
    pub invite_line: String,
    pub entries: Vec<CoolAppEntry>,
    pub robot: Option<CoolAppRobot>,
}

/// Characters of any one text of a draft: more than any check admits, so that what was typed stays.
const TEXT_STORED: usize = 1_000;
/// Entries of any list of a draft.
const ENTRIES_STORED: usize = 20;

impl CoolAppContent {
    /// The name as it is shown: one line.
    pub fn title(&self) -> String {
        one_line(&self.name)
    }

    /// Every picture that it names.
    pub fn pictures(&self) -> impl Iterator<Item = &FileId> {
        let own = self.icon_id.iter().chain(&self.entry_icon_id);
        let shown = self.thumbnail_ids.iter().chain(&self.case_ids);
        let entries = self.entries.iter().filter_map(|entry| entry.icon_id.as_ref());
        let robot = self.robot.iter().filter_map(|robot| robot.icon_id.as_ref());
        own.chain(shown).chain(entries).chain(robot)
    }

    /// Name and introduction in lower case, line by line, as the market is searched.
    pub fn search_text(&self) -> String {
        format!("{}\n{}", self.title(), one_line(&self.intro)).to_lowercase()
    }

    /// What keeps even a draft from being stored: a text or a list without end, or one that hides characters.
    pub fn unstorable(&self) -> Vec<Issue> {
        let mut check = FormCheck::new("content.");
        for (field, text) in [
            ("name", &self.name),
            ("intro", &self.intro),
            ("inviteLine", &self.invite_line),
        ] {
            check.line(field, text, TEXT_STORED);
        }
        check.paragraphs("functionText", &self.function_text, TEXT_STORED);
        let max = ENTRIES_STORED;
        for (field, given) in [
            ("industries", self.industries.len()),
            ("roles", self.roles.len()),
            ("thumbnailIds", self.thumbnail_ids.len()),
            ("caseIds", self.case_ids.len()),
            ("entries", self.entries.len()),
        ] {
            check.wrong_if(given > max, field, Problem::TooMany { max });
        }
        for (at, entry) in self.entries.iter().enumerate().take(max) {
            check.line(&format!("entries.{at}.name"), &entry.name, TEXT_STORED);
            check.line(&format!("entries.{at}.url"), &entry.url, TEXT_STORED);
        }
        if let Some(robot) = &self.robot {
            check.line("robot.name", &robot.name, TEXT_STORED);
        }
        check.issues()
    }
}

/// The fields in which an update differs from what the market shows, by their names in the schema, in the order of the form.
pub fn changed_fields(before: &CoolAppContent, after: &CoolAppContent) -> Vec<&'static str> {
    let fields = [
        ("name", before.name != after.name),
        ("intro", before.intro != after.intro),
        ("functionText", before.function_text != after.function_text),
        ("inviteLine", before.invite_line != after.invite_line),
        ("iconId", before.icon_id != after.icon_id),
        ("entryIconId", before.entry_icon_id != after.entry_icon_id),
        ("industries", before.industries != after.industries),
        ("roles", before.roles != after.roles),
        ("thumbnailIds", before.thumbnail_ids != after.thumbnail_ids),
        ("caseIds", before.case_ids != after.case_ids),
        ("entries", before.entries != after.entries),
        ("robot", before.robot != after.robot),
    ];
    fields
        .into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(field, _)| field)
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the market is filtered by: a kind and one of its words. What names none is for all of them.
pub fn traits(content: &CoolAppContent) -> Vec<String> {
    let industries = if content.industries.is_empty() {
        Industry::ALL
    } else {
        &content.industries
    };
    let roles = if content.roles.is_empty() {
        CoolAppRole::ALL
    } else {
        &content.roles
    };
    let industries = industries.iter().map(|industry| industry_trait(*industry));
    industries.chain(roles.iter().map(|role| role_trait(*role))).collect()
}

/// The trait of what is for an industry.
pub fn industry_trait(industry: Industry) -> String {
    format!("INDUSTRY:{industry}")
}

/// The trait of what is for a role.
pub fn role_trait(role: CoolAppRole) -> String {
    format!("ROLE:{role}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l21_a_draft_keeps_what_is_wrong_with_it_and_refuses_what_has_no_end() {
        let mut content = CoolAppContent {
            name: "一".repeat(60),
            entries: vec![CoolAppEntry::default(); 5],
            ..CoolAppContent::default()
        };
        assert_eq!(content.unstorable(), []);
        content.invite_line = "一".repeat(TEXT_STORED + 1);
        content.entries = vec![CoolAppEntry::default(); ENTRIES_STORED + 1];
        content.robot = Some(CoolAppRobot {
            name: "a\u{202e}b".to_owned(),
            icon_id: None,
        });
        let paths: Vec<_> = content.unstorable().iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(paths, ["content.inviteLine", "content.entries", "content.robot.name"]);
    }

    #[test]
    fn l22_an_update_tells_what_it_changes() {
        let before = CoolAppContent::default();
        let after = CoolAppContent {
            intro: "群里扫码".to_owned(),
            robot: Some(CoolAppRobot::default()),
            ..CoolAppContent::default()
        };
        assert_eq!(changed_fields(&before, &after), ["intro", "robot"]);
        assert!(changed_fields(&after, &after).is_empty());
    }

    #[test]
    fn l22_what_names_no_industry_and_no_role_is_for_all_of_them() {
        let everybody = traits(&CoolAppContent::default());
        assert_eq!(everybody.len(), Industry::ALL.len() + CoolAppRole::ALL.len());
        let some = traits(&CoolAppContent {
            industries: vec![Industry::Retail],
            roles: vec![CoolAppRole::Sales],
            ..CoolAppContent::default()
        });
        assert_eq!(some, ["INDUSTRY:RETAIL", "ROLE:SALES"]);
    }
}
