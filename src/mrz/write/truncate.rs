//! Cutting names that do not fit their field (Doc 9303-4 §4.2.3, 9303-5, -6 and -7 likewise).
//!
//! What every way of cutting must keep: the first component of either identifier is there with at least its first
//! letter, two fillers stand between them, and the last position of the field holds a letter, which tells the reader
//! that something may be missing. A name that fits is never cut. The standard leaves the way to the issuer and shows
//! three; lengths are worked out first, then the letters are placed.

use serde::{Deserialize, Serialize};

/// How a name is cut that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truncation {
    /// The last components of the primary identifier become initials, as many as need be; then the last
    /// components of the secondary identifier are shortened, to initials if need be.
    #[default]
    Initials,
    /// The components of the primary identifier behind the first are shortened to about the same length, so that
    /// the first component of the secondary identifier stays whole; then the end of the name is cut off.
    Even,
    /// Every component of the primary identifier keeps at most so many letters: fewer where the secondary
    /// identifier would have no place, more where the field would not be full.
    Letters(u8),
}

/// Places both identifiers in a field of fillers, cut if they do not fit.
///
/// `None` if no cut ends in a letter, which takes dozens of components of one letter.
pub(super) fn compose(primary: &[&str], secondary: &[&str], how: Truncation, slot: &mut [u8]) -> Option<()> {
    let of = |components: &[&str]| components.iter().map(|c| c.len()).collect::<Vec<_>>();
    let (first, second) = fit(&of(primary), &of(secondary), slot.len(), how)?;
    let mut at = 0;
    for (components, lengths) in [(primary, first), (secondary, second)] {
        for (component, length) in components.iter().zip(&lengths) {
            let letters = component.as_bytes().get(..*length)?;
            slot.get_mut(at..at + length)?.copy_from_slice(letters);
            at += length + 1;
        }
        at += 1;
    }
    Some(())
}

/// The length of components with one filler between them.
fn joined(lengths: &[usize]) -> usize {
    lengths.iter().sum::<usize>() + lengths.len().saturating_sub(1)
}

/// The lengths that the components of both identifiers keep.
fn fit(primary: &[usize], secondary: &[usize], width: usize, how: Truncation) -> Option<(Vec<usize>, Vec<usize>)> {
    let separator = if secondary.is_empty() { 0 } else { 2 };
    if joined(primary) + separator + joined(secondary) <= width {
        return Some((primary.to_vec(), secondary.to_vec()));
    }
    if secondary.is_empty() {
        return Some((shorten_primary(primary, width, how)?, Vec::new()));
    }
    let room = width.checked_sub(separator)?;
    let wanted = room_for_secondary(primary, secondary, room, how);
    let mut rooms: Vec<usize> = (1..=joined(secondary).min(room)).collect();
    rooms.sort_by_key(|second| (second.abs_diff(wanted), *second));
    rooms.into_iter().find_map(|second| {
        let first = shorten_primary(primary, room.checked_sub(second)?, how)?;
        Some((first, shorten_secondary(secondary, second, how)?))
    })
}

/// How many positions the secondary identifier is to have of those that both share.
fn room_for_secondary(primary: &[usize], secondary: &[usize], room: usize, how: Truncation) -> usize {
    if joined(primary) < room {
        return room - joined(primary);
    }
    let left_by = |shortened: Vec<usize>| room.checked_sub(joined(&shortened));
    let left = match how {
        Truncation::Initials => {
            (0..primary.len()).rev().filter_map(|whole| left_by(initials_behind(primary, whole))).find(|left| *left > 0)
        }
        Truncation::Even => secondary.first().copied(),
        Truncation::Letters(most) => (1..=usize::from(most).max(1))
            .rev()
            .filter_map(|most| left_by(at_most(primary, most)))
            .find(|left| *left > 0),
    };
    left.unwrap_or(1)
}

fn initials_behind(components: &[usize], whole: usize) -> Vec<usize> {
    let initial = |(at, length): (usize, &usize)| if at < whole { *length } else { 1 };
    components.iter().enumerate().map(initial).collect()
}

fn at_most(components: &[usize], most: usize) -> Vec<usize> {
    components.iter().map(|length| *length.min(&most)).collect()
}

/// Shortens to exactly `target` positions.
fn shorten_primary(components: &[usize], target: usize, how: Truncation) -> Option<Vec<usize>> {
    let (first, behind) = components.split_first()?;
    let separators = behind.len();
    match how {
        _ if joined(components) == target => Some(components.to_vec()),
        Truncation::Even if target >= first + 2 * separators => {
            let rest = evenly(&vec![1; separators], behind, target - first - separators)?;
            Some([&[*first], rest.as_slice()].concat())
        }
        Truncation::Letters(most) => {
            let fits = |least: &Vec<usize>| joined(least) <= target;
            let mut caps = (1..=usize::from(most).max(1)).rev();
            match caps.find_map(|most| Some(at_most(components, most)).filter(fits)) {
                Some(least) => evenly(&least, components, target.checked_sub(separators)?),
                None => from_the_end(components, target),
            }
        }
        Truncation::Initials | Truncation::Even => from_the_end(components, target),
    }
}

fn shorten_secondary(components: &[usize], target: usize, how: Truncation) -> Option<Vec<usize>> {
    match how {
        Truncation::Even => cut_off(components, target).or_else(|| from_the_end(components, target)),
        Truncation::Initials | Truncation::Letters(_) => from_the_end(components, target),
    }
}

/// Takes letters away from the last component, then from the one before it, each down to its initial; components
/// go only where not even all initials have room.
fn from_the_end(components: &[usize], target: usize) -> Option<Vec<usize>> {
    let most = components.len().min(target.div_ceil(2));
    let mut kept = components.get(..most)?.to_vec();
    while !kept.is_empty() {
        let excess = joined(&kept).checked_sub(target)?;
        if let Some(shortened) = take_away(kept.clone(), excess) {
            return Some(shortened);
        }
        kept.pop();
    }
    None
}

fn take_away(mut lengths: Vec<usize>, mut excess: usize) -> Option<Vec<usize>> {
    for length in lengths.iter_mut().rev() {
        let cut = excess.min(length.saturating_sub(1));
        *length -= cut;
        excess -= cut;
    }
    (excess == 0).then_some(lengths)
}

/// Cuts the text off behind `target` positions, if a letter stands there.
fn cut_off(components: &[usize], target: usize) -> Option<Vec<usize>> {
    let mut left = target;
    let mut kept = Vec::new();
    for length in components {
        kept.push(left.min(*length));
        match left.checked_sub(length + 1) {
            Some(0) => return None,
            Some(behind) => left = behind,
            None => return Some(kept),
        }
    }
    None
}

/// Gives letters, beyond the `least` of each component, to the shortest component that has more, the first among
/// equals, until `letters` are given out.
fn evenly(least: &[usize], components: &[usize], letters: usize) -> Option<Vec<usize>> {
    let mut kept = least.to_vec();
    let mut left = letters.checked_sub(kept.iter().sum())?;
    while left > 0 {
        let shortest =
            kept.iter_mut().zip(components).filter(|(kept, whole)| **kept < **whole).map(|(kept, _)| kept).min()?;
        *shortest += 1;
        left -= 1;
    }
    Some(kept)
}
