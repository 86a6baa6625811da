//! Alert lists: opened, searched, given to an engine; and the channel for covert entries.

use super::engine::landfall_engine;
use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::inspection::landfall_inspection;
use super::output::Out;
use super::portrait::landfall_bytes;
use super::text::{Text, landfall_text};
use crate::alert::{AlertList, Authority, Nicknames};
use crate::date::{Date, Time};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::Query;
use crate::secret::{self, Secret};
use core::ffi::c_char;
use std::sync::Arc;

/// The largest package that is taken.
const MAX_PACKAGE: usize = 1 << 30;
/// The longest query, and the longest row of queries.
const MAX_QUERY: usize = 64 * 1024;
const MAX_QUERIES: usize = 1 << 28;
/// The longest public key of an authority.
const MAX_KEY: usize = 256;
/// The most lists that one engine has.
const MAX_LISTS: usize = 64;

/// An alert list that is open. Immutable, and shared between threads.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_alerts {
    _opaque: [u8; 0],
}

impl Handle for landfall_alerts {
    type Value = Arc<AlertList>;
}

fn opened(alerts: *const landfall_alerts) -> Result<Arc<AlertList>> {
    handle::with(alerts, |list| Ok(Arc::clone(list)))
}

/// Lists from an array of handles.
///
/// # Safety
/// `alerts` is good for reading `count` handles, or NULL if that is 0.
unsafe fn all_opened(alerts: *const *const landfall_alerts, count: usize) -> Result<Vec<Arc<AlertList>>> {
    if count > MAX_LISTS {
        return Err(Error::new(ErrorKind::TooLarge, Part::AlertList, MAX_LISTS));
    }
    if alerts.is_null() && count > 0 {
        return Err(Error::new(ErrorKind::NullPointer, Part::Call, 0));
    }
    // SAFETY: the caller vouches for `count` handles, which need not be aligned.
    (0..count).map(|index| opened(unsafe { alerts.add(index).read_unaligned() })).collect()
}

fn day(at: i64) -> Result<Date> {
    Time::from_unix(at).map(Time::date)
}

/// Opens the bytes of a package, which are copied. `least_version` is the version of this list that was last seen, 0 if
/// none was. `error` may be NULL. Pages are verified when they are first used: what is spoilt in one is a status of the
/// call that needs it, and no inspection passes over it.
///
/// Gives LANDFALL_STATUS_ALERT_ROLLBACK for an older version than that, and the other statuses from 700 for what is no
/// package.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_open(
    bytes: *const u8,
    len: usize,
    least_version: u64,
    alerts: *mut *mut landfall_alerts,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(alerts) };
    reporting(error, || {
        out.required()?;
        let bytes = unsafe { input::binary(bytes, len, MAX_PACKAGE, Part::AlertList) }?;
        let list = AlertList::open(Box::new(bytes.to_vec()), least_version)?;
        out.put(handle::open::<landfall_alerts>(Arc::new(list)));
        Ok(())
    })
}

/// Has names of a list found under their short forms too, from now on: rows of comma-separated names, `robert,bob,rob`. `faults`
/// becomes how many rows could not be read; it and `error` may be NULL. Engines that hold the list see it as well, so say it before
/// they are made.
///
/// Gives LANDFALL_STATUS_BAD_ARGUMENT if the list was given some before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_use_nicknames(
    alerts: *const landfall_alerts,
    rows: *const c_char,
    rows_len: usize,
    faults: *mut usize,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(faults) };
    reporting(error, || {
        let rows = unsafe { input::bytes(rows, rows_len, MAX_QUERIES, Part::Input) }?;
        let (nicknames, wrong) = Nicknames::read(rows);
        opened(alerts)?.use_nicknames(nicknames)?;
        out.put(wrong.len());
        Ok(())
    })
}

/// Frees an alert list. NULL is fine. Engines that were given it keep what they need.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_free(alerts: *mut landfall_alerts) -> u32 {
    guard(|| handle::close(alerts))
}

/// What a list says of itself, as JSON: version, agency, dates, entries, threshold, the key that signed it, whether it is stale
/// at the time `at`, in seconds after 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_describe(
    alerts: *const landfall_alerts,
    at: i64,
    json: *mut *mut landfall_text,
) -> u32 {
    let out = unsafe { Out::new(json) };
    guard(|| {
        out.required()?;
        let (list, on) = (opened(alerts)?, day(at)?);
        out.put(handle::open::<landfall_text>(Text::new(secret::json(&list.description(on)))));
        Ok(())
    })
}

