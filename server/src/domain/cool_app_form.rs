//! Whether an application to list a cool app can be handed in (L21): every limit of the form, all failures at once, each with the path
//! and the name of its field. Characters are counted as people see them (`wording`). What only the store knows comes as [`Facts`].

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::cool_app_content::{CoolAppContent, CoolAppEntry, CoolAppRobot};
use super::file::FilePurpose;
use super::id::FileId;
use super::locale::Text;
use super::problem::Problem;
use super::product_form::https_address;
use super::refusal::Issue;
use super::wording;

pub const NAME_MAX: usize = 6;
pub const INTRO_MAX: usize = 12;
pub const INDUSTRIES_MAX: usize = 3;
pub const ROLES_MAX: usize = 3;
pub const THUMBNAILS: usize = 3;
pub const CASES_MAX: usize = 2;
pub const FUNCTION_MAX: usize = 100;
pub const INVITE_MAX: usize = 30;
pub const ENTRIES_MAX: usize = 3;

/// What only the store knows of an application.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The product that it belongs to is on the marketplace.
    pub product_listed: bool,
    /// Those of its pictures that are the partner's own, each with what it was uploaded for.
    pub pictures: HashMap<FileId, FilePurpose>,
    /// What the market shows, where it shows something: an update changes something of it.
    pub approved: Option<CoolAppContent>,
}

/// Everything that keeps the application from being handed in, in the order of the form.
pub fn report(content: &CoolAppContent, facts: &Facts) -> Vec<Issue> {
    let mut report = Report {
        pictures: &facts.pictures,
        issues: Vec::new(),
    };
    if !facts.product_listed {
        report.issues.push(Issue::new("productId", Problem::ProductNotListed));
    }
    let unchanged = facts.approved.as_ref() == Some(content);
    report.wrong_if(unchanged, "", Text::new("内容", "Content"), Problem::NothingNew);
    texts(content, &mut report);
    report.picture(
        "iconId",
        name("图标", "Icon"),
        content.icon_id.as_ref(),
        FilePurpose::CoolAppIcon,
    );
    let entry_icon = content.entry_icon_id.as_ref();
    report.picture(
        "entryIconId",
        name("入口图标", "Entry icon"),
        entry_icon,
        FilePurpose::CoolAppEntryIcon,
    );
    report.choices(
        "industries",
        name("适用行业", "Industries"),
        &content.industries,
        INDUSTRIES_MAX,
    );
    report.choices("roles", name("适用角色", "Roles"), &content.roles, ROLES_MAX);
    galleries(content, &mut report);
    let (given, max) = (content.entries.len(), ENTRIES_MAX);
    report.wrong_if(
        given == 0,
        "entries",
        name("入口", "Entries"),
        Problem::TooFew { min: 1 },
    );
    report.wrong_if(
        given > max,
        "entries",
        name("入口", "Entries"),
        Problem::TooMany { max },
    );
    for (at, entry) in content.entries.iter().enumerate() {
        of_entry(at, entry, &mut report);
    }
    if let Some(robot) = &content.robot {
        of_robot(robot, &mut report);
    }
    report.issues
}

fn name(zh: &'static str, en: &'static str) -> Text {
    Text::new(zh, en)
}

fn texts(content: &CoolAppContent, report: &mut Report<'_>) {
    report.text("name", name("名称", "Name"), wording::line(&content.name, NAME_MAX));
    report.text(
        "intro",
        name("一句话简介", "One-line introduction"),
        wording::line(&content.intro, INTRO_MAX),
    );
    let function = wording::paragraphs(&content.function_text, FUNCTION_MAX);
    report.text("functionText", name("功能介绍", "What it does"), function);
    report.text(
        "inviteLine",
        name("邀请语", "Invite line"),
        wording::line(&content.invite_line, INVITE_MAX),
    );
}

