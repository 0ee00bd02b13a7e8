//! What people do on the marketplace besides ordering.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use crate::auth::viewer::Viewer;
use crate::domain::id::ProductId;
use crate::graphql::context::change;
use crate::graphql::error::{outcome, result_union};
use crate::services::market;

/// Asks the admins of the viewer's organisation for a product.
#[derive(InputObject)]
pub struct AskAdminsInput {
    /// The product.
    pub product_id: ID,
    /// Why: up to 500 characters.
    #[graphql(default)]
    pub note: String,
    /// L24: whether the person agrees that the partner learns of it, with their name, mail address, organisation and note.
    #[graphql(default)]
    pub shares_contact: bool,
    /// The token of the promotion link that the person came by; the admins are sent there.
    pub promotion: Option<String>,
}

/// The admins were told.
#[derive(SimpleObject)]
pub struct AskedAdmins {
    /// For which product.
    product_name: String,
}

result_union! {
    /// Result of asking the admins.
    AskAdminsResult = AskedAdmins
}

#[derive(Default)]
pub struct MarketMutation;

#[Object]
impl MarketMutation {
    /// L13: whoever may not buy asks the admins of their organisation; all of them are told.
    async fn ask_admins(&self, ctx: &Context<'_>, input: AskAdminsInput) -> Result<AskAdminsResult> {
        let AskAdminsInput {
            note,
            shares_contact,
            promotion,
            ..
        } = input;
        let ended = change::<ProductId, _, _>(ctx, &input.product_id, Viewer::customer, move |tx, viewer, id| {
            market::ask_admins(tx, viewer, id, &note, shares_contact, promotion.as_deref())
        });
        outcome(ctx, ended.await?, |entry| {
            AskAdminsResult::AskedAdmins(AskedAdmins {
                product_name: entry.name,
            })
        })
    }
}
