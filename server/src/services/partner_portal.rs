//! Installing the self-operation portal (自运营平台, L1): it makes an organisation a partner. Until then there is nothing of a
//! partner for its people.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::locale::Text;
use crate::domain::organization::Role;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::organization::{self, Organization};
use crate::store::{Result, Tx, membership, test_organization};

/// Installs the portal in the viewer's organisation, for its admins. All of them become partner admins: they are those who look
/// after the organisation already. Done again it changes nothing.
pub fn install(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Organization> {
    let scope = viewer.customer_admin()?;
    let found = organization::get(tx.conn, &scope.organization_id)?;
    if found.is_partner {
        return Ok(found);
    }
    if test_organization::is_one(tx.conn, &found.id)? {
        let refusal = Refusal::transition("TEST_ORGANIZATION", "INSTALL_PORTAL").in_words(
            Text::new("体验测试组织", "Test organisation"),
            Text::new("安装自运营平台", "Install the portal"),
        );
        let next = Text::new("请切换到您自己的组织", "Switch to your own organisation");
        return Err(refusal.advise(next).into());
    }
    let installed = organization::install_portal(tx, &scope)?;
    let mut admins = 0;
    for place in membership::holders(tx.conn, &installed.id, Role::CustomerAdmin)? {
        let mut roles = place.parsed_roles()?;
        if !roles.any(&[Role::PartnerAdmin]) {
            roles.0.push(Role::PartnerAdmin);
            membership::reactivate(tx, &place, &roles)?;
        }
        admins += 1;
    }
    tx.audit(Fact {
        organization_id: &installed.id,
        action: "portal.installed",
        object_id: installed.id.as_str(),
        label: &installed.name,
        before: None,
        after: Some(json!({ "partnerTier": installed.partner_tier, "partnerAdmins": admins })),
    })?;
    Ok(installed)
}
