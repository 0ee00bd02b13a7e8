//! Permission, projects and their settlement (D1–D6, D32).

use anyhow::ensure;
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::corp_id;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{agreement, apply, grant, picture, project_fields, submitted_project};
use serde_json::json;

use super::{
    APPLY, BUY, CONFLICT, CREATE, DECIDE, LINK, NOT_DISTRIBUTABLE, NOT_FOUND, PERMISSION_REQUIRED, REQUIRED, REVIEW,
    SEND, SETTLE, UPDATE, field_refused, no_permission, refused, with,
};

on_each_database! {
    async fn d1_permission(app) {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().expect("signed in");
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        let good = json!({
            "scenario": "为制造业客户交付设备类应用，并长期维护。", "references": ["甲公司巡检项目", "乙公司巡检项目"],
            "contactName": "周启航", "contactMobile": "13800138000", "agreementVersion": agreement(),
        });
        no_permission(&[&developer, &customer, &reviewer], APPLY, &good).await?;
        let agreed = ["请先阅读并同意《服务商分发协议》", "Read and agree to the distribution agreement first"];
        refused(&partner, APPLY, &with(&good, "agreementVersion", json!(null)), "AGREEMENT_REQUIRED", agreed).await?;
        for (path, value, at, texts) in [
            ("references", json!(["甲公司巡检项目"]), "references", ["至少填写 2 项", "Give at least 2"]),
            ("references", json!(["甲公司", "甲公司"]), "references.1", ["内容重复，请删除重复项", "This entry is there twice; remove one"]),
            ("scenario", json!("短"), "scenario", ["至少 10 个字符", "At least 10 characters"]),
            ("contactName", json!(" "), "contactName", REQUIRED),
            ("contactMobile", json!("12"), "contactMobile", [
                "格式不正确：请填写 11 位大陆手机号，或以 + 和国家代码开头的号码，例如 +85291234567",
                "The format is not right: give a mainland mobile number of 11 digits, or one that starts with + and the country code, e.g. +85291234567",
            ]),
        ] {
            field_refused(&partner, APPLY, &with(&good, path, value), at, texts).await?;
        }
        // Without the grant nothing below is open.
        let draft = json!({ "fields": { "name": "巡检" } });
        refused(&partner, CREATE, &draft, "PERMISSION_REQUIRED", PERMISSION_REQUIRED).await?;
        let applied = apply(&partner, Some(agreement())).await?;
        refused(&partner, CREATE, &draft, "PERMISSION_REQUIRED", PERMISSION_REQUIRED).await?;
        let twice = ["当前状态为“审核中”，不能执行“重新申请”", "The state is \"In review\", which does not allow \"Apply again\""];
        refused(&partner, APPLY, &good, "INVALID_STATE", twice).await?;
        let decide = |decision: &str| json!({ "id": applied["id"], "decision": decision, "reason": "案例不足" });
        no_permission(&[&partner, &developer, &customer], DECIDE, &decide("GRANT")).await?;
        field_refused(&reviewer, DECIDE, &with(&decide("REJECT"), "reason", json!(null)), "reason", REQUIRED).await?;
        let early = ["当前状态为“审核中”，不能执行“收回”", "The state is \"In review\", which does not allow \"Revoke\""];
        refused(&reviewer, DECIDE, &decide("REVOKE"), "INVALID_STATE", early).await?;
        reviewer.act(DECIDE.0, DECIDE.1, decide("GRANT"), "", None).await?;
        let again = ["当前状态为“已开通”，不能执行“开通”", "The state is \"Granted\", which does not allow \"Grant\""];
        refused(&reviewer, DECIDE, &decide("GRANT"), "INVALID_STATE", again).await?;
    }

    async fn d1_a_revoked_permission_closes_everything_below(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let token = scene.link().await?;
        let held = scene.partner.ask("{ viewer { distributionPermission { id } } }", json!({})).await?;
        let revoke = json!({ "id": held["viewer"]["distributionPermission"]["id"], "decision": "REVOKE", "reason": "停止合作" });
        scene.reviewer.act(DECIDE.0, DECIDE.1, revoke, "", None).await?;
        let sending = json!({ "orderId": order, "options": {}, "agreementVersion": agreement() });
        let settling = json!({ "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王", "satisfaction": 5, "acknowledgeWarnings": true });
        for (mutation, input) in [
            (CREATE, json!({ "fields": { "name": "三期" } })),
            (LINK, json!({ "projectId": scene.project, "applicationId": scene.application })),
            (SEND, sending),
            (SETTLE, settling),
        ] {
            refused(&scene.partner, mutation, &input, "PERMISSION_REQUIRED", PERMISSION_REQUIRED).await?;
        }
        let bought = refused(&scene.customer, BUY, &json!({ "token": token }), "APPLICATION_NOT_DISTRIBUTABLE", NOT_DISTRIBUTABLE).await?;
        ensure!(bought["nextStep"].as_str().is_some_and(|step| step.contains("distribution permission")), "{bought}");
    }

    async fn d2_the_form_of_a_project(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let fields = project_fields(&scene.partner, "二期", &corp_id("blue")).await?;
        let good = json!({ "fields": fields, "submit": true });
        let package = scene.partner.upload(FilePurpose::Package, "a.json", b"{}".to_vec()).await?;
        let rival = app.partner("rival").await?;
        let foreign = rival.upload(FilePurpose::Contract, "a.png", picture()).await?;
        let corp = ["不能包含“-”：CorpID 由 8–64 位小写字母和数字组成", "\"-\" is not allowed: a CorpID is 8 to 64 letters and digits"];
        let taken = ["名称已被使用，请换一个", "This name is taken; choose another"];
        let gone = ["所选内容不存在或已被删除，请重新选择", "What was chosen does not exist or was removed; choose again"];
        for (field, value, texts) in [
            ("name", json!(" "), REQUIRED),
            ("name", json!("长".repeat(61)), ["最多 60 个字符", "At most 60 characters"]),
            ("name", json!(" 设备数字化 "), taken),
            ("contractAmount", json!(null), REQUIRED),
            ("contractAmount", json!({ "amount": "0" }), ["金额必须大于 0", "The amount must be greater than 0"]),
            ("contractFileId", json!(null), REQUIRED),
            ("contractFileId", json!(foreign), gone),
            ("contractFileId", json!(package), ["文件类型不支持，仅支持 PDF, PNG, JPEG", "This kind of file is not accepted; use PDF, PNG, JPEG"]),
            ("endOn", json!("2026-11-01"), ["结束日期不能早于开始日期", "The end date must not be before the start date"]),
            ("customerCorpId", json!("ding"), ["至少 8 个字符", "At least 8 characters"]),
            ("customerCorpId", json!("ding-blue-0"), corp),
            ("customerContactName", json!(""), REQUIRED),
            ("description", json!("长".repeat(5001)), ["最多 5000 个字符", "At most 5000 characters"]),
        ] {
            let input = with(&good, &format!("fields.{field}"), value);
            field_refused(&scene.partner, CREATE, &input, &format!("fields.{field}"), texts).await?;
        }
        let bare = with(&good, "fields.description", json!(""));
        let quotation = ["合同文件为报价单时，必须填写项目描述", "A description is required when the file is a quotation"];
        let part = ["金额仅为合同的一部分时，请在项目描述中说明", "When the amount is part of a larger contract, the description must explain it"];
        field_refused(&scene.partner, CREATE, &with(&bare, "fields.contractFileKind", json!("QUOTATION")), "fields.description", quotation).await?;
        field_refused(&scene.partner, CREATE, &with(&bare, "fields.partOfLargerContract", json!(true)), "fields.description", part).await?;
        no_permission(&[&scene.developer, &scene.customer, &scene.employee, &scene.reviewer], CREATE, &good).await?;
    }

    async fn d3_d4_states_of_a_project(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let rival = app.partner("rival").await?;
        grant(&rival, &scene.reviewer).await?;
        let fields = project_fields(&scene.partner, "二期", &corp_id("blue")).await?;
        let draft = scene.partner.act(CREATE.0, CREATE.1, json!({ "fields": fields }), "... on Project { id version }", None).await?;
        let stale = json!({ "id": draft["id"], "version": 7, "fields": fields });
        refused(&scene.partner, UPDATE, &stale, "CONFLICT", CONFLICT).await?;
        let waiting = submitted_project(&scene.partner, "三期", &corp_id("blue")).await?;
        let in_state = |state: [&str; 2], action: [&str; 2]| [
            format!("当前状态为“{}”，不能执行“{}”", state[0], action[0]),
            format!("The state is \"{}\", which does not allow \"{}\"", state[1], action[1]),
        ];
        let (draft_is, review_is, active_is) = (["草稿", "Draft"], ["立项审批中", "In review"], ["审批通过", "Approved"]);
        let action = |name: &'static str| (name, "ProjectActionInput");
        let (edit, submit, withdraw) = (["编辑", "Edit"], ["提交", "Submit"], ["撤销", "Withdraw"]);
        let (discard, copy) = (["删除", "Delete"], ["复制为新项目", "Copy as new"]);
        for (mutation, id, state, word) in [
            (action("withdrawProject"), &draft["id"], draft_is, withdraw),
            (action("copyProject"), &draft["id"], draft_is, copy),
            (action("submitProject"), &json!(waiting), review_is, submit),
            (action("discardProject"), &json!(waiting), review_is, discard),
            (action("copyProject"), &json!(waiting), review_is, copy),
            (action("withdrawProject"), &json!(scene.project), active_is, withdraw),
            (action("submitProject"), &json!(scene.project), active_is, submit),
            (action("discardProject"), &json!(scene.project), active_is, discard),
        ] {
            let input = json!({ "id": id });
            let texts = in_state(state, word);
            refused(&scene.partner, mutation, &input, "INVALID_STATE", [&texts[0], &texts[1]]).await?;
            // Only the creator: nobody else learns when it could be done.
            no_permission(&[&scene.colleague, &scene.developer, &scene.customer, &scene.employee, &scene.reviewer], mutation, &input).await?;
            refused(&rival, mutation, &input, "NOT_FOUND", NOT_FOUND).await?;
        }
        let texts = in_state(review_is, edit);
        let late = json!({ "id": waiting, "version": 1, "fields": fields });
        refused(&scene.partner, UPDATE, &late, "INVALID_STATE", [&texts[0], &texts[1]]).await?;
        let approve = json!({ "id": scene.project, "decision": "APPROVE" });
        let texts = in_state(active_is, ["审批通过", "Approve"]);
        refused(&scene.reviewer, REVIEW, &approve, "INVALID_STATE", [&texts[0], &texts[1]]).await?;
        no_permission(&[&scene.partner, &scene.colleague, &scene.developer, &scene.customer, &scene.employee], REVIEW, &approve).await?;
        let silent = json!({ "id": waiting, "decision": "REJECT" });
        field_refused(&scene.reviewer, REVIEW, &silent, "reason", REQUIRED).await?;
        let unseen = json!({ "id": draft["id"], "decision": "APPROVE" });
        refused(&scene.reviewer, REVIEW, &unseen, "NOT_FOUND", NOT_FOUND).await?;
    }

    async fn d32_settlement(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        scene.order().await?;
        let good = json!({ "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 5, "acknowledgeWarnings": true });
        no_permission(&[&scene.colleague, &scene.developer, &scene.customer, &scene.employee, &scene.reviewer], SETTLE, &good).await?;
        for (path, value, texts) in [
            ("satisfaction", json!(6), ["取值范围为 1 至 5", "Must be from 1 to 5"]),
            ("actualEndOn", json!("2026-11-01"), ["结束日期不能早于开始日期", "The end date must not be before the start date"]),
            ("customerAcceptor", json!(" "), REQUIRED),
            ("deliveredAmount", json!({ "amount": "-1" }), ["金额不能小于 0", "The amount must not be less than 0"]),
            ("acknowledgeWarnings", json!(false), ["请先阅读并确认上述提醒", "Read the warnings and confirm them first"]),
        ] {
            field_refused(&scene.partner, SETTLE, &with(&good, path, value), path, texts).await?;
        }
        let waiting = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let early = ["当前状态为“立项审批中”，不能执行“结项”", "The state is \"In review\", which does not allow \"Settle\""];
        refused(&scene.partner, SETTLE, &with(&good, "id", json!(waiting)), "INVALID_STATE", early).await?;
    }
}
