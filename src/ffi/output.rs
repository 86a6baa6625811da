//! Places of the caller into which a function writes its results.
//!
//! They are set to null or zero as soon as the function is entered, so that nothing uninitialised is left behind
//! when it fails. They need not be aligned.

use super::text::Text;
use crate::error::{Error, ErrorKind, Part, Result};
use core::ffi::{CStr, c_char};
use core::ptr;

/// What an output holds until there is a result.
pub(super) trait Nothing {
    const NOTHING: Self;
}

impl<T> Nothing for *mut T {
    const NOTHING: Self = ptr::null_mut();
}
impl<T> Nothing for *const T {
    const NOTHING: Self = ptr::null();
}
impl Nothing for u32 {
    const NOTHING: Self = 0;
}
impl Nothing for i32 {
    const NOTHING: Self = 0;
}
impl Nothing for usize {
    const NOTHING: Self = 0;
}
impl<const N: usize> Nothing for [u8; N] {
    const NOTHING: Self = [0; N];
}

/// One place of the caller.
pub(super) struct Out<T>(*mut T);

impl<T: Nothing> Out<T> {
    /// Takes a place, and sets it to null or zero.
    ///
    /// # Safety
    /// `at` is null, or good for writing a `T` as long as the result lives.
    pub(super) unsafe fn new(at: *mut T) -> Self {
        if !at.is_null() {
            // SAFETY: the caller vouches for `at`.
            unsafe { at.write_unaligned(T::NOTHING) }
        }
        Self(at)
    }

    /// # Errors
    /// `NullPointer` if the caller gave no place.
    pub(super) fn required(&self) -> Result<()> {
        if self.0.is_null() {
            return Err(Error::new(ErrorKind::NullPointer, Part::Call, 0));
        }
        Ok(())
    }

    /// Writes a result; nowhere, if the caller gave no place.
    pub(super) fn put(&self, value: T) {
        if !self.0.is_null() {
            // SAFETY: whoever made this place vouched for it.
            unsafe { self.0.write_unaligned(value) }
        }
    }
}

/// The two places that take a text: its address, and its length, which may be left out.
pub(super) struct TextOut {
    text: Out<*const c_char>,
    len: Out<usize>,
}

impl TextOut {
    /// Takes both places, and sets them to null and zero.
    ///
    /// # Safety
    /// As [`Out::new`], for each.
    pub(super) unsafe fn new(text: *mut *const c_char, len: *mut usize) -> Self {
        // SAFETY: the caller vouches for both.
        unsafe { Self { text: Out::new(text), len: Out::new(len) } }
    }

    /// # Errors
    /// `NullPointer` if the caller gave no place for the address.
    pub(super) fn required(&self) -> Result<()> {
        self.text.required()
    }

    /// Writes the view of a text that its handle keeps.
    pub(super) fn put(&self, text: &Text) {
        let (start, len) = text.view();
        self.text.put(start);
        self.len.put(len);
    }

    /// Writes the view of a constant.
    pub(super) fn put_constant(&self, text: &'static CStr) {
        self.text.put(text.as_ptr());
        self.len.put(text.to_bytes().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_cleared_on_entry_filled_once_and_may_be_odd_or_missing() {
        let mut bytes = [0xAA_u8; 9];
        let odd: *mut u32 = bytes.as_mut_ptr().wrapping_add(1).cast();
        // SAFETY: four of the nine bytes, from the second on.
        let out = unsafe { Out::new(odd) };
        out.put(0x0403_0201_u32.to_le());
        assert_eq!(bytes, [0xAA, 1, 2, 3, 4, 0xAA, 0xAA, 0xAA, 0xAA]);
        let mut number = 7_u32;
        // SAFETY: a variable of this function.
        let out = unsafe { Out::new(&raw mut number) };
        assert_eq!((number, out.required()), (0, Ok(())));
        // SAFETY: null is allowed.
        let nowhere = unsafe { Out::<u32>::new(ptr::null_mut()) };
        nowhere.put(1);
        assert!(nowhere.required().is_err());
    }
}
