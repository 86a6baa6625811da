//! The reader against malformed, hostile and random encodings, and against the writer.

use super::*;
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};
use proptest::prelude::*;

fn ber(bytes: &[u8]) -> Reader<'_> {
    Reader::new(bytes, Part::Input, Profile::Ber)
}

fn der(bytes: &[u8]) -> Reader<'_> {
    Reader::new(bytes, Part::Input, Profile::Der)
}

fn error(kind: ErrorKind, offset: usize) -> Error {
    Error::new(kind, Part::Input, offset)
}

#[test]
fn an_element_keeps_its_complete_encoding_whatever_the_form_of_its_length() {
    let mut seen = Deviations::new();
    let rows: [(&[u8], usize, &[u8]); 4] = [
        (&[0x30, 3, 2, 1, 5], 2, &[2, 1, 5]),
        (&[0x30, 0x81, 3, 2, 1, 5], 3, &[2, 1, 5]),
        (&[0x30, 0x84, 0, 0, 0, 3, 2, 1, 5], 6, &[2, 1, 5]),
        (&[0x30, 0x80, 2, 1, 5, 0, 0], 2, &[2, 1, 5]),
    ];
    for (bytes, header, value) in rows {
        let mut reader = ber(bytes);
        let tlv = reader.read(&mut seen).unwrap();
        assert_eq!((tlv.raw, tlv.header, tlv.value), (bytes, header, value));
        assert_eq!(tlv.children().unwrap().small_integer(&mut seen), Ok(5));
        assert_eq!(reader.finish(), Ok(()));
    }
    assert!(seen.contains(Deviation::LongLength) && seen.contains(Deviation::IndefiniteLength));
}

#[test]
fn der_refuses_what_ber_tolerates() {
    let rows: [&[u8]; 6] =
        [&[0x30, 0x80, 0, 0], &[0x30, 0x81, 0], &[0x02, 2, 0, 5], &[0x01, 1, 1], &[0x24, 3, 4, 1, 7], &[0x03, 2, 1, 1]];
    for bytes in rows {
        let answers = [der(bytes), ber(bytes)].map(|mut reader| {
            let mut seen = Deviations::new();
            let tlv = reader.read(&mut seen)?;
            match Tag(tlv.tag.number()) {
                Tag::INTEGER => tlv.integer(&mut seen).map(|_| ())?,
                Tag::BOOLEAN => tlv.boolean(&mut seen).map(|_| ())?,
                Tag::BIT_STRING => tlv.bit_string(&mut seen).map(|_| ())?,
                Tag::OCTET_STRING => tlv.octet_string(&mut seen).map(|_| ())?,
                _ => {}
            }
            Ok(seen.iter().count())
        });
        assert_eq!(answers, [Err(error(ErrorKind::Asn1NotDer, 0)), Ok(1)]);
    }
}

#[test]
fn malformed_headers_are_refused_where_they_stand_and_take_nothing() {
    let rows: [(&[u8], ErrorKind, usize); 9] = [
        (&[], ErrorKind::Asn1Missing, 0),
        (&[0x30], ErrorKind::Truncated, 1),
        (&[0x30, 4, 2, 1, 5], ErrorKind::Truncated, 5),
        (&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], ErrorKind::Truncated, 6),
        (&[0x30, 0xFF, 0], ErrorKind::Asn1Length, 1),
        (&[0x04, 0x80, 0, 0], ErrorKind::Asn1Length, 1),
        (&[0x00, 0x00], ErrorKind::Asn1Identifier, 0),
        (&[0x7F, 0x81, 0x81, 0x81, 1, 0], ErrorKind::Asn1Identifier, 0),
        (&[0x30, 0x80, 2, 1, 5], ErrorKind::Truncated, 5),
    ];
    for (bytes, kind, offset) in rows {
        let mut reader = ber(bytes);
        let answer = reader.read(&mut Deviations::new()).map(|tlv| tlv.tag);
        assert_eq!(answer, Err(error(kind, offset)), "{bytes:02X?}");
        assert_eq!(reader.rest(), bytes);
    }
}

#[test]
fn nesting_beyond_the_depth_is_a_budget_exceeded_in_both_forms_of_length() {
    let mut definite = vec![0x30, 0];
    for _ in 0..60 {
        definite = Writer::new().primitive(Tag::SEQUENCE, &definite).clone().into_bytes();
    }
    let mut reader = ber(&definite);
    let end = loop {
        match reader.sequence(&mut Deviations::new()) {
            Ok(inner) => reader = inner,
            Err(error) => break error.kind,
        }
    };
    assert_eq!(end, ErrorKind::BudgetExceeded);
    let indefinite = [0x30, 0x80].repeat(100_000);
    let answer = ber(&indefinite).read(&mut Deviations::new()).map(|tlv| tlv.tag);
    assert_eq!(answer.map_err(|e| e.kind), Err(ErrorKind::BudgetExceeded));
}

