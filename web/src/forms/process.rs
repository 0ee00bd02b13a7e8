//! The process design of a form page as steps that people understand. Kept as data: the product hands it out and does not run
//! it. Pure.

use serde_json::{Value, json};

/// What happens in a step.
pub const KINDS: [&str; 3] = ["HANDLE", "APPROVE", "INFORM"];
/// Who does it: whoever submitted the record, the admins, or somebody who is named.
pub const WHO: [&str; 3] = ["SUBMITTER", "ADMINS", "NAMED"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub kind: String,
    pub who: String,
    /// The role or position, where somebody is named.
    pub whom: String,
    /// All of them, not one of them.
    pub everyone: bool,
    pub note: String,
}

/// The steps of a design; none where it was made by other means and says something else.
pub fn read(design: &Value) -> Option<Vec<Step>> {
    let members = design.as_object()?;
    if members.keys().any(|name| name != "steps") {
        return None;
    }
    members.get("steps")?.as_array()?.iter().map(step).collect()
}

fn step(from: &Value) -> Option<Step> {
    const KNOWN: [&str; 6] = ["name", "kind", "who", "whom", "everyone", "note"];
    if from.as_object()?.keys().any(|name| !KNOWN.contains(&name.as_str())) {
        return None;
    }
    let text = |name: &str| from[name].as_str().unwrap_or_default().to_owned();
    let read = Step {
        name: text("name"),
        kind: text("kind"),
        who: text("who"),
        whom: text("whom"),
        everyone: from["everyone"].as_bool().unwrap_or_default(),
        note: text("note"),
    };
    let known = KINDS.contains(&read.kind.as_str()) && WHO.contains(&read.who.as_str());
    known.then_some(read)
}

pub fn write(steps: &[Step]) -> Value {
    let steps: Vec<Value> = steps
        .iter()
        .map(|step| {
            json!({
                "name": step.name, "kind": step.kind, "who": step.who, "whom": step.whom, "everyone": step.everyone,
                "note": step.note
            })
        })
        .collect();
    json!({ "steps": steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_they_were_written() {
        let steps = vec![Step {
            name: "主管审批".to_owned(),
            kind: "APPROVE".to_owned(),
            who: "NAMED".to_owned(),
            whom: "设备主管".to_owned(),
            everyone: true,
            note: String::new(),
        }];
        assert_eq!(read(&write(&steps)), Some(steps));
    }

    #[test]
    fn a_design_that_says_something_else_is_left_alone() {
        for other in [
            json!({ "nodes": ["审批"] }),
            json!({ "steps": [{ "name": "a", "kind": "TIMER", "who": "ADMINS" }] }),
            json!({ "steps": [], "edges": [] }),
            json!({ "steps": [{ "name": "a", "kind": "APPROVE", "who": "ADMINS", "script": "x" }] }),
            json!([]),
        ] {
            assert_eq!(read(&other), None, "{other}");
        }
    }
}
