//! Exports that the real ones at hand do not show: automations, dashboards, requests to the outside, secrets, newer
//! and older variants, and broken ones. Nothing unknown fails; everything unknown is named.

use serde_json::{Value, json};

use super::read;
use crate::domain::component::{ComponentKind, Feature};
use crate::package::{Import, KeptAs};

const EVERYTHING: &str = r##"{
        "baserow_template_version": 1, "name": "All of it", "icon": "iconoir-box",
        "export": [
            {
                "id": 1, "name": "Data", "order": 1, "type": "database", "tables": [
                    {
                        "id": 10, "name": "Orders", "order": 1, "data_sync": null,
                        "fields": [
                            {"id": 100, "type": "text", "name": "Title", "order": 0, "primary": true, "text_default": "new"},
                            {"id": 101, "type": "number", "name": "Old number", "order": 1, "number_type": "DECIMAL", "number_decimal_places": 2, "number_negative": false},
                            {"id": 102, "type": "link_row", "name": "Customer", "order": 2, "link_row_table_id": 11},
                            {"id": 103, "type": "link_row", "name": "Lost", "order": 3, "link_row_table_id": 999},
                            {"id": 104, "type": "ai", "name": "Summary", "order": 4, "ai_prompt": "'x'"},
                            {"id": 105, "type": "hologram", "name": "Future", "order": 5, "depth": 3},
                            {"id": 106, "type": "single_select", "name": "State", "order": 6, "single_select_default": 2,
                             "select_options": [{"id": 2, "value": "B", "color": "red", "order": 1}, {"id": 1, "value": "A", "order": 0}, {"id": 3, "value": "A", "order": 2}]},
                            {"id": 107, "type": "password", "name": "Password", "order": 7},
                            {"id": 108, "type": "created_on", "name": "Created", "order": 8},
                            {"id": 109, "type": "date", "name": "Due", "order": 9, "date_include_time": true},
                            {"id": 110, "type": "multiple_collaborators", "name": "People", "order": 10},
                            {"id": 111, "type": "duration", "name": "Time", "order": 11, "duration_format": "d h:mm:ss"},
                            {"id": 112, "type": "duration", "name": "Hours", "order": 12, "duration_format": "h:mm"}
                        ],
                        "views": [
                            {"id": 50, "type": "grid", "name": "All", "order": 1, "sortings": [{"field_id": 100, "order": "DESC"}], "field_options": [{"field_id": 101, "hidden": true, "order": 1}]},
                            {"id": 51, "type": "hexagon", "name": "Odd", "order": 2}
                        ],
                        "rows": [
                            {"id": 8, "order": "2.0", "created_on": "2024-01-02T00:00:00Z", "field_100": "Second", "field_101": "-2.50", "field_102": [7, 70], "field_105": {"a": 1}, "field_107": "sesame", "field_888": "stray"},
                            {"id": 9, "order": "1.0", "field_100": "First", "field_101": "NaN", "field_103": [1], "field_106": 3, "field_109": "2024-05-05 10:00:00+00:00", "field_110": ["a@example.com", "b@example.com"]}
                        ],
                        "field_rules": [{"id": 1, "type": "date_dependency"}]
                    },
                    {
                        "id": 11, "name": "Customers", "order": 2,
                        "fields": [{"id": 200, "type": "text", "name": "Name", "primary": true}, {"id": 201, "type": "text", "name": "Role"}],
                        "views": [],
                        "rows": [{"id": 7, "field_200": "Acme", "field_201": "Admin"}, {"id": 6, "field_200": "", "field_201": "Reader"}]
                    },
                    {"id": 12, "name": "Empty", "order": 3, "fields": [], "views": [], "rows": []}
                ]
            },
            {
                "id": 2, "name": "Site", "order": 2, "type": "builder",
                "integrations": [
                    {"id": 30, "name": "Local", "type": "local_baserow", "authorized_user": "someone@example.com"},
                    {"id": 31, "name": "Mail", "type": "smtp", "host": "smtp.example.com", "port": 587, "username": "u", "password": "sesame"},
                    {"id": 32, "type": "teleport", "api_key": "sesame"}
                ],
                "user_sources": [{
                    "id": 40, "name": "Staff", "type": "local_baserow", "integration_id": 30, "table_id": 11, "email_field_id": 200,
                    "name_field_id": 200, "role_field_id": 201,
                    "auth_providers": [{"id": 1, "type": "openid_connect", "client_id": "c", "secret": "sesame"}]
                }],
                "pages": [
                    {
                        "id": 60, "name": "__shared__", "order": 1, "path": "__shared__", "shared": true,
                        "elements": [{"id": 1, "type": "menu", "order": "1.0"}], "data_sources": [], "workflow_actions": []
                    },
                    {
                        "id": 61, "name": "Home", "order": 2, "path": "/", "visibility": "all",
                        "elements": [{"id": 2, "type": "hologram"}, {"id": 3, "type": "image", "image_file_id": {"name": "x.png", "original_name": "x.png"}}],
                        "data_sources": [{"id": 70, "name": "Orders", "service": {"id": 80, "type": "local_baserow_list_rows", "integration_id": 30, "table_id": 10}},
                                         {"id": 71, "name": "Gone", "service": {"id": 81, "type": "local_baserow_list_rows", "integration_id": 30, "table_id": 999}}],
                        "workflow_actions": [
                            {"id": 90, "type": "http_request", "event": "click", "service": {"id": 82, "type": "http_request", "http_method": "POST", "url": "https://api.example.com/x?token=sesame",
                                "headers": [{"key": "Authorization", "value": "Bearer sesame"}], "body_content": "{\"api_key\": \"sesame\"}"}},
                            {"id": 91, "type": "smtp_email", "service": {"id": 83, "type": "smtp_email", "integration_id": 31}}
                        ]
                    }
                ],
                "login_page": {"id": 62, "name": "Login", "path": "/login", "elements": [{"id": 4, "type": "auth_form", "user_source_id": 40}]},
                "theme": {"primary_color": "#123456"}, "custom_code": {"css": "", "js": "alert(1)"}, "scripts": []
            },
            {
                "id": 3, "name": "Flows", "order": 3, "type": "automation", "integrations": [{"id": 33, "name": "Bot", "type": "slack_bot", "token": "sesame"}],
                "workflows": [{
                    "id": 300, "name": "Every morning", "order": 1, "state": "live", "graph": {"0": 1},
                    "nodes": [
                        {"id": 1, "type": "periodic", "service": {"id": 84, "type": "periodic", "interval": "DAY", "hour": 8, "minute": 0}},
                        {"id": 2, "type": "http_request", "label": "Tell", "service": {"id": 85, "type": "http_request", "url": "https://u:sesame@hooks.example.com/"}},
                        {"id": 3, "type": "create_row", "service": {"id": 86, "type": "local_baserow_upsert_row", "integration_id": 30, "table_id": 11}},
                        {"id": 4, "type": "slack_write_message", "service": {"id": 87, "type": "slack_write_message", "integration_id": 33}}
                    ]
                }]
            },
            {
                "id": 4, "name": "Figures", "order": 4, "type": "dashboard", "description": "d",
                "widgets": [{"id": 1, "type": "summary", "title": "Sum", "data_source_id": 1}],
                "data_sources": [{"id": 1, "name": "s", "service": {"id": 88, "type": "local_baserow_aggregate_rows", "table_id": 10, "integration_id": 34}}],
                "integrations": [{"id": 34, "name": "", "type": "local_baserow", "authorized_user": null}]
            },
            {"id": 5, "name": "From tomorrow", "type": "whiteboard", "strokes": [[1, 2]], "token": "sesame"}
        ]
    }"##;

