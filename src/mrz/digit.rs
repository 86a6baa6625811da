//! The check digit: weights 7, 3, 1 from the left, sum modulo 10 (Doc 9303-3 §4.9).
//!
//! Letters count 10 to 35, the filler 0. What a check digit proves is little: anybody can compute it, one in ten
//! random substitutions passes, and characters whose values differ by ten (`0` and `A`, `K`, `U`, `<`) look alike to it.

use super::layout::{DigitSpec, MAX_CHARACTERS};
use crate::check::{Outcome, Reason};

/// The value of a character that no check digit can be computed over.
const NO_VALUE: u8 = 0x80;

/// The weight at a position of the checked text, from 0.
#[must_use]
pub const fn weight(position: usize) -> u32 {
    match position % 3 {
        0 => 7,
        1 => 3,
        _ => 1,
    }
}

/// The value of a character: `0`-`9` 0 to 9, `A`-`Z` 10 to 35, `<` 0; nothing else has one.
///
/// ```
/// use landfall::mrz::digit::value;
/// assert_eq!((value(b'7'), value(b'Z'), value(b'<'), value(b'?')), (Some(7), Some(35), Some(0), None));
/// ```
#[must_use]
pub const fn value(character: u8) -> Option<u32> {
    match raw_value(character) {
        NO_VALUE => None,
        value => Some(value as u32),
    }
}

const fn raw_value(character: u8) -> u8 {
    match character {
        b'0'..=b'9' => character - b'0',
        b'A'..=b'Z' => character - b'A' + 10,
        b'<' => 0,
        _ => NO_VALUE,
    }
}

/// The check digit of a text, 0 to 9; `None` if a character has no value.
///
/// ```
/// assert_eq!(landfall::mrz::digit::compute(b"520727"), Some(3));
/// assert_eq!(landfall::mrz::digit::compute(b"AB2134<<<"), Some(5));
/// ```
#[must_use]
pub fn compute(text: &[u8]) -> Option<u8> {
    let sum = text
        .iter()
        .enumerate()
        .try_fold(0_u32, |sum, (at, &character)| Some((sum + value(character)? * weight(at)) % 10))?;
    u8::try_from(sum).ok()
}

/// Whether every character has a value, which is to say: is one of the zone's alphabet.
pub(super) fn have_values<const LEN: usize>(text: &[u8; LEN]) -> bool {
    let seen = text.iter().fold(0, |seen, character| seen | branchless_value(*character));
    seen & NO_VALUE == 0
}

/// The values of a whole zone, computed once for all its check digits.
pub(super) struct Values {
    values: [u8; MAX_CHARACTERS],
    /// Whether every character has one.
    complete: bool,
}

impl Values {
    pub(super) fn new(characters: &[u8; MAX_CHARACTERS]) -> Self {
        let mut values = [0; MAX_CHARACTERS];
        for (value, character) in values.iter_mut().zip(characters) {
            *value = branchless_value(*character);
        }
        let seen = values.iter().fold(0, |seen, value| seen | value);
        Self { values, complete: seen & NO_VALUE == 0 }
    }

    /// The check digit that a rule of the layout asks for; `None` as for [`compute`].
    pub(super) fn compute(&self, spec: &DigitSpec) -> Option<u8> {
        if self.complete {
            // A sum over the whole zone with weight 0 where the digit does not look: no ranges, no branches.
            let products = self.values.iter().zip(spec.weights());
            let sum: u16 = products.map(|(v, w)| u16::from(*v) * u16::from(*w)).sum();
            u8::try_from(sum % 10).ok()
        } else {
            self.compute_over(spec.over)
        }
    }

    /// The check digit over ranges of the zone, one after the other, of which some may hold no values.
    fn compute_over(&self, over: &[(usize, usize)]) -> Option<u8> {
        let covered = over.iter().map(|&(first, last)| self.values.get(first..last));
        let mut sum = 0;
        let mut at = 0;
        for values in covered {
            for value in values? {
                if *value == NO_VALUE {
                    return None;
                }
                sum += u32::from(*value) * weight(at);
                at += 1;
            }
        }
        u8::try_from(sum % 10).ok()
    }
}

