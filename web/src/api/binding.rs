//! Re-binding (D23, D24) and suspension (D26): what is left to people after a delivery, and what an edition no longer covers.

use super::{DateTime, delivery::Feature, instance::InstanceState, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    ConnectorSecrets,
    ConnectorCode,
    ConnectorReplacement,
    RoleMembers,
    ContactMembers,
    Assistant,
    DataPreparation,
    Automation,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingWay {
    FillIn,
    ChooseMembers,
    Confirm,
}

read_enums!(BindingKind, BindingWay);

read! {
    /// A secret of a connector: that it was filled in, never what with.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct BindingSlot {
        pub name: String,
        pub set_at: Option<DateTime>,
        pub set_by: Option<Person>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct BindingItem {
        pub key: String,
        pub component_key: String,
        pub kind: BindingKind,
        pub name: String,
        pub text: String,
        pub way: BindingWay,
        pub slots: Vec<BindingSlot>,
        pub waits_for: Vec<String>,
        pub members: Vec<Person>,
        pub done: bool,
        pub waived: bool,
        pub editable: bool,
        pub set_at: Option<DateTime>,
        pub set_by: Option<Person>,
    }
}

impl BindingItem {
    /// Neither done nor done without.
    pub fn open(&self) -> bool {
        !self.done && !self.waived
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct WaivedItem {
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Waiver {
        pub items: Vec<WaivedItem>,
        pub waived_at: DateTime,
        pub waived_by: Person,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ComponentSuspension {
        pub component_key: String,
        pub feature: Feature,
        pub reason: String,
        pub suspended_at: DateTime,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetConnectorSecretInput {
    pub instance_id: cynic::Id,
    pub component_key: String,
    pub slot: String,
    pub value: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetComponentMembersInput {
    pub instance_id: cynic::Id,
    pub component_key: String,
    pub member_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ConfirmBindingInput {
    pub instance_id: cynic::Id,
    pub item: String,
    pub done: bool,
}

operation! { $ Mutation:
    set_connector_secret(input = input: SetConnectorSecretInput) -> SetConnectorSecretResult / InstanceState
}
operation! { $ Mutation:
    set_component_members(input = input: SetComponentMembersInput) -> SetComponentMembersResult / InstanceState
}
operation! { $ Mutation: confirm_binding(input = input: ConfirmBindingInput) -> ConfirmBindingResult / InstanceState }
