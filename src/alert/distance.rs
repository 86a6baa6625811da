//! How many letters two tokens differ by, as a sieve before the channel: nine in ten tokens that share a key share little else.
//!
//! The distance is Levenshtein's, found a row at a time in the bits of a word (Myers 1999, as Hyyrö put it in 2003). A spelling that
//! the channel takes for another differs in few letters, romanised as it may be: [`most`] is what the longest chains of
//! exchanges need, and what is beyond it costs more than any name is worth.

use super::normal::LETTERS;

/// A token as it was read, laid out for comparing many with it.
pub(super) struct Sieve {
    /// For each byte the places at which it stands.
    places: [u64; 256],
    length: usize,
}

/// How many letters a token may differ by whose longer form has so many.
const fn most(length: usize) -> usize {
    2 + length / 5
}

impl Sieve {
    pub(super) fn new(read: &str) -> Self {
        const { assert!(LETTERS <= 64, "a token's letters are the bits of a word") }
        let mut places = [0; 256];
        for (at, letter) in read.bytes().enumerate().take(64) {
            if let Some(slot) = places.get_mut(usize::from(letter)) {
                *slot |= 1 << at;
            }
        }
        Self { places, length: read.len() }
    }

    /// Whether a listed token is near enough to be worth the channel. Tokens of more than 64 bytes always are.
    pub(super) fn lets_through(&self, listed: &[u8]) -> bool {
        if self.length == 0 || self.length > 64 {
            return true;
        }
        let most = most(self.length.max(listed.len()));
        self.length.abs_diff(listed.len()) <= most && self.distance(listed) <= most
    }

    fn distance(&self, listed: &[u8]) -> usize {
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down, mut distance) = (u64::MAX, 0_u64, self.length);
        for letter in listed.iter().copied() {
            let same = self.places.get(usize::from(letter)).copied().unwrap_or(0);
            let across = (((same & up).wrapping_add(up)) ^ up) | same | down;
            let more = down | !(across | up);
            let less = up & across;
            distance += usize::from(more & last != 0);
            distance -= usize::from(less & last != 0);
            let (more, less) = (more << 1 | 1, less << 1);
            up = less | !(across | more);
            down = more & across;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The table of the textbook.
    fn by_the_book(one: &[u8], other: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (at, letter) in one.iter().enumerate() {
            let mut corner = row[0];
            row[0] = at + 1;
            for place in 0..other.len() {
                let exchanged = corner + usize::from(letter != &other[place]);
                corner = row[place + 1];
                row[place + 1] = exchanged.min(corner + 1).min(row[place] + 1);
            }
        }
        row[other.len()]
    }

    proptest! {
        #[test]
        fn the_distance_is_that_of_the_textbook(one in "[A-E]{1,40}", other in "[A-E]{0,40}") {
            let sieve = Sieve::new(&one);
            prop_assert_eq!(sieve.distance(other.as_bytes()), by_the_book(one.as_bytes(), other.as_bytes()));
        }
    }

    #[test]
    fn romanisations_pass_and_other_names_do_not() {
        let passes = |one: &str, other: &str| Sieve::new(one).lets_through(other.as_bytes());
        for (one, other) in [
            ("DZHUGASHVILI", "JUGHASHVILI"),
            ("KHADDAFI", "QADHAFI"),
            ("HUSSEIN", "HUSAYN"),
            ("YURY", "IURII"),
            ("TCHERNYCHEVSKI", "CHERNYSHEVSKY"),
            ("ABDELWAHAB", "ABDULOUAHAB"),
        ] {
            assert!(passes(one, other) && passes(other, one), "{one} {other}");
        }
        assert!(!passes("KAMORI", "OKIMURE") && !passes("GARCIA", "WILSON"));
    }
}
