//! Pictures: borrowed views, grey planes, files.
//!
//! A [`View`] borrows pixels in the format that a camera or reader has them, [`Pyramid`] makes grey planes of it at full, half and
//! quarter size, and `Picture` reads files (features `optical` and `barcode`). Nothing here knows what a document is.
//!
//! Hostile input: see [`View::new`] and `Picture::read`; every plane answers for every coordinate.

#[cfg(any(feature = "optical", feature = "barcode"))]
mod file;
mod plane;
mod view;

#[cfg(any(feature = "optical", feature = "barcode"))]
pub use file::Picture;
pub use plane::{Plane, Planes, Pyramid};
pub use view::{Light, MAX_PIXELS, PixelFormat, View};
