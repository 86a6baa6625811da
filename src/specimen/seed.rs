//! Where everything that looks random in a specimen comes from: a label and a number, hashed.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};

/// 32 octets that follow from a label and a number, and from nothing else.
#[derive(Clone)]
pub(super) struct Seed([u8; 32]);

impl Seed {
    /// The octets for this purpose and this specimen.
    pub(super) fn of(label: &str, number: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"landfall specimen\0");
        hash.update(label.as_bytes());
        hash.update(b"\0");
        hash.update(number.to_be_bytes());
        Self(hash.finalize().into())
    }

    /// The same, for one of many messages.
    pub(super) fn with(&self, message: &[u8]) -> Self {
        let hash = Sha256::new().chain_update(self.0).chain_update(message);
        Self(hash.finalize().into())
    }

    /// The octets.
    pub(super) const fn octets(&self) -> &[u8; 32] {
        &self.0
    }

    /// A number below `bound`, almost evenly spread; 0 for an empty range.
    pub(super) fn below(&self, bound: u64) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        number.checked_rem(bound).unwrap_or(0)
    }

    /// An endless stream of octets.
    pub(super) fn generator(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.0)
    }
}
