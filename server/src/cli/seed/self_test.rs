//! Self-tests of the demo: a test organisation of the partner, a version that passed there, and one that is being tested and has
//! something that did not pass.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;

/// Who tests, and what: an application whose version passes, and one whose checklist is not finished.
pub async fn tell(tester: &Somebody, passing: &str, tried: &str) -> anyhow::Result<()> {
    let input = json!({ "name": "星云体验测试组织" });
    let on = "... on TestOrganization { organization { id } }";
    let made = tester
        .act("createTestOrganization", "CreateTestOrganizationInput", input, on)
        .await?;
    let place = &made["organization"]["id"];
    pass(tester, passing).await?;
    let (testing, items) = begun(tester, tried, place).await?;
    for (number, item) in items.iter().take(3).enumerate() {
        let failed = number == 1;
        let note = if failed {
            "“采购申请”在手机上看不到“预计到货日期”"
        } else {
            ""
        };
        answer(tester, &testing, item, !failed, note).await?;
    }
    Ok(())
}

/// Has the latest version of an application pass in the first test organisation that there is.
pub async fn pass(tester: &Somebody, application: &str) -> anyhow::Result<()> {
    let there = tester
        .ask("{ testOrganizations { organization { id } } }", json!({}))
        .await?;
    let place = &there["testOrganizations"][0]["organization"]["id"];
    let (passed, items) = begun(tester, application, place).await?;
    for item in &items {
        answer(tester, &passed, item, true, "").await?;
    }
    Ok(())
}

/// A self-test of an application's latest version that has arrived, and what its checklist asks.
async fn begun(tester: &Somebody, application: &str, place: &Value) -> anyhow::Result<(Value, Vec<Value>)> {
    let document = "query Latest($id: ID!) { application(id: $id) { latestVersion { id } } }";
    let found = tester.ask(document, json!({ "id": application })).await?;
    let input = json!({
        "versionId": found["application"]["latestVersion"]["id"], "testOrganizationId": place, "includeSampleData": true,
    });
    let on = "... on SelfTest { id items { item } }";
    let begun = tester.act("startSelfTest", "StartSelfTestInput", input, on).await?;
    let document = "query Arrived($id: ID!) { selfTest(id: $id) { status delivery { status failures } } }";
    let done = |data: &Value| {
        let ended = ["PARTIAL", "FAILED", "CANCELLED"];
        let test = &data["selfTest"];
        test["status"] == "TESTING" || ended.contains(&test["delivery"]["status"].as_str().unwrap_or(""))
    };
    let ended = tester.wait(document, json!({ "id": begun["id"] }), done).await?;
    anyhow::ensure!(
        ended["selfTest"]["status"] == "TESTING",
        "a version did not arrive: {ended}"
    );
    let items = begun["items"].as_array().context("a self-test has a checklist")?;
    Ok((
        begun["id"].clone(),
        items.iter().map(|item| item["item"].clone()).collect(),
    ))
}

async fn answer(tester: &Somebody, id: &Value, item: &Value, passed: bool, note: &str) -> anyhow::Result<()> {
    let input = json!({ "id": id, "item": item, "passed": passed, "note": note });
    let on = "... on SelfTest { id }";
    tester
        .act("answerSelfTestItem", "AnswerSelfTestItemInput", input, on)
        .await?;
    Ok(())
}
