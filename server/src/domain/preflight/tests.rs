//! The plan, rule by rule.

use super::*;
use crate::domain::locale::Locale;

fn part(key: &str, kind: ComponentKind) -> Part {
    Part {
        key: key.to_owned(),
        kind,
        name: format!("名-{key}"),
        dependencies: Vec::new(),
        required_features: Vec::new(),
        sample_rows: 0,
        secrets: Vec::new(),
        has_code: false,
    }
}

fn target(edition: EditionName, limits: &[(Feature, Option<i32>)]) -> Target {
    let mut all: Limits = Feature::ALL.into_iter().map(|feature| (feature, None)).collect();
    all.extend(limits.iter().copied());
    Target {
        edition,
        limits: all,
        holds: Holdings::new(),
        replaced: Holdings::new(),
    }
}

fn rich() -> Target {
    target(EditionName::Exclusive, &[])
}

fn fate<'a>(plan: &'a Plan, key: &str) -> &'a Fate {
    &plan.items.iter().find(|item| item.key == key).expect("the item").fate
}

fn sends(plan: &Plan, key: &str) -> Option<ComponentState> {
    match fate(plan, key) {
        Fate::Send { state, .. } => Some(*state),
        Fate::Skip(_) | Fate::Fail(_) => None,
    }
}

#[test]
fn d21_everything_travels_but_dashboards_and_unchosen_connectors() {
    let parts: Vec<Part> = ComponentKind::ALL
        .into_iter()
        .map(|kind| part(kind.as_str(), kind))
        .collect();
    for include_connectors in [false, true] {
        let options = SendOptions {
            include_connectors,
            ..SendOptions::default()
        };
        let plan = plan(&parts, options, EditionName::Free, &rich());
        for item in &plan.items {
            let expected = match item.kind {
                ComponentKind::Dashboard => Some(SkipReason::NeverSent),
                ComponentKind::Connector if !include_connectors => Some(SkipReason::ConnectorsNotChosen),
                _ => None,
            };
            let skipped = plan
                .skipped()
                .find(|(other, _)| other.key == item.key)
                .map(|(_, why)| why);
            assert_eq!(skipped, expected, "{}", item.kind);
        }
    }
}

#[test]
fn d22_at_most_fifteen_sample_rows_a_form_and_only_when_chosen() {
    let mut forms = vec![
        part("few", ComponentKind::FormPage),
        part("many", ComponentKind::FormPage),
    ];
    (forms[0].sample_rows, forms[1].sample_rows) = (3, 400);
    for (include_sample_data, rows) in [(true, 18), (false, 0)] {
        let options = SendOptions {
            include_sample_data,
            ..SendOptions::default()
        };
        assert_eq!(plan(&forms, options, EditionName::Free, &rich()).sample_rows, rows);
    }
}

#[test]
fn d23_automations_without_their_connectors_arrive_disabled_and_are_named() {
    let mut parts = vec![
        part("erp", ComponentKind::Connector),
        part("step", ComponentKind::CustomComponent),
        part("direct", ComponentKind::Automation),
        part("indirect", ComponentKind::Automation),
        part("free", ComponentKind::Automation),
    ];
    parts[1].dependencies = vec!["erp".to_owned()];
    parts[2].dependencies = vec!["erp".to_owned()];
    parts[3].dependencies = vec!["step".to_owned()];
    let off = plan(&parts, SendOptions::default(), EditionName::Free, &rich());
    assert_eq!(sends(&off, "direct"), Some(ComponentState::Disabled));
    assert_eq!(sends(&off, "indirect"), Some(ComponentState::Disabled));
    assert_eq!(sends(&off, "free"), Some(ComponentState::Active));
    let said: Vec<String> = off.warnings.iter().map(|warning| warning.say(Locale::ZhCn)).collect();
    assert!(
        said.iter()
            .any(|text| text.contains("名-indirect") && text.contains("名-erp"))
    );
    let on = SendOptions {
        include_connectors: true,
        ..SendOptions::default()
    };
    let on = plan(&parts, on, EditionName::Free, &rich());
    assert_eq!(sends(&on, "direct"), Some(ComponentState::Active));
    assert!(on.warnings.is_empty());
}

#[test]
fn d23_connectors_with_secrets_or_code_are_to_be_filled_in() {
    let mut parts = vec![
        part("secret", ComponentKind::Connector),
        part("code", ComponentKind::Connector),
        part("plain", ComponentKind::Connector),
    ];
    parts[0].secrets = vec!["apiKey".to_owned()];
    parts[1].has_code = true;
    let options = SendOptions {
        include_connectors: true,
        ..SendOptions::default()
    };
    let plan = plan(&parts, options, EditionName::Free, &rich());
    assert_eq!(sends(&plan, "secret"), Some(ComponentState::ToFillIn));
    assert_eq!(sends(&plan, "code"), Some(ComponentState::ToFillIn));
    assert_eq!(sends(&plan, "plain"), Some(ComponentState::Active));
    assert_eq!(plan.manual_work.len(), 2);
    assert!(plan.manual_work[0].text().zh.contains("apiKey"));
}

