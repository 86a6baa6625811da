//! The C functions: what `include/landfall.h` declares, and the only room with `unsafe`.
//!
//! The header is made from this room by `cbindgen`, with the numbers of every [`Vocabulary`] as macros; a test
//! compares. What a host may rely on is written down in `docs/c-abi.md`. How the room keeps it:
//!
//! - every function runs under a guard that catches panics and gives a status (`guard`);
//! - outputs are null or zero from the moment of entry (`output`), inputs are bounded (`input`);
//! - handles are numbers in a list of those alive, never addresses (`handle`);
//! - text goes out as a view that its handle keeps (`text`).
//!
//! Hostile input: the documents are read by the rooms below. What remains here is the caller's own error: null,
//! wrong lengths, text that is not UTF-8, handles that were freed or are of another type. All of these give a status.
//! A pointer that is neither null nor good for what the header asks cannot be told, and is the caller's to avoid.
#![allow(
    unsafe_code,
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "what pointers must be is said once, at the head of the header, and holds for every exported function"
)]

#[cfg(feature = "alert")]
mod alert;
mod assessment;
mod chip;
mod engine;
mod failure;
mod guard;
mod handle;
mod input;
mod inspection;
mod make;
mod mrz;
mod output;
#[cfg(feature = "optical")]
mod page;
mod payload;
mod policy;
mod portrait;
#[cfg(feature = "optical")]
mod read;
mod repair;
mod text;
mod trust;
mod version;
mod word;

#[cfg(feature = "alert")]
pub use alert::*;
pub use assessment::*;
pub use chip::*;
pub use engine::*;
pub use failure::*;
pub use guard::LANDFALL_STATUS_OK;
pub use inspection::*;
pub use make::*;
pub use mrz::*;
#[cfg(feature = "optical")]
pub use page::*;
pub use payload::*;
pub use policy::*;
pub use portrait::*;
#[cfg(feature = "optical")]
pub use read::*;
pub use repair::*;
pub use text::*;
pub use trust::*;
pub use version::*;
pub use word::*;
