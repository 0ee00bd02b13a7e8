//! What only the store knows of a revision when it is checked: the application's versions and self-tests, the partner's account,
//! categories, pictures and members.

use std::collections::HashSet;

use crate::auth::viewer::PartnerScope;
use crate::domain::file::FilePurpose;
use crate::domain::id::{FileId, UserId};
use crate::domain::product_content::{ENTRIES_STORED, ProductContent};
use crate::domain::product_form::Facts;
use crate::store::conn::Conn;
use crate::store::product::Product;
use crate::store::{
    Result, application_version, category, file, membership, payee_account, product_revision, self_test,
};

/// The facts of a product's content, within its partner.
pub fn of(conn: &mut Conn, scope: &PartnerScope, product: &Product, content: &ProductContent) -> Result<Facts> {
    let published = application_version::published(conn, &product.application_id)?;
    let self_tested = match &published {
        Some(version) => !self_test::passed_of_versions(conn, std::slice::from_ref(&version.id))?.is_empty(),
        None => false,
    };
    let categories = category::all(conn)?;
    // Where it stands already it may stay, though the category takes no new products.
    let open = categories
        .into_iter()
        .filter(|it| !it.retired || product.category_id.as_ref() == Some(&it.id));
    let approved = match &product.approved_revision_id {
        Some(id) => product_revision::get(conn, id)?.parsed()?.free_plan,
        None => None,
    };
    let icons: Vec<FileId> = content.icon_id.iter().cloned().collect();
    Ok(Facts {
        published: published.is_some(),
        self_tested,
        payee_account: payee_account::find(conn, scope)?.is_some(),
        categories: open.map(|it| it.id).collect(),
        icons: pictures(conn, scope, &icons, FilePurpose::ProductIcon)?,
        screenshots: pictures(conn, scope, &content.screenshot_ids, FilePurpose::ProductScreenshot)?,
        members: members(conn, scope, &content.contact_ids)?,
        approved_free_plan: approved,
    })
}

/// Those of the files that are such pictures of the partner's own.
fn pictures(conn: &mut Conn, scope: &PartnerScope, ids: &[FileId], purpose: FilePurpose) -> Result<HashSet<FileId>> {
    let ids = &ids[..ids.len().min(ENTRIES_STORED)];
    let own = file::by_ids(conn, ids)?
        .into_iter()
        .filter(|file| file.organization_id == scope.organization_id && file.purpose == purpose);
    Ok(own.map(|file| file.id).collect())
}

/// Those of the people who belong to the partner.
fn members(conn: &mut Conn, scope: &PartnerScope, people: &[UserId]) -> Result<HashSet<UserId>> {
    let mut found = HashSet::new();
    for person in people.iter().take(ENTRIES_STORED) {
        if membership::find(conn, &scope.organization_id, person)?.is_some_and(|place| place.active) {
            found.insert(person.clone());
        }
    }
    Ok(found)
}
