//! Inputs about re-binding.

use async_graphql::{ID, InputObject};

/// Fills in a secret of a connector.
#[derive(InputObject)]
pub struct SetConnectorSecretInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the connector.
    pub component_key: String,
    /// Name of the secret, as the item lists it.
    pub slot: String,
    /// 1 to 10,000 characters; never shown again. Null takes it out.
    #[graphql(secret)]
    pub value: Option<String>,
}

/// Chooses who is in a role or contact.
#[derive(InputObject)]
pub struct SetComponentMembersInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the role or contact.
    pub component_key: String,
    /// Members of the organisation, at most 200; they replace those before.
    pub member_ids: Vec<ID>,
}

/// Says that something was done by hand.
#[derive(InputObject)]
pub struct ConfirmBindingInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the item.
    pub item: String,
    /// False: it is to be done again.
    #[graphql(default = true)]
    pub done: bool,
}
