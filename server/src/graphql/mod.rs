//! The API: what a document may ask for, and what each request carries. A resolver parses, calls one service, wraps;
//! relations go through `loaders`. Nothing of HTTP is known here.

pub mod connection;
pub mod context;
pub mod enums;
pub mod error;
pub mod fault;
pub mod limits;
pub mod loaders;
pub mod request;
pub mod scalars;
