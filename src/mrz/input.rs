//! From what readers deliver to the characters of a zone.
//!
//! Readers send lines or one string, with line ends, blanks, framing characters, and marks for what they could
//! not read. Nothing is guessed here: a character outside the alphabet is never turned into a filler. It stays a
//! mark, [`UNREAD`] where the reader says so and foreign otherwise, so that no check digit can pass over it.
//!
//! Hostile input: at most [`MAX_INPUT`] bytes are looked at and at most [`MAX_CHARACTERS`] kept; no allocation.

use super::digit::have_values;
use super::layout::{Layout, MAX_CHARACTERS};
use crate::error::{Error, ErrorKind, Part, Result};

/// The mark, in a zone, of a character that the reader could not read.
pub const UNREAD: u8 = b'?';
/// The mark, in a zone, of a character that is not ASCII and so belongs to no zone.
pub const NOT_ASCII: u8 = 0x1A;
/// The most bytes that are looked at.
pub const MAX_INPUT: usize = 4096;
/// The most candidates that a reader may name for one position.
const MAX_CANDIDATES: usize = 36;
/// The most lines that are kept; one more than any layout has, so that too many can be told.
const MAX_LINES: usize = 4;
const GROUP_SEPARATOR: u8 = 0x1D;

/// What a byte means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Character,
    Small,
    LineEnd,
    Skip,
    Unread,
    Group,
    Foreign,
    NotAscii,
}

const fn classify(byte: u8) -> Class {
    match byte {
        b'A'..=b'Z' | b'0'..=b'9' | b'<' => Class::Character,
        b'a'..=b'z' => Class::Small,
        b'\n' | b'\r' => Class::LineEnd,
        // Blanks, and the start and end of text with which serial readers frame a message.
        b' ' | b'\t' | 0x00 | 0x02 | 0x03 => Class::Skip,
        b'?' | b'*' => Class::Unread,
        GROUP_SEPARATOR => Class::Group,
        0x80.. => Class::NotAscii,
        _ => Class::Foreign,
    }
}

const DEFAULT_CLASSES: [Class; 256] = {
    let mut classes = [Class::Foreign; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = classify(byte as u8);
        byte += 1;
    }
    classes
};

/// How a reader writes what it read.
///
/// By default `?`, `*`, U+FFFD and groups between two GS characters mean "could not be read", and blanks mean
/// nothing.
#[derive(Clone)]
pub struct ReaderMarks {
    classes: [Class; 256],
}

/// The marks of a reader of which nothing is known.
pub static DEFAULT_MARKS: ReaderMarks = ReaderMarks { classes: DEFAULT_CLASSES };

impl Default for ReaderMarks {
    fn default() -> Self {
        DEFAULT_MARKS.clone()
    }
}

impl ReaderMarks {
    /// Takes one more ASCII character as "could not be read"; a blank may be declared so too.
    ///
    /// # Errors
    /// `BadArgument` if it is a character of the zone's alphabet, a line end or not ASCII.
    pub fn unread(mut self, mark: char) -> Result<Self> {
        let byte = u8::try_from(mark).ok().filter(u8::is_ascii);
        let class = byte.and_then(|byte| self.classes.get_mut(usize::from(byte)));
        match class {
            Some(class) if !matches!(class, Class::Character | Class::LineEnd) => {
                *class = Class::Unread;
                Ok(self)
            }
            _ => Err(Error::new(ErrorKind::BadArgument, Part::Call, 0)),
        }
    }

    const fn class(&self, byte: u8) -> Class {
        self.classes[byte as usize]
    }
}

/// The characters of a zone and its layout.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    pub(super) characters: [u8; MAX_CHARACTERS],
    pub(super) layout: Layout,
}

/// What was collected before the layout is known.
struct Collected {
    characters: [u8; MAX_CHARACTERS],
    len: usize,
    /// The end of each line that has characters.
    ends: [usize; MAX_LINES],
    lines: usize,
}

impl Collected {
    fn push(&mut self, character: u8) {
        if let Some(slot) = self.characters.get_mut(self.len) {
            *slot = character;
        }
        self.len += 1;
    }

