//! The HTTP layer around a little schema of its own, over real connections.
