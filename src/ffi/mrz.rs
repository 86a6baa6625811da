//! Machine-readable zones by themselves: read, piece by piece or as JSON.

use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::output::{Out, TextOut};
use super::text::Text;
use super::word::known;
use crate::check::{Check, CheckId, Subject};
use crate::date::{Date, Time};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::mrz::{self, FieldId, MAX_INPUT, Mrz, ReaderMarks};
use crate::secret;
use core::ffi::c_char;
use std::collections::BTreeMap;

/// The most characters that a host may name as "could not be read": every one of ASCII.
pub(super) const MAX_MARKS: usize = 128;

const NOT_FOUND: Error = Error::new(ErrorKind::NotFound, Part::Call, 0);

/// The marks of a reader that uses these characters, beside the usual ones, for what it could not read.
pub(super) fn marks(unread: &str) -> Result<ReaderMarks> {
    unread.chars().try_fold(ReaderMarks::default(), ReaderMarks::unread)
}

/// A machine-readable zone that was read. For one thread at a time.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_mrz {
    _opaque: [u8; 0],
}

impl Handle for landfall_mrz {
    type Value = Zone;
}

/// A zone, the day from which its dates are reckoned, and the texts of it that were asked for.
pub(super) struct Zone {
    zone: Mrz,
    on: Date,
    checks: Vec<Check>,
    json: Option<Text>,
    fields: BTreeMap<FieldId, Text>,
}

impl Zone {
    fn new(zone: Mrz, on: Date) -> Self {
        let checks = zone.checks(Subject::Document(1), on).collect();
        Self { zone, on, checks, json: None, fields: BTreeMap::new() }
    }

    fn json(&mut self) -> &Text {
        self.json.get_or_insert_with(|| {
            let summary = self.zone.summary(self.on);
            Text::new(secret::json(&summary))
        })
    }
}

/// Reads a machine-readable zone, lines or one string, up to 4096 bytes in any encoding. Centuries and validity are
/// reckoned from `at`, in seconds after 1970-01-01T00:00:00Z. `unread` are the characters, ASCII, by which the reader
/// says "could not be read", beside those that are always taken so (? and *); NULL with 0 for none. `error` may be
/// NULL.
///
/// A zone that is read and found wrong gives LANDFALL_STATUS_OK and failed checks. Gives the statuses from 100 for what
/// cannot be a zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_parse(
    text: *const c_char,
    text_len: usize,
    unread: *const c_char,
    unread_len: usize,
    at: i64,
    mrz: *mut *mut landfall_mrz,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(mrz) };
    reporting(error, || {
        out.required()?;
        let text = unsafe { input::bytes(text, text_len, MAX_INPUT, Part::MrzText) }?;
        let unread = unsafe { input::text(unread, unread_len, MAX_MARKS, Part::Call) }?;
        let on = Time::from_unix(at)?.date();
        let zone = mrz::parse_marked(text, &marks(unread)?)?;
        out.put(handle::open::<landfall_mrz>(Zone::new(zone, on)));
        Ok(())
    })
}

/// Frees a zone. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_free(mrz: *mut landfall_mrz) -> u32 {
    guard(|| handle::close(mrz))
}

/// Everything that the zone says, as one line of JSON: lines, document, person, fields, checks. The view is good until
/// the zone is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_json(
    mrz: *const landfall_mrz,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(mrz, |zone| {
            out.put(zone.json());
            Ok(())
        })
    })
}

/// The layout of the zone: LANDFALL_LAYOUT_….
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_layout(mrz: *const landfall_mrz, layout: *mut u32) -> u32 {
    let out = unsafe { Out::new(layout) };
    guard(|| {
        out.required()?;
        handle::with(mrz, |zone| {
            out.put(zone.zone.layout().number());
            Ok(())
        })
    })
}

/// A field (LANDFALL_MRZ_FIELD_…) as printed, with fillers, and with ? where a character could not be read; its line,
/// first and last column, from 1. Each output may be NULL. The view is good until the zone is freed.
///
/// Gives LANDFALL_STATUS_NOT_FOUND if the layout does not have the field, and LANDFALL_STATUS_BAD_ARGUMENT for a number
/// that is no field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_field(
    mrz: *const landfall_mrz,
    field: u32,
    text: *mut *const c_char,
    text_len: *mut usize,
    line: *mut u32,
    first: *mut u32,
    last: *mut u32,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    let (line, first, last) = unsafe { (Out::new(line), Out::new(first), Out::new(last)) };
    guard(|| {
        let id = known(FieldId::from_number(field))?;
        handle::with(mrz, |zone| {
            let field = zone.zone.field(id).ok_or(NOT_FOUND)?;
            line.put(field.place.line.into());
            first.put(field.place.first.into());
            last.put(field.place.last.into());
            out.put(zone.fields.entry(id).or_insert_with(|| Text::new(field.raw.to_owned())));
            Ok(())
        })
    })
}

/// A check that the text allows, from 0: which (LANDFALL_CHECK_…), what came of it (LANDFALL_OUTCOME_…) and why
/// (LANDFALL_REASON_…). Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_check(
    mrz: *const landfall_mrz,
    index: usize,
    check: *mut u32,
    outcome: *mut u32,
    reason: *mut u32,
) -> u32 {
    let words = unsafe { (Out::new(check), Out::new(outcome), Out::new(reason)) };
    guard(|| {
        handle::with(mrz, |zone| {
            let check = zone.checks.get(index).ok_or(NOT_FOUND)?;
            words.0.put(check.id.number());
            words.1.put(check.outcome.number());
            words.2.put(check.reason.number());
            Ok(())
        })
    })
}

/// What came of a check, and why. Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND for a check that is not made on text, and LANDFALL_STATUS_BAD_ARGUMENT for a number
/// that is no check.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_check_by_id(
    mrz: *const landfall_mrz,
    check: u32,
    outcome: *mut u32,
    reason: *mut u32,
) -> u32 {
    let (outcome, reason) = unsafe { (Out::new(outcome), Out::new(reason)) };
    guard(|| {
        let id = known(CheckId::from_number(check))?;
        handle::with(mrz, |zone| {
            let check = zone.checks.iter().find(|check| check.id == id).ok_or(NOT_FOUND)?;
            outcome.put(check.outcome.number());
            reason.put(check.reason.number());
            Ok(())
        })
    })
}
