//! What a reader of packages promises, tested through its front door. Rules of single parts are tested beside them.

mod agreement;
mod demo;
mod exports;
mod foreign;
mod hostile;
mod mutated;
mod native;

use serde_json::{Value, json};

use super::{Import, PackageError, ReadOptions, read_package};

/// Reads a value as a file, the format decided by its content.
fn read(value: &Value) -> Result<Import, PackageError> {
    read_package(value.to_string().as_bytes(), &ReadOptions::default(), &mut |_| {})
}

/// Code and path of every problem.
fn refusal(value: &Value) -> Vec<(&'static str, String)> {
    let error = read(value).expect_err("the package should be refused");
    error
        .problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.place.path.clone()))
        .collect()
}

/// A small package of three components that has a bit of everything.
fn sample() -> Value {
    json!({
        "format": "appshelf.package/1",
        "name": "设备巡检",
        "version": "1.2.0",
        "summary": "每日巡检",
        "description": "第一行\n第二行",
        "icon": "wrench",
        "components": [
            {
                "key": "device", "kind": "FORM_PAGE", "name": "设备台账", "folder": "基础数据",
                "definition": {
                    "schema": {
                        "$schema": "https://json-schema.org/draft/2020-12/schema",
                        "type": "object",
                        "required": ["name"],
                        "properties": {
                            "name": {"type": "string", "maxLength": 50},
                            "state": {"type": "string", "enum": ["正常", "停用"]},
                            "parts": {"type": "array", "items": {"type": "object"}}
                        }
                    },
                    "ui": {
                        "order": ["name", "state"],
                        "titleField": "name",
                        "fields": {
                            "name": {"widget": "text", "label": "名称"},
                            "state": {"widget": "singleSelect", "label": "状态", "options": [{"value": "正常", "color": "green"}]},
                            "parts": {"widget": "link", "label": "部件", "target": "device"}
                        }
                    }
                },
                "sampleRows": [{"name": "水泵一号", "state": "正常"}, {"name": "水泵二号"}]
            },
            {
                "key": "board", "kind": "CUSTOM_PAGE", "name": "看板", "definition": {"elements": []},
                "dependencies": ["device"]
            },
            {
                "key": "weather", "kind": "CONNECTOR", "name": "天气", "definition": {"type": "HTTP", "configuration": {}},
                "requiredFeatures": ["PUBLIC_DOMAIN"]
            }
        ]
    })
}
