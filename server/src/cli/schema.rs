//! `appshelf schema`: prints the GraphQL schema as `schema.graphql` holds it.

use std::process::ExitCode;

/// Prints the schema.
pub fn run() -> ExitCode {
    print!("{}", crate::graphql::sdl());
    ExitCode::SUCCESS
}