/// One of everything that an export may hold.
pub(super) fn everything() -> Value {
    serde_json::from_str(EVERYTHING).unwrap()
}

fn import() -> Import {
    read(&everything()).unwrap_or_else(|error| panic!("{error}"))
}

fn names(import: &Import, kind: ComponentKind) -> Vec<&str> {
    import
        .package
        .components
        .iter()
        .filter(|c| c.kind == kind)
        .map(|c| c.key.as_str())
        .collect()
}

#[test]
fn every_kind_of_application_arrives_under_keys_made_of_its_ids() {
    let import = import();
    assert_eq!(
        names(&import, ComponentKind::FormPage),
        ["table-10", "table-11", "table-12"]
    );
    assert_eq!(
        names(&import, ComponentKind::CustomPage),
        ["page-60", "page-61", "page-62"]
    );
    let shared = import
        .package
        .components
        .iter()
        .find(|component| component.key == "page-60");
    assert_eq!(
        shared.map(|component| component.name.as_str()),
        Some("Header and footer")
    );
    assert_eq!(names(&import, ComponentKind::Portal), ["builder-2"]);
    assert_eq!(names(&import, ComponentKind::Role), ["user-source-40"]);
    assert_eq!(names(&import, ComponentKind::Automation), ["workflow-300"]);
    assert_eq!(names(&import, ComponentKind::Dashboard), ["dashboard-4"]);
    assert_eq!(names(&import, ComponentKind::CustomComponent), ["application-5"]);
    let connectors = names(&import, ComponentKind::Connector);
    let expected = [
        "integration-30",
        "integration-31",
        "integration-32",
        "http-82",
        "integration-33",
        "http-85",
        "integration-34",
    ];
    assert_eq!(connectors, expected);
    assert_eq!(
        import.package.component("table-10").unwrap().folder.as_deref(),
        Some("Data")
    );
}

