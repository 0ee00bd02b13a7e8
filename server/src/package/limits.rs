//! How large a package may be. The four first numbers are the specification's; the others keep one piece from costing
//! more memory than the whole file should.

/// Bounds that a file must keep. `Limits::default()` is what the product uses; tests pass smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Components of a package.
    pub components: usize,
    /// Sample rows of all form pages together.
    pub sample_rows: usize,
    /// Arrays and objects inside each other; the outermost object is 1.
    pub depth: usize,
    /// Bytes of one piece that has to be understood as a tree: a form page's definition, a sample row.
    pub piece_bytes: usize,
    /// Unicode characters of an application's name.
    pub application_name: usize,
    /// Unicode characters of a component's name, its folder, and the summary.
    pub name: usize,
    /// Unicode characters of the description.
    pub description: usize,
    /// Problems that are collected before reading stops.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024 * 1024,
            components: 2_000,
            sample_rows: 100_000,
            depth: 64,
            piece_bytes: 1024 * 1024,
            application_name: 100,
            name: 255,
            description: 10_000,
            problems: 50,
        }
    }
}
