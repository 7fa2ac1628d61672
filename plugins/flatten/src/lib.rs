//! Turns a record into the row of a schema, and back.
