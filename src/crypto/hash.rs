//! Hash algorithms of passports: SHA-1 and the four of SHA-2 (Doc 9303-12 §4.1.6.4, earlier editions for SHA-1).

use crate::asn1::{Oid, oid};
use core::fmt;
use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// The longest output, in bytes.
pub const MAX_DIGEST: usize = 64;

/// A hash algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HashAlgorithm {
    /// SHA-1: broken for collisions, still under old documents.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl HashAlgorithm {
    /// Every algorithm, weakest first.
    pub const ALL: [Self; 5] = [Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The object identifier of the algorithm (RFC 5754 §2, RFC 3370 §2.1).
    #[must_use]
    pub const fn oid(self) -> Oid<'static> {
        match self {
            Self::Sha1 => oid!(1, 3, 14, 3, 2, 26),
            Self::Sha224 => oid!(2, 16, 840, 1, 101, 3, 4, 2, 4),
            Self::Sha256 => oid!(2, 16, 840, 1, 101, 3, 4, 2, 1),
            Self::Sha384 => oid!(2, 16, 840, 1, 101, 3, 4, 2, 2),
            Self::Sha512 => oid!(2, 16, 840, 1, 101, 3, 4, 2, 3),
        }
    }

    /// The algorithm with this object identifier, if it is one of these.
    #[must_use]
    pub fn from_oid(oid: Oid<'_>) -> Option<Self> {
        Self::ALL.into_iter().find(|hash| hash.oid() == oid)
    }

    /// How many bytes a digest has.
    #[must_use]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The digest of one message.
    #[must_use]
    pub fn digest(self, message: &[u8]) -> Digest {
        self.digest_parts(&[message])
    }

    /// The digest of a message that lies in several pieces.
    #[must_use]
    pub fn digest_parts(self, parts: &[&[u8]]) -> Digest {
        match self {
            Self::Sha1 => finish::<Sha1>(parts),
            Self::Sha224 => finish::<Sha224>(parts),
            Self::Sha256 => finish::<Sha256>(parts),
            Self::Sha384 => finish::<Sha384>(parts),
            Self::Sha512 => finish::<Sha512>(parts),
        }
    }
}

fn finish<H: sha2::Digest>(parts: &[&[u8]]) -> Digest {
    let mut hasher = H::new();
    parts.iter().for_each(|part| hasher.update(part));
    let output = hasher.finalize();
    let mut digest = Digest { bytes: [0; MAX_DIGEST], length: 0 };
    for (to, from) in digest.bytes.iter_mut().zip(output.iter()) {
        *to = *from;
        digest.length += 1;
    }
    digest
}

/// The output of a hash algorithm, 20 to 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    bytes: [u8; MAX_DIGEST],
    length: usize,
}

impl Digest {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// A digest of document data may identify the document: only its length shows.
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({} bytes)", self.length)
    }
}

/// The SHA-256 of `bytes`: the name under which certificates and lists are known here.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The example of FIPS 180 for the message "abc", first four and last two bytes.
    #[test]
    fn each_algorithm_gives_the_published_digest_of_abc() {
        let expected = [
            (HashAlgorithm::Sha1, "a9993e36", "d89d"),
            (HashAlgorithm::Sha224, "23097d22", "9da7"),
            (HashAlgorithm::Sha256, "ba7816bf", "15ad"),
            (HashAlgorithm::Sha384, "cb00753f", "25a7"),
            (HashAlgorithm::Sha512, "ddaf35a1", "a49f"),
        ];
        for (hash, first, last) in expected {
            let digest = hash.digest(b"abc");
            let text = hex(digest.as_bytes());
            assert!(text.starts_with(first) && text.ends_with(last), "{hash:?}: {text}");
            assert_eq!(digest.as_bytes().len(), hash.output_len());
            assert_eq!(hash.digest_parts(&[b"a", b"", b"bc"]), digest);
        }
        assert_eq!(sha256(b"abc"), HashAlgorithm::Sha256.digest(b"abc").as_bytes());
    }

    #[test]
    fn an_algorithm_is_found_by_its_identifier_and_an_unknown_one_is_not() {
        for hash in HashAlgorithm::ALL {
            assert_eq!(HashAlgorithm::from_oid(hash.oid()), Some(hash));
        }
        let md5 = oid!(1, 2, 840, 113549, 2, 5);
        assert_eq!(HashAlgorithm::from_oid(md5), None);
    }
}
