//! The file header, as it should be and as it is met.

use super::issuer::{self, Issuer};
use super::parse::digits;
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::payload::Problems;
use crate::payload::text::{number, string};
use serde::Serialize;

/// One subfile, as the header names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subfile {
    /// Its type: `DL`, `ID`, `EN`, or `Z` and a letter of the jurisdiction.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the header says that it begins, in characters from `@`, if that is a number.
    pub offset: Option<u32>,
    /// How long the header says that it is.
    pub length: Option<u32>,
}

/// Issuer, version and subfiles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Header {
    /// The issuer identification number.
    pub issuer_number: String,
    /// The issuer, if the number is in the list.
    #[serde(flatten)]
    pub issuer: Option<&'static Issuer>,
    /// The version of the standard.
    pub version: u8,
    /// The version of the jurisdiction, from version 2 of the standard on.
    pub jurisdiction_version: Option<u8>,
    /// The subfiles that the header names.
    pub subfiles: Vec<Subfile>,
}

/// A header and where it ends.
pub(super) struct Read {
    pub(super) header: Header,
    /// Where `@` stands, or the file type if there is none.
    pub(super) begin: usize,
    /// The first character behind the header.
    pub(super) end: usize,
    /// The reader made the terminator a letter.
    pub(super) lettered: bool,
}

/// How far into the text a header may begin, and how far behind `@` its file type.
const REACH: usize = 64;

/// Where the file type stands, and how long it is.
pub(super) fn file_type(characters: &[char]) -> Option<(usize, usize)> {
    let is = |at: usize, word: &str| word.chars().enumerate().all(|(index, c)| characters.get(at + index) == Some(&c));
    let issuer_follows = |at: usize| characters.get(at..at + 6).is_some_and(|n| n.iter().all(char::is_ascii_digit));
    (0..characters.len().min(REACH)).find_map(|at| {
        let length = ["ANSI ", "AAMVA ", "AAMVA", "ANSI"].iter().find(|word| is(at, word))?.len();
        issuer_follows(at + length).then_some((at, length))
    })
}

/// Reads the header.
pub(super) fn read(characters: &[char], problems: &mut Problems) -> Result<Read> {
    let error = |at| Error::new(ErrorKind::PayloadHeader, Part::Payload, at);
    let (at, length) = file_type(characters).ok_or(error(0))?;
    let before = characters.get(..at).unwrap_or(&[]);
    let begin = before.iter().rposition(|c| *c == '@').unwrap_or(at);
    if begin > 0 && before.contains(&'@') {
        problems.note(Deviation::LeadingText, "header", 0);
    }
    if before.get(begin..) != Some(&['@', '\n', '\x1E', '\r'][..]) || length != 5 {
        problems.note(Deviation::HeaderRepaired, "header", begin);
    }
    let lettered = before.last() == Some(&'M');
    let mut cursor = at + length;
    let mut take = |count: usize| {
        let taken = characters.get(cursor..cursor + count);
        cursor += count;
        taken
    };
    let issuer_number = take(6).map(|n| string(n).reveal().clone()).ok_or(error(at))?;
    let version = take(2).and_then(digits).ok_or(error(at + length + 6))?;
    let (jurisdiction_version, count, end) = counts(characters, cursor, version);
    let mut header = Header {
        issuer: issuer_number.parse().ok().and_then(issuer::issuer),
        issuer_number,
        version,
        jurisdiction_version,
        subfiles: Vec::new(),
    };
    if header.issuer.is_none() {
        problems.note(Deviation::IssuerUnknown, "issuer_number", at + length);
    }
    if version > super::element::NEWEST {
        problems.note(Deviation::VersionNewer, "version", at + length + 6);
    }
    let end = designators(characters, end, count, &mut header);
    if count != Some(u8::try_from(header.subfiles.len()).unwrap_or(u8::MAX)) {
        problems.note(Deviation::HeaderRepaired, "subfiles", end);
    }
    Ok(Read { header, begin, end, lettered })
}

/// The version of the jurisdiction and the count of subfiles, which version 1 has without the other. Where what the
/// version asks for leads to no designator, the other layout is tried.
fn counts(characters: &[char], at: usize, version: u8) -> (Option<u8>, Option<u8>, usize) {
    let two = |at: usize| characters.get(at..at + 2).and_then(digits);
    let without = (None, two(at), at + 2);
    let with = (two(at), two(at + 2), at + 4);
    let (asked, other) = if version <= 1 { (without, with) } else { (with, without) };
    let fits = |way: &(Option<u8>, Option<u8>, usize)| way.1.is_some() && designator(characters, way.2).is_some();
    if !fits(&asked) && fits(&other) { other } else { asked }
}

/// A subfile designator: two letters, and eight characters that should be digits.
fn designator(characters: &[char], at: usize) -> Option<Subfile> {
    let [first, second, place @ ..] = characters.get(at..at + 10)? else {
        return None;
    };
    let is_type =
        matches!((first, second), ('D', 'L') | ('I', 'D') | ('E', 'N')) || *first == 'Z' && second.is_ascii_uppercase();
    let is_place = place.iter().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
    let (offset, length) = place.split_at_checked(4)?;
    (is_type && is_place).then(|| Subfile {
        kind: [*first, *second].iter().collect(),
        offset: number(offset),
        length: number(length),
    })
}

/// The designators from `at` on. Their count is taken as a hint: what has the shape of one is one.
fn designators(characters: &[char], mut at: usize, count: Option<u8>, header: &mut Header) -> usize {
    const MOST: usize = 16;
    let declared = usize::from(count.unwrap_or(1)).min(MOST);
    while header.subfiles.len() < MOST {
        let Some(subfile) = designator(characters, at) else {
            break;
        };
        // Beyond the count, only digits make a designator: letters may be the first element.
        if header.subfiles.len() >= declared && subfile.offset.is_none() {
            break;
        }
        header.subfiles.push(subfile);
        at += 10;
    }
    at
}
