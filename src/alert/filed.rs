//! An index from 32-bit keys to numbers, so small that a list of a million fits into memory.
//!
//! ```text
//! buckets    4                      a power of two
//! places     4 × (buckets + 1)      where each bucket begins among the rows, and where the last one ends
//! rows       distance 1 to 5 + 1    distance from the number before (variable length), lowest byte of the key
//! ```
//! The highest bits of a key choose its bucket, its lowest byte stands in the row: of two keys that differ, one in 256
//! answers for the other, within a bucket. Whoever looks up compares what was found.
//!
//! # Hostile input
//! Places are held against the section, rows are read one by one and no more than was asked for.

use super::store::{Section, Store, broken};
use crate::error::Result;
use crate::list::wire::{Wire, put_number};

/// How many rows a bucket holds on average.
const ROWS: usize = 4;
/// The longest row, in bytes.
const ROW: u64 = 6;

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

/// Writes an index.
pub(super) fn write(mut pairs: Vec<(u32, u32)>) -> Vec<u8> {
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
            before = *value;
        }
    }
    places.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    places.extend_from_slice(&rows);
    places
}

/// Hands over the numbers under a key, at most `most` of them.
pub(super) fn under(
    store: &Store,
    section: Section,
    key: u32,
    most: usize,
    take: &mut dyn FnMut(u32) -> Result<()>,
) -> Result<()> {
    if store.len(section) == 0 {
        return Ok(());
    }
    let buckets = store.single(section, 0)?;
    if !buckets.is_power_of_two() {
        return Err(broken(0));
    }
    let number = u64::from(bucket(key, buckets));
    let (from, to) = (store.single(section, 1 + number)?, store.single(section, 2 + number)?);
    let rows = (u64::from(buckets) + 2) * 4;
    let (from, to) = (rows + u64::from(from), rows + u64::from(to));
    let bytes = store.between(section, from, to.min(from.saturating_add(most as u64 * ROWS as u64 * ROW)))?;
    let mut wire = Wire(&bytes);
    let (mut value, mut taken) = (0_u32, 0);
    while let Some(distance) = wire.number().filter(|_| taken < most) {
        let Some(low) = wire.byte() else { break };
        value = value.checked_add(distance).ok_or(broken(from))?;
        if low == key as u8 {
            taken += 1;
            take(value)?;
        }
    }
    Ok(())
}
