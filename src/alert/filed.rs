//! An index from 32-bit keys to numbers, so small that a list of a million fits into memory.
//!
//! ```text
//! buckets    4                      a power of two
//! places     4 × (buckets + 1)      where each bucket begins among the rows, and where the last one ends
//! rows       distance 1 to 5 + 1    distance from the number before (variable length), lowest byte of the key
//!            1 + letters            of tokens alone: their letters behind their count
//! ```
//! The highest bits of a key choose its bucket, its lowest byte stands in the row: of two keys that differ, one in 256
//! answers for the other, within a bucket. Whoever looks up compares what was found. Nine in ten tokens under a key share little else with
//! what is looked up: their letters stand in every row, so that they are passed over without a look elsewhere.
//!
//! # Hostile input
//! Places are held against the section, rows are read one by one and no more than was asked for.

use super::normal::LETTERS;
use super::store::{Section, Store, broken};
use crate::error::Result;
use crate::list::wire::{Wire, put_number, put_text};

/// How many rows a bucket holds on average.
const ROWS: usize = 4;
/// The longest row, in bytes.
const ROW: u64 = 7 + LONGEST as u64;
/// The bytes of the longest token: letters outside of ASCII take up to four.
pub(super) const LONGEST: usize = 4 * LETTERS;

/// Whether letters stand in every row of a section.
const fn is_spelled(section: Section) -> bool {
    matches!(section, Section::Keys)
}

/// Spreads a key over all its bits: what is filed may be a date.
pub(super) const fn mixed(key: u32) -> u32 {
    let key = (key ^ key >> 16).wrapping_mul(0x85EB_CA6B);
    let key = (key ^ key >> 13).wrapping_mul(0xC2B2_AE35);
    key ^ key >> 16
}

/// The bucket of a key among a power of two of them.
fn bucket(key: u32, buckets: u32) -> u32 {
    let bits = buckets.max(1).ilog2();
    if bits == 0 { 0 } else { key >> (u32::BITS - bits) }
}

/// Writes the index of a section; `letters` are those of a number, where they stand beside it.
pub(super) fn write<'t>(section: Section, mut pairs: Vec<(u32, u32)>, letters: impl Fn(u32) -> &'t str) -> Vec<u8> {
    let buckets = u32::try_from((pairs.len() / ROWS).max(1).next_power_of_two()).unwrap_or(1 << 31);
    pairs.sort_unstable_by_key(|(key, value)| (bucket(*key, buckets), *value, *key));
    pairs.dedup();
    let (mut places, mut rows) = (Vec::with_capacity(buckets as usize * 4 + 8), Vec::new());
    let mut rest = pairs.as_slice();
    places.extend_from_slice(&buckets.to_le_bytes());
    for number in 0..buckets {
        places.extend_from_slice(&(rows.len() as u32).to_le_bytes());
        let (own, behind) = rest.split_at(rest.partition_point(|(key, _)| bucket(*key, buckets) <= number));
        rest = behind;
        let mut before = 0;
        for (key, value) in own {
            put_number(&mut rows, value - before);
            rows.push(*key as u8);
            if is_spelled(section) {
                put_text(&mut rows, letters(*value));
            }
            before = *value;
        }
    }
    places.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    places.extend_from_slice(&rows);
    places
}

/// Hands over the numbers under some keys and the letters that stand beside them, at most `most` for each key.
pub(super) fn under(
    store: &Store,
    section: Section,
    keys: &[u32],
    most: usize,
    mut take: impl FnMut(u32, &[u8]),
) -> Result<()> {
    if store.len(section) == 0 {
        return Ok(());
    }
    let buckets = store.single(section, 0)?;
    if !buckets.is_power_of_two() {
        return Err(broken(0));
    }
    let place = |key: &u32| 1 + u64::from(bucket(*key, buckets));
    store.fetch(section, keys.iter().map(|key| place(key) * 4));
    let spans = keys.iter().map(|key| store.span(section, place(key))).collect::<Result<Vec<_>>>()?;
    let rows = (u64::from(buckets) + 2) * 4;
    store.fetch(section, spans.iter().map(|(from, _)| rows + u64::from(*from)));
    for (key, (from, to)) in keys.iter().zip(spans) {
        let wrong = broken(u64::from(from));
        let length = u64::from(to.checked_sub(from).ok_or(wrong)?).min(most as u64 * ROWS as u64 * ROW);
        let span = (rows + u64::from(from), length as usize);
        store.with(section, span, |bytes| in_bucket(section, bytes, (*key, most), &mut take))?.ok_or(wrong)?;
    }
    Ok(())
}

/// The rows of a bucket that a key led to.
fn in_bucket(
    section: Section,
    bytes: &[u8],
    (key, most): (u32, usize),
    take: &mut impl FnMut(u32, &[u8]),
) -> Option<()> {
    let mut wire = Wire(bytes);
    let (mut value, mut taken) = (0_u32, 0);
    while let Some(distance) = wire.number().filter(|_| taken < most) {
        let Some(low) = wire.byte() else { break };
        let length = if is_spelled(section) { wire.number() } else { Some(0) };
        let Some(letters) = length.and_then(|length| wire.bytes(length as usize)) else { break };
        value = value.checked_add(distance)?;
        if low == key as u8 {
            taken += 1;
            take(value, letters);
        }
    }
    Some(())
}
