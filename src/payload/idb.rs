//! The ICAO data structure for barcodes, as two open implementations agree on it.
//!
//! ```text
//! RDB1 | flag | base32 of:  header | 61 message group | 7E certificate | 7F signature
//! flag    'A' + 1 if signed + 2 if compressed
//! header  country C40 2, and if signed: algorithm 1, certificate reference 5, signature date 4
//! ```
//!
//! What is signed is header and message group as they stand, uncompressed. Lengths are those of DER. Messages of the
//! profile are read with it, others are kept as bytes.
//!
//! Not done: what national documents have to contain beyond the list of messages that they must have.
//!
//! Hostile input could inflate without end: [`MAX_INFLATED`] ends it. Nesting is that of the profile, no deeper.

mod profile;
mod write;

pub use write::{Write, write};

use self::profile::{MessageCoding, MessageSpec};
use super::vds::{Value, hex_option, read_date, read_value};
use super::{Problems, base32, c40};
use crate::bytes::Cursor;
use crate::date::PartialDate;
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;
use crate::secret::Secret;
use serde::Serialize;
use serde::ser::SerializeMap;

/// The most bytes that a compressed payload may inflate to.
pub const MAX_INFLATED: usize = 64 << 10;
/// The most messages that are read in one group.
const MAX_MESSAGES: usize = 64;

const MESSAGE_GROUP: u8 = 0x61;
const CERTIFICATE: u8 = 0x7E;
const SIGNATURE: u8 = 0x7F;

numbered! {
    /// How a barcode is signed.
    pub enum Algorithm {
        /// ECDSA with SHA-256.
        EcdsaSha256 = 1, "ecdsa_sha256";
        /// ECDSA with SHA-384.
        EcdsaSha384 = 2, "ecdsa_sha384";
        /// ECDSA with SHA-512.
        EcdsaSha512 = 3, "ecdsa_sha512";
    }
}

/// By whom, how and when a barcode was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signing {
    /// How.
    pub algorithm: Option<Algorithm>,
    /// The last five bytes of the SHA-1 of the signer's certificate.
    #[serde(serialize_with = "hex")]
    pub certificate_reference: Vec<u8>,
    /// When, as far as it says.
    pub date: Option<PartialDate>,
}

#[allow(clippy::ptr_arg, reason = "serde asks for it")]
fn hex<S: serde::Serializer>(bytes: &Vec<u8>, serializer: S) -> core::result::Result<S::Ok, S::Error> {
    serializer.collect_str(&data_encoding::HEXLOWER.encode_display(bytes))
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A value like those of seals.
    Value(Value),
    /// A day that may be partly unknown.
    Masked(Option<PartialDate>),
    /// A moment as it is written, `MMDDCCYYhhmmss`.
    Moment(Secret<String>),
    /// Messages in it.
    Messages(Vec<Message>),
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its tag.
    pub tag: u8,
    /// Its name, if the profile has the tag.
    pub name: Option<&'static str>,
    /// What it says.
    pub content: Content,
    /// Its bytes.
    pub raw: Secret<Vec<u8>>,
}

impl Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("tag", &self.tag)?;
        map.serialize_entry("name", &self.name)?;
        match &self.content {
            Content::Value(Value::Text(text)) => map.serialize_entry("value", text)?,
            Content::Value(Value::Zone(text)) => {
                map.serialize_entry("value", &text.reveal().split('\n').collect::<Vec<_>>())?;
            }
            Content::Value(Value::Number(number)) => map.serialize_entry("value", number)?,
            Content::Value(Value::Stay(stay)) => map.serialize_entry("value", stay)?,
            Content::Value(_) => {}
            Content::Masked(date) => map.serialize_entry("value", date)?,
            Content::Moment(text) => map.serialize_entry("value", text)?,
            Content::Messages(messages) => return serialize_nested(map, messages),
        }
        let hexadecimal = data_encoding::HEXLOWER;
        let raw = hexadecimal.encode_display(self.raw.reveal());
        map.serialize_entry("raw", &format_args!("{raw}"))?;
        map.end()
    }
}

fn serialize_nested<M: SerializeMap>(mut map: M, messages: &[Message]) -> core::result::Result<M::Ok, M::Error> {
    map.serialize_entry("messages", messages)?;
    map.end()
}

