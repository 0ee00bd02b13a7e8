//! The account into which a partner is paid (L3). Its number is written and never read back but for its end.

use super::{
    DateTime, Problem,
    operation::{Plain, bare},
    schema,
    select::Select,
    session::Person,
    transport,
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PayeeAccount {
        pub holder: String,
        pub bank: String,
        pub number_end: String,
        pub updated_at: DateTime,
        pub updated_by: Person,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetPayeeAccountInput {
    pub holder: String,
    pub bank: String,
    pub number: String,
}

operation! { $ Mutation: set_payee_account(input = input: SetPayeeAccountInput) -> SetPayeeAccountResult / PayeeAccount }

/// The acting partner's account; nothing where none is on file.
pub async fn payee_account() -> Result<Option<PayeeAccount>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        payee_account: Option<PayeeAccount>,
    }
    let body = bare("query", "payee_account", PayeeAccount::select);
    transport::ask::<Plain<Option<PayeeAccount>>>(body, true).await
}
