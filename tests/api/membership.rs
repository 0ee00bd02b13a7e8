//! Members of an organisation, as its admins see to them.

use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::on_each_database;
use serde_json::{Value, json};

const WHO: &str = "{ viewer { user { id } } }";

/// Removes a person as somebody.
async fn remove(who: &Someone, whom: &Value) -> anyhow::Result<Value> {
    let input = json!({ "userId": whom });
    who.act(
        "removeMember",
        "RemoveMemberInput",
        input,
        "... on RemovedMember { name }",
        None,
    )
    .await
}

on_each_database! {
    async fn p6_a_removed_member_is_out_with_the_next_request(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (developer, customer) = (scene.developer.ask(WHO, json!({})).await?, scene.customer.ask(WHO, json!({})).await?);
        let developer = &developer["viewer"]["user"]["id"];
        let refused = remove(&scene.developer, developer).await?;
        assert_eq!((&refused["code"], &refused["message"]), (&json!("NO_PERMISSION"), &json!("No permission")), "{refused}");
        let foreign = remove(&scene.customer, developer).await?;
        assert_eq!(foreign["code"], "NOT_FOUND", "{foreign}");
        let gone = remove(&scene.partner, developer).await?;
        assert_eq!(gone["name"], "pd", "{gone}");
        let after = scene.developer.send(WHO, json!({})).await?;
        assert_eq!(after["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{after}");
        let refused = remove(&scene.customer.in_chinese(), &customer["viewer"]["user"]["id"]).await?;
        assert_eq!(refused["code"], "INVALID_STATE", "{refused}");
        assert_eq!(refused["message"], "当前状态为“唯一的管理员”，不能执行“移出组织”");
        assert_eq!(refused["nextStep"], "请先让组织中的另一位成员担任管理员");
        let log = scene.partner.ask("{ auditEntries { nodes { action objectLabel } } }", json!({})).await?;
        assert_eq!(log["auditEntries"]["nodes"][0], json!({ "action": "membership.removed", "objectLabel": "pd" }));
    }
}