#[test]
fn an_indefinite_length_of_too_many_elements_is_a_budget_exceeded() {
    let mut bytes = vec![0x30, 0x80];
    bytes.extend([5, 0].repeat(MAX_SCAN));
    bytes.extend([0, 0]);
    let answer = ber(&bytes).read(&mut Deviations::new()).map(|tlv| tlv.tag);
    assert_eq!(answer.map_err(|e| e.kind), Err(ErrorKind::BudgetExceeded));
}

#[test]
fn a_string_in_one_piece_is_borrowed_and_one_in_pieces_is_put_together() {
    use std::borrow::Cow;
    let mut seen = Deviations::new();
    let whole = ber(&[4, 2, 1, 2]).octet_string(&mut seen).unwrap();
    assert!(matches!(whole, Cow::Borrowed([1, 2])));
    let pieces = [0x24, 0x80, 4, 1, 1, 0x24, 0x80, 4, 1, 2, 0, 0, 4, 0, 0, 0];
    let joined = ber(&pieces).octet_string(&mut seen).unwrap();
    assert!(matches!(joined, Cow::Owned(bytes) if bytes == [1, 2]));
    let foreign = ber(&[0x24, 3, 2, 1, 5]).octet_string(&mut seen);
    assert_eq!(foreign, Err(error(ErrorKind::Asn1Tag, 2)));
    let bits = ber(&[0x23, 0x80, 3, 2, 0, 0xAA, 3, 2, 4, 0xF0, 0, 0]).bit_string(&mut seen);
    let bits = bits.unwrap();
    assert_eq!((bits.unused, &*bits.octets), (4, &[0xAA, 0xF0][..]));
    assert!(bits.bit(0) && !bits.bit(1) && bits.bit(11) && !bits.bit(99));
}

#[test]
fn integers_tell_their_sign_their_magnitude_and_whether_they_fit() {
    let mut seen = Deviations::new();
    let mut read = |content: &[u8]| {
        let bytes = Writer::new().primitive(Tag::INTEGER, content).clone().into_bytes();
        ber(&bytes).integer(&mut seen).map(|i| (i.is_negative(), i.magnitude().map(<[u8]>::to_vec), i.to_u64()))
    };
    assert_eq!(read(&[0]), Ok((false, Some(vec![]), Some(0))));
    assert_eq!(read(&[0, 0x80]), Ok((false, Some(vec![0x80]), Some(128))));
    assert_eq!(read(&[0x80]), Ok((true, None, None)));
    let nine = [1, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(read(&nine), Ok((false, Some(nine.to_vec()), None)));
    assert_eq!(read(&[]), Err(error(ErrorKind::Asn1Value, 0)));
    assert!(seen.is_empty());
}

#[test]
fn optional_and_context_elements_are_taken_only_where_they_stand() {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, |w| {
        w.constructed(Tag::context_constructed(0), |w| {
            w.integer(2);
        });
        w.primitive(Tag::context(1), &[9]);
        w.boolean(true).oid(oid!(2, 5, 4, 6));
    });
    let bytes = writer.into_bytes();
    let mut seen = Deviations::new();
    let mut reader = der(&bytes).sequence(&mut seen).unwrap();
    assert!(reader.optional(Tag::INTEGER, &mut seen).unwrap().is_none());
    let version = reader.optional_explicit(0, &mut seen).unwrap();
    assert_eq!(version.unwrap().small_integer(&mut seen), Ok(2));
    let implicit = reader.optional(Tag::context(1), &mut seen).unwrap().unwrap();
    assert_eq!(implicit.integer(&mut seen).unwrap().to_u64(), Some(9));
    assert_eq!(reader.finish().map_err(|e| e.kind), Err(ErrorKind::Asn1Trailing));
    assert_eq!(reader.boolean(&mut seen), Ok(true));
    let wrong = reader.null(&mut seen).map_err(|e| e.kind);
    assert_eq!(wrong, Err(ErrorKind::Asn1Tag));
    assert_eq!(reader.oid(&mut seen), Ok(oid!(2, 5, 4, 6)));
    assert_eq!(reader.null(&mut seen).map_err(|e| e.kind), Err(ErrorKind::Asn1Missing));
}

#[test]
fn the_order_of_a_set_is_checked_when_asked_for() {
    let elements = vec![vec![2, 1, 9], vec![2, 1, 3], vec![1, 1, 0]];
    let sorted = Writer::new().set_of(elements.clone()).clone().into_bytes();
    let unsorted = Writer::new().primitive(Tag::SET, &elements.concat()).clone().into_bytes();
    for (bytes, expected) in [(sorted, false), (unsorted, true)] {
        let mut seen = Deviations::new();
        let set = ber(&bytes).read(&mut seen).unwrap();
        set.check_set_order(&mut seen).unwrap();
        assert_eq!(seen.contains(Deviation::SetOrder), expected);
    }
}

