//! Text and bytes that the caller hands in: pointer and length.
//!
//! `SIZE_MAX` as the length says that the text ends with a NUL, which is then sought within the function's limit and
//! no further. A length over the limit is refused before anything is read; so is one that no object can have, such
//! as a negative number in a signed type of the caller.

use crate::error::{Error, ErrorKind, Part, Result};
use core::ffi::c_char;
use core::{mem, ptr, slice};

/// The length by which a caller says that its text ends with a NUL.
const ENDS_WITH_NUL: usize = usize::MAX;

/// Bytes of the caller, of which errors speak as `part`.
///
/// Null is an empty text if the length is 0.
///
/// # Safety
/// `at` is null, or good for reading `len` bytes as long as the result lives; with `SIZE_MAX`, good for reading up
/// to and including the first NUL, or `limit + 1` bytes if none comes earlier.
///
/// # Errors
/// `NullPointer`, `BadLength`, and `TooLarge` beyond `limit`.
pub(super) unsafe fn bytes<'a>(at: *const c_char, len: usize, limit: usize, part: Part) -> Result<&'a [u8]> {
    if at.is_null() {
        return match len {
            0 => Ok(&[]),
            _ => Err(Error::new(ErrorKind::NullPointer, part, 0)),
        };
    }
    let too_large = Error::new(ErrorKind::TooLarge, part, limit);
    let len = match len {
        // SAFETY: bytes are looked at one by one, and none behind the first NUL.
        ENDS_WITH_NUL => (0..=limit).find(|offset| unsafe { at.add(*offset).read() } == 0).ok_or(too_large)?,
        _ if isize::try_from(len).is_err() => {
            return Err(Error::new(ErrorKind::BadLength, part, 0));
        }
        _ if len > limit => return Err(too_large),
        _ => len,
    };
    // SAFETY: the caller vouches for `len` bytes.
    Ok(unsafe { slice::from_raw_parts(at.cast(), len) })
}

/// The same for text.
///
/// # Safety
/// As [`bytes`].
///
/// # Errors
/// As [`bytes`], and `NotUtf8` with the offset of the first byte that is not.
pub(super) unsafe fn text<'a>(at: *const c_char, len: usize, limit: usize, part: Part) -> Result<&'a str> {
    // SAFETY: the caller vouches for it.
    let bytes = unsafe { bytes(at, len, limit, part) }?;
    core::str::from_utf8(bytes).map_err(|wrong| Error::new(ErrorKind::NotUtf8, part, wrong.valid_up_to()))
}

/// Bytes of the caller that end at their length and nowhere else: files, challenges, answers.
///
/// # Safety
/// `at` is null, or good for reading `len` bytes as long as the result lives.
///
/// # Errors
/// As [`bytes`]; `BadLength` also for the length by which a caller says that its text ends with a NUL.
pub(super) unsafe fn binary<'a>(at: *const u8, len: usize, limit: usize, part: Part) -> Result<&'a [u8]> {
    if len == ENDS_WITH_NUL && !at.is_null() {
        return Err(Error::new(ErrorKind::BadLength, part, 0));
    }
    // SAFETY: the caller vouches for it.
    unsafe { bytes(at.cast(), len, limit, part) }
}

/// The most bytes that a structure of a later version may have.
const MAX_STRUCTURE: usize = 4096;

/// A structure that the caller fills in.
///
/// # Safety
/// It is `repr(C)` and begins with a `u32`, its size; every pattern of bits is a value of each member; it has no padding.
pub(super) unsafe trait Structure: Copy {
    /// What is taken if the caller gives none. Every version has 0 in members that it added.
    const DEFAULTS: Self;
    /// The size that it had in version 1.0, the least that a caller may state; members added later begin here.
    const LEAST: usize;
}

