//! Landfall reads, verifies and judges travel documents at border counters: offline, in one process.
//!
//! The way through the house, from bytes to an answer:
//!
//! - [`mrz::parse`] reads the text of a machine-readable zone; [`mrz::repair`] proposes a better reading beside it,
//!   [`mrz::write`] prints one.
//! - [`engine::Engine`] is built once, [`engine::Inspection`] takes readings and [`fact::Fact`]s of one traveller at
//!   one given time, and [`engine::Assessment`] says what was checked, what failed, what was not checked and what
//!   would help.
//! - [`check`] holds the vocabulary of that answer, [`assess`] the policy by which it is judged.
//!
//! Three kinds of trouble have three shapes: what cannot be read is an [`Error`], what is read but wrong is a
//! [`check::Check`], and our own bugs are panics, which the C functions catch.
//!
//! There is no clock, no thread, no network and no file access in this library; time and material are arguments.
//! `docs/architecture.md` has the floors and the flow of one inspection.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![forbid(unsafe_op_in_unsafe_fn)]
#![cfg_attr(not(feature = "capi"), forbid(unsafe_code))]
#![cfg_attr(feature = "capi", deny(unsafe_code))]

mod numbered;

#[cfg(feature = "alert")]
pub mod alert;
pub mod asn1;
pub mod assess;
#[cfg(feature = "barcode")]
pub mod barcode;
pub mod bytes;
pub mod check;
pub mod chip;
pub mod cms;
pub mod country;
pub mod cross;
pub mod crypto;
pub mod date;
pub mod deviation;
pub mod engine;
pub mod error;
pub mod fact;
#[cfg(feature = "capi")]
pub mod ffi;
pub mod image;
pub mod lds;
#[cfg(feature = "alert")]
pub mod list;
pub mod mrz;
#[cfg(feature = "optical")]
pub mod optical;
pub mod passive;
#[cfg(feature = "barcode")]
pub mod payload;
pub mod person;
pub mod pki;
#[cfg(feature = "emrtd")]
pub mod portrait;
#[cfg(feature = "barcode")]
pub mod seal;
pub mod secret;
#[cfg(feature = "specimen")]
pub mod specimen;
pub mod translit;

pub use error::{Error, ErrorKind, Part};
