//! Starting imports, and what storing a package makes, with small packages and with real exports.
