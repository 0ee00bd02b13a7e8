//! What only the store knows of revisions when they are checked: versions and self-tests of applications, the partner's account,
//! categories, pictures and members. Read for many products at once, with the same number of statements as for one.

use std::collections::HashSet;

use crate::auth::viewer::PartnerScope;
use crate::domain::application::VersionStatus;
use crate::domain::file::FilePurpose;
use crate::domain::id::{ApplicationVersionId, FileId, ProductRevisionId, UserId};
use crate::domain::product_content::{ENTRIES_STORED, FreePlan, ProductContent};
use crate::domain::product_form::Facts;
use crate::store::conn::Conn;
use crate::store::file::File;
use crate::store::product::Product;
use crate::store::{
    Fault, Result, application_version, category, file, membership, payee_account, product_revision, self_test,
};

/// A product of the partner's own with what its open revision holds.
pub type Draft = (Product, ProductContent);

/// The facts of one product.
pub fn of(conn: &mut Conn, scope: &PartnerScope, product: &Product, content: &ProductContent) -> Result<Facts> {
    let found = of_all(conn, scope, &[(product.clone(), content.clone())])?.pop();
    Ok(found.ok_or_else(|| Fault::Inconsistent {
        table: "products",
        row: product.id.to_string(),
        what: "it was not checked".to_owned(),
    })?)
}

/// The facts of several products, in their order.
pub fn of_all(conn: &mut Conn, scope: &PartnerScope, drafts: &[Draft]) -> Result<Vec<Facts>> {
    let published = published(conn, drafts)?;
    let versions: Vec<_> = published.iter().flatten().cloned().collect();
    let passed: HashSet<_> = self_test::passed_of_versions(conn, &versions)?.into_iter().collect();
    let payee_account = payee_account::find(conn, scope)?.is_some();
    let categories = category::all(conn)?;
    let free_plans = approved_free_plans(conn, drafts)?;
    let pictures = pictures(conn, scope, drafts)?;
    let members = members(conn, scope, drafts)?;
    let of = |(at, (product, content)): (usize, &Draft)| {
        let shown = |ids: &[FileId], purpose: FilePurpose| {
            let own = |file: &&File| file.purpose == purpose && ids.contains(&file.id);
            pictures.iter().filter(own).map(|file| file.id.clone()).collect()
        };
        let icon: Vec<FileId> = content.icon_id.iter().cloned().collect();
        // Where it stands already it may stay, though the category takes no new products.
        let open = categories
            .iter()
            .filter(|it| !it.retired || product.category_id.as_ref() == Some(&it.id));
        let version = published.get(at).cloned().flatten();
        Facts {
            self_tested: version.as_ref().is_some_and(|version| passed.contains(version)),
            published: version,
            payee_account,
            categories: open.map(|it| it.id.clone()).collect(),
            icons: shown(&icon, FilePurpose::ProductIcon),
            screenshots: shown(&content.screenshot_ids, FilePurpose::ProductScreenshot),
            members: members.clone(),
            approved_free_plan: free_plans
                .iter()
                .find(|(id, _)| product.approved_revision_id.as_ref() == Some(id))
                .and_then(|(_, plan)| plan.clone()),
        }
    };
    Ok(drafts.iter().enumerate().map(of).collect())
}

/// The version that each product would be sold in.
fn published(conn: &mut Conn, drafts: &[Draft]) -> Result<Vec<Option<ApplicationVersionId>>> {
    let applications: Vec<_> = drafts
        .iter()
        .map(|(product, _)| product.application_id.clone())
        .collect();
    let versions = application_version::of_applications(conn, &applications)?;
    let of = |(product, _): &Draft| {
        let mut own = versions
            .iter()
            .filter(|version| version.application_id == product.application_id);
        let found = own.find(|version| version.status == VersionStatus::Published);
        found.map(|version| version.id.clone())
    };
    Ok(drafts.iter().map(of).collect())
}

fn approved_free_plans(conn: &mut Conn, drafts: &[Draft]) -> Result<Vec<(ProductRevisionId, Option<FreePlan>)>> {
    let approved: Vec<_> = drafts
        .iter()
        .filter_map(|(product, _)| product.approved_revision_id.clone())
        .collect();
    let revisions = product_revision::by_ids(conn, &approved)?;
    let plan = |revision: product_revision::ProductRevision| {
        let free = revision.parsed()?.free_plan;
        Ok((revision.id, free))
    };
    revisions.into_iter().map(plan).collect()
}

/// Those of the pictures that the contents name and the partner has.
fn pictures(conn: &mut Conn, scope: &PartnerScope, drafts: &[Draft]) -> Result<Vec<File>> {
    let named = |(_, content): &Draft| {
        let shots = content.screenshot_ids.iter().take(ENTRIES_STORED);
        content.icon_id.iter().chain(shots).cloned().collect::<Vec<_>>()
    };
    let ids: Vec<FileId> = drafts.iter().flat_map(named).collect();
    let own = |file: &File| file.organization_id == scope.organization_id;
    Ok(file::by_ids(conn, &ids)?.into_iter().filter(own).collect())
}

/// Those of the people whom the contents name and who belong to the partner.
fn members(conn: &mut Conn, scope: &PartnerScope, drafts: &[Draft]) -> Result<HashSet<UserId>> {
    let named = |(_, content): &Draft| {
        content
            .contact_ids
            .iter()
            .take(ENTRIES_STORED)
            .cloned()
            .collect::<Vec<_>>()
    };
    let people: Vec<UserId> = drafts.iter().flat_map(named).collect();
    let active = membership::active_among(conn, &scope.organization_id, &people)?;
    Ok(active.into_iter().collect())
}
