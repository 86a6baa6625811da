//! Signatures with message recovery, ISO/IEC 9796-2 scheme 1, as chips make them (Doc 9303-11 §6.1.2, App. F).
//!
//! ```text
//! F = 6A ‖ M1 ‖ H(M1 ‖ challenge) ‖ trailer        as long as the modulus
//! trailer = BC for SHA-1, or the number of the hash and CC: 33 SHA-1, 38 SHA-224, 34 SHA-256, 36 SHA-384, 35 SHA-512
//! ```
//!
//! The signature is F to the power of the private exponent (§B.6), or the smaller of that and its complement to the
//! modulus (§B.4); of the second kind, one half opens to n - F. Both are looked at, and nothing else: the header and
//! the trailer stand at their exact places, nothing is searched for. Chips whose F is one octet shorter than the modulus are
//! met, so that one zero before the header is tolerated and noted; more would leave room for numbers that anybody finds.

use crate::crypto::HashAlgorithm;
use crate::deviation::{Deviation, Deviations};
use crate::error::Part;

/// First octet: partial recovery, no padding.
const HEADER: u8 = 0x6A;
/// The trailer of one octet, which stands for SHA-1.
const SHORT_TRAILER: u8 = 0xBC;
/// The last octet of the trailer that names its hash.
const LONG_TRAILER: u8 = 0xCC;

/// Whether `opened`, a signature raised to the public exponent, signs `challenge` under `modulus`.
pub(super) fn signs(opened: &[u8], modulus: &[u8], challenge: &[u8], seen: &mut Deviations) -> bool {
    represents(opened, challenge, seen)
        || complement(opened, modulus).is_some_and(|other| represents(&other, challenge, seen))
}

/// Whether `representative` is F for this challenge.
fn represents(representative: &[u8], challenge: &[u8], seen: &mut Deviations) -> bool {
    let Some((hash, body)) = hash_of(representative) else {
        return false;
    };
    let (short, body) = match body {
        [HEADER, body @ ..] => (false, body),
        [0, HEADER, body @ ..] => (true, body),
        _ => return false,
    };
    let Some((message, digest)) =
        body.len().checked_sub(hash.output_len()).and_then(|length| body.split_at_checked(length))
    else {
        return false;
    };
    let right = hash.digest_parts(&[message, challenge]).as_bytes() == digest;
    if right && representative.ends_with(&[0x33, LONG_TRAILER]) {
        seen.note(Deviation::ChipTrailer, Part::Dg(15), 0);
    }
    if right && short {
        seen.note(Deviation::ChipRepresentativeShort, Part::Dg(15), 0);
    }
    right
}

/// The hash that the trailer stands for, and what stands before it.
fn hash_of(representative: &[u8]) -> Option<(HashAlgorithm, &[u8])> {
    match representative {
        [body @ .., SHORT_TRAILER] => Some((HashAlgorithm::Sha1, body)),
        [body @ .., number, LONG_TRAILER] => {
            let hash = match number {
                0x33 => HashAlgorithm::Sha1,
                0x34 => HashAlgorithm::Sha256,
                0x35 => HashAlgorithm::Sha512,
                0x36 => HashAlgorithm::Sha384,
                0x38 => HashAlgorithm::Sha224,
                _ => return None,
            };
            Some((hash, body))
        }
        _ => None,
    }
}

/// `modulus - number`, both of one length; `None` if it is below zero.
fn complement(number: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    if number.len() != modulus.len() {
        return None;
    }
    let mut difference = modulus.to_vec();
    let mut borrow = false;
    for (to, from) in difference.iter_mut().zip(number).rev() {
        let (value, first) = to.overflowing_sub(*from);
        let (value, second) = value.overflowing_sub(u8::from(borrow));
        *to = value;
        borrow = first || second;
    }
    (!borrow).then_some(difference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXUPPER;

    /// The worked example of Doc 9303-11 App. F: a challenge, the recoverable part, its hash.
    const CHALLENGE: &str = "F173589974BF40C6";
    const MESSAGE: &str = "9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98\
                           599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E\
                           7292E2DCDA3024B47DA8";
    const DIGEST: &str = "C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127";

    fn hex(text: &str) -> Vec<u8> {
        HEXUPPER.decode(text.replace(' ', "").as_bytes()).unwrap()
    }

    fn example() -> Vec<u8> {
        [&[HEADER], hex(MESSAGE).as_slice(), &hex(DIGEST), &[SHORT_TRAILER]].concat()
    }

    fn is(representative: &[u8]) -> bool {
        represents(representative, &hex(CHALLENGE), &mut Deviations::new())
    }

    #[test]
    fn the_worked_example_of_the_standard_signs_its_challenge_and_every_changed_byte_does_not() {
        let example = example();
        assert_eq!(example.len(), 128);
        assert!(is(&example));
        for at in 0..example.len() {
            let mut changed = example.clone();
            changed[at] ^= 1;
            assert!(!is(&changed), "{at}");
        }
        assert!(!represents(&example, &[0; 8], &mut Deviations::new()));
    }

    #[test]
    fn the_complement_to_the_modulus_is_the_same_signature() {
        let (example, mut modulus) = (example(), vec![0xC5; 128]);
        modulus[127] |= 1;
        let other = complement(&example, &modulus).unwrap();
        let challenge = hex(CHALLENGE);
        let signs = |opened: &[u8]| signs(opened, &modulus, &challenge, &mut Deviations::new());
        assert!(signs(&example) && signs(&other));
        assert!(!signs(&other[1..]) && !signs(&[]) && !signs(&[0xFF; 128]));
    }

    #[test]
    fn each_trailer_stands_for_its_hash_and_no_other_does() {
        let challenge = [7; 8];
        for (number, hash) in [
            (0x33, HashAlgorithm::Sha1),
            (0x38, HashAlgorithm::Sha224),
            (0x34, HashAlgorithm::Sha256),
            (0x36, HashAlgorithm::Sha384),
            (0x35, HashAlgorithm::Sha512),
        ] {
            let message = vec![0x5A; 125 - hash.output_len()];
            let digest = hash.digest_parts(&[&message, &challenge]);
            let of = |trailer: u8| {
                let representative = [&[HEADER], message.as_slice(), digest.as_bytes(), &[trailer, LONG_TRAILER]];
                represents(&representative.concat(), &challenge, &mut Deviations::new())
            };
            assert!(of(number), "{number:02x}");
            assert!((0..=u8::MAX).filter(|other| *other != number).all(|other| !of(other)), "{number:02x}");
        }
    }

    #[test]
    fn one_zero_before_the_header_is_noted_and_two_are_refused() {
        let seen = &mut Deviations::new();
        let challenge = hex(CHALLENGE);
        assert!(represents(&[&[0][..], &example()].concat(), &challenge, seen));
        assert!(seen.contains(Deviation::ChipRepresentativeShort));
        assert!(!is(&[&[0, 0][..], &example()].concat()) && !is(&[&[1][..], &example()].concat()));
    }

    #[test]
    fn what_is_too_short_for_a_hash_signs_nothing() {
        for length in 0..24 {
            assert!(!is(&vec![HEADER; length]));
            assert!(!is(&[vec![HEADER; length], vec![SHORT_TRAILER]].concat()));
        }
    }
}
