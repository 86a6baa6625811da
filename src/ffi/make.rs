//! Machine-readable zones written from what they are to say.

use super::failure::landfall_error;
use super::guard::reporting;
use super::handle;
use super::input;
use super::output::Out;
use super::text::{Text, landfall_text};
use crate::error::Part;
use crate::mrz::{self, Content};
use core::ffi::c_char;

/// The longest JSON object from which a zone is made.
const MAX_CONTENT: usize = 64 * 1024;

/// Writes a zone from a JSON object of up to 64 KiB, see docs/c-abi.md. The result is its lines, each but the last ended
/// by a line feed, with every check digit in its place. `error` may be NULL.
///
/// Gives LANDFALL_STATUS_BAD_JSON, and the statuses from 100 for values that the layout cannot hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_make(
    json: *const c_char,
    json_len: usize,
    text: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(text) };
    reporting(error, || {
        out.required()?;
        let json = unsafe { input::text(json, json_len, MAX_CONTENT, Part::Input) }?;
        let zone = mrz::write(&Content::from_json(json.as_bytes())?)?;
        let lines: Vec<_> = zone.lines().collect();
        out.put(handle::open::<landfall_text>(Text::new(lines.join("\n"))));
        Ok(())
    })
}
