//! Every limit of the form one below, at and above, in Chinese, emoji and combined characters.

use super::*;
use crate::domain::cool_app_content::{CoolAppRole, EntryOpenMode};
use crate::domain::id::IdSource;
use crate::domain::locale::Locale;
use crate::domain::product_content::Industry;

/// One character each to people: Chinese, a family of emoji, a flag, a skin colour, a letter with two marks, Hangul of parts, Devanagari.
const CHARACTERS: [&str; 7] = [
    "审",
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "👍🏽",
    "e\u{301}\u{323}",
    "\u{1112}\u{1161}\u{11ab}",
    "क्षि",
];

fn file(facts: &mut Facts, purpose: FilePurpose) -> FileId {
    let id: FileId = IdSource::default().next(chrono::DateTime::UNIX_EPOCH);
    facts.pictures.insert(id.clone(), purpose);
    id
}

fn entry(facts: &mut Facts) -> CoolAppEntry {
    CoolAppEntry {
        name: "扫码巡检".to_owned(),
        url: "https://partner.example.com/scan".to_owned(),
        icon_id: Some(file(facts, FilePurpose::CoolAppEntryIcon)),
        open_mode: Some(EntryOpenMode::PcSidebar),
    }
}

/// An application with which nothing is wrong.
fn complete() -> (CoolAppContent, Facts) {
    let mut facts = Facts {
        product_listed: true,
        ..Facts::default()
    };
    let content = CoolAppContent {
        name: "设备巡检".to_owned(),
        intro: "群里扫码，缺陷不漏".to_owned(),
        icon_id: Some(file(&mut facts, FilePurpose::CoolAppIcon)),
        entry_icon_id: Some(file(&mut facts, FilePurpose::CoolAppEntryIcon)),
        industries: vec![Industry::Manufacturing],
        roles: vec![CoolAppRole::Production],
        thumbnail_ids: (0..3)
            .map(|_| file(&mut facts, FilePurpose::CoolAppThumbnail))
            .collect(),
        case_ids: vec![file(&mut facts, FilePurpose::CoolAppCase)],
        function_text: "在群里发起巡检、上报缺陷。".to_owned(),
        invite_line: "我们用它在群里点检，一起来吧".to_owned(),
        entries: vec![entry(&mut facts)],
        robot: None,
    };
    (content, facts)
}

/// Path and message of everything that is wrong.
fn told(content: &CoolAppContent, facts: &Facts) -> Vec<(String, String)> {
    let issue = |issue: Issue| (issue.path.join("."), issue.message(Locale::ZhCn));
    report(content, facts).into_iter().map(issue).collect()
}

type Place = fn(&mut CoolAppContent) -> &mut String;

/// Every text of the form: where it stands, its path, its limit, and what is said one above.
const TEXTS: [(Place, &str, usize, &str); 6] = [
    (|content| &mut content.name, "content.name", 6, "名称：最多 6 个字符"),
    (
        |content| &mut content.intro,
        "content.intro",
        12,
        "一句话简介：最多 12 个字符",
    ),
    (
        |content| &mut content.function_text,
        "content.functionText",
        100,
        "功能介绍：最多 100 个字符",
    ),
    (
        |content| &mut content.invite_line,
        "content.inviteLine",
        30,
        "邀请语：最多 30 个字符",
    ),
    (
        |content| &mut content.entries[0].name,
        "content.entries.0.name",
        6,
        "入口 1 的名称：最多 6 个字符",
    ),
    (
        |content| &mut content.robot.get_or_insert_default().name,
        "content.robot.name",
        6,
        "机器人名称：最多 6 个字符",
    ),
];

#[test]
fn l21_one_character_over_any_limit_is_refused_with_the_fields_name_and_the_limit() {
    for (place, path, max, message) in TEXTS {
        for character in CHARACTERS {
            let (mut content, mut facts) = complete();
            content.robot = Some(CoolAppRobot {
                name: "巡检助手".to_owned(),
                icon_id: Some(file(&mut facts, FilePurpose::CoolAppIcon)),
            });
            for fits in [max - 1, max] {
                *place(&mut content) = character.repeat(fits);
                assert_eq!(told(&content, &facts), [], "{path} {character} × {fits}");
            }
            *place(&mut content) = character.repeat(max + 1);
            assert_eq!(
                told(&content, &facts),
                [(path.to_owned(), message.to_owned())],
                "{character}"
            );
            *place(&mut content) = " ".to_owned();
            assert_eq!(told(&content, &facts)[0].0, path, "nothing is not an answer");
        }
    }
}

