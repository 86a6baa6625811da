//! Directory files (LDIF, RFC 2849) in the part that the ICAO public key directory uses.
//!
//! ```text
//! # a comment
//! dn: o=dsc,c=UT,dc=data
//! userCertificate;binary:: MIIE…          base64, folded: a line that begins with a blank
//!  goes on here                           continues the one before it
//! pkdVersion: 17
//!                                         an empty line ends the entry
//! ```
//!
//! An attribute may stand several times in one entry, and options (`;binary`) do not make another attribute. The reader
//! takes pieces of any size, keeps one entry's name and one value, and hands each binary value over as soon as it is
//! complete. Values by address (`:<`) are never fetched. Change records are read as entries: what they would add counts.
//!
//! Hostile input could bring a line without end, or base64 that is none: a value has a ceiling, what is over it is
//! dropped up to the end of its line, and either is told with the entry's name.

use crate::error::{Error, ErrorKind, Part};
use data_encoding::BASE64;

/// The longest value that is read, in characters of base64: a master list of twelve megabytes.
pub const MAX_VALUE: usize = 1 << 24;

/// The longest name of an entry that is kept, in bytes.
const MAX_NAME: usize = 512;

/// The longest name of an attribute, with its options.
const MAX_ATTRIBUTE: usize = 128;

/// One binary value of an entry.
#[derive(Debug)]
pub struct Value<'a> {
    /// The number of the entry, from 1.
    pub entry: u64,
    /// The name of the entry, cut after 512 bytes.
    pub name: &'a str,
    /// The attribute in lower case, without options.
    pub attribute: &'a str,
    /// The value, or why it cannot be read.
    pub bytes: Result<Vec<u8>, Error>,
}

/// Whether `bytes` begin like a directory file.
#[must_use]
pub fn is_ldif(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take(64);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"#"));
    first.is_some_and(|line| [&b"version:"[..], b"dn:"].iter().any(|word| begins(line, word)))
}

