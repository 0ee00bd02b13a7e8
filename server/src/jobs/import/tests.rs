//! The job of an import from the uploaded bytes to the version, with crashes between.