#[test]
fn debug_shows_no_value() {
    let bytes = b"\x13\x08ERIKSSON";
    let tlv = ber(bytes).read(&mut Deviations::new()).unwrap();
    assert_eq!(format!("{tlv:?}"), "Tlv { tag: Tag(13), offset: 0, length: 8, .. }");
}

/// Reads every element at every depth and holds that their raw encodings make up their surroundings.
fn walk(mut reader: Reader<'_>, seen: &mut Deviations) -> Result<usize> {
    let (whole, mut raws, mut count) = (reader.rest(), Vec::new(), 0);
    while let Some(tlv) = reader.next(seen)? {
        raws.extend_from_slice(tlv.raw);
        count += 1;
        let _ = (tlv.integer(seen), tlv.boolean(seen), tlv.oid(seen), tlv.null(seen));
        let _ = (tlv.text(seen), tlv.time(seen), tlv.generalized_time(seen));
        let _ = (tlv.octet_string(seen), tlv.bit_string(seen));
        if tlv.tag.is_constructed() {
            let _ = tlv.check_set_order(seen);
            count += walk(tlv.children()?, seen)?;
        }
    }
    assert_eq!(raws, whole);
    Ok(count)
}

/// One random element: tag, form of length and content.
fn element() -> impl Strategy<Value = Vec<u8>> {
    let tags = prop::sample::select(vec![0x01, 0x02, 0x03, 0x04, 0x06, 0x0C, 0x17, 0x80, 0x5F1F, 0x7F61]);
    let leaf = (tags, prop::collection::vec(any::<u8>(), 0..200))
        .prop_map(|(tag, content)| Writer::new().primitive(Tag(tag), &content).clone().into_bytes())
        .prop_filter("content of a constructed tag must be elements", |bytes| bytes[0] != 0x7F);
    leaf.prop_recursive(6, 64, 6, |inner| {
        let tags = prop::sample::select(vec![0x24, 0x30, 0x31, 0xA0, 0x7F61]);
        (tags, prop::collection::vec(inner, 0..6), any::<bool>()).prop_map(|(tag, inner, indefinite)| {
            let mut writer = Writer::new();
            if indefinite {
                writer.indefinite(Tag(tag), |w| {
                    w.raw(&inner.concat());
                });
            } else {
                writer.primitive(Tag(tag), &inner.concat());
            }
            writer.into_bytes()
        })
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = walk(ber(&bytes), &mut Deviations::new());
        let _ = walk(der(&bytes), &mut Deviations::new());
    }

    #[test]
    fn raw_encodings_of_what_was_read_make_up_the_input(elements in prop::collection::vec(element(), 0..5)) {
        let bytes = elements.concat();
        let mut seen = Deviations::new();
        prop_assert!(walk(ber(&bytes), &mut seen).is_ok());
    }

    #[test]
    fn damaged_encodings_never_panic(
        bytes in element(), at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = bytes;
        let at = at.index(bytes.len());
        bytes[at] = to;
        let _ = walk(ber(&bytes), &mut Deviations::new());
        bytes.truncate(cut.index(bytes.len()));
        let _ = walk(ber(&bytes), &mut Deviations::new());
    }

    #[test]
    fn what_the_writer_writes_the_reader_reads_as_der(
        number in any::<u64>(), octets in prop::collection::vec(any::<u8>(), 0..300), flag in any::<bool>(),
        text in "[A-Za-z ]{0,140}", unix in -62_135_596_800_i64..=253_402_300_799,
    ) {
        let time = crate::date::Time::from_unix(unix).unwrap();
        let mut writer = Writer::new();
        writer.constructed(Tag(0x7F61), |w| {
            w.integer(number).unsigned(&octets).octet_string(&octets).bit_string(&octets).boolean(flag);
            w.null().text(Tag::PRINTABLE_STRING, &text).text(Tag::UTF8_STRING, &text).time(time);
        });
        let bytes = writer.into_bytes();
        let mut seen = Deviations::new();
        let mut reader = der(&bytes).take(Tag(0x7F61), &mut seen).unwrap().children().unwrap();
        prop_assert_eq!(reader.small_integer(&mut seen), Ok(number));
        let significant: Vec<u8> = octets.iter().copied().skip_while(|o| *o == 0).collect();
        prop_assert_eq!(reader.integer(&mut seen).unwrap().magnitude(), Some(&significant[..]));
        prop_assert_eq!(&*reader.octet_string(&mut seen).unwrap(), &octets[..]);
        prop_assert_eq!(&*reader.bit_string(&mut seen).unwrap().octets, &octets[..]);
        prop_assert_eq!(reader.boolean(&mut seen), Ok(flag));
        prop_assert_eq!(reader.null(&mut seen), Ok(()));
        prop_assert_eq!(reader.text(&mut seen).unwrap(), &text[..]);
        prop_assert_eq!(reader.text(&mut seen).unwrap(), &text[..]);
        prop_assert_eq!(reader.time(&mut seen), Ok(time));
        prop_assert!(reader.is_empty() && seen.is_empty());
    }
}