/// Reads a structure of this or of another version; null gives the defaults.
///
/// A caller with a later header may have members that are not known here. They must be 0, so that nothing that a host
/// asks for is passed over in silence.
///
/// # Safety
/// `at` is null, or good for reading as many bytes as its first member says.
///
/// # Errors
/// `BadLength` for a size that is too small or absurd, `AbiMismatch` if unknown members are set.
pub(super) unsafe fn structure<T: Structure>(at: *const T) -> Result<T> {
    let wrong = |kind| Error::new(kind, Part::Call, 0);
    let mut own = T::DEFAULTS;
    if at.is_null() {
        return Ok(own);
    }
    // SAFETY: every version of a structure begins with its size.
    let stated = unsafe { at.cast::<u32>().read_unaligned() };
    let stated = usize::try_from(stated).map_err(|_| wrong(ErrorKind::BadLength))?;
    let known = mem::size_of::<T>();
    if !(T::LEAST..=MAX_STRUCTURE).contains(&stated) {
        return Err(wrong(ErrorKind::BadLength));
    }
    // SAFETY: the caller vouches for `stated` bytes.
    let given = unsafe { slice::from_raw_parts(at.cast::<u8>(), stated) };
    let (given, rest) = given.split_at_checked(known).unwrap_or((given, &[]));
    // SAFETY: `given` is at most as long as the structure, and any bits are a value of its members.
    unsafe { ptr::copy_nonoverlapping(given.as_ptr(), (&raw mut own).cast::<u8>(), given.len()) }
    if rest.iter().any(|byte| *byte != 0) {
        return Err(wrong(ErrorKind::AbiMismatch));
    }
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::ptr;

    fn read(text: &[u8], len: usize, limit: usize) -> Result<&str> {
        // SAFETY: the tests give lengths within the text, NULs, or lengths that are refused unread.
        unsafe { super::text(text.as_ptr().cast(), len, limit, Part::Fact) }
    }

    fn kind<R>(result: Result<R>) -> Option<(ErrorKind, usize)> {
        result.err().map(|error| (error.kind, error.offset))
    }

    #[test]
    fn a_text_ends_at_its_length_or_at_its_nul() {
        assert_eq!(read(b"UTO\0", 2, 9), Ok("UT"));
        assert_eq!(read(b"UTO\0", usize::MAX, 9), Ok("UTO"));
        assert_eq!(read(b"UTO\0", usize::MAX, 3), Ok("UTO"), "the NUL may stand behind the limit");
        assert_eq!(kind(read(b"UTO\0", usize::MAX, 2)), Some((ErrorKind::TooLarge, 2)));
        assert_eq!(read(b"U\0O", 3, 3), Ok("U\0O"), "a NUL within a length is a character");
    }

    #[test]
    fn lengths_that_cannot_be_are_refused_before_anything_is_read() {
        assert_eq!(kind(read(b"", usize::MAX - 1, 9)), Some((ErrorKind::BadLength, 0)));
        assert_eq!(kind(read(b"", isize::MAX as usize + 1, 9)), Some((ErrorKind::BadLength, 0)));
        assert_eq!(kind(read(b"", isize::MAX as usize, 9)), Some((ErrorKind::TooLarge, 9)));
        assert_eq!(kind(read(b"", 10, 9)), Some((ErrorKind::TooLarge, 9)));
    }

    #[test]
    fn null_is_an_empty_text_and_nothing_else() {
        // SAFETY: null is allowed.
        let null = |len| unsafe { super::bytes(ptr::null(), len, 9, Part::Call) };
        assert_eq!(null(0), Ok(&b""[..]));
        assert_eq!(kind(null(1)), Some((ErrorKind::NullPointer, 0)));
        assert_eq!(kind(null(usize::MAX)), Some((ErrorKind::NullPointer, 0)));
    }

    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Later {
        struct_size: u32,
        first: u32,
        added: u32,
    }

    // SAFETY: three numbers of one width, the first of which is the size.
    unsafe impl Structure for Later {
        const DEFAULTS: Self = Self { struct_size: 0, first: 0, added: 0 };
        const LEAST: usize = mem::offset_of!(Self, added);
    }

    fn later(words: &[u32]) -> core::result::Result<(u32, u32), ErrorKind> {
        // SAFETY: the tests state sizes of at most the words that they give, or sizes that are refused unread.
        let read = unsafe { structure(words.as_ptr().cast::<Later>()) };
        read.map(|later| (later.first, later.added)).map_err(|error| error.kind)
    }

    #[test]
    fn a_structure_of_an_earlier_header_lacks_members_and_one_of_a_later_header_may_not_set_more() {
        assert_eq!(later(&[8, 5]), Ok((5, 0)));
        assert_eq!(later(&[12, 5, 6]), Ok((5, 6)));
        assert_eq!(later(&[20, 5, 6, 0, 0]), Ok((5, 6)));
        assert_eq!(later(&[20, 5, 6, 0, 1]), Err(ErrorKind::AbiMismatch));
        for size in [0, 4, 7, 4097, u32::MAX] {
            assert_eq!(later(&[size, 5]), Err(ErrorKind::BadLength), "{size}");
        }
    }

    #[test]
    fn what_is_not_utf8_is_refused_where_it_begins() {
        assert_eq!(kind(read(b"UT\xFFO", 4, 9)), Some((ErrorKind::NotUtf8, 2)));
    }
}
