//! Who may do what with the page that people work with (D19, D30), and what its admin makes of it.

use anyhow::{Result, ensure};
use appshelf_tests::api::Someone;
use serde_json::{Value, json};

use super::Walk;

const SETTINGS: &str = "... on PageSettings { version }";
const PAGE: &str = "... on InstancePage { key name folder changedAt }";

impl Walk<'_> {
    /// The clerk adds and sees their own, the keeper changes everybody's and adds nothing; all others have the application alone.
    pub async fn employees_get_their_permissions(&self) -> Result<()> {
        let grant = |member: &Value, add: bool, reach: [&str; 3]| {
            let [read, edit, delete] = reach;
            json!({ "everyone": false, "memberIds": [member], "add": add, "read": read, "edit": edit, "delete": delete })
        };
        let clerk = grant(&id_of(&self.clerk).await?, true, ["OWN", "OWN", "NONE"]);
        let keeper = grant(&id_of(&self.keeper).await?, false, ["ALL", "ALL", "ALL"]);
        self.permit(Some(&self.page), json!([clerk, keeper])).await?;
        let everyone = json!([{ "everyone": true, "add": false, "read": "ALL", "edit": "NONE", "delete": "NONE" }]);
        self.permit(None, everyone).await
    }

    async fn permit(&self, page: Option<&str>, grants: Value) -> Result<()> {
        let input = json!({ "instanceId": self.instance, "pageKey": page, "version": 0, "grants": grants });
        let customer = &self.scene.customer;
        let set = customer
            .act("setPagePermission", "SetPagePermissionInput", input, SETTINGS, None)
            .await?;
        ensure!(set["version"] == 1, "{set}");
        Ok(())
    }

    /// D19: the partner opens full editing; the customer draws a process, renames, moves, and does without a page.
    pub async fn the_customer_makes_it_their_own(&self) -> Result<()> {
        let refused = self.rename(&self.scene.customer, "我们的台账").await?;
        ensure!(refused["code"] == "EDIT_PERMISSION_OFF", "{refused}");
        self.open_editing(true).await?;
        let told = self
            .scene
            .customer
            .ask("{ notifications(first: 1) { nodes { kind } } }", json!({}))
            .await?;
        ensure!(
            told["notifications"]["nodes"][0]["kind"] == "EDIT_PERMISSION_OPENED",
            "{told}"
        );
        let renamed = self.rename(&self.scene.customer, "我们的台账").await?;
        ensure!(
            renamed["name"] == "我们的台账" && renamed["changedAt"].is_string(),
            "{renamed}"
        );
        let input = json!({ "instanceId": self.instance, "pageKey": self.page, "folder": "常用", "before": null });
        let moved = self
            .scene
            .customer
            .act("movePage", "MovePageInput", input, PAGE, None)
            .await?;
        ensure!(moved["folder"] == "常用", "{moved}");
        let design = json!({ "nodes": [{ "name": "主管审批" }] });
        let input = json!({ "instanceId": self.instance, "pageKey": self.page, "version": 1, "design": design });
        let drawn = self
            .scene
            .customer
            .act("setProcessDesign", "SetProcessDesignInput", input, SETTINGS, None)
            .await?;
        ensure!(drawn["version"] == 2, "{drawn}");
        let input = json!({ "instanceId": self.instance, "pageKey": self.unwanted });
        let on = "... on AppInstance { removedPages { key } }";
        let removed = self
            .scene
            .customer
            .act("removeInstancePage", "RemoveInstancePageInput", input, on, None)
            .await?;
        ensure!(
            removed["removedPages"] == json!([{ "key": self.unwanted }]),
            "{removed}"
        );
        Ok(())
    }

    /// D19: closed, it bites at once, and permissions stay the customer's.
    pub async fn editing_is_closed_again(&self) -> Result<()> {
        self.open_editing(false).await?;
        let refused = self.rename(&self.scene.customer.in_chinese(), "别的").await?;
        let text = "服务商未开放全部编辑权限，只能修改应用权限和页面权限";
        ensure!(
            refused["code"] == "EDIT_PERMISSION_OFF" && refused["message"] == text,
            "{refused}"
        );
        Ok(())
    }

    async fn open_editing(&self, open: bool) -> Result<()> {
        let input = json!({ "orderId": self.order, "fullEditPermission": open });
        let on = "... on Order { fullEditPermission }";
        let set = self
            .scene
            .partner
            .act("setEditPermission", "SetEditPermissionInput", input, on, None)
            .await?;
        ensure!(set["fullEditPermission"] == open, "{set}");
        Ok(())
    }

    pub async fn rename(&self, who: &Someone, name: &str) -> Result<Value> {
        let input = json!({ "instanceId": self.instance, "pageKey": self.page, "name": name });
        who.act("renamePage", "RenamePageInput", input, PAGE, None).await
    }
}

async fn id_of(who: &Someone) -> Result<Value> {
    let mut data = who.ask("{ viewer { user { id } } }", json!({})).await?;
    Ok(data["viewer"]["user"]["id"].take())
}
