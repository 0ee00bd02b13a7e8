//! What stands around pages: the shell of signed-in people and the plain frame of everybody else.

pub mod bell;
mod inside;
pub mod leave;
mod navigation_list;
pub mod plain;
pub mod preferences;
pub mod shell;