    /// Takes blocks of zone characters as long as `rest` begins with one, and says how many characters that were.
    ///
    /// Readers deliver little else, and a block costs hardly more than one character.
    fn take_blocks<const LEN: usize>(&mut self, mut rest: &[u8]) -> usize {
        let whole = rest.len();
        while let Some((block, behind)) = rest.split_first_chunk::<LEN>() {
            let room = self.characters.get_mut(self.len..self.len + LEN);
            let Some(room) = room.filter(|_| have_values(block)) else {
                break;
            };
            room.copy_from_slice(block);
            self.len += LEN;
            rest = behind;
        }
        whole - rest.len()
    }

    fn start_of_line(&self) -> usize {
        self.lines.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0)
    }

    fn end_line(&mut self) {
        if self.len > self.start_of_line() {
            if let Some(end) = self.ends.get_mut(self.lines.min(MAX_LINES - 1)) {
                *end = self.len;
            }
            self.lines = (self.lines + 1).min(MAX_LINES);
        }
    }

    /// The length of a line, counted from 0.
    fn line(&self, index: usize) -> usize {
        let end = self.ends.get(index).copied().unwrap_or(0);
        let start = index.checked_sub(1).and_then(|above| self.ends.get(above)).copied().unwrap_or(0);
        end.saturating_sub(start)
    }
}

/// Reads the characters and tells the layout.
pub(super) fn read(input: &[u8], marks: &ReaderMarks) -> Result<Zone> {
    if input.len() > MAX_INPUT {
        return Err(Error::new(ErrorKind::TooLarge, Part::MrzText, MAX_INPUT));
    }
    let collected = collect(input, marks)?;
    let layout = recognise(&collected)?;
    Ok(Zone { characters: collected.characters, layout })
}

fn collect(input: &[u8], marks: &ReaderMarks) -> Result<Collected> {
    let mut out = Collected { characters: [b'<'; MAX_CHARACTERS], len: 0, ends: [0; MAX_LINES], lines: 0 };
    let mut at = 0;
    loop {
        at += out.take_blocks::<16>(input.get(at..).unwrap_or_default());
        at += out.take_blocks::<4>(input.get(at..).unwrap_or_default());
        let Some(&byte) = input.get(at) else {
            break;
        };
        at += 1;
        match marks.class(byte) {
            Class::Character | Class::Foreign => out.push(byte),
            Class::Small => out.push(byte.to_ascii_uppercase()),
            Class::LineEnd => out.end_line(),
            Class::Skip => {}
            Class::Unread => out.push(UNREAD),
            Class::Group => {
                at = end_of_group(input, at)?;
                out.push(UNREAD);
            }
            Class::NotAscii => at = not_ascii(input, at - 1, &mut out),
        }
    }
    out.end_line();
    Ok(out)
}

/// The offset behind a group of candidates that begins at `at`: some characters, then a separator.
fn end_of_group(input: &[u8], at: usize) -> Result<usize> {
    let group = input.get(at..).unwrap_or_default();
    match group.iter().take(MAX_CANDIDATES + 1).position(|&byte| byte == GROUP_SEPARATOR) {
        Some(len) => Ok(at + len + 1),
        None => Err(Error::new(ErrorKind::MrzCandidates, Part::MrzText, at)),
    }
}

/// Takes one character beyond ASCII (or a stray byte) and gives the offset behind it.
fn not_ascii(input: &[u8], at: usize, out: &mut Collected) -> usize {
    let rest = input.get(at..).unwrap_or_default();
    let len = 1 + rest.iter().skip(1).take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count();
    let text = rest.get(..len).and_then(|bytes| core::str::from_utf8(bytes).ok());
    match text {
        Some("\u{FEFF}" | "\u{A0}" | "\u{2028}") => {}
        Some("\u{FFFD}") => out.push(UNREAD),
        Some(_) => out.push(NOT_ASCII),
        None => {
            out.push(NOT_ASCII);
            return at + 1;
        }
    }
    at + len
}

