//! One traveller at one time: readings and facts in, assessment out.

use super::assessment::{Assessed, landfall_assessment};
use super::engine::landfall_engine;
use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::mrz::{MAX_MARKS, marks};
use super::output::Out;
use crate::date::Time;
use crate::engine::{Engine, Inspection};
use crate::error::Part;
use crate::fact::Fact;
use crate::mrz::MAX_INPUT;
use core::ffi::c_char;

/// The longest JSON object that a fact may be.
const MAX_FACT: usize = 64 * 1024;

/// One traveller, one encounter, at one given time. For one thread at a time.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_inspection {
    _opaque: [u8; 0],
}

impl Handle for landfall_inspection {
    type Value = Inspection;
}

/// Opens an inspection at the time `at`, in seconds after 1970-01-01T00:00:00Z. The engine may be freed before it.
///
/// Gives LANDFALL_STATUS_BAD_TIME outside the years 1 to 9999.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_new(
    engine: *const landfall_engine,
    at: i64,
    inspection: *mut *mut landfall_inspection,
) -> u32 {
    let out = unsafe { Out::new(inspection) };
    guard(|| {
        out.required()?;
        let engine = handle::with(engine, |engine| Ok(Engine::clone(engine)))?;
        let inspection = engine.inspect(Time::from_unix(at)?);
        out.put(handle::open::<landfall_inspection>(inspection));
        Ok(())
    })
}

/// Frees an inspection. NULL is fine. Its assessments stay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_free(inspection: *mut landfall_inspection) -> u32 {
    guard(|| handle::close(inspection))
}

/// Takes the text of a machine-readable zone, lines or one string, up to 4096 bytes in any encoding. `unread` are the
/// characters, ASCII, by which the reader says "could not be read", beside those that are always taken so (? and *);
/// NULL with 0 for none. `document` becomes the number of the document, from 1; it and `error` may be NULL.
///
/// A zone that is read and found wrong gives LANDFALL_STATUS_OK and failed checks. Gives the statuses from 100 for what
/// cannot be a zone, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 documents.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_read_mrz(
    inspection: *mut landfall_inspection,
    text: *const c_char,
    text_len: usize,
    unread: *const c_char,
    unread_len: usize,
    document: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let document = unsafe { Out::new(document) };
    reporting(error, || {
        let text = unsafe { input::bytes(text, text_len, MAX_INPUT, Part::MrzText) }?;
        let unread = unsafe { input::text(unread, unread_len, MAX_MARKS, Part::Call) }?;
        let marks = marks(unread)?;
        let read = |inspection: &mut Inspection| inspection.read_mrz_marked(text, &marks);
        document.put(handle::with(inspection, read)?.into());
        Ok(())
    })
}

/// Takes a fact that only the host can know, as a JSON object of up to 64 KiB: `{"reporter": …, "claim": …, …}`, see
/// docs/c-abi.md. `error` may be NULL.
///
/// Gives LANDFALL_STATUS_BAD_JSON, LANDFALL_STATUS_BAD_ARGUMENT for a check that only the engine may make, and
/// LANDFALL_STATUS_BUDGET_EXCEEDED for more than 256 facts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_add_fact(
    inspection: *mut landfall_inspection,
    json: *const c_char,
    json_len: usize,
    error: *mut landfall_error,
) -> u32 {
    reporting(error, || {
        let json = unsafe { input::text(json, json_len, MAX_FACT, Part::Fact) }?;
        let fact = Fact::from_json(json)?;
        handle::with(inspection, |inspection| inspection.add_fact(fact))
    })
}

/// Judges what was read and reported so far. It may be asked as often as wanted, and more may be read afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_assess(
    inspection: *const landfall_inspection,
    assessment: *mut *mut landfall_assessment,
) -> u32 {
    let out = unsafe { Out::new(assessment) };
    guard(|| {
        out.required()?;
        let assessment = handle::with(inspection, |inspection| Ok(inspection.assess()))?;
        out.put(handle::open::<landfall_assessment>(Assessed::new(assessment)));
        Ok(())
    })
}