#[test]
fn d23_no_secret_comes_along_and_each_is_named() {
    let import = import();
    let text = crate::package::write_package(&import.package);
    assert!(!text.contains("sesame"), "{text}");
    let blanks = import
        .report
        .unmapped
        .iter()
        .filter(|entry| entry.kept_as == KeptAs::Blank)
        .count();
    assert!(blanks >= 9, "{:#?}", import.report.unmapped);
    assert!(
        import
            .report
            .warnings
            .iter()
            .any(|warning| warning.code == "SECRETS_TO_FILL_IN")
    );
}

#[test]
fn d25_pages_and_requests_need_their_features() {
    let import = import();
    let features = |key: &str| import.package.component(key).unwrap().required_features.clone();
    assert_eq!(features("page-61"), [Feature::CustomPages]);
    assert_eq!(features("http-82"), [Feature::HttpConnectors]);
    assert_eq!(features("integration-31"), []);
    assert_eq!(features("table-10"), []);
}

#[test]
fn what_a_component_uses_is_a_dependency_and_access_to_own_tables_is_none() {
    let import = import();
    let needs = |key: &str| import.package.component(key).unwrap().dependencies.clone();
    assert_eq!(needs("page-61"), ["http-82", "integration-31", "table-10"]);
    assert_eq!(needs("workflow-300"), ["http-85", "integration-33", "table-11"]);
    assert_eq!(needs("dashboard-4"), ["table-10"]);
    assert_eq!(needs("builder-2"), ["page-60", "page-61", "page-62"]);
    assert_eq!(needs("table-10"), Vec::<String>::new());
}

#[test]
fn values_are_mapped_and_what_cannot_be_is_counted() {
    let import = import();
    let rows: Vec<Value> = import
        .package
        .component("table-10")
        .unwrap()
        .sample_rows
        .iter()
        .map(|row| row.data.to_value())
        .collect();
    assert_eq!(
        rows[0],
        json!({"field_100": "First", "field_103": "1", "field_106": "A", "field_109": "2024-05-05T10:00:00+00:00", "field_110": "a@example.com, b@example.com"})
    );
    assert_eq!(
        rows[1],
        json!({"field_100": "Second", "field_101": -2.5, "field_102": [{"position": 0, "title": "Acme"}], "field_105": "{\"a\":1}", "field_108": "2024-01-02T00:00:00Z"})
    );
    let customers = import.package.component("table-11").unwrap();
    assert_eq!(customers.sample_rows[0].data.to_value()["field_200"], "Acme");
    let warnings: Vec<_> = import
        .report
        .warnings
        .iter()
        .map(|w| (w.code, w.place.as_str()))
        .collect();
    assert!(
        warnings.contains(&("VALUES_NOT_READ", "$.export[0].tables[0].fields[1]")),
        "{warnings:?}"
    );
    assert!(
        warnings.contains(&("REFERENCES_NOT_FOUND", "$.export[0].tables[0].fields[2]")),
        "{warnings:?}"
    );
}

