//! The `appshelf` binary.
fn main() {}