fn galleries(content: &CoolAppContent, report: &mut Report<'_>) {
    let (field, given) = ("thumbnailIds", &content.thumbnail_ids);
    let wrong = given.len() != THUMBNAILS;
    report.wrong_if(
        wrong,
        field,
        name("缩略图", "Thumbnails"),
        Problem::NotExactly { count: THUMBNAILS },
    );
    report.gallery(
        field,
        &Text::new("缩略图", "Thumbnail"),
        given,
        FilePurpose::CoolAppThumbnail,
    );
    let (field, given, max) = ("caseIds", &content.case_ids, CASES_MAX);
    report.wrong_if(
        given.is_empty(),
        field,
        name("案例图", "Case pictures"),
        Problem::TooFew { min: 1 },
    );
    report.wrong_if(
        given.len() > max,
        field,
        name("案例图", "Case pictures"),
        Problem::TooMany { max },
    );
    report.gallery(
        field,
        &Text::new("案例图", "Case picture"),
        given,
        FilePurpose::CoolAppCase,
    );
}

fn of_entry(at: usize, entry: &CoolAppEntry, report: &mut Report<'_>) {
    let number = at + 1;
    let of = |zh: &str, en: &str| Text::new(format!("入口 {number} 的{zh}"), format!("{en} of entry {number}"));
    let field = |field: &str| format!("entries.{at}.{field}");
    report.text(&field("name"), of("名称", "Name"), wording::line(&entry.name, NAME_MAX));
    report.text(&field("url"), of("地址", "Address"), https_address(&entry.url));
    let icon = entry.icon_id.as_ref();
    report.picture(
        &field("iconId"),
        of("图标", "Icon"),
        icon,
        FilePurpose::CoolAppEntryIcon,
    );
    let missing = entry.open_mode.is_none();
    report.wrong_if(
        missing,
        &field("openMode"),
        of("打开方式", "Open mode"),
        Problem::Required,
    );
}

fn of_robot(robot: &CoolAppRobot, report: &mut Report<'_>) {
    let called = wording::line(&robot.name, NAME_MAX);
    report.text("robot.name", name("机器人名称", "Name of the robot"), called);
    let icon = robot.icon_id.as_ref();
    report.picture(
        "robot.iconId",
        name("机器人图标", "Icon of the robot"),
        icon,
        FilePurpose::CoolAppIcon,
    );
}

/// The failures found so far.
struct Report<'a> {
    pictures: &'a HashMap<FileId, FilePurpose>,
    issues: Vec<Issue>,
}

impl Report<'_> {
    fn wrong_if(&mut self, condition: bool, field: &str, name: Text, problem: Problem) {
        if condition {
            let path = format!("content.{field}");
            let problem = Problem::OfField(name, Box::new(problem));
            self.issues.push(Issue::new(path.trim_end_matches('.'), problem));
        }
    }

    /// A text that has to be given.
    fn text(&mut self, field: &str, name: Text, text: Result<String, Problem>) {
        if let Err(problem) = wording::required(text) {
            self.wrong_if(true, field, name, problem);
        }
    }

    /// A picture that has to be given, one of the partner's own that was uploaded for this place.
    fn picture(&mut self, field: &str, name: Text, id: Option<&FileId>, purpose: FilePurpose) {
        let problem = match id {
            None => Problem::Required,
            Some(id) if self.pictures.get(id) == Some(&purpose) => return,
            Some(_) => Problem::Unknown,
        };
        self.wrong_if(true, field, name, problem);
    }

    fn gallery(&mut self, field: &str, name: &Text, ids: &[FileId], purpose: FilePurpose) {
        let mut seen = HashSet::new();
        for (at, id) in ids.iter().enumerate() {
            let number = at + 1;
            let name = Text::new(format!("{} {number}", name.zh), format!("{} {number}", name.en));
            let field = format!("{field}.{at}");
            self.picture(&field, name.clone(), Some(id), purpose);
            self.wrong_if(!seen.insert(id), &field, name, Problem::Repeated);
        }
    }

    fn choices<T: Eq + Hash>(&mut self, field: &str, name: Text, chosen: &[T], max: usize) {
        self.wrong_if(chosen.len() > max, field, name.clone(), Problem::TooMany { max });
        let mut seen = HashSet::new();
        for (at, choice) in chosen.iter().enumerate() {
            self.wrong_if(
                !seen.insert(choice),
                &format!("{field}.{at}"),
                name.clone(),
                Problem::Repeated,
            );
        }
    }
}

#[cfg(test)]
mod tests;
