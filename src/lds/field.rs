//! What the data groups share: lists of data objects, tag lists, text, dates.
//!
//! Data groups are written by hundreds of manufacturers; their readers here are lenient in the same way. An element that
//! is unknown, stands twice or cannot be read as a date is noted, and the rest of the file is read. What breaks the
//! encoding itself is an error. Hostile input could fill a file with the smallest elements there are: every list ends at
//! [`MAX_ITEMS`] with `BudgetExceeded`.

use crate::asn1::{Reader, Tag, Tlv, tag_list};
use crate::date::{Date, PartialDate, Time};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use crate::secret::Secret;

/// How many items a list inside a file may have: templates, images, names, security infos.
pub const MAX_ITEMS: usize = 128;

/// The data objects inside `tlv`, in their order.
///
/// # Errors
/// `Asn1Tag` if `tlv` is primitive, and as [`rest_of`].
pub(super) fn objects<'a>(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Vec<Tlv<'a>>> {
    rest_of(&mut tlv.children()?, seen)
}

/// The data objects that are left in `reader`.
///
/// # Errors
/// `BudgetExceeded` beyond [`MAX_ITEMS`], and those of the ASN.1 reader.
pub(super) fn rest_of<'a>(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Vec<Tlv<'a>>> {
    let mut objects = Vec::new();
    while let Some(object) = reader.next(seen)? {
        if objects.len() == MAX_ITEMS {
            return Err(object.error(ErrorKind::BudgetExceeded));
        }
        objects.push(object);
    }
    Ok(objects)
}

/// The first data object with this tag.
pub(super) fn find<'a, 'b>(objects: &'b [Tlv<'a>], tag: u32) -> Option<&'b Tlv<'a>> {
    objects.iter().find(|object| object.tag.0 == tag)
}

/// Notes `deviation` at `tlv`.
pub(super) fn note(deviation: Deviation, tlv: &Tlv<'_>, seen: &mut Deviations) {
    seen.note(deviation, tlv.part(), tlv.offset());
}

/// Notes if `declared` is not `found`.
pub(super) fn compare_count(declared: u64, found: usize, at: &Tlv<'_>, seen: &mut Deviations) {
    if u64::try_from(found) != Ok(declared) {
        note(Deviation::DeclaredCount, at, seen);
    }
}

/// The unsigned number that up to four octets are, most significant first; `None` for none and for more.
pub(super) fn number(tlv: &Tlv<'_>) -> Option<u32> {
    let fits = (1..=4).contains(&tlv.value.len());
    let value = tlv.value.iter().fold(0_u64, |value, octet| value << 8 | u64::from(*octet));
    u32::try_from(value).ok().filter(|_| fits)
}