/// The same as [`raw_value`], in a form that the compiler turns into vector instructions.
const fn branchless_value(character: u8) -> u8 {
    let digit = character.wrapping_sub(b'0');
    let letter = character.wrapping_sub(b'A');
    let digit_or_none = if digit < 10 { digit } else { NO_VALUE };
    let letter_or_digit = if letter < 26 { letter + 10 } else { digit_or_none };
    if character == b'<' { 0 } else { letter_or_digit }
}

/// What a printed check digit says about what it covers.
#[must_use]
pub(super) const fn verdict(printed: u8, computed: Option<u8>, covered_is_empty: bool) -> (Outcome, Reason) {
    match (printed, computed) {
        (b'<', _) if covered_is_empty => (Outcome::Passed, Reason::EmptyField),
        (super::UNREAD, _) | (_, None) => (Outcome::Undetermined, Reason::Unreadable),
        (b'0'..=b'9', Some(digit)) if printed - b'0' == digit => (Outcome::Passed, Reason::Confirmed),
        (b'0'..=b'9', Some(_)) => (Outcome::Failed, Reason::DigitMismatch),
        (b'<', Some(_)) => (Outcome::Failed, Reason::DigitMissing),
        _ => (Outcome::Failed, Reason::DigitNotNumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mrz::Layout;

    #[test]
    fn both_ways_to_a_value_agree_on_every_byte() {
        for byte in 0..=u8::MAX {
            assert_eq!(raw_value(byte), branchless_value(byte), "{byte}");
        }
    }

    #[test]
    fn both_ways_to_a_digit_agree_over_any_split() {
        let mut zone = [b'<'; MAX_CHARACTERS];
        zone[..44].copy_from_slice(b"L898902C36UTO7408122F1204159ZE184226B<<<<<10");
        let values = Values::new(&zone);
        for split in 1..43 {
            assert_eq!(values.compute_over(&[(0, split), (split, 43)]), compute(&zone[..43]));
        }
        assert_eq!(values.compute_over(&[(80, 91)]), None, "a range beyond the zone has no digit");
    }

    #[test]
    fn weights_over_the_whole_zone_and_ranges_give_the_same_digit_in_every_layout() {
        let mut zone = [b'<'; MAX_CHARACTERS];
        for (at, character) in zone.iter_mut().enumerate() {
            *character = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"[at * 7 % 37];
        }
        let values = Values::new(&zone);
        for layout in Layout::ALL {
            for spec in layout.digits() {
                let computed = values.compute(spec);
                assert!(computed.is_some());
                assert_eq!(computed, values.compute_over(spec.over), "{layout} {}", spec.field);
            }
        }
    }

    #[test]
    fn an_unread_character_leaves_no_digit() {
        let mut zone = [b'<'; MAX_CHARACTERS];
        zone[3] = b'?';
        assert_eq!(Values::new(&zone).compute_over(&[(0, 9)]), None);
        assert_eq!(compute(b"12?4"), None);
    }

    #[test]
    fn every_verdict_is_reached() {
        assert_eq!(verdict(b'6', Some(6), false), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(verdict(b'5', Some(6), false), (Outcome::Failed, Reason::DigitMismatch));
        assert_eq!(verdict(b'<', Some(0), true), (Outcome::Passed, Reason::EmptyField));
        assert_eq!(verdict(b'<', Some(0), false), (Outcome::Failed, Reason::DigitMissing));
        assert_eq!(verdict(b'O', Some(0), false), (Outcome::Failed, Reason::DigitNotNumeric));
        assert_eq!(verdict(b'?', Some(0), false), (Outcome::Undetermined, Reason::Unreadable));
        assert_eq!(verdict(b'6', None, false), (Outcome::Undetermined, Reason::Unreadable));
    }
}
