//! The purchase page in the schema (D10–D12): what a link offers, and buying it.

mod mutation;
mod query;
mod types;

pub use mutation::PurchaseMutation;
pub use query::PurchaseQuery;

use async_graphql::{Context, Result};

use super::context::{Ask, system_actor};
use super::fault::fault;
use crate::domain::message::Code;
use crate::services::purchase;
use crate::store;

/// D12: after a refusal because of the organisation, notes the attempt for the partner. The refused use case itself wrote
/// nothing; the note is the system's, in a transaction of its own.
async fn note_mismatch<T>(ctx: &Context<'_>, ended: &store::Result<T>, token: String) -> Result<()> {
    match ended {
        Err(store::Error::Refused(refusal)) if refusal.code() == Code::OrganizationMismatch => {}
        _ => return Ok(()),
    }
    let viewer = ctx.viewer()?;
    let note = ctx.app().store.write(system_actor(ctx), move |tx| {
        purchase::note_mismatch(tx, &viewer, &token)
    });
    match note.await {
        Ok(()) => Ok(()),
        Err(store::Error::Fault(error)) => Err(fault(error)),
        // The link changed in the same moment: there is nothing to note any more.
        Err(store::Error::Refused(_)) => Ok(()),
    }
}
