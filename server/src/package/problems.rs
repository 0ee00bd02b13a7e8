//! Collects problems while a file is read, each with its place, and says when enough is enough.

use std::fmt;

use super::error::{Code, PackageError, Place, Problem};
use super::scan;
use super::walk::Node;

/// The way to a value, as a list of steps on the stack; costs nothing until a problem names it.
#[derive(Clone, Copy)]
pub(super) enum At<'p> {
    Root,
    Member(&'p At<'p>, &'p str),
    Item(&'p At<'p>, usize),
}

impl<'p> At<'p> {
    pub fn member(&'p self, name: &'p str) -> At<'p> {
        At::Member(self, name)
    }

    pub fn item(&'p self, index: usize) -> At<'p> {
        At::Item(self, index)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Root => f.write_str("$"),
            At::Member(parent, name) => {
                let mut step = String::new();
                scan::push_member(&mut step, name);
                write!(f, "{parent}{step}")
            }
            At::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// Reading cannot go on: there are as many problems as anyone wants to read.
#[derive(Debug)]
pub(super) struct Stop;

/// The problems of one file.
pub(super) struct Problems<'a> {
    source: &'a str,
    found: Vec<Problem>,
    limit: usize,
    stopped: bool,
}

impl<'a> Problems<'a> {
    pub fn new(source: &'a str, limit: usize) -> Self {
        Self {
            source,
            found: Vec::new(),
            limit: limit.max(1),
            stopped: false,
        }
    }

    /// Notes a problem about a value of the file.
    pub fn add(&mut self, code: Code, at: &At<'_>, node: Node<'_>, details: &[&dyn fmt::Display]) -> Result<(), Stop> {
        self.add_at(code, at.to_string(), node, details)
    }

    /// The same for a path that is already text.
    pub fn add_at(
        &mut self,
        code: Code,
        path: String,
        node: Node<'_>,
        details: &[&dyn fmt::Display],
    ) -> Result<(), Stop> {
        let position = Some(scan::line_and_column(self.source, self.offset(node)));
        self.found.push(Problem::new(code, Place { path, position }, details));
        self.stopped = self.found.len() >= self.limit;
        if self.stopped { Err(Stop) } else { Ok(()) }
    }

    /// Notes a problem after which the rest is not worth reading.
    pub fn last(&mut self, code: Code, at: &At<'_>, node: Node<'_>, details: &[&dyn fmt::Display]) -> Stop {
        // Whether the list is full no longer matters: reading ends here either way.
        let _ = self.add(code, at, node, details);
        self.stopped = true;
        Stop
    }

    /// How far into the file a value stands, in bytes.
    pub fn offset(&self, node: Node<'_>) -> usize {
        (node.text().as_ptr() as usize)
            .saturating_sub(self.source.as_ptr() as usize)
            .min(self.source.len())
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The refusal, if there is any reason for one.
    pub fn refusal(self) -> Result<(), PackageError> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(PackageError {
                problems: self.found,
                more: self.stopped,
            })
        }
    }
}
