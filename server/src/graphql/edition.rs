//! Editions in the schema: what each entitles an organisation to (D25), and what becomes of its applications when it gets
//! another (D26).

use std::collections::HashMap;

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::context::{Ask, read, write};
use super::error::{outcome, result_union};
use super::loaders::Batch;
use super::session::types::Organization;
use crate::domain::component::Feature;
use crate::domain::id::InstanceId;
use crate::domain::organization::EditionName;
use crate::domain::suspension;
use crate::services::edition::{self, self as service};
use crate::store;
use crate::store::conn::Conn;
use crate::store::edition::Entitlement as Row;
use crate::store::suspension::Suspension;

/// What an edition allows of one feature.
#[derive(Clone, Debug, SimpleObject)]
pub struct Entitlement {
    /// Which.
    feature: Feature,
    /// Null means unlimited, 0 means not included.
    limit: Option<i32>,
}

/// What an edition entitles an organisation to.
#[derive(Clone, Debug, SimpleObject)]
pub struct Edition {
    /// Which.
    name: EditionName,
    /// One for each feature, in the order of the rule.
    entitlements: Vec<Entitlement>,
}

impl Edition {
    fn new(name: EditionName, rows: &[Row]) -> Self {
        let entitlement = |feature: Feature| {
            let row = rows.iter().find(|row| row.edition == name && row.feature == feature);
            Entitlement {
                feature,
                limit: row.map_or(Some(0), |row| row.limit_count),
            }
        };
        Self {
            name,
            entitlements: Feature::ALL.into_iter().map(entitlement).collect(),
        }
    }
}

/// Sets one limit.
#[derive(InputObject)]
pub struct SetEntitlementInput {
    /// Of which edition.
    pub edition: EditionName,
    /// Of which feature.
    pub feature: Feature,
    /// 0 to 1,000,000; null means unlimited, 0 means not included.
    pub limit: Option<i32>,
}

/// Gives an organisation another edition.
#[derive(InputObject)]
pub struct SetOrganizationEditionInput {
    /// The organisation's CorpID.
    pub corp_id: String,
    /// The edition that it has from now on.
    pub edition: EditionName,
}

/// How many components a change of edition concerned, by the feature that decided.
#[derive(Clone, Debug, SimpleObject)]
pub struct EditionEffect {
    /// Which.
    feature: Feature,
    /// How many.
    count: i32,
}

/// What setting an organisation's edition did (D26).
pub struct EditionChange(service::EditionChange);

#[Object]
impl EditionChange {
    /// The organisation with its edition.
    async fn organization(&self) -> Organization {
        Organization(self.0.organization.clone())
    }

    /// Components that the edition no longer covers: suspended, not deleted.
    async fn suspended(&self) -> Vec<EditionEffect> {
        counted(&self.0.effect.suspended)
    }

    /// Components that the edition covers again.
    async fn restored(&self) -> Vec<EditionEffect> {
        counted(&self.0.effect.restored)
    }
}

fn counted(rows: &[Suspension]) -> Vec<EditionEffect> {
    let count = |feature: Feature| {
        let count = rows.iter().filter(|row| row.feature == feature).count();
        EditionEffect {
            feature,
            count: i32::try_from(count).unwrap_or(i32::MAX),
        }
    };
    let effects = Feature::ALL.into_iter().map(count);
    effects.filter(|effect| effect.count > 0).collect()
}

/// A component that the organisation's edition no longer covers (D26).
#[derive(Clone, Debug)]
pub struct ComponentSuspension(pub Suspension);

#[Object]
impl ComponentSuspension {
    /// Key of the component.
    async fn component_key(&self) -> &str {
        &self.0.component_key
    }

    /// The feature that is lacking.
    async fn feature(&self) -> Feature {
        self.0.feature
    }

    /// Why, and what to do, in the caller's language.
    async fn reason(&self, ctx: &Context<'_>) -> String {
        suspension::reason(self.0.feature).get(ctx.locale()).to_owned()
    }

    /// Since when.
    async fn suspended_at(&self) -> DateTime<Utc> {
        self.0.suspended_at.utc()
    }
}

/// The suspended components of each instance; absent where there is none.
pub struct SuspensionsOf;

impl Batch for SuspensionsOf {
    type Key = InstanceId;
    type Row = Vec<Suspension>;

    fn load(conn: &mut Conn, keys: &[InstanceId]) -> store::Result<Vec<(InstanceId, Vec<Suspension>)>> {
        let mut groups = HashMap::<InstanceId, Vec<Suspension>>::new();
        for row in store::suspension::of_instances(conn, keys)? {
            groups.entry(row.instance_id.clone()).or_default().push(row);
        }
        Ok(groups.into_iter().collect())
    }
}

result_union! {
    /// Result of setting a limit.
    SetEntitlementResult = Edition
}
result_union! {
    /// Result of giving an organisation another edition.
    SetOrganizationEditionResult = EditionChange
}

#[derive(Default)]
pub struct EditionQuery;

#[Object]
impl EditionQuery {
    /// Every edition with its entitlements.
    async fn editions(&self, ctx: &Context<'_>) -> Result<Vec<Edition>> {
        let rows = read(ctx, edition::list).await?;
        let editions = EditionName::ALL.iter().map(|name| Edition::new(*name, &rows));
        Ok(editions.collect())
    }
}

#[derive(Default)]
pub struct EditionMutation;

#[Object]
impl EditionMutation {
    /// D25: a superadmin edits what an edition is entitled to.
    async fn set_entitlement(&self, ctx: &Context<'_>, input: SetEntitlementInput) -> Result<SetEntitlementResult> {
        let new = Row {
            edition: input.edition,
            feature: input.feature,
            limit_count: input.limit,
        };
        let ended = write(ctx, move |tx, viewer| {
            edition::set(tx, viewer, &new)?;
            edition::list(tx.conn, viewer)
        });
        outcome(ctx, ended.await?, |rows| {
            SetEntitlementResult::Edition(Edition::new(input.edition, &rows))
        })
    }

    /// D26: a superadmin gives an organisation another edition. What a smaller one no longer covers is suspended, exactly that
    /// and nothing else, and comes back with a larger one.
    async fn set_organization_edition(
        &self,
        ctx: &Context<'_>,
        input: SetOrganizationEditionInput,
    ) -> Result<SetOrganizationEditionResult> {
        let ended = write(ctx, move |tx, viewer| {
            edition::set_of_organization(tx, viewer, &input.corp_id, input.edition)
        });
        outcome(ctx, ended.await?, |change| {
            SetOrganizationEditionResult::EditionChange(EditionChange(change))
        })
    }
}
