//! Editions in the schema: what each entitles an organisation to (D25).

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::context::{read, write};
use super::error::{outcome, result_union};
use crate::domain::component::Feature;
use crate::domain::organization::EditionName;
use crate::services::edition;
use crate::store::edition::Entitlement as Row;

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

result_union! {
    /// Result of setting a limit.
    SetEntitlementResult = Edition
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
}