/// A barcode that was read. Whether it is genuine is asked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Barcode {
    /// The code of the issuing country, without fillers.
    pub issuing_country: Secret<String>,
    /// By whom it is signed, if it is.
    pub signing: Option<Signing>,
    /// Whether it was compressed.
    pub compressed: bool,
    /// What it says.
    pub messages: Vec<Message>,
    /// The certificate of the signer, if it came along.
    #[serde(serialize_with = "hex_option")]
    pub certificate: Option<Vec<u8>>,
    /// The signature, `r` and `s` of equal length.
    #[serde(serialize_with = "hex_option")]
    pub signature: Option<Vec<u8>>,
    #[serde(skip)]
    signed: Secret<Vec<u8>>,
    /// What is not as the format asks.
    pub problems: Problems,
}

impl Barcode {
    /// Header and message group: the bytes that the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> &[u8] {
        self.signed.reveal()
    }

    /// The first message that the profile calls so, wherever it stands.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Message> {
        find(&self.messages, &|message| message.name == Some(name))
    }

    /// The first machine-readable zone in it, as lines.
    #[must_use]
    pub fn zone(&self) -> Option<&Secret<String>> {
        let is_zone = |message: &Message| matches!(message.content, Content::Value(Value::Zone(_)));
        match &find(&self.messages, &is_zone)?.content {
            Content::Value(Value::Zone(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a message.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&Secret<String>> {
        match &self.named(name)?.content {
            Content::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

fn find<'m>(messages: &'m [Message], wanted: &dyn Fn(&Message) -> bool) -> Option<&'m Message> {
    messages.iter().find_map(|message| match &message.content {
        _ if wanted(message) => Some(message),
        Content::Messages(inner) => find(inner, wanted),
        _ => None,
    })
}

const fn error(kind: ErrorKind, offset: usize) -> Error {
    Error::new(kind, Part::Seal, offset)
}

/// Whether this looks like such a barcode.
pub(super) fn is_barcode(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    let prefix = |prefix: &[u8]| text.get(..4).is_some_and(|own| own.eq_ignore_ascii_case(prefix));
    (prefix(b"RDB1") || prefix(b"NDB1")) && text.len() > 5
}

/// Reads a barcode.
///
/// # Errors
/// `PayloadHeader` without prefix and flag, `PayloadArmour` for what is no base32, `PayloadInflate` and
/// `PayloadInflatedTooLarge` for what cannot be inflated, `PayloadLength` for a length that leads beyond the end.
pub fn read(bytes: &[u8]) -> Result<Barcode> {
    let mut problems = Problems::default();
    let text = bytes.trim_ascii();
    let (Some(prefix), Some(flag), Some(armoured)) = (text.get(..4), text.get(4), text.get(5..)) else {
        return Err(error(ErrorKind::PayloadHeader, 0));
    };
    if prefix.eq_ignore_ascii_case(b"NDB1") {
        problems.note(Deviation::PrefixOld, "prefix", 0);
    } else if !prefix.eq_ignore_ascii_case(b"RDB1") {
        return Err(error(ErrorKind::PayloadHeader, 0));
    }
    let flag = flag.to_ascii_uppercase().wrapping_sub(b'A');
    if flag > 3 {
        return Err(error(ErrorKind::PayloadHeader, 4));
    }
    let binary = zeroize::Zeroizing::new(base32::decode(armoured, 5, &mut problems)?);
    let binary = if flag & 2 == 0 { binary } else { inflate(&binary)? };
    frame(&binary, flag, problems)
}

/// Inflates the whole of it: bytes behind the stream are not signed, and nobody may think that they were.
fn inflate(binary: &[u8]) -> Result<zeroize::Zeroizing<Vec<u8>>> {
    use miniz_oxide::inflate::TINFLStatus;
    use miniz_oxide::inflate::core::inflate_flags::{
        TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    };
    use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
    let mut inflated = zeroize::Zeroizing::new(vec![0; MAX_INFLATED]);
    let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, read, written) = decompress(&mut DecompressorOxide::new(), binary, &mut inflated, 0, flags);
    match status {
        TINFLStatus::Done if read == binary.len() => {
            inflated.truncate(written);
            Ok(inflated)
        }
        TINFLStatus::HasMoreOutput => Err(error(ErrorKind::PayloadInflatedTooLarge, 5)),
        _ => Err(error(ErrorKind::PayloadInflate, 5)),
    }
}

/// Reads header, message group, certificate and signature.
fn frame(binary: &[u8], flag: u8, mut problems: Problems) -> Result<Barcode> {
    let mut cursor = Cursor::new(binary, Part::Seal);
    let country = c40::decode(cursor.take(2)?).map_err(|at| error(ErrorKind::PayloadHeader, at))?;
    let signing = if flag & 1 == 1 { Some(signing(&mut cursor, &mut problems)?) } else { None };
    let mut barcode = Barcode {
        issuing_country: Secret::new(country.reveal().trim_end().to_owned()),
        signing,
        compressed: flag & 2 != 0,
        messages: Vec::new(),
        certificate: None,
        signature: None,
        signed: Secret::default(),
        problems,
    };
    let mut seen = false;
    while !cursor.is_empty() {
        let at = cursor.offset();
        let (tag, value) = tlv(&mut cursor)?;
        match tag {
            MESSAGE_GROUP if !seen => {
                seen = true;
                let inner = Cursor::at(value, Part::Seal, cursor.offset() - value.len());
                barcode.messages = messages(inner, profile::MESSAGES, &mut barcode.problems)?;
                barcode.signed = Secret::new(binary.get(..cursor.offset()).unwrap_or(binary).to_vec());
            }
            CERTIFICATE if barcode.certificate.is_none() => barcode.certificate = Some(value.to_vec()),
            SIGNATURE if barcode.signature.is_none() => barcode.signature = Some(value.to_vec()),
            _ => return Err(error(ErrorKind::PayloadHeader, at)),
        }
    }
    if !seen {
        return Err(error(ErrorKind::PayloadHeader, cursor.offset()));
    }
    examine(&mut barcode, cursor.offset());
    Ok(barcode)
}

fn signing(cursor: &mut Cursor<'_>, problems: &mut Problems) -> Result<Signing> {
    let at = cursor.offset();
    let algorithm = Algorithm::from_number(u32::from(cursor.u8()?));
    if algorithm.is_none() {
        problems.note(Deviation::CodeUnknown, "algorithm", at);
    }
    let certificate_reference = cursor.take(5)?.to_vec();
    let at = cursor.offset();
    let date = masked(cursor.take(4)?);
    if date.is_none() {
        problems.note(Deviation::DateImpossible, "signature_date", at);
    }
    Ok(Signing { algorithm, certificate_reference, date })
}

/// What header and content say of each other, and what a national document must have.
fn examine(barcode: &mut Barcode, at: usize) {
    let signed = barcode.signing.is_some();
    match &barcode.signature {
        Some(_) if !signed => barcode.problems.note(Deviation::HeaderContradicts, "signature", at),
        None if signed => barcode.problems.note(Deviation::HeaderContradicts, "signature", at),
        None => barcode.problems.note(Deviation::Unsigned, "signature", at),
        Some(signature) if signature.is_empty() || signature.len() % 2 != 0 => {
            barcode.problems.note(Deviation::FieldLength, "signature", at);
        }
        Some(_) => {}
    }
    let national = barcode.messages.iter().find(|message| message.tag == profile::NATIONAL_DOCUMENT);
    let Some([number]) = national.map(|message| message.raw.reveal().as_slice()) else {
        return;
    };
    let Some((_, required)) = profile::GERMAN_DOCUMENTS.iter().find(|(own, ..)| own == number) else {
        barcode.problems.note(Deviation::CodeUnknown, "national_document", at);
        return;
    };
    for tag in *required {
        if !barcode.messages.iter().any(|message| message.tag == *tag) {
            let name = profile::message(profile::MESSAGES, *tag).map_or("messages", |spec| spec.name);
            barcode.problems.note(Deviation::FeatureMissing, name, at);
        }
    }
}

/// One tag, length and value.
fn tlv<'a>(cursor: &mut Cursor<'a>) -> Result<(u8, &'a [u8])> {
    let tag = cursor.u8()?;
    let at = cursor.offset();
    let length = match cursor.u8()? {
        short @ 0..=0x7F => usize::from(short),
        0x81 => usize::from(cursor.u8()?),
        0x82 => usize::from(cursor.u16()?),
        _ => return Err(error(ErrorKind::PayloadLength, at)),
    };
    Ok((tag, cursor.take(length).map_err(|_| error(ErrorKind::PayloadLength, at))?))
}

/// The messages of a group, or those inside of one.
fn messages(mut cursor: Cursor<'_>, specs: &'static [MessageSpec], problems: &mut Problems) -> Result<Vec<Message>> {
    let mut messages = Vec::new();
    while !cursor.is_empty() {
        let (tag, value) = tlv(&mut cursor)?;
        let at = cursor.offset() - value.len();
        if messages.len() >= MAX_MESSAGES {
            return Err(error(ErrorKind::BudgetExceeded, at));
        }
        let spec = profile::message(specs, tag);
        let content = match spec {
            Some(spec) => content(spec, value, at, problems),
            None => {
                problems.note(Deviation::FieldUnknown, "messages", at);
                Content::Value(Value::Bytes)
            }
        };
        messages.push(Message { tag, name: spec.map(|spec| spec.name), content, raw: Secret::new(value.to_vec()) });
    }
    for spec in specs.iter().filter(|spec| spec.required) {
        if !messages.iter().any(|message| message.tag == spec.tag) {
            problems.note(Deviation::FeatureMissing, spec.name, cursor.offset());
        }
    }
    Ok(messages)
}

fn content(spec: &MessageSpec, value: &[u8], at: usize, problems: &mut Problems) -> Content {
    match spec.coding {
        MessageCoding::Nested(inner) => {
            // What is no list of messages costs itself and nothing else.
            match messages(Cursor::at(value, Part::Seal, at), inner, problems) {
                Ok(messages) => Content::Messages(messages),
                Err(_) => {
                    problems.note(Deviation::FieldMalformed, spec.name, at);
                    Content::Value(Value::Bytes)
                }
            }
        }
        MessageCoding::Masked => {
            let date = masked(value);
            if date.is_none() {
                problems.note(Deviation::DateImpossible, spec.name, at);
            }
            Content::Masked(date)
        }
        MessageCoding::Moment => match moment(value) {
            Some(text) => Content::Moment(text),
            None => {
                problems.note(Deviation::DateImpossible, spec.name, at);
                Content::Value(Value::Bytes)
            }
        },
        MessageCoding::Like(coding) => {
            let spec = super::vds::FeatureSpec {
                tag: spec.tag,
                name: spec.name,
                coding,
                least: spec.least,
                most: spec.most,
                required: spec.required,
            };
            Content::Value(read_value(&spec, value, at, problems))
        }
    }
}

/// A day of which digits may be masked: a bit for each digit of `MMDDCCYY`, the first the highest.
fn masked(value: &[u8]) -> Option<PartialDate> {
    let [mask, a, b, c] = *value else { return None };
    let number = u32::from_be_bytes([0, a, b, c]);
    if mask == 0 {
        return read_date(number).map(PartialDate::from);
    }
    // A part of which one digit is unknown is unknown.
    let part = |bits: u8, value: u32| if mask & bits == 0 { Some(value) } else { None };
    let small = |value: Option<u32>| value.map(u8::try_from).transpose().ok();
    let month = small(part(0b1100_0000, number / 1_000_000))?;
    let day = small(part(0b0011_0000, number / 10_000 % 100))?;
    let year = part(0b0000_1111, number % 10_000).map(u16::try_from).transpose().ok()?;
    PartialDate::new(year, month, day)
}

/// A moment of six bytes, as fourteen digits.
fn moment(value: &[u8]) -> Option<Secret<String>> {
    let bytes: [u8; 6] = value.try_into().ok()?;
    let number = bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let text = format!("{number:014}");
    let date = read_date(u32::try_from(number / 1_000_000).ok()?);
    let clock = [number / 10_000 % 100 < 24, number / 100 % 100 < 60, number % 100 < 61];
    (text.len() == 14 && date.is_some() && clock.iter().all(|fits| *fits)).then(|| Secret::new(text))
}

#[cfg(test)]
mod tests;
