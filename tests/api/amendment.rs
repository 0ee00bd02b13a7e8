//! Amendments of active projects: proposed, decided, both versions visible to creator and reviewer.

use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{picture, text};
use serde_json::{Value, json};

const MADE: &str = "... on Amendment { id number status changes overdue availableActions }";
const PROJECT: &str = "query($id: ID!) { project(id: $id) { availableActions detail { contractAmount { amount } endOn \
                       amountCheck { declared { amount } } settlementWarnings { kind message } \
                       amendments { number status before { contractAmount { amount } } proposed { contractAmount { amount } endOn } \
                       file { name } amountCheck { verdict } decisionReason } } } }";

async fn propose(by: &Someone, project: &str, key: Option<&str>) -> anyhow::Result<Value> {
    let file = by.upload(FilePurpose::Contract, "补充协议.png", picture()).await?;
    let input = json!({
        "projectId": project, "contractAmount": { "amount": "150000" }, "endOn": "2027-01-31",
        "description": "交付设备巡检应用和二期。", "fileId": file, "fileKind": "CONTRACT", "reason": "客户追加二期",
    });
    by.act("proposeAmendment", "ProposeAmendmentInput", input, MADE, key)
        .await
}

on_each_database! {
    async fn amendment_is_proposed_by_the_creator_and_approved_by_a_reviewer(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let refused = propose(&scene.colleague, &scene.project, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let made = propose(&scene.partner, &scene.project, Some("once")).await?;
        assert_eq!((&made["number"], &made["status"], &made["availableActions"]), (&json!(1), &json!("IN_REVIEW"), &json!(["WITHDRAW"])), "{made}");
        assert_eq!(made["changes"], json!(["AMOUNT", "END_ON", "DESCRIPTION"]));
        let second = propose(&scene.partner.in_chinese(), &scene.project, None).await?;
        assert_eq!((&second["code"], &second["fromStatus"]), (&json!("INVALID_STATE"), &json!("IN_REVIEW")), "{second}");
        let seen = scene.partner.ask(PROJECT, json!({ "id": scene.project })).await?;
        assert!(!seen["project"]["availableActions"].to_string().contains("PROPOSE_AMENDMENT"), "one at a time");
        assert_eq!(seen["project"]["detail"]["settlementWarnings"][0]["kind"], "AMENDMENT_OPEN");
        let queue = "{ amendments(status: IN_REVIEW) { totalCount nodes { id project { name } amountCheck { verdict } } } }";
        let queued = scene.reviewer.ask(queue, json!({})).await?;
        assert_eq!((&queued["amendments"]["totalCount"], &queued["amendments"]["nodes"][0]["id"]), (&json!(1), &made["id"]), "{queued}");
        let greyed = scene.partner.send(queue, json!({})).await?;
        assert_eq!(greyed["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        app.advance(chrono::Duration::hours(25));
        let one = "query($id: ID!) { amendment(id: $id) { overdue availableActions } }";
        let late = scene.reviewer.ask(one, json!({ "id": made["id"] })).await?;
        assert_eq!(late["amendment"], json!({ "overdue": true, "availableActions": ["APPROVE", "REJECT"] }));
        assert!(scene.colleague.ask(one, json!({ "id": made["id"] })).await?["amendment"].is_null(), "D5");
        let input = json!({ "id": made["id"], "decision": "APPROVE" });
        let done = scene.reviewer.act("reviewAmendment", "ReviewAmendmentInput", input, MADE, None).await?;
        assert_eq!(done["status"], "APPROVED", "{done}");
        for who in [&scene.partner, &scene.reviewer] {
            let read = who.ask(PROJECT, json!({ "id": scene.project })).await?;
            let detail = &read["project"]["detail"];
            assert_eq!((&detail["contractAmount"]["amount"], &detail["endOn"]), (&json!("150000"), &json!("2027-01-31")), "{read}");
            assert_eq!(detail["amountCheck"]["declared"]["amount"], "120000", "the contract was declared with the first amount");
            let amended = &detail["amendments"][0];
            assert_eq!((&amended["before"]["contractAmount"]["amount"], &amended["proposed"]["contractAmount"]["amount"]), (&json!("120000"), &json!("150000")));
            assert_eq!(amended["file"]["name"], "补充协议.png");
        }
    }

    async fn amendment_is_rejected_with_a_reason_or_withdrawn_and_changes_nothing(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let first = propose(&scene.partner, &scene.project, None).await?;
        let input = json!({ "id": first["id"], "decision": "REJECT", "amountMismatch": true });
        let done = scene.reviewer.act("reviewAmendment", "ReviewAmendmentInput", input, MADE, None).await?;
        assert_eq!(done["status"], "REJECTED", "{done}");
        let second = propose(&scene.partner, &scene.project, None).await?;
        assert_eq!(second["number"], 2);
        let input = json!({ "id": second["id"] });
        let refused = scene.colleague.act("withdrawAmendment", "AmendmentActionInput", input.clone(), MADE, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let done = scene.partner.act("withdrawAmendment", "AmendmentActionInput", input.clone(), MADE, None).await?;
        assert_eq!((&done["status"], &done["availableActions"]), (&json!("WITHDRAWN"), &json!([])), "{done}");
        let late = scene.partner.act("withdrawAmendment", "AmendmentActionInput", input, MADE, None).await?;
        assert_eq!(late["code"], "INVALID_STATE", "{late}");
        let read = scene.partner.in_chinese().ask(PROJECT, json!({ "id": scene.project })).await?;
        let detail = &read["project"]["detail"];
        assert_eq!(detail["contractAmount"]["amount"], "120000");
        assert_eq!(detail["amendments"][1]["decisionReason"], "项目合同金额需要和项目合同文件里面的金额保持一致");
        assert!(text(&detail["amendments"][0]["decisionReason"]).is_none());
    }
}