#[test]
fn l21_one_more_than_any_list_takes_is_refused_and_so_is_one_less_than_it_needs() {
    let (whole, mut facts) = complete();
    let more = file(&mut facts, FilePurpose::CoolAppThumbnail);
    let cases: Vec<_> = (0..3).map(|_| file(&mut facts, FilePurpose::CoolAppCase)).collect();
    let entries: Vec<_> = (0..4).map(|_| entry(&mut facts)).collect();
    let check = |change: &dyn Fn(&mut CoolAppContent), wanted: Option<(&str, &str)>| {
        let mut content = whole.clone();
        change(&mut content);
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(path, said)| (path.to_owned(), said.to_owned()))
            .collect();
        assert_eq!(told(&content, &facts), wanted);
    };
    for given in 0..=4 {
        let wrong = (given != 3).then_some(("content.thumbnailIds", "缩略图：须正好 3 项"));
        let change = |content: &mut CoolAppContent| {
            content.thumbnail_ids.push(more.clone());
            content.thumbnail_ids.truncate(given);
        };
        check(&change, wrong);
    }
    for (given, wrong) in [
        (0, Some("案例图：至少填写 1 项")),
        (1, None),
        (2, None),
        (3, Some("案例图：最多填写 2 项")),
    ] {
        let change = |content: &mut CoolAppContent| content.case_ids = cases[..given].to_vec();
        check(&change, wrong.map(|said| ("content.caseIds", said)));
    }
    for (given, wrong) in [
        (0, Some("入口：至少填写 1 项")),
        (1, None),
        (2, None),
        (3, None),
        (4, Some("入口：最多填写 3 项")),
    ] {
        let change = |content: &mut CoolAppContent| content.entries = entries[..given].to_vec();
        check(&change, wrong.map(|said| ("content.entries", said)));
    }
    for given in 0..=4 {
        let over = given > 3;
        let industries = |content: &mut CoolAppContent| content.industries = Industry::ALL[..given].to_vec();
        check(
            &industries,
            over.then_some(("content.industries", "适用行业：最多填写 3 项")),
        );
        let roles = |content: &mut CoolAppContent| content.roles = CoolAppRole::ALL[..given].to_vec();
        check(&roles, over.then_some(("content.roles", "适用角色：最多填写 3 项")));
    }
}

#[test]
fn l21_everything_that_is_wrong_is_told_at_once() {
    let paths: Vec<_> = told(&CoolAppContent::default(), &Facts::default())
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    let all = [
        "productId",
        "content.name",
        "content.intro",
        "content.functionText",
        "content.inviteLine",
        "content.iconId",
        "content.entryIconId",
        "content.thumbnailIds",
        "content.caseIds",
        "content.entries",
    ];
    assert_eq!(paths, all);
}

#[test]
fn l21_pictures_are_the_partners_own_each_uploaded_for_its_place() {
    let (mut content, mut facts) = complete();
    let thumbnail = content.thumbnail_ids[0].clone();
    content.icon_id = Some(thumbnail.clone());
    content.entry_icon_id = Some(file(&mut Facts::default(), FilePurpose::CoolAppEntryIcon));
    content.thumbnail_ids[2] = thumbnail.clone();
    content.entries[0].icon_id = None;
    let said = told(&content, &facts);
    let paths: Vec<_> = said.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "content.iconId",
            "content.entryIconId",
            "content.thumbnailIds.2",
            "content.entries.0.iconId"
        ]
    );
    assert!(said[2].1.starts_with("缩略图 3："), "{said:?}");
    facts.pictures.clear();
    assert_eq!(
        told(&content, &facts).len(),
        4 + 4,
        "a picture of somebody else is none"
    );
}

#[test]
fn l21_entries_open_https_addresses_in_a_chosen_mode() {
    let (mut content, facts) = complete();
    for other in [
        "http://a.example.com",
        "ftp://a.example.com",
        "javascript:alert(1)",
        "https://localhost",
        "a.example.com",
        "",
    ] {
        content.entries[0].url = other.to_owned();
        let said = told(&content, &facts);
        assert_eq!(said.len(), 1, "{other}");
        assert_eq!(said[0].0, "content.entries.0.url", "{other}");
    }
    content.entries[0].url = "https://a.example.com/群?x=1".to_owned();
    content.entries[0].open_mode = None;
    assert_eq!(
        told(&content, &facts),
        [(
            "content.entries.0.openMode".to_owned(),
            "入口 1 的打开方式：请填写此项".to_owned()
        )]
    );
}

#[test]
fn l22_an_update_changes_something() {
    let (content, mut facts) = complete();
    facts.approved = Some(content.clone());
    let said = told(&content, &facts);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].0, "content");
}
