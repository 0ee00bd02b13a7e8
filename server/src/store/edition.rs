//! The table of what each edition is entitled to (D25), and how much of it an organisation's applications hold. What follows
//! from both is decided by `domain::preflight`.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{app_instances, entitlements, instance_components};
use super::{Fault, Result, Tx};
use crate::auth::viewer::SuperadminScope;
use crate::domain::component::Feature;
use crate::domain::id::{InstanceId, OrganizationId};
use crate::domain::instance::InstanceStatus;
use crate::domain::organization::EditionName;
use crate::domain::preflight::{Holdings, Limits};

/// One cell of the table.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = entitlements)]
pub struct Entitlement {
    pub edition: EditionName,
    pub feature: Feature,
    /// `None` is unlimited, 0 is not included.
    pub limit_count: Option<i32>,
}

/// The whole table. Everybody who is signed in may read it.
pub fn all(conn: &mut Conn) -> Result<Vec<Entitlement>> {
    Ok(entitlements::table.select(entitlements::all_columns).load(conn)?)
}

/// The limits of one edition.
pub fn limits(conn: &mut Conn, edition: EditionName) -> Result<Limits> {
    let rows: Vec<(Feature, Option<i32>)> = entitlements::table
        .filter(entitlements::edition.eq(edition))
        .select((entitlements::feature, entitlements::limit_count))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Sets one cell and answers what it held before.
pub fn set(tx: &mut Tx<'_>, _: &SuperadminScope, new: &Entitlement) -> Result<Option<i32>> {
    let cell = entitlements::table.find((new.edition, new.feature));
    let before: Option<Option<i32>> = cell.select(entitlements::limit_count).first(tx.conn).optional()?;
    if before.is_some() {
        diesel::update(cell)
            .set(entitlements::limit_count.eq(new.limit_count))
            .execute(tx.conn)?;
    } else {
        diesel::insert_into(entitlements::table).values(new).execute(tx.conn)?;
    }
    Ok(before.flatten())
}

/// How much of each feature the organisation's applications hold, one of them left out. Applications that are still
/// arriving count, so that two sends at once cannot share the last place.
pub fn holdings(conn: &mut Conn, organization: &OrganizationId, except: Option<&InstanceId>) -> Result<Holdings> {
    let mut query = instance_components::table
        .inner_join(app_instances::table.on(app_instances::id.eq(instance_components::instance_id)))
        .filter(app_instances::organization_id.eq(organization))
        .filter(app_instances::status.ne(InstanceStatus::Removed))
        .filter(instance_components::required_features.ne("[]"))
        .select(instance_components::required_features)
        .into_boxed();
    if let Some(except) = except {
        query = query.filter(app_instances::id.ne(except));
    }
    let mut held = Holdings::new();
    for features in query.load::<String>(conn)? {
        let features: Vec<Feature> = serde_json::from_str(&features).map_err(|error| Fault::Inconsistent {
            table: "instance_components",
            row: organization.to_string(),
            what: format!("required features {features}: {error}"),
        })?;
        for feature in features {
            *held.entry(feature).or_default() += 1;
        }
    }
    Ok(held)
}