#[test]
fn d24_assistants_preparations_roles_and_contacts_arrive_idle_and_are_listed() {
    let expected = [
        (ComponentKind::AiAssistant, ComponentState::Inactive),
        (ComponentKind::DataPreparation, ComponentState::NotRun),
        (ComponentKind::Role, ComponentState::NoMembers),
        (ComponentKind::Contact, ComponentState::NoMembers),
    ];
    for (kind, state) in expected {
        let plan = plan(&[part("it", kind)], SendOptions::default(), EditionName::Free, &rich());
        assert_eq!((sends(&plan, "it"), plan.manual_work.len()), (Some(state), 1), "{kind}");
    }
}

#[test]
fn d14_work_afterwards_is_what_the_re_binding_will_list() {
    let mut parts = [
        part("erp", ComponentKind::Connector),
        part("sync", ComponentKind::Automation),
    ];
    parts[1].dependencies = vec!["erp".to_owned()];
    let plan = plan(&parts, SendOptions::default(), EditionName::Free, &rich());
    let keys: Vec<String> = plan.manual_work.iter().map(BindingItem::key).collect();
    assert_eq!(keys, ["CONNECTOR_REPLACEMENT:erp", "AUTOMATION:sync"]);
}

#[test]
fn d25_pages_are_counted_for_each_application_and_quotas_for_the_organisation() {
    let pages: Vec<Part> = (0..26).map(|n| part(&n.to_string(), ComponentKind::FormPage)).collect();
    let free = target(EditionName::Free, &[(Feature::PagesPerApp, Some(25))]);
    let checked = plan(&pages, SendOptions::default(), EditionName::Free, &free);
    assert!(!checked.is_ok());
    assert_eq!(checked.failures().len(), 1);
    assert!(plan(&pages[1..], SendOptions::default(), EditionName::Free, &free).is_ok());

    let preparations = [part("one", ComponentKind::DataPreparation)];
    let mut quota = target(EditionName::Free, &[(Feature::DataPreparations, Some(1))]);
    assert!(plan(&preparations, SendOptions::default(), EditionName::Free, &quota).is_ok());
    quota.holds.insert(Feature::DataPreparations, 1);
    let full = plan(&preparations, SendOptions::default(), EditionName::Free, &quota);
    assert!(
        full.failures()[0]
            .say(Locale::ZhCn)
            .starts_with("客户组织权益不满足：数据准备")
    );
    assert!(plan(&[], SendOptions::default(), EditionName::Free, &quota).is_ok());
}

#[test]
fn d25_every_missing_entitlement_is_named_at_once() {
    let mut parts = vec![
        part("page", ComponentKind::CustomPage),
        part("form", ComponentKind::FormPage),
        part("http", ComponentKind::Connector),
    ];
    parts[1].required_features = vec![Feature::CrossAppForms, Feature::PublicDomain];
    parts[2].required_features = vec![Feature::HttpConnectors];
    let none: Vec<_> = Feature::ALL.into_iter().map(|feature| (feature, Some(0))).collect();
    let bare = target(EditionName::Free, &none);
    let features = |options: SendOptions| -> Vec<Feature> {
        let plan = plan(&parts, options, EditionName::Free, &bare);
        let missing = plan.entitlements.iter().filter(|check| !check.is_ok());
        missing.map(|check| check.feature).collect()
    };
    let all = SendOptions {
        include_connectors: true,
        ..SendOptions::default()
    };
    let expected = [
        Feature::PagesPerApp,
        Feature::CustomPages,
        Feature::HttpConnectors,
        Feature::CrossAppForms,
        Feature::PublicDomain,
    ];
    assert_eq!(features(all), expected);
    assert!(!features(SendOptions::default()).contains(&Feature::HttpConnectors));
}

#[test]
fn d14_a_lower_edition_is_warned_of_and_stops_nothing() {
    let plan = plan(
        &[],
        SendOptions::default(),
        EditionName::Professional,
        &target(EditionName::Lite, &[]),
    );
    assert!(plan.is_ok());
    assert!(plan.warnings[0].say(Locale::ZhCn).contains("建议保持相同的付费版本"));
}