fn begins(line: &[u8], word: &[u8]) -> bool {
    line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Reads a directory file in pieces.
#[derive(Debug, Default)]
pub struct LdifReader {
    /// The line so far, its continuations put together.
    line: Vec<u8>,
    /// The line is over the ceiling and what follows of it is dropped.
    dropped: bool,
    /// Where the reader stands within the physical line.
    place: Place,
    /// How many bytes were read, and where the line began.
    read: u64,
    began: u64,
    entry: u64,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Start,
    /// Inside a line, or inside the continuation of one.
    Inside,
}

impl LdifReader {
    /// A reader at the beginning of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries have begun.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.entry
    }

    /// Takes the next piece of the file and hands over every value that is complete.
    pub fn feed(&mut self, piece: &[u8], sink: &mut impl FnMut(Value<'_>)) {
        let mut rest = piece;
        while let Some(first) = rest.first() {
            if self.place == Place::Start {
                if *first == b' ' {
                    self.place = Place::Inside;
                    rest = self.skip(rest, 1);
                    continue;
                }
                self.end_line(sink);
                self.began = self.read;
                self.place = Place::Inside;
            }
            let end = rest.iter().position(|byte| *byte == b'\n');
            let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            self.keep(line);
            rest = self.skip(rest, line.len() + usize::from(end.is_some()));
            if end.is_some() {
                self.place = Place::Start;
                if self.line.last() == Some(&b'\r') {
                    self.line.pop();
                }
            }
        }
    }

    /// Ends the file.
    pub fn finish(&mut self, sink: &mut impl FnMut(Value<'_>)) {
        self.end_line(sink);
    }

    fn skip<'b>(&mut self, bytes: &'b [u8], count: usize) -> &'b [u8] {
        self.read = self.read.saturating_add(count as u64);
        bytes.get(count..).unwrap_or_default()
    }

    fn keep(&mut self, bytes: &[u8]) {
        let most = MAX_VALUE + MAX_ATTRIBUTE;
        if self.dropped || self.line.len() + bytes.len() > most {
            self.dropped = true;
        } else {
            self.line.extend_from_slice(bytes);
        }
    }

    /// Looks at a whole line.
    fn end_line(&mut self, sink: &mut impl FnMut(Value<'_>)) {
        let line = core::mem::take(&mut self.line);
        let dropped = core::mem::take(&mut self.dropped);
        if line.is_empty() {
            self.name.clear();
            return;
        }
        if !line.starts_with(b"#") {
            self.attribute(&line, dropped, sink);
        }
        // The room is used again for the next line.
        self.line = line;
        self.line.clear();
    }

    fn attribute(&mut self, line: &[u8], dropped: bool, sink: &mut impl FnMut(Value<'_>)) {
        let colon = line.iter().take(MAX_ATTRIBUTE).position(|byte| *byte == b':');
        let Some((attribute, rest)) = colon.and_then(|at| Some((line.get(..at)?, line.get(at + 1..)?))) else {
            return;
        };
        let attribute = attribute.split(|byte| *byte == b';').next().unwrap_or_default().to_ascii_lowercase();
        let attribute = String::from_utf8_lossy(&attribute);
        let encoded = rest.strip_prefix(b":");
        if attribute == "dn" {
            self.begin(encoded, rest);
            return;
        }
        let wrong = |kind| {
            let offset = usize::try_from(self.began).unwrap_or(usize::MAX);
            Error::new(kind, Part::Input, offset)
        };
        let bytes = match encoded {
            _ if dropped => Err(wrong(ErrorKind::TooLarge)),
            Some(text) => decode(text).ok_or(wrong(ErrorKind::TrustLdif)),
            None => return,
        };
        sink(Value { entry: self.entry, name: &self.name, attribute: &attribute, bytes });
    }

    /// Begins an entry with its name.
    fn begin(&mut self, encoded: Option<&[u8]>, plain: &[u8]) {
        self.entry = self.entry.saturating_add(1);
        let name = encoded.and_then(decode).unwrap_or_else(|| plain.trim_ascii().to_vec());
        let name = name.get(..MAX_NAME).unwrap_or(&name);
        self.name = String::from_utf8_lossy(name).into_owned();
    }
}

fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    if text.iter().any(u8::is_ascii_whitespace) {
        let joined: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        return BASE64.decode(&joined).ok();
    }
    BASE64.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Seen = Vec<(u64, String, String, Result<Vec<u8>, ErrorKind>)>;

    fn read(file: &[u8], size: usize) -> Seen {
        let mut seen = Vec::new();
        let mut sink = |value: Value<'_>| {
            let bytes = value.bytes.map_err(|error| error.kind);
            seen.push((value.entry, value.name.to_owned(), value.attribute.to_owned(), bytes));
        };
        let mut reader = LdifReader::new();
        for piece in file.chunks(size) {
            reader.feed(piece, &mut sink);
        }
        reader.finish(&mut sink);
        seen
    }

    const FILE: &str = "version: 1\n# a comment\n  that goes on:: AQID\n\ndn: c=UT\nuserCertificate;binary:: AQ\n I\n D\r\n\
        userCertificate;binary::AQIE\npkdVersion: 7\n\ndn:: Yz1OWg==\r\nobjectClass: top\r\nCertificateRevocationList:: A*\r\n\
        jpegPhoto:< file:///etc/passwd\r\nno colon\r\ndescription:: BQ==";

    #[test]
    fn values_are_folded_repeated_and_told_with_their_entry_however_the_file_is_cut() {
        let text = |text: &str| text.to_owned();
        let expected: Seen = vec![
            (1, text("c=UT"), text("usercertificate"), Ok(vec![1, 2, 3])),
            (1, text("c=UT"), text("usercertificate"), Ok(vec![1, 2, 4])),
            (2, text("c=NZ"), text("certificaterevocationlist"), Err(ErrorKind::TrustLdif)),
            (2, text("c=NZ"), text("description"), Ok(vec![5])),
        ];
        for size in [1, 2, 3, 7, 64, 4096] {
            assert_eq!(read(FILE.as_bytes(), size), expected, "{size}");
        }
        assert!(is_ldif(FILE.as_bytes()) && is_ldif(b"\n# x\nDN: c=UT\n"));
        assert!(!is_ldif(b"-----BEGIN X-----") && !is_ldif(b"") && !is_ldif(&[0x30, 0x82]));
    }

    #[test]
    fn a_line_without_end_takes_no_more_room_than_a_value_may_and_the_next_is_read() {
        let mut seen = Vec::new();
        let mut sink = |value: Value<'_>| seen.push(value.bytes.map_err(|error| error.kind));
        let mut reader = LdifReader::new();
        reader.feed(b"dn: c=UT\na:: ", &mut sink);
        let piece = vec![b'A'; 1 << 20];
        for _ in 0..20 {
            reader.feed(&piece, &mut sink);
        }
        assert!(reader.line.capacity() <= 3 * MAX_VALUE);
        reader.feed(b"\nb:: AQ==\n", &mut sink);
        reader.finish(&mut sink);
        assert_eq!(seen, [Err(ErrorKind::TooLarge), Ok(vec![1])]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_the_same_in_one_piece_and_in_many(text in "[dn:# a=\\n\\rAQ;]{0,60}", size in 1_usize..9) {
            prop_assert_eq!(read(text.as_bytes(), size), read(text.as_bytes(), 1 << 12));
        }
    }
}
