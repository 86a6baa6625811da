//! What the features of a seal hold, by the coding that their profile gives them.

use super::profile::{Coding, FeatureSpec, Profile};
use crate::date::Date;
use crate::deviation::Deviation;
use crate::payload::{Problems, c40};
use crate::secret::Secret;
use serde::Serialize;
use serde::ser::SerializeMap;

/// How long the holder of a visa may stay (Doc 9303-7 §9.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stay {
    /// So many days, months and years together.
    For {
        /// Days.
        days: u8,
        /// Months.
        months: u8,
        /// Years.
        years: u8,
    },
    /// Until the visa ends.
    UntilVisaEnds,
    /// Decided at the border.
    DecidedAtBorder,
    /// Transit: no entry.
    TransitOnly,
}

/// The value of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Text.
    Text(Secret<String>),
    /// The lines of a machine-readable zone.
    Zone(Secret<String>),
    /// A number of one byte.
    Number(u8),
    /// How long the holder may stay.
    Stay(Stay),
    /// A whole day.
    Date(Date),
    /// From when to when; one side may be open.
    Period(Option<Date>, Option<Date>),
    /// Bytes that mean nothing more here.
    Bytes,
}

/// One feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its tag.
    pub tag: u8,
    /// Its name, if the profile has the tag.
    pub name: Option<&'static str>,
    /// What it says.
    pub value: Value,
    /// The bytes themselves.
    pub raw: Secret<Vec<u8>>,
}

impl Serialize for Feature {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("tag", &self.tag)?;
        map.serialize_entry("name", &self.name)?;
        match &self.value {
            Value::Text(text) => map.serialize_entry("value", text)?,
            Value::Zone(text) => map.serialize_entry("value", &text.reveal().split('\n').collect::<Vec<_>>())?,
            Value::Number(number) => map.serialize_entry("value", number)?,
            Value::Stay(stay) => map.serialize_entry("value", stay)?,
            Value::Date(date) => map.serialize_entry("value", date)?,
            Value::Period(from, to) => map.serialize_entry("value", &(from, to))?,
            Value::Bytes => {}
        }
        let hexadecimal = data_encoding::HEXLOWER;
        let raw = hexadecimal.encode_display(self.raw.reveal());
        map.serialize_entry("raw", &format_args!("{raw}"))?;
        map.end()
    }
}

impl Feature {
    /// Reads a feature by its profile; without one, or with a tag that is not in it, it is bytes.
    pub(super) fn read(tag: u8, raw: &[u8], profile: Option<&Profile>, at: usize, problems: &mut Problems) -> Self {
        let spec = profile.and_then(|profile| profile.feature(tag));
        if profile.is_some_and(|profile| spec.is_none() && !profile.open) {
            problems.note(Deviation::FieldUnknown, "features", at);
        }
        let value = spec.map_or(Value::Bytes, |spec| value(spec, raw, at, problems));
        Self { tag, name: spec.map(|spec| spec.name), value, raw: Secret::new(raw.to_vec()) }
    }
}

/// The value of `raw` under `spec`; what does not fit its coding stays bytes.
pub(in crate::payload) fn value(spec: &FeatureSpec, raw: &[u8], at: usize, problems: &mut Problems) -> Value {
    if !(spec.least..=spec.most).contains(&raw.len()) {
        problems.note(Deviation::FieldLength, spec.name, at);
    }
    let (read, deviation) = match spec.coding {
        Coding::Bytes => return Value::Bytes,
        Coding::C40 => (text(raw).map(Value::Text), Deviation::C40Malformed),
        Coding::Zone(lines) => (zone(raw, lines).map(Value::Zone), Deviation::C40Malformed),
        Coding::Utf8 => (utf8(raw).map(Value::Text), Deviation::FieldMalformed),
        Coding::Byte => (one(raw).map(Value::Number), Deviation::FieldLength),
        Coding::Stay => (stay(raw).map(Value::Stay), Deviation::FieldLength),
        Coding::Day => (day(raw).map(Value::Date), Deviation::DateImpossible),
        Coding::Period => (period(raw), Deviation::DateImpossible),
    };
    read.unwrap_or_else(|| {
        problems.note(deviation, spec.name, at);
        Value::Bytes
    })
}

/// C40 without the blanks that fill it up.
fn text(raw: &[u8]) -> Option<Secret<String>> {
    let text = c40::decode(raw).ok()?;
    Some(Secret::new(text.reveal().trim_end().to_owned()))
}

/// Lines of so many characters; a last line that is stored short is filled up to the length of the first.
fn zone(raw: &[u8], lines: &[usize]) -> Option<Secret<String>> {
    let text = c40::decode(raw).ok()?;
    let mut characters = text.reveal().chars();
    let width = lines.first().copied().unwrap_or(0);
    // Some issuers store the last line whole.
    let whole = vec![width; lines.len()];
    let lines = if text.reveal().len() >= width * lines.len() { &whole } else { lines };
    let mut zone = String::with_capacity((width + 1) * lines.len());
    for (index, length) in lines.iter().enumerate() {
        if index > 0 {
            zone.push('\n');
        }
        let line = characters.by_ref().take(*length).map(|c| if c == ' ' { '<' } else { c });
        let before = zone.len();
        zone.extend(line);
        if zone.len() - before < *length {
            return None;
        }
        zone.extend(core::iter::repeat_n('<', width.saturating_sub(*length)));
    }
    characters.all(|rest| rest == ' ').then(|| Secret::new(zone))
}

fn utf8(raw: &[u8]) -> Option<Secret<String>> {
    core::str::from_utf8(raw).ok().map(Secret::from)
}

fn one(raw: &[u8]) -> Option<u8> {
    match *raw {
        [byte] => Some(byte),
        _ => None,
    }
}

fn stay(raw: &[u8]) -> Option<Stay> {
    match *raw {
        [0, 0, 0] => Some(Stay::UntilVisaEnds),
        [0xFF, 0xFF, 0xFF] => Some(Stay::DecidedAtBorder),
        [0xFE, 0xFE, 0xFE] => Some(Stay::TransitOnly),
        [days, months, years] => Some(Stay::For { days, months, years }),
        _ => None,
    }
}

/// Eight digits `YYYYMMDD`.
fn day(raw: &[u8]) -> Option<Date> {
    if raw.len() != 8 || !raw.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number: u32 = core::str::from_utf8(raw).ok()?.parse().ok()?;
    let part = |value: u32| u8::try_from(value).ok();
    Date::new(u16::try_from(number / 10_000).ok()?, part(number / 100 % 100)?, part(number % 100)?)
}

/// Two days with a NUL between them, each of which may be left out.
fn period(raw: &[u8]) -> Option<Value> {
    let mut sides = raw.splitn(2, |byte| *byte == 0);
    let mut side = || match sides.next() {
        None | Some([]) => Some(None),
        Some(digits) => day(digits).map(Some),
    };
    Some(Value::Period(side()?, side()?))
}