#[test]
fn notices_survive_being_stored() {
    let failures = vec![
        DeliveryFailure::EntitlementMissing(EntitlementCheck {
            feature: Feature::CustomPages,
            needed: 2,
            used: 0,
            limit: Some(0),
        }),
        DeliveryFailure::ItemsFailed { count: 2 },
        DeliveryFailure::Cancelled,
    ];
    let text = serde_json::to_string(&failures).unwrap();
    assert_eq!(serde_json::from_str::<Vec<DeliveryFailure>>(&text).unwrap(), failures);
}

fn chosen(keys: &[&str]) -> HashSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn d16_only_what_was_chosen_is_planned_and_what_it_misses_is_named() {
    let mut page = part("page", ComponentKind::CustomPage);
    page.dependencies = vec!["there".to_owned(), "missing".to_owned()];
    let mut missing = part("missing", ComponentKind::CustomComponent);
    missing.dependencies = vec!["deeper".to_owned(), "there".to_owned()];
    let parts = [
        page,
        part("there", ComponentKind::FormPage),
        missing,
        part("deeper", ComponentKind::Connector),
    ];
    let selection = Selection {
        chosen: &chosen(&["page"]),
        present: &chosen(&["there"]),
        sampled: &HashSet::new(),
    };
    let plan = plan_of(&parts, selection, SendOptions::default(), EditionName::Free, &rich());
    assert_eq!(plan.items.len(), 1);
    assert_eq!(sends(&plan, "page"), Some(ComponentState::Active));
    let named = ["名-deeper", "名-missing"].map(str::to_owned).to_vec();
    assert_eq!(
        plan.warnings,
        [DeliveryWarning::PartMissing {
            kind: ComponentKind::CustomPage,
            name: "名-page".to_owned(),
            missing: named
        }]
    );
}

#[test]
fn d22_only_a_new_form_brings_sample_rows() {
    let mut form = part("form", ComponentKind::FormPage);
    form.sample_rows = 40;
    let options = SendOptions {
        include_sample_data: true,
        ..SendOptions::default()
    };
    for (present, rows) in [(chosen(&[]), 15), (chosen(&["form"]), 0)] {
        let selection = Selection {
            chosen: &chosen(&["form"]),
            present: &present,
            sampled: &HashSet::new(),
        };
        let parts = std::slice::from_ref(&form);
        assert_eq!(
            plan_of(parts, selection, options, EditionName::Free, &rich()).sample_rows,
            rows
        );
    }
}

#[test]
fn d25_a_page_that_takes_the_place_of_another_needs_no_place_of_its_own() {
    let mut full = target(
        EditionName::Free,
        &[(Feature::PagesPerApp, Some(2)), (Feature::CrossAppForms, Some(0))],
    );
    full.holds = Holdings::from([(Feature::PagesPerApp, 2)]);
    full.replaced = Holdings::from([(Feature::PagesPerApp, 1)]);
    let mut form = part("form", ComponentKind::FormPage);
    let keys = chosen(&["form"]);
    let nothing = HashSet::new();
    let selection = || Selection {
        chosen: &keys,
        present: &keys,
        sampled: &nothing,
    };
    let of = |form: &Part| {
        plan_of(
            std::slice::from_ref(form),
            selection(),
            SendOptions::default(),
            EditionName::Free,
            &full,
        )
    };
    assert!(of(&form).is_ok());
    form.required_features = vec![Feature::CrossAppForms];
    let lacking: Vec<Feature> = of(&form)
        .entitlements
        .iter()
        .filter(|it| !it.is_ok())
        .map(|it| it.feature)
        .collect();
    assert_eq!(lacking, [Feature::CrossAppForms]);
}

#[test]
fn l16_what_is_bought_brings_base_data_and_neither_connectors_nor_data_preparations_dashboards_and_components() {
    let mut parts: Vec<Part> = ComponentKind::ALL
        .into_iter()
        .map(|kind| part(kind.as_str(), kind))
        .collect();
    for (form, rows) in [("few", 30), ("most", 100), ("many", 101)] {
        let mut form = part(form, ComponentKind::FormPage);
        form.sample_rows = rows;
        parts.push(form);
    }
    let options = SendOptions {
        include_sample_data: true,
        include_connectors: true,
        rules: ContentRules::Listing,
    };
    let plan = plan(&parts, options, EditionName::Free, &rich());
    let stays: Vec<ComponentKind> = plan
        .skipped()
        .map(|(item, reason)| {
            assert_eq!(reason, SkipReason::NotWithProducts);
            item.kind
        })
        .collect();
    let mut expected = [
        ComponentKind::Connector,
        ComponentKind::DataPreparation,
        ComponentKind::Dashboard,
        ComponentKind::CustomComponent,
    ];
    expected.sort_unstable();
    let mut stays = stays;
    stays.sort_unstable();
    assert_eq!(stays, expected);
    assert_eq!(plan.sample_rows, 30 + 100 + 100);
}
