//! Text that leaves the library: UTF-8, ended by NUL, borrowed from the handle that holds it.

use super::guard::guard;
use super::handle::{self, Handle};
use super::output::TextOut;
use core::ffi::c_char;
use zeroize::{Zeroize, Zeroizing};

/// A text with a NUL behind it. It does not move while its handle lives, and zeroes itself when dropped.
pub(super) struct Text(Zeroizing<Vec<u8>>);

impl Text {
    pub(super) fn new(mut text: String) -> Self {
        let mut bytes = Vec::with_capacity(text.len().saturating_add(1));
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
        // Results are document data; the copy that is given up must not stay behind in freed memory.
        text.zeroize();
        Self(Zeroizing::new(bytes))
    }

    /// The address of the first byte, and how many bytes stand before the NUL.
    pub(super) fn view(&self) -> (*const c_char, usize) {
        (self.0.as_ptr().cast(), self.0.len().saturating_sub(1))
    }
}

/// A text that a function made.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_text {
    _opaque: [u8; 0],
}

impl Handle for landfall_text {
    type Value = Text;
}

/// Gives the text of a handle. The view is good until the handle is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_text_view(
    handle: *const landfall_text,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(handle, |text| {
            out.put(text);
            Ok(())
        })
    })
}

/// Frees a text. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_text_free(text: *mut landfall_text) -> u32 {
    guard(|| handle::close(text))
}
