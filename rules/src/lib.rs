//! What the server and the front end must agree on to the letter, as pure code that both run: what a form page's definition
//! means, how typed text becomes a value, whether a record fits its form, and what a subscription costs. The server decides with
//! the whole of JSON Schema on top; nothing here speaks to people, each side has its own words.

pub mod check;
pub mod duration;
pub mod form;
pub mod format;
pub mod price;
pub mod rich_text;
pub mod value;

pub use check::{Flaw, FlawKind, check};
pub use form::{Choice, Field, Form, Widget};
