//! AppShelf server.
