//! A package that is open: typed access to its sections.

use super::root::{Labels, Root};
use super::spelling::Channel;
use super::store::{ReadAt, Section, Store, TOKEN_ROW, broken};
use crate::date::{Date, PartialDate};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::wire::Wire;
use crate::list::{Birth, NameKind, Nation};
use crate::person::Sex;

/// An alert list that can be searched.
pub struct AlertList {
    pub(super) store: Store,
    pub(super) channel: Channel,
    /// How many entries there are.
    pub(super) entries: u32,
    /// How many pairs of token and entry there are: what frequencies are measured against.
    pub(super) slots: u64,
}

/// A token of the list.
pub(super) struct Token {
    pub(super) text: String,
    /// How many entries hold it.
    pub(super) count: u32,
    posting: u32,
}

/// A name of an entry, as tokens.
pub(super) struct NameRecord {
    pub(super) kind: NameKind,
    /// How many of the tokens are the surname's; none if the list does not tell.
    pub(super) surname: usize,
    pub(super) tokens: Vec<u32>,
}

/// What is compared of an entry.
pub(super) struct Record {
    pub(super) sex: Option<Sex>,
    pub(super) nations: Vec<Nation>,
    pub(super) births: Vec<Birth>,
    pub(super) names: Vec<NameRecord>,
}

/// What is shown of an entry.
pub(super) struct Detail {
    pub(super) id: String,
    pub(super) names: Vec<String>,
    pub(super) numbers: Vec<String>,
}

impl core::fmt::Debug for AlertList {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "AlertList({} entries)", self.entries)
    }
}

impl AlertList {
    /// Opens a package: reads its root and verifies its signature; pages follow as they are needed.
    ///
    /// `least_version` is the version that was last seen of this list: an older one is a roll-back.
    ///
    /// # Errors
    /// What is wrong with the file, or [`ErrorKind::AlertRollback`].
    pub fn open(source: Box<dyn ReadAt>, least_version: u64) -> Result<Self> {
        let root = Root::read(source.as_ref())?;
        if root.labels.version < least_version {
            return Err(Error::new(ErrorKind::AlertRollback, Part::AlertList, 0));
        }
        let (entries, slots) = (root.entries, root.slots);
        let list = Self { store: Store::open(source, root), channel: Channel::new(), entries, slots };
        if list.store.len(Section::RecordPlaces) != (u64::from(entries) + 1) * 4
            || list.store.len(Section::DetailPlaces) != (u64::from(entries) + 1) * 4
        {
            return Err(broken(0));
        }
        Ok(list)
    }

    /// What the package says of itself.
    #[must_use]
    pub const fn labels(&self) -> &Labels {
        &self.store.root.labels
    }

    /// The key that signed the package; `None` for an unsigned one. Whether it is the authority's is for the caller to say.
    #[must_use]
    pub const fn signer(&self) -> Option<&[u8; 32]> {
        self.store.root.signer.as_ref()
    }

    /// Whether the list was to be replaced before this day. A stale list is searched all the same.
    #[must_use]
    pub fn is_stale(&self, day: Date) -> bool {
        self.labels().valid_until.is_some_and(|until| until < day)
    }

    /// Reads and verifies every page and every entry.
    ///
    /// # Errors
    /// The first that is not as it must be.
    pub fn verify(&self) -> Result<()> {
        for page in 0..self.store.pages() {
            self.store.page(page)?;
        }
        let tokens = self.store.len(Section::Tokens) / TOKEN_ROW;
        for id in 0..u32::try_from(tokens).unwrap_or(u32::MAX) {
            self.posting(&self.token(id)?)?;
        }
        (0..self.entries).try_for_each(|entry| self.record(entry).and(self.detail(entry)).map(drop))
    }

