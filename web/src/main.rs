//! AppShelf front end.
fn main() {}
