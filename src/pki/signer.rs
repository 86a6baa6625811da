//! Document signers that a directory publishes, for security objects that come without their signer's certificate.
//!
//! They are no trust material: a signer that is found here still has to lead to an anchor, as one from the document
//! does. They are kept as bytes and read when first asked for.
//!
//! Hostile input could bring very many (a ceiling), or many under one number: whoever asks tries a few.

use super::certificate::Certificate;
use super::name::Name;
use super::slot::Slot;
use super::store::{Opened, read_signers};
use crate::cms::SignerIdentifier;
use core::fmt;
use core::ops::Range;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// How many signers one store keeps.
pub const MAX_SIGNERS: usize = 1 << 17;

/// How many with the same number or identifier are looked at.
const MAX_SAME: usize = 16;

/// How many signers a directory has, and where.
pub(super) type Section = (u32, Range<usize>);

/// Signers by serial number and by key identifier. Those of a store that was opened from a file are looked up there
/// when first asked for.
#[derive(Clone, Default)]
pub struct KnownSigners {
    stored: Option<(Arc<Opened>, Section)>,
    read: OnceLock<Table>,
}

#[derive(Clone, Default)]
struct Table {
    slots: Vec<Slot>,
    by_serial: HashMap<Box<[u8]>, Vec<u32>>,
    by_key_identifier: HashMap<Box<[u8]>, Vec<u32>>,
}

impl KnownSigners {
    /// The signers of an opened file: how many, and where the directory has them.
    pub(super) fn stored(place: Section, file: Arc<Opened>) -> Self {
        Self { stored: Some((file, place)), read: OnceLock::new() }
    }

    fn table(&self) -> &Table {
        self.read.get_or_init(|| {
            let mut all = Self { stored: None, read: OnceLock::from(Table::default()) };
            if let Some((file, place)) = &self.stored {
                read_signers(file, place, &mut all);
            }
            all.read.into_inner().unwrap_or_default()
        })
    }

    fn table_mut(&mut self) -> Option<&mut Table> {
        self.table();
        self.read.get_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match (self.read.get(), &self.stored) {
            (Some(table), _) => table.slots.len(),
            (None, Some((_, (count, _)))) => *count as usize,
            (None, None) => 0,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every signer, read.
    pub fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.table().slots.iter().filter_map(Slot::certificate)
    }

    /// Keeps a signer. Answers whether it was not there; `None` if no more may be kept.
    pub(super) fn add(&mut self, certificate: Certificate) -> Option<bool> {
        let serial: Box<[u8]> = certificate.serial().into();
        let key_identifier = certificate.subject_key_identifier().map(Into::into);
        let table = self.table();
        let same = table.by_serial.get(&serial).into_iter().flatten();
        let mut same = same.filter_map(|position| table.slots.get(*position as usize));
        if same.any(|slot| slot.bytes() == certificate.as_bytes()) {
            return Some(false);
        }
        self.place(Slot::of(certificate), serial, key_identifier)
    }

    /// Keeps a signer whose serial number and key identifier are known.
    pub(super) fn place(&mut self, slot: Slot, serial: Box<[u8]>, key_identifier: Option<Box<[u8]>>) -> Option<bool> {
        let table = self.table_mut()?;
        let position = u32::try_from(table.slots.len()).ok().filter(|_| table.slots.len() < MAX_SIGNERS)?;
        table.slots.push(slot);
        table.by_serial.entry(serial).or_default().push(position);
        if let Some(identifier) = key_identifier {
            table.by_key_identifier.entry(identifier).or_default().push(position);
        }
        Some(true)
    }

    /// The signers with this serial number, whoever issued them; zeros before it count for nothing.
    pub fn with_serial(&self, serial: &[u8]) -> impl Iterator<Item = &Certificate> {
        let zeros = serial.iter().take_while(|octet| **octet == 0).count();
        let bare = serial.get(zeros..).unwrap_or(&[]);
        let table = self.table();
        let padded: Vec<u8> = core::iter::once(0).chain(bare.iter().copied()).collect();
        let mut positions: Vec<u32> = Vec::new();
        for form in [bare, padded.as_slice()] {
            positions.extend(table.by_serial.get(form).into_iter().flatten().take(MAX_SAME));
        }
        positions.into_iter().filter_map(|position| table.slots.get(position as usize)).filter_map(Slot::certificate)
    }

    /// The signer that a signature names.
    #[must_use]
    pub fn find(&self, identifier: &SignerIdentifier<'_>) -> Option<&Certificate> {
        if self.is_empty() {
            return None;
        }
        let table = self.table();
        let positions = match identifier {
            SignerIdentifier::IssuerAndSerial { serial, .. } => table.by_serial.get(serial.octets()),
            SignerIdentifier::KeyIdentifier(identifier) => table.by_key_identifier.get(&**identifier),
        };
        let slots = positions?.iter().take(MAX_SAME).filter_map(|position| table.slots.get(*position as usize));
        slots.filter_map(Slot::certificate).find(|certificate| match identifier {
            SignerIdentifier::IssuerAndSerial { issuer, .. } => {
                certificate.issuer().folded() == Name::new(issuer.raw).folded()
            }
            SignerIdentifier::KeyIdentifier(_) => true,
        })
    }
}

impl fmt::Debug for KnownSigners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KnownSigners({})", self.len())
    }
}
