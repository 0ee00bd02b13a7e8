//! The checklist after a delivery, rule by rule.

use super::*;
use crate::domain::locale::Locale;

fn part(key: &str, kind: ComponentKind, state: ComponentState) -> BoundPart {
    BoundPart {
        key: key.to_owned(),
        kind,
        name: key.to_uppercase(),
        state,
        secrets: Vec::new(),
        has_code: false,
        origin: Some(0),
    }
}

fn connector(key: &str, secrets: &[&str], has_code: bool) -> BoundPart {
    BoundPart {
        secrets: secrets.iter().map(|name| (*name).to_owned()).collect(),
        has_code,
        ..part(key, ComponentKind::Connector, ComponentState::ToFillIn)
    }
}

fn origins(dependencies: &[(&str, &[&str])], connectors: &[&str]) -> Origins {
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    Origins {
        dependencies: dependencies
            .iter()
            .map(|(key, on)| ((*key).to_owned(), texts(on)))
            .collect(),
        connectors: connectors
            .iter()
            .map(|key| ((*key).to_owned(), key.to_uppercase()))
            .collect(),
    }
}

fn filled(all: &[(&str, &str)]) -> Filled {
    all.iter()
        .map(|(key, slot)| ((*key).to_owned(), (*slot).to_owned()))
        .collect()
}

fn seen(items: &[BindingItem]) -> Vec<(String, bool)> {
    items.iter().map(|item| (item.key(), item.done)).collect()
}

#[test]
fn d24_everything_that_waits_for_a_person_is_listed_and_what_was_done_is_done() {
    let parts = [
        part("form", ComponentKind::FormPage, ComponentState::Active),
        part("keeper", ComponentKind::Role, ComponentState::NoMembers),
        part("sales", ComponentKind::Contact, ComponentState::NoMembers),
        part("bot", ComponentKind::AiAssistant, ComponentState::Inactive),
        part("prep", ComponentKind::DataPreparation, ComponentState::NotRun),
        part("timer", ComponentKind::Automation, ComponentState::Active),
    ];
    let none = checklist(&parts, &[], &Filled::new(), &HashSet::new());
    let keys = [
        "ROLE_MEMBERS:keeper",
        "CONTACT_MEMBERS:sales",
        "ASSISTANT:bot",
        "DATA_PREPARATION:prep",
    ];
    assert_eq!(seen(&none), keys.map(|key| (key.to_owned(), false)));
    let members = HashSet::from(["keeper".to_owned()]);
    let some = checklist(&parts, &[], &filled(&[("prep", "")]), &members);
    assert_eq!(
        some.iter().map(|item| item.done).collect::<Vec<_>>(),
        [true, false, false, true]
    );
}

#[test]
fn d23_a_connector_is_bound_once_every_secret_is_filled_in() {
    let parts = [connector("erp", &["token", "key"], true)];
    let half = checklist(&parts, &[], &filled(&[("erp", "token")]), &HashSet::new());
    assert_eq!(
        seen(&half),
        [
            ("CONNECTOR_SECRETS:erp".to_owned(), false),
            ("CONNECTOR_CODE:erp".to_owned(), false)
        ]
    );
    assert_eq!(half[0].slots, [("token".to_owned(), true), ("key".to_owned(), false)]);
    let said = half[0].text().get(Locale::En).to_owned();
    assert!(said.contains("key") && !said.contains("token"), "{said}");
    let all = filled(&[("erp", "token"), ("erp", "key"), ("erp", "")]);
    assert!(
        checklist(&parts, &[], &all, &HashSet::new())
            .iter()
            .all(|item| item.done)
    );
}

#[test]
fn d23_an_automation_waits_for_the_connectors_that_it_reaches() {
    let origins = origins(
        &[("sync", &["form"]), ("form", &["erp", "crm"])],
        &["erp", "crm", "unused"],
    );
    let parts = [
        connector("crm", &["token"], false),
        part("sync", ComponentKind::Automation, ComponentState::Disabled),
    ];
    let open = checklist(
        &parts,
        std::slice::from_ref(&origins),
        &filled(&[("sync", "")]),
        &HashSet::new(),
    );
    let keys = ["CONNECTOR_SECRETS:crm", "CONNECTOR_REPLACEMENT:erp", "AUTOMATION:sync"];
    assert_eq!(seen(&open), keys.map(|key| (key.to_owned(), false)));
    assert_eq!(open[2].waits_for, ["CRM", "ERP"]);
    let refusal = open[2].require_confirmable().unwrap_err();
    assert_eq!(refusal.code(), Code::OpenItems);
    assert_eq!(refusal.details(Locale::En), ["CRM", "ERP"]);
    let bound = filled(&[("crm", "token"), ("erp", "address"), ("erp", "credential")]);
    let ready = checklist(&parts, std::slice::from_ref(&origins), &bound, &HashSet::new());
    assert!(ready[2].require_confirmable().is_ok() && !ready[2].done);
    let mut enabled = bound;
    enabled.insert(("sync".to_owned(), String::new()));
    assert!(checklist(&parts, std::slice::from_ref(&origins), &enabled, &HashSet::new())[2].done);
}

#[test]
fn d23_dependencies_in_a_circle_end() {
    let origins = origins(&[("sync", &["a"]), ("a", &["sync", "erp"])], &["erp"]);
    let parts = [part("sync", ComponentKind::Automation, ComponentState::Disabled)];
    assert_eq!(
        checklist(&parts, std::slice::from_ref(&origins), &Filled::new(), &HashSet::new()).len(),
        2
    );
}

#[test]
fn d28_what_is_open_has_to_be_waived_by_name() {
    let parts = [
        part("keeper", ComponentKind::Role, ComponentState::NoMembers),
        part("bot", ComponentKind::AiAssistant, ComponentState::Inactive),
    ];
    let items = checklist(&parts, &[], &Filled::new(), &HashSet::new());
    let refusal = require_waived(&items, &HashSet::from(["ASSISTANT:bot".to_owned()])).unwrap_err();
    assert_eq!(
        (refusal.code(), refusal.path()),
        (Code::OpenItems, &["waivedItems".to_owned()][..])
    );
    assert_eq!(refusal.details(Locale::ZhCn), ["为角色“KEEPER”添加成员"]);
    let all: HashSet<String> = items.iter().map(BindingItem::key).collect();
    assert!(require_waived(&items, &all).is_ok());
    assert!(require_waived(&[], &HashSet::new()).is_ok());
}

#[test]
fn d23_members_and_secrets_are_not_confirmed() {
    let parts = [
        part("keeper", ComponentKind::Role, ComponentState::NoMembers),
        connector("erp", &["token"], false),
    ];
    for item in checklist(&parts, &[], &Filled::new(), &HashSet::new()) {
        assert!(item.require_confirmable().is_err());
    }
    assert!(require_secret("").is_err());
    assert!(require_secret(&"长".repeat(SECRET_MAX + 1)).is_err());
    assert!(require_secret("x").is_ok());
}
