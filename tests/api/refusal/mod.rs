//! What is refused is refused in the words of the specification, in Chinese and in English, to whom and in the order in which it says so.
//! Each refusal is reached over the API; that nothing was done stands in the tests of the nouns.

mod platform;
mod project;
mod sale;

use anyhow::{Result, ensure};
use appshelf_tests::api::{Someone, TestApp};
use diesel::RunQueryDsl;
use serde_json::{Value, json};

const NO_PERMISSION: [&str; 2] = ["没有权限", "No permission"];
const PERMISSION_REQUIRED: [&str; 2] = [
    "贵组织尚未获得应用分发权限",
    "Your organisation does not have the distribution permission",
];
const PROJECT_NOT_ACTIVE: [&str; 2] = [
    "项目不在进行中，不能再获取链接、购买、发送或维护",
    "The project is not active, so nothing can be sold, sent or maintained under it",
];
const NOT_DISTRIBUTABLE: [&str; 2] = [
    "当前选择的应用不支持获取分发链接",
    "The selected application does not support distribution links",
];
const NOT_FOUND: [&str; 2] = [
    "内容不存在，或者不属于当前组织",
    "This does not exist, or does not belong to your organisation",
];
const CONFLICT: [&str; 2] = [
    "内容已被他人修改，您的更改没有保存",
    "Somebody else changed this in the meantime; your change was not saved",
];
const REQUIRED: [&str; 2] = ["请填写此项", "This is required"];

/// A mutation: its name and the type of its input.
type Mutation = (&'static str, &'static str);

const APPLY: Mutation = ("applyForDistributionPermission", "ApplyForDistributionPermissionInput");
const DECIDE: Mutation = ("decideDistributionPermission", "DecideDistributionPermissionInput");
const CREATE: Mutation = ("createProject", "CreateProjectInput");
const UPDATE: Mutation = ("updateProject", "UpdateProjectInput");
const REVIEW: Mutation = ("reviewProject", "ReviewProjectInput");
const SETTLE: Mutation = ("settleProject", "SettleProjectInput");
const LINK: Mutation = ("createDistributionLink", "CreateDistributionLinkInput");
const REVOKE: Mutation = ("revokeDistributionLink", "RevokeDistributionLinkInput");
const BUY: Mutation = ("purchaseApplication", "PurchaseApplicationInput");
const SEND: Mutation = ("sendApplication", "SendApplicationInput");

/// Does something that must be refused, in both languages; the English answer.
async fn refused(
    who: &Someone,
    (name, input_type): Mutation,
    input: &Value,
    code: &str,
    texts: [&str; 2],
) -> Result<Value> {
    let mut answer = Value::Null;
    for (who, text) in [(&who.in_chinese(), texts[0]), (who, texts[1])] {
        answer = who.act(name, input_type, input.clone(), "", None).await?;
        ensure!(
            answer["code"] == code,
            "{name} by {}: {code} is expected: {answer}",
            who.email
        );
        ensure!(
            answer["message"] == text,
            "{name} by {}: {text} is expected: {answer}",
            who.email
        );
        ensure!(
            answer["nextStep"].as_str().is_some_and(|step| !step.is_empty()),
            "{name}: {answer}"
        );
    }
    Ok(answer)
}

/// The same for a form in which one field is wrong.
async fn field_refused(who: &Someone, mutation: Mutation, input: &Value, path: &str, texts: [&str; 2]) -> Result<()> {
    for (who, text) in [(&who.in_chinese(), texts[0]), (who, texts[1])] {
        let answer = who.act(mutation.0, mutation.1, input.clone(), "", None).await?;
        let issues = answer["issues"].as_array().cloned().unwrap_or_default();
        let steps: Vec<&str> = path.split('.').collect();
        let found = issues.iter().find(|issue| issue["path"] == json!(steps));
        ensure!(
            found.is_some_and(|issue| issue["message"] == text),
            "{}: {path}: {text} is expected: {answer}",
            mutation.0
        );
        ensure!(answer["code"] == "VALIDATION", "{answer}");
    }
    Ok(())
}

async fn no_permission(who: &[&Someone], mutation: Mutation, input: &Value) -> Result<()> {
    for who in who {
        refused(who, mutation, input, "NO_PERMISSION", NO_PERMISSION).await?;
    }
    Ok(())
}

/// The input with one member changed, at a dotted path.
fn with(input: &Value, path: &str, value: Value) -> Value {
    let mut changed = input.clone();
    if let Some(member) = changed.pointer_mut(&format!("/{}", path.replace('.', "/"))) {
        *member = value;
    } else {
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        let parent = if parent.is_empty() {
            String::new()
        } else {
            format!("/{}", parent.replace('.', "/"))
        };
        changed.pointer_mut(&parent).expect("a parent")[name] = value;
    }
    changed
}

/// Something that only the platform itself changes.
async fn by_the_platform(app: &TestApp, sql: &'static str) -> Result<()> {
    let done = app.app.store.write(appshelf::store::Actor::default(), move |tx| {
        Ok(diesel::sql_query(sql).execute(tx.conn)?)
    });
    ensure!(done.await? > 0, "{sql}");
    Ok(())
}
