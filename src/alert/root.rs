//! The root of a package: who made it, which version it is, where its sections stand, and the hashes that vouch for them.
//!
//! ```text
//!   0  magic                8   "LFALERT" and a zero
//!   8  format               2   of this file: 3
//!  10  minimum reader       2   the oldest format whose readers understand it
//!  12  length of the root   4
//!  16  reserved             8   zero
//!  24  public key          32   Ed25519; zeros if unsigned
//!  56  signature           64   over bytes 0 to 55 and the root; zeros if unsigned
//! 120  reserved             8   zero
//! 128  root                     version 8, entries 4, slots 8, issued, valid until and agency as texts, covert 1, pages 8,
//!                               place and length of each section 8 + 8, SHA-256 of each page of hashes
//!      pages of 4096 bytes      from the next multiple of 4096: the sections, then the SHA-256 of each of their pages
//! ```
//!
//! # Hostile input
//! The length of the root has a ceiling; counts are compared with the length of the file before anything is allocated.

use super::store::{ReadAt, SECTIONS};
use crate::crypto::{ed25519_sign, ed25519_verify, sha256};
use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::wire::{Wire, put_text};

/// The format that is written.
pub const FORMAT: u16 = 3;
/// The oldest reader that understands it.
pub const MINIMUM_READER: u16 = 3;

const MAGIC: &[u8; 8] = b"LFALERT\0";
const HEADER: usize = 128;
/// What the signature covers of the header.
const COVERED: usize = 56;
/// The longest root: the hashes of 4 million pages are a megabyte.
const MAX_ROOT: u32 = 16 << 20;
/// The bytes of a page.
pub(super) const PAGE: u64 = 4096;
/// How many hashes stand in a page.
pub(super) const HASHES_PER_PAGE: u64 = PAGE / 32;

/// What a package says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Counts up with every package of this list.
    pub version: u64,
    /// Who made it.
    pub agency: String,
    /// When.
    pub issued: Option<Date>,
    /// The last day before it should be replaced.
    pub valid_until: Option<Date>,
    /// It holds covert entries alone, and is searched through the sealed channel alone.
    pub covert: bool,
}

/// A root that was read.
pub(super) struct Root {
    pub(super) labels: Labels,
    pub(super) signer: Option<[u8; 32]>,
    pub(super) entries: u32,
    pub(super) slots: u64,
    /// Where the first page begins in the file.
    pub(super) first_page: u64,
    pub(super) pages: u64,
    /// Where each section begins in the pages, and how long it is.
    pub(super) sections: [(u64, u64); SECTIONS],
    /// The hashes of the pages of hashes.
    pub(super) hashes: Vec<[u8; 32]>,
}

const fn fault(kind: ErrorKind, at: usize) -> Error {
    Error::new(kind, Part::AlertList, at)
}

impl Root {
    /// Reads header and root, and verifies the signature.
    pub(super) fn read(source: &dyn ReadAt) -> Result<Self> {
        let mut header = [0; HEADER];
        source.read_at(0, &mut header)?;
        let mut wire = Wire(&header);
        if wire.bytes(8) != Some(MAGIC) {
            return Err(fault(ErrorKind::AlertMagic, 0));
        }
        let (format, minimum) = (wire.short().unwrap_or(0), wire.short().unwrap_or(u16::MAX));
        if format < MINIMUM_READER || minimum > FORMAT {
            return Err(fault(ErrorKind::AlertVersion, 10));
        }
        let length = wire.long().filter(|length| *length <= MAX_ROOT).ok_or(fault(ErrorKind::TooLarge, 12))?;
        if u64::from(length) + HEADER as u64 > source.length() {
            return Err(fault(ErrorKind::Truncated, 12));
        }
        let mut bytes = vec![0; length as usize];
        source.read_at(HEADER as u64, &mut bytes)?;
        let signer = signer(&header, &bytes)?;
        let first_page = (HEADER as u64 + u64::from(length)).next_multiple_of(PAGE);
        let root = parse(&mut Wire(&bytes), signer, first_page).ok_or(fault(ErrorKind::AlertRoot, HEADER))?;
        root.agrees_with(source.length())
    }

    /// The file is as long as the root says, and every section lies in the pages.
    fn agrees_with(self, length: u64) -> Result<Self> {
        let all = self.pages.checked_add(self.hashes.len() as u64).and_then(|pages| pages.checked_mul(PAGE));
        let end = all.and_then(|bytes| bytes.checked_add(self.first_page));
        let room = self.pages.saturating_mul(PAGE);
        let inside = |(from, length): &(u64, u64)| from.checked_add(*length).is_some_and(|end| end <= room);
        if self.hashes.len() as u64 != self.pages.div_ceil(HASHES_PER_PAGE) || !self.sections.iter().all(inside) {
            return Err(fault(ErrorKind::AlertRoot, HEADER));
        }
        if end.is_none_or(|end| end > length) {
            return Err(fault(ErrorKind::Truncated, usize::try_from(length).unwrap_or(usize::MAX)));
        }
        Ok(self)
    }
}

