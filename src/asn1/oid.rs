//! Object identifiers, kept as the content octets in which they were received.
//!
//! X.690 §8.19: the first two arcs are folded into one number, each number is written in groups of seven bits, the most
//! significant first, and every octet but the last of a number has its highest bit set.
//!
//! ```text
//! 2.23.136.1.1.1      67 81 08 01 01 01        2 × 40 + 23 = 103 = 67,  136 = 81 08
//! ```
//!
//! An identifier is compared, never resolved: what it stands for is for the room that asks. One that is written with
//! superfluous groups is noted when it is read and then equals no constant, which is the safe side.
//! Hostile input could write an arc of any length: nothing is computed from it but the text that shows it.

use core::fmt;

/// An object identifier: its content octets (X.690 §8.19), whole and not checked for a meaning.
///
/// Two are equal when their octets are. Constants are made at compile time by a macro of this crate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid<'a>(&'a [u8]);

impl<'a> Oid<'a> {
    /// An object identifier of these content octets, if they can be one: not empty, every arc ended.
    #[must_use]
    pub const fn from_content(content: &'a [u8]) -> Option<Self> {
        match content.last() {
            Some(last) if *last < 0x80 => Some(Self(content)),
            _ => None,
        }
    }

    /// For constants whose octets were made by [`encode`].
    pub(crate) const fn constant(content: &'a [u8]) -> Self {
        Self(content)
    }

    /// The content octets, for instance to write them again or to keep them.
    #[must_use]
    pub const fn content(self) -> &'a [u8] {
        self.0
    }

    /// The octets after those of `prefix`, if this identifier stands below or at `prefix`.
    ///
    /// Families such as id-PACE give each member one octet, so that the rest can be matched as it is.
    #[must_use]
    pub fn below(self, prefix: Oid<'_>) -> Option<&'a [u8]> {
        self.0.strip_prefix(prefix.0)
    }

    /// Whether an arc begins with a group of zeros, which X.690 §8.19.2 forbids.
    pub(crate) fn has_long_arc(self) -> bool {
        let begins = core::iter::once(true).chain(self.0.iter().map(|octet| *octet < 0x80));
        self.0.iter().zip(begins).any(|(octet, first)| first && *octet == 0x80)
    }

    /// The arcs, the first two taken apart. An arc beyond 64 bits ends the iteration with `None`.
    fn arcs(self) -> impl Iterator<Item = Option<u64>> {
        let mut octets = self.0.iter();
        core::iter::from_fn(move || {
            let mut arc: Option<u64> = Some(0);
            for octet in octets.by_ref() {
                arc = arc.filter(|value| value.leading_zeros() >= 7).map(|value| value << 7 | u64::from(octet & 0x7F));
                if *octet < 0x80 {
                    return Some(arc);
                }
            }
            None
        })
    }
}

/// Dotted decimal; an arc beyond 64 bits shows as `?`. Identifiers are no document data and may be logged.
impl fmt::Display for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, arc) in self.arcs().enumerate() {
            match (index, arc) {
                (0, Some(both)) => {
                    let first = (both / 40).min(2);
                    write!(f, "{first}.{}", both - first * 40)?;
                }
                (0, None) => f.write_str("?")?,
                (_, Some(arc)) => write!(f, ".{arc}")?,
                (_, None) => f.write_str(".?")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

impl serde::Serialize for Oid<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How many content octets the arcs take. Evaluated at compile time, where a wrong constant stops the build.
pub(crate) const fn encoded_len(arcs: &[u64]) -> usize {
    let mut length = 0;
    let mut index = 1;
    while index < arcs.len() {
        length += groups(value_at(arcs, index));
        index += 1;
    }
    length
}

/// The content octets of the arcs; `N` is what [`encoded_len`] says.
pub(crate) const fn encode<const N: usize>(arcs: &[u64]) -> [u8; N] {
    let mut out = [0; N];
    let mut at = 0;
    let mut index = 1;
    while index < arcs.len() {
        let value = value_at(arcs, index);
        let mut group = groups(value);
        while group > 0 {
            group -= 1;
            let more = if group > 0 { 0x80 } else { 0 };
            out[at] = (value >> (7 * group) & 0x7F) as u8 | more;
            at += 1;
        }
        index += 1;
    }
    out
}

/// The number that is written for the arc at `index` (from 1), with the first arc folded into the second.
const fn value_at(arcs: &[u64], index: usize) -> u64 {
    if index == 1 { arcs[0] * 40 + arcs[1] } else { arcs[index] }
}

/// How many groups of seven bits a number takes; zero takes one.
const fn groups(value: u64) -> usize {
    if value == 0 { 1 } else { (64 - value.leading_zeros() as usize).div_ceil(7) }
}

/// An [`Oid`] constant written by its arcs: `oid!(2, 23, 136, 1, 1, 1)`.
macro_rules! oid {
    ($($arc:literal),+ $(,)?) => {{
        const ARCS: &[u64] = &[$($arc),+];
        const CONTENT: [u8; $crate::asn1::oid::encoded_len(ARCS)] = $crate::asn1::oid::encode(ARCS);
        $crate::asn1::Oid::constant(&CONTENT)
    }};
}
pub(crate) use oid;

#[cfg(test)]
mod tests {
    use super::*;

    const SHA256_WITH_RSA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 11);

    #[test]
    fn constants_are_encoded_as_x690_asks() {
        assert_eq!(SHA256_WITH_RSA.content(), [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11]);
        assert_eq!(SHA256_WITH_RSA.to_string(), "1.2.840.113549.1.1.11");
        assert_eq!(oid!(2, 999, 3).content(), [0x88, 0x37, 3]);
        assert_eq!(oid!(2, 999, 3).to_string(), "2.999.3");
        assert_eq!(oid!(0, 4, 0, 127, 0, 7).to_string(), "0.4.0.127.0.7");
    }

    #[test]
    fn an_unfinished_arc_is_no_identifier_and_a_giant_one_is_shown_as_unknown() {
        assert!(Oid::from_content(&[0x2A, 0x86]).is_none() && Oid::from_content(&[]).is_none());
        let giant = [0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1];
        assert_eq!(Oid::from_content(&giant).unwrap().to_string(), "1.2.?.1");
    }

    #[test]
    fn a_family_is_told_by_its_prefix() {
        let pkcs1 = oid!(1, 2, 840, 113549, 1, 1);
        assert_eq!(SHA256_WITH_RSA.below(pkcs1), Some(&[11][..]));
        assert_eq!(oid!(1, 2, 840).below(pkcs1), None);
        assert!(Oid::from_content(&[0x2A, 0x80, 1]).unwrap().has_long_arc());
        assert!(!SHA256_WITH_RSA.has_long_arc());
    }
}