/// The text of a data object: UTF-8, or ISO 8859-1 with a note.
pub(super) fn text(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Secret<String>> {
    tlv.text_as(Tag::UTF8_STRING, seen).map(|text| Secret::new(text.into_owned()))
}

/// Puts the text of `tlv` into `field`, or notes that the field was there before.
///
/// # Errors
/// Those of [`text`].
pub(super) fn set_text(field: &mut Option<Secret<String>>, tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<()> {
    match field {
        Some(_) => note(Deviation::RepeatedElement, tlv, seen),
        None => *field = Some(text(tlv, seen)?),
    }
    Ok(())
}

/// Puts `value` into `field`, or notes that the field was there before.
pub(super) fn set<T>(field: &mut Option<T>, value: Option<T>, tlv: &Tlv<'_>, seen: &mut Deviations) {
    match field {
        Some(_) => note(Deviation::RepeatedElement, tlv, seen),
        None => *field = value,
    }
}

/// The names in a template `A0 { 02 01 n, name … }`, each with the tag `name`.
///
/// # Errors
/// Those of the ASN.1 reader, if the count is missing or no number.
pub(super) fn names(template: &Tlv<'_>, name: u32, seen: &mut Deviations) -> Result<Vec<Secret<String>>> {
    let mut inner = template.children()?;
    let declared = inner.small_integer(seen)?;
    let objects = rest_of(&mut inner, seen)?;
    compare_count(declared, objects.len(), template, seen);
    let mut names = Vec::new();
    for object in &objects {
        if object.tag.0 == name {
            names.push(text(object, seen)?);
        } else {
            note(Deviation::UnknownElement, object, seen);
        }
    }
    Ok(names)
}

/// Compares the tag list `5C` with the objects that follow it; `name` is the tag that the template A0 holds.
///
/// The list should name `name` for the template; some issuers (Belarus) name the template itself. Order and repetition
/// do not matter. A file with elements and without a list lacks an element.
pub(super) fn compare_tag_list(objects: &[Tlv<'_>], name: u32, seen: &mut Deviations) -> Result<()> {
    let Some(list) = find(objects, 0x5C) else {
        if let Some(first) = objects.first() {
            note(Deviation::MissingElement, first, seen);
        }
        return Ok(());
    };
    let mut listed: Vec<u32> = tag_list(list)?.iter().map(|tag| tag.0).collect();
    if listed.contains(&0xA0) {
        note(Deviation::TagListTemplate, list, seen);
    }
    let template = |tag| if tag == 0xA0 { name } else { tag };
    listed.iter_mut().for_each(|tag| *tag = template(*tag));
    let present = objects.iter().map(|object| template(object.tag.0));
    let mut present: Vec<u32> = present.filter(|tag| *tag != 0x5C).collect();
    for tags in [&mut listed, &mut present] {
        tags.sort_unstable();
        tags.dedup();
    }
    if listed != present {
        note(Deviation::TagList, list, seen);
    }
    Ok(())
}

/// The digits of a date or time: `N` ASCII digits, or half as many octets of two digits each.
///
/// Parts of a date that are not known may be zeros, `<`, `X` or blanks; they come out as zeros. Any other character, and
/// any other length, is no date.
fn digits<const N: usize>(value: &[u8]) -> Option<[u8; N]> {
    let mut out = [0; N];
    if value.len() == N {
        out.copy_from_slice(value);
    } else if value.len() * 2 == N {
        for (pair, octet) in out.chunks_exact_mut(2).zip(value) {
            pair.copy_from_slice(&[b'0' + (octet >> 4), b'0' + (octet & 0x0F)]);
        }
    } else {
        return None;
    }
    for digit in &mut out {
        *digit = match *digit {
            b'<' | b'X' | b' ' => 0,
            digit => digit.checked_sub(b'0').filter(|digit| *digit < 10)?,
        };
    }
    Some(out)
}

/// The date `CCYYMMDD`, as eight characters or four octets; its unknown parts may be zeros.
pub(super) fn date(tlv: &Tlv<'_>, seen: &mut Deviations) -> Option<PartialDate> {
    let date = digits::<8>(tlv.value).and_then(|[a, b, c, d, m, n, p, q]| {
        let year = [a, b, c, d].iter().fold(0, |year, digit| year * 10 + u16::from(*digit));
        let known = |value: u8| (value != 0).then_some(value);
        let (month, day) = (known(m * 10 + n), known(p * 10 + q));
        PartialDate::new((year != 0).then_some(year), month, day)
    });
    if date.is_none() {
        note(Deviation::DateUnreadable, tlv, seen);
    }
    date
}

/// The time `CCYYMMDDhhmmss`, as fourteen characters or seven octets. The standard names no zone; read as UTC.
pub(super) fn time(tlv: &Tlv<'_>, seen: &mut Deviations) -> Option<Time> {
    let time = digits::<14>(tlv.value).and_then(|digits| {
        let [a, b, c, d, clock @ ..] = digits;
        let year = [a, b, c, d].iter().fold(0, |year, digit| year * 10 + u16::from(*digit));
        let [month, day, hour, minute, second] = pairs(clock);
        let date = Date::new(year, month, day)?;
        let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        let exists = hour < 24 && minute < 60 && second < 60;
        Time::from_unix(Time::midnight(date).unix() + of_day).ok().filter(|_| exists)
    });
    if time.is_none() {
        note(Deviation::DateUnreadable, tlv, seen);
    }
    time
}

/// The numbers that ten digits are, two digits each.
fn pairs([a, b, c, d, e, f, g, h, i, j]: [u8; 10]) -> [u8; 5] {
    [a * 10 + b, c * 10 + d, e * 10 + f, g * 10 + h, i * 10 + j]
}