#[test]
fn schemas_follow_the_fields_and_admit_what_the_rows_hold() {
    let definition = import().package.component("table-10").unwrap().definition.to_value();
    let property = |id: u32| definition["schema"]["properties"][format!("field_{id}")].clone();
    // The rows hold a negative number although the field forbids it.
    assert_eq!(property(101), json!({"type": "number", "title": "Old number"}));
    assert_eq!(property(100)["default"], "new");
    assert_eq!(property(106)["enum"], json!(["A", "B"]));
    assert_eq!(property(106)["default"], "B");
    assert_eq!(
        property(105),
        json!({"type": "string", "title": "Future", "readOnly": true})
    );
    let ui = &definition["ui"];
    assert_eq!(ui["fields"]["field_102"]["target"], "table-11");
    assert_eq!(
        ui["fields"]["field_105"]["source"],
        json!({"type": "hologram", "depth": 3})
    );
    assert_eq!(ui["fields"]["field_111"]["format"], "h:mm:ss");
    assert_eq!(
        ui["fields"]["field_112"].get("format"),
        None,
        "hours and minutes are usual"
    );
    assert_eq!(ui["titleField"], "field_100");
    assert_eq!(
        ui["views"][0]["sorts"],
        json!([{"field": "field_100", "descending": true}])
    );
    assert_eq!(ui["views"][0]["hidden"], json!(["field_101"]));
}

#[test]
fn rows_whose_primary_field_is_calculated_are_called_by_their_first_text() {
    let export = json!({"export": [{"type": "database", "name": "D", "tables": [
        {"id": 1, "name": "Requests", "fields": [
            {"id": 10, "type": "formula", "name": "ID", "order": 0, "primary": true},
            {"id": 12, "type": "text", "name": "Note", "order": 3},
            {"id": 11, "type": "text", "name": "Name", "order": 2}
        ], "rows": [{"id": 1, "order": "1", "field_10": null, "field_11": "Pumps", "field_12": "urgent"}]},
        {"id": 2, "name": "Parts", "fields": [
            {"id": 20, "type": "text", "name": "Part", "order": 0, "primary": true},
            {"id": 21, "type": "link_row", "name": "Request", "order": 1, "link_row_table_id": 1}
        ], "rows": [{"id": 1, "order": "1", "field_20": "Seal", "field_21": [1]}]},
        {"id": 3, "name": "Totals", "fields": [
            {"id": 30, "type": "count", "name": "Count", "order": 0, "primary": true}
        ], "rows": []}
    ]}]});
    let import = read(&export).unwrap();
    let title = |key: &str| {
        let definition = import.package.component(key).unwrap().definition.to_value();
        definition["ui"]["titleField"].clone()
    };
    assert_eq!(
        [title("table-1"), title("table-2"), title("table-3")],
        ["field_11", "field_20", "field_30"]
    );
    let part = &import.package.component("table-2").unwrap().sample_rows[0]
        .data
        .to_value();
    assert_eq!(part["field_21"], json!([{"position": 0, "title": "Pumps"}]));
}

