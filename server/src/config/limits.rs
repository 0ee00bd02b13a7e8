//! The bounds that keep one request from costing the others. Values only; `graphql::limits` and `http` enforce them.

use std::time::Duration;

/// What one request may ask for.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a JSON body.
    pub body: usize,
    /// Lexical tokens of one document.
    pub tokens: usize,
    /// Nested fields, fragments followed.
    pub depth: usize,
    /// Aliased fields, fragments followed.
    pub aliases: usize,
    /// Directives in one document.
    pub directives: usize,
    /// Fields at the root of one mutation.
    pub root_mutations: usize,
    /// Points of the cost model.
    pub cost: usize,
    /// Entries of one page: the largest `first` or `last`.
    pub page: usize,
    /// How long one operation may run.
    pub time: Duration,
    /// Subscriptions open at once on one socket.
    pub subscriptions: usize,
    /// Sign-in attempts a minute for one e-mail address.
    pub sign_ins_per_account: u32,
    /// Sign-in attempts a minute from one client address.
    pub sign_ins_per_address: u32,
    /// Openings of promotion links a minute from one client address.
    pub promotion_opens_per_address: u32,
    /// Bytes of an uploaded application package.
    pub package: usize,
    /// Bytes of an uploaded contract file.
    pub contract: usize,
    /// Bytes of an uploaded file of a record.
    pub record_file: usize,
    /// Bytes of an uploaded table of records to import.
    pub record_import: usize,
}
