//! Held by tests.