#[test]
fn everything_unknown_is_named_with_its_place() {
    let report = import().report;
    let places: Vec<_> = report
        .unmapped
        .iter()
        .map(|entry| (entry.place.as_str(), entry.kept_as))
        .collect();
    for expected in [
        ("$.export[0].tables[0].fields[3]", KeptAs::ReadOnlyText),
        ("$.export[0].tables[0].fields[5]", KeptAs::ReadOnlyText),
        ("$.export[0].tables[0].fields[10]", KeptAs::ReadOnlyText),
        ("$.export[0].tables[0].fields[4]", KeptAs::Definition),
        ("$.export[0].tables[0].views", KeptAs::Definition),
        ("$.export[0].tables[0].rows", KeptAs::NotKept),
        ("$.export[0].tables[0].field_rules", KeptAs::Definition),
        ("$.export[1].integrations[0].authorized_user", KeptAs::NotKept),
        ("$.export[1].integrations[2]", KeptAs::Definition),
        ("$.export[1].pages[1].elements[0]", KeptAs::Definition),
        ("$.export[1].pages[1].data_sources[1]", KeptAs::Definition),
        ("$.export[1].pages[1]", KeptAs::Metadata),
        ("$.export[1].custom_code", KeptAs::Definition),
        ("$.export[2].workflows[0].nodes[3]", KeptAs::Definition),
        ("$.export[4]", KeptAs::Definition),
    ] {
        assert!(places.contains(&expected), "{expected:?} in {places:#?}");
    }
}

#[test]
fn roles_are_read_from_the_role_field_and_have_no_members() {
    let definition = import()
        .package
        .component("user-source-40")
        .unwrap()
        .definition
        .to_value();
    assert_eq!(definition["roles"], json!([{"name": "Admin"}, {"name": "Reader"}]));
    assert_eq!(definition["members"], json!([]));
}

#[test]
fn d21_a_timer_stays_the_trigger_of_its_automation() {
    let definition = import()
        .package
        .component("workflow-300")
        .unwrap()
        .definition
        .to_value();
    assert_eq!(definition["trigger"], 1);
    assert_eq!(definition["nodes"][0]["service"]["hour"], 8);
    assert_eq!(definition["nodes"][1]["service"]["connector"], "http-85");
}

#[test]
fn other_shapes_of_the_same_export_are_recognised() {
    let template = everything();
    let list = template["export"].clone();
    assert_eq!(read(&list).unwrap().report.application, "Data");
    assert_eq!(read(&json!({"export": list[0]})).unwrap().report.sample_rows, 4);
    assert_eq!(read(&list[0]).unwrap().report.sample_rows, 4);
    assert_eq!(read(&json!({"export": []})).unwrap().report.warnings[0].code, "EMPTY");
}

#[test]
fn missing_ids_and_repeated_ids_still_give_every_component_a_key() {
    let table = json!({"name": "T", "fields": [{"type": "text"}, {"id": 5}, {"id": 5}, 7, null], "rows": [{}, [], 3, {"field_5": "x"}], "views": [0, {}]});
    let mut twin = table.clone();
    twin["id"] = json!(1);
    let export = json!({"export": [{"type": "database", "name": "D", "tables": [table, twin.clone(), twin, 9, null]}]});
    let import = read(&export).unwrap();
    assert_eq!(
        names(&import, ComponentKind::FormPage),
        ["table-x1", "table-1", "table-1-2"]
    );
    let codes: Vec<_> = import.report.warnings.iter().map(|warning| warning.code).collect();
    assert!(codes.contains(&"NO_ID") && codes.contains(&"DUPLICATE_ID"), "{codes:?}");
}

#[test]
fn views_that_have_no_room_are_named_and_the_form_still_arrives() {
    let view = json!({"id": 1, "type": "grid", "name": "V", "filters": "x".repeat(100_000)});
    let table =
        json!({"id": 1, "name": "T", "fields": [{"id": 5, "type": "text"}], "rows": [], "views": vec![view; 20]});
    let import = read(&json!([{"type": "database", "name": "D", "tables": [table]}])).unwrap();
    let definition = import.package.component("table-1").unwrap().definition.to_value();
    assert_eq!(definition["ui"]["views"].as_array().unwrap().len(), 5);
    let unkept = import
        .report
        .unmapped
        .iter()
        .filter(|entry| entry.kept_as == KeptAs::NotKept)
        .count();
    assert_eq!(unkept, 15);
}
