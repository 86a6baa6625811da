//! The name field: primary and secondary identifier, their components, and whether they were cut
//! (Doc 9303-3 §4.6, Doc 9303-4 §4.2.3).

use super::{NOT_ASCII, UNREAD};
use crate::check::{Outcome, Reason};

/// A name as printed in a zone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    primary: &'a [u8],
    secondary: &'a [u8],
    primary_may_be_cut: bool,
    secondary_may_be_cut: bool,
    /// Whether more than two fillers part the identifiers of one field.
    too_far_apart: bool,
    /// How many fillers may part two components of the secondary identifier.
    most_fillers: usize,
}

impl<'a> Name<'a> {
    /// Reads a field that holds both identifiers, parted by two fillers.
    #[must_use]
    pub(super) fn joined(field: &'a [u8]) -> Self {
        let split = field.windows(2).position(|pair| pair == b"<<").unwrap_or(field.len());
        let (primary, secondary) = field.split_at_checked(split).unwrap_or((field, &[]));
        let fillers = secondary.iter().position(|c| *c != b'<');
        let (is_full, secondary) = (ends_in_letter(field), trim(secondary));
        // The primary identifier gives way only where it has much of the field, or components to give (Doc 9303-4 §4.2.3).
        let gives_way = secondary.is_empty() || primary.contains(&b'<') || primary.len() * 2 >= field.len();
        Self {
            primary,
            secondary,
            primary_may_be_cut: is_full && gives_way,
            secondary_may_be_cut: is_full && !secondary.is_empty(),
            too_far_apart: fillers.is_some_and(|fillers| fillers > 2),
            most_fillers: 1,
        }
    }

    /// Reads two fields with one identifier each; outside Doc 9303 given names stand two fillers apart.
    #[must_use]
    pub(super) fn parted(primary: &'a [u8], secondary: &'a [u8]) -> Self {
        Self {
            primary: trim(primary),
            secondary: trim(secondary),
            primary_may_be_cut: ends_in_letter(primary),
            secondary_may_be_cut: ends_in_letter(secondary),
            too_far_apart: false,
            most_fillers: 2,
        }
    }

    /// The components of the primary identifier.
    pub fn primary(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        components(self.primary)
    }

    /// The components of the secondary identifier; none for a single name.
    pub fn secondary(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        components(self.secondary)
    }

    /// Whether a letter stands in the last position, so that the name must be taken as possibly cut.
    #[must_use]
    pub const fn may_be_truncated(&self) -> bool {
        self.primary_may_be_cut || self.secondary_may_be_cut
    }

    /// Whether the primary identifier may be the cut one: it fills its field, or most of one that it shares.
    #[must_use]
    pub const fn primary_may_be_truncated(&self) -> bool {
        self.primary_may_be_cut
    }

    /// Whether the secondary identifier may be the cut one: it ends where its field does.
    #[must_use]
    pub const fn secondary_may_be_truncated(&self) -> bool {
        self.secondary_may_be_cut
    }

    fn begins_with_filler(&self) -> bool {
        self.primary.first().is_none_or(|c| *c == b'<')
    }

    fn has_misplaced_filler(&self) -> bool {
        self.begins_with_filler() || self.too_far_apart || longest_filler(self.secondary) > self.most_fillers
    }

    /// What the field says of itself.
    pub(super) fn verdict(&self) -> (Outcome, Reason) {
        let both = self.primary.iter().chain(self.secondary);
        let (unread, digit) = both.fold((false, false), |(unread, digit), c| {
            let is_unread = matches!(*c, UNREAD | NOT_ASCII);
            (unread | is_unread, digit | c.is_ascii_digit())
        });
        if unread {
            (Outcome::Undetermined, Reason::Unreadable)
        } else if digit {
            (Outcome::Failed, Reason::DigitInName)
        } else if self.primary.is_empty() && self.secondary.is_empty() {
            (Outcome::Failed, Reason::NameMissing)
        } else if self.has_misplaced_filler() {
            (Outcome::Undetermined, Reason::NameMalformed)
        } else if self.may_be_truncated() {
            (Outcome::Passed, Reason::NameTruncated)
        } else {
            (Outcome::Passed, Reason::Confirmed)
        }
    }
}

/// The most fillers that stand side by side.
fn longest_filler(identifier: &[u8]) -> usize {
    let mut run = 0;
    let mut longest = 0;
    for character in identifier {
        run = if *character == b'<' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

fn ends_in_letter(field: &[u8]) -> bool {
    field.last().is_some_and(u8::is_ascii_uppercase)
}

/// Cuts fillers off both ends.
fn trim(field: &[u8]) -> &[u8] {
    let start = field.iter().position(|c| *c != b'<').unwrap_or(field.len());
    let end = field.iter().rposition(|c| *c != b'<').map_or(start, |last| last + 1);
    field.get(start..end).unwrap_or_default()
}

fn components(identifier: &[u8]) -> impl Iterator<Item = &str> {
    identifier
        .split(|c| *c == b'<')
        .filter(|part| !part.is_empty())
        .map(|part| core::str::from_utf8(part).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(field: &str) -> (String, String, bool, Reason) {
        let name = Name::joined(field.as_bytes());
        let text = |parts: Vec<&str>| parts.join(" ");
        (text(name.primary().collect()), text(name.secondary().collect()), name.may_be_truncated(), name.verdict().1)
    }

    #[test]
    fn identifiers_part_at_the_first_two_fillers() {
        let read = joined("VAN<DER<MUELLEN<<ANNA<MARIA<<<<<<<<<<<<");
        assert_eq!(read, ("VAN DER MUELLEN".into(), "ANNA MARIA".into(), false, Reason::Confirmed));
    }

    #[test]
    fn a_single_name_is_whole_without_a_secondary_identifier() {
        assert_eq!(joined("ARKFREITH<<<<"), ("ARKFREITH".into(), String::new(), false, Reason::Confirmed));
    }

    #[test]
    fn a_letter_in_the_last_position_means_possibly_cut() {
        assert!(joined("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K").2);
        assert!(!joined("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<<").2);
        assert!(joined("WITZBERGERFONTEIN").2);
    }

    #[test]
    fn what_is_wrong_with_a_name_is_told_apart() {
        assert_eq!(joined("ER1KSSON<<ANNA").3, Reason::DigitInName);
        assert_eq!(joined("<<<<<<<<").3, Reason::NameMissing);
        assert_eq!(joined("<<ANNA<<<").3, Reason::NameMalformed);
        assert_eq!(joined("<ERIKSSON<<ANNA<<<").3, Reason::NameMalformed);
        assert_eq!(joined("ERIKSSON<<ANNA<<MARIA<<").3, Reason::NameMalformed);
        for apart in ["<<<", "<<<<", "<<<<<<<"] {
            let read = joined(&format!("ERIKSSON{apart}ANNA<<<"));
            assert_eq!(read.3, Reason::NameMalformed, "{apart}");
            assert_eq!((read.0, read.1), ("ERIKSSON".into(), "ANNA".into()));
        }
        assert_eq!(joined("ERIK?SON<<ANNA").3, Reason::Unreadable);
    }
}