/// The key that signed, if one did.
fn signer(header: &[u8; HEADER], root: &[u8]) -> Result<Option<[u8; 32]>> {
    let covered = header.get(..COVERED).unwrap_or_default();
    let mut wire = Wire(header.get(24..).unwrap_or_default());
    let key: [u8; 32] = wire.bytes(32).and_then(|key| key.try_into().ok()).unwrap_or([0; 32]);
    let signature: [u8; 64] = wire.bytes(64).and_then(|signature| signature.try_into().ok()).unwrap_or([0; 64]);
    if key == [0; 32] && signature == [0; 64] {
        return Ok(None);
    }
    let message = [covered, root].concat();
    if ed25519_verify(&key, &message, &signature) { Ok(Some(key)) } else { Err(fault(ErrorKind::AlertSignature, 56)) }
}

fn parse(wire: &mut Wire<'_>, signer: Option<[u8; 32]>, first_page: u64) -> Option<Root> {
    let version = wire.wide()?;
    let (entries, slots) = (wire.long()?, wire.wide()?);
    let mut date = || {
        let text = wire.text()?;
        Some(if text.is_empty() { None } else { Some(text.parse::<Date>().ok()?) })
    };
    let (issued, valid_until) = (date()?, date()?);
    let agency = wire.text()?.to_owned();
    let covert = wire.byte()? != 0;
    let pages = wire.wide()?;
    let mut sections = [(0, 0); SECTIONS];
    for section in &mut sections {
        *section = (wire.wide()?, wire.wide()?);
    }
    let mut hashes = Vec::new();
    while let Some(hash) = wire.bytes(32) {
        hashes.push(hash.try_into().ok()?);
    }
    let labels = Labels { version, agency, issued, valid_until, covert };
    wire.0.is_empty().then_some(Root { labels, signer, entries, slots, first_page, pages, sections, hashes })
}

/// Writes a package.
pub(super) fn write(
    sections: &[Vec<u8>; SECTIONS],
    (entries, slots): (u32, u64),
    labels: &Labels,
    seed: Option<&[u8; 32]>,
) -> Vec<u8> {
    let (mut body, mut places) = (Vec::new(), Vec::new());
    for section in sections {
        places.push((body.len() as u64, section.len() as u64));
        body.extend_from_slice(section);
    }
    body.resize(body.len().next_multiple_of(PAGE as usize), 0);
    let pages = body.len() as u64 / PAGE;
    let mut hashes: Vec<u8> = body.chunks(PAGE as usize).flat_map(sha256).collect();
    hashes.resize(hashes.len().next_multiple_of(PAGE as usize), 0);
    let mut root = Vec::new();
    root.extend_from_slice(&labels.version.to_le_bytes());
    root.extend_from_slice(&entries.to_le_bytes());
    root.extend_from_slice(&slots.to_le_bytes());
    for date in [labels.issued, labels.valid_until] {
        put_text(&mut root, &date.map_or_else(String::new, |date| date.to_string()));
    }
    put_text(&mut root, &labels.agency);
    root.push(u8::from(labels.covert));
    root.extend_from_slice(&pages.to_le_bytes());
    for (from, length) in places {
        root.extend_from_slice(&from.to_le_bytes());
        root.extend_from_slice(&length.to_le_bytes());
    }
    root.extend(hashes.chunks(PAGE as usize).flat_map(sha256));
    let mut file = signed_header(&root, seed);
    file.extend_from_slice(&root);
    file.resize(file.len().next_multiple_of(PAGE as usize), 0);
    file.extend_from_slice(&body);
    file.extend_from_slice(&hashes);
    file
}

/// The header over a root, signed if there is a seed. The key itself is covered, so it is put in before signing.
fn signed_header(root: &[u8], seed: Option<&[u8; 32]>) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&FORMAT.to_le_bytes());
    header.extend_from_slice(&MINIMUM_READER.to_le_bytes());
    header.extend_from_slice(&(root.len() as u32).to_le_bytes());
    header.resize(24, 0);
    let public = seed.and_then(|seed| ed25519_sign(seed, &[])).map_or([0; 32], |(public, _)| public);
    header.extend_from_slice(&public);
    let message = [header.as_slice(), root].concat();
    let signature = seed.and_then(|seed| ed25519_sign(seed, &message)).map_or([0; 64], |(_, signature)| signature);
    header.extend_from_slice(&signature);
    header.resize(HEADER, 0);
    header
}
