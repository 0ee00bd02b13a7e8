//! Members of the acting organisation, as its admins see to them.

use super::{
    schema,
    session::{Person, Role},
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Member {
        pub user: Person,
        pub roles: Vec<Role>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RemovedMember {
        pub user_id: cynic::Id,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveMemberInput {
    pub user_id: cynic::Id,
}

operation! { $ Query: members(search = search: Option<String>, first = first: Option<i32>) => Vec<Member> }
operation! { $ Mutation: remove_member(input = input: RemoveMemberInput) -> RemoveMemberResult / RemovedMember }
