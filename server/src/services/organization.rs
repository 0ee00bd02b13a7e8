//! What an organisation says of itself. Making organisations is `installation`.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::product_content::Industry;
use crate::domain::project::OrganizationSize;
use crate::store::audit::Fact;
use crate::store::organization::{self, Organization};
use crate::store::{Result, Tx};

/// L11: keeps what the organisation does and how large it is, for its admins; nothing where it would rather not say.
pub fn set_profile(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    industry: Option<Industry>,
    size: Option<OrganizationSize>,
) -> Result<Organization> {
    let scope = viewer.organization_admin()?;
    let before = organization::get(tx.conn, &scope.organization_id)?;
    let after = organization::set_profile(tx, &scope, industry, size)?;
    let facts = |it: &Organization| Some(json!({ "industry": it.industry, "size": it.size }));
    tx.audit(Fact {
        organization_id: &scope.organization_id,
        action: "organization.profile_set",
        object_id: after.id.as_str(),
        label: &after.name,
        before: facts(&before),
        after: facts(&after),
    })?;
    Ok(after)
}
