//! A certificate that is kept as bytes and read when first asked for.
//!
//! Bytes are owned, or a piece of the store that was opened from a file. Those of a file are held against their
//! SHA-256 before they are read: an altered certificate is as if it were not there.

use super::certificate::Certificate;
use crate::crypto::sha256;
use crate::deviation::Deviations;
use core::fmt;
use core::ops::Range;
use std::sync::{Arc, OnceLock};

/// Where the bytes are.
#[derive(Clone)]
enum Bytes {
    Read,
    Shared { file: Arc<Vec<u8>>, range: Range<usize>, fingerprint: [u8; 32] },
}

/// The place of one certificate.
#[derive(Clone)]
pub(super) struct Slot {
    bytes: Bytes,
    read: OnceLock<Option<Box<Certificate>>>,
}

impl Slot {
    /// A certificate that is read already.
    pub fn of(certificate: Certificate) -> Self {
        Self { bytes: Bytes::Read, read: OnceLock::from(Some(Box::new(certificate))) }
    }

    /// A piece of a file, with the SHA-256 that it has to have.
    pub const fn shared(file: Arc<Vec<u8>>, range: Range<usize>, fingerprint: [u8; 32]) -> Self {
        Self { bytes: Bytes::Shared { file, range, fingerprint }, read: OnceLock::new() }
    }

    /// The certificate, if it can be read and is the one that it should be.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.read.get_or_init(|| self.parse()).as_deref()
    }

    fn parse(&self) -> Option<Box<Certificate>> {
        let Bytes::Shared { fingerprint, .. } = &self.bytes else {
            return None;
        };
        let bytes = self.bytes();
        if sha256(bytes) != *fingerprint {
            return None;
        }
        Certificate::parse(bytes, &mut Deviations::new()).ok().map(Box::new)
    }

    /// The encoding, unread.
    pub fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Shared { file, range, .. } => file.get(range.clone()).unwrap_or_default(),
            Bytes::Read => self.read.get().and_then(Option::as_deref).map_or(&[], Certificate::as_bytes),
        }
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({})", self.bytes().len())
    }
}
