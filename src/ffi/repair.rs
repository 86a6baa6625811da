//! The most likely reading of a zone that satisfies its rules, beside what was printed.

use super::failure::landfall_error;
use super::guard::reporting;
use super::handle;
use super::input;
use super::mrz::{MAX_MARKS, marks};
use super::output::Out;
use super::text::{Text, landfall_text};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::mrz::{self, CHARACTERS, Costs, Likelihoods, MAX_INPUT, Mrz, Reader, Repair};
use crate::secret;
use core::ffi::c_char;
use core::ptr;

/// A reader of OCR-B that confuses what looks alike.
pub const LANDFALL_READER_OCR_B: u32 = 0;
/// A reader that misreads every character equally often, and as any other equally often.
pub const LANDFALL_READER_UNIFORM: u32 = 1;

/// What is known of the reader whose text is to be repaired. Set everything to 0 first, then `struct_size`, then what is
/// known.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_repair_config {
    /// `sizeof(landfall_repair_config)`.
    pub struct_size: u32,
    /// LANDFALL_READER_...: what is assumed where the reader says nothing.
    pub reader: u32,
    /// Characters, ASCII, by which the reader says "could not be read", beside ? and *; or NULL.
    pub unread: *const c_char,
    /// How many; SIZE_MAX if they end with a NUL.
    pub unread_len: usize,
    /// What the reader says of each position of the joined lines, or NULL: 37 costs each, in the order of
    /// LANDFALL_REPAIR_CHARACTERS. A cost is the negative decimal logarithm of a likelihood in centibans: 0 for certain, 100
    /// for one chance in ten, 200 for one in a hundred.
    pub costs: *const u16,
    /// How many costs: 37 times the number of characters of the zone, or 0.
    pub cost_count: usize,
}

// SAFETY: two numbers, then pointers and numbers that are as wide as they; the first is the size.
unsafe impl input::Structure for landfall_repair_config {
    const DEFAULTS: Self = Self {
        struct_size: 0,
        reader: LANDFALL_READER_OCR_B,
        unread: ptr::null(),
        unread_len: 0,
        costs: ptr::null(),
        cost_count: 0,
    };
    const LEAST: usize = size_of::<Self>();
}

fn reader(number: u32) -> Result<Reader> {
    match number {
        LANDFALL_READER_OCR_B => Ok(Reader::OcrB),
        LANDFALL_READER_UNIFORM => Ok(Reader::UNIFORM),
        _ => Err(Error::new(ErrorKind::BadArgument, Part::Call, 0)),
    }
}

/// Takes the caller's costs for every position of the zone.
///
/// # Safety
/// The pointer is null, or good for reading as many costs as the configuration says.
unsafe fn state_costs(config: &landfall_repair_config, zone: &Mrz, likelihoods: &mut Likelihoods) -> Result<()> {
    let wrong = |kind| Error::new(kind, Part::Call, 0);
    if config.cost_count == 0 {
        return Ok(());
    }
    if config.costs.is_null() {
        return Err(wrong(ErrorKind::NullPointer));
    }
    let positions = zone.layout().characters();
    if config.cost_count != positions * CHARACTERS.len() {
        return Err(wrong(ErrorKind::BadLength));
    }
    for position in 0..positions {
        // SAFETY: the count was compared, and the caller vouches for it; a row is 37 costs, aligned or not.
        let row = unsafe { config.costs.add(position * CHARACTERS.len()).cast::<Costs>().read_unaligned() };
        likelihoods.set(position, &row)?;
    }
    Ok(())
}

/// # Safety
/// As [`state_costs`], and the marks' pointer and length are as the header asks.
unsafe fn repair(text: &[u8], config: &landfall_repair_config) -> Result<Repair> {
    let unread = unsafe { input::text(config.unread, config.unread_len, MAX_MARKS, Part::Call) }?;
    let marks = marks(unread)?;
    let reader = reader(config.reader)?;
    let zone = mrz::parse_marked(text, &marks)?;
    let candidates = mrz::candidates(text, &marks);
    if config.cost_count == 0 && candidates.is_empty() {
        return Ok(mrz::repair(&zone, reader));
    }
    let mut likelihoods = Likelihoods::of(&zone, reader);
    likelihoods.set_candidates(&candidates);
    unsafe { state_costs(config, &zone, &mut likelihoods) }?;
    Ok(likelihoods.repair(zone.layout()))
}

/// Finds the most likely reading of a zone that satisfies alphabet, dates and check digits, by what is known of the
/// reader; `config` and `error` may be NULL. The text is that of landfall_mrz_parse, and so are the statuses, with
/// LANDFALL_STATUS_BAD_LENGTH for a wrong number of costs.
///
/// The result is one line of JSON: `layout`, the lines as `printed` and as `repaired`, what `changed`, the `gap` between the two
/// in centibans, the `margin` to the next reading, how many `readings` are as likely, whether the reading is `unique`, and
/// whether the reader's own costs make it `supported`. What was printed is replaced nowhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_mrz_repair(
    text: *const c_char,
    text_len: usize,
    config: *const landfall_repair_config,
    repaired: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(repaired) };
    reporting(error, || {
        out.required()?;
        let text = unsafe { input::bytes(text, text_len, MAX_INPUT, Part::MrzText) }?;
        let config = unsafe { input::structure(config) }?;
        let repair = unsafe { repair(text, &config) }?;
        let json = secret::json(&repair);
        out.put(handle::open::<landfall_text>(Text::new(json)));
        Ok(())
    })
}
