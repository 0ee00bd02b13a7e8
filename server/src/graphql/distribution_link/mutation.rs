//! Mutations about distribution links.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use secrecy::ExposeSecret;

use super::types::{CreateDistributionLinkInput, DistributionLink, RevokeDistributionLinkInput};
use crate::auth::viewer::Viewer;
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::distribution_link::{self, NewLink};
use crate::store::conn::Conn;
use crate::store::{self, Tx};

result_union! {
    /// Result of getting a link.
    CreateDistributionLinkResult = DistributionLink
}
result_union! {
    /// Result of revoking a link.
    RevokeDistributionLinkResult = DistributionLink
}

#[derive(Default)]
pub struct DistributionLinkMutation;

#[Object]
impl DistributionLinkMutation {
    /// D7: a link for one application under an active project.
    async fn create_distribution_link(
        &self,
        ctx: &Context<'_>,
        input: CreateDistributionLinkInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreateDistributionLinkResult> {
        let ended = create(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |made| {
            CreateDistributionLinkResult::DistributionLink(link(made))
        })
    }

    /// The link sells nothing from now on.
    async fn revoke_distribution_link(
        &self,
        ctx: &Context<'_>,
        input: RevokeDistributionLinkInput,
    ) -> Result<RevokeDistributionLinkResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, distribution_link::revoke).await?;
        outcome(ctx, ended, |made| {
            RevokeDistributionLinkResult::DistributionLink(link(made))
        })
    }
}

type Made = (store::distribution_link::DistributionLink, store::project::Project);

fn link((row, project): Made) -> DistributionLink {
    DistributionLink { row, project }
}

async fn create(
    ctx: &Context<'_>,
    input: CreateDistributionLinkInput,
    key: Option<String>,
) -> Result<store::Result<Made>> {
    let key = match idempotency_key(key, "createDistributionLink", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let (wanted, app) = (wanted(&input), Arc::clone(ctx.app()));
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        // The role is told before whether the objects exist.
        viewer.partner_admin()?;
        let secret = app.link_secret.expose_secret().as_bytes();
        let made = distribution_link::create(tx, viewer, wanted.as_ref().map_err(Refusal::clone)?, secret)?;
        Ok((made.0.id.to_string(), made))
    };
    let load = |conn: &mut Conn, viewer: &Viewer, made: &str| {
        let id = made.parse().map_err(|_| Refusal::not_found())?;
        distribution_link::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
    };
    write_once(ctx, key, make, load).await
}

/// The wish with its ids read; one that is none names nothing.
fn wanted(input: &CreateDistributionLinkInput) -> std::result::Result<NewLink, Refusal> {
    let unknown = |path: &'static str| Refusal::not_found().at(path);
    Ok(NewLink {
        project_id: input.project_id.parse().map_err(|_| unknown("projectId"))?,
        application_id: input.application_id.parse().map_err(|_| unknown("applicationId"))?,
        expires_at: input.expires_at.map(Instant::from),
        seats: input.seats,
    })
}
