//! Members of the acting organisation in the schema: what its admins do with them. Who somebody is stands in `session`.

mod mutation;

pub use mutation::MembershipMutation;
