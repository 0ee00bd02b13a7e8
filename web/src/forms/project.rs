//! Rules of the project form.
