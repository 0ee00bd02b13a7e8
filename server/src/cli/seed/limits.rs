//! What happens in the demo where there is less than people would like: an application bought for fewer users than want in, an
//! edition that became a lower one.

use anyhow::Context;
use serde_json::json;

use super::people::PRACTICE;
use super::running;
use super::story::{Cast, NewProject};

impl Cast<'_> {
    /// Bought for one user, who went in: the next employee is told that all seats are taken.
    pub(super) async fn application_with_one_seat(&self, project: &str, application: &str) -> anyhow::Result<()> {
        let order = self.order_for(project, application, Some(1), &self.blue).await?;
        let instance = self.send(&order, &self.blue).await?.context("the app arrives")?;
        running::accept(&self.blue, &instance, "采购部试用通过。").await?;
        running::enable(&self.blue, &instance, "采购").await?;
        running::open(&self.buyer, &instance).await
    }

    /// D26: what the lower edition no longer covers is suspended and named.
    pub(super) async fn practice_whose_edition_becomes_a_lower_one(&self, inspection: &str) -> anyhow::Result<()> {
        let new = NewProject {
            name: "星云体验中心演示环境",
            customer: "星云体验中心",
            corp_id: PRACTICE,
            industry: "软件",
            minor: "100000",
            amounts: "合同总金额：人民币 1,000.00 元。",
        };
        let project = self.active(&self.admin, &new).await?;
        let order = self.order(&project, inspection, &self.practice).await?;
        let instance = self.send(&order, &self.practice).await?.context("the app arrives")?;
        running::accept(&self.practice, &instance, "演示用。").await?;
        running::enable(&self.practice, &instance, "演示").await?;
        let input = json!({ "corpId": PRACTICE, "edition": "LITE" });
        let on = "... on EditionChange { organization { id } }";
        self.superadmin
            .act("setOrganizationEdition", "SetOrganizationEditionInput", input, on)
            .await?;
        Ok(())
    }
}
