//! Which library this is, and whether it fits the header that a host was built with.

use super::guard::guard;
use super::output::{Out, TextOut};
use crate::error::{Error, ErrorKind, Part};
use crate::numbered::c_text;
use core::ffi::{CStr, c_char};

/// The version of the interface that this header describes. A library with the same major number and the same or a
/// greater minor number keeps everything that it says.
pub const LANDFALL_ABI_MAJOR: u32 = 1;
/// Grows when functions, numbers or members at the end of input structures are added.
pub const LANDFALL_ABI_MINOR: u32 = 0;

const VERSION: &CStr = c_text(concat!(env!("CARGO_PKG_VERSION"), "\0"));

/// The version of the library, "1.2.3". The view is good for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_version(text: *mut *const c_char, text_len: *mut usize) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        out.put_constant(VERSION);
        Ok(())
    })
}

/// The version of the interface that the library has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_abi_version(major: *mut u32, minor: *mut u32) -> u32 {
    let (major, minor) = unsafe { (Out::new(major), Out::new(minor)) };
    guard(|| {
        major.required()?;
        minor.required()?;
        major.put(LANDFALL_ABI_MAJOR);
        minor.put(LANDFALL_ABI_MINOR);
        Ok(())
    })
}

/// Whether the library has the interface that the host was built with. Call it first, with LANDFALL_ABI_MAJOR and
/// LANDFALL_ABI_MINOR as the host's header has them.
///
/// Gives LANDFALL_STATUS_ABI_MISMATCH if not.
#[unsafe(no_mangle)]
pub extern "C" fn landfall_abi_check(major: u32, minor: u32) -> u32 {
    guard(|| {
        if major == LANDFALL_ABI_MAJOR && (0..=LANDFALL_ABI_MINOR).contains(&minor) {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::AbiMismatch, Part::Call, 0))
        }
    })
}