    /// How many entries the list holds.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.entries
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries == 0
    }

    pub(super) fn token(&self, id: u32) -> Result<Token> {
        let mut row = [0; TOKEN_ROW as usize];
        let at = u64::from(id) * TOKEN_ROW;
        self.store.read(Section::Tokens, at, &mut row)?;
        let mut wire = Wire(&row);
        let mut next = || wire.long().ok_or(broken(at));
        let (letters, posting, count) = (u64::from(next()?), next()?, next()?);
        let length = u64::from(wire.byte().ok_or(broken(at))?);
        let text = self.store.between(Section::Letters, letters, letters + length)?;
        let text = String::from_utf8(text).map_err(|_| broken(letters))?;
        Ok(Token { text, count, posting })
    }

    /// The entries that hold a token.
    pub(super) fn posting(&self, token: &Token) -> Result<Vec<u32>> {
        let from = u64::from(token.posting);
        let most = from + u64::from(token.count) * 5;
        let bytes = self.store.between(Section::Postings, from, most.min(self.store.len(Section::Postings)))?;
        let mut wire = Wire(&bytes);
        let (mut entry, mut all) = (0_u32, Vec::new());
        for _ in 0..token.count {
            entry = entry.checked_add(wire.number().ok_or(broken(from))?).ok_or(broken(from))?;
            if entry >= self.entries {
                return Err(broken(from));
            }
            all.push(entry);
        }
        Ok(all)
    }

    fn slice(&self, places: Section, section: Section, entry: u32) -> Result<Vec<u8>> {
        let from = self.store.single(places, u64::from(entry))?;
        let to = self.store.single(places, u64::from(entry) + 1)?;
        self.store.between(section, u64::from(from), u64::from(to))
    }

    pub(super) fn record(&self, entry: u32) -> Result<Record> {
        let bytes = self.slice(Section::RecordPlaces, Section::Records, entry)?;
        read_record(&mut Wire(&bytes)).ok_or(broken(u64::from(entry)))
    }

    pub(super) fn detail(&self, entry: u32) -> Result<Detail> {
        let bytes = self.slice(Section::DetailPlaces, Section::Details, entry)?;
        read_detail(&mut Wire(&bytes)).ok_or(broken(u64::from(entry)))
    }
}

fn read_record(wire: &mut Wire<'_>) -> Option<Record> {
    let flags = wire.byte()?;
    let sex = match flags & 3 {
        1 => Some(Sex::Female),
        2 => Some(Sex::Male),
        _ => None,
    };
    let mut record = Record { sex, nations: Vec::new(), births: Vec::new(), names: Vec::new() };
    for _ in 0..wire.number()? {
        record.nations.push(Nation::from_number(wire.short()?));
    }
    for _ in 0..wire.number()? {
        record.births.push(read_birth(wire)?);
    }
    for _ in 0..wire.number()? {
        let kind = NameKind::from_number(u32::from(wire.byte()?))?;
        let surname = wire.number()? as usize;
        let mut tokens = Vec::new();
        for _ in 0..wire.number()? {
            tokens.push(wire.number()?);
        }
        record.names.push(NameRecord { kind, surname, tokens });
    }
    Some(record)
}

fn read_birth(wire: &mut Wire<'_>) -> Option<Birth> {
    let word = wire.long()?;
    let from = unpacked(word)?;
    let to = if word >> 31 == 1 { unpacked(wire.long()?)? } else { from };
    Some(Birth { from, to, approximate: word >> 30 & 1 == 1 })
}

fn unpacked(word: u32) -> Option<PartialDate> {
    let some = |number: u32| (number != 0).then_some(number);
    let year = some(word >> 9 & 0x3FFF).and_then(|year| u16::try_from(year).ok());
    let month = some(word >> 5 & 15).and_then(|month| u8::try_from(month).ok());
    let day = some(word & 31).and_then(|day| u8::try_from(day).ok());
    PartialDate::new(year, month, day)
}

fn read_detail(wire: &mut Wire<'_>) -> Option<Detail> {
    let mut detail = Detail { id: wire.text()?.to_owned(), names: Vec::new(), numbers: Vec::new() };
    for _ in 0..wire.number()? {
        detail.names.push(wire.text()?.to_owned());
    }
    for _ in 0..wire.number()? {
        detail.numbers.push(wire.text()?.to_owned());
    }
    Some(detail)
}