fn recognise(text: &Collected) -> Result<Layout> {
    let starts_with = |prefix: &[u8]| text.characters.starts_with(prefix);
    let swiss_at = |at: usize| {
        let code = text.characters.get(at..at + 5).unwrap_or_default();
        code == b"FACHE" || code == b"FALIE"
    };
    let visa = starts_with(b"V");
    match (text.lines, text.len) {
        (0, _) => Err(Error::new(ErrorKind::MrzEmpty, Part::MrzText, 0)),
        (1, 30) => licence(text),
        (1, 88) | (2, 88) if text.lines == 1 || text.line(0) == 44 => Ok(if visa { Layout::MrvA } else { Layout::Td3 }),
        (1, 72) | (2, 72) if text.lines == 1 || text.line(0) == 36 => Ok(if visa {
            Layout::MrvB
        } else if starts_with(b"IDFRA") {
            Layout::FrenchIdentityCard
        } else {
            Layout::Td2
        }),
        (1, 90) => Ok(Layout::Td1),
        (3, 90) if text.line(0) == 30 && text.line(1) == 30 => Ok(Layout::Td1),
        (1, 69) if swiss_at(9) => Ok(Layout::SwissDrivingLicence),
        (3, 69) if text.line(0) == 9 && text.line(1) == 30 => Ok(Layout::SwissDrivingLicence),
        (1 | 2, 60) if swiss_at(0) && (text.lines == 1 || text.line(0) == 30) => Ok(Layout::SwissDrivingLicenceBelow),
        _ => Err(misfit(text)),
    }
}

/// A single line of 30 is a licence; the issuer decides which.
fn licence(text: &Collected) -> Result<Layout> {
    match text.characters {
        [b'A' | b'B' | b'D', b'0'..=b'9', b'F', b'R', b'A', ..] => Ok(Layout::FrenchDrivingLicence),
        [b'D', ..] => Ok(Layout::DrivingLicence),
        _ => Err(Error::new(ErrorKind::MrzLayout, Part::Mrz(1), 0)),
    }
}

/// Which line is at fault, against the layout that the number of lines and the first line suggest.
fn misfit(text: &Collected) -> Error {
    let expected: &[usize] = match (text.lines, text.line(0)) {
        (1, _) => return Error::new(ErrorKind::MrzLineLength, Part::MrzText, text.len),
        (2, 0..=33) => &[30, 30],
        (2, 34..=39) => &[36, 36],
        (2, _) => &[44, 44],
        (3, 0..=19) => &[9, 30, 30],
        (3, _) => &[30, 30, 30],
        _ => return Error::new(ErrorKind::MrzLineCount, Part::MrzText, text.lines),
    };
    let wrong = expected.iter().enumerate().find(|&(line, len)| text.line(line) != *len);
    match wrong {
        Some((line, len)) => {
            let number = u8::try_from(line + 1).unwrap_or(u8::MAX);
            Error::new(ErrorKind::MrzLineLength, Part::Mrz(number), text.line(line).min(*len))
        }
        None => Error::new(ErrorKind::MrzLayout, Part::Mrz(1), 0),
    }
}

/// The candidates that a reader names for unread positions, as positions of the joined zone with the best first.
///
/// Readers of the Microscan kind write a group between two GS characters for each position in doubt.
#[must_use]
pub fn candidates(input: &[u8], marks: &ReaderMarks) -> Vec<(usize, Vec<u8>)> {
    let mut found = Vec::new();
    let mut position = 0;
    let mut at = 0;
    while let Some(&byte) = input.get(at).filter(|_| at < MAX_INPUT && position < MAX_CHARACTERS) {
        at += 1;
        match marks.class(byte) {
            Class::LineEnd | Class::Skip => continue,
            Class::Group => {
                let Ok(end) = end_of_group(input, at) else {
                    break;
                };
                let group = input.get(at..end - 1).unwrap_or_default();
                let known = group.iter().copied().filter(|&byte| marks.class(byte) == Class::Character);
                found.push((position, known.collect()));
                at = end;
            }
            Class::NotAscii => {
                let mut probe = Collected { characters: [0; MAX_CHARACTERS], len: 0, ends: [0; MAX_LINES], lines: 0 };
                at = not_ascii(input, at - 1, &mut probe);
                position += probe.len;
                continue;
            }
            _ => {}
        }
        position += 1;
    }
    found
}
