//! Who is calling: keys and tokens, passwords, and the bounds on guessing them.

pub mod keys;
pub mod link_secret;
pub mod password;
pub mod private_file;
pub mod rate_limit;
pub mod token;
