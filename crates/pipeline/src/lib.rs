//! From a pipeline file to stages, and from batches to balanced books.
