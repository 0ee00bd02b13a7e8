//! How a product comes onto the marketplace, whoever's it is: a package is imported, published and self-tested, its product written,
//! handed in, approved and listed, each step by whose it is. What stands there already is gone on with.

use anyhow::{bail, ensure};
use serde_json::{Value, json};

use super::actor::Somebody;
use super::self_test;
use crate::domain::file::FilePurpose;

pub const PRODUCT: &str = "... on Product { id status openRevision { id status version } }";

/// A partner, and the operator who holds the categories of its products.
pub struct Stall<'a> {
    pub partner: &'a Somebody,
    pub operator: &'a Somebody,
}

/// An icon and a screenshot that several products share.
pub struct Pictures {
    icon: String,
    screenshot: String,
}

impl Pictures {
    /// Puts them into what the wizard holds.
    pub fn stand_in(&self, content: &mut Value) {
        content["iconId"] = json!(self.icon);
        content["screenshotIds"] = json!([self.screenshot]);
    }
}

impl Stall<'_> {
    /// Sees to it that the partner has an organisation for self-tests.
    pub async fn have_test_organization(&self, name: &str) -> anyhow::Result<()> {
        let document = "{ testOrganizations { organization { id } } }";
        let there = self.partner.ask(document, json!({})).await?;
        if there["testOrganizations"][0].is_null() {
            let on = "... on TestOrganization { organization { id } }";
            let input = json!({ "name": name });
            let kind = "CreateTestOrganizationInput";
            self.partner.act("createTestOrganization", kind, input, on).await?;
        }
        Ok(())
    }

    /// Whom customers ask: the partner's admin.
    pub async fn contact(&self) -> anyhow::Result<Value> {
        let me = self.partner.ask("{ viewer { user { id } } }", json!({})).await?;
        Ok(me["viewer"]["user"]["id"].clone())
    }

    pub async fn pictures(&self, icon: Vec<u8>, screenshot: Vec<u8>) -> anyhow::Result<Pictures> {
        Ok(Pictures {
            icon: self.partner.upload(FilePurpose::ProductIcon, "icon.png", icon).await?,
            screenshot: self
                .partner
                .upload(FilePurpose::ProductScreenshot, "screenshot.png", screenshot)
                .await?,
        })
    }

    /// Brings one product onto the marketplace, from wherever its application stands.
    pub async fn put(&self, package: &Value, content: Value, before: Option<&Value>) -> anyhow::Result<()> {
        let (application, version) = match before {
            Some(it) => (it["id"].clone(), it["latestVersion"].clone()),
            None => self.import(package, None).await?,
        };
        if version["status"] != "PUBLISHED" {
            self.publish(&version["id"]).await?;
        }
        let product = before.map_or(Value::Null, |it| it["product"].clone());
        self.list(&application, product, content).await
    }

    /// Makes a product of an application that is published, and lists it.
    pub async fn list(&self, application: &Value, mut product: Value, content: Value) -> anyhow::Result<()> {
        let named = |product: &Value| json!({ "id": product["id"], "version": product["openRevision"]["version"] });
        if product.is_null() {
            self_test::pass(self.partner, application.as_str().unwrap_or_default()).await?;
            let input = json!({ "applicationId": application });
            product = self.of_partner("createProduct", "CreateProductInput", input).await?;
        }
        if product["status"] == "DRAFT" {
            let mut input = named(&product);
            input["content"] = content;
            let saved = self
                .of_partner("saveProductDraft", "SaveProductDraftInput", input)
                .await?;
            product = self
                .of_partner("submitProduct", "SubmitProductInput", named(&saved))
                .await?;
        }
        if product["status"] == "IN_REVIEW" {
            let input = json!({ "revisionId": product["openRevision"]["id"], "decision": "APPROVE" });
            product = self
                .operator
                .act("reviewProduct", "ReviewProductInput", input, PRODUCT)
                .await?;
        }
        if product["status"] == "APPROVED" {
            self.tasks(&product["id"]).await?;
            let input = json!({ "id": product["id"] });
            product = self.of_partner("listProduct", "ProductActionInput", input).await?;
        }
        match product["status"] == "LISTED" {
            true => Ok(()),
            false => bail!("it is {}", product["status"]),
        }
    }

    async fn of_partner(&self, name: &str, kind: &str, input: Value) -> anyhow::Result<Value> {
        self.partner.act(name, kind, input, PRODUCT).await
    }

    /// L9: whatever has to be done before the marketplace.
    async fn tasks(&self, product: &Value) -> anyhow::Result<()> {
        let document = "query Tasks($id: ID!) { product(id: $id) { tasks { done task { id retired } } } }";
        let asked = self.operator.ask(document, json!({ "id": product })).await?;
        for it in asked["product"]["tasks"].as_array().into_iter().flatten() {
            if it["done"] != true && it["task"]["retired"] != true {
                let input =
                    json!({ "id": product, "taskId": it["task"]["id"], "done": true, "note": "已完成，无异常" });
                self.operator
                    .act("answerProductTask", "AnswerProductTaskInput", input, PRODUCT)
                    .await?;
            }
        }
        Ok(())
    }

    /// Imports a package as an application, or as a version of one; the application's id, and the version.
    pub async fn import(&self, package: &Value, of: Option<&Value>) -> anyhow::Result<(Value, Value)> {
        let bytes = package.to_string().into_bytes();
        let file = self.partner.upload(FilePurpose::Package, "package.json", bytes).await?;
        let on = "... on PackageImport { id }";
        let input = json!({ "fileId": file, "applicationId": of });
        let started = self
            .partner
            .act("importPackage", "ImportPackageInput", input, on)
            .await?;
        let document = "query Imported($id: ID!) { packageImport(id: $id) { status problems { place message }
            version { id status application { id } } } }";
        let ended =
            |data: &Value| ["SUCCEEDED", "FAILED"].contains(&data["packageImport"]["status"].as_str().unwrap_or(""));
        let mut ended = self
            .partner
            .wait(document, json!({ "id": started["id"] }), ended)
            .await?;
        ensure!(ended["packageImport"]["status"] == "SUCCEEDED", "{ended}");
        let version = ended["packageImport"]["version"].take();
        Ok((version["application"]["id"].clone(), version))
    }

    pub async fn publish(&self, version: &Value) -> anyhow::Result<()> {
        let on = "... on ApplicationVersion { status }";
        let input = json!({ "versionId": version });
        self.partner
            .act("publishVersion", "PublishVersionInput", input, on)
            .await?;
        Ok(())
    }
}
