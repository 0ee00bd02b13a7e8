//! Who is asking, and what that proves: tokens, passwords, rate limits, the viewer and the scopes that it can prove; and what
//! the installation keeps secret.

pub mod kept_secret;
pub mod keys;
pub mod link_secret;
pub mod password;
pub mod payment_signature;
pub mod private_file;
pub mod rate_limit;
pub mod refresh;
pub mod sealing;
pub mod token;
pub mod viewer;
