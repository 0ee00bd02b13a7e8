//! The API: what a document may ask for, and what each request carries.

pub mod fault;
pub mod limits;
pub mod request;
