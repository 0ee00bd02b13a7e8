//! Use cases, one function each: authorise, load, decide, save, in one transaction. Services do not call each other; what
//! they share is a domain or store function.

pub mod file;
pub mod installation;
pub mod instance;
pub mod record;
pub mod session;
