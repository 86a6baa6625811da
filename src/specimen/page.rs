//! Pictures of pages: a sheet that is drawn, and a scanner or a telephone that takes it.
//!
//! A [`sheet::Sheet`] is drawn in millimetres, inks and stamps are laid on it, and [`capture`] takes it as a [`frame::Frame`], with the
//! homography that says where every millimetre went. The same number gives the same picture on one platform; sines and roots
//! may differ in the last bit between platforms.
//!
//! Nothing here reads input. Not done: lens distortion, bent pages, holograms.

pub mod background;
pub mod capture;
pub mod dice;
pub mod frame;
pub mod sheet;