/// Reads and verifies every page and every entry of a list. `error` may be NULL.
///
/// Gives the statuses from 700 for the first that is not as it must be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_verify(alerts: *const landfall_alerts, error: *mut landfall_error) -> u32 {
    reporting(error, || opened(alerts)?.verify())
}

/// Looks one traveller up on a list, at the time `at`. `query` is a JSON object of up to 64 KiB with `id`, `surname`, `given`, `mrz_name`,
/// `birth_date`, `sex`, `nationality`, `document_issuer` and `document_number`, each a text that may be left out. `json`
/// becomes an object with the best 20 matches and the documents of that number, see docs/alerts.md; none from a list of
/// covert entries. `error` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_screen(
    alerts: *const landfall_alerts,
    query: *const c_char,
    query_len: usize,
    at: i64,
    json: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(json) };
    reporting(error, || {
        out.required()?;
        let query = unsafe { input::text(query, query_len, MAX_QUERY, Part::Input) }?;
        let (list, on) = (opened(alerts)?, day(at)?);
        let screened = list.screen(&Query::from_json(query)?, on)?;
        out.put(handle::open::<landfall_text>(Text::new(secret::json(&screened))));
        Ok(())
    })
}

/// Looks many travellers up: one query as of landfall_alerts_screen in each line, and one line of JSON for each, in their
/// order. An error names the byte of the line that could not be read, and then there is no result. `error` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_alerts_screen_many(
    alerts: *const landfall_alerts,
    queries: *const c_char,
    queries_len: usize,
    at: i64,
    json_lines: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(json_lines) };
    reporting(error, || {
        out.required()?;
        let queries = unsafe { input::text(queries, queries_len, MAX_QUERIES, Part::Input) }?;
        let (list, on) = (opened(alerts)?, day(at)?);
        let mut lines = Vec::new();
        let mut offset = 0;
        for line in queries.split_inclusive('\n') {
            if !line.trim().is_empty() {
                let query = Query::from_json(line).map_err(|error| Error { offset: offset + error.offset, ..error })?;
                lines.push(secret::json(&list.screen(&query, on)?));
            }
            offset += line.len();
        }
        out.put(handle::open::<landfall_text>(Text::new(lines.join("\n"))));
        Ok(())
    })
}

/// Makes another engine: the same as `engine`, with these `count` alert lists in place of its own. `alerts` is an array of handles,
/// and NULL with 0 for none. Lists of covert entries have no effect in an engine. All handles are freed as usual.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_engine_with_alerts(
    engine: *const landfall_engine,
    alerts: *const *const landfall_alerts,
    count: usize,
    with_alerts: *mut *mut landfall_engine,
) -> u32 {
    let out = unsafe { Out::new(with_alerts) };
    guard(|| {
        out.required()?;
        let lists = unsafe { all_opened(alerts, count) }?;
        let engine = handle::with(engine, |engine| Ok(Engine::clone(engine)))?;
        out.put(handle::open::<landfall_engine>(engine.with_alert_lists(lists)));
        Ok(())
    })
}

/// Exchanges the alert lists of an engine that is in use, in one step: inspections that are open keep the lists that they
/// were opened with, every later one has the new lists, none has a mixture. On any other status than 0 nothing changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_engine_swap_alerts(
    engine: *mut landfall_engine,
    alerts: *const *const landfall_alerts,
    count: usize,
) -> u32 {
    guard(|| {
        let lists = unsafe { all_opened(alerts, count) }?;
        handle::with(engine, |engine| {
            *engine = engine.with_alert_lists(lists);
            Ok(())
        })
    })
}

/// The channel for covert entries: looks the name with number `index`, from 0, of an inspection up on a list of covert entries. `authority` is
/// the public key of the authority as age writes it (`age1…`). `sealed` becomes a message that only its key opens. There is a
/// message whether or not there are matches, always of the same length before it is sealed; no assessment shows or
/// depends on any of it. A host calls this for every traveller or for none. `error` may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last name, which does not depend on the list, and
/// LANDFALL_STATUS_BAD_ARGUMENT for what is no key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_screen_covert(
    inspection: *const landfall_inspection,
    alerts: *const landfall_alerts,
    authority: *const c_char,
    authority_len: usize,
    index: usize,
    sealed: *mut *mut landfall_bytes,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(sealed) };
    reporting(error, || {
        out.required()?;
        let authority = Authority::parse(unsafe { input::text(authority, authority_len, MAX_KEY, Part::Call) }?)?;
        let list = opened(alerts)?;
        let message = handle::with(inspection, |inspection| inspection.screen_covert_one(index, &list, &authority))?;
        out.put(handle::open::<landfall_bytes>(Secret::new(message)));
        Ok(())
    })
}
